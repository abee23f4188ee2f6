"""How far methods are off, and how often their bounds hold the truth: `make validate` rebuilds what the docs say of it.

Results are kept one by one in build/validation, so that a run that was stopped goes on where it was.
"""

import argparse
import csv
import math
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from benchmarks.validation_compare import write_tables
from benchmarks.validation_report import FOLDER as REPORTED
from benchmarks.validation_report import Outcome, write_report
from zicht.stats.bic import USUAL_ORDERS, USUAL_TOP, lowest_totals, rank
from zicht.stats.bootstrap import draw_replicates, find_bounds, leave_one_person_out
from zicht.stats.covariates import estimate_covariates
from zicht.stats.dga import estimate_dga
from zicht.stats.errors import StatsError
from zicht.stats.existence import EXISTS
from zicht.stats.fits import fit_models
from zicht.stats.lcm import Sampling, estimate_lcm
from zicht.stats.loglinear import standard_error
from zicht.stats.models import main_effects
from zicht.stats.results import Estimate
from zicht.stats.scenarios import Scenario, list_scenarios
from zicht.stats.stepwise import LEVEL, SEED, THRESHOLD, select
from zicht.stats.strata_designs import BY_STRATUM, SAME, Effects
from zicht.stats.tables import OverlapTable

KEPT = Path("build/validation")
SETS, LCM_SETS = 500, 100
ROUND = 25  # data sets of every scenario before any has more: a run that is stopped early is even
# Fewer than the usual 1,000, so that it ends: bounds are then a little less even, not narrower.
STEPWISE_REPLICATES, BIC_REPLICATES = 400, 200
SAMPLING = Sampling(chains=4, burn_in=2_000, thinning=10, draws=500)
APART = Effects(BY_STRATUM, BY_STRATUM, SAME)
COLUMNS = ("set", "observed", "total", "lower", "upper")

Numbers = tuple[float | None, float | None, float | None]  # total, lower, upper


def numbers_of(found: Estimate) -> Numbers:
    """Give total and bounds."""
    return found.total, found.lower, found.upper


# What follows is what `estimate_loglinear`, `estimate_stepwise` and `estimate_bic` do, without what a reader needs.
def fit_quickly(table: OverlapTable) -> Numbers:
    """Fit independent lists, with the usual bounds."""
    fits = fit_models(table.counts, main_effects(len(table.lists))[np.newaxis])
    if fits.statuses[0] != EXISTS:
        return None, None, None
    unseen, reach = float(fits.unseen[0]), math.exp(ndtri((1 + LEVEL) / 2) * standard_error(fits))
    return table.observed + unseen, table.observed + unseen / reach, table.observed + unseen * reach


def select_quickly(table: OverlapTable) -> Numbers:
    """Select pairs on the table, without each person, and on drawn tables, all at once."""
    fewer, weights = leave_one_person_out(table)
    replicates = draw_replicates(table, STEPWISE_REPLICATES, SEED)
    total, *others = select(np.concatenate([table.counts[np.newaxis], fewer, replicates]), THRESHOLD).totals
    return bound_quickly(float(total), np.array(others), weights)


def rank_quickly(table: OverlapTable) -> Numbers:
    """Rank all models on the table, and the best of them without each person and on drawn tables."""
    lists = len(table.lists)
    ranking = rank(table, USUAL_ORDERS[lists])
    models = ranking.models[: USUAL_TOP.get(lists, 100)]
    fewer, weights = leave_one_person_out(table)
    tables = np.concatenate([fewer, draw_replicates(table, BIC_REPLICATES, SEED)])
    others = lowest_totals(tables, models, fit_models(table.counts, models).beta)
    if not np.isfinite(others[: len(weights)]).all():
        return float(ranking.totals[0]), None, None
    return bound_quickly(float(ranking.totals[0]), others, weights)


