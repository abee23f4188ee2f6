"""Draw statements in time: a bar from the first to the last day that a date may mean, open or faded where unknown."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from zicht.evidence.dates import is_uncertain
from zicht.evidence.statements.wording import Row

WIDTH = 640.0
LEFT, RIGHT = 8.0, 8.0
STEP = 34.0
SHORTEST = 4.0  # units: a single day is still seen
MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A statement as a bar; `fades` where an end is about or not known."""

    row: Row
    x: float
    width: float
    y: float
    fades: bool
    begins_open: bool
    ends_open: bool

    @property
    def is_late(self) -> bool:
        """Tell whether its words would run out of the picture; then they end where the bar does."""
        return self.x > WIDTH / 3

    @property
    def words_at(self) -> float:
        """Give where its words begin, or end."""
        return self.x + self.width if self.is_late else self.x


@dataclass(frozen=True, slots=True)
class Tick:
    """A year under the picture."""

    year: int
    x: float


@dataclass(frozen=True)
class Timeline:
    """Everything that is drawn."""

    bars: list[Bar]
    ticks: list[Tick]
    width: float
    height: float


def timeline_of(rows: Sequence[Row]) -> Timeline:
    """Draw the statements that say when, the earliest first."""
    dated = [row for row in rows if row.record.earliest or row.record.latest]
    days = [day for row in dated for day in (row.record.earliest, row.record.latest) if day]
    if not days:
        return Timeline([], [], WIDTH, 0)
    first, last = dt.date(min(days).year, 1, 1), dt.date(max(days).year, 12, 31)
    dated.sort(key=lambda row: (row.record.earliest or first, row.record.latest or last))
    bars = [_bar(row, number, first, last) for number, row in enumerate(dated)]
    return Timeline(bars, _ticks(first, last), WIDTH, len(bars) * STEP + 40)


def _bar(row: Row, number: int, first: dt.date, last: dt.date) -> Bar:
    begins, ends = row.record.earliest or first, row.record.latest or last
    x = _x(begins, first, last)
    width = max(SHORTEST, _x(ends, first, last) - x)
    fades = is_uncertain(row.record.when_edtf)
    return Bar(row, x, width, 20 + number * STEP, fades, row.record.earliest is None, row.record.latest is None)


def _x(day: dt.date, first: dt.date, last: dt.date) -> float:
    return LEFT + (day - first).days / max(1, (last - first).days) * (WIDTH - LEFT - RIGHT)


def _ticks(first: dt.date, last: dt.date) -> list[Tick]:
    step = max(1, -(-(last.year - first.year + 1) // MOST_TICKS))
    years = range(first.year, last.year + 1, step)
    return [Tick(year, _x(dt.date(year, 1, 1), first, last)) for year in years]
