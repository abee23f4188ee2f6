"""Read a file row by row, whatever it is packed in, and never more of it than its reader can bear."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, TypeAlias

from zicht.reading.tables.errors import FileTooLarge, NoSuchFile
from zicht.reading.tables.kinds import Kind, kind_of
from zicht.reading.tables.limits import MEGABYTE, Limits
from zicht.reading.tables.lines import UTF_8, read_lines, unpack_lines
from zicht.reading.tables.texts import read_rows
from zicht.reading.tables.workbooks import read_sheets

Row: TypeAlias = tuple[int, list[str]]  # number in the file, from 1, and the texts


@dataclass(frozen=True, slots=True)
class TextForm:
    """Say how a .csv is written: its encoding (UTF_8 or WINDOWS_1252) and separator; an empty one is found out."""

    encoding: str = UTF_8
    separator: str = ""


FOUND_OUT = TextForm()
COMMAS_IN_UTF_8 = TextForm(UTF_8, ",")


def open_file(path: Path, limits: Limits) -> BufferedReader:
    """Open a file of a size that can be read; the size is known before anything is.

    Raises NoSuchFile, also for a folder or a pipe, and FileTooLarge.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NoSuchFile(name=path.name)
        if size > limits.most_on_disk:
            raise FileTooLarge(size=size // MEGABYTE, most=limits.most_on_disk // MEGABYTE)
        return path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NoSuchFile(name=path.name) from error


def read_tables(file: BinaryIO, limits: Limits, form: TextForm) -> Iterator[Iterator[Row]]:
    """Give the tables of a file, of which a .csv has one and a workbook one a sheet.

    Raises TableError, also while rows are read.
    """
    kind = kind_of(file)
    if kind is Kind.WORKBOOK:
        yield from read_sheets(file, limits)
    elif kind is Kind.GZIP:
        yield read_rows(unpack_lines(file, form.encoding, limits), form.separator, limits)
    else:
        yield read_rows(read_lines(file, form.encoding, limits), form.separator, limits)
