"""The Bayesian nonparametric latent class model: people differ in unknown ways in how likely each list has them.

Manrique-Vallier (2016) "Bayesian population size estimation using Dirichlet process mixtures", Biometrics 72(4)
1246-1254; with the sampler, the start and the priors of its author's R package LCMCR 0.4.14.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from zicht.stats.cautions import describe_overlap, find_cautions, find_width_cautions
from zicht.stats.compiled import HAS_NUMBA
from zicht.stats.convergence import Convergence, judge_chains
from zicht.stats.errors import WrongSetting
from zicht.stats.lcm_chain import Seen, State, sweep
from zicht.stats.results import Caution, Estimate, Json, Tell, tell_nobody
from zicht.stats.tables import OverlapTable, list_sizes, put_in_canonical_order

SOURCE = "Manrique-Vallier (2016) Biometrics 72(4) 1246-1254; sampled as in the R package LCMCR 0.4.14"
LEVEL, SEED = 0.95, 1
FIRST_ALPHA = 0.3  # divided by the number of classes
WARM_UP = 500  # sweeps with alpha fixed
REACH = 20  # the unseen are at most this many times the observed
MOST_AT_WALL = 0.005  # share of draws in the last tenth of that range above which the range decides

Integers = NDArray[np.int64]

DISAGREE = (
    "The chains do not agree: R-hat is %(r_hat)s (at most 1.01 is good), and their draws are worth %(bulk)s "
    "independent ones, %(tail)s in the tails (at least 400 is good). Single chains have medians from %(least)s to "
    "%(most)s. What is given depends on where the chains started; longer chains may say something else."
)
AT_WALL = (
    "%(share)s%% of the draws lie in the last tenth of the range, which ends at %(most)s persons: the upper bound "
    "depends on where the range ends, not only on the data."
)
SLOW = "Without the package numba this takes some hundred times as long."


@dataclass(frozen=True, slots=True)
class Sampling:
    """Say how long is sampled: chains, in each the sweeps before a draw is kept, then draws so many sweeps apart.

    `classes` is the most classes there can be; `shape` and `rate` are those of the gamma prior of alpha, which says
    how soon their weights fall.
    """

    chains: int = 20
    burn_in: int = 10_000
    thinning: int = 100
    draws: int = 1_000
    classes: int = 10
    shape: float = 0.25
    rate: float = 0.25


def estimate_lcm(
    table: OverlapTable,
    sampling: Sampling = Sampling(),
    level: float = LEVEL,
    seed: int = SEED,
    tell: Tell = tell_nobody,
) -> Estimate:
    """Estimate the total as the median of the draws of all chains together, with equal-tailed bounds, in persons.

    Raises WrongSetting. One chain often stays near one of several totals, so what the chains say is pooled, and their
    disagreement is said. Chain c draws from the c-th stream of the seed, so the numbers do not depend on the cores.
    """
    started = time.perf_counter()
    _check(sampling, level)
    draws = draw_totals(table, sampling, seed, tell)
    totals = draws[:, :, 0] + table.observed
    lower, total, upper = np.quantile(totals, [(1 - level) / 2, 0.5, (1 + level) / 2])
    convergence = judge_chains(totals)
    return Estimate(
        method="lcm",
        lists=table.lists,
        observed=table.observed,
        total=float(total),
        lower=float(lower),
        upper=float(upper),
        level=level,
        interval="credible",
        diagnostics={**_diagnose(draws, totals, convergence), **describe_overlap(table)},
        settings={**asdict(sampling), "seed": seed},
        warnings=(*find_cautions(table), *_warn(table, totals, convergence), *find_width_cautions(lower, upper)),
        source=SOURCE,
        seconds=time.perf_counter() - started,
    )


def draw_totals(table: OverlapTable, sampling: Sampling, seed: int, tell: Tell = tell_nobody) -> Integers:
    """Draw the number of unseen and the number of classes that have anybody, shape (chains, draws, 2)."""
    ordered, _ = put_in_canonical_order(table)
    streams = np.random.SeedSequence(seed).spawn(sampling.chains)
    # Translated code lets go of Python's lock: as many chains run at once as there are cores.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        chains = pool.map(lambda stream: run_chain(ordered, sampling, stream), streams)
        return np.array([_told(chain, tell, done / len(streams)) for done, chain in enumerate(chains, 1)])


def run_chain(table: OverlapTable, sampling: Sampling, stream: np.random.SeedSequence) -> Integers:
    """Run one chain from its start to its last draw; shape (draws, 2)."""
    rng = np.random.default_rng(stream)
    seen, most = _list_histories(table), REACH * table.observed
    prior = np.array([sampling.shape, sampling.rate])
    state = _start(rng, table, sampling.classes)
    sweep(rng, seen, table.observed, most, prior, state, WARM_UP, _room(0))
    _put_largest_first(state)
    if sampling.burn_in:
        sweep(rng, seen, table.observed, most, prior, state, sampling.burn_in, _room(1))
    draws = _room(sampling.draws)
    sweep(rng, seen, table.observed, most, prior, state, sampling.draws * sampling.thinning, draws)
    return draws


def _room(draws: int) -> Integers:
    return np.zeros((draws, 2), np.int64)


def _told(chain: Integers, tell: Tell, share: float) -> Integers:
    tell(share)
    return chain


def _list_histories(table: OverlapTable) -> Seen:
    histories = table.histories
    on = histories[:, np.newaxis] >> np.arange(len(table.lists)) & 1
    starts = np.concatenate([[0], np.cumsum(on.sum(axis=1))])
    return Seen(table.counts[histories], starts.astype(np.int64), np.nonzero(on)[1].astype(np.int64))


def _start(rng: np.random.Generator, table: OverlapTable, classes: int) -> State:
    """Start at evenly broken weights and, in every class, the share of the observed that each list has."""
    left = np.concatenate([[0.0], np.cumsum(np.log(1 - rng.random(classes - 1)))])
    logs = left.copy()
    logs[:-1] += np.log(-np.expm1(np.diff(left)))
    # Half a person more or less: no odds are 0 or infinite.
    shares = (list_sizes(table) + 0.5) / (table.observed + 1.0)
    return State(
        logs=logs,
        odds=np.tile(shares / (1 - shares), (classes, 1)),
        missed=np.exp(logs) * np.prod(1 - shares),
        alpha=np.array([FIRST_ALPHA / classes]),
        hidden=np.zeros(classes, np.int64),
        members=np.zeros(classes, np.int64),
        present=np.zeros((classes, len(shares)), np.int64),
        chances=np.zeros(classes),
        shares=np.zeros(classes, np.int64),
    )


def _put_largest_first(state: State) -> None:
    """Rename classes by falling weight: where a small class stands first, a chain does not find away from it."""
    order = np.argsort(-state.logs, kind="stable")
    for values in (state.logs, state.odds, state.missed, state.hidden):
        values[:] = values[order]


def _check(sampling: Sampling, level: float) -> None:
    if not 0 < level < 1:
        raise WrongSetting(name="level", value=level, expected="a number between 0 and 1, such as 0.95")
    for name, least in {"chains": 1, "burn_in": 0, "thinning": 1, "draws": 4, "classes": 1}.items():
        if getattr(sampling, name) < least:
            raise WrongSetting(name=name, value=getattr(sampling, name), expected=f"a whole number of {least} or more")
    if sampling.shape <= 0 or sampling.rate <= 0:
        raise WrongSetting(name="shape or rate", value=min(sampling.shape, sampling.rate), expected="a number above 0")


def _diagnose(draws: Integers, totals: Integers, convergence: Convergence) -> dict[str, Json]:
    classes = np.bincount(draws[:, :, 1].ravel()) / draws[:, :, 1].size
    return {
        "r_hat": convergence.r_hat,
        "effective_draws": convergence.bulk,
        "effective_draws_tails": convergence.tail,
        "draws": int(totals.size),
        "mean": float(totals.mean()),
        "chain_medians": [float(one) for one in np.median(totals, axis=1)],
        "classes": {str(count): float(share) for count, share in enumerate(classes) if share},
    }


def _warn(table: OverlapTable, totals: Integers, convergence: Convergence) -> Iterator[Caution]:
    if not convergence.is_reached:
        medians = np.median(totals, axis=1)
        values = {"r_hat": f"{convergence.r_hat:.2f}", "bulk": f"{convergence.bulk:.0f}"}
        values |= {"tail": f"{convergence.tail:.0f}", "least": f"{medians.min():.0f}", "most": f"{medians.max():.0f}"}
        yield Caution(DISAGREE, values)
    most = (REACH + 1) * table.observed
    at_wall = float((totals > most - REACH * table.observed / 10).mean())
    if at_wall > MOST_AT_WALL:
        yield Caution(AT_WALL, {"share": f"{100 * at_wall:.1f}", "most": most})
    if not HAS_NUMBA:
        yield Caution(SLOW)
