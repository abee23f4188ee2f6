"""Read the sheets of a workbook (.xlsx) piece by piece; of a file made to exhaust memory no more than a row is kept.

The form is that of ECMA-376 part 1, chapter 18. openpyxl reads a whole row, and much around the rows, before it can be
asked to stop; from it come only the forms of dates.
"""

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from typing import BinaryIO, NamedTuple, TypeAlias
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from zicht.figures import limits
from zicht.figures.errors import FileDamaged, ImportRefused, LineTooLong, UnpackedTooLarge, WrongFileType

ENCRYPTED = 0x1  # bit 0 of the flags of a part: APPNOTE.TXT 4.4.4
END_OF_ARCHIVE = 66 * 1024  # bytes; the record at the end and the longest remark after it
SIZE_OF_LIST = re.compile(rb"(?=PK\x05\x06.{8}(.{4}))", re.DOTALL)
LONG_LIST = re.compile(rb"PK\x06\x07.{16}PK\x05\x06", re.DOTALL)  # counts in 64 bits: for archives over 4 GB
BYTES_A_PART = 1024  # in the list of parts: 46, its name and more on it
MOST_SHEETS = 20
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
PIECE = 16 * 1024  # bytes of XML taken apart at a time
MOST_NAMES = 2_000  # of elements and attributes in one part; the standard's sheet knows a few hundred
DIGITS = "0123456789"
DEEPEST = 50  # elements inside one another; a cell's text is the seventh


# One end of an element: its name, its attributes if this is its beginning, and if not the text just before it.
Tag: TypeAlias = tuple[str, dict[str, str] | None, str]


class Book(NamedTuple):
    """Hold what the cells of every sheet refer to."""

    texts: list[str]
    date_styles: frozenset[int]
    epoch: dt.datetime


