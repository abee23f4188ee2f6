"""One model over all strata: equal to separate fits where nothing is shared, and to slow recomputations elsewhere."""

from collections.abc import Callable
from itertools import product
from math import exp, lgamma, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.stats import poisson
from tests.stats.published import UK_LISTS, uk_table

from zicht.stats.bounded_fits import Counts, fit_counts
from zicht.stats.covariates import estimate_covariates
from zicht.stats.errors import NoStrata, UnknownList, WrongSetting
from zicht.stats.fits import fit_models
from zicht.stats.models import main_effects, make_model, pairs_of, read_model
from zicht.stats.strata_designs import BY_FACTOR, BY_STRATUM, SAME, WAYS, Effects
from zicht.stats.table_files import read_table
from zicht.stats.tables import OverlapTable, make_stratified_table

APART = Effects(BY_STRATUM, BY_STRATUM, BY_STRATUM)
TOGETHER = Effects(BY_STRATUM, SAME, SAME)

Floats = NDArray[np.float64]

small_counts = st.lists(st.integers(0, 60), min_size=7, max_size=7).map(lambda counts: [0, *counts])


def two_regions(one: list[int], other: list[int]) -> OverlapTable:
    return make_stratified_table(("A", "B", "C"), {("north",): one, ("south",): other}, ("region",))


@pytest.fixture
def scotland(shared: Path) -> OverlapTable:
    """Give people who inject drugs in Scotland in 2006 (King et al. 2013), by region, gender and age."""
    path = shared / "data" / "mse" / "extra_scotpwid_2006_4lists_covariates.csv"
    return read_table(path, ("region", "gender", "age"))


NORTH, SOUTH = [0, 90, 120, 25, 60, 14, 18, 6], [0, 40, 33, 9, 71, 12, 16, 3]


# --- equal to separate fits --------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["[1,2,3]", "[12,3]", "[12,13]", "[12,13,23]"])
def test_with_every_effect_its_own_the_model_is_separate_fits(text: str) -> None:
    table, model = two_regions(NORTH, SOUTH), read_model(text, 3)
    separate = fit_models(np.array([NORTH, SOUTH]), np.array([model, model])).totals
    assert estimate_covariates(table, model, APART).total == pytest.approx(separate.sum(), rel=1e-8)


@settings(max_examples=10)
@given(small_counts, small_counts, st.sampled_from(["[1,2,3]", "[12,3]", "[12,13]"]))
def test_whether_there_is_an_estimate_and_what_it_is_are_those_of_separate_fits(
    one: list[int], other: list[int], text: str
) -> None:
    for counts in (one, other):
        counts[7] += 1
        counts[1] += 1
    model = read_model(text, 3)
    separate = fit_models(np.array([one, other]), np.array([model, model]))
    found = estimate_covariates(two_regions(one, other), model, APART)
    if np.any(separate.statuses):
        assert found.total is None
    else:
        assert found.total == pytest.approx(separate.totals.sum(), rel=1e-8)


def test_scotland_by_stratum_is_eight_separate_fits(scotland: OverlapTable) -> None:
    separate = fit_models(scotland.by_group, np.repeat(main_effects(4)[np.newaxis], 8, axis=0)).totals
    found = estimate_covariates(scotland, effects=APART)
    assert found.total == pytest.approx(separate.sum(), rel=1e-8)
    strata = found.diagnostics["strata"]
    assert isinstance(strata, list)
    assert [one["total"] for one in strata if isinstance(one, dict)] == pytest.approx(separate.tolist(), rel=1e-8)


# --- slow and obvious --------------------------------------------------------------------------------------------
def slow_mean(history: int, intercept: float, effects: Floats) -> float:
    """Give the mean of independent lists, with one more effect of the pair AB where there are four."""
    on = [history >> one & 1 for one in range(3)]
    pair = effects[3] if len(effects) == 4 else 0.0
    return exp(intercept + sum(on[one] * effects[one] for one in range(3)) + on[0] * on[1] * pair)


