"""The multinomial estimate and its interval by profile likelihood.

With N persons in all, y_0 = N - n of them on no list, l(N) = ln G(N+1) - ln G(N-n+1) + sum over all cells of
y_c ln(m_c / N), where m are the Poisson means fitted to the completed table (Cormack 1992, Biometrics 48, 567-576; as
in Rcapture's closedpCI.t). Its derivative is psi(N+1) - psi(N-n+1) + ln(m_0 / N), as the m maximise the rest.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, digamma, gammaln, xlogy

from zicht.stats.fits import fit_completed
from zicht.stats.models import Model
from zicht.stats.results import Profile

Floats = NDArray[np.float64]

POINTS = 16  # tried at once when a root is narrowed down
NARROW = 1e-9  # of the logarithm of the unseen; the rest is a straight line
LOWEST, HIGHEST = -12.0, 26.0  # logarithm of the unseen: no person at all, more than ever lived
LARGE = 1e4  # persons, from where the series is exact in all digits


class _Likelihood:
    """Evaluate l(N) and its derivative at many numbers of unseen persons at once."""

    def __init__(self, counts: NDArray[np.int64], model: Model, beta: Floats) -> None:
        self.counts, self.model, self.beta = counts, model, beta
        self.observed = float(counts.sum())

    def value(self, logs: Floats) -> Floats:
        """Give l at the logarithms of the unseen."""
        completed, means, totals = self._fit(logs)
        unseen, seen = completed[:, 0], completed[:, 1:]
        # N ln N and N are taken out of ln G(N+1), as they would cancel in large totals and take the digits along.
        among_seen: Floats = xlogy(seen, means[:, 1:]).sum(axis=1)
        value: Floats = _rest(totals) - _rest(unseen) + unseen * np.log(means[:, 0] / unseen) + among_seen
        return value

    def slope(self, logs: Floats) -> Floats:
        """Give the derivative of l by N at the logarithms of the unseen."""
        completed, means, totals = self._fit(logs)
        slope: Floats = digamma(totals + 1) - digamma(completed[:, 0] + 1) + np.log(means[:, 0] / totals)
        return slope

    def _fit(self, logs: Floats) -> tuple[Floats, Floats, Floats]:
        completed = np.repeat(self.counts[np.newaxis].astype(float), len(logs), axis=0)
        completed[:, 0] = np.exp(logs)
        start = np.repeat(self.beta[np.newaxis], len(logs), axis=0)
        fits = fit_completed(completed, np.repeat(self.model[np.newaxis], len(logs), axis=0), start)
        return completed, fits.means(), completed.sum(axis=1)


def find_profile(counts: NDArray[np.int64], model: Model, beta: Floats, level: float) -> Profile:
    """Give the multinomial estimate with its profile likelihood interval.

    `counts` and `model` have shape (2**K,); `beta` holds the coefficients of the Poisson fit, which must exist.
    """
    likelihood = _Likelihood(counts, model, beta)
    best = _find_root(likelihood.slope, *_bracket(likelihood.slope, float(beta[0])))
    least = likelihood.value(np.array([best]))[0] - chdtri(1, 1 - level) / 2

    def above(logs: Floats) -> Floats:
        height: Floats = likelihood.value(logs) - least
        return height

    lower = _find_root(lambda logs: -above(logs), LOWEST, best) if above(np.array([LOWEST]))[0] < 0 else -np.inf
    far = next((one for one in np.arange(best + 0.5, HIGHEST) if above(np.array([one]))[0] < 0), None)
    upper = None if far is None else likelihood.observed + float(np.exp(_find_root(above, best, far)))
    return Profile(float(likelihood.observed + np.exp(best)), float(likelihood.observed + np.exp(lower)), upper)


def _rest(persons: Floats) -> Floats:
    """Give ln G(x+1) - x ln x + x."""
    series = (np.log(2 * np.pi * persons) + 1 / (6 * persons)) / 2
    small = np.minimum(persons, LARGE)
    rest: Floats = np.where(persons > LARGE, series, gammaln(small + 1) - xlogy(small, small) + small)
    return rest


def _bracket(falling: Callable[[Floats], Floats], near: float) -> tuple[float, float]:
    width = 0.5
    while width < HIGHEST:
        low, high = near - width, near + width
        values = falling(np.array([low, high]))
        if values[0] > 0 > values[1]:
            return low, high
        width *= 2
    return LOWEST, HIGHEST


def _find_root(falling: Callable[[Floats], Floats], low: float, high: float) -> float:
    """Narrow down where a falling function passes zero."""
    while high - low > NARROW:
        logs = np.linspace(low, high, POINTS)
        values = falling(logs)
        place = int(np.clip(np.count_nonzero(values > 0), 1, POINTS - 1))
        low, high = float(logs[place - 1]), float(logs[place])
        step = values[place - 1] - values[place]
        root = low + (high - low) * float(values[place - 1] / step) if step > 0 else (low + high) / 2
        if high - low <= NARROW:
            return root
    return (low + high) / 2
