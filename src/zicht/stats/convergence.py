"""Whether chains agree, and how many independent draws theirs are worth.

Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021) "Rank-normalization, folding, and localization: an improved R-hat
for assessing convergence of MCMC", Bayesian Analysis 16(2) 667-718.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]

MOST_R_HAT = 1.01  # both limits: section 4 of the paper
FEWEST_EFFECTIVE = 400.0
TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Convergence:
    """Hold the rank-normalised split R-hat and the effective sample sizes of the bulk and of the tails, in draws."""

    r_hat: float
    bulk: float
    tail: float

    @property
    def is_reached(self) -> bool:
        """Tell whether the chains agree and are worth enough independent draws."""
        return self.r_hat <= MOST_R_HAT and min(self.bulk, self.tail) >= FEWEST_EFFECTIVE


def judge_chains(draws: NDArray[np.int64] | Floats) -> Convergence:
    """Judge draws of one number, shape (C, D): C chains of D >= 4 draws each. Chains that never move agree."""
    values = np.asarray(draws, dtype=np.float64)
    if np.ptp(values) == 0:
        return Convergence(1.0, float(values.size), float(values.size))
    halves = split_chains(values)
    folded = np.abs(halves - np.median(halves))
    r_hat = max(find_r_hat(normalise_ranks(halves)), find_r_hat(normalise_ranks(folded)))
    tails = [halves <= np.quantile(halves, share) for share in TAILS]
    tail = min(find_effective_size(one.astype(np.float64)) for one in tails)
    return Convergence(r_hat, find_effective_size(normalise_ranks(halves)), tail)


def split_chains(values: Floats) -> Floats:
    """Cut every chain in two halves, so that a chain that drifts disagrees with itself: (C, D) gives (2C, D // 2)."""
    half = values.shape[1] // 2
    return np.concatenate([values[:, :half], values[:, -half:]])


def normalise_ranks(values: Floats) -> Floats:
    """Put the normal score of its rank among all in place of each value (equation 14)."""
    ranks = _rank(values)
    return np.asarray(ndtri((ranks - 3 / 8) / (values.size + 1 / 4)))


def find_r_hat(values: Floats) -> float:
    """Compare the spread of all with that inside chains, shape (C, D): 1 when they agree (equations 1 to 4)."""
    inside, pooled = _variances(values)
    return float(np.sqrt(pooled / inside)) if inside > 0 else 1.0 if pooled == 0 else float("inf")


def find_effective_size(values: Floats) -> float:
    """Give how many independent draws the mean of these is worth, shape (C, D) (equations 9 to 11).

    Autocorrelations are added up pairwise as long as the pairs are positive, and never more than the pair before (Geyer
    1992, Statistical Science 7(4) 473-483).
    """
    inside, pooled = _variances(values)
    if pooled == 0:
        return float(values.size)
    draws = values.shape[1]
    correlations = 1 - (inside - _autocovariances(values).mean(axis=0)) / pooled
    correlations[0] = 1.0
    pairs = correlations[: draws // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs <= 0)
    positive = np.minimum.accumulate(pairs[: negative[0]] if negative.size else pairs)
    time = max(2 * positive.sum() - 1, 1 / np.log10(values.size))
    return float(values.size / time)


def _variances(values: Floats) -> tuple[float, float]:
    """Give the mean variance inside chains, and that of all together as if chains were long."""
    draws = values.shape[1]
    inside = float(values.var(axis=1, ddof=1).mean())
    between = float(values.mean(axis=1).var(ddof=1)) if len(values) > 1 else 0.0
    return inside, (draws - 1) / draws * inside + between


def _autocovariances(values: Floats) -> Floats:
    """Give the autocovariances of each chain at all lags, shape (C, D), each divided by D."""
    draws = values.shape[1]
    centred = values - values.mean(axis=1, keepdims=True)
    waves = np.fft.rfft(centred, 2 * draws, axis=1)
    return np.asarray(np.fft.irfft(waves * waves.conj(), 2 * draws, axis=1)[:, :draws] / draws)


def _rank(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give ranks from 1 on; equal values share their mean rank."""
    # scipy.stats has this too, but takes half a second to load.
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(counts) - (counts - 1) / 2)[places].reshape(values.shape)
    return ranks
