"""Every method by its name, with the same options; and all of them on one table, whole and by stratum.

Two methods are loaded by name, when they are asked for: what they stand on takes half a second to load.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from zicht.stats import translation
from zicht.stats.bic import USUAL_ORDERS, estimate_bic
from zicht.stats.cautions import find_cautions
from zicht.stats.dga import estimate_dga
from zicht.stats.errors import ModelRefused, StatsError, UnknownMethod, WrongSetting
from zicht.stats.loglinear import estimate_loglinear
from zicht.stats.models import Model, read_model
from zicht.stats.results import Caution, Estimate, Tell
from zicht.stats.stepwise import estimate_stepwise
from zicht.stats.tables import OverlapTable, has_overlap
from zicht.stats.two_lists import CHAPMAN, LINCOLN_PETERSEN, estimate_two_lists

ALL = "all"
# In this order of preference: docs/methods/estimates.md says why, and for how many lists.
RECOMMENDED = ("bic", "stepwise")
MOST_REPLICATES = 100_000
CHAINS_AMONG_ALL = 4  # of lcm where it is one of several: enough to see whether chains agree, soon enough to wait for
LARGEST_SEED = 2**63 - 1
FEW_CHAINS = "Only %(chains)s chains were run beside the other methods; on its own lcm runs 20."
NO_OVERLAP = "Nobody in this stratum is on two lists, so nothing can be said about it."


@dataclass(frozen=True, slots=True)
class Options:
    """Hold what may be asked of the methods; each takes what concerns it. Raises WrongSetting."""

    threshold: float = 0.02
    maxorder: int | None = None
    ntop: int | None = None
    bootstrap: int = 1_000
    level: float = 0.95
    seed: int = 1
    model: str = ""
    censored: tuple[str, ...] = ()
    chains: int | None = None

    def __post_init__(self) -> None:
        _require(0 <= self.threshold <= 1, "threshold", self.threshold, "a probability, such as 0.02")
        _require(0 < self.level < 1, "level", self.level, "a number between 0 and 1, such as 0.95")
        _require(0 <= self.seed <= LARGEST_SEED, "seed", self.seed, "a whole number, 0 or more")
        most = f"a number of replicates up to {MOST_REPLICATES:,}"
        _require(0 <= self.bootstrap <= MOST_REPLICATES, "bootstrap", self.bootstrap, most)
        for name, value in (("maxorder", self.maxorder), ("ntop", self.ntop), ("chains", self.chains)):
            _require(value is None or value >= 1, name, value, "a whole number, 1 or more")


Method: TypeAlias = Callable[[OverlapTable, Options, Tell], Estimate]


def _loglinear(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    return estimate_loglinear(table, _model(table, options), options.level)


def _stepwise(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    return estimate_stepwise(table, options.threshold, options.bootstrap, options.level, options.seed, tell)


def _bic(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    return estimate_bic(table, options.maxorder, options.ntop, options.bootstrap, options.level, options.seed, tell)


def _dga(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    return estimate_dga(table, level=options.level)


def _lcm(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    lcm = importlib.import_module("zicht.stats.lcm")
    sampling = lcm.Sampling() if options.chains is None else lcm.Sampling(chains=options.chains)
    found: Estimate = lcm.estimate_lcm(table, sampling, options.level, options.seed, tell)
    return found


def _covariates(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    covariates = importlib.import_module("zicht.stats.covariates")
    found: Estimate = covariates.estimate_covariates(
        table, _model(table, options), censored=options.censored, level=options.level
    )
    return found


def _lincoln_petersen(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    return estimate_two_lists(table, LINCOLN_PETERSEN, options.level)


def _chapman(table: OverlapTable, options: Options, tell: Tell) -> Estimate:
    return estimate_two_lists(table, CHAPMAN, options.level)


METHODS: dict[str, Method] = {
    "loglinear": _loglinear,
    "stepwise": _stepwise,
    "bic": _bic,
    "dga": _dga,
    "lcm": _lcm,
    "covariates": _covariates,
}
FOR_TWO_LISTS: dict[str, Method] = {LINCOLN_PETERSEN: _lincoln_petersen, CHAPMAN: _chapman}


def methods_for(table: OverlapTable) -> list[str]:
    """Give the methods that `all` stands for: two lists have their own, and only strata can be compared."""
    if len(table.lists) == 2:
        return list(FOR_TWO_LISTS)
    names = [name for name in METHODS if name != "covariates" or table.has_strata]
    return [name for name in names if name != "bic" or len(table.lists) in USUAL_ORDERS]


def recommended_for(table: OverlapTable) -> str:
    """Give the method to look at first: the first recommended one that takes the table."""
    possible = methods_for(table)
    return next((name for name in RECOMMENDED if name in possible), possible[-1])


def estimate(table: OverlapTable, method: str, options: Options, tell: Tell) -> Estimate:
    """Estimate with one method; raises StatsError.

    With two lists no method sees more than the two lists' own: then Chapman's is given, whatever is asked.
    """
    known = {**METHODS, **FOR_TWO_LISTS}
    if method not in known:
        raise UnknownMethod(name=method, methods=", ".join([*known, ALL]))
    if len(table.lists) == 2 and method not in FOR_TWO_LISTS:
        return _chapman(table, options, tell)
    return known[method](table, options, tell)


def estimate_all(
    table: OverlapTable, methods: Sequence[str], options: Options, tell: Callable[[str, float], None]
) -> list[Estimate]:
    """Estimate with several methods. One that cannot take this table is there without numbers and says why."""
    found = []
    few = options.chains is None and len(methods) > 1
    options = replace(options, chains=CHAINS_AMONG_ALL) if few else options
    translating = translation.begin() if few and "lcm" in methods else None
    for place, method in enumerate(methods):

        def tell_share(share: float, place: int = place, method: str = method) -> None:
            tell(method, (place + share) / len(methods))

        tell_share(0.0)
        if method == "lcm" and translating:
            translating.wait()
        try:
            found.append(estimate(table, method, options, tell_share))
        except ModelRefused as error:
            found.append(without_numbers(table, method, options, error))
    return [_say_chains(result) if few and result.method == "lcm" else result for result in found]


def _say_chains(result: Estimate) -> Estimate:
    return replace(result, warnings=(*result.warnings, Caution(FEW_CHAINS, {"chains": CHAINS_AMONG_ALL})))


def estimate_strata(table: OverlapTable, method: str, options: Options, tell: Tell) -> list[Estimate]:
    """Estimate each stratum on its own with one method; a stratum without overlap is there without numbers."""
    found = []
    strata = table.strata()
    for place, (name, stratum) in enumerate(strata.items()):
        tell(place / len(strata))
        if has_overlap(stratum):
            result = estimate(stratum, method, options, lambda share: None)
        else:
            result = _empty(stratum, method, options, Caution(NO_OVERLAP))
        found.append(replace(result, stratum=name))
    return found


def without_numbers(table: OverlapTable, method: str, options: Options, error: StatsError) -> Estimate:
    """Give a result that says why there is none."""
    return _empty(table, method, options, Caution(error.sentence, error.values), *find_cautions(table))


def _empty(table: OverlapTable, method: str, options: Options, *cautions: Caution) -> Estimate:
    return Estimate(
        method=method,
        lists=table.lists,
        observed=table.observed,
        total=None,
        lower=None,
        upper=None,
        level=options.level,
        interval="none",
        warnings=cautions,
    )


def _model(table: OverlapTable, options: Options) -> Model | None:
    return read_model(options.model, len(table.lists)) if options.model else None


def _require(is_right: bool, name: str, value: object, expected: str) -> None:
    if not is_right:
        raise WrongSetting(name=name, value=value, expected=expected)
