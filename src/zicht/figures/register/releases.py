"""Put a release together: every table of a year, with the numbers that may be shown at a level."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np

from zicht import words
from zicht.figures.beside_register import OPEN
from zicht.figures.came_in import UNIT
from zicht.figures.extract import Measure, Register
from zicht.figures.protection import Puzzle
from zicht.figures.register.axes import Axis, Place
from zicht.figures.register.corrections import hide_correction, must_wait
from zicht.figures.register.counting import DATA_QUALITY, Block, Counter, count_tables
from zicht.figures.register.links import Whose, find_links
from zicht.figures.shares import percentage_of

# What a reader looks for first, by the name of the rows or columns: these are hidden only where nothing else will do.
HEADLINES: Mapping[str, tuple[str, ...]] = {
    "role": ("self_victim",),
    "disclosure_stage": ("first",),
    "timing": ("ongoing",),
    "age_class_3": ("le15", "a16_17"),
    "parent_perpetrator": ("yes",),
    "recruitment_channel": ("social_media",),
    "met_online": ("yes",),
    "means": ("threat_images",),
}
LEAST_LARGE = 1 / 3  # of the cells of crossed tables
LEAST_SHARE = 0.5  # of the numbers that are large enough: where crossed tables show fewer, their margins tell more
# What an earlier version shows: by table, rows, row, columns and column; None where it is hidden.
Before: TypeAlias = Mapping[tuple[str, str, str, str, str], int | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one number that is shown, or none where it is hidden; `share` is a whole percentage of `base`."""

    value: int | None
    base: int | None
    share: int | None


@dataclass(frozen=True)
class ShownBlock:
    """Hold the rows and columns of one pair of a table, as they may be shown."""

    rows: Axis
    cols: Axis
    cells: tuple[tuple[Cell, ...], ...]

    def cell(self, row: Place, col: Place) -> Cell:
        """Give the cell of a row and a column."""
        return self.cells[self.rows.places.index(row)][self.cols.places.index(col)]

    @property
    def whole(self) -> Place:
        """Give the column with everybody, or the only one there is."""
        return self.cols.places[-1]


@dataclass(frozen=True)
class ShownTable:
    """Hold a standard table with its blocks, and how many people it is about."""

    table: words.Table
    total: int | None
    blocks: tuple[ShownBlock, ...]
    measures: tuple[Measure, ...] = ()
    waits: bool = False  # a correction that keeps the numbers of the version before
    is_narrow: bool = False  # margins only: crossing them would hide more than it shows
    source: str = ""  # who delivered it, where it is not the organisation's own


@dataclass(frozen=True)
class Release:
    """Hold all tables of a year at a level, as the register was on a day."""

    year: int
    level: str
    cutoff: dt.date
    version: str
    tables: Mapping[str, ShownTable]

    @property
    def least(self) -> int:
        """Give the least count that this level shows."""
        return least_shown(self.level)

    @property
    def is_running(self) -> bool:
        """Tell whether the year was not over on the day."""
        return self.cutoff.year <= self.year

    @cached_property
    def hidden(self) -> int:
        """Count the cells that are hidden."""
        blocks = [block for table in self.tables.values() for block in table.blocks]
        return sum(cell.value is None for block in blocks for row in block.cells for cell in row)


def least_shown(level: str) -> int:
    """Give the least count that is shown at a release level."""
    return words.vocabulary().lists["release_level"].codes[level].number("min_cell") or 1


def make_release(
    register: Register,
    level: str,
    cutoff: dt.date,
    *others: Register,
    before: Before | None = None,
    is_narrow: bool | None = False,
) -> Release:
    """Count all tables of a year, and hide what the level does not show; `others` are contacts, referrals and stays.

    `before` is what the version that this one corrects shows. `is_narrow` makes no more than the margins of each table;
    None does so where crossing rows and columns would hide more than it shows.
    """
    made: dict[str, ShownTable] = {}
    for of in (*others, register):
        for code, table in _make_tables(of, level, before or {}, is_narrow=is_narrow).items():
            # The funnel is counted of visitors, and then of persons: its total is that of the visitors.
            made[code] = replace(made[code], blocks=made[code].blocks + table.blocks) if code in made else table
    in_order = {code: made[code] for code in sorted(made)}
    return Release(register.year, level, cutoff, words.vocabulary().version, in_order)


