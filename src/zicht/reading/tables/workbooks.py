"""Read the sheets of a workbook (.xlsx) piece by piece; of a file made to exhaust memory no more than a row is kept.

The form is that of ECMA-376 part 1, chapter 18. openpyxl reads a whole row, and much around the rows, before it can be
asked to stop; from it come only the forms of dates.
"""

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from zicht.reading.tables.archives import WORKBOOK, refuse_bomb, too_large
from zicht.reading.tables.errors import FileDamaged, TableError
from zicht.reading.tables.limits import LAST_ROW_OF_EXCEL, Limits
from zicht.reading.tables.tags import Tag, Tags

MOST_SHEETS = 20
RELATIONS = "xl/_rels/workbook.xml.rels"
DIGITS = "0123456789"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a sign that XML cannot hold: ECMA-376 part 1, 22.4.2.4


class Book(NamedTuple):
    """Hold what the cells of every sheet refer to, and how much may be read."""

    texts: list[str]
    date_styles: frozenset[int]
    epoch: dt.datetime
    limits: Limits


def read_sheets(file: BinaryIO, limits: Limits) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Give the rows of every sheet: the number of each, from 1, and the texts of its cells.

    Raises TableError, also while rows are read.
    """
    refuse_bomb(file, limits)
    with ZipFile(file) as archive:
        with _name_damage():
            book, sheets = _open_book(archive, limits)
        for name in sheets:
            yield _rows(archive, name, book)


@contextmanager
def _name_damage() -> Iterator[None]:
    try:
        yield
    except TableError:
        raise
    except Exception as error:  # whatever a damaged part leads to: KeyError, ValueError, ExpatError, zlib.error, …
        raise FileDamaged from error


def _open_book(archive: ZipFile, limits: Limits) -> tuple[Book, list[str]]:
    known = [found for name, found, _ in _small_part(archive, RELATIONS, limits) if name == "Relationship" and found]
    targets = {found["Id"]: posixpath.join("/xl", found["Target"]).lstrip("/") for found in known}
    kinds = {found["Type"].rpartition("/")[2]: targets[found["Id"]] for found in known}
    sheets: list[str] = []
    epoch = WINDOWS_EPOCH
    for name, attributes, _said in _small_part(archive, WORKBOOK, limits):
        if name == "sheet" and attributes and len(sheets) < MOST_SHEETS:
            relation = next(value for key, value in attributes.items() if key.endswith(":id"))
            sheets.append(posixpath.normpath(targets[relation]))
        if name == "workbookPr" and attributes and attributes.get("date1904") in ("1", "true"):
            epoch = MAC_EPOCH
    texts = list(_texts(_small_part(archive, kinds["sharedStrings"], limits))) if "sharedStrings" in kinds else []
    dates = frozenset(_date_styles(_small_part(archive, kinds["styles"], limits)) if "styles" in kinds else ())
    return Book(texts, dates, epoch, limits), sheets


def _texts(tags: Iterator[Tag]) -> Iterator[str]:
    """Give the texts that cells refer to by number; how one is pronounced (rPh) is no part of it."""
    text, is_sound = "", False
    for name, attributes, said in tags:
        if name == "rPh":
            is_sound = attributes is not None
        elif name == "t" and attributes is None and not is_sound:
            text += said
        elif name == "si" and attributes is None:
            yield _plain(text)
            text = ""


def _date_styles(tags: Iterator[Tag]) -> Iterator[int]:
    forms, place, is_of_cells = dict(BUILTIN_FORMATS), 0, False
    for name, attributes, _said in tags:
        if name == "cellXfs":
            is_of_cells = attributes is not None
        elif name == "numFmt" and attributes:
            forms[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf" and attributes is not None and is_of_cells:
            if is_date_format(forms.get(int(attributes.get("numFmtId", 0)))):
                yield place
            place += 1


def _small_part(archive: ZipFile, name: str, limits: Limits) -> Iterator[Tag]:
    """Take apart a part of which more than a row is kept."""
    part = posixpath.normpath(name)
    if archive.getinfo(part).file_size > limits.most_in_memory:
        raise too_large(limits)
    return Tags(archive, part, limits).read()


def _rows(archive: ZipFile, name: str, book: Book) -> Iterator[tuple[int, list[str]]]:
    width = 0
    with _name_damage():
        for number, cells in _cells_by_row(Tags(archive, name, book.limits).read(), book):
            width = max(width, max(cells, default=0))
            yield number, [cells.get(column, "") for column in range(1, width + 1)]


def _cells_by_row(tags: Iterator[Tag], book: Book) -> Iterator[tuple[int, dict[int, str]]]:
    """Give the number of every row and its texts by column; where a sheet does not number them, they are counted."""
    row = column = 0
    cells: dict[int, str] = {}
    cell: dict[str, str] = {}
    text = ""
    for name, attributes, said in tags:
        if name in ("v", "t") and attributes is None and len(text) <= book.limits.most_in_line:
            text += said
        elif name == "c" and attributes is not None:
            cell, text = attributes, ""
            column = column_index_from_string(cell["r"].rstrip(DIGITS)) if "r" in cell else column + 1
        elif name == "c" and text and column <= book.limits.most_columns:
            cells[column] = _text(text, cell, book)
        elif name == "row" and attributes is not None:
            before, row, column, cells = row, int(attributes.get("r", row + 1)), 0, {}
            if not before < row <= LAST_ROW_OF_EXCEL:
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
        return _plain(text)
    number = float(text) if set(text) & set(".eE") else int(text)
    if int(cell.get("s", 0)) in book.date_styles:
        return _day(number, book.epoch)
    return str(int(number)) if number == int(number) else str(number)


def _plain(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _day(number: float, epoch: dt.datetime) -> str:
    try:
        return f"{from_excel(number, epoch):%Y-%m-%d}"
    except (OverflowError, ValueError):
        return "#VALUE!"
