"""Our numbers beside those of R packages on the published tables (data/peers.csv), to as many digits as they print."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest

from zicht.stats.bic import estimate_bic, lowest_totals, rank
from zicht.stats.bootstrap import Bounds, draw_replicates, find_bounds, leave_one_person_out
from zicht.stats.fits import fit_models
from zicht.stats.loglinear import estimate_loglinear
from zicht.stats.models import make_model, read_model, write_model
from zicht.stats.shipped import PEERS, read_shipped
from zicht.stats.stepwise import estimate_stepwise, select
from zicht.stats.tables import OverlapTable

CLOSE = 2e-6  # share: the peers print six to nine digits
WALD_CLOSE = 1e-4  # they take the standard error one step before the fit has settled
PROFILE_CLOSE = 4e-6  # their search for an edge of the likelihood stops a little earlier
SEEDS, BIC_SEEDS = 40, 10  # a bound of stepwise hangs on the very last replicates, and is judged by more


@dataclass(frozen=True)
class Peer:
    """Hold one row."""

    dataset: str
    package: str
    call: str
    estimate: float
    lower: float
    upper: float
    note: str

    @property
    def table(self) -> OverlapTable:
        return read_shipped(self.dataset)

    def __str__(self) -> str:
        return f"{self.dataset}-{self.package.split()[0]}-{self.estimate:.6g}-{self.lower:.4g}"


def read_peers() -> list[Peer]:
    """Read the rows; the 80% interval of a run stands on a row of its own, whose call is that of the row before."""
    peers: list[Peer] = []
    with PEERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            call = row["call"]
            if call.startswith("same"):
                call = f"{peers[-1].call} | {call}"
            estimate, lower, upper = (read_number(row[name]) for name in ("estimate", "lower", "upper"))
            peers.append(Peer(row["dataset"], row["package"].split()[0], call, estimate, lower, upper, row["note"]))
    return peers


def read_number(text: str) -> float:
    return float(text) if text.replace(".", "").isdigit() else np.nan


ALL = read_peers()


def peers(package: str, pattern: str) -> list[Peer]:
    found = [peer for peer in ALL if peer.package == package and re.search(pattern, peer.call)]
    assert found, f"no rows of {package} match {pattern}"
    return found


@pytest.mark.parametrize("peer", peers("SparseMSE", r"estimatepopulation\.0"), ids=str)
def test_stepwise_selects_what_sparsemse_selects_and_its_wald_bounds_are_ours(peer: Peer) -> None:
    threshold = float(re.search(r"pthresh=([0-9.]+)", peer.call)[1])  # type: ignore[index]
    table = peer.table
    selection = select(table.counts[np.newaxis], threshold)
    assert selection.totals[0] == pytest.approx(peer.estimate, rel=CLOSE)
    ours = estimate_loglinear(table, selection.models[0])
    assert ours.lower == pytest.approx(peer.lower, rel=WALD_CLOSE)
    assert ours.upper == pytest.approx(peer.upper, rel=WALD_CLOSE)
    # Pairs that share nobody are in the model as minus infinity and not among the coefficients that the peer names.
    named = {word for word in peer.note.split() if ":" in word}
    added = {pair for pair in selection.pairs[0].tolist() if selection.models[0, pair]}
    together = {pair for pair in added if overlap_of(table, pair)}
    assert {":".join(name for place, name in enumerate(table.lists) if pair >> place & 1) for pair in together} == named


def overlap_of(table: OverlapTable, pair: int) -> int:
    return int(sum(count for history, count in enumerate(table.counts.tolist()) if history & pair == pair))


@lru_cache
def draw_stepwise(dataset: str) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    table = read_shipped(dataset)
    fewer, weights = leave_one_person_out(table)
    replicates = select(draw_replicates(table, 1000 * SEEDS, seed=5), 0.02).totals
    total = float(select(table.counts[np.newaxis], 0.02).totals[0])
    return total, select(fewer, 0.02).totals, weights, replicates.reshape(SEEDS, 1000)


BOOTSTRAPPED = [
    *peers("SparseMSE", r"estimatepopulation\(.*nboot=1000"),
    *peers("MultipleSystemsEstimation", "stepwise.*nboot=1000"),
]


@pytest.mark.parametrize("peer", BOOTSTRAPPED, ids=str)
def test_a_bound_of_stepwise_lies_where_ours_lie_over_many_seeds(peer: Peer) -> None:
    total, without_one, weights, replicates = draw_stepwise(peer.dataset)
    assert total == pytest.approx(peer.estimate, rel=CLOSE)
    level = 0.8 if "80%" in peer.call else 0.95
    each = [find_bounds(total, one, without_one, weights, level) for one in replicates]
    assert_among(peer, each)


def assert_among(peer: Peer, each: list[Bounds]) -> None:
    for theirs, ours in ((peer.lower, [one.lower for one in each]), (peer.upper, [one.upper for one in each])):
        values = np.array(ours, dtype=float)
        assert abs(theirs - values.mean()) <= 3 * values.std(ddof=1)


@pytest.mark.parametrize("peer", peers("MultipleSystemsEstimation", "bic.*nboot=0"), ids=str)
def test_the_lowest_bic_is_that_of_multiplesystemsestimation(peer: Peer) -> None:
    order = int(re.search(r"maxorder=(\d)", peer.call)[1])  # type: ignore[index]
    assert estimate_bic(peer.table, order, times=0).total == pytest.approx(peer.estimate, rel=CLOSE)


@pytest.mark.parametrize("peer", peers("MultipleSystemsEstimation", r"^MultipleS.*method='auto'.* 95% BCa$"), ids=str)
def test_a_bound_of_bic_lies_where_ours_lie_over_ten_seeds(peer: Peer) -> None:
    asked = re.search(r"ntopmodels=(\d+)", peer.call)
    table, top = peer.table, int(asked[1]) if asked else 20
    ranking = rank(table, 3)
    assert write_model(ranking.models[0]) == peer.note
    assert ranking.totals[0] == pytest.approx(peer.estimate, rel=CLOSE)
    models = ranking.models[:top]
    beta = fit_models(table.counts, models).beta
    fewer, weights = leave_one_person_out(table)
    without_one = lowest_totals(fewer, models, beta)
    replicates = lowest_totals(draw_replicates(table, 1000 * BIC_SEEDS, seed=5), models, beta).reshape(BIC_SEEDS, 1000)
    each = [find_bounds(float(ranking.totals[0]), one, without_one, weights, 0.95) for one in replicates]
    assert_among(peer, each)


@pytest.mark.parametrize("peer", peers("Rcapture", "closedpMS"), ids=str)
def test_the_lowest_bic_of_rcapture_and_its_wald_bounds_are_ours(peer: Peer) -> None:
    best = estimate_bic(peer.table, 2, times=0)
    assert best.total == pytest.approx(peer.estimate, rel=CLOSE)
    assert f"{best.model} (Wald)" == peer.note
    diagnostics = estimate_loglinear(peer.table, read_model(best.model, len(peer.table.lists))).diagnostics
    assert diagnostics["lower_symmetric"] == pytest.approx(peer.lower, rel=2e-5)  # they take 1.96 for 1.959964
    assert diagnostics["upper_symmetric"] == pytest.approx(peer.upper, rel=2e-5)


@pytest.mark.parametrize("peer", peers("Rcapture", "closedpCI"), ids=str)
def test_the_profile_of_rcapture_is_ours(peer: Peer) -> None:
    lists = len(peer.table.lists)
    profile = estimate_loglinear(peer.table, read_model(peer.note, lists) if peer.note else None).profile
    assert profile is not None
    assert profile.total == pytest.approx(peer.estimate, rel=PROFILE_CLOSE)
    assert profile.lower == pytest.approx(peer.lower, rel=PROFILE_CLOSE)
    if not np.isnan(peer.upper):  # they gave up at 8,250.6
        assert profile.upper == pytest.approx(peer.upper, rel=PROFILE_CLOSE)


@pytest.mark.parametrize("peer", peers("modslavmse", r"mainonly=TRUE"), ids=str)
def test_main_effects_of_modslavmse_are_our_profile(peer: Peer) -> None:
    profile = estimate_loglinear(peer.table).profile
    assert profile is not None
    assert profile.total == pytest.approx(peer.estimate, rel=PROFILE_CLOSE)
    assert profile.lower == pytest.approx(peer.lower, rel=PROFILE_CLOSE)
    assert profile.upper == pytest.approx(peer.upper, rel=PROFILE_CLOSE)


@pytest.mark.parametrize(
    ("name", "order", "total", "model"),
    [
        ("uk_2013_5lists", 2, 22991, "[12,13,23,25,34]"),
        ("uk_2013_5lists", 3, 25311, "[123,25,34]"),
        ("netherlands_2010_2015_5lists", 2, 48013, None),
        ("netherlands_2010_2015_5lists", 3, 148789, "[135,12,24,34]"),
        ("kosovo_1999_4lists", 2, 14342, None),
        ("kosovo_1999_4lists", 3, 10357, "[123,14,34]"),
    ],
)
def test_the_published_lowest_bic_is_ours(name: str, order: int, total: int, model: str | None) -> None:
    result = estimate_bic(read_shipped(name), order, times=0)
    assert result.total is not None
    assert round(result.total) == total
    assert model in (None, result.model)


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("uk_2013_5lists", "LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO"),
        ("netherlands_2010_2015_5lists", "IO:Z P:Z P:R IO:P K:R IO:K"),
        ("netherlands_2010_2015_6lists", "O:Z P:Z I:Z P:R O:P K:R I:K K:O"),
        ("new_orleans_8lists", "D:E"),
        ("extra_hiv_rome_4lists", ""),
    ],
)
def test_pairs_are_added_in_the_published_order(name: str, pairs: str) -> None:
    steps = estimate_stepwise(read_shipped(name), times=0).diagnostics["steps"]
    assert isinstance(steps, list)
    assert [step["pair"] for step in steps if isinstance(step, dict)] == pairs.split()


def test_an_emptied_list_is_treated_as_multiplesystemsestimation_does() -> None:
    table = read_shipped("new_orleans_8lists")
    counts = table.counts.copy()
    counts[np.arange(256) >> 1 & 1 == 1] = 0
    # 1177.2 by MultipleSystemsEstimation 1.2.0; SparseMSE, which then adds no pair, gives 977.5.
    assert select(counts[np.newaxis], 0.02).totals[0] == pytest.approx(1177.2, abs=0.05)


def test_hiv_in_rome_has_the_total_that_was_recomputed() -> None:
    assert select(read_shipped("extra_hiv_rome_4lists").counts[np.newaxis], 0.02).totals[0] == pytest.approx(
        11124.58, abs=0.005
    )


def test_a_model_is_made_of_its_largest_terms() -> None:
    assert make_model(3, [0b011]).tolist() == read_model("[12,3]", 3).tolist()
