"""Take the text out of a Word document: paragraphs, and rows of tables with tabs, in the order in which they stand.

Nothing outside the file is fetched: a relation to another address is a name in it and is not followed.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

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

ENCRYPTED = 0x1  # bit 0 of the flags of a part: APPNOTE.TXT 4.4.4
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
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise DocumentLocked
    if all(part.filename != MAIN for part in parts):
        raise WrongDocumentType(found=NO_WORD)
    is_too_large = sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS
    if is_too_large or any(map(_is_out_of_proportion, parts)):
        raise UnpackedTooLarge(most=MOST_UNPACKED // MEGABYTE)


def _is_out_of_proportion(part: ZipInfo) -> bool:
    ratio = part.file_size / max(part.compress_size, 1)
    is_packed_otherwise = part.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    return is_packed_otherwise or (part.file_size > SMALL_PART and ratio > MOST_TIGHTLY_PACKED)


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
