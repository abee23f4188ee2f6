"""Poisson regression in which some counts are only upper bounds, its maximum, and likelihood intervals.

A cell whose count y is a bound adds ln P(X <= y) to the log likelihood in place of ln P(X = y): left censoring, as
Overstall, King, Bird, Hutchinson & Hay (2014) "Incomplete contingency tables with censored cells", Statistics in
Medicine 33(9) 1564-1579, have it, here without their prior.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr
from scipy.optimize import brentq
from scipy.special import chdtri, gammaincc, gammaln, logsumexp, xlogy

from zicht.stats.existence import EXISTS, NO_ESTIMATE, NOT_IDENTIFIABLE, is_inside

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

MOST_STEPS = 200
SETTLED = 1e-11  # change of a log mean
FARTHEST = 12.0  # logarithm: an interval that is open up to 160,000 times the estimate has no end
DEPENDENT = 1e-9  # share of the largest pivot below which a column depends on others


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Hold C cells: their design, shape (C, P), counts, (C,), and which counts are bounds, (C,).

    `unseen`, shape (S, P), is the design of the cells that nobody can count.
    """

    design: NDArray[np.int64]
    counts: NDArray[np.int64]
    is_bound: Marks
    unseen: NDArray[np.int64]

    def logs(self, beta: Floats) -> Floats:
        """Give the log means of the cells."""
        return np.asarray(self.design @ beta, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Hold a maximum of the likelihood: coefficients of the columns that are kept, and what they were fitted to.

    `status` is that of `existence.find_status`. `present`, shape (S,), marks unseen cells that are not 0 for certain.
    """

    beta: Floats
    cells: Counts
    kept: Marks
    present: Marks
    status: int
    value: float

    @property
    def unseen(self) -> Floats:
        """Give the fitted number of unseen in each unseen cell, in persons, shape (S,)."""
        means = np.zeros(len(self.present))
        means[self.present] = np.exp(self.cells.unseen @ self.beta)
        return means

    def expect(self, beta: Floats) -> Floats:
        """Give the count of each cell (C,), that of a bound being what is expected below it; deleted cells have 0."""
        expected = np.zeros(len(self.kept))
        expected[self.kept] = _expect(self.cells, self.cells.logs(beta))[0]
        return expected


def fit_counts(cells: Counts) -> Fit:
    """Find the maximum; a fit without one has a status above 0 and no meaning.

    Columns without persons have minus infinity as coefficient: their cells are deleted and they are dropped, bounds
    not being persons. Then existence and identifiability are looked at (Fienberg & Rinaldo 2012), exactly.
    """
    certain = np.where(cells.is_bound, 0, cells.counts)
    live: Marks = certain @ cells.design > 0
    kept: Marks = cells.design[:, ~live].sum(axis=1) == 0
    present: Marks = cells.unseen[:, ~live].sum(axis=1) == 0
    columns = np.flatnonzero(live)[_independent(cells.design[np.ix_(kept, live)])]
    left = Counts(
        cells.design[np.ix_(kept, columns)],
        cells.counts[kept],
        cells.is_bound[kept],
        cells.unseen[np.ix_(present, columns)],
    )
    status = _find_status(cells, certain, kept, live, present)
    beta = _climb(left, _start(left)) if status == EXISTS else np.zeros(len(columns))
    return Fit(beta, left, kept, present, status, _value(left, left.logs(beta)))


def find_interval(fit: Fit, chosen: NDArray[np.intp], level: float) -> tuple[Floats | None, Floats | None]:
    """Give the coefficients at which the sum of the chosen unseen cells is lowest and highest within the interval.

    The interval has the sums for which twice the log likelihood is at most the chi-squared quantile below its maximum
    (profile likelihood). None in place of the lowest where it is nobody, and of the highest where there is none.
    """
    rows = fit.cells.unseen[chosen].astype(np.float64)
    best = float(logsumexp(rows @ fit.beta))
    drop = float(chdtri(1, 1 - level)) / 2
    return _walk(fit, rows, best, drop, -1.0), _walk(fit, rows, best, drop, 1.0)


def _independent(design: NDArray[np.int64]) -> NDArray[np.intp]:
    """Give columns that do not depend on each other and span what all do."""
    triangle, order = qr(design.astype(np.float64), mode="r", pivoting=True)
    pivots = np.abs(np.diagonal(triangle))
    rank = int((pivots > DEPENDENT * pivots.max(initial=0.0)).sum())
    return np.sort(order[:rank])


def _find_status(cells: Counts, certain: NDArray[np.int64], kept: Marks, live: Marks, present: Marks) -> int:
    design = cells.design[np.ix_(kept, live)]
    has_persons = certain[kept] > 0
    unseen = cells.unseen[np.ix_(present, live)]
    together = np.linalg.matrix_rank(np.vstack([design, unseen]))
    is_identified = together == np.linalg.matrix_rank(design)
    exists = is_inside(design[has_persons], design[~has_persons])
    return (EXISTS if exists else NO_ESTIMATE) + (EXISTS if is_identified else NOT_IDENTIFIABLE)


def _start(cells: Counts) -> Floats:
    """Fit the logs of the counts by weighted least squares."""
    shifted = cells.counts + 0.5
    root = np.sqrt(shifted)
    found = np.linalg.lstsq(cells.design * root[:, np.newaxis], np.log(shifted) * root, rcond=None)
    return np.asarray(found[0], np.float64)


def _climb(cells: Counts, beta: Floats) -> Floats:
    """Go up by Newton steps, halved as long as they lead down."""
    value = _value(cells, cells.logs(beta))
    for _ in range(MOST_STEPS):
        score, information = _slopes(cells, beta)
        step: Floats = np.asarray(np.linalg.solve(information, score), np.float64)
        while (higher := _value(cells, cells.logs(beta + step))) < value - 1e-9 * abs(value):
            step /= 2
        beta, value = beta + step, higher
        if np.abs(cells.logs(step)).max() < SETTLED:
            break
    return beta


def _slopes(cells: Counts, beta: Floats) -> tuple[Floats, Floats]:
    logs = cells.logs(beta)
    expected, spread = _expect(cells, logs)
    means = np.exp(logs)
    score = cells.design.T @ (expected - means)
    information = cells.design.T @ (cells.design * (means - spread)[:, np.newaxis])
    return np.asarray(score, np.float64), np.asarray(information, np.float64)


def _expect(cells: Counts, logs: Floats) -> tuple[Floats, Floats]:
    """Give mean and variance of each count given what is known of it: of a number itself and 0.

    Below a bound y the mean is m (1 - h) with h = P(X = y) / P(X <= y); the variance is its derivative by ln m.
    """
    expected, spread = cells.counts.astype(np.float64), np.zeros(len(logs))
    mean, bound = np.exp(logs[cells.is_bound]), expected[cells.is_bound]
    end = np.exp(_log_end(mean, bound))
    expected[cells.is_bound] = mean * (1 - end)
    spread[cells.is_bound] = mean * (1 - end) - mean * end * (bound - mean + mean * end)
    return expected, spread


def _log_end(mean: Floats, bound: Floats) -> Floats:
    logs: Floats = xlogy(bound, mean) - mean - gammaln(bound + 1) - np.log(gammaincc(bound + 1, mean))
    return logs


def _value(cells: Counts, logs: Floats) -> float:
    known = ~cells.is_bound
    means = np.exp(np.minimum(logs, 700.0))
    with np.errstate(divide="ignore"):
        bounds = np.log(gammaincc(cells.counts[cells.is_bound] + 1.0, means[cells.is_bound]))
    return float(cells.counts[known] @ logs[known] - means[known].sum() + bounds.sum())


def _walk(fit: Fit, rows: Floats, best: float, drop: float, sign: float) -> Floats | None:
    """Go away from the maximum until the likelihood has fallen enough; None where it never does."""
    state = [np.append(fit.beta, 0.0)]

    def left_over(far: float) -> float:
        state[0] = _hold(fit.cells, rows, best + sign * far, state[0])
        return drop - (fit.value - _value(fit.cells, fit.cells.logs(state[0][:-1])))

    near, far = 0.0, 0.1
    while left_over(far) > 0:
        near, far = far, 1.5 * far
        if far > FARTHEST:
            return None
    left_over(brentq(left_over, near, far, xtol=1e-10))
    return state[0][:-1]


def _hold(cells: Counts, rows: Floats, target: float, start: Floats) -> Floats:
    """Find the maximum among coefficients whose unseen sum to exp(target); they come with Lagrange's multiplier."""
    beta, multiplier = start[:-1], float(start[-1])
    for _ in range(MOST_STEPS):
        logs = rows @ beta
        total = float(logsumexp(logs))
        shares = np.exp(logs - total)
        slope = shares @ rows
        bend = rows.T @ (rows * shares[:, np.newaxis]) - np.outer(slope, slope)
        score, information = _slopes(cells, beta)
        system = np.block([[information + multiplier * bend, slope[:, np.newaxis]], [slope, np.zeros(1)]])
        step = np.linalg.solve(system, np.append(score - multiplier * slope, target - total))
        # Far steps of log means would leave the region in which the likelihood is like its parabola.
        size = np.abs(np.concatenate([cells.logs(step[:-1]), rows @ step[:-1]])).max()
        step *= min(1.0, 2.0 / size) if size > 0 else 1.0
        beta, multiplier = beta + step[:-1], multiplier + float(step[-1])
        if size < SETTLED:
            break
    return np.append(beta, multiplier)
