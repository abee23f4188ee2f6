"""Open a document of any kind that is read, within bounds."""

from dataclasses import dataclass
from pathlib import Path

from zicht.reading.errors import NoSuchDocument


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, and the date of publication (EDTF) that it carries outside its text, if any."""

    text: str
    published: str = ""


def read_document(path: Path) -> Document:
    """Give the text of a document."""
    try:
        return Document(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise NoSuchDocument(name=path.name) from error
