"""Tables of counts as an office has them in files: labels and counts in rows, or a crosstab; and the same way out."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from zicht.stats.disclosure.beside import BY_NAME, Beside, kind_of, refuse_share_in_row
from zicht.stats.disclosure.errors import (
    CellTwice,
    CountTooLarge,
    HiddenAlready,
    NoCounts,
    NotACell,
    TooManyCells,
    TotalsDiffer,
)
from zicht.stats.disclosure.formulas import guard, unguard
from zicht.stats.errors import NoRows, WrongWidth, quote
from zicht.stats.table_files import read_bytes, read_rows, refuse_names
from zicht.stats.tables import MOST_PERSONS

MOST_CELLS = 50_000
MOST_BYTES = 20_000_000
COUNTS = frozenset({"count", "counts", "aantal", "aantallen", "n", "number", "freq", "frequency", "value", "waarde"})
TOTALS = frozenset(
    {"", "total", "totaal", "all", "alle", "allen", "sum", "som", "overall", "grand total"} | {"eindtotaal", "*"}
)
# No count can stand there: boys among girls. What nobody counted is not hidden, and helps nobody to work out the rest.
STRUCTURAL = frozenset({"", ".", "..", "-", "–", "—", "n/a", "nvt", "n.v.t."})
HIDDEN = frozenset({"x", "*", "…", "..."})
BELOW = re.compile(r"<\s*(=?)\s*([0-9]{1,6})")
WHOLE_NUMBER = re.compile(r"[0-9]{1,15}")
PAIR = re.compile(r"\s*[\\/]\s*")  # what a crosstab has in its corner: region \ sex

Place = tuple[tuple[str, str], ...]  # dimension and category, totals left out, in the order of the dimensions


@dataclass(frozen=True)
class Entry:
    """One count: its categories, where it stands (row and column of the file, from 0), and its value.

    `value` is None for a count that somebody hid; it was then said to be at most `most`, where that was said.
    """

    place: Place
    row: int
    column: int
    value: int | None
    most: int | None = None


@dataclass(frozen=True)
class Published:
    """A table as it was read: its rows with the header first, its dimensions, its counts, and what is reckoned.

    `lines` has for each row its line in the file, from 1.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    dimensions: tuple[str, ...]
    entries: tuple[Entry, ...]
    beside: tuple[Beside, ...] = ()
    lines: tuple[int, ...] = ()

    def line(self, entry: Entry) -> int:
        """Give the line of the file in which a count stands, from 1."""
        return self.lines[entry.row] if self.lines else entry.row + 1

    def write(self, shown: Mapping[tuple[int, int], str]) -> str:
        """Give the table as CSV with other counts, by row and column."""
        out = StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        for row, values in enumerate(self.rows):
            writer.writerow([shown.get((row, column), guard(value)) for column, value in enumerate(values)])
        return out.getvalue()


@dataclass(frozen=True)
class Wording:
    """How a file names things: the column of counts, words for totals, marks of hidden counts, columns of shares.

    `is_release` means that hidden counts may stand in it: it is out already, or another office has protected it.
    """

    count: str = ""
    totals: frozenset[str] = frozenset()
    is_release: bool = False
    hidden: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def is_total(self, label: str) -> bool:
        """Tell whether a label stands for all categories together."""
        return label.casefold() in TOTALS | self.totals

    def is_hidden(self, text: str) -> bool:
        """Tell whether a mark stands for a count that somebody hid."""
        return text.casefold() in HIDDEN | self.hidden


def fold(name: str) -> str:
    """Give a name without what makes no difference: capitals and spaces."""
    return " ".join(name.split()).casefold()


def read_published(path: Path, wording: Wording) -> Published:
    """Read a table of counts from a CSV file. Raises TableRefused."""
    return parse_published(read_bytes(path, MOST_BYTES), path.name, wording)


def parse_published(data: bytes, name: str, wording: Wording) -> Published:
    """Read a table of counts from the bytes of a CSV file. Raises TableRefused."""
    lines, rows = _read_rows(data)
    if len(rows) < 2:
        raise NoRows
    header = rows[0]
    count = _count_column(header, wording.count)
    kinds = [
        None if at == count else kind_of(column, [row[at] for row in rows[1:]], wording.beside)
        for at, column in enumerate(header)
    ]
    labels = [at for at in range(len(header)) if at != count and kinds[at] is None]
    if count is None and (len(labels) < 2 or not _is_crosstab(rows, labels[1:])):
        raise NoCounts(name=quote(name))
    refuse_names(header, labels[1:] if count is None else labels)
    reading = _Reading(name, rows, lines, wording, labels[:1] if count is None else labels)
    if count is None:
        dimensions, entries = _read_crosstab(reading, labels)
    else:
        dimensions, entries = [header[at] for at in labels], _read_list(reading, labels, count)
    found = tuple(entry for entry in entries if entry is not None)
    _refuse_twice(reading, found)
    beside = tuple(
        Beside(row, at, rows[row][at], kind, header[at], count if count is not None else BY_NAME)
        for row in range(1, len(rows))
        for at, kind in enumerate(kinds)
        if kind is not None
    )
    return Published(name, tuple(rows), tuple(dimensions), found, beside, tuple(lines))


