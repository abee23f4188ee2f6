"""Hide small counts of a release, and as many others as it takes that none of them can be worked out.

Numbers in, places out; nothing is known here of tables or persons. Who reads the release is taken to know every number
that is shown, the rule, that counts are whole and not negative, and how the numbers hang together (sums and limits).
Terms as in Hundepool et al., Statistical Disclosure Control (2012), ch. 4: small cells are hidden first (primary), then
others (secondary) until each sum that holds a hidden number holds two, and then an audit looks for what is left.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice
from typing import TypeAlias

from zicht.figures.audit import find_determined

Sum: TypeAlias = tuple[int, tuple[int, ...]]  # a number, and those that it is the sum of
Limit: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]  # these together are at most those together

KEPT_ANSWERS = 64  # of about 0.5 MB: the tables of some years at every level


@dataclass(frozen=True)
class Puzzle:
    """Hold the numbers of a release and how they hang together.

    `unseen` are numbers that are never shown. `between` are shown in no table and follow from those that are: hiding
    them costs nothing, but they must not be small. `kept` are hidden only when they are small themselves: the totals,
    which a reader of two years finds in both. `forced` are hidden whatever they are, and must not be worked out either:
    what an earlier version of the release hid, or would show by how little it changed.
    """

    values: tuple[int, ...]
    sums: tuple[Sum, ...]
    limits: tuple[Limit, ...]
    unseen: frozenset[int] = frozenset()
    between: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    forced: frozenset[int] = frozenset()


@lru_cache(maxsize=KEPT_ANSWERS)
def hide(puzzle: Puzzle, least: int) -> frozenset[int]:
    """Give the places of the numbers that are not shown where the least count that is shown is `least`.

    Zero is hidden like every other small count: that nobody did is told of everybody. With `least` 1 everything is
    shown. The same numbers always give the same places, so that asking twice tells nothing more.
    """
    if least <= 1:
        return puzzle.unseen
    hidden = {place for place, value in enumerate(puzzle.values) if value < least} | puzzle.unseen | puzzle.forced
    safe = set(puzzle.unseen)
    for turn in count(1):
        hidden |= _partners(puzzle, hidden)
        determined = find_determined(puzzle.values, puzzle.sums, puzzle.limits, hidden, safe)
        # Each audit takes long, so what it still finds after some turns gets more room at once.
        more = _loosen(puzzle, hidden, determined, puzzle.kept, turn)
        more = more or _loosen(puzzle, hidden, determined, frozenset(), turn)
        if not more:
            break
        hidden |= more
    return frozenset(hidden)


def _partners(puzzle: Puzzle, hidden: Iterable[int]) -> set[int]:
    """Give what must be hidden too, so that no sum has one hidden number only, or hidden numbers that are all zero."""
    found, todo = set(hidden), True
    while todo:
        todo = False
        for sum_ in puzzle.sums:
            if (
                _gives_away(puzzle.values, sum_, found)
                and (partner := _cheapest(puzzle, [sum_], found, puzzle.kept)) is not None
            ):
                found.add(partner)
                todo = True
    return found


def _gives_away(values: Sequence[int], sum_: Sum, hidden: set[int]) -> bool:
    total, parts = sum_
    hidden_parts = [part for part in parts if part in hidden]
    if total in hidden:
        return not hidden_parts
    return len(hidden_parts) == 1 or (bool(hidden_parts) and not any(values[part] for part in hidden_parts))


def _cheapest(puzzle: Puzzle, sums: Iterable[Sum], hidden: set[int], kept: frozenset[int]) -> int | None:
    """Give the smallest number that is still shown; a part rather than the sum, which more people look for."""
    shown = [
        (place not in puzzle.between, place == total, puzzle.values[place], place)
        for total, parts in sums
        for place in (total, *parts)
        if place not in hidden and place not in kept
    ]
    return min(shown)[-1] if shown else None


def _loosen(puzzle: Puzzle, hidden: set[int], determined: Iterable[int], kept: frozenset[int], most: int) -> set[int]:
    """Hide up to `most` numbers more beside each that can be worked out; where none is left there, further away."""
    sums = [*puzzle.sums, *_as_sums(puzzle.limits)]
    at: dict[int, list[int]] = defaultdict(list)
    for line, (total, parts) in enumerate(sums):
        for place in (total, *parts):
            at[place].append(line)
    more: set[int] = set()
    nowhere: set[int] = set()  # places from which no number that is still shown can be reached
    for place in sorted(determined):
        for _ in range(most):
            if place not in nowhere:
                layers = _layers(sums, at, place, nowhere)
                found = (_cheapest(puzzle, layer, hidden | more, kept) for layer in layers)
                more |= set(islice((partner for partner in found if partner is not None), 1))
    return more


def _layers(sums: Sequence[Sum], at: Mapping[int, Sequence[int]], place: int, nowhere: set[int]) -> Iterator[list[Sum]]:
    """Give the sums that a place stands in, then those that their numbers stand in, and so on.

    Whoever goes on to the end found nothing: the places on the way join `nowhere`.
    """
    edge, places, lines = {place}, {place}, set[int]()
    while edge:
        new = {line for one in edge for line in at[one]} - lines
        yield [sums[line] for line in sorted(new)]
        lines |= new
        edge = {one for line in new for one in (sums[line][0], *sums[line][1])} - places
        places |= edge
    nowhere |= places


def _as_sums(limits: Iterable[Limit]) -> list[Sum]:
    """See which numbers stand in a limit together; here it does not matter on which side."""
    return [(larger[0], (*larger[1:], *smaller)) for smaller, larger in limits]