def _make_tables(register: Register, level: str, before: Before, *, is_narrow: bool | None) -> dict[str, ShownTable]:
    """Make the tables about persons, or those about contacts, referrals or stays: they have no number in common."""
    crossed, least = count_tables(register), 1 if register.counts in OPEN else least_shown(level)
    # The ages of everybody, for example, are a margin of several tables: one of them tells it.
    margins = [margin for block in crossed for margin in _margins(block)]
    blocks = list({(one.universe, one.only, one.rows.name): one for one in reversed(margins)}.values())[::-1]
    if is_narrow is None and before:  # a correction has the rows and columns of what it corrects
        is_narrow = not any(name in before for name in _names(crossed) - _names(blocks))
    if is_narrow is None and least > 1 and _large_share(crossed, least) < LEAST_LARGE:
        is_narrow = True
    # Whoever may read one report may have another: what its level shows, lower levels show too.
    levels = [least] if is_narrow is False else _levels_to(least)
    shown = None if is_narrow else _shown_numbers(crossed, register, levels, before)
    if shown is None or (is_narrow is None and shown.share < LEAST_SHARE):
        shown, is_narrow = _shown_numbers(blocks, register, levels, before, _headlines(blocks)), True
    tables: dict[str, list[Block]] = {}
    for block in blocks if is_narrow else crossed:
        tables.setdefault(block.table.code, []).append(block)
    # Made of a number that is hidden, or that waits, a measure would tell something about it.
    measures = tuple(one for one in register.measures if min(one.numbers) >= least and (least <= 1 or not before))
    made = {code: replace(_show_table(found, shown.values), measures=measures) for code, found in tables.items()}
    around = {"waits": shown.waits, "is_narrow": bool(is_narrow), "source": register.source}
    return {code: replace(table, **around) for code, table in made.items()}  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Shown:
    values: dict[Whose, int]
    waits: bool = False
    share: float = 1.0  # of the numbers that are not small themselves, how many are shown


def _large_share(blocks: list[Block], least: int) -> float:
    """Give the share of the cells that are not small: where few are, hiding them one by one would take long too."""
    cells = np.concatenate([block.counts.ravel() for block in blocks])
    return float((cells >= least).mean())


def _levels_to(least: int) -> list[int]:
    """Give the least counts of the levels that hide anything, from the lowest up to one of them."""
    levels = {least_shown(level) for level in words.vocabulary().lists["release_level"].codes}
    return [*sorted(level for level in levels if 1 < level < least), least]


def _shown_numbers(
    blocks: list[Block], register: Register, levels: list[int], before: Before, headlines: Iterable[Whose] = ()
) -> _Shown:
    """Give every number that is shown, by who is counted in it; `headlines` are hidden where nothing else will do."""
    least = levels[-1]
    numbers = find_links(blocks, Counter(register).count)
    puzzle = Puzzle(
        values=tuple(numbers.values),
        sums=tuple(sorted(numbers.sums)),
        limits=tuple(sorted(numbers.limits)),
        unseen=frozenset(numbers.unseen),
        between=frozenset(numbers.between),
        kept=frozenset(numbers.totals),
        wanted=frozenset(numbers.places[whose] for whose in headlines),
    )
    told = _told_before(blocks, before)
    earlier = {numbers.places[whose]: value for whose, value in told.items()}
    if must_wait(puzzle, earlier, numbers.totals, least):
        return _Shown({whose: value for whose, value in told.items() if value is not None}, waits=True)
    hidden = puzzle.unseen
    for level in levels if least > 1 else ():
        hidden = hide_correction(replace(puzzle, forced=hidden), earlier, level)
    large = [place for place, value in enumerate(numbers.values) if value >= least and place not in puzzle.unseen]
    share = sum(place not in hidden for place in large) / len(large) if large else 1.0
    shown = {whose: numbers.values[place] for whose, place in numbers.places.items() if place not in hidden}
    return _Shown(shown, share=share)


