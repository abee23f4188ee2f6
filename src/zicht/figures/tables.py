"""Read a file of UNODC row by row, and say in the words of this room why one cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.utils.functional import lazy

from zicht.figures import errors, limits
from zicht.people.code_fields import language
from zicht.reading import tables

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = tables.Row
# What the reader says about any table, and what is said here about UNODC's.
RETOLD: dict[type[tables.TableError], type[errors.ImportRefused]] = {
    tables.NoSuchFile: errors.NoSuchFile,
    tables.FileTooLarge: errors.FileTooLarge,
    tables.UnpackedTooLarge: errors.UnpackedTooLarge,
    tables.WrongFileType: errors.WrongFileType,
    tables.WrongEncoding: errors.WrongEncoding,
    tables.LineTooLong: errors.LineTooLong,
    tables.RowTooLong: errors.RowTooLong,
    tables.FileCutOff: errors.FileCutOff,
    tables.FileDamaged: errors.FileDamaged,
    tables.QuoteNotClosed: errors.QuoteNotClosed,
    tables.NoRows: errors.NoRows,
}


def open_file(path: Path) -> BufferedReader:
    """Open a file of a size that can be read; the size is known before anything is."""
    with _retelling():
        return tables.open_file(path, limits.of_a_file())


def read_tables(file: BinaryIO) -> Iterator[Iterator[Row]]:
    """Give the tables of a file, of which a .csv has one and a workbook one a sheet."""
    with _retelling():
        for rows in tables.read_tables(file, limits.of_a_file(), tables.COMMAS_IN_UTF_8):
            yield _rows(rows)


def _rows(rows: Iterator[Row]) -> Iterator[Row]:
    with _retelling():
        yield from rows


@contextmanager
def _retelling() -> Iterator[None]:
    try:
        yield
    except tables.TableError as error:
        retold = next(ours for theirs, ours in RETOLD.items() if isinstance(error, theirs))
        raise retold(**{name: _value(value) for name, value in error.values.items()}) from error


def _value(value: tables.Value) -> "int | str | _StrPromise":
    """Leave a wording to the language of whoever reads the sentence, as gettext_lazy would."""
    return lazy(lambda: value.in_language(language()), str)() if isinstance(value, tables.Wording) else value
