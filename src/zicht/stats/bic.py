"""All hierarchical models up to an order, the one with the lowest BIC, and bounds over the best of them.

Silverman, Chan & Vincent (2024) "Bootstrapping multiple systems estimates to account for model selection", Statistics
and Computing 34, 44; as in the R package MultipleSystemsEstimation 1.2.0.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from zicht.stats.bootstrap import Bounds, draw_replicates, find_bounds, leave_one_person_out
from zicht.stats.cautions import FAR_APART, describe_overlap, find_cautions, find_width_cautions
from zicht.stats.errors import TooManyModels, WrongSetting
from zicht.stats.existence import EXISTS, NAMES
from zicht.stats.fits import fit_models
from zicht.stats.models import all_models, count_models, permute_models, write_model
from zicht.stats.results import Caution, Estimate, Json, Tell, TriedModel, tell_nobody
from zicht.stats.sensitivity import leave_each_out
from zicht.stats.tables import OverlapTable, put_in_canonical_order

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

SOURCE = "Silverman, Chan & Vincent (2024) Statistics and Computing 34, 44"
TIMES, SEED, LEVEL = 1_000, 1, 0.95
USUAL_ORDERS = {2: 1, 3: 2, 4: 3, 5: 3, 6: 2}  # the defaults of the R package, by the number of lists
USUAL_TOP = {2: 1, 3: 8, 4: 20, 5: 100, 6: 100}
MOST_MODELS = 100_000  # fits of a few seconds and some 100 MB
BATCH_NUMBERS = 500_000  # of one batch of fits
CLOSE = 6.0  # of BIC: a model this close to the best is not clearly worse (Kass & Raftery 1995, JASA 90, 773-795)
SHOWN_MODELS = 20

SPREAD = (
    "%(close)s models have a BIC within %(within)s of the lowest, and their totals go from %(least)s to %(most)s: "
    "the table hardly tells them apart."
)
NONE_FITS = "No model of this kind has an estimate on this table."
NO_JACKKNIFE = "Without one of its persons the table has no estimate, so there is no interval."


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold models with an estimate, shape (M, 2**K), the lowest BIC first, and all there is to say of each."""

    models: Marks
    scores: Floats
    totals: Floats
    candidates: int


def estimate_bic(
    table: OverlapTable,
    largest: int | None = None,
    top: int | None = None,
    times: int = TIMES,
    level: float = LEVEL,
    seed: int = SEED,
    tell: Tell = tell_nobody,
) -> Estimate:
    """Take the model with the lowest BIC among those with terms of at most `largest` lists.

    Each replicate takes the lowest BIC among the `top` best models of the table itself. Raises TooManyModels and
    WrongSetting.
    """
    start = time.perf_counter()
    largest, top = _settle(len(table.lists), largest, top)
    ranking = rank(table, largest)
    if not len(ranking.models):
        return _without_estimate(table, largest, level, time.perf_counter() - start)
    bounds = _bootstrap(table, ranking, top, times, level, seed, tell)
    return Estimate(
        method="bic",
        lists=table.lists,
        observed=table.observed,
        total=float(ranking.totals[0]),
        lower=bounds.lower,
        upper=bounds.upper,
        level=level,
        interval=bounds.kind,
        model=write_model(ranking.models[0]),
        models=_tried(ranking),
        diagnostics={**_diagnose(table, ranking, largest), **bounds.diagnostics, **describe_overlap(table)},
        settings={"maxorder": largest, "ntop": top, "bootstrap": times, "seed": seed},
        warnings=(
            *find_cautions(table),
            *_find_spread(ranking),
            *bounds.cautions,
            *find_width_cautions(bounds.lower, bounds.upper),
        ),
        source=SOURCE,
        seconds=time.perf_counter() - start,
    )


def point_bic(table: OverlapTable, largest: int | None = None) -> float | None:
    """Give the total of the model with the lowest BIC, in persons; None where no model has an estimate."""
    ranking = rank(table, _settle(len(table.lists), largest, None)[0])
    return float(ranking.totals[0]) if len(ranking.totals) else None


