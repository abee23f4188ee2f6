"""Bounds by the bootstrap: persons are drawn anew from the observed combinations, and the whole method is done again.

Efron (1987) "Better bootstrap confidence intervals", JASA 82(397) 171-185; as in Chan, Silverman & Vincent (2021).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from zicht.stats.results import Caution, Json
from zicht.stats.tables import OverlapTable

Floats = NDArray[np.float64]

ONE_SIDED = "All replicates lie on one side of the estimate, so the interval is the percentile one, not BCa."
NO_INFLUENCE = (
    "Leaving one person out changes nothing or leaves no estimate, so the interval is the percentile one, not BCa."
)
SOME_INFINITE = (
    "%(share)s%% of the replicates have no estimate; they count as infinitely many persons. The table is at the edge "
    "of saying nothing."
)
NO_UPPER = "There is no upper bound: too many replicates have no estimate."


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold an interval, in persons, of which kind it is, and what it stands on."""

    kind: str
    lower: float | None
    upper: float | None
    diagnostics: dict[str, Json]
    cautions: tuple[Caution, ...]


def draw_replicates(table: OverlapTable, times: int, seed: int) -> NDArray[np.int64]:
    """Draw tables with as many persons from the observed combinations; shape (times, 2**K)."""
    histories = table.histories
    chances = table.counts[histories] / table.observed
    drawn = np.zeros((times, table.counts.size), dtype=np.int64)
    drawn[:, histories] = np.random.default_rng(seed).multinomial(table.observed, chances, size=times)
    return drawn


def leave_one_person_out(table: OverlapTable) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the tables with one person fewer, one for each combination that occurs, and how many persons each is for."""
    histories = table.histories
    fewer = np.repeat(table.counts[np.newaxis], histories.size, axis=0)
    fewer[np.arange(histories.size), histories] -= 1
    return fewer, table.counts[histories]


def find_bounds(
    total: float, replicates: Floats, without_one: Floats, weights: NDArray[np.int64], level: float
) -> Bounds:
    """Give the bias-corrected and accelerated interval; the percentile one, with a caution, where it is not defined.

    `replicates`, shape (B,), and `without_one`, shape (H,), are totals in persons, infinite where there is no estimate;
    `weights`, shape (H,), say for how many persons each of the latter stands.
    """
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    percentile = quantiles(replicates, tails)
    bias = float(ndtri(np.mean(replicates < total)))
    acceleration = find_acceleration(without_one, weights)
    reason = ONE_SIDED if not np.isfinite(bias) else NO_INFLUENCE if acceleration is None else ""
    used = percentile
    if acceleration is not None and not reason:
        shifted = bias + ndtri(tails)
        used = quantiles(replicates, ndtr(bias + shifted / (1 - acceleration * shifted)))
    lower, upper = (float(one) if np.isfinite(one) else None for one in used)
    diagnostics: dict[str, Json] = {
        "replicates": len(replicates),
        "bias_z0": bias if np.isfinite(bias) else None,
        "acceleration": acceleration,
        "lower_percentile": float(percentile[0]) if np.isfinite(percentile[0]) else None,
        "upper_percentile": float(percentile[1]) if np.isfinite(percentile[1]) else None,
    }
    return Bounds("percentile" if reason else "bca", lower, upper, diagnostics, _caution(reason, replicates, upper))


def find_acceleration(without_one: Floats, weights: NDArray[np.int64]) -> float | None:
    """Give a = sum w d**3 / (6 (sum w d**2)**1.5), d = weighted mean - value; None where that is 0/0 or infinite."""
    if not np.isfinite(without_one).all():
        return None
    apart = np.average(without_one, weights=weights) - without_one
    squares = float((weights * apart**2).sum())
    # Rounding alone keeps equal values apart.
    if squares <= (1e-9 * float(np.abs(without_one).max())) ** 2:
        return None
    return float((weights * apart**3).sum() / (6 * squares**1.5))


def quantiles(values: Floats, shares: Floats) -> Floats:
    """Give quantiles of type 8 (Hyndman & Fan 1996); values may be infinite."""
    ordered = np.sort(values)
    places = np.clip((len(ordered) + 1 / 3) * shares + 1 / 3, 1, len(ordered)) - 1
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, len(ordered) - 1)
    part = places - below
    low, high = ordered[below], ordered[above]
    gaps = np.zeros_like(low)
    np.subtract(high, low, out=gaps, where=(part > 0) & (high > low))
    found: Floats = low + part * gaps
    return found


def _caution(reason: str, replicates: Floats, upper: float | None) -> tuple[Caution, ...]:
    cautions = [Caution(reason)] if reason else []
    infinite = float(np.mean(~np.isfinite(replicates)))
    if infinite:
        cautions.append(Caution(SOME_INFINITE, {"share": f"{100 * infinite:.1f}"}))
    if upper is None:
        cautions.append(Caution(NO_UPPER))
    return tuple(cautions)
