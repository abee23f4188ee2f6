"""Files that leave, and one way to lock each of them: a ZIP with AES-256, whatever the kind of file.

Every usual archiver opens it (WinZip's AE-2, APPNOTE 6.3). The name of the file inside is not hidden by that form. Its
way from password to key is a quick one, so the password is never thought up: it has 100 random bits.
"""

import io
import zipfile
from dataclasses import dataclass, field, replace

import pyzipper
from django.http import HttpResponse
from django.views.decorators.debug import sensitive_variables

from zicht.people.set_up_codes import make_code

BITS = 256
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class File:
    """Hold a file as it leaves; a locked one with the password that is shown once and kept nowhere."""

    content: bytes = field(repr=False)
    name: str
    content_type: str
    password: str = field(default="", repr=False)


@sensitive_variables()
def lock(file: File) -> File:
    """Put a file in an archive that opens with a new password."""
    password, out = make_code(), io.BytesIO()
    with pyzipper.AESZipFile(out, "w", zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setencryption(pyzipper.WZ_AES, nbits=BITS)
        archive.setpassword(password.encode())
        archive.writestr(file.name, file.content)
    return replace(file, content=out.getvalue(), name=f"{file.name}.zip", content_type=ZIP, password=password)


def download(file: File) -> HttpResponse:
    """Answer with a file that a browser keeps and does not open."""
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"},
    )