def rank(table: OverlapTable, largest: int) -> Ranking:
    """Fit all models and order them by BIC."""
    models = all_models(len(table.lists), largest)
    scores, totals = np.empty(len(models)), np.empty(len(models))
    batch = max(1, BATCH_NUMBERS // table.counts.size)
    for first in range(0, len(models), batch):
        part = slice(first, first + batch)
        scores[part], totals[part] = _score(table.counts, models[part], None)
    order = np.argsort(scores, kind="stable")[: np.count_nonzero(np.isfinite(scores))]
    return Ranking(models[order], scores[order], totals[order], len(models))


def _settle(lists: int, largest: int | None, top: int | None) -> tuple[int, int]:
    """Fill in what is usual for this many lists, and refuse what cannot be done."""
    largest = USUAL_ORDERS.get(lists, 1 if lists < 3 else 2) if largest is None else largest
    if largest < 1:
        raise WrongSetting(name="maxorder", value=largest, expected="a number of lists, 1 or more")
    top = USUAL_TOP.get(lists, 100) if top is None else top
    if top < 1:
        raise WrongSetting(name="ntop", value=top, expected="a number of models, 1 or more")
    if count_models(lists, largest, MOST_MODELS) > MOST_MODELS:
        raise TooManyModels(lists=lists, order=largest, most=f"{MOST_MODELS:,}")
    return min(largest, lists - 1), top


def _score(
    counts: NDArray[np.int64], models: Marks, start: Floats | None, *, is_known_to_exist: bool = False
) -> tuple[Floats, Floats]:
    """Give BIC = p ln(n) - 2 ln L and the total of R fits; both infinite where there is no estimate.

    L is the Poisson likelihood over the kept cells, factorials in; p counts the terms that are minus infinity too.
    """
    fits = fit_models(counts, models, start, is_known_to_exist=is_known_to_exist)
    factorials = gammaln(counts[..., 1:] + 1).sum(axis=-1)
    scores = models.sum(axis=1) * np.log(fits.tops[:, 0]) - 2 * (fits.log_likelihoods() - factorials)
    return np.where(fits.statuses == EXISTS, scores, np.inf), fits.totals


def _bootstrap(
    table: OverlapTable, ranking: Ranking, top: int, times: int, level: float, seed: int, tell: Tell
) -> Bounds:
    if not times:
        return Bounds("none", None, None, {}, ())
    ordered, order = put_in_canonical_order(table)
    place = np.argsort(order)  # where each list of the table stands in the ordered one
    models = permute_models(ranking.models[:top], place.tolist())
    without_one, weights = leave_one_person_out(ordered)
    tables = np.concatenate([without_one, draw_replicates(ordered, times, seed)])
    totals = lowest_totals(tables, models, fit_models(ordered.counts, models).beta, tell)
    if not np.isfinite(totals[: len(weights)]).all():
        return Bounds("none", None, None, {}, (Caution(NO_JACKKNIFE),))
    return find_bounds(float(ranking.totals[0]), totals[len(weights) :], totals[: len(weights)], weights, level)


def lowest_totals(tables: NDArray[np.int64], models: Marks, beta: Floats, tell: Tell = tell_nobody) -> Floats:
    """Give for each of R tables the total of the model with the lowest BIC on it; infinite where none has an estimate.

    `beta`, shape (M, 2**K), are coefficients near by. Whether a model has an estimate depends on which combinations
    occur: it is found out once for each such pattern and not asked again.
    """
    patterns, pattern_of = np.unique(np.packbits(tables > 0, axis=1), axis=0, return_inverse=True)
    firsts = np.unique(pattern_of, return_index=True)[1]
    has_estimate = np.ones((len(patterns), len(models)), dtype=bool)
    totals = np.full(len(tables), np.inf)
    done = 0
    # First one table of each pattern, asking whether there is an estimate; then the others, knowing it.
    for rows in (firsts, np.setdiff1d(np.arange(len(tables)), firsts)):
        for part in np.array_split(rows, 1 + len(rows) * models.size // BATCH_NUMBERS):
            asked = has_estimate[pattern_of[part]]
            row, model = np.nonzero(asked)
            scores = np.full((2, *asked.shape), np.inf)
            scores[:, row, model] = _score(
                tables[part[row]], models[model], beta[model], is_known_to_exist=rows is not firsts
            )
            has_estimate[pattern_of[part]] = np.isfinite(scores[0])
            totals[part] = scores[1, np.arange(len(part)), scores[0].argmin(axis=1)]
            done += len(part)
            tell(done / len(tables))
    return totals


def _tried(ranking: Ranking) -> tuple[TriedModel, ...]:
    """Give the best models with their BIC weights over all candidates (Burnham & Anderson 2002, section 6.4)."""
    weights = np.exp((ranking.scores[0] - ranking.scores) / 2)
    weights /= weights.sum()
    shown = zip(ranking.models, ranking.totals, weights, ranking.scores, strict=True)
    return tuple(
        TriedModel(write_model(model), float(total), float(weight), float(score))
        for (model, total, weight, score), _ in zip(shown, range(SHOWN_MODELS), strict=False)
    )


def _find_spread(ranking: Ranking) -> tuple[Caution, ...]:
    close = ranking.totals[ranking.scores <= ranking.scores[0] + CLOSE]
    if close.max() < FAR_APART * close.min():
        return ()
    values = {
        "close": len(close),
        "within": f"{CLOSE:g}",
        "least": f"{close.min():,.0f}",
        "most": f"{close.max():,.0f}",
    }
    return (Caution(SPREAD, values),)


def _diagnose(table: OverlapTable, ranking: Ranking, largest: int) -> dict[str, Json]:
    by_order: dict[str, Json] = {}
    for order in range(1, largest + 1):
        within = np.flatnonzero(_orders_of(ranking.models) <= order)
        by_order[str(order)] = float(ranking.totals[within[0]]) if within.size else None
    return {
        "candidates": ranking.candidates,
        "with_estimate": len(ranking.models),
        "total_by_maxorder": by_order,
        "leave_one_list_out": leave_each_out(table, lambda one: point_bic(one, min(largest, len(one.lists) - 1))),
    }


def _orders_of(models: Marks) -> NDArray[np.int64]:
    lists = np.bitwise_count(np.arange(models.shape[1])).astype(np.int64)
    largest: NDArray[np.int64] = np.where(models, lists, 0).max(axis=1)
    return largest


def _without_estimate(table: OverlapTable, largest: int, level: float, seconds: float) -> Estimate:
    models = all_models(len(table.lists), largest)[:SHOWN_MODELS]
    statuses = fit_models(table.counts, models).statuses
    return Estimate(
        method="bic",
        lists=table.lists,
        observed=table.observed,
        total=None,
        lower=None,
        upper=None,
        level=level,
        interval="none",
        models=tuple(
            TriedModel(write_model(model), None, 0.0, status=NAMES[status])
            for model, status in zip(models, statuses, strict=True)
        ),
        diagnostics=describe_overlap(table),
        settings={"maxorder": largest},
        warnings=(Caution(NONE_FITS), *find_cautions(table)),
        source=SOURCE,
        seconds=seconds,
    )
