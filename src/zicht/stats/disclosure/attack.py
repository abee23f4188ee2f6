"""Work out, as a reader of the tables would, what a hidden count can be.

Linear bounds come first; whole numbers decide where these leave room. The reader knows every count that is shown,
how they hang together, and that counts are whole and not negative. Terms as in Hundepool et al., Statistical
Disclosure Control (2012), ch. 4: the feasibility interval of a suppressed cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from zicht.stats.disclosure.linking import Linked

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

EXACT = 1e-6
# Branches of one question in whole numbers. Not seconds: a busy machine would then hide more than an idle one.
MOST_NODES = 2_000
FARTHEST = 20_000.0  # persons: a solver reckons wrongly where numbers of very different sizes meet


@dataclass(frozen=True)
class Knot:
    """Hold counts that hang together: which they are, the true ones, and every line about them.

    `cells` has shape (n,), places in the linked tables; `sums` and `limits` have n columns: sums @ counts = 0 and
    limits @ counts <= what they allow.
    """

    cells: NDArray[np.int64]
    truth: Floats
    sums: csr_array
    limits: csr_array
    slack: Floats  # of each limit: how much the truth leaves, in persons

    @property
    def size(self) -> int:
        """Give the number of counts."""
        return len(self.cells)


@dataclass(frozen=True)
class Farthest:
    """Hold how far a count can move from the truth, in persons, and what each bound in the way would be worth."""

    reach: float
    moves: Floats  # shape (n,): of every count of the knot, in the solution that reaches it
    up: Floats  # shape (n,), 0 or more: what one more person of room upwards would add to the reach
    down: Floats  # the same downwards
    fixed: float  # what of the reach the limits allow whatever is hidden


def knots_of(linked: Linked) -> Iterator[Knot]:
    """Take apart what does not hang together: small questions are answered faster."""
    lines = csr_array(vstack([linked.sums, linked.limits]))
    _, part_of = connected_components(lines.T @ lines, directed=False)
    order = np.argsort(part_of, kind="stable")
    for cells in np.split(order, np.flatnonzero(np.diff(part_of[order])) + 1):
        sums, limits = (_of_cells(one, cells) for one in (linked.sums, linked.limits))
        truth = linked.values[cells].astype(float)
        spans, room = _spans_of(linked, cells)
        slack = np.concatenate([-(limits @ truth), room])
        yield Knot(cells.astype(np.int64), truth, sums, csr_array(vstack([limits, spans])), slack)


def _spans_of(linked: Linked, cells: NDArray[np.intp]) -> tuple[csr_array, Floats]:
    """Give a line for each least and most that a reader was told of a count, and how much it leaves."""
    told = [
        (at, linked.spans[cell], int(linked.values[cell]))
        for at, cell in enumerate(cells.tolist())
        if cell in linked.spans
    ]
    lines = [(at, 1.0, most - value) for at, (_, most), value in told if most is not None]
    lines += [(at, -1.0, value - lowest) for at, (lowest, _), value in told if lowest > 0]
    at, signs = [one[0] for one in lines], [one[1] for one in lines]
    matrix = csr_array((signs, (list(range(len(lines))), at)), shape=(len(lines), len(cells)))
    return matrix, np.array([one[2] for one in lines], float)


def _of_cells(lines: csr_array, cells: NDArray[np.intp]) -> csr_array:
    own = csr_array(lines[:, cells])
    return csr_array(own[np.flatnonzero(np.diff(own.indptr))])


def solve_linear(cost: Floats, sums: csr_array, limits: csr_array, slack: Floats, bounds: Floats) -> OptimizeResult:
    """Minimise cost @ moves with sums @ moves = 0, limits @ moves <= slack and bounds, shape (n, 2), on each move."""
    # The types know no sparse rows.
    found: OptimizeResult = linprog(  # type: ignore[call-overload]
        cost,
        A_ub=limits if limits.shape[0] else None,
        b_ub=slack if limits.shape[0] else None,
        A_eq=sums if sums.shape[0] else None,
        b_eq=np.zeros(sums.shape[0]) if sums.shape[0] else None,
        bounds=bounds,
        method="highs",
    )
    return found


def find_farthest(knot: Knot, up: Floats, down: Floats, cell: int, sign: int) -> Farthest:
    """Find how far one count can move upwards (`sign` 1) or downwards (-1).

    `up` and `down`, shape (n,), are how far each count may move, in persons: 0 for one that is shown.
    """
    aim = np.zeros(knot.size)
    aim[cell] = -sign
    solved = solve_linear(aim, knot.sums, knot.limits, knot.slack, np.column_stack([-down, up]))
    if solved.status != 0:
        # Nobody moving is always a solution, and every move has a bound.
        raise ArithmeticError(solved.message)
    worth = -np.asarray(solved.lower.marginals + solved.upper.marginals, float)
    fixed = float(-np.asarray(solved.ineqlin.marginals) @ knot.slack) if knot.limits.shape[0] else 0.0
    return Farthest(-float(solved.fun), np.asarray(solved.x, float), np.maximum(worth, 0), np.maximum(-worth, 0), fixed)


def can_move(knot: Knot, hidden: Flags, cell: int, low: float, high: float, room: float) -> bool:
    """Tell whether whole counts exist in which one count has moved by `low` to `high`; undecided in time means no."""
    lowest = np.where(hidden, -np.minimum(knot.truth, FARTHEST), 0.0)
    highest = np.where(hidden, room, 0.0)
    lowest[cell], highest[cell] = max(low, lowest[cell]), min(high, highest[cell])
    if lowest[cell] > highest[cell]:
        return False
    lines = [
        LinearConstraint(rows, least, most)
        for rows, least, most in (
            (knot.sums, np.zeros(knot.sums.shape[0]), np.zeros(knot.sums.shape[0])),
            (knot.limits, np.full(knot.limits.shape[0], -np.inf), knot.slack),
        )
        if rows.shape[0]
    ]
    solved = milp(
        np.zeros(knot.size),
        constraints=lines,
        bounds=Bounds(lowest, highest),
        integrality=np.ones(knot.size, int),
        options={"node_limit": MOST_NODES},
    )
    return solved.x is not None
