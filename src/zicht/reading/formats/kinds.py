"""Tell from its first bytes what a document is; its name may say something else."""

from enum import Enum

from zicht.reading.errors import Wording, WrongDocumentType

FIRST_BYTES = 4096


class Kind(Enum):
    """What a document may be."""

    TEXT = "txt"
    PDF = "pdf"
    WORD = "docx"
    PAGE = "html"


PICTURE = Wording("a picture", "een afbeelding")
OTHERS = {
    b"\xd0\xcf\x11\xe0": Wording(
        "an old Office file, or one with a password", "een oud Office-bestand, of een met een wachtwoord"
    ),
    b"{\\rtf": Wording("an RTF document", "een RTF-document"),
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"II*\x00": PICTURE,
    b"MM\x00*": PICTURE,
    b"SQLite format 3\x00": Wording("a database", "een database"),
    b"\x1f\x8b": Wording("a packed file", "een ingepakt bestand"),
    b"7z\xbc\xaf": Wording("a packed file", "een ingepakt bestand"),
    b"Rar!": Wording("a packed file", "een ingepakt bestand"),
}
PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")
NO_TEXT = Wording("no text", "geen tekst")
NO_WORD = Wording("an archive that is no Word document", "een archief dat geen Word-document is")


def kind_of(start: bytes) -> Kind:
    """Say what a document is by its first bytes; raises WrongDocumentType for what is not read."""
    for first, other in OTHERS.items():
        if start.startswith(first):
            raise WrongDocumentType(found=other)
    # The header of a PDF may stand anywhere in the first kilobyte: ISO 32000-1, annex H, note 13.
    if b"%PDF-" in start[:1024]:
        return Kind.PDF
    if start.startswith(b"PK"):
        return Kind.WORD
    trimmed = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_page = trimmed.startswith(PAGE) or (trimmed.startswith(b"<?xml") and b"<html" in trimmed)
    if is_page:
        return Kind.PAGE
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongDocumentType(found=NO_TEXT)
    return Kind.TEXT
