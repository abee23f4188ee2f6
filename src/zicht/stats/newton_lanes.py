"""Fit many Poisson models at once, side by side: the same place in every array belongs to one fit, its lane."""

import numpy as np
from numpy.typing import NDArray

from zicht.stats.compiled import compiled
from zicht.stats.newton_arrays import FAR, LOWEST, NEAR

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LOG2_E, LN2_HIGH, LN2_LOW = 1.4426950408889634, 0.693145751953125, 1.4286068203094172e-06
ROUNDER = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to a whole number, which then stands in the lowest bits
LANES = 16  # four registers of four doubles; with more, the arrays of many lists leave the fast cache
SINGULAR = 1e-13  # a pivot that lost all its digits; such a direction is left alone


def fit_share(
    tops: Floats, terms: Integers, sizes: Integers, beta: Floats, moved: Floats, unseen: bool, steps: int
) -> None:
    """Fit the rows in place; see `newton.fit`."""
    # Made here: numba takes longer to translate the making of arrays than all of the arithmetic.
    means, spare = np.empty((tops.shape[1], LANES)), np.empty(LANES)
    width = terms.shape[1]
    score, info = np.empty((width, LANES)), np.empty((width, width, LANES))
    works = (np.empty_like(means), means, means.view(np.int64), spare, spare.view(np.int64), score, info)
    rows, left = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    if len(tops) and steps:
        fit_rows(tops, terms, sizes, beta, moved, 0 if unseen else 1, steps, *works, rows, left)


@compiled
def exponentiate_reversed(logs: Floats, means: Floats, bits: Integers, spare: Floats, powers: Integers) -> None:
    """Give exp(x) of (C, L), cells in reversed order, without a call: so several go through the processor at once.

    `bits` are the same memory as `means`, `powers` as `spare`, shape (L,): the numbers as the processor keeps them.
    exp(x) = 2**k * exp(r), |r| <= ln(2)/2; the series to r**12 is exact to the last bit or two.
    """
    last = logs.shape[0] - 1
    for cell in range(logs.shape[0]):
        for lane in range(logs.shape[1]):
            x = min(max(logs[last - cell, lane], LOWEST), -LOWEST)
            rounded = x * LOG2_E + ROUNDER
            spare[lane] = rounded
            k = rounded - ROUNDER
            r = (x - k * LN2_HIGH) - k * LN2_LOW
            tail = 1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600))))
            tail = 1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * tail)))
            means[cell, lane] = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * tail)))
        for lane in range(logs.shape[1]):
            bits[cell, lane] += powers[lane] << 52  # adds k to the exponent; the rounder's own bits fall off


@compiled
def add_supersets(cells: Floats) -> None:
    """Add up over all supersets of each bit pattern, in every lane; shape (C, L). In reversed order: over subsets."""
    half = 1
    while half < cells.shape[0]:
        for start in range(0, cells.shape[0], 2 * half):
            for cell in range(start, start + half):
                for lane in range(cells.shape[1]):
                    cells[cell, lane] += cells[cell + half, lane]
        half *= 2


@compiled
def solve(info: Floats, score: Floats, scale: Floats, size: int) -> None:
    """Solve info * x = score in every lane by Cholesky; x replaces score. Shapes (P, P, L), (P, L), (L,)."""
    for j in range(size):
        for k in range(j):
            for i in range(j, size):
                for lane in range(scale.size):
                    info[i, j, lane] -= info[i, k, lane] * info[j, k, lane]
            for lane in range(scale.size):
                score[j, lane] -= score[k, lane] * info[j, k, lane]
        for lane in range(scale.size):
            pivot = info[j, j, lane]
            scale[lane] = 1 / np.sqrt(pivot) if pivot > SINGULAR else 0.0
            info[j, j, lane] = 1.0
            score[j, lane] *= scale[lane]
        for i in range(j, size):
            for lane in range(scale.size):
                info[i, j, lane] *= scale[lane]
    for j in range(size - 1, -1, -1):
        for lane in range(scale.size):
            score[j, lane] *= info[j, j, lane]
        for k in range(j):
            for lane in range(scale.size):
                score[k, lane] -= info[j, k, lane] * score[j, lane]


@compiled
def fit_rows(
    tops: Floats,
    terms: Integers,
    sizes: Integers,
    beta: Floats,
    moved: Floats,
    first_cell: int,
    most_steps: int,
    logs: Floats,
    means: Floats,
    bits: Integers,
    spare: Floats,
    powers: Integers,
    score: Floats,
    info: Floats,
    rows: Integers,
    steps: Integers,
) -> None:
    """Fit R models on tables of C cells; see `newton.fit` for the shapes. `beta` holds the start, then the result.

    `rows`, (L,), says which fit each lane works on; a lane that is done takes the next one, so that none waits.
    `steps`, (L,), are the steps it may still take, 0 where there is nothing left to do.
    """
    cells, lanes = logs.shape
    last = cells - 1
    count = tops.shape[0]
    following = min(lanes, count)
    for lane in range(lanes):
        rows[lane] = min(lane, count - 1)
        steps[lane] = most_steps if lane < count else 0
    live = following
    while live > 0:
        size = 0
        for lane in range(lanes):
            size = max(size, sizes[rows[lane]])
            for cell in range(cells):
                logs[last - cell, lane] = beta[rows[lane], cell]
        add_supersets(logs)
        exponentiate_reversed(logs, means, bits, spare, powers)
        for lane in range(lanes * first_cell):
            means[0, lane] = 0.0  # those on no list are not observed
        add_supersets(means)
        # Score and information are superset sums of the means; where a lane has no term stands a one.
        for lane in range(lanes):
            row = rows[lane]
            for a in range(size):
                term = terms[row, a]
                is_term = a < sizes[row]
                score[a, lane] = tops[row, term] - means[term, lane] if is_term else 0.0
                for b in range(a + 1):
                    info[a, b, lane] = means[term | terms[row, b], lane] if is_term else 1.0 * (a == b)
        solve(info, score, spare, size)
        # How far does the step move each log mean that is not dropped?
        for cell in range(cells):
            for lane in range(lanes):
                means[cell, lane] = 0.0
        for lane in range(lanes):
            for a in range(sizes[rows[lane]]):
                means[last - terms[rows[lane], a], lane] = score[a, lane]
        add_supersets(means)
        for lane in range(lanes):
            spare[lane] = 0.0
        for cell in range(cells - first_cell):
            for lane in range(lanes):
                move = abs(means[cell, lane]) if logs[cell, lane] > LOWEST else 0.0
                spare[lane] = max(spare[lane], move)
        for lane in range(lanes):
            if steps[lane] == 0:
                continue
            row = rows[lane]
            moved[row] = spare[lane]
            step = min(1.0, FAR / max(spare[lane], FAR))
            for a in range(sizes[row]):
                beta[row, terms[row, a]] += step * score[a, lane]
            steps[lane] = steps[lane] - 1 if spare[lane] >= NEAR else 0
            if steps[lane] == 0 and following < count:
                rows[lane] = following
                steps[lane] = most_steps
                following += 1
            live -= steps[lane] == 0
