"""See how the counts of several tables hang together: which are the same, and which add up to which.

A count is known by its categories: the girls of a province are one number, in whichever table they stand. Whoever reads
the tables knows that categories add up to their total, also where the total stands in another table only, or in none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from zicht.stats.disclosure.errors import CorrectionTooSmall, EarlierUnknown, TablesDisagree, TooManyCells
from zicht.stats.disclosure.published import Entry, Place, Published
from zicht.stats.errors import quote
from zicht.stats.results import Caution

MOST_CELLS = 50_000
SEVERAL = "“%(name)s” adds up to more than its total: taken as several answers a person."
Key = frozenset[tuple[str, str]]
Implied = Mapping[tuple[str, str], tuple[str, str]]  # of a municipality, its province


@dataclass(frozen=True)
class Linked:
    """Hold every count of the tables once, and how they hang together.

    `values` has shape (cells,), in persons. `sums`, shape (equations, cells), times the counts is 0; `limits` times the
    counts is 0 or less. `unseen` are counts that stand in no table: totals that two tables share.
    `known` are counts that an earlier release shows.
    """

    keys: tuple[Key, ...]
    values: NDArray[np.int64]
    sums: csr_array
    limits: csr_array
    unseen: frozenset[int]
    known: frozenset[int]
    cells: Mapping[tuple[int, int, int], int]  # table, row and column -> cell
    notes: tuple[Caution, ...] = ()


@dataclass
class _Building:
    at: dict[Key, int] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    first: dict[Key, tuple[Published, Entry]] = field(default_factory=dict)
    cells: dict[tuple[int, int, int], int] = field(default_factory=dict)
    sums: set[tuple[tuple[int, ...], int]] = field(default_factory=set)  # parts and their total
    limits: set[tuple[tuple[int, ...], int]] = field(default_factory=set)
    waiting: dict[Key, set[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(set))
    unseen: set[int] = field(default_factory=set)
    notes: list[Caution] = field(default_factory=list)


def link(tables: Sequence[Published], earlier: Sequence[Published] = (), least: int = 1) -> Linked:
    """Find what is the same and what adds up, in tables and in releases of before.

    `least` is the fewest persons by which a correction may differ from an earlier release. Raises TableRefused.
    """
    implied = _find_implied([*tables, *earlier])
    building = _Building()
    for number, table in enumerate(tables):
        for entry in table.entries:
            building.cells[number, entry.row, entry.column] = _place(building, table, entry, implied)
    known = {
        cell for table in earlier for entry in table.entries for cell in _known(building, table, entry, implied, least)
    }
    if len(building.values) > MOST_CELLS:
        raise TooManyCells(found=len(building.values), most=MOST_CELLS)
    for table in [*tables, *earlier]:
        _add_sums(building, table, implied)
    _add_shared_totals(building)
    return _finish(building, frozenset(known))


# --- the same count in several tables -----------------------------------------------------------------------------
def _find_implied(tables: Iterable[Published]) -> Implied:
    """Find categories that lie in one category of another dimension only, as a municipality lies in one province."""
    above: dict[tuple[str, str], dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for table in tables:
        for entry in table.entries:
            for lower in entry.place:
                for upper in entry.place:
                    if upper != lower:
                        above[lower[0], upper[0]][lower].add(upper[1])
    implied: dict[tuple[str, str], tuple[str, str]] = {}
    for (_, dimension), found in above.items():
        uppers = set[str]().union(*found.values())
        if all(len(one) == 1 for one in found.values()) and 1 < len(uppers) < len(found):
            implied |= {lower: (dimension, next(iter(one))) for lower, one in found.items()}
    return implied


def _key(place: Iterable[tuple[str, str]], implied: Implied) -> Key:
    found, todo = set[tuple[str, str]](), list(place)
    while todo:
        pair = todo.pop()
        if pair not in found:
            found.add(pair)
            todo += [implied[pair]] if pair in implied else []
    return frozenset(found)


def _place(building: _Building, table: Published, entry: Entry, implied: Implied) -> int:
    key = _key(entry.place, implied)
    value = entry.value or 0
    if key not in building.at:
        building.at[key] = len(building.values)
        building.values.append(value)
        building.first[key] = (table, entry)
    elif building.values[building.at[key]] != value:
        other, there = building.first[key]
        raise TablesDisagree(
            name=quote(table.name), row=entry.row + 1, other=quote(other.name), other_row=there.row + 1
        )
    return building.at[key]


def _known(building: _Building, table: Published, entry: Entry, implied: Implied, least: int) -> list[int]:
    """Give the count that an earlier release shows; what it hid must stand in a table to be judged."""
    key = _key(entry.place, implied)
    if entry.value is None:
        if key not in building.at:
            raise EarlierUnknown(name=quote(table.name), row=entry.row + 1)
        return []
    if key not in building.at:
        return [_place(building, table, entry, implied)]
    difference = abs(building.values[building.at[key]] - entry.value)
    if 0 < difference < least:
        raise CorrectionTooSmall(name=quote(table.name), row=entry.row + 1, least=least)
    return [building.at[key]] if not difference else []


# --- what adds up -------------------------------------------------------------------------------------------------
def _add_sums(building: _Building, table: Published, implied: Implied) -> None:
    for dimension in table.dimensions:
        groups: dict[Place, list[Place]] = defaultdict(list)
        for entry in table.entries:
            rest = tuple(pair for pair in entry.place if pair[0] != dimension)
            if len(rest) < len(entry.place):
                groups[rest].append(entry.place)
        for rest, places in groups.items():
            parts = tuple(sorted({building.at[_key(place, implied)] for place in places}))
            _add_sum(building, _key(rest, implied), parts, dimension)


def _add_sum(building: _Building, key: Key, parts: tuple[int, ...], dimension: str) -> None:
    total = building.at.get(key)
    if total is None:
        building.waiting[key].add(parts)
        return
    if total in parts:
        return
    missing = building.values[total] - sum(building.values[part] for part in parts)
    if missing == 0:
        building.sums.add((parts, total))
    elif missing > 0:
        building.limits.add((parts, total))
    else:
        building.limits |= {((part,), total) for part in parts}
        note = Caution(SEVERAL, {"name": quote(dimension)})
        building.notes += [note] if note not in building.notes else []


def _add_shared_totals(building: _Building) -> None:
    """Add totals that stand nowhere, where two sets of categories add up to them."""
    for key, found in building.waiting.items():
        totals = {sum(building.values[part] for part in parts) for parts in found}
        if len(found) > 1 and len(totals) == 1:
            building.at[key] = len(building.values)
            building.values.append(totals.pop())
            building.unseen.add(building.at[key])
            building.sums |= {(parts, building.at[key]) for parts in found}


def _finish(building: _Building, known: frozenset[int]) -> Linked:
    size = len(building.values)
    return Linked(
        keys=tuple(building.at),
        values=np.array(building.values, np.int64),
        sums=_matrix(sorted(building.sums), size),
        limits=_matrix(sorted(building.limits), size),
        unseen=frozenset(building.unseen),
        known=known,
        cells=building.cells,
        notes=tuple(building.notes),
    )


def _matrix(rows: Sequence[tuple[tuple[int, ...], int]], size: int) -> csr_array:
    """Give a row for each: 1 for a part, -1 for the total."""
    lines = [line for line, (parts, _) in enumerate(rows) for _ in (*parts, None)]
    columns = [cell for parts, total in rows for cell in (*parts, total)]
    signs = [sign for parts, _ in rows for sign in (*(1.0 for _ in parts), -1.0)]
    return csr_array((signs, (lines, columns)), shape=(len(rows), size))