def slow_value(table: OverlapTable, intercepts: Floats, effects: Floats, bounds: set[int]) -> float:
    total = 0.0
    for place, history in product(range(2), range(1, 8)):
        mean, count = slow_mean(history, intercepts[place], effects), int(table.by_group[place, history])
        point = count * log(mean) - mean - lgamma(count + 1)
        total += float(poisson.logcdf(count, mean)) if history in bounds else point
    return total


def search(value: Callable[[Floats], float], start: list[float]) -> tuple[Floats, float]:
    """Find a maximum without derivatives being given."""
    options = {"gtol": 1e-7, "maxiter": 999}
    found = minimize(lambda x: -value(x), np.array(start), method="BFGS", options=options)  # type: ignore[call-overload]
    return found.x, -float(found.fun)


@pytest.mark.parametrize(
    ("text", "censored", "bounds"),
    [("[12,3]", (), set()), ("[1,2,3]", ("C",), {4}), ("[12,3]", ("A",), {1})],
)
def test_shared_effects_are_at_the_maximum_that_a_blind_search_finds(
    text: str, censored: tuple[str, ...], bounds: set[int]
) -> None:
    table = two_regions(NORTH, [0, 40, 33, 9, 400, 12, 16, 3])
    start = [log(50), log(50)] + [0.0] * (4 if "12" in text else 3)
    best, _ = search(lambda x: slow_value(table, x[:2], x[2:], bounds), start)
    slow = exp(best[0]) + exp(best[1])
    for place, history in product(range(2), range(1, 8)):
        counts = np.arange(int(table.by_group[place, history]) + 1)
        chances = poisson.pmf(counts, slow_mean(history, best[place], best[2:]))
        slow += (counts * chances).sum() / chances.sum() if history in bounds else counts[-1]
    assert estimate_covariates(table, read_model(text, 3), TOGETHER, censored).total == pytest.approx(slow, rel=1e-4)


def test_bounds_are_where_the_likelihood_of_a_fixed_sum_of_unseen_has_fallen_enough() -> None:
    table = two_regions(NORTH, SOUTH)

    def best(unseen: float) -> float:
        """Give the maximum with the second intercept left free and the first set so that the sum is right."""

        def value(x: Floats) -> float:
            first = log(unseen) - float(np.logaddexp(0, x[0]))
            return slow_value(table, np.array([first, first + x[0]]), x[1:], set())

        return search(value, [0.0] * 5)[1]

    found = estimate_covariates(table, read_model("[12,3]", 3), TOGETHER)
    assert found.total is not None
    top = best(found.total - found.observed)
    for end in (found.lower, found.upper):
        assert end is not None
        assert 2 * (top - best(end - found.observed)) == pytest.approx(3.8415, abs=2e-3)


def test_one_stratum_profiled_is_the_poisson_fit_with_its_intercept_held(scotland: OverlapTable) -> None:
    found = estimate_covariates(scotland, effects=APART)
    strata = found.diagnostics["strata"]
    assert isinstance(strata, list)
    first = strata[0]
    assert isinstance(first, dict)
    counts = scotland.by_group[0]
    on = np.arange(1, 16)[:, np.newaxis] >> np.arange(4) & 1

    def drop(intercept: float) -> float:
        slopes = np.zeros(4)
        for _ in range(50):
            means = np.exp(intercept + on @ slopes)
            slopes += np.linalg.solve(on.T @ (on * means[:, np.newaxis]), on.T @ (counts[1:] - means))
        means = np.exp(intercept + on @ slopes)
        return float(counts[1:] @ np.log(means) - means.sum())

    assert isinstance(first["unseen"], float)
    best = log(first["unseen"])
    least = drop(best) - 3.841458820694124 / 2
    upper = brentq(lambda x: drop(x) - least, best, best + 2)
    assert first["upper"] == pytest.approx(counts.sum() + exp(upper), rel=1e-6)


