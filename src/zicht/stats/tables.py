"""The overlap table: how many persons are on exactly which lists. What comes in is checked here, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zicht.stats.errors import (
    CountsNotWhole,
    NameMissing,
    NameTwice,
    NobodyCounted,
    NoOverlap,
    TooFewLists,
    TooManyLists,
    TooManyPersons,
    UnknownList,
    UnseenCounted,
    WrongShape,
    quote,
)
from zicht.stats.lattice import sum_supersets
from zicht.stats.results import Caution

Counts: TypeAlias = NDArray[np.int64]
Group: TypeAlias = tuple[str, ...]  # one value for each factor

LEAST_LISTS, MOST_LISTS = 2, 10
MOST_PERSONS = 100_000_000  # more than any country registers as victims; a larger number is a mistake in the file


@dataclass(frozen=True, slots=True, eq=False)
class OverlapTable:
    """Hold the counts of all combinations of K lists.

    `counts` has shape (2**K,): `counts[c]` persons are on exactly the lists j whose bit j is set in c. `counts[0]`,
    those on no list, is always 0 here because it is not known. `factors` name what the persons were split by (region,
    year), `groups` give the values of each of S strata in that order, and `by_group` has their counts, shape
    (S, 2**K). Without a split there is one stratum with no values. Arrays cannot be written to.
    """

    lists: tuple[str, ...]
    counts: Counts
    factors: tuple[str, ...]
    groups: tuple[Group, ...]
    by_group: Counts
    notes: tuple[Caution, ...] = ()

    @property
    def observed(self) -> int:
        """Give n, how many persons are on at least one list."""
        return int(self.counts.sum())

    @property
    def histories(self) -> NDArray[np.intp]:
        """Give the combinations that occur, as bit patterns in rising order."""
        return np.flatnonzero(self.counts)

    @property
    def has_strata(self) -> bool:
        """Tell whether there is more than one stratum."""
        return len(self.groups) > 1

    def strata(self) -> dict[str, "OverlapTable"]:
        """Give each stratum as a table of its own, by its name. They may lack overlap, or even persons."""
        return {
            ", ".join(group): _freeze(self.lists, counts[np.newaxis], (), ((),))
            for group, counts in zip(self.groups, self.by_group, strict=True)
        }


def make_table(lists: Sequence[str], counts: Sequence[int] | Counts) -> OverlapTable:
    """Make a table without strata out of 2**K counts by bit pattern; raises TableRefused."""
    return make_stratified_table(lists, {(): counts}, ())


def make_stratified_table(
    lists: Sequence[str],
    by_group: Mapping[Group, Sequence[int] | Counts],
    factors: Sequence[str],
    notes: Iterable[Caution] = (),
) -> OverlapTable:
    """Make a table out of the counts of each stratum, 2**K by bit pattern; raises TableRefused."""
    _check_lists(lists)
    for counts in by_group.values():
        if len(counts) != 2 ** len(lists):
            raise WrongShape(found=len(counts), lists=len(lists), expected=2 ** len(lists))
    stacked = np.array([np.asarray(counts) for counts in by_group.values()])
    _check_counts(stacked)
    return _check(_freeze(lists, stacked.astype(np.int64), factors, tuple(by_group), notes))


def has_overlap(table: OverlapTable) -> bool:
    """Tell whether anybody is on two lists."""
    return bool(np.any(np.bitwise_count(table.histories) >= 2))


def list_sizes(table: OverlapTable) -> Counts:
    """Give how many persons each list has, shape (K,)."""
    sizes: Counts = overlaps(table)[1 << np.arange(len(table.lists))]
    return sizes


def overlaps(table: OverlapTable) -> Counts:
    """Give for every set of lists how many persons are on all of them, shape (2**K,); entry 0 is everybody."""
    return sum_supersets(table.counts)


def leave_out(table: OverlapTable, name: str) -> OverlapTable:
    """Take one list away; who was on that list alone becomes unseen. Raises TableRefused when too little is left."""
    place = find_list(table, name)
    others = [one for one in range(len(table.lists)) if one != place]
    return _check(_project(table, [[one] for one in others], [table.lists[one] for one in others]))


def merge_lists(table: OverlapTable, names: Sequence[str], merged: str = "") -> OverlapTable:
    """Make one list of several: on it is who was on any of them. It stands where the first of them stood."""
    places = sorted({find_list(table, name) for name in names})
    kept = [one for one in range(len(table.lists)) if one not in places[1:]]
    parts = [places if one in places else [one] for one in kept]
    together = merged or "+".join(table.lists[one] for one in places)
    return _check(_project(table, parts, [together if one in places else table.lists[one] for one in kept]))


def find_list(table: OverlapTable, name: str) -> int:
    """Give the place of a list by its name."""
    if name not in table.lists:
        raise UnknownList(name=name, lists=", ".join(table.lists))
    return table.lists.index(name)


def put_in_canonical_order(table: OverlapTable) -> tuple[OverlapTable, tuple[int, ...]]:
    """Order the lists by their content; gives the table and which list of the old one stands at each place.

    The order depends on the counts and, where lists cannot be told apart by them, on the names; never on the order in
    which they were given. So draws of a bootstrap come out the same however the columns of a file were arranged.
    """
    order = tuple(sorted(range(len(table.lists)), key=lambda one: _content(table, one)))
    return _project(table, [[one] for one in order], [table.lists[one] for one in order]), order


def _content(table: OverlapTable, one: int) -> tuple[int, list[tuple[int, int]], str]:
    seen = [history for history in table.histories.tolist() if history >> one & 1]
    cells = sorted((history.bit_count(), int(table.counts[history])) for history in seen)
    return sum(count for _, count in cells), cells, table.lists[one]


def _project(table: OverlapTable, parts: list[list[int]], names: Sequence[str]) -> OverlapTable:
    """Make a table in which list j stands for being on any of the old lists in parts[j]."""
    old = np.arange(table.counts.size)
    new = np.zeros_like(old)
    for place, part in enumerate(parts):
        new |= np.any([old >> one & 1 for one in part], axis=0).astype(old.dtype) << place
    cells = 2 ** len(parts)
    sums = [np.bincount(new, weights=counts, minlength=cells) for counts in table.by_group]
    by_group = np.array(sums).astype(np.int64)  # exact: counts are far below 2**53
    by_group[:, 0] = 0  # who was only on a list that is gone is unseen now
    return _freeze(names, by_group, table.factors, table.groups, table.notes)


def _freeze(
    lists: Sequence[str],
    by_group: Counts,
    factors: Sequence[str],
    groups: tuple[Group, ...],
    notes: Iterable[Caution] = (),
) -> OverlapTable:
    counts = by_group.sum(axis=0)
    for array in (counts, by_group):
        array.flags.writeable = False
    return OverlapTable(tuple(lists), counts, tuple(factors), groups, by_group, tuple(notes))


def _check(table: OverlapTable) -> OverlapTable:
    _check_lists(table.lists)
    if not has_overlap(table):
        raise NoOverlap
    return table


def _check_lists(lists: Sequence[str]) -> None:
    if len(lists) < LEAST_LISTS:
        raise TooFewLists(found=len(lists), least=LEAST_LISTS)
    if len(lists) > MOST_LISTS:
        raise TooManyLists(found=len(lists), most=MOST_LISTS)
    for place, name in enumerate(lists):
        if not name:
            raise NameMissing(column=place + 1)
        if name in lists[:place]:
            raise NameTwice(name=quote(name))


def _check_counts(counts: NDArray[Any]) -> None:
    numbers = counts.astype(float) if counts.dtype.kind in "iuf" else np.full(1, np.nan)
    wrong = ~np.isfinite(numbers) | (numbers < 0) | (numbers != np.floor(numbers))
    if np.any(wrong):
        raise CountsNotWhole(value=numbers[wrong][0])
    if numbers.sum() > MOST_PERSONS:
        raise TooManyPersons(most=f"{MOST_PERSONS:,}")
    if np.any(numbers[:, 0] > 0):
        raise UnseenCounted(row=1)
    if not np.any(numbers):
        raise NobodyCounted
