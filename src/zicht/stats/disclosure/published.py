"""Tables of counts as an office has them in files: labels and counts in rows, or a crosstab; and the same way out."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from zicht.stats.disclosure.errors import CellTwice, HiddenAlready, NoCounts, NotACell
from zicht.stats.errors import NameMissing, NameTwice, NoRows, NoSuchFile, WrongWidth, quote
from zicht.stats.table_files import read_rows

COUNTS = frozenset({"count", "counts", "aantal", "aantallen", "n", "number", "freq", "frequency", "value", "waarde"})
TOTALS = frozenset(
    {"", "total", "totaal", "all", "alle", "allen", "sum", "som", "overall", "subtotal", "subtotaal", "grand total"}
    | {"eindtotaal", "*"}
)
# No count can stand there: boys among girls. What nobody counted is not hidden, and helps nobody to work out the rest.
STRUCTURAL = frozenset({"", ".", "..", "-", "–", "—", "n/a", "nvt", "n.v.t."})
HIDDEN = frozenset({"x", "*", "…", "..."})
BELOW = re.compile(r"<\s*=?\s*[0-9]+")
WHOLE_NUMBER = re.compile(r"[0-9]{1,12}")
PAIR = re.compile(r"\s*[\\/]\s*")  # what a crosstab has in its corner: region \ sex

Place = tuple[tuple[str, str], ...]  # dimension and category, totals left out, in the order of the dimensions


@dataclass(frozen=True)
class Entry:
    """One count: its categories, where it stands (row and column of the file, from 0), and its value.

    `value` is None for a count that an earlier release hid.
    """

    place: Place
    row: int
    column: int
    value: int | None


@dataclass(frozen=True)
class Published:
    """A table as it was read: its rows with the header first, its dimensions, and its counts."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    dimensions: tuple[str, ...]
    entries: tuple[Entry, ...]

    def write(self, shown: Mapping[tuple[int, int], str]) -> str:
        """Give the table as CSV with other counts, by row and column."""
        out = StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        for row, values in enumerate(self.rows):
            writer.writerow([shown.get((row, column), value) for column, value in enumerate(values)])
        return out.getvalue()


@dataclass(frozen=True)
class Wording:
    """How a file names things: the column of counts, words for totals, and whether hidden counts may stand in it."""

    count: str = ""
    totals: frozenset[str] = frozenset()
    is_release: bool = False

    def is_total(self, label: str) -> bool:
        """Tell whether a label stands for all categories together."""
        return label.casefold() in TOTALS | self.totals


def read_published(path: Path, wording: Wording) -> Published:
    """Read a table of counts from a CSV file. Raises TableRefused."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NoSuchFile(name=quote(path.name)) from error
    return parse_published(data, path.name, wording)


def parse_published(data: bytes, name: str, wording: Wording) -> Published:
    """Read a table of counts from the bytes of a CSV file. Raises TableRefused."""
    rows = _read_rows(data)
    if len(rows) < 2:
        raise NoRows
    header = rows[0]
    count = _count_column(header, wording.count)
    labels = list(range(len(header))) if count is None else [at for at in range(len(header)) if at != count]
    if count is None and (len(header) < 2 or not _is_crosstab(rows)):
        raise NoCounts(name=quote(name))
    _refuse_names(header, labels[1:] if count is None else labels)
    dimensions: tuple[str, ...] = tuple(header[at] for at in labels)
    if count is None:
        dimensions, entries = _read_crosstab(name, rows, wording)
    else:
        entries = [
            _entry(name, row, count, [(header[at], values[at]) for at in labels], values[count], wording)
            for row, values in enumerate(rows[1:], start=1)
        ]
    found = [entry for entry in entries if entry is not None]
    _refuse_twice(name, found)
    return Published(name, tuple(rows), dimensions, tuple(found))


def _read_rows(data: bytes) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for _, values in read_rows(data):
        rows.append(tuple(value.strip() for value in values))
        if len(rows[-1]) != len(rows[0]):
            raise WrongWidth(row=len(rows), found=len(rows[-1]), expected=len(rows[0]))
    return rows


def _count_column(header: Sequence[str], asked: str) -> int | None:
    wanted = {asked.casefold()} if asked else COUNTS
    return next((at for at, name in enumerate(header) if name.casefold() in wanted), None)


def _is_crosstab(rows: Sequence[Sequence[str]]) -> bool:
    return any(WHOLE_NUMBER.fullmatch(value) for values in rows[1:] for value in values[1:])


def _refuse_names(header: Sequence[str], columns: Sequence[int]) -> None:
    for at in columns:
        if not header[at]:
            raise NameMissing(column=at + 1)
        if header[at] in header[:at]:
            raise NameTwice(name=quote(header[at]))


def _read_crosstab(
    name: str, rows: Sequence[Sequence[str]], wording: Wording
) -> tuple[tuple[str, str], list[Entry | None]]:
    """Read labels from the first column and the first row; without names, the categories name the columns."""
    header = rows[0]
    named = PAIR.split(header[0])
    down = named[0] or "row"
    across = named[1] if len(named) == 2 else "/".join(sorted(one for one in header[1:] if not wording.is_total(one)))
    entries = [
        _entry(name, row, column, [(down, values[0]), (across, header[column])], values[column], wording)
        for row, values in enumerate(rows[1:], start=1)
        for column in range(1, len(header))
    ]
    return (down, across), entries


def _entry(
    name: str, row: int, column: int, labels: Sequence[tuple[str, str]], text: str, wording: Wording
) -> Entry | None:
    """Read one count; None where there can be none."""
    place = tuple((dimension, label) for dimension, label in labels if not wording.is_total(label))
    if WHOLE_NUMBER.fullmatch(text):
        return Entry(place, row, column, int(text))
    if text.casefold() in STRUCTURAL:
        return None
    if text.casefold() in HIDDEN or BELOW.fullmatch(text):
        if wording.is_release:
            return Entry(place, row, column, None)
        raise HiddenAlready(name=quote(name), row=row + 1, value=quote(text))
    raise NotACell(name=quote(name), row=row + 1, value=quote(text))


def _refuse_twice(name: str, entries: Sequence[Entry]) -> None:
    first: dict[Place, int] = {}
    for entry in entries:
        if entry.place in first:
            raise CellTwice(name=quote(name), first=first[entry.place] + 1, row=entry.row + 1)
        first[entry.place] = entry.row
