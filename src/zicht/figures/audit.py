"""Find hidden numbers that have one possible value only, by linear and integer programming.

The true numbers are one solution of what a reader knows. Another whole solution that differs in a number by one or more
shows that this number has a second value, and one solution shows it of many numbers at once. So the program looks for
solutions near the true ones that differ in as much as possible, and asks about single numbers only where that failed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Sum: TypeAlias = tuple[int, tuple[int, ...]]
Limit: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

NEAR = 20.0  # how far numbers that are not asked about may be from the truth while many are asked about
MOST_ROUNDS = 40  # of asking about many numbers at once
MOST_IDLE = 3  # of these rounds without finding anything
FEW = 4  # numbers that are asked about one by one at once
MOST_ASKED = 8  # numbers that are asked about one by one at all
# Branches of one question in whole numbers; what they do not answer counts as worked out. Not seconds: a busy machine
# would then hide more than an idle one, and both together tell more than one of them.
MOST_NODES = 200
EXACT = 1e-6
SEED = 20260302  # the same numbers always give the same answer


@dataclass(frozen=True)
class Row:
    """Hold one line of what is known: the hidden numbers with their signs add up to between two bounds."""

    signs: dict[int, int]
    low: float
    high: float


@dataclass(frozen=True)
class Knot:
    """Hold hidden numbers that hang together: their true values, and every line about them."""

    places: list[int]
    truth: Floats
    rows: csr_array
    low: Floats
    high: Floats


def find_determined(
    values: Sequence[int], sums: Iterable[Sum], limits: Iterable[Limit], hidden: set[int], safe: set[int]
) -> set[int]:
    """Give the hidden places of which a reader can work out the value.

    `safe` are places that were hidden before and not worked out; the others that are not join them here. They stay so
    when more is hidden, since every solution stays one.
    """
    places = sorted(hidden)
    found: set[int] = set()
    for knot in _knots(values, places, list(_rows(values, sums, limits, hidden))):
        if not safe.issuperset(knot.places):
            found |= _determined_in(knot, safe)
    safe |= hidden - found
    return found


def _rows(values: Sequence[int], sums: Iterable[Sum], limits: Iterable[Limit], hidden: set[int]) -> Iterator[Row]:
    for total, parts in sorted(sums):
        if row := _row(values, (total,), parts, hidden):
            yield Row(row.signs, row.high, row.high)
    for smaller, larger in sorted(limits):
        if row := _row(values, smaller, larger, hidden):
            yield row


def _row(values: Sequence[int], plus: Iterable[int], minus: Iterable[int], hidden: set[int]) -> Row | None:
    """Bring what is shown to the other side."""
    signs: dict[int, int] = defaultdict(int)
    rest = 0
    for places, sign in ((plus, 1), (minus, -1)):
        for place in places:
            if place in hidden:
                signs[place] += sign
            else:
                rest -= sign * values[place]
    return Row(dict(signs), -np.inf, rest) if signs else None


def _knots(values: Sequence[int], places: list[int], rows: list[Row]) -> Iterator[Knot]:
    """Take apart what does not hang together: small questions are answered faster."""
    at = {place: column for column, place in enumerate(places)}
    pairs = [(line, at[place], sign) for line, row in enumerate(rows) for place, sign in row.signs.items()]
    lines, columns, signs = (np.array(one) for one in zip(*pairs, strict=True)) if pairs else (np.zeros(0, int),) * 3
    matrix = csr_array((signs.astype(float), (lines, columns)), shape=(len(rows), len(places)))
    low, high = (np.array([getattr(row, end) for row in rows], float) for end in ("low", "high"))
    _, part_of = connected_components(matrix.T @ matrix, directed=False)
    truth = np.array([values[place] for place in places], float)
    for part in range(part_of.max(initial=-1) + 1):
        inside = np.flatnonzero(part_of == part)
        own = matrix[:, inside]
        used = np.flatnonzero(np.diff(own.indptr))
        yield Knot([places[column] for column in inside], truth[inside], own[used], low[used], high[used])


def _determined_in(knot: Knot, safe: set[int]) -> set[int]:
    if knot.rows.shape[0] == 0 or _is_free(knot):
        return set()
    open_ = np.array([place not in safe for place in knot.places])
    random = np.random.default_rng(SEED)
    idle = 0
    for turn in range(MOST_ROUNDS):
        if open_.sum() < FEW or idle == MOST_IDLE:
            break
        differs = _differs(knot, _ask(knot, _aims(knot, open_, turn, random), _near(knot, open_)))
        idle = 0 if (differs & open_).any() else idle + 1
        open_ &= ~differs
    left = [int(column) for column in np.flatnonzero(open_)]
    # Each question takes time; what nobody asked about counts as worked out, which hides more and never less.
    asked, not_asked = left[:MOST_ASKED], left[MOST_ASKED:]
    return {knot.places[column] for column in [*filter(partial(_is_determined, knot), asked), *not_asked]}


def _is_free(knot: Knot) -> bool:
    """Tell at once that several parts of one sum can each be more or less: most knots are no more than that."""
    is_one_sum = knot.rows.shape[0] == 1 and bool(np.all(knot.rows.data == knot.rows.data[0]))
    return is_one_sum and len(knot.places) > 1 and knot.truth.sum() > 0


def _aims(knot: Knot, open_: Flags, turn: int, random: np.random.Generator) -> Floats:
    """Choose how much each number should move: up, or down in every second turn; what is zero can only go up.

    Numbers that make room for each other cannot move together, so chance decides which of them goes first.
    """
    weights = random.uniform(0.1, 1.0, len(open_))
    return np.where(open_, np.where((turn % 2 == 1) & (knot.truth > 0), -weights, weights), 0.0)


def _near(knot: Knot, open_: Flags) -> Bounds:
    """Let the numbers in question move by one, so that many of them do, and the others by more to make room."""
    room = np.where(open_, 1.0, NEAR)
    return Bounds(np.maximum(knot.truth - room, 0), knot.truth + room)


def _differs(knot: Knot, solution: Floats | None) -> Flags:
    """Tell which numbers another whole solution shows to have a second value."""
    if solution is None or not _is_whole(solution):
        return np.zeros(len(knot.places), bool)
    differs: Flags = np.abs(solution - knot.truth) > 1 - EXACT
    return differs


def _is_whole(solution: Floats) -> bool:
    return bool(np.abs(solution - np.rint(solution)).max() <= EXACT)


def _is_determined(knot: Knot, column: int) -> bool:
    """Ask about one number alone whether some solution has it larger, or smaller, by one or more."""
    true = float(knot.truth[column])
    # Far enough for a second value; without an end the answer could be infinite.
    elsewhere = [(true + 1, true + knot.truth.sum() + NEAR), (0.0, true - 1)]
    return not any(low <= high and _can_lie(knot, column, low, high) for low, high in elsewhere)


def _can_lie(knot: Knot, column: int, low: float, high: float) -> bool:
    """Tell whether a whole solution has a number between two bounds.

    Fractions have more room than whole numbers: what they cannot reach is out of reach, and only what they can reach
    is asked once more in whole numbers.
    """
    lowest, highest = np.zeros(len(knot.truth)), knot.truth + knot.truth.sum() + NEAR
    lowest[column], highest[column] = low, high
    room, nowhere = Bounds(lowest, highest), np.zeros(len(knot.truth))
    solution = _ask(knot, nowhere, room)
    return solution is not None and (_is_whole(solution) or _ask(knot, nowhere, room, whole=True) is not None)


def _ask(knot: Knot, aim: Floats, room: Bounds, *, whole: bool = False) -> Floats | None:
    """Find the solution that goes furthest in a direction; None where none is there or was reached."""
    solved = milp(
        -aim,
        constraints=LinearConstraint(knot.rows, knot.low, knot.high),
        bounds=room,
        integrality=np.full(len(aim), int(whole)),
        options={"node_limit": MOST_NODES},
    )
    return None if solved.x is None else np.asarray(solved.x, float)
