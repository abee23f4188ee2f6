"""Write a table as a file in which no cell runs as a formula, and which reads back as it was."""

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import BinaryIO, TextIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from zicht.reading.tables.formulas import guard

# XML gives every line end back as LF, so a CR is written as ECMA-376 part 1, 22.4.2.4 says; and so is what only
# looks as if it were written like that.
TO_ESCAPE = re.compile(r"\r|_(?=x[0-9A-Fa-f]{4}_)")


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write separated values as RFC 4180 says: commas, CR LF, and quotation marks where they are needed.

    `out` should be opened with newline="" and in UTF-8.
    """
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(name) for name in columns])
    writer.writerows([guard(value) for value in values] for values in rows)


def write_xlsx(out: BinaryIO, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a workbook of one sheet in which every cell is a text, and in which no row stays in memory."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for values in chain([columns], rows):
        sheet.append([_cell(sheet, value) for value in values])
    book.save(out)


def _cell(sheet: WriteOnlyWorksheet, value: str) -> Cell | str | None:
    text = TO_ESCAPE.sub(_escape, guard(value))
    if not text.startswith(("#", "=")):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # and not the error or the formula that openpyxl takes it for
    return cell


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
