"""Tell from its first bytes what a file is; its name may say something else."""

from enum import Enum
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from zicht.figures.errors import NoRows, WrongFileType

FIRST_BYTES = 4096


class Kind(Enum):
    """What a file of figures may be packed in."""

    TEXT = "csv"
    GZIP = "csv.gz"
    WORKBOOK = "xlsx"


KINDS = {b"\x1f\x8b": Kind.GZIP, b"PK\x03\x04": Kind.WORKBOOK}
# What people give by mistake, and the first bytes by which it is known.
MISTAKES = {
    b"\xd0\xcf\x11\xe0": _("an old Excel file (.xls) or a workbook with a password"),
    b"%PDF": _("a PDF"),
    b"{\\rtf": _("a text document"),
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
    b"GIF8": _("a picture"),
    b"SQLite format 3\x00": _("a database"),
    b"PK\x05\x06": _("an empty archive"),
    b"BZh": _("an archive of another kind"),
    b"7z\xbc\xaf": _("an archive of another kind"),
    b"\xfd7zXZ": _("an archive of another kind"),
    b"(\xb5/\xfd": _("an archive of another kind"),
    b"\xff\xfe": _("a text in UTF-16"),
    b"\xfe\xff": _("a text in UTF-16"),
}
WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")


def kind_of(file: BinaryIO) -> Kind:
    """Say what a file is packed in, and leave it at its beginning; refuse what cannot hold a table."""
    start = file.read(FIRST_BYTES)
    file.seek(0)
    if not start:
        raise NoRows
    for first, mistake in MISTAKES.items():
        if start.startswith(first):
            raise WrongFileType(found=mistake)
    for first, kind in KINDS.items():
        if start.startswith(first):
            return kind
    return _text_kind(start)


def _text_kind(start: bytes) -> Kind:
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE):
        raise WrongFileType(found=_("a web page"))
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise WrongFileType(found=_("a JSON file"))
    if b"\0" in start:
        raise WrongFileType(found=_("not a text and not a workbook"))
    return Kind.TEXT