@dataclass(frozen=True)
class _Reading:
    name: str
    rows: Sequence[tuple[str, ...]]
    lines: Sequence[int]
    wording: Wording
    labels: Sequence[int]  # the columns in which a row has its labels


def _read_rows(data: bytes) -> tuple[list[int], list[tuple[str, ...]]]:
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    for line, values in read_rows(data):
        lines.append(line)
        rows.append(tuple(unguard(value.strip()) for value in values))
        if len(rows[-1]) != len(rows[0]):
            raise WrongWidth(row=line, found=len(rows[-1]), expected=len(rows[0]))
        if len(rows) > MOST_CELLS + 1:  # a row has one count or more
            raise TooManyCells(found=f"{MOST_CELLS:,}+", most=MOST_CELLS)
    return lines, rows


def _count_column(header: Sequence[str], asked: str) -> int | None:
    wanted = {asked.casefold()} if asked else COUNTS
    return next((at for at, name in enumerate(header) if name.casefold() in wanted), None)


def _is_crosstab(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> bool:
    return any(WHOLE_NUMBER.fullmatch(values[at]) for values in rows[1:] for at in columns)


def _read_list(reading: _Reading, labels: Sequence[int], count: int) -> list[Entry | None]:
    header = reading.rows[0]
    return [
        _entry(reading, row, count, [(header[at], values[at]) for at in labels])
        for row, values in enumerate(reading.rows)
        if row
    ]


def _read_crosstab(reading: _Reading, columns: Sequence[int]) -> tuple[list[str], list[Entry | None]]:
    """Read labels from the first column and the first row; without names, the categories name the columns."""
    header, wording = reading.rows[0], reading.wording
    named = PAIR.split(header[columns[0]])
    down = named[0] or "row"
    heads = [header[at] for at in columns[1:]]
    across = named[1] if len(named) == 2 else "/".join(sorted(one for one in heads if not wording.is_total(one)))
    entries = [
        _entry(reading, row, at, [(down, values[columns[0]]), (across, header[at])])
        for row, values in enumerate(reading.rows)
        if row
        for at in columns[1:]
    ]
    return [down, across], entries


def _entry(reading: _Reading, row: int, column: int, labels: Sequence[tuple[str, str]]) -> Entry | None:
    """Read one count; None where there can be none."""
    text, wording = reading.rows[row][column], reading.wording
    told = {"name": quote(reading.name), "row": reading.lines[row], "value": quote(text)}
    refuse_share_in_row([label for _, label in labels], quote(reading.name), reading.lines[row])
    place = tuple((dimension, label) for dimension, label in labels if not wording.is_total(label))
    if WHOLE_NUMBER.fullmatch(text):
        if int(text) > MOST_PERSONS:
            raise CountTooLarge(**told, most=f"{MOST_PERSONS:,}")
        return Entry(place, row, column, int(text))
    if text.casefold() in STRUCTURAL - wording.hidden:
        return None
    below = BELOW.fullmatch(text)
    if below or wording.is_hidden(text):
        if not wording.is_release:
            raise HiddenAlready(**told)
        return Entry(place, row, column, None, int(below[2]) - (not below[1]) if below else None)
    raise NotACell(**told)


def _refuse_twice(reading: _Reading, entries: Sequence[Entry]) -> None:
    """Refuse one count in two places; several rows or columns of totals that say the same are one total.

    A total that somebody hid says nothing else than one that is shown.
    """
    seen: dict[Place, list[Entry]] = {}
    for entry in entries:
        found = seen.setdefault(entry.place, [])
        for before in found:
            told = {"name": quote(reading.name), "row": reading.lines[entry.row]}
            labels = [_labels_at(reading, one) for one in (before, entry)]
            if labels[0] == labels[1]:
                raise CellTwice(**told, first=reading.lines[before.row])
            if before.value is not None and entry.value is not None and before.value != entry.value:
                first, second = next((quote(one), quote(two)) for one, two in zip(*labels, strict=True) if one != two)
                raise TotalsDiffer(**told, first=first, second=second)
        found.append(entry)


def _labels_at(reading: _Reading, entry: Entry) -> list[str]:
    """Give what stands beside a count and above it."""
    return [*(reading.rows[entry.row][at] for at in reading.labels), reading.rows[0][entry.column]]
