"""Put a report in one file, byte for byte the same for the same contents, and read single files out of it."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: when it was packed is no part of a report
OF_TEXTS = {"html": "text/html", "csv": "text/csv", "json": "application/json", "txt": "text/plain"}
KINDS = {
    **{ending: f"{kind}; charset=utf-8" for ending, kind in OF_TEXTS.items()},
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, files[name])
    return out.getvalue()


def unpack(package: bytes, name: str) -> bytes:
    """Give one file of a package; raises KeyError for a name that is not in it."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        return packed.read(name)


def names_in(package: bytes) -> list[str]:
    """Give the names of all files of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        return packed.namelist()


def hash_of(package: bytes) -> str:
    """Give the SHA-256 of a package in hexadecimal digits."""
    return hashlib.sha256(package).hexdigest()


def kind_of(name: str) -> str:
    """Give the media type of a file by its ending."""
    return KINDS[name.rpartition(".")[2]]
