"""Read an overlap table from a CSV file: 0/1 columns and a count, or one row a person; a mistake gets a sentence."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from zicht.stats.errors import (
    CountMissing,
    FactorEmpty,
    FactorMissing,
    FileTooLarge,
    NameMissing,
    NameTwice,
    NoRows,
    NoSuchFile,
    NotACount,
    NotACsv,
    NotOnOrOff,
    TooFewLists,
    TooManyLists,
    TooManyPersons,
    UnseenCounted,
    WrongEncoding,
    WrongWidth,
    quote,
)
from zicht.stats.results import Caution
from zicht.stats.tables import (
    LEAST_LISTS,
    MOST_LISTS,
    MOST_PERSONS,
    Counts,
    Group,
    OverlapTable,
    make_stratified_table,
)

COUNT, STRATUM = "count", "stratum"
MOST_BYTES = 100_000_000
BYTES_PER_MB = 1_000_000
WHOLE_NUMBER = re.compile(r"\+?[0-9]+")
ON_OR_OFF = {"0": 0, "1": 1}
SEPARATORS = (",", ";", "\t")  # a Dutch spreadsheet writes semicolons
REPEATED = "%(rows)s rows repeat a combination of lists that was there before; their counts were added up."
PERSONS = "There is no column “count”, so every row was counted as one person."


@dataclass(frozen=True, slots=True)
class _Columns:
    names: tuple[str, ...]
    lists: tuple[int, ...]
    factors: tuple[int, ...]
    count: int | None


def read_table(path: Path, factors: Sequence[str] = ()) -> OverlapTable:
    """Read a table from a file; `factors` name columns to split by, `stratum` is one unasked. Raises TableRefused."""
    return parse_table(read_bytes(path), factors)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """Read a file of at most so many bytes. Raises TableRefused."""
    try:
        size = path.stat().st_size
        if size > most:
            raise FileTooLarge(size=f"{size / BYTES_PER_MB:.0f}", most=most // BYTES_PER_MB)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise NoSuchFile(name=quote(path.name)) from error


def parse_table(data: bytes, factors: Sequence[str] = ()) -> OverlapTable:
    """Read a table from the bytes of a file; see `read_table`."""
    rows = read_rows(data)
    header = next(rows, None)
    if header is None:
        raise NoRows
    columns = _find_columns([name.strip() for name in header[1]], factors)
    return _count(columns, rows)


def read_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV file that hold something, each with the number of its last line. Raises TableRefused."""
    text = _decode(data)
    first_line = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first_line.count), strict=True)
    try:
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, values
    except csv.Error as error:
        raise NotACsv(row=reader.line_num, why=error) from error


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongEncoding(row=data.count(b"\n", 0, error.start) + 1) from error


def refuse_names(header: Sequence[str], columns: Iterable[int]) -> None:
    """Refuse columns without a name, or with the name of one before. Raises NameMissing, NameTwice."""
    for at in columns:
        if not header[at]:
            raise NameMissing(column=at + 1)
        if header[at] in header[:at]:
            raise NameTwice(name=quote(header[at]))


def _find_columns(names: list[str], asked: Sequence[str]) -> _Columns:
    refuse_names(names, range(len(names)))
    for name in asked:
        if name not in names:
            raise FactorMissing(name=quote(name), columns=quote(", ".join(names)))
    factors = [place for place, name in enumerate(names) if name in asked or name.lower() == STRATUM]
    count = next((place for place, name in enumerate(names) if name.lower() == COUNT), None)
    lists = [place for place in range(len(names)) if place not in factors and place != count]
    if len(lists) < LEAST_LISTS:
        raise TooFewLists(found=len(lists), least=LEAST_LISTS)
    if len(lists) > MOST_LISTS:
        raise TooManyLists(found=len(lists), most=MOST_LISTS)
    return _Columns(tuple(names), tuple(lists), tuple(factors), count)


def _count(columns: _Columns, rows: Iterator[tuple[int, list[str]]]) -> OverlapTable:
    by_group: dict[Group, Counts] = {}
    seen: Counter[tuple[Group, int]] = Counter()
    for row, values in rows:
        if len(values) != len(columns.names):
            raise WrongWidth(row=row, found=len(values), expected=len(columns.names))
        group, history = _group(columns, row, values), _history(columns, row, values)
        count = _read_count(columns, row, values, history)
        if count is not None:
            seen[group, history] += 1
            counts = by_group.setdefault(group, np.zeros(2 ** len(columns.lists), dtype=np.int64))
            counts[history] += count
    if not seen:
        raise NoRows
    ordered = {group: by_group[group] for group in sorted(by_group)}
    lists = [columns.names[place] for place in columns.lists]
    return make_stratified_table(lists, ordered, [columns.names[one] for one in columns.factors], _notes(columns, seen))


def _notes(columns: _Columns, seen: Counter[tuple[Group, int]]) -> list[Caution]:
    if columns.count is None:
        return [Caution(PERSONS)]
    repeated = seen.total() - len(seen)
    return [Caution(REPEATED, {"rows": repeated})] if repeated else []


def _group(columns: _Columns, row: int, values: list[str]) -> Group:
    group = tuple(values[place].strip() for place in columns.factors)
    if "" in group:
        raise FactorEmpty(row=row, name=quote(columns.names[columns.factors[group.index("")]]))
    return group


def _history(columns: _Columns, row: int, values: list[str]) -> int:
    history = 0
    for bit, place in enumerate(columns.lists):
        is_on = ON_OR_OFF.get(values[place].strip())
        if is_on is None:
            raise NotOnOrOff(row=row, name=quote(columns.names[place]), value=quote(values[place]))
        history |= is_on << bit
    return history


def _read_count(columns: _Columns, row: int, values: list[str], history: int) -> int | None:
    """Read the count of a row; None for the row of those on no list, whose count is empty because it is asked for."""
    text = "1" if columns.count is None else values[columns.count].strip()
    if not history:
        if text:
            raise UnseenCounted(row=row)
        return None
    if not text:
        raise CountMissing(row=row)
    if not WHOLE_NUMBER.fullmatch(text):
        raise NotACount(row=row, value=quote(text))
    count = int(text) if len(text) <= len(str(MOST_PERSONS)) else MOST_PERSONS + 1
    if count > MOST_PERSONS:
        raise TooManyPersons(most=f"{MOST_PERSONS:,}")
    return count
