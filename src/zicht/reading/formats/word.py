"""Take the text out of a Word document: paragraphs, and rows of tables with tabs, in the order in which they stand.

Nothing outside the file is fetched: a relation to another address is a name in it and is not followed.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table

from zicht.reading.errors import (
    DocumentDamaged,
    DocumentLocked,
    NoTextInside,
    TextTooLong,
    UnpackedTooLarge,
    WrongDocumentType,
)
from zicht.reading.formats.apart import serve
from zicht.reading.formats.bounds import (
    MEGABYTE,
    MOST_CHARACTERS,
    MOST_PARTS,
    MOST_TIGHTLY_PACKED,
    MOST_UNPACKED,
    SMALL_PART,
)
from zicht.reading.formats.kinds import NO_WORD
from zicht.reading.packing import has_password, is_out_of_proportion

MAIN = "word/document.xml"


def read_word(data: bytes) -> str:
    """Give the text; raises UnpackedTooLarge, WrongDocumentType, DocumentLocked, DocumentDamaged, TextTooLong."""
    refuse_bomb(data)
    try:
        document = docx.Document(BytesIO(data))
        text = "\n\n".join(_bounded(_read_blocks(document)))
    # lxml's errors of syntax are Python's too.
    except (OpcError, SyntaxError, KeyError, ValueError, BadZipFile) as error:
        raise DocumentDamaged from error
    if not text.strip():
        raise NoTextInside
    return text


def refuse_bomb(data: bytes) -> None:
    """Refuse an archive that is no Word document of a bearable size, before anything of it is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentDamaged from error
    if any(map(has_password, parts)):
        raise DocumentLocked
    if all(part.filename != MAIN for part in parts):
        raise WrongDocumentType(found=NO_WORD)
    is_too_large = sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS
    if is_too_large or any(is_out_of_proportion(part, SMALL_PART, MOST_TIGHTLY_PACKED) for part in parts):
        raise UnpackedTooLarge(most=MOST_UNPACKED // MEGABYTE)


def _read_blocks(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
        elif block.text.strip():
            yield block.text


def _bounded(parts: Iterator[str]) -> Iterator[str]:
    length = 0
    for part in parts:
        length += len(part)
        if length > MOST_CHARACTERS:
            raise TextTooLong(most=MOST_CHARACTERS)
        yield part


if __name__ == "__main__":
    serve(lambda data: (read_word(data), ""))
