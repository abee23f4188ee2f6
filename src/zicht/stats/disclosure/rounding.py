"""Round every count to a multiple of a base so that all sums still hold: controlled rounding.

Nothing is hidden; each count is within one base of the truth, so that a reader never knows which of two bases it came
from. As few persons as possible are moved. Source: Cox, "A constructive procedure for unbiased controlled rounding",
JASA 82 (1987), for what is asked; here an integer program finds it, on linked and hierarchical tables too.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from zicht.stats.disclosure.attack import Knot, knots_of
from zicht.stats.disclosure.errors import NoRounding
from zicht.stats.disclosure.linking import Linked

BASE = 5  # persons
# How many multiples further than its neighbours a count may go where tables of three ways leave no other way.
MOST_FURTHER = 3
MOST_SECONDS = 60.0  # for one knot


def round_controlled(linked: Linked, base: int = BASE) -> NDArray[np.int64]:
    """Give every count rounded to a multiple of `base` persons, shape (cells,); a multiple itself stays as it is.

    Raises NoRounding when sums cannot hold.
    """
    rounded = np.zeros(len(linked.values), np.int64)
    for knot in knots_of(linked):
        rounded[knot.cells] = base * _round_knot(knot, base)
    return rounded


def _round_knot(knot: Knot, base: int) -> NDArray[np.int64]:
    """Give the multiples; the variables are how many bases each count has, the cost how far that is."""
    below, above = np.floor(knot.truth / base), np.ceil(knot.truth / base)
    for further in range(MOST_FURTHER + 1):
        lowest, highest = np.maximum(below - further, 0), above + further
        found = _solve(knot, base, lowest, highest)
        if found is not None:
            return found
    raise NoRounding


def _solve(
    knot: Knot, base: int, lowest: NDArray[np.float64], highest: NDArray[np.float64]
) -> NDArray[np.int64] | None:
    """Minimise the persons moved: each count has a number of bases, and its distance as a second variable."""
    size = knot.size
    one = np.eye(size)
    sums = np.hstack([knot.sums.toarray(), np.zeros((knot.sums.shape[0], size))])
    # base * bases - distance <= truth, and -base * bases - distance <= -truth
    distances = np.vstack([np.hstack([base * one, -one]), np.hstack([-base * one, -one])])
    lines = [LinearConstraint(distances, -np.inf, np.concatenate([knot.truth, -knot.truth]))]
    lines += [LinearConstraint(sums, 0, 0)] if len(sums) else []
    solved = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        constraints=lines,
        bounds=Bounds(np.concatenate([lowest, np.zeros(size)]), np.concatenate([highest, np.full(size, np.inf)])),
        integrality=np.concatenate([np.ones(size, int), np.zeros(size, int)]),
        options={"time_limit": MOST_SECONDS},
    )
    return None if solved.x is None else np.asarray(np.rint(solved.x[:size]), np.int64)
