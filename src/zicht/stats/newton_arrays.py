"""Fit many Poisson models at once with arrays of numpy: the same steps as `newton_lanes`, where numba is missing."""

import numpy as np
from numpy.typing import NDArray

from zicht.stats.lattice import sum_subsets, sum_supersets

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FAR = 2.0  # the most a log mean may move in one step, as a step from a far start would overshoot
NEAR = 1e-7  # after a step this small the error is below what doubles can hold, as Newton squares it each time
LOWEST = -700.0  # just above the log of the smallest normal double; what is dropped has less than that
MOST_NUMBERS = 2_000_000  # of the largest array of one batch, 16 MB


def fit_share(
    tops: Floats, terms: Integers, sizes: Integers, beta: Floats, moved: Floats, unseen: bool, steps: int
) -> None:
    """Fit the rows in place; see `newton.fit`."""
    batch = max(1, MOST_NUMBERS // max(terms.shape[1] ** 2, tops.shape[1]))
    for first in range(0, len(tops), batch):
        part = slice(first, first + batch)
        _fit_batch(tops[part], terms[part], sizes[part], beta[part], moved[part], unseen, steps)


def _fit_batch(
    tops: Floats, terms: Integers, sizes: Integers, beta: Floats, moved: Floats, unseen: bool, steps: int
) -> None:
    for _ in range(steps):
        rows = np.flatnonzero(moved >= NEAR)
        if not rows.size:
            return
        step, far = _find_step(tops[rows], terms[rows], sizes[rows], beta[rows], unseen)
        moved[rows] = far
        beta[rows] += step * np.minimum(1.0, FAR / np.maximum(far, FAR))[:, np.newaxis]


def _find_step(
    tops: Floats, terms: Integers, sizes: Integers, beta: Floats, unseen: bool
) -> tuple[Floats, NDArray[np.float64]]:
    """Give the Newton step of each row, shape (R, 2**K), and the most it moves a log mean that is not dropped."""
    logs = sum_subsets(beta)
    means = np.exp(np.clip(logs, LOWEST, -LOWEST))
    if not unseen:
        means[:, 0] = 0.0
    sums = sum_supersets(means)
    rows = np.arange(len(tops))[:, np.newaxis]
    is_term = np.arange(terms.shape[1]) < sizes[:, np.newaxis]
    score = np.where(is_term, tops[rows, terms] - sums[rows, terms], 0.0)
    info = sums[rows[:, :, np.newaxis], terms[:, :, np.newaxis] | terms[:, np.newaxis, :]]
    info = np.where(is_term[:, :, np.newaxis] & is_term[:, np.newaxis, :], info, np.eye(terms.shape[1]))
    step = np.zeros_like(beta)
    solved = np.where(is_term, _solve(info, score), 0.0)
    # Padding repeats term 0, which stands first and is added once; what is added for the padding is 0.
    np.add.at(step, (rows, terms), solved)
    moves = np.where(logs > LOWEST, np.abs(sum_subsets(step)), 0.0)
    return step, moves[:, 0 if unseen else 1 :].max(axis=1)


def _solve(info: Floats, score: Floats) -> Floats:
    right = score[:, :, np.newaxis]
    try:
        solved = np.linalg.solve(info, right)
    except np.linalg.LinAlgError:
        # Some matrix of the batch lost all digits of a direction, which is left alone then.
        solved = np.linalg.pinv(info, hermitian=True) @ right
    return solved[:, :, 0].astype(np.float64, copy=False)
