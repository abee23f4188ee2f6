"""Records of persons as an office has them in a file: a row for each person, a column for each answer.

They are read to make other, made-up ones from them (`synthetic.py`). What tells of one person alone has no place there:
a column with a value of its own for nearly everybody is refused.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from zicht.stats.disclosure.formulas import unguard
from zicht.stats.disclosure.record_errors import ColumnTellsOfOne, NoSuchColumn, TooFewRecords, TooManyColumns
from zicht.stats.errors import NoRows, WrongWidth, quote
from zicht.stats.table_files import read_bytes, read_rows, refuse_names

LEAST_RECORDS = 100  # of fewer, noise is all that would be left
MOST_COLUMNS = 20  # combinations of three among more take minutes
MOST_VALUES = 200  # different ones in a column: more are numbers, dates, names or texts


@dataclass(frozen=True)
class Records:
    """Hold records: the names of the columns, and for each person a value in each; empty where it is not known."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def digest(self) -> str:
        """Give a digest by which somebody who has the records can see that they are meant, in whatever order."""
        found = hashlib.sha256("\x1e".join(self.columns).encode())
        for row in sorted(self.rows):
            found.update(("\x1d" + "\x1e".join(row)).encode())
        return found.hexdigest()


def read_records(path: Path, left_out: Collection[str] = ()) -> Records:
    """Read records from a CSV file, without the columns `left_out`. Raises TableRefused."""
    return parse_records(read_bytes(path), path.name, left_out)


def parse_records(data: bytes, name: str, left_out: Collection[str] = ()) -> Records:
    """Read records from the bytes of a CSV file. Raises TableRefused."""
    header, *rows = _read(data)
    _refuse_names(header, left_out)
    kept = [at for at, column in enumerate(header) if column not in left_out]
    records = Records(name, tuple(header[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))
    _refuse(records)
    return records


def _read(data: bytes) -> list[list[str]]:
    found: list[list[str]] = []
    for row, values in read_rows(data):
        found.append([unguard(value.strip()) for value in values])
        if len(values) != len(found[0]):
            raise WrongWidth(row=row, found=len(values), expected=len(found[0]))
    if len(found) < 2:
        raise NoRows
    return found


def _refuse_names(header: Sequence[str], left_out: Collection[str]) -> None:
    refuse_names(header, range(len(header)))
    for name in left_out:
        if name not in header:
            raise NoSuchColumn(name=quote(name), columns=quote(", ".join(header)))


def _refuse(records: Records) -> None:
    if len(records.rows) < LEAST_RECORDS:
        raise TooFewRecords(found=len(records.rows), least=LEAST_RECORDS)
    if not 1 <= len(records.columns) <= MOST_COLUMNS:
        raise TooManyColumns(found=len(records.columns), most=MOST_COLUMNS)
    for column, values in zip(records.columns, zip(*records.rows, strict=True), strict=True):
        different = len(set(values))
        if different > min(MOST_VALUES, len(values) // 2):
            raise ColumnTellsOfOne(name=quote(column), found=different)
