"""Tell from its first bytes what a file is; its name may say something else."""

from enum import Enum
from typing import BinaryIO

from zicht.reading.tables.errors import NoRows, Wording, WrongFileType

FIRST_BYTES = 4096


class Kind(Enum):
    """What a table may be packed in."""

    TEXT = "csv"
    GZIP = "csv.gz"
    WORKBOOK = "xlsx"


KINDS = {b"\x1f\x8b": Kind.GZIP, b"PK\x03\x04": Kind.WORKBOOK}
PICTURE = Wording("a picture", "een afbeelding")
OTHER_ARCHIVE = Wording("an archive of another kind", "een archief van een andere soort")
UTF_16 = Wording("a text in UTF-16", "een tekst in UTF-16")
# What people give by mistake, and the first bytes by which it is known.
MISTAKES = {
    b"\xd0\xcf\x11\xe0": Wording(
        "an old Excel file (.xls) or a workbook with a password",
        "een oud Excel-bestand (.xls) of een werkmap met een wachtwoord",
    ),
    b"%PDF": Wording("a PDF", "een pdf"),
    b"{\\rtf": Wording("a text document", "een tekstdocument"),
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"SQLite format 3\x00": Wording("a database", "een database"),
    b"PK\x05\x06": Wording("an empty archive", "een leeg archief"),
    b"BZh": OTHER_ARCHIVE,
    b"7z\xbc\xaf": OTHER_ARCHIVE,
    b"\xfd7zXZ": OTHER_ARCHIVE,
    b"(\xb5/\xfd": OTHER_ARCHIVE,
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
}
WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")


def kind_of(file: BinaryIO) -> Kind:
    """Say what a file is packed in, and leave it at its beginning.

    Raises NoRows for an empty file and WrongFileType for what cannot hold a table.
    """
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
        raise WrongFileType(found=Wording("a web page", "een webpagina"))
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise WrongFileType(found=Wording("a JSON file", "een JSON-bestand"))
    if b"\0" in start:
        raise WrongFileType(found=Wording("not a text and not a workbook", "geen tekst en geen werkmap"))
    return Kind.TEXT
