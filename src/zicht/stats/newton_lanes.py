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
    means = np.empty((tops.shape[1], LANES))
    spare = np.empty(LANES)
    width = terms.shape[1]
    score, info = np.empty((width, LANES)), np.empty((width, width, LANES))
    works = (np.empty_like(means), means, means.view(np.int64), spare, spare.view(np.int64), score, info)
    fit_rows(tops, terms, sizes, beta, moved, 0 if unseen else 1, steps, *works)


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
) -> None:
    """Fit R models on tables of C cells; see `newton.fit` for the shapes. `beta` holds the start, then the result."""
    cells, lanes = logs.shape
    last = cells - 1
    for first in range(0, tops.shape[0], lanes):
        used = min(lanes, tops.shape[0] - first)
        size = 0
        for row in range(first, first + used):
            size = max(size, sizes[row])
        for _ in range(most_steps):
            for cell in range(cells):
                for lane in range(lanes):
                    logs[last - cell, lane] = beta[min(first + lane, first + used - 1), cell]
            add_supersets(logs)
            exponentiate_reversed(logs, means, bits, spare, powers)
            for lane in range(lanes * first_cell):
                means[0, lane] = 0.0  # those on no list are not observed
            add_supersets(means)
            # Score and information are superset sums of the means; where a lane has no term stands a one.
            for lane in range(lanes):
                row = min(first + lane, first + used - 1)
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
            for lane in range(used):
                for a in range(sizes[first + lane]):
                    means[last - terms[first + lane, a], lane] = score[a, lane]
            add_supersets(means)
            for lane in range(lanes):
                spare[lane] = 0.0
            for cell in range(cells - first_cell):
                for lane in range(lanes):
                    move = abs(means[cell, lane]) if logs[cell, lane] > LOWEST else 0.0
                    spare[lane] = max(spare[lane], move)
            live = 0
            for lane in range(used):
                row = first + lane
                if moved[row] >= NEAR:
                    moved[row] = spare[lane]
                    step = min(1.0, FAR / max(spare[lane], FAR))
                    live += spare[lane] >= NEAR
                    for a in range(sizes[row]):
                        beta[row, terms[row, a]] += step * score[a, lane]
            if live == 0:
                break
