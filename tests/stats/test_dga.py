"""Averaging over decomposable graphs: the graphs themselves, the posterior, and the numbers of the R package dga."""

from itertools import combinations
from math import exp, lgamma, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stats.published import shared_table, uk_table

from zicht.stats.dga import estimate_dga, spread_points, weigh_totals
from zicht.stats.errors import TooManyListsForGraphs, WrongSetting
from zicht.stats.graphs import Graphs, list_graphs, write_sets
from zicht.stats.tables import make_table

Edges = frozenset[tuple[int, int]]

three_lists = st.lists(st.integers(0, 40), min_size=7, max_size=7).map(lambda counts: [0, *counts])
# Median and 95% bounds of R's dga 2.0.2 (`peers.csv`), for the unseen up to so many times the observed.
PEERS = [
    ("kosovo_1999_4lists", 10, 12593, 9818, 16557),
    ("kosovo_1999_4lists", 30, 12593, 9818, 16557),
    ("netherlands_2010_2015_5lists", 10, 47880, 40874, 55462),
    ("netherlands_2010_2015_5lists", 30, 50270, 41616, 203328),
    ("new_orleans_5lists", 10, 865, 510, 1641),
    ("new_orleans_5lists", 30, 869, 514, 1763),
    ("uk_2013_5lists", 10, 22356, 10353, 29470),
    ("uk_2013_5lists", 30, 23016, 10408, 33481),
]


# --- slow and obvious --------------------------------------------------------------------------------------------
def bits(chosen: tuple[int, ...]) -> int:
    return sum(1 << one for one in chosen)


def is_hole(points: tuple[int, ...], edges: Edges) -> bool:
    """Tell whether these points are a circle without a shortcut."""
    around = {one: [other for other in points if (one, other) in edges or (other, one) in edges] for one in points}
    if any(len(others) != 2 for others in around.values()):
        return False
    seen, last = [points[0]], points[0]
    while following := [other for other in around[last] if other not in seen]:
        last = following[0]
        seen.append(last)
    return len(seen) == len(points)


def slow_graphs(lists: int) -> list[Edges]:
    """Give the graphs without holes of four points or more."""
    pairs = list(combinations(range(lists), 2))
    subsets = [points for size in range(4, lists + 1) for points in combinations(range(lists), size)]
    graphs = [frozenset(chosen) for size in range(len(pairs) + 1) for chosen in combinations(pairs, size)]
    return [edges for edges in graphs if not any(is_hole(points, edges) for points in subsets)]


def slow_cliques(lists: int, edges: Edges) -> set[int]:
    complete = [
        bits(points)
        for size in range(1, lists + 1)
        for points in combinations(range(lists), size)
        if all(pair in edges for pair in combinations(points, 2))
    ]
    return {one for one in complete if not any(one != other and one & other == one for other in complete)}


def slow_margin(cells: list[float], chosen: int, delta: float) -> float:
    """Give the log marginal likelihood of the table that is summed over the lists that are not chosen."""
    kept = [cell for cell in range(len(cells)) if cell & ~chosen == 0]
    prior = delta * len(cells) / len(kept)
    total = lgamma(delta * len(cells)) - lgamma(sum(cells) + delta * len(cells))
    for cell in kept:
        inside = sum(count for history, count in enumerate(cells) if history & chosen == cell)
        total += lgamma(inside + prior) - lgamma(prior)
    return total


def slow_posterior(counts: list[int], unseen: list[int], graphs: Graphs, delta: float) -> list[list[float]]:
    """Give the joint probabilities of graph and total, one by one."""
    observed = sum(counts)
    joint = []
    for graph in range(len(graphs)):
        row = []
        for number in unseen:
            cells = [float(number), *map(float, counts[1:])]
            logs = sum(slow_margin(cells, one, delta) for one in graphs.cliques(graph))
            logs -= sum(slow_margin(cells, one, delta) for one in graphs.separators(graph))
            row.append(logs + lgamma(observed + number + 1) - lgamma(number + 1) - log(observed + number))
        joint.append(row)
    top = max(max(row) for row in joint)
    whole = sum(exp(one - top) for row in joint for one in row)
    return [[exp(one - top) / whole for one in row] for row in joint]


# --- graphs ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("lists", "graphs"), [(2, 2), (3, 8), (4, 61), (5, 822), (6, 18154)])
def test_there_are_as_many_chordal_graphs_as_are_known(lists: int, graphs: int) -> None:
    assert len(list_graphs(lists)) == graphs  # sequence A058862 of the OEIS


@pytest.mark.parametrize("lists", [2, 3, 4, 5])
def test_graphs_are_those_without_holes_and_cliques_those_that_can_be_seen(lists: int) -> None:
    found = list_graphs(lists)
    expected = {frozenset(slow_cliques(lists, edges)) for edges in slow_graphs(lists)}
    assert {frozenset(found.cliques(graph)) for graph in range(len(found))} == expected


@pytest.mark.parametrize("lists", [3, 5])
def test_separators_are_the_overlaps_along_a_tree_of_cliques(lists: int) -> None:
    graphs = list_graphs(lists)
    for graph in range(len(graphs)):
        cliques = graphs.cliques(graph)
        # A tree of the largest overlaps (Kruskal) is a junction tree (Jensen & Jensen 1994).
        joined, overlaps = {one: one for one in cliques}, []
        for one, other in sorted(combinations(cliques, 2), key=lambda pair: -(pair[0] & pair[1]).bit_count()):
            if joined[one] != joined[other]:
                overlaps.append(one & other)
                joined = {clique: joined[one] if root == joined[other] else root for clique, root in joined.items()}
        assert sorted(graphs.separators(graph)) == sorted(overlaps)


