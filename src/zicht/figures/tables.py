"""Read a file row by row, whatever it is packed in, and never more of it than a file of figures can need."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from zicht.figures import limits, workbooks
from zicht.figures.errors import (
    FileCutOff,
    FileDamaged,
    FileTooLarge,
    LineTooLong,
    NoSuchFile,
    QuoteNotClosed,
    RowTooLong,
    UnpackedTooLarge,
    WrongEncoding,
)
from zicht.figures.file_kinds import Kind, kind_of

Row: TypeAlias = tuple[int, list[str]]  # number in the file, from 1, and the texts


def open_file(path: Path) -> BufferedReader:
    """Open a file of a size that can be read; the size is known before anything is."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NoSuchFile(name=path.name)
        if size > limits.MOST_ON_DISK:
            raise FileTooLarge(size=size // limits.MEGABYTE, most=limits.MOST_ON_DISK // limits.MEGABYTE)
        return path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NoSuchFile(name=path.name) from error


def read_tables(file: BinaryIO) -> Iterator[Iterator[Row]]:
    """Give the tables of a file, of which a .csv has one and a workbook one a sheet."""
    kind = kind_of(file)
    if kind is Kind.WORKBOOK:
        yield from workbooks.read_sheets(file)
    elif kind is Kind.GZIP:
        yield _rows(_unpack_lines(file))
    else:
        yield _rows(_lines(file))


def _rows(lines: Iterator[str]) -> Iterator[Row]:
    record = Record(lines)
    reader = csv.reader(record, strict=True)
    try:
        for values in reader:
            yield reader.line_num, values
            record.begin(reader.line_num + 1)
    except csv.Error as error:
        raise QuoteNotClosed(row=reader.line_num) from error


class Record:
    """Give the lines to the csv module, which collects one row out of as many as a quotation mark holds together."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.begin(1)

    def begin(self, line: int) -> None:
        """Count anew, from the line where a row begins."""
        self._row, self._length = line, 0

    def __iter__(self) -> Iterator[str]:
        """Refuse a row before the csv module has collected too much of it."""
        for line in self._lines:
            self._length += len(line)  # characters, of which there are never more than bytes
            if self._length > limits.MOST_IN_LINE:
                raise RowTooLong(row=self._row, most=limits.MOST_IN_LINE)
            yield line


def _unpack_lines(file: BinaryIO) -> Iterator[str]:
    row = 0
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            for line in _lines(cast(BinaryIO, unpacked)):
                row += 1
                yield line
    except EOFError as error:
        raise FileCutOff(row=row + 1) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FileDamaged from error


def _lines(file: BinaryIO) -> Iterator[str]:
    row = read = 0
    while line := file.readline(limits.MOST_IN_LINE + 1):
        row, read = row + 1, read + len(line)
        if read > limits.MOST_UNPACKED:
            raise UnpackedTooLarge(most=limits.MOST_UNPACKED // limits.MEGABYTE)
        if len(line) > limits.MOST_IN_LINE:
            raise LineTooLong(row=row, most=limits.MOST_IN_LINE)
        yield _decode(line, row)
        # RFC 4180 makes the last line break optional, but without it the last number may have lost a digit.
        if not line.endswith(b"\n"):
            raise FileCutOff(row=row)


def _decode(line: bytes, row: int) -> str:
    try:
        text = line.decode("utf-8-sig" if row == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise WrongEncoding(row=row) from error
    if "\0" in text:
        raise WrongEncoding(row=row)
    return text
