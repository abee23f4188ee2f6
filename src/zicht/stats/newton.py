"""Fit many Poisson models at once by Newton's method, on all cores."""

import importlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zicht.stats.compiled import HAS_NUMBA

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FEWEST_FOR_LANES = 200  # fits; with fewer, loading what makes them fast takes longer than fitting


class Engine(Protocol):
    """Fit the rows of one share of the work in place; see `fit`."""

    def fit_share(
        self, tops: Floats, terms: Integers, sizes: Integers, beta: Floats, moved: Floats, unseen: bool, steps: int
    ) -> None:
        """Fit all rows."""


def fit(tops: Floats, live: NDArray[np.bool_], beta: Floats, *, is_unseen_given: bool, most_steps: int) -> Floats:
    """Improve `beta` in place until nothing moves any more, or for so many steps; gives how far the last step moved.

    `tops`, shape (R, 2**K): for each of R fits how many persons are on all lists of each pattern; entry 0 is everybody.
    `live`, same shape: which terms have a coefficient; the others of `beta` stay as they are (0 is no term, minus
    infinity a dropped one). The result, shape (R,), is the largest change of any log mean in the last Newton step.
    """
    terms, sizes = list_terms(live)
    moved = np.full(len(tops), np.inf)
    engine = choose_engine(len(tops))
    cores = count_cores() if len(tops) >= FEWEST_FOR_LANES else 1
    bounds = np.linspace(0, len(tops), cores + 1).astype(int)

    def fit_share(core: int) -> None:
        part = slice(bounds[core], bounds[core + 1])
        engine.fit_share(tops[part], terms[part], sizes[part], beta[part], moved[part], is_unseen_given, most_steps)

    if cores == 1:
        fit_share(0)
        return moved
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(fit_share, range(cores)))
    return moved


def count_cores() -> int:
    """Give on how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def choose_engine(fits: int) -> Engine:
    """Give what fits fastest, for so many fits."""
    name = "newton_lanes" if HAS_NUMBA and fits >= FEWEST_FOR_LANES else "newton_arrays"
    engine: Engine = importlib.import_module(f"zicht.stats.{name}")
    return engine


def list_terms(live: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Give the terms of each row from the front on, padded with 0, and how many there are."""
    sizes = live.sum(axis=1)
    width = int(sizes.max(initial=1))
    terms = np.argsort(~live, axis=1, kind="stable")[:, :width].astype(np.int64)
    terms[np.arange(width) >= sizes[:, np.newaxis]] = 0
    return np.ascontiguousarray(terms), sizes.astype(np.int64)
