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

from zicht.stats.disclosure.building import Building, Implied, Key, margins_of
from zicht.stats.disclosure.crossing import add_crossing
from zicht.stats.disclosure.errors import TooManyCells
from zicht.stats.disclosure.filling import fill_in
from zicht.stats.disclosure.levels import Above, find_levels, find_told
from zicht.stats.disclosure.naming import give_one_name
from zicht.stats.disclosure.published import MOST_CELLS, Published
from zicht.stats.disclosure.releases import Release
from zicht.stats.results import Caution

Span = tuple[int, int | None]


@dataclass(frozen=True)
class Linked:
    """Hold every count of the tables once, and how they hang together.

    `values` has shape (cells,), in persons. `sums`, shape (equations, cells), times the counts is 0; `limits` times the
    counts is 0 or less. `unseen` are counts that stand in no table: totals that two tables share. `known` are counts
    that an earlier release shows; `forced` must be hidden, whatever they are, because of what one tells; `spans` say
    of counts the least and the most that a reader was told they are; `censored` are counts that somebody else hid, of
    which `values` has one possible value. `called` gives the name of a dimension in `keys` by what a table calls it,
    folded; `has_several` means that a person gives several answers to some question. `names` are the keys without what
    says nothing: a count has the same name in other tables. `levels` says what lies within what.
    """

    keys: tuple[Key, ...]
    values: NDArray[np.int64]
    sums: csr_array
    limits: csr_array
    unseen: frozenset[int]
    known: frozenset[int]
    cells: Mapping[tuple[int, int, int], int]  # table, row and column -> cell
    notes: tuple[Caution, ...] = ()
    forced: frozenset[int] = frozenset()
    spans: Mapping[int, Span] = field(default_factory=dict)
    censored: frozenset[int] = frozenset()
    called: Mapping[str, str] = field(default_factory=dict)
    has_several: bool = False
    names: tuple[Key, ...] = ()
    levels: Mapping[str, Above] = field(default_factory=dict)


def link(
    tables: Sequence[Published],
    earlier: Sequence[Published] = (),
    least: int = 1,
    above: Above | None = None,
    *,
    is_crossed: bool = False,
) -> Linked:
    """Find what is the same and what adds up, in tables and in releases of before.

    `least` is the fewest persons by which a correction may differ from an earlier release; `above` says of categories
    in which other they lie; `is_crossed` adds what is behind tables that go round in a circle. Raises TableRefused.
    """
    named = give_one_name(tables, earlier)
    tables, earlier = named.tables, named.earlier
    every = (*tables, *earlier)
    levels, said = find_levels(every, above or {}), find_told(every, above or {})
    building = Building(_find_implied(every), levels, named.alike, margins_of(every), said)
    for number, table in enumerate(tables):
        for entry in table.entries:
            building.place(number, table, entry)
    fill_in(building, tables)
    releases = [Release(building, number, table, least) for number, table in enumerate(earlier)]
    if len(building.values) > MOST_CELLS:
        raise TooManyCells(found=len(building.values), most=MOST_CELLS)
    for table in tables:
        building.add_sums(table)
    for release in releases:
        release.add_sums()
    building.add_twins()
    building.add_shared_totals()
    if is_crossed:
        add_crossing(building, tables)
    return _finish(building, named.called)


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


def _finish(building: Building, called: Mapping[str, str]) -> Linked:
    size = len(building.values)
    known = frozenset(building.known)
    return Linked(
        keys=tuple(building.at),
        values=np.array(building.values, np.int64),
        sums=_matrix([(parts, (total,)) for parts, total in sorted(building.sums)], size),
        limits=_matrix(sorted(building.limits), size),
        unseen=frozenset(building.unseen),
        known=known,
        cells=building.cells,
        notes=tuple(building.notes),
        forced=frozenset(building.forced) - known,
        spans=building.spans,
        censored=frozenset(building.censored),
        called=called,
        has_several=bool(building.several),
        names=tuple(building.plain(key) for key in building.at),
        levels=building.levels,
    )


def _matrix(rows: Sequence[tuple[tuple[int, ...], tuple[int, ...]]], size: int) -> csr_array:
    """Give a row for each: 1 for what is added, -1 for what it is held against."""
    lines = [line for line, sides in enumerate(rows) for side in sides for _ in side]
    columns = [cell for sides in rows for side in sides for cell in side]
    signs = [sign for plus, minus in rows for sign in (*(1.0 for _ in plus), *(-1.0 for _ in minus))]
    return csr_array((signs, (lines, columns)), shape=(len(rows), size))
