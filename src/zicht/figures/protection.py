"""Hide small counts of a release, and as many others as it takes that none of them can be worked out.

Numbers in, places out; nothing is known here of tables or persons. Who reads the release is taken to know every number
that is shown, the rule, that counts are whole and not negative, and how the numbers hang together (sums and limits).
What is hidden is chosen by the room of statistics, as for the tables of any office (`zicht.stats.disclosure`).
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array

from zicht.stats.disclosure.attack import Flags, Knot, knots_of
from zicht.stats.disclosure.errors import ShownAlready
from zicht.stats.disclosure.linking import Linked
from zicht.stats.disclosure.suppress import room_for
from zicht.stats.disclosure.together import Together

Sum: TypeAlias = tuple[int, tuple[int, ...]]  # a number, and those that it is the sum of
Limit: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]  # these together are at most those together

KEPT_ANSWERS = 64  # of about 0.5 MB: the tables of some years at every level
NEXT_TO_NOTHING = 0.01  # the price of hiding what no table shows
# Partners are looked for in larger steps than for the tables of an office: a report has many years and levels.
STEP = 0.1


@dataclass(frozen=True)
class Puzzle:
    """Hold the numbers of a release and how they hang together.

    `unseen` are numbers that are never shown. `between` are shown in no table and follow from those that are: hiding
    them costs nothing, but they must not be small. `kept` are hidden only when they are small themselves: the totals,
    which a reader of two years finds in both. `wanted` are kept too where all of them can be: what a reader looks for
    first. `forced` are hidden whatever they are, and must not be worked out either:
    what an earlier version of the release hid, or would show by how little it changed.
    """

    values: tuple[int, ...]
    sums: tuple[Sum, ...]
    limits: tuple[Limit, ...]
    unseen: frozenset[int] = frozenset()
    between: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    wanted: frozenset[int] = frozenset()
    forced: frozenset[int] = frozenset()


@lru_cache(maxsize=KEPT_ANSWERS)
def hide(puzzle: Puzzle, least: int) -> frozenset[int]:
    """Give the places of the numbers that are not shown where the least count that is shown is `least`.

    Zero is hidden like every other small count: that nobody did is told of everybody. With `least` 1 everything is
    shown. The same numbers always give the same places, so that asking twice tells nothing more.
    """
    hidden = set(puzzle.unseen)
    if least <= 1:
        return frozenset(hidden)
    for knot in knots_of(_linked(puzzle)):
        hidden.update(knot.cells[_chosen(puzzle, knot, least)].tolist())
    return frozenset(hidden)


def _linked(puzzle: Puzzle) -> Linked:
    size = len(puzzle.values)
    sums = _matrix([dict.fromkeys(parts, 1.0) | {total: -1.0} for total, parts in puzzle.sums], size)
    limits = _matrix([dict.fromkeys(few, 1.0) | dict.fromkeys(many, -1.0) for few, many in puzzle.limits], size)
    return Linked((), np.array(puzzle.values, np.int64), sums, limits, puzzle.unseen, frozenset(), {})


def _matrix(rows: Sequence[dict[int, float]], size: int) -> csr_array:
    lines = [line for line, row in enumerate(rows) for _ in row]
    places = [place for row in rows for place in row]
    return csr_array(([value for row in rows for value in row.values()], (lines, places)), shape=(len(rows), size))


def _chosen(puzzle: Puzzle, knot: Knot, least: int) -> Flags:
    """Give what is hidden of numbers that hang together; totals are kept where that is possible."""
    unseen, between, kept, wanted, forced = (
        _among(knot, places) for places in (puzzle.unseen, puzzle.between, puzzle.kept, puzzle.wanted, puzzle.forced)
    )
    small = (knot.truth < least) & ~unseen
    if not (small | forced).any():
        return unseen
    price = np.where(between, NEXT_TO_NOTHING, 1 + knot.truth / (knot.truth.sum() + 1))
    up, down = (np.where(small, need, 0.0) for need in (least - 1 - knot.truth, knot.truth))
    for stay in (kept | wanted, kept, np.zeros(knot.size, bool)):
        shown = stay & ~small & ~forced
        together = Together(knot, up, down, price, shown, unseen, room_for(least), forced, STEP)
        with suppress(ShownAlready):
            return together.choose()
    # Not everything can be taken for anything: then nothing of it is told.
    return np.ones(knot.size, bool)


def _among(knot: Knot, places: Iterable[int]) -> Flags:
    return np.isin(knot.cells, np.fromiter(places, np.int64))
