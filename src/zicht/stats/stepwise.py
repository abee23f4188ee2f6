"""Forward selection of pairs on sparse tables, with extended maximum likelihood and BCa bounds.

Chan, Silverman & Vincent (2021) "Multiple systems estimation for sparse capture data: inferential challenges when there
are nonoverlapping lists", JASA 116(535) 1297-1306; as in the R package MultipleSystemsEstimation 1.2.0.
"""

import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zicht.stats.bootstrap import Bounds, draw_replicates, find_bounds, leave_one_person_out
from zicht.stats.cautions import describe_overlap, describe_status, find_cautions, find_width_cautions, name_pair
from zicht.stats.existence import EXISTS
from zicht.stats.fits import Fits, fit_models
from zicht.stats.lattice import sum_supersets
from zicht.stats.models import Model, main_effects, pairs_of, permute_models, write_model
from zicht.stats.results import Estimate, Json, Tell, TriedModel, tell_nobody
from zicht.stats.sensitivity import leave_each_out
from zicht.stats.tables import OverlapTable, put_in_canonical_order
from zicht.stats.tails import log_smaller_tail

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

SOURCE = "Chan, Silverman & Vincent (2021) JASA 116(535) 1297-1306"
THRESHOLD, TIMES, SEED, LEVEL = 0.02, 1_000, 1, 0.95
SAME = 1e-9  # share by which logarithms of tails may differ and still be a tie; the first pair then comes first
BATCH_NUMBERS = 250_000  # of one batch of tables: enough to keep all cores at work, and often enough to tell how far
SHOWN_MODELS = 20


@dataclass(frozen=True, slots=True)
class Selection:
    """Hold what was selected on R tables: models (R, 2**K), totals (R,) in persons, and the pairs in order.

    A total is infinite where not even independent lists have an estimate. `pairs`, shape (R, P), are bit patterns,
    0 after the last; `logs` are the logarithms of their tail probabilities when they were added; `path` are the totals
    before the first and after each.
    """

    models: Marks
    totals: Floats
    statuses: NDArray[np.int8]
    pairs: NDArray[np.int64]
    logs: Floats
    path: Floats


def estimate_stepwise(
    table: OverlapTable,
    threshold: float = THRESHOLD,
    times: int = TIMES,
    level: float = LEVEL,
    seed: int = SEED,
    tell: Tell = tell_nobody,
) -> Estimate:
    """Add pairs of lists to independence as long as one is surprising at the threshold; `times` bootstrap replicates.

    The total is n + exp(intercept), in persons. Every replicate does the whole selection again. Lists are put in their
    canonical order first, so that bounds do not depend on the order of the columns.
    """
    start = time.perf_counter()
    point = select(table.counts[np.newaxis], threshold)
    total = float(point.totals[0]) if np.isfinite(point.totals[0]) else None
    bounds, models = _bootstrap(table, point, threshold, times, level, seed, tell)
    return Estimate(
        method="stepwise",
        lists=table.lists,
        observed=table.observed,
        total=total,
        lower=bounds.lower,
        upper=bounds.upper,
        level=level,
        interval=bounds.kind,
        model=write_model(point.models[0]),
        models=models,
        diagnostics={**_diagnose(table, point, threshold), **bounds.diagnostics, **describe_overlap(table)},
        settings={"threshold": threshold, "bootstrap": times, "seed": seed},
        warnings=(
            *describe_status(int(point.statuses[0]), write_model(point.models[0])),
            *find_cautions(table),
            *bounds.cautions,
            *find_width_cautions(bounds.lower, bounds.upper),
        ),
        source=SOURCE,
        seconds=time.perf_counter() - start,
    )


def point_stepwise(table: OverlapTable, threshold: float = THRESHOLD) -> float | None:
    """Give the total alone, in persons; None where there is no estimate."""
    total = select(table.counts[np.newaxis], threshold).totals[0]
    return float(total) if np.isfinite(total) else None


def select(counts: NDArray[np.int64], threshold: float, overlapping_only: bool = False) -> Selection:
    """Select on R tables at once, shape (R, 2**K).

    At each step every pair not yet in has p = min(P(X <= k), P(X >= k)), X ~ Poisson(m), with k persons on both lists
    and m their fitted mean over the kept cells; a pair whose model has no estimate, or is not identifiable, has p = 1.
    The pair of least p below the threshold is added (ties: the first in the order (1,2), (1,3), …).
    """
    lists = counts.shape[1].bit_length() - 1
    search = _Search(counts, np.array(pairs_of(lists)), overlapping_only)
    while search.active.size:
        search.step(np.log(threshold) if threshold > 0 else -np.inf)
    return search.result()