def test_the_first_graph_has_no_edges_and_the_last_has_all() -> None:
    graphs = list_graphs(4)
    assert write_sets(graphs.cliques(0)) == "[1,2,3,4]"
    assert write_sets(graphs.cliques(len(graphs) - 1)) == "[1234]"


# --- posterior ---------------------------------------------------------------------------------------------------
@settings(max_examples=10)
@given(three_lists, st.sampled_from([0.125, 0.5]))
def test_probabilities_are_those_of_adding_up_one_by_one(counts: list[int], delta: float) -> None:
    counts[3] += 1
    graphs, unseen = list_graphs(3), [1, 2, 5, 20, 100]
    fast = weigh_totals(np.array(counts), graphs, np.array(unseen), delta)
    slow = np.array(slow_posterior(counts, unseen, graphs, delta))
    np.testing.assert_allclose(fast.chances, slow.sum(axis=0), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(fast.of_graphs, slow.sum(axis=1), rtol=1e-9, atol=1e-12)


def test_batches_do_not_change_the_probabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    table, graphs, unseen = uk_table(), list_graphs(5), spread_points(50_000, 100)
    at_once = weigh_totals(table.counts, graphs, unseen, 1 / 32)
    monkeypatch.setattr("zicht.stats.dga.MOST_NUMBERS", 700)
    in_parts = weigh_totals(table.counts, graphs, unseen, 1 / 32)
    np.testing.assert_allclose(in_parts.chances, at_once.chances, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(in_parts.of_graphs, at_once.of_graphs, rtol=1e-9, atol=1e-12)


@settings(max_examples=20)
@given(three_lists, st.permutations(range(3)))
def test_the_order_of_the_lists_does_not_matter(counts: list[int], order: list[int]) -> None:
    counts[6] += 1
    moved = [0] * 8
    for history, count in enumerate(counts):
        moved[sum((history >> old & 1) << new for new, old in enumerate(order))] = count
    one = estimate_dga(make_table(("A", "B", "C"), counts))
    other = estimate_dga(make_table(("D", "E", "F"), moved))
    assert (one.total, one.lower, one.upper) == pytest.approx((other.total, other.lower, other.upper), abs=1)


def test_the_total_and_its_bounds_are_those_of_the_r_package() -> None:
    found = estimate_dga(uk_table())
    assert (found.total, found.lower, found.upper) == (23016, 10408, 33481)
    assert found.diagnostics["mode"] == 11727
    assert found.diagnostics["mean"] == pytest.approx(21282.2, abs=0.05)


@pytest.mark.parametrize(("name", "reach", "total", "lower", "upper"), PEERS)
def test_every_table_gives_what_the_r_package_gave(
    shared: Path, name: str, reach: int, total: int, lower: int, upper: int
) -> None:
    found = estimate_dga(shared_table(shared, name), reach=reach)
    assert (found.total, found.lower, found.upper) == (total, lower, upper)


# --- what is said ------------------------------------------------------------------------------------------------
def test_a_bound_that_hangs_on_the_range_is_said(shared: Path) -> None:
    said = " ".join(map(str, estimate_dga(shared_table(shared, "netherlands_2010_2015_5lists")).warnings))
    assert "up to 10 instead of 30 times the observed, the total would be 47798 (40874 to 55463)" in said


def test_probability_at_the_end_of_the_range_is_said() -> None:
    found = estimate_dga(uk_table(), reach=4)
    assert "which ends at 13720 persons" in " ".join(map(str, found.warnings))


def test_a_grid_that_is_too_coarse_is_made_finer_and_not_wider() -> None:
    table = make_table(("A", "B", "C"), [0, 80_000, 80_000, 20_000, 80_000, 20_000, 20_000, 5_000])
    found = estimate_dga(table)
    assert found.total == pytest.approx(625_000, rel=0.01)  # three lists with one fifth each, so 0.8**3 unseen
    step = found.diagnostics["step"]
    assert isinstance(step, int)
    assert step < 305_000 * 30 / 4_999
    assert "were tried" in str(found.warnings[0])


def test_two_lists_are_said_to_rest_on_the_prior_alone() -> None:
    found = estimate_dga(make_table(("A", "B"), [0, 100, 100, 25]))
    assert any("all lists depend on each other" in str(caution) for caution in found.warnings)


def test_seven_lists_are_refused_with_what_to_do() -> None:
    with pytest.raises(TooManyListsForGraphs, match=r"at most 6 lists, and the table has 7\. Merge lists"):
        estimate_dga(make_table("ABCDEFG", [0, *range(1, 128)]))


@pytest.mark.parametrize("wrong", [{"level": 1.0}, {"reach": 0}, {"points": 1}, {"delta": 0.0}])
def test_a_setting_without_meaning_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(WrongSetting):
        estimate_dga(uk_table(), **wrong)  # type: ignore[arg-type]


def test_six_lists_are_weighed_too(shared: Path) -> None:
    found = estimate_dga(shared_table(shared, "uk_2013_6lists"))
    assert found.diagnostics["graphs"] == 18154
    assert sum(tried.weight for tried in found.models) > 0.9
