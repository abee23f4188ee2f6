"""Draw tables from a fitted model, where it is known how many there are in all: to see whether a method finds them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from zicht.stats.errors import TableRefused
from zicht.stats.tables import OverlapTable, make_table

Floats = NDArray[np.float64]


def draw_populations(means: Floats, times: int, seed: int) -> NDArray[np.int64]:
    """Draw all persons anew, shape (times, 2**K): entry 0 are those on no list, whom a method must not see.

    `means`, shape (2**K,), are fitted means, those on no list included (`fits.Fits.means`). Every population has as
    many persons as the means add up to, rounded; each falls into a combination by itself.
    """
    total = round(float(means.sum()))
    drawn: NDArray[np.int64] = np.random.default_rng(seed).multinomial(total, means / means.sum(), size=times)
    return drawn


def hide_unseen(populations: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the tables that would have been counted: nobody on no list is known."""
    tables = populations.copy()
    tables[:, 0] = 0
    return tables


def draw_tables(lists: tuple[str, ...], means: Floats, times: int, seed: int) -> Iterator[OverlapTable | None]:
    """Give the tables of drawn populations; None for one from which nothing can be estimated, as nobody overlaps."""
    for counts in hide_unseen(draw_populations(means, times, seed)):
        try:
            yield make_table(lists, counts)
        except TableRefused:
            yield None
