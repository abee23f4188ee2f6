"""Averaging over decomposable graphs: each says which lists depend on each other, and the data weigh them.

Madigan & York (1997) "Bayesian methods for estimation of the size of a closed population", Biometrika 84(1) 19-31;
with the choices of the R package dga 2.0.2: all graphs equally likely beforehand, hyper-Dirichlet priors that are worth
one count in all (2**-K per cell), and a prior of 1/N on the total.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import gammaln

from zicht.stats.cautions import describe_overlap, find_cautions, find_width_cautions
from zicht.stats.errors import WrongSetting
from zicht.stats.graphs import Graphs, list_graphs, write_sets
from zicht.stats.results import Caution, Estimate, Json, TriedModel
from zicht.stats.tables import Counts, OverlapTable

SOURCE = "Madigan & York (1997) Biometrika 84(1) 19-31; averaged as in the R package dga 2.0.2"
REACH = 30  # the unseen are sought up to this many times the observed: what published tables were made with
SHORT_REACH = 10  # the other customary reach, to show how much hangs on it
POINTS = 1_000  # of the grid over the unseen
FINER = 5  # times as many points when a grid is too coarse
MOST_POINTS = 125_000
FEWEST_STEPS = 20  # with fewer between the bounds these say more about the grid than about the data
MOST_JOINED = 0.05  # probability that all lists depend on each other above which that is said
MOST_AT_EDGE = 0.005  # share of the probability in the last tenth of the range above which the range decides
MOST_SHIFT = 0.1  # share by which an upper bound may move with the reach before that is said
SHOWN_GRAPHS = 20
HOPELESS = 32.0  # log of how many times less probable than the best a graph must be to cost no time
MOST_NUMBERS = 1_000_000  # of one batch of graphs, 8 MB

Vector = NDArray[np.float64]
Integers = NDArray[np.int64]
NOBODY: Vector = np.zeros(0)

AT_EDGE = (
    "%(share)s%% of the probability lies in the last tenth of the range that was searched, which ends at %(most)s "
    "persons: the upper bound depends on where the search stops, not only on the data."
)
BY_REACH = (
    "Had the unseen been sought up to %(short)s instead of %(reach)s times the observed, the total would be %(total)s "
    "(%(lower)s to %(upper)s): the data alone do not settle the bounds."
)
JOINED = (
    "With probability %(share)s%% all lists depend on each other. Then overlaps say nothing about who is on no list, "
    "and the prior alone gives a total just above the observed."
)
FINER_GRID = "The customary %(points)s totals are too few for this table; %(used)s were tried."
STILL_COARSE = "The bounds are only exact to %(step)s persons: the table is large for the range that was searched."


@dataclass(frozen=True, slots=True)
class Posterior:
    """Hold the probability of each total (M,), in persons, and of each graph (G,)."""

    totals: Integers
    chances: Vector
    of_graphs: Vector

    @property
    def step(self) -> int:
        """Give the widest step of the grid, in persons."""
        return int(np.diff(self.totals).max(initial=1))

    def quantile(self, share: float) -> int:
        """Give the first total up to which at least this share of the probability lies."""
        place = int(np.searchsorted(np.cumsum(self.chances), share))
        return int(self.totals[min(place, len(self.totals) - 1)])

    def bounds(self, level: float) -> tuple[int, int]:
        """Give the equal-tailed credible interval."""
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def is_coarse(self, level: float) -> bool:
        """Tell whether there are too few steps between the bounds to carry them."""
        lower, upper = self.bounds(level)
        return self.step > 1 and upper - lower < FEWEST_STEPS * self.step

    def up_to(self, most: int) -> "Posterior":
        """Give what it would be had totals above `most` been ruled out beforehand; the graphs are left out."""
        kept = self.chances[self.totals <= most]
        return Posterior(self.totals[: len(kept)], kept / kept.sum(), NOBODY)


def estimate_dga(
    table: OverlapTable, *, level: float = 0.95, reach: int = REACH, points: int = POINTS, delta: float | None = None
) -> Estimate:
    """Estimate the total of a table of 2 to 6 lists as the median of its posterior, with equal-tailed bounds.

    `reach` limits the unseen to so many times the observed, `points` is how many totals are tried, and `delta` the
    prior count of a cell (2**-K). Raises TooManyListsForGraphs and WrongSetting.

    The customary grid is kept where it can carry the answer, because published numbers stand on it, and is made finer,
    not wider, where it cannot. Totals are exact to `step` persons, which is among the diagnostics.
    """
    started = time.perf_counter()
    _check(level, reach, points, delta)
    graphs = list_graphs(len(table.lists))
    prior = 1 / len(table.counts) if delta is None else delta
    posterior = _settle(table, graphs, (reach, points), prior, level)
    lower, upper = posterior.bounds(level)
    return Estimate(
        method="dga",
        lists=table.lists,
        observed=table.observed,
        total=posterior.quantile(0.5),
        lower=lower,
        upper=upper,
        level=level,
        interval="credible",
        model=write_sets(graphs.cliques(int(np.argmax(posterior.of_graphs)))),
        models=_describe_graphs(table.counts, graphs, posterior, prior),
        diagnostics={**_diagnose(posterior), **describe_overlap(table)},
        settings={"reach": reach, "points": points, "delta": prior},
        warnings=(
            *find_cautions(table),
            *_warn(posterior, table.observed, level, reach, points),
            *find_width_cautions(lower, upper),
        ),
        source=SOURCE,
        seconds=time.perf_counter() - started,
    )


def weigh_totals(counts: Counts, graphs: Graphs, unseen: Integers, delta: float) -> Posterior:
    """Give the posterior of totals and graphs for counts (2**K,) and the numbers of unseen (M,) that are tried."""
    margins = log_margins(counts, unseen, delta)
    chances, of_graphs, top = np.zeros(len(unseen)), np.zeros(len(graphs)), -np.inf
    batch = max(1, MOST_NUMBERS // len(unseen))
    for start in range(0, len(graphs), batch):
        logs = _log_joint(counts, margins, graphs.signs[start : start + batch], unseen)
        best = logs.max(axis=1)
        higher = max(top, float(best.max()))
        # Numbers so far are on the scale of the largest log so far.
        scale, top = np.exp(top - higher), higher
        likely = np.flatnonzero(best > top - HOPELESS)
        weights = np.exp(logs[likely] - top)
        chances, of_graphs = chances * scale + weights.sum(axis=0), of_graphs * scale
        of_graphs[start + likely] = weights.sum(axis=1)
    return Posterior(counts.sum() + unseen, chances / chances.sum(), of_graphs / of_graphs.sum())


def _log_joint(counts: Counts, margins: Vector, signs: NDArray[np.int8], unseen: Integers) -> Vector:
    """Give log p(N, graph | counts) up to a constant, shape (G, M).

    Margins of cliques less those of separators, plus N! / (N-n)! for which of the N are seen, times the prior 1/N
    (Madigan & York 1997, section 3). A row of signs has few that are not 0, which makes it a sparse product.
    """
    totals = counts.sum() + unseen
    of_totals = gammaln(totals + 1.0) - gammaln(unseen + 1.0) - np.log(totals)
    return np.asarray(csr_array(signs.astype(np.float64)) @ margins + of_totals, np.float64)


def log_margins(counts: Counts, unseen: Integers, delta: float) -> Vector:
    """Give the log marginal likelihood of every set of lists for each number of unseen, shape (2**K, M).

    The table of a set of k lists has 2**k cells; those on none of them, the unseen among them, are in one. Each has the
    prior count delta * 2**(K-k) (Dawid & Lauritzen 1993, Annals of Statistics 21(3) 1272-1317, section 7.2).
    """
    cells = np.arange(len(counts))
    mass = delta * len(counts)
    logs = np.empty((len(counts), len(unseen)))
    for chosen in cells:
        seen = np.bincount(cells & chosen, weights=counts)[cells[cells & ~chosen == 0]]
        prior = mass / len(seen)
        logs[chosen] = gammaln(seen[0] + unseen + prior)
        logs[chosen] += gammaln(seen[1:] + prior).sum() - len(seen) * gammaln(prior)
    logs -= gammaln(counts.sum() + unseen + mass) - gammaln(mass)
    return logs


def spread_points(most: int, points: int) -> Integers:
    """Spread whole numbers evenly over 1 to `most`; fewer where there are fewer."""
    return np.unique(np.round(np.linspace(1, most, points))).astype(np.int64)


def _check(level: float, reach: int, points: int, delta: float | None) -> None:
    if not 0 < level < 1:
        raise WrongSetting(name="level", value=level, expected="a number between 0 and 1, such as 0.95")
    if reach < 1:
        raise WrongSetting(name="reach", value=reach, expected="a whole number of 1 or more")
    if not 2 <= points <= MOST_POINTS:
        raise WrongSetting(name="points", value=points, expected=f"a whole number from 2 to {MOST_POINTS}")
    if delta is not None and not 0 < delta < np.inf:
        raise WrongSetting(name="delta", value=delta, expected="a number above 0")


def _settle(table: OverlapTable, graphs: Graphs, grid: tuple[int, int], delta: float, level: float) -> Posterior:
    """Weigh the totals of a grid, and of finer ones until their steps no longer show or there are too many."""
    reach, points = grid
    posterior = weigh_totals(table.counts, graphs, spread_points(reach * table.observed, points), delta)
    while posterior.is_coarse(level) and points * FINER <= MOST_POINTS:
        points *= FINER
        posterior = weigh_totals(table.counts, graphs, spread_points(reach * table.observed, points), delta)
    return posterior


def _describe_graphs(counts: Counts, graphs: Graphs, posterior: Posterior, delta: float) -> tuple[TriedModel, ...]:
    """Give the most probable graphs, each with the median that it would give alone."""
    order = np.argsort(-posterior.of_graphs, kind="stable")[:SHOWN_GRAPHS]
    unseen = posterior.totals - counts.sum()
    logs = _log_joint(counts, log_margins(counts, unseen, delta), graphs.signs[order], unseen)
    alone = [Posterior(posterior.totals, one / one.sum(), NOBODY) for one in np.exp(logs - logs.max(axis=1)[:, None])]
    return tuple(
        TriedModel(write_sets(graphs.cliques(int(graph))), one.quantile(0.5), float(posterior.of_graphs[graph]))
        for graph, one in zip(order, alone, strict=True)
    )


def _diagnose(posterior: Posterior) -> dict[str, Json]:
    return {
        "mean": float(posterior.totals @ posterior.chances),
        "mode": int(posterior.totals[np.argmax(posterior.chances)]),
        "step": posterior.step,
        "graphs": len(posterior.of_graphs),
    }


def _warn(posterior: Posterior, observed: int, level: float, reach: int, points: int) -> Iterator[Caution]:
    if len(posterior.totals) > points:
        yield Caution(FINER_GRID, {"points": points, "used": len(posterior.totals)})
    if posterior.is_coarse(level):
        yield Caution(STILL_COARSE, {"step": posterior.step})
    # The last graph is the one with all edges.
    if (joined := posterior.of_graphs[-1]) > MOST_JOINED:
        yield Caution(JOINED, {"share": f"{100 * joined:.0f}"})
    last = int(posterior.totals[-1])
    at_edge = posterior.chances[posterior.totals > last - reach * observed / 10].sum()
    if at_edge > MOST_AT_EDGE:
        yield Caution(AT_EDGE, {"share": f"{100 * at_edge:.1f}", "most": last})
    if reach > SHORT_REACH:
        yield from _compare_reaches(posterior, observed, level, reach)


def _compare_reaches(posterior: Posterior, observed: int, level: float, reach: int) -> Iterator[Caution]:
    shorter = posterior.up_to((SHORT_REACH + 1) * observed)
    lower, upper = shorter.bounds(level)
    if upper < (1 - MOST_SHIFT) * posterior.quantile((1 + level) / 2):
        values = {"short": SHORT_REACH, "reach": reach, "total": shorter.quantile(0.5), "lower": lower, "upper": upper}
        yield Caution(BY_REACH, values)
