"""Poisson fits of hierarchical log-linear models by extended maximum likelihood, and whether they exist.

Where nobody is on all lists of a term, its coefficient is minus infinity: the cells above it are deleted and the rest
is fitted, their zeros included. Existence and identifiability then follow Fienberg & Rinaldo (2012) "Maximum likelihood
estimation in log-linear models", Annals of Statistics 40(2) 996-1023, as Chan, Silverman & Vincent (2021) JASA 116(535)
1297-1306 use them for multiple systems.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zicht.stats import newton
from zicht.stats.existence import EXISTS, find_statuses
from zicht.stats.lattice import orders, sum_subsets, sum_supersets

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

FEW_STEPS, MANY_STEPS = 16, 400
SURE = 0.5  # see `Fits.is_proven`
SETTLED = 1e-7
LEAST = 0.5  # persons, added so that a start is finite


@dataclass(frozen=True, slots=True)
class Fits:
    """Hold R fits on tables of 2**K cells.

    `beta`, shape (R, 2**K): coefficients by set of lists; 0 where there is no term, minus infinity for a dropped one.
    `tops`, same shape: how many persons are on all lists of each set. `moved`, shape (R,): how far the last step moved
    a log mean. `statuses`, shape (R,): 0, or 1 for no extended estimate, or 2 for not identifiable, or 3 for both.
    """

    beta: Floats
    tops: Floats
    moved: Floats
    statuses: NDArray[np.int8]

    @property
    def unseen(self) -> Floats:
        """Give the fitted number on no list, in persons, shape (R,); infinite where no extended estimate exists."""
        return np.where(self.statuses == EXISTS, np.exp(np.minimum(self.beta[:, 0], 700.0)), np.inf)

    @property
    def totals(self) -> Floats:
        """Give n + exp(intercept), in persons, shape (R,)."""
        return self.tops[:, 0] + self.unseen

    def log_likelihoods(self) -> Floats:
        """Give ln L of the Poisson model without its factorials, shape (R,).

        Over the kept cells sum y ln m is the sum of coefficients times margins, and the fitted means add up to n.
        """
        among_terms: Floats = (np.where(np.isfinite(self.beta), self.beta, 0.0) * self.tops).sum(axis=1)
        return among_terms - self.tops[:, 0]

    def means(self) -> Floats:
        """Give the fitted means of all cells, those on no list included, shape (R, 2**K)."""
        return np.exp(np.minimum(sum_subsets(self.beta), 700.0))


def fit_models(
    counts: NDArray[np.int64] | Floats, models: Marks, start: Floats | None = None, *, is_known_to_exist: bool = False
) -> Fits:
    """Fit R models, shape (R, 2**K), each to its own table of counts of the same shape (or all to one, shape (2**K,)).

    Entry 0 of the counts is not looked at: those on no list are not observed. `start` holds coefficients near by.
    `is_known_to_exist` says that every one of the models was found to have an estimate on this pattern of zeros.
    """
    counts = np.broadcast_to(counts, models.shape).astype(np.float64)
    counts[:, 0] = 0.0
    tops = sum_supersets(counts)
    beta, live = _begin(tops, models, start)
    moved = newton.fit(tops, live, beta, is_unseen_given=False, most_steps=FEW_STEPS)
    statuses = np.zeros(len(models), dtype=np.int8)
    if not is_known_to_exist:
        statuses = find_statuses(
            counts > 0, models, is_proven=moved < SURE, near=lambda rows: _one_step(tops, live, beta, rows)
        )
    slow = np.flatnonzero((statuses == EXISTS) & (moved >= SETTLED))
    if slow.size:
        again = beta[slow]
        moved[slow] = newton.fit(tops[slow], live[slow], again, is_unseen_given=False, most_steps=MANY_STEPS)
        beta[slow] = again
    return Fits(beta, tops, moved, statuses)


def fit_completed(counts: Floats, models: Marks, start: Floats) -> Fits:
    """Fit R models to tables whose entry 0 is a given number on no list; existence is not looked at."""
    tops = sum_supersets(counts)
    beta, live = _begin(tops, models, start)
    moved = newton.fit(tops, live, beta, is_unseen_given=True, most_steps=MANY_STEPS)
    return Fits(beta, tops, moved, np.full(len(models), EXISTS))


def _begin(tops: Floats, models: Marks, start: Floats | None) -> tuple[Floats, Marks]:
    live = models & (tops > 0)
    beta = np.where(live, start_near(tops) if start is None else start, 0.0)
    beta[models & ~live] = -np.inf
    return beta, live


def start_near(tops: Floats) -> Floats:
    """Guess coefficients, shape (R, 2**K): independent lists, a total from all pairs together, and what pairs add."""
    order = orders(tops.shape[1])
    everybody, singles = tops[:, 0], np.maximum(tops[:, order == 1], LEAST)
    products = (singles.sum(axis=1) ** 2 - (singles**2).sum(axis=1)) / 2
    total = products / (tops[:, order == 2].sum(axis=1) + LEAST)
    total = np.maximum(total, 1.05 * everybody + 1.0)[:, np.newaxis]
    odds = np.log(singles / (total - singles))
    beta = np.zeros_like(tops)
    beta[:, order == 1] = odds
    beta[:, 0] = np.log(total[:, 0]) + np.log1p(-singles / total).sum(axis=1)
    expected = sum_supersets(np.exp(sum_subsets(beta)))
    beta[:, order == 2] = np.log((tops + LEAST) / (expected + LEAST))[:, order == 2]
    return beta


def _one_step(tops: Floats, live: Marks, beta: Floats, rows: NDArray[np.intp]) -> Floats:
    """Give one more full Newton step of some rows, as changes of the coefficients."""
    before = np.where(live[rows], beta[rows], 0.0)
    after = beta[rows]
    newton.fit(tops[rows], live[rows], after, is_unseen_given=False, most_steps=1)
    return np.where(live[rows], after, 0.0) - before