def _headlines(blocks: list[Block]) -> Iterator[Whose]:
    """Give the numbers that a reader looks for first, with those that they are shares of."""
    for block in blocks:
        row, col = (
            axis.places.index(axis.of_kind("total")[0]) if axis.of_kind("total") else -1
            for axis in (block.rows, block.cols)
        )
        for axis, line in ((block.rows, [groups[col] for groups in block.groups]), (block.cols, block.groups[row])):
            wanted = HEADLINES.get(axis.name, ())
            # Of visitors everybody is the base: beside the total, those whose role is known would tell who is left.
            base = "total" if axis.name == "role" else axis.base.code
            codes = {*wanted, base} if wanted else set()
            yield from (
                (block.universe, group) for place, group in zip(axis.places, line, strict=True) if place.code in codes
            )


def _margins(block: Block) -> Iterator[Block]:
    """Give the last column of a table, in which everybody stands; and its last row, as a table of its own."""
    if block.rows.name == DATA_QUALITY:  # without its columns it says nothing
        return
    yield replace(block, cols=replace(block.cols, places=block.cols.places[-1:]), counts=block.counts[:, -1:])
    if not block.rows.of_kind("total") or len(block.cols.of_kind("value")) < 2 or block.cols.name == UNIT:
        return
    total = replace(block.rows, places=block.rows.of_kind("total"))
    line = block.counts[block.rows.places.index(total.places[0])]
    yield replace(block, rows=block.cols, cols=total, counts=line.reshape(-1, 1))


def _names(blocks: Iterable[Block]) -> set[tuple[str, str, str, str, str]]:
    return {
        (block.table.code, block.rows.name, row.code, block.cols.name, col.code)
        for block in blocks
        for row in block.rows.places
        for col in block.cols.places
    }


def _told_before(blocks: list[Block], before: Before) -> dict[Whose, int | None]:
    """Give what the version before shows, by who is counted; what has come to the tables since is not there."""
    told: dict[Whose, int | None] = {}
    for block in blocks if before else ():
        for row, groups in zip(block.rows.places, block.groups, strict=True):
            for col, group in zip(block.cols.places, groups, strict=True):
                name = (block.table.code, block.rows.name, row.code, block.cols.name, col.code)
                if name in before:
                    told[block.universe, group] = before[name]
    return told


def _show_table(blocks: list[Block], shown: Mapping[Whose, int]) -> ShownTable:
    table = blocks[0].table
    total = shown.get((blocks[0].universe, blocks[0].only))
    return ShownTable(table, total, tuple(_show_block(block, shown) for block in blocks))


def _show_block(block: Block, shown: Mapping[Whose, int]) -> ShownBlock:
    rows = [[shown.get((block.universe, group)) for group in groups] for groups in block.groups]
    base = block.rows.places.index(block.rows.base) if block.rows.of_kind("value") else None
    cells = tuple(
        tuple(
            _show_cell(place, value, rows[base][col] if base is not None else values[-1])
            if block.rows.has_shares
            else Cell(value, None, None)
            for col, value in enumerate(values)
        )
        for place, values in zip(block.rows.places, rows, strict=True)
    )
    return ShownBlock(block.rows, block.cols, cells)


def _show_cell(row: Place, value: int | None, base: int | None) -> Cell:
    """Give a share where both numbers are shown, of the rows that are a share of what is known."""
    if row.kind not in ("value", "field"):
        return Cell(value, None, None)
    return Cell(value, base, percentage_of(value, base) if value is not None and base else None)
