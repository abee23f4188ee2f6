"""All strata in one model: how many there are and how likely each list has them may differ, the rest is shared.

Overstall, King, Bird, Hutchinson & Hay (2014) "Incomplete contingency tables with censored cells with application to
estimating the number of people who inject drugs in Scotland", Statistics in Medicine 33(9) 1564-1579: the same
log-linear model and the same censoring, here by maximum likelihood.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from zicht.stats.bounded_fits import Counts, Fit, find_interval, fit_counts
from zicht.stats.cautions import describe_overlap, describe_status, find_cautions, find_width_cautions
from zicht.stats.errors import WrongSetting
from zicht.stats.existence import EXISTS, NAMES
from zicht.stats.models import Model, main_effects, write_model
from zicht.stats.results import Caution, Estimate, Json, TriedModel
from zicht.stats.strata_designs import WAYS, Effects, make_design
from zicht.stats.tables import OverlapTable, find_list

SOURCE = "Overstall, King, Bird, Hutchinson & Hay (2014) Statistics in Medicine 33(9) 1564-1579, by maximum likelihood"
LEVEL = 0.95
MIDDLE = Effects()

CENSORED = (
    "Of the %(counted)s persons that are only on %(lists)s, an unknown part belongs to the group that is estimated. "
    "That count is taken as an upper bound; %(expected)s are expected."
)
NO_UPPER = "There is no upper bound: the likelihood stays high however many persons are on no list."
NO_STRATUM = "In %(stratum)s nobody is on any list; nothing is estimated there, and the total leaves it out."


def estimate_covariates(
    table: OverlapTable,
    model: Model | None = None,
    effects: Effects = MIDDLE,
    censored: Sequence[str] = (),
    level: float = LEVEL,
) -> Estimate:
    """Estimate the total of all strata together with one Poisson model, by default of independent lists.

    Unseen are the sum over strata of exp(intercept). `censored` names lists that also have persons who do not belong
    to the group: how many are on these alone is only an upper bound. Bounds are by profile likelihood: the sums of
    unseen for which twice the log likelihood is within the chi-squared quantile of its maximum. Totals of single
    strata, among the diagnostics, have theirs likewise. Raises NoStrata, WrongSetting and UnknownList.
    """
    started = time.perf_counter()
    if not 0 < level < 1:
        raise WrongSetting(name="level", value=level, expected="a number between 0 and 1, such as 0.95")
    model = main_effects(len(table.lists)) if model is None else model
    fit = fit_counts(_cells(table, model, effects, censored))
    exists = fit.status == EXISTS
    name = f"{write_model(model)}; {effects}"
    total, lower, upper = _bound(fit, np.flatnonzero(fit.present), level) if exists else (None, None, None)
    return Estimate(
        method="covariates",
        lists=table.lists,
        observed=table.observed,
        total=total,
        lower=lower,
        upper=upper,
        level=level,
        interval="profile" if exists else "none",
        model=name,
        models=tuple(_compare(table, model, effects, censored)),
        diagnostics={"strata": _describe_strata(table, fit, level), **describe_overlap(table)},
        settings={**asdict(effects), "censored": list(censored)},
        warnings=(
            *find_cautions(table),
            *describe_status(fit.status, name),
            *_warn(table, fit, censored, upper),
            *find_width_cautions(lower, upper),
        ),
        source=SOURCE,
        seconds=time.perf_counter() - started,
    )


def _cells(table: OverlapTable, model: Model, effects: Effects, censored: Sequence[str]) -> Counts:
    """Lay out strata one after the other; those on no list apart."""
    design = make_design(table, model, effects)
    is_bound = np.broadcast_to(_only_on(table, censored)[1:], table.by_group[:, 1:].shape)
    return Counts(
        np.ascontiguousarray(design[:, 1:].reshape(-1, design.shape[2])),
        table.by_group[:, 1:].ravel(),
        is_bound.ravel(),
        design[:, 0],
    )


def _only_on(table: OverlapTable, names: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the combinations that are on nothing but these lists, shape (2**K,); nobody's is not among them."""
    bits = sum(1 << find_list(table, name) for name in set(names))
    cells = np.arange(len(table.counts))
    return np.asarray((cells & ~bits == 0) & (cells > 0))