def read_sheets(file: BinaryIO) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Give the rows of every sheet."""
    refuse_bomb(file)
    with ZipFile(file) as archive:
        with _name_damage():
            book, sheets = _open_book(archive)
        for name in sheets:
            yield _rows(archive, name, book)


@contextmanager
def _name_damage() -> Iterator[None]:
    try:
        yield
    except ImportRefused:
        raise
    except Exception as error:  # whatever a damaged part leads to: KeyError, ValueError, ExpatError, zlib.error, …
        raise FileDamaged from error


def refuse_bomb(file: BinaryIO) -> None:
    """Refuse an archive that would unpack to more than a file of figures has.

    The sizes written in an archive can be trusted as an upper bound: zipfile never unpacks more of a part than that.
    """
    _refuse_long_list(file)
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise FileDamaged from error
    is_workbook = any(part.filename == WORKBOOK for part in parts)
    if not is_workbook or any(part.flag_bits & ENCRYPTED for part in parts):
        raise WrongFileType(found=_("an archive that is no workbook, or has a password"))
    is_too_large = sum(part.file_size for part in parts) > limits.MOST_UNPACKED or len(parts) > limits.MOST_PARTS
    if is_too_large or any(map(_is_out_of_proportion, parts)):
        raise UnpackedTooLarge(most=limits.MOST_UNPACKED // limits.MEGABYTE)


def _refuse_long_list(file: BinaryIO) -> None:
    """Refuse an archive whose list of parts, which zipfile reads as a whole, is long: APPNOTE.TXT 4.3.16 and 4.3.15."""
    file.seek(0, SEEK_END)
    file.seek(-min(file.tell(), END_OF_ARCHIVE), SEEK_END)
    end = file.read()
    sizes = [int.from_bytes(found[1], "little") for found in SIZE_OF_LIST.finditer(end)]
    if max(sizes, default=0) > limits.MOST_PARTS * BYTES_A_PART or LONG_LIST.search(end):
        raise UnpackedTooLarge(most=limits.MOST_UNPACKED // limits.MEGABYTE)


def _is_out_of_proportion(part: ZipInfo) -> bool:
    ratio = part.file_size / max(part.compress_size, 1)
    # A part packed in another way may ask for gigabytes to unpack; Excel knows only these two.
    is_packed_otherwise = part.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    return is_packed_otherwise or (part.file_size > limits.SMALL_PART and ratio > limits.MOST_TIGHTLY_PACKED)


def _open_book(archive: ZipFile) -> tuple[Book, list[str]]:
    known = [found for name, found, _said in _small_part(archive, RELATIONS) if name == "Relationship" and found]
    targets = {found["Id"]: posixpath.join("/xl", found["Target"]).lstrip("/") for found in known}
    kinds = {found["Type"].rpartition("/")[2]: targets[found["Id"]] for found in known}
    sheets: list[str] = []
    epoch = WINDOWS_EPOCH
    for name, attributes, _said in _small_part(archive, WORKBOOK):
        if name == "sheet" and attributes and len(sheets) < MOST_SHEETS:
            relation = next(value for key, value in attributes.items() if key.endswith(":id"))
            sheets.append(posixpath.normpath(targets[relation]))
        if name == "workbookPr" and attributes and attributes.get("date1904") in ("1", "true"):
            epoch = MAC_EPOCH
    texts = list(_texts(archive, kinds["sharedStrings"])) if "sharedStrings" in kinds else []
    dates = frozenset(_date_styles(archive, kinds["styles"])) if "styles" in kinds else frozenset()
    return Book(texts, dates, epoch), sheets


def _texts(archive: ZipFile, part: str) -> Iterator[str]:
    """Give the texts that cells refer to by number; how one is pronounced (rPh) is no part of it."""
    text, is_sound = "", False
    for name, attributes, said in _small_part(archive, part):
        if name == "rPh":
            is_sound = attributes is not None
        elif name == "t" and attributes is None and not is_sound:
            text += said
        elif name == "si" and attributes is None:
            yield text
            text = ""


def _date_styles(archive: ZipFile, part: str) -> Iterator[int]:
    forms, place, is_of_cells = dict(BUILTIN_FORMATS), 0, False
    for name, attributes, _said in _small_part(archive, part):
        if name == "cellXfs":
            is_of_cells = attributes is not None
        elif name == "numFmt" and attributes:
            forms[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf" and attributes is not None and is_of_cells:
            if is_date_format(forms.get(int(attributes.get("numFmtId", 0)))):
                yield place
            place += 1


def _small_part(archive: ZipFile, name: str) -> Iterator[Tag]:
    """Take apart a part of which more than a row is kept."""
    if archive.getinfo(posixpath.normpath(name)).file_size > limits.MOST_IN_MEMORY:
        raise UnpackedTooLarge(most=limits.MOST_UNPACKED // limits.MEGABYTE)
    return Tags(archive, posixpath.normpath(name)).read()


def _rows(archive: ZipFile, name: str, book: Book) -> Iterator[tuple[int, list[str]]]:
    width = 0
    with _name_damage():
        for number, cells in _cells_by_row(Tags(archive, name).read(), book):
            width = max(width, max(cells, default=0))
            yield number, [cells.get(column, "") for column in range(1, width + 1)]


def _cells_by_row(tags: Iterator[Tag], book: Book) -> Iterator[tuple[int, dict[int, str]]]:
    """Give the number of every row and its texts by column; where a sheet does not number them, they are counted."""
    row = column = 0
    cells: dict[int, str] = {}
    cell: dict[str, str] = {}
    text = ""
    for name, attributes, said in tags:
        if name in ("v", "t") and attributes is None and len(text) <= limits.MOST_IN_LINE:
            text += said
        elif name == "c" and attributes is not None:
            cell, text = attributes, ""
            column = column_index_from_string(cell["r"].rstrip(DIGITS)) if "r" in cell else column + 1
        elif name == "c" and text and column <= limits.MOST_COLUMNS:
            cells[column] = _text(text, cell, book)
        elif name == "row" and attributes is not None:
            before, row, column, cells = row, int(attributes.get("r", row + 1)), 0, {}
            if not before < row <= limits.LAST_ROW_OF_EXCEL:
                raise FileDamaged
        elif name == "row":
            yield row, cells


def _text(text: str, cell: dict[str, str], book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "s":
        return book.texts[int(text)]
    if kind == "b":
        return str(text == "1")
    if kind == "d":
        return text[: len("2025-04-14")]
    if kind != "n":
        return text
    number = float(text) if set(text) & set(".eE") else int(text)
    if int(cell.get("s", 0)) in book.date_styles:
        return _day(number, book.epoch)
    return str(int(number)) if number == int(number) else str(number)


def _day(number: float, epoch: dt.datetime) -> str:
    try:
        return f"{from_excel(number, epoch):%Y-%m-%d}"
    except (OverflowError, ValueError):
        return "#VALUE!"


class Tags:
    """Take a part apart, and refuse it when that would need more memory than a part of a spreadsheet program does."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._names: dict[str, str] = {}  # expat keeps every name it has met
        self._found: list[Tag] = []
        self._text: list[str] = []
        self._depth = self._rows = 0
        self._row_from = self._quiet = 0  # bytes: where the row began; read since the last piece with a tag

    def read(self) -> Iterator[Tag]:
        """Give the beginnings and ends of all elements."""
        parser = self._parser = expat.ParserCreate(None, None, self._names)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._text.append, self._refuse_doctype
        with self._archive.open(self._name) as part:
            size = 0
            while piece := part.read(PIECE):
                size += len(piece)
                parser.Parse(piece, False)
                self._quiet = 0 if self._found else self._quiet + len(piece)
                self._refuse_too_much(size)
                yield from self._found
                self._found.clear()
            parser.Parse(b"", True)
            yield from self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "row" and not self._row_from:
            self._row_from, self._rows = self._parser.CurrentByteIndex, self._rows + 1
        self._depth += 1
        self._text.clear()
        self._found.append((name, attributes, ""))

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "row":
            self._refuse_long_row(self._parser.CurrentByteIndex)
            self._row_from = 0
        self._depth -= 1
        self._found.append((name, None, "".join(self._text)))
        self._text.clear()

    def _refuse_too_much(self, size: int) -> None:
        self._refuse_long_row(size)
        # One text or comment outside the rows, and a tag, are held as a whole; so is the way down to an element.
        if self._quiet > limits.MOST_IN_LINE or self._depth > DEEPEST or len(self._names) > MOST_NAMES:
            raise WrongFileType(found=_("a workbook that no spreadsheet program has made"))

    def _refuse_long_row(self, size: int) -> None:
        if self._row_from and size - self._row_from > limits.MOST_IN_LINE:
            raise LineTooLong(row=self._rows, most=limits.MOST_IN_LINE)

    def _refuse_doctype(self, *_doctype: object) -> None:
        """Refuse what could hold texts that grow; no program writes it in a workbook."""
        raise FileDamaged
