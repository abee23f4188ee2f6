"""Which numbers of a release can be worked out from which others: sums that are equal, and bounds.

A number is known by who is counted in it, so the same margin in two tables is one number. Pure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from zicht.figures.extract import STAGE
from zicht.figures.register.axes import Axis, People, is_single
from zicht.figures.register.counting import UNIVERSES, Block, Group

Whose: TypeAlias = tuple[str, Group]  # universe, and who of it
Sum: TypeAlias = tuple[int, tuple[int, ...]]  # a number, and those that it is the sum of
Limit: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]  # these together are at most those together


@dataclass
class Numbers:
    """Hold every number of a release once, and how they hang together.

    `unseen` are numbers that no table shows and that stand between some that are shown; `between` are differences of
    two that are shown, and so told with them. `wholes` say whom whole tables are about, and `totals` are their numbers.
    """

    places: dict[Whose, int] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    sums: set[Sum] = field(default_factory=set)
    limits: set[Limit] = field(default_factory=set)
    unseen: set[int] = field(default_factory=set)
    between: set[int] = field(default_factory=set)
    wholes: set[Whose] = field(default_factory=set)

    @property
    def totals(self) -> set[int]:
        """Give the numbers that count everybody of a table."""
        return {self.places[whole] for whole in self.wholes if whole in self.places}

    def place(self, universe: str, group: Group, value: int) -> int:
        """Give the number of a group, and remember its value."""
        if (universe, group) not in self.places:
            self.places[universe, group] = len(self.values)
            self.values.append(value)
        return self.places[universe, group]


def find_links(blocks: Iterable[Block], count: Callable[[str, Group], int]) -> Numbers:
    """Find how the numbers of all tables of a year hang together; `count` counts those that no table shows."""
    numbers = Numbers()
    for block in blocks:
        grid = [
            [numbers.place(block.universe, group, int(value)) for group, value in zip(groups, values, strict=True)]
            for groups, values in zip(block.groups, block.counts, strict=True)
        ]
        numbers.wholes |= {(block.universe, whole) for whole in block.wholes}
        for line in grid:
            _link_line(numbers, block.cols, line)
        for column in zip(*grid, strict=True):
            _link_line(numbers, block.rows, column)
        if block.rows.is_nested:
            _link_stages(numbers, block, [line[0] for line in grid])
    _link_terms(numbers, count)
    _link_universes(numbers)
    return numbers


def _link_line(numbers: Numbers, axis: Axis, line: Iterable[int]) -> None:
    """Link the numbers along one row or column."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, number in zip(axis.places, line, strict=True):
        at[place.kind].append(number)
    if not at["total"]:
        return
    (total,) = at["total"]
    if at["known"]:
        numbers.sums.add((total, (*at["known"], *at["beside"], *at["missing"])))
    base = (at["known"] or at["total"])[0]
    if axis.adds_up and at["value"]:
        numbers.sums.add((base, tuple(at["value"])))
    elif at["value"]:
        numbers.limits.add(((base,), tuple(at["value"])))
        numbers.limits |= {((value,), (base,)) for value in at["value"]}


def _link_stages(numbers: Numbers, block: Block, line: list[int]) -> None:
    """Link each stage with the next: who came no further is their difference, which anybody can work out."""
    for place, (reached, further) in zip(block.rows.places, pairwise(line), strict=False):
        stopped = block.only | {People(block.rows.field, frozenset([place.code]))}
        between = numbers.place(block.universe, stopped, numbers.values[reached] - numbers.values[further])
        numbers.between.add(between)
        numbers.sums.add((reached, (between, further)))


def _link_terms(numbers: Numbers, count: Callable[[str, Group], int]) -> None:
    """Link groups of terms of one field with the parts they share, such as three classes of age with its bands."""
    together: dict[tuple[str, str, Group], list[People]] = defaultdict(list)
    for universe, group in numbers.places:
        for people in group:
            if people.terms and not people.is_rest and people.field != STAGE:
                together[universe, people.field, group - {people}].append(people)
    for (universe, name, others), groups in together.items():
        sets = {people.terms: numbers.places[universe, others | {people}] for people in groups}
        if is_single(name):
            _link_parts(numbers, universe, name, others, sets, count)
        else:
            numbers.limits |= {((sets[small],), (sets[large],)) for small in sets for large in sets if small < large}


def _link_parts(
    numbers: Numbers,
    universe: str,
    name: str,
    others: Group,
    sets: dict[frozenset[str], int],
    count: Callable[[str, Group], int],
) -> None:
    for whole in sets:
        parts = parts_of(whole, sets)
        if len(parts) < 2:
            continue
        found = []
        for part in parts:
            group = others | {People(name, part)}
            is_new = (universe, group) not in numbers.places
            found.append(numbers.place(universe, group, count(universe, group) if is_new else 0))
            if is_new:
                numbers.unseen.add(found[-1])
        numbers.sums.add((sets[whole], tuple(found)))


def parts_of(whole: frozenset[str], sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Cut a set of terms wherever one of the sets begins or ends."""
    known = list(sets)
    parts: dict[tuple[bool, ...], set[str]] = defaultdict(set)
    for term in whole:
        parts[tuple(term in one for one in known)].add(term)
    return sorted((frozenset(part) for part in parts.values()), key=sorted)


def _link_universes(numbers: Numbers) -> None:
    """Nobody is in a universe who is not in the one around it."""
    for (universe, group), number in list(numbers.places.items()):
        for outer in _around(universe):
            if (outer, group) in numbers.places:
                numbers.limits.add(((number,), (numbers.places[outer, group],)))


def _around(universe: str) -> Iterator[str]:
    while universe := UNIVERSES[universe].within:
        yield universe