def _bound(fit: Fit, strata: NDArray[np.intp], level: float) -> tuple[float, float, float | None]:
    """Give the total of some strata with its bounds."""
    places = np.flatnonzero(np.isin(np.flatnonzero(fit.present), strata))
    lower, upper = find_interval(fit, places, level)
    least = _seen(fit, strata, fit.beta) if lower is None else _total(fit, strata, places, lower)
    return _total(fit, strata, places, fit.beta), least, None if upper is None else _total(fit, strata, places, upper)


def _total(fit: Fit, strata: NDArray[np.intp], places: NDArray[np.intp], beta: NDArray[np.float64]) -> float:
    return _seen(fit, strata, beta) + float(np.exp(fit.cells.unseen[places] @ beta).sum())


def _seen(fit: Fit, strata: NDArray[np.intp], beta: NDArray[np.float64]) -> float:
    """Give how many of some strata are on a list, as far as counts are bounds what is expected below them."""
    return float(fit.expect(beta).reshape(len(fit.present), -1)[strata].sum())


def _describe_strata(table: OverlapTable, fit: Fit, level: float) -> list[Json]:
    described: list[Json] = []
    for place, (name, counts) in enumerate(zip(table.strata(), table.by_group, strict=True)):
        one: dict[str, Json] = {"stratum": name, "observed": int(counts.sum())}
        if fit.status == EXISTS and fit.present[place]:
            total, lower, upper = _bound(fit, np.array([place]), level)
            one |= {"total": total, "lower": lower, "upper": upper, "unseen": float(fit.unseen[place])}
        described.append(one)
    return described


def _compare(table: OverlapTable, model: Model, chosen: Effects, censored: Sequence[str]) -> Iterator[TriedModel]:
    """Fit the same terms with more and with less that differs between strata; `score` is the BIC in persons."""
    others = [replace(chosen, lists=one) for one in WAYS]
    tried = dict.fromkeys([chosen, *others])
    fits = {effects: fit_counts(_cells(table, model, effects, censored)) for effects in tried}
    scores = {one: _score(fit, table.observed) for one, fit in fits.items() if fit.status == EXISTS}
    best = min(scores.values(), default=0.0)
    whole = sum(np.exp((best - score) / 2) for score in scores.values())
    for effects, fit in fits.items():
        name = f"{write_model(model)}; {effects}"
        if (score := scores.get(effects)) is None:
            yield TriedModel(name, None, 0.0, None, NAMES[fit.status])
        else:
            total = float(fit.expect(fit.beta).sum() + fit.unseen.sum())
            yield TriedModel(name, total, float(np.exp((best - score) / 2) / whole), score)


def _score(fit: Fit, persons: int) -> float:
    return len(fit.beta) * float(np.log(persons)) - 2 * fit.value


def _warn(table: OverlapTable, fit: Fit, censored: Sequence[str], upper: float | None) -> Iterator[Caution]:
    for name, is_there in zip(table.strata(), fit.present, strict=True):
        if not is_there:
            yield Caution(NO_STRATUM, {"stratum": name})
    if fit.status != EXISTS:
        return
    if censored:
        is_bound = np.broadcast_to(_only_on(table, censored)[1:], table.by_group[:, 1:].shape)
        counted = int(table.by_group[:, 1:][is_bound].sum())
        expected = float(fit.expect(fit.beta).reshape(is_bound.shape)[is_bound].sum())
        yield Caution(CENSORED, {"counted": counted, "lists": ", ".join(censored), "expected": f"{expected:.0f}"})
    if upper is None:
        yield Caution(NO_UPPER)