# --- censoring ---------------------------------------------------------------------------------------------------
def test_a_bound_that_is_far_above_what_the_rest_says_changes_nothing_when_it_is_raised() -> None:
    totals = []
    for alone in (5_000, 50_000):
        table = two_regions([0, 90, 120, 25, alone, 14, 18, 6], [0, 40, 33, 9, alone, 12, 16, 3])
        totals.append(estimate_covariates(table, effects=TOGETHER, censored=("C",)).total)
    assert totals[0] == pytest.approx(totals[1], rel=1e-9)


def test_censoring_lowers_the_estimate_where_a_list_has_too_many_alone(scotland: OverlapTable) -> None:
    counted, censored = (estimate_covariates(scotland, censored=lists) for lists in ((), ("S4",)))
    assert counted.total is not None
    assert censored.total is not None
    assert censored.total < counted.total
    assert any("684 persons that are only on S4" in str(caution) for caution in censored.warnings)


# --- properties --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lists", WAYS)
def test_the_total_scales_with_the_counts(lists: str) -> None:
    effects = Effects(BY_STRATUM, lists, SAME)
    once = estimate_covariates(two_regions(NORTH, SOUTH), effects=effects).total
    table = two_regions([7 * count for count in NORTH], [7 * count for count in SOUTH])
    assert once is not None
    assert estimate_covariates(table, effects=effects).total == pytest.approx(7 * once, rel=1e-9)


def test_one_factor_by_factor_is_by_stratum() -> None:
    table = two_regions(NORTH, SOUTH)
    by_factor, by_stratum = (
        estimate_covariates(table, effects=Effects(way, way, way)) for way in (BY_FACTOR, BY_STRATUM)
    )
    assert by_factor.total == pytest.approx(by_stratum.total, rel=1e-9)
    assert by_factor.upper == pytest.approx(by_stratum.upper, rel=1e-6)


def test_totals_of_strata_add_up_to_that_of_all_where_one_model_holds(scotland: OverlapTable) -> None:
    found = estimate_covariates(scotland, make_model(4, pairs_of(4)))
    strata = found.diagnostics["strata"]
    assert isinstance(strata, list)
    totals = [one["total"] for one in strata if isinstance(one, dict)]
    assert sum(total for total in totals if isinstance(total, float)) == pytest.approx(found.total, rel=1e-12)


def test_a_stratum_without_anybody_is_left_out_and_said() -> None:
    table = two_regions(NORTH, [0] * 8)
    found = estimate_covariates(table, effects=TOGETHER)
    alone = fit_models(np.array([NORTH]), main_effects(3)[np.newaxis]).totals[0]
    assert found.total == pytest.approx(alone, rel=1e-8)
    assert any("In south nobody is on any list" in str(caution) for caution in found.warnings)


def test_a_bound_on_the_only_cell_that_tells_the_unseen_is_no_estimate() -> None:
    """With a pair AB, who is on no list is known only from who is on C alone."""
    found = estimate_covariates(two_regions(NORTH, SOUTH), read_model("[12,3]", 3), TOGETHER, ("C",))
    assert found.total is None
    assert any("no extended maximum likelihood estimate" in str(caution) for caution in found.warnings)


def test_what_is_not_identified_is_not_estimated() -> None:
    cells = Counts(np.array([[1, 1, 0], [1, 0, 1]]), np.array([5, 9]), np.zeros(2, bool), np.array([[1, 0, 0]]))
    assert fit_counts(cells).status == 2


# --- what is refused ---------------------------------------------------------------------------------------------
def test_a_table_that_is_not_split_is_refused_with_what_to_do() -> None:
    with pytest.raises(NoStrata, match="Add a column “stratum”"):
        estimate_covariates(uk_table())


def test_a_wrong_way_or_list_is_refused_with_the_right_ones() -> None:
    table = two_regions(NORTH, SOUTH)
    with pytest.raises(WrongSetting, match="same or factor or stratum"):
        estimate_covariates(table, effects=Effects(lists="all"))
    with pytest.raises(UnknownList, match="The lists are: A, B, C"):
        estimate_covariates(table, censored=UK_LISTS[:1])
