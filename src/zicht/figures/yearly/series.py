"""The years before: of each table how many people it was about, and the share that its sentence says.

A year that was published is told as it was published, so that nothing can be learned from two reports by subtraction;
only a year without a report is counted anew, with all its tables protected as they would be in a report of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zicht.figures.register.axes import Place
from zicht.figures.register.enough import LEAST_BASE
from zicht.figures.register.releases import Release, ShownBlock
from zicht.figures.register.sentences import SAID
from zicht.figures.shares import percentage_of
from zicht.figures.yearly.cells import Name, values_of

MOST_YEARS = 5  # in a series, the year of the report included


@dataclass(frozen=True, slots=True)
class Year:
    """Hold what is known of a year: values by name, and the identifier of the report that told them, if one did."""

    year: int
    values: Mapping[Name, int | None]
    report: str = ""
    definitions: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one year of a series; None is hidden, or was not counted."""

    year: int
    total: int | None
    part: int | None
    base: int | None
    report: str

    @property
    def share(self) -> int | None:
        """Give the share as a whole percentage, where enough people stand under it."""
        if self.part is None or not self.base or self.base < LEAST_BASE:
            return None
        return percentage_of(self.part, self.base)


@dataclass(frozen=True, slots=True)
class Series:
    """Hold the years of a table, the oldest first, and the row whose share is told; without one only totals are."""

    code: str
    block: ShownBlock
    row: str
    points: tuple[Point, ...]


def make_series(release: Release, earlier: Sequence[Year]) -> dict[str, Series]:
    """Make the series of every table that an earlier year has too."""
    years = [*earlier, Year(release.year, values_of(release))]
    found = {code: _series(code, table.blocks, years) for code, table in release.tables.items()}
    return {code: series for code, series in found.items() if sum(one.total is not None for one in series.points) > 1}


def _series(code: str, blocks: Sequence[ShownBlock], years: Sequence[Year]) -> Series:
    block = next((one for one in blocks if one.rows.name in SAID), blocks[0])
    row = SAID.get(block.rows.name, "")
    points = tuple(_point(code, block, row, year) for year in years if _was_counted(code, year))
    return Series(code, block, row, points)


def _was_counted(code: str, year: Year) -> bool:
    return any(name[0] == code for name in year.values)


def _point(code: str, block: ShownBlock, row: str, year: Year) -> Point:
    total, base = counted_row(block), block.rows.base.code

    def value(at: str) -> int | None:
        whole = str(year.year) if block.cols.name == "year" else block.whole.code
        return year.values.get((code, block.rows.name, at, block.cols.name, whole))

    everybody = value(total.code)
    return Point(year.year, everybody, value(row) if row else None, value(base) if row else None, year.report)


def counted_row(block: ShownBlock) -> Place:
    """Give the row that makes the series: everybody; the first of stages that hold each other, else the last."""
    total = block.rows.of_kind("total")
    return total[0] if total else block.rows.places[0 if block.rows.is_nested else -1]


def told_by(series: Mapping[str, Series], release: Release) -> dict[int, dict[Name, int | None]]:
    """Give what series tell of the years before, by name, so that a later report tells the same."""
    told: dict[int, dict[Name, int | None]] = {}
    for code, one in series.items():
        for point in one.points:
            if point.year < release.year:
                told.setdefault(point.year, {}).update(_named(code, one, point))
    return told


def _named(code: str, series: Series, point: Point) -> dict[Name, int | None]:
    block = series.block
    at = {series.row: point.part, block.rows.base.code: point.base} if series.row else {}
    at[counted_row(block).code] = point.total
    whole = str(point.year) if block.cols.name == "year" else block.whole.code
    return {(code, block.rows.name, row, block.cols.name, whole): value for row, value in at.items()}
