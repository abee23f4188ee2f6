"""Find the names of the columns in a table, and hold every row against them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from openpyxl.utils.cell import get_column_letter

from zicht.reading.tables.errors import (
    ColumnTwice,
    ColumnWithoutName,
    NoColumns,
    NoRows,
    RaggedRow,
    TooManyColumns,
    TooManyRows,
)
from zicht.reading.tables.files import Row, TextForm, read_tables
from zicht.reading.tables.formulas import APOSTROPHE, unguard
from zicht.reading.tables.limits import Limits


@dataclass(frozen=True, slots=True)
class Table:
    """Hold the names of the columns and, read once, the rows: as many texts as there are names."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read_table(file: BinaryIO, limits: Limits, form: TextForm, is_known: Callable[[str], bool]) -> Table:
    """Give the first table of a file of which a column is known; what was kept from running is given back as it was.

    Raises NoRows, NoColumns and every other TableError, also while rows are read.
    """
    tables = read_tables(file, limits, form)
    is_empty = True
    for rows in tables:
        row, values = next(_filled(rows), (0, []))
        is_empty = is_empty and not row
        if any(is_known(unguard(value.strip())) for value in values):
            columns = _names(row, values, limits)
            return Table(columns, _even_rows(rows, columns, limits, tables))
    raise NoRows if is_empty else NoColumns


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    return ((row, values) for row, values in rows if any(map(str.strip, values)))


def _names(row: int, values: list[str], limits: Limits) -> tuple[str, ...]:
    names = [unguard(value.strip()) for value in values]
    while not names[-1]:
        names.pop()
    if len(names) >= limits.most_columns:  # of a workbook, what comes after is not read
        raise TooManyColumns(row=row, most=limits.most_columns - 1)
    for place, name in enumerate(names):
        if name and name in names[:place]:
            raise ColumnTwice(first=_letter(names.index(name)), second=_letter(place))
    return tuple(names)


def _even_rows(
    rows: Iterator[Row], columns: tuple[str, ...], limits: Limits, tables: Iterator[Iterator[Row]]
) -> Iterator[Row]:
    """Give the rows with something in them; `tables` is held because the file is open as long as it is."""
    unnamed = [place for place, name in enumerate(columns) if not name]
    for count, (row, values) in enumerate(_filled(rows), start=1):
        if count > limits.most_rows:
            raise TooManyRows(most=limits.most_rows)
        if len(values) != len(columns):
            values = _fit(row, values, len(columns))
        for place in unnamed:
            if values[place].strip():
                raise ColumnWithoutName(column=_letter(place))
        yield row, [unguard(value) if APOSTROPHE in value else value for value in values]
    del tables


def _fit(row: int, values: list[str], width: int) -> list[str]:
    if len(values) < width or any(map(str.strip, values[width:])):
        raise RaggedRow(row=row, found=len(values), expected=width)
    return values[:width]


def _letter(place: int) -> str:
    """Name a column as spreadsheets do."""
    return get_column_letter(place + 1)
