"""Open a document of any kind that is read, within bounds, and without risk to whoever asks."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from zicht.reading.calendar import is_edtf
from zicht.reading.errors import (
    DocumentDamaged,
    DocumentError,
    DocumentTooLarge,
    NoSuchDocument,
    NoTextInside,
    TextTooLong,
    TookTooMuch,
    WrongDocumentType,
)
from zicht.reading.formats.bounds import MEGABYTE, MOST_CHARACTERS, MOST_MEMORY, MOST_ON_DISK, MOST_SECONDS
from zicht.reading.formats.kinds import FIRST_BYTES, NO_WORD, Kind, kind_of
from zicht.reading.formats.plain import decode

OPENERS = {Kind.PDF: "pdf", Kind.WORD: "word", Kind.PAGE: "page"}  # modules of `formats`, run as programs
WAIT = 2 * MOST_SECONDS  # seconds by the clock, for a machine that others use too


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, and the date of publication (EDTF) that it carries outside its text, if any."""

    text: str
    published: str = ""


def read_document(path: Path) -> Document:
    """Give the text of a document of at most 50 MB and ten million characters.

    Raises DocumentError: which one says what is wrong and what to do.
    """
    return open_document(_read_bytes(path))


def open_document(data: bytes) -> Document:
    """Give the text of a document whose bytes are here already, within the same bounds and with the same errors."""
    if len(data) > MOST_ON_DISK:
        raise DocumentTooLarge(size=len(data) // MEGABYTE, most=MOST_ON_DISK // MEGABYTE)
    kind = kind_of(data[:FIRST_BYTES])
    document = Document(decode(data)) if kind is Kind.TEXT else _open_apart(kind, data)
    if len(document.text) > MOST_CHARACTERS:
        raise TextTooLong(most=MOST_CHARACTERS)
    if not document.text.strip():
        raise NoTextInside
    return document


def _read_bytes(path: Path) -> bytes:
    """Read a file whose size was looked at first."""
    try:
        if not path.is_file():
            raise NoSuchDocument(name=path.name)
        size = path.stat().st_size
        if size > MOST_ON_DISK:
            raise DocumentTooLarge(size=size // MEGABYTE, most=MOST_ON_DISK // MEGABYTE)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NoSuchDocument(name=path.name) from error


def _open_apart(kind: Kind, data: bytes) -> Document:
    """Open a document in a process of its own, which a crash, a bomb or an endless loop takes down alone."""
    command = [sys.executable, "-m", f"zicht.reading.formats.{OPENERS[kind]}"]
    surroundings = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG", "HOME")}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WAIT, check=False, env=surroundings)  # noqa: S603 - our own command
    except subprocess.TimeoutExpired as error:
        raise TookTooMuch(seconds=MOST_SECONDS, most=MOST_MEMORY // MEGABYTE) from error
    if done.returncode:
        is_exhausted = done.returncode < 0 or b"MemoryError" in done.stderr
        raise TookTooMuch(seconds=MOST_SECONDS, most=MOST_MEMORY // MEGABYTE) if is_exhausted else DocumentDamaged
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise _error(answer["error"], answer["values"])
    published = answer["published"]
    return Document(answer["text"], published if published and is_edtf(published) else "")


def _error(name: str, values: dict[str, int]) -> DocumentError:
    """Give the error that the other process met; what an archive is instead is worded here."""
    if name == WrongDocumentType.__name__:
        return WrongDocumentType(found=NO_WORD)
    known = {cls.__name__: cls for cls in DocumentError.__subclasses__()}
    return known[name](**values)
