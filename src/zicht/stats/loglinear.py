"""One log-linear model, as given: main effects alone say that the lists are independent.

Fienberg (1972) Biometrika 59(3) 591-603; Cormack (1989) Biometrics 45, 395-413.
"""

import time

import numpy as np
from scipy.special import ndtri

from zicht.stats.cautions import describe_overlap, describe_status, find_cautions, find_width_cautions
from zicht.stats.existence import NAMES, find_status
from zicht.stats.fits import Fits, fit_models
from zicht.stats.lattice import sum_supersets
from zicht.stats.models import Model, main_effects, write_model
from zicht.stats.profile import find_profile
from zicht.stats.results import Estimate, Json, TriedModel
from zicht.stats.sensitivity import leave_each_out
from zicht.stats.tables import OverlapTable

SOURCE = (
    "Fienberg (1972) Biometrika 59(3) 591-603; extended estimates as in Fienberg & Rinaldo (2012) Annals of Statistics "
    "40(2) 996-1023; profile as in Cormack (1992) Biometrics 48, 567-576"
)


def estimate_loglinear(table: OverlapTable, model: Model | None = None, level: float = 0.95) -> Estimate:
    """Fit one hierarchical model, shape (2**K,); the lists are independent when none is given.

    `total` is the Poisson estimate n + exp(b0) with bounds n + exp(b0 -+ z se); `profile` is the multinomial estimate
    with its own interval. The two are never mixed. Without an estimate the numbers are None and a warning says why.
    """
    start = time.perf_counter()
    chosen = main_effects(len(table.lists)) if model is None else model
    name = write_model(chosen)
    fits = fit_models(table.counts, chosen[np.newaxis])
    status = find_status(table.counts > 0, chosen)
    total = float(fits.totals[0]) if status == 0 else None
    error = standard_error(fits) if status == 0 else 0.0
    reach = float(np.exp(ndtri((1 + level) / 2) * error))
    unseen = float(fits.unseen[0])
    lower, upper = (None, None) if total is None else (table.observed + unseen / reach, table.observed + unseen * reach)
    return Estimate(
        method="loglinear",
        lists=table.lists,
        observed=table.observed,
        total=total,
        lower=lower,
        upper=upper,
        level=level,
        interval="none" if total is None else "wald",
        model=name,
        models=(TriedModel(name, total, 1.0, status=NAMES[status]),),
        profile=None if total is None else find_profile(table.counts, chosen, fits.beta[0], level),
        diagnostics={**_diagnose(table, fits, error, level, total), **describe_overlap(table)},
        settings={"model": name},
        warnings=(*describe_status(status, name), *find_cautions(table), *find_width_cautions(lower, upper)),
        source=SOURCE,
        seconds=time.perf_counter() - start,
    )


def point_loglinear(table: OverlapTable) -> float | None:
    """Give the total of independent lists, in persons; None where there is no estimate."""
    total = fit_models(table.counts, main_effects(len(table.lists))[np.newaxis]).totals[0]
    return float(total) if np.isfinite(total) else None


def standard_error(fits: Fits) -> float:
    """Give the standard error of the intercept of the first fit: from the inverse information over the kept cells."""
    means = fits.means()[:1]
    means[:, 0] = 0.0
    sums = sum_supersets(means)[0]
    terms = np.flatnonzero(np.isfinite(fits.beta[0]) & (fits.beta[0] != 0.0) | (np.arange(sums.size) == 0))
    info = sums[terms[:, np.newaxis] | terms]
    return float(np.sqrt(np.linalg.inv(info)[0, 0]))


def _diagnose(table: OverlapTable, fits: Fits, error: float, level: float, total: float | None) -> dict[str, Json]:
    if total is None:
        return {}
    unseen = total - table.observed
    # Rcapture's own Wald interval, with the Poisson variance of the unseen, to compare with it.
    half = float(ndtri((1 + level) / 2) * np.sqrt(unseen + (unseen * error) ** 2))
    means = fits.means()[0]
    kept = np.flatnonzero(means > 0)
    fitted: dict[str, Json] = {
        format(cell, f"0{len(table.lists)}b")[::-1]: float(means[cell]) for cell in kept.tolist()
    }
    return {
        "standard_error_of_log_unseen": error,
        "lower_symmetric": total - half,
        "upper_symmetric": total + half,
        "fitted_means": fitted,
        "leave_one_list_out": leave_each_out(table, point_loglinear),
    }
