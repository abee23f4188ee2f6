"""Read UNODC's file of figures on trafficking in persons (GLOTIP): rows become cells, and nothing is guessed.

Source of the form: data_glotip.xlsx of 14 April 2025, dataunodc.un.org. Several rows may say the same but for their
value; they are parts of one figure (see docs/methods), so every row is kept with its number.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from zicht.figures import limits
from zicht.figures.cells import Cell, CellReader
from zicht.figures.errors import ColumnsNotFound, ImportRefused, NoRows, TooManyRows, WrongCells, WrongColumns
from zicht.figures.header import Header, day_in, find_header
from zicht.figures.tables import Row, open_file, read_tables

SOURCE_CODE = "GLOTIP"
CITATION = "UNODC, Global Report on Trafficking in Persons data, dataunodc.un.org"
ROWS_BETWEEN_TELLING = 2_000
Tell = Callable[[int], None]


@dataclass(slots=True)
class Reading:
    """Hold what a file says: its cells, its date if it has one, and the rows of places that have no country code."""

    cells: list[Cell]
    dated: dt.date | None
    left_out: Counter[str] = field(default_factory=Counter)


def tell_nobody(rows: int) -> None:
    """Keep quiet about how far the reading is."""


def read_file(path: Path, tell: Tell = tell_nobody) -> Reading:
    """Read a whole file, or raise ImportRefused; `tell` is called now and then with the number of rows read."""
    with open_file(path) as file:
        return read_stream(file, path.name, tell)


def read_stream(file: BinaryIO, name: str, tell: Tell = tell_nobody) -> Reading:
    """Read an open file: the first of its tables that has UNODC's columns. Its name may hold its date."""
    refusals: list[ImportRefused] = []
    for rows in read_tables(file):
        try:
            header = find_header(rows)
        except (ColumnsNotFound, WrongColumns) as error:
            refusals.append(error)
            continue
        reading = _read_rows(header, rows, tell)
        reading.dated = header.dated or day_in(name)
        return reading
    # What is wrong with nearly the right columns says more than that other sheets have none.
    raise next((error for error in refusals if isinstance(error, WrongColumns)), refusals[0] if refusals else NoRows())


def _read_rows(header: Header, rows: Iterator[Row], tell: Tell) -> Reading:
    reader = CellReader(header)
    cells = []
    for count, (row, values) in enumerate(rows, start=1):
        if count > limits.MOST_ROWS:
            raise TooManyRows(most=limits.MOST_ROWS)
        if cell := reader.read(row, values):
            cells.append(cell)
        if count % ROWS_BETWEEN_TELLING == 0:
            tell(count)
    if reader.problem_count:
        raise WrongCells(reader.problems, reader.problem_count)
    if not cells:
        raise NoRows
    return Reading(cells, None, reader.left_out)