class _Search:
    """Take R selections forward together, each at its own step."""

    def __init__(self, counts: NDArray[np.int64], pairs: NDArray[np.int64], overlapping_only: bool) -> None:
        self.counts, self.pairs = counts, pairs
        self.models = np.repeat(main_effects(counts.shape[1].bit_length() - 1)[np.newaxis], len(counts), axis=0)
        first = fit_models(counts, self.models)
        self.beta, self.tops, self.statuses, self.totals = first.beta, first.tops, first.statuses, first.totals
        self.together = self.tops[:, pairs]
        self.logs = np.zeros((len(counts), len(pairs)))
        self.barred = self.together == 0 if overlapping_only else np.zeros(self.logs.shape, dtype=bool)
        self.added: list[list[tuple[int, float, float]]] = [[] for _ in counts]
        self.active = np.flatnonzero(self.statuses == EXISTS)
        self._weigh(self.active)

    def step(self, log_threshold: float) -> None:
        """Let every active selection try its most surprising pair."""
        logs = self.logs[self.active]
        least = logs.min(axis=1, keepdims=True, initial=0.0)
        places = np.argmax(logs <= least + SAME * np.abs(least), axis=1)
        goes_on = least[:, 0] < log_threshold
        self.active, places = self.active[goes_on], places[goes_on]
        if self.active.size:
            self._try(self.active, places)

    def result(self) -> Selection:
        """Put the selections into arrays."""
        most = max((len(added) for added in self.added), default=0)
        pairs, logs = np.zeros((len(self.added), most), dtype=np.int64), np.zeros((len(self.added), most))
        path = np.full((len(self.added), most), np.nan)
        for row, added in enumerate(self.added):
            for place, (pair, log, total) in enumerate(added):
                pairs[row, place], logs[row, place], path[row, place] = pair, log, total
        return Selection(self.models, self.totals, self.statuses, pairs, logs, path)

    def _try(self, rows: NDArray[np.intp], places: NDArray[np.intp]) -> None:
        models = self.models[rows]
        models[np.arange(len(rows)), self.pairs[places]] = True
        trial = fit_models(self.counts[rows], models, self._start(rows, places))
        is_fit = trial.statuses == EXISTS
        self.logs[rows[~is_fit], places[~is_fit]] = 0.0
        won = rows[is_fit]
        self.models[won], self.beta[won] = models[is_fit], trial.beta[is_fit]
        self.totals[won] = trial.totals[is_fit]
        for row, place in zip(won, places[is_fit], strict=True):
            self.added[row].append((int(self.pairs[place]), float(self.logs[row, place]), float(self.totals[row])))
        self._weigh(won)

    def _start(self, rows: NDArray[np.intp], places: NDArray[np.intp]) -> Floats:
        start = np.where(np.isfinite(self.beta[rows]), self.beta[rows], 0.0)
        expected = self.expected[rows, places]
        start[np.arange(len(rows)), self.pairs[places]] = np.log((self.together[rows, places] + 0.5) / (expected + 0.5))
        return start

    def _weigh(self, rows: NDArray[np.intp]) -> None:
        """Find how surprising each pair is under the current fit."""
        if not hasattr(self, "expected"):
            self.expected = np.zeros(self.logs.shape)
        means = Fits(self.beta[rows], self.tops[rows], np.zeros(0), self.statuses[rows]).means()
        means[:, 0] = 0.0
        expected = sum_supersets(means)[:, self.pairs]
        self.expected[rows] = expected
        is_out = ~self.models[rows][:, self.pairs] & ~self.barred[rows]
        self.logs[rows] = np.where(is_out, log_smaller_tail(self.together[rows], expected), 0.0)


def _bootstrap(
    table: OverlapTable, point: Selection, threshold: float, times: int, level: float, seed: int, tell: Tell
) -> tuple[Bounds, tuple[TriedModel, ...]]:
    if not times or not np.isfinite(point.totals[0]):
        only = TriedModel(write_model(point.models[0]), None, 1.0)
        return Bounds("none", None, None, {}, ()), (only,)
    ordered, order = put_in_canonical_order(table)
    without_one, weights = leave_one_person_out(ordered)
    tables = np.concatenate([without_one, draw_replicates(ordered, times, seed)])
    batch = max(1, BATCH_NUMBERS // table.counts.size)
    parts = []
    for first in range(0, len(tables), batch):
        parts.append(select(tables[first : first + batch], threshold))
        tell(min(1.0, (first + batch) / len(tables)))
    totals = np.concatenate([part.totals for part in parts])
    models = permute_models(np.concatenate([part.models for part in parts]), order)[len(weights) :]
    bounds = find_bounds(float(point.totals[0]), totals[len(weights) :], totals[: len(weights)], weights, level)
    return bounds, _tried(table, point.models[0], models)


def _tried(table: OverlapTable, chosen: Model, models: Marks) -> tuple[TriedModel, ...]:
    """Give the models that replicates chose, most often first, with their totals on the table itself."""
    found = Counter(model.tobytes() for model in models)
    shown = [np.frombuffer(one, dtype=bool) for one, _ in found.most_common(SHOWN_MODELS)]
    if not any((one == chosen).all() for one in shown):
        shown.append(chosen)
    totals = fit_models(table.counts, np.array(shown)).totals
    return tuple(
        TriedModel(write_model(one), float(total) if np.isfinite(total) else None, found[one.tobytes()] / len(models))
        for one, total in zip(shown, totals, strict=True)
    )


def _diagnose(table: OverlapTable, point: Selection, threshold: float) -> dict[str, Json]:
    without_empty = float(select(table.counts[np.newaxis], threshold, overlapping_only=True).totals[0])
    steps: list[Json] = [
        {"pair": name_pair(table, int(pair)), "p": float(np.exp(log)), "total": float(total)}
        for pair, log, total in zip(point.pairs[0], point.logs[0], point.path[0], strict=True)
    ]
    return {
        "steps": steps,
        "total_without_pairs_that_share_nobody": without_empty if np.isfinite(without_empty) else None,
        "leave_one_list_out": leave_each_out(table, lambda one: point_stepwise(one, threshold)),
    }