def bound_quickly(total: float, others: NDArray[np.float64], weights: NDArray[np.int64]) -> Numbers:
    """Give BCa bounds from the totals without each person, then those of drawn tables."""
    if not math.isfinite(total):
        return None, None, None
    bounds = find_bounds(total, others[len(weights) :], others[: len(weights)], weights, LEVEL)
    return total, bounds.lower, bounds.upper


METHODS: dict[str, Callable[[OverlapTable], Numbers]] = {
    "loglinear": fit_quickly,
    "stepwise": select_quickly,
    "bic": rank_quickly,
    "dga": lambda table: numbers_of(estimate_dga(table)),
    "lcm": lambda table: numbers_of(estimate_lcm(table, SAMPLING)),
    "covariates": lambda table: numbers_of(estimate_covariates(table, effects=APART)),
}


def file_of(scenario: Scenario, method: str) -> Path:
    """Name the file in which results of one method on one scenario are kept."""
    return KEPT / f"{scenario.code}-{method}.csv"


def count_kept(path: Path) -> int:
    """Count the results that are there."""
    return max(len(path.read_text(encoding="utf-8").splitlines()) - 1, 0) if path.exists() else 0


def draw_set(scenario: Scenario, number: int) -> OverlapTable:
    """Draw a data set; the same for every method, whenever it is drawn."""
    return scenario.draw(np.random.default_rng([zlib.crc32(scenario.code.encode()), number]))


def judge(scenario: Scenario, method: str, number: int) -> tuple[float, ...]:
    """Estimate from one data set; no numbers where there is no estimate."""
    try:
        table = draw_set(scenario, number)
        total, lower, upper = METHODS[method](table)
    except StatsError:
        return (number, 0, math.nan, math.nan, math.nan)
    if upper is None and lower is not None:
        upper = math.inf
    return (number, table.observed, *(math.nan if one is None else one for one in (total, lower, upper)))


def go_on(scenario: Scenario, method: str, until: int) -> None:
    """Judge as many data sets as are missing."""
    path = file_of(scenario, method)
    kept = count_kept(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if not kept:
            writer.writerow(COLUMNS)
        for number in range(kept, until):
            writer.writerow(judge(scenario, method, number))


def pairs() -> Iterator[tuple[Scenario, str]]:
    """Give every scenario with every method that can take it."""
    for scenario in list_scenarios():
        for method in METHODS:
            too_many = scenario.lists > {"dga": 6, "bic": 6}.get(method, 10)
            if not too_many and (method != "covariates" or len(scenario.chances) > 1):
                yield scenario, method


def rounds(sets: int) -> Iterator[tuple[Scenario, str, int]]:
    """Give what to do next, in rounds over everything."""
    for until in range(ROUND, sets + ROUND, ROUND):
        for scenario, method in pairs():
            yield scenario, method, min(until, sets, LCM_SETS if method == "lcm" else SETS)


def read_outcomes() -> list[Outcome]:
    """Read everything that was kept."""
    outcomes = []
    for scenario, method in pairs():
        if not count_kept(file_of(scenario, method)):
            continue
        with file_of(scenario, method).open(encoding="utf-8", newline="") as file:
            rows = [[float(row[name]) for name in COLUMNS[1:]] for row in csv.DictReader(file)]
        outcomes.append(Outcome(scenario, method, np.array(rows)))
    return outcomes


def main(arguments: list[str]) -> int:
    """Simulate as far as asked, then write tables and plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=SETS, help="data sets of each scenario")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after so long and write what there is")
    parser.add_argument("--compare", action="store_true", help="also compute every published number that can be")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS), help="only these")
    asked = parser.parse_args(arguments)
    end = time.monotonic() + 60 * asked.minutes
    for scenario, method, until in rounds(asked.sets):
        if method in asked.methods and time.monotonic() < end:
            go_on(scenario, method, until)
            print(f"\r{scenario.code} {method} {until}".ljust(60), end="", flush=True)
    print()
    if asked.compare:
        write_tables(REPORTED)
    return write_report(read_outcomes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
