"""How surprising is a count: the logarithm of the smaller tail of a Poisson distribution."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincc, gammaln

Floats = NDArray[np.float64]

TINY = 1e-280  # below this a probability loses digits, and at 0 all pairs would be equally surprising
MOST_TERMS = 10_000


def log_smaller_tail(counts: Floats, means: Floats) -> Floats:
    """Give ln min(P(X <= k), P(X >= k)) for X ~ Poisson(m), element by element; counts k and means m of one shape."""
    safe = np.maximum(means, np.finfo(float).tiny)
    # P(X >= 0) is 1; for k > 0 both tails are incomplete gamma functions (Abramowitz & Stegun 26.4.21).
    upper = np.where(counts > 0, gammainc(np.maximum(counts, 1), safe), 1.0)
    smaller = np.minimum(gammaincc(counts + 1, safe), upper)
    logs: Floats = np.log(np.maximum(smaller, TINY))
    for place in zip(*np.nonzero((smaller < TINY) & (means > 0)), strict=True):
        logs[place] = _log_far_tail(float(counts[place]), float(means[place]))
    return logs


def _log_far_tail(count: float, mean: float) -> float:
    """Sum the series of the tail away from the mean, relative to its first and largest term."""
    total, term, k = 1.0, 1.0, count
    for _ in range(MOST_TERMS):
        # Down: P(k-1)/P(k) = k/m. Up: P(k+1)/P(k) = m/(k+1).
        ratio, k = (k / mean, k - 1) if count < mean else (mean / (k + 1), k + 1)
        term *= ratio
        total += term
        if term < 1e-17 * total:
            break
    return float(count * np.log(mean) - mean - gammaln(count + 1) + np.log(total))
