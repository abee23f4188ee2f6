"""Add noise to counts so that nobody can tell whether any one person is in them: differential privacy.

After Dwork, McSherry, Nissim and Smith, "Calibrating noise to sensitivity in private data analysis" (2006); the noise
is that of OpenDP (https://opendp.org), whole numbers from a discrete Laplace distribution, drawn without the rounding
of floating point by which the textbook method leaks. The unit is one person in one year: with or without all that one
person adds to the counts, every answer is as likely up to a factor exp(epsilon).

A table holds no persons, so in how many counts one person can stand is said by the office (`cap`); where each person
has one answer to each question it is known from the tables.
"""

from functools import lru_cache
from importlib import import_module
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zicht.stats.disclosure.levels import Above
from zicht.stats.disclosure.linking import Linked
from zicht.stats.errors import WrongSetting

MOST_EPSILON = 10.0  # above it the promise means next to nothing: a factor of 22,000
SURE = 0.95  # the share of counts for which the distance is told


@lru_cache(maxsize=1)
def _opendp() -> Any:
    """Give the library: half a second, which only who asks for noise should wait."""
    library = import_module("opendp.prelude")
    library.enable_features("contrib")
    return library


def least_cap(linked: Linked) -> int:
    """Give in how many counts a person stands at most who has one answer to each question.

    One for each set of questions; and where categories lie in others (a town in its province), one for each of these.
    """
    standing = set(linked.cells.values())
    keys = (key for cell, key in enumerate(linked.keys) if cell in standing)
    asked = {frozenset(dimension for dimension, _ in key) for key in keys}
    return sum(prod(_depth(linked.levels.get(dimension, {})) for dimension in one) for one in asked)


def _depth(above: Above) -> int:
    """Give how many categories lie in one another at most."""
    longest = 1
    for label in above:
        depth, upper = 1, label
        while upper in above:
            depth, upper = depth + 1, above[upper]
        longest = max(longest, depth)
    return longest


def check_cap(linked: Linked, cap: int | None) -> int:
    """Give the cap to use. Raises WrongSetting where it is too small, or where the tables cannot tell it."""
    least = least_cap(linked)
    if cap is None and not linked.has_several:
        return least
    if cap is None or cap < least:
        expected = f"the most counts in which one person can stand, totals too: {least} or more"
        raise WrongSetting(name="cap", value="missing" if cap is None else cap, expected=expected)
    return cap


def scale_of(epsilon: float, cap: int) -> float:
    """Give the scale of the noise, persons. Raises WrongSetting for an epsilon that promises nothing."""
    if not 0 < epsilon <= MOST_EPSILON:
        raise WrongSetting(name="epsilon", value=epsilon, expected=f"more than 0, at most {MOST_EPSILON:g}")
    # Not cap / epsilon: rounded, that spends a little more than it may.
    found: float = _opendp().binary_search_param(_mechanism, d_in=cap, d_out=float(epsilon))
    return found


def make_private(linked: Linked, scale: float) -> NDArray[np.int64]:
    """Give every count with noise of its own, shape (cells,), persons; never below 0, and each time otherwise."""
    noisy = _mechanism(scale)(linked.values.tolist())
    # What is done afterwards, without looking at the truth, costs no privacy.
    return np.maximum(np.array(noisy, np.int64), 0)


def distance(scale: float) -> int:
    """Give within how many persons of the truth 95% of the counts are.

    P(|X| > d) = 2 q**(d + 1) / (1 + q) with q = exp(-1 / scale), for whole d.
    """
    ratio = np.exp(-1 / scale)
    return max(int(np.ceil(np.log((1 - SURE) * (1 + ratio) / 2) / np.log(ratio) - 1 - 1e-9)), 0)


def _mechanism(scale: float) -> Any:
    dp = _opendp()
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    return space >> dp.m.then_laplace(scale=scale)
