"""What must hold for every estimate, whatever the table: order, scale, empty lists, bounds, and what is said."""

import json
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, poisson

from zicht.stats.bic import estimate_bic, lowest_totals, rank
from zicht.stats.bootstrap import draw_replicates, find_bounds, leave_one_person_out, quantiles
from zicht.stats.errors import ModelRefused, TooManyModels, WrongModel
from zicht.stats.fits import fit_models
from zicht.stats.lattice import sum_supersets
from zicht.stats.loglinear import estimate_loglinear
from zicht.stats.models import all_models, main_effects, pairs_of, permute_models, read_model, write_model
from zicht.stats.results import Estimate
from zicht.stats.shipped import read_shipped
from zicht.stats.simulate import draw_populations, draw_tables, hide_unseen
from zicht.stats.stepwise import SAME, estimate_stepwise, select
from zicht.stats.tables import OverlapTable, leave_out, make_table
from zicht.stats.tails import log_smaller_tail

FOUR = read_shipped("uk_2013_4lists")


def reorder(table: OverlapTable, order: tuple[int, ...]) -> OverlapTable:
    """Write the same table with its lists in another order."""
    moved = np.zeros_like(table.counts)
    for history, count in enumerate(table.counts.tolist()):
        moved[sum((history >> old & 1) << new for new, old in enumerate(order))] = count
    return make_table([table.lists[old] for old in order], moved)


def bounds_of(result: Estimate) -> list[float | None]:
    return [result.total, result.lower, result.upper]


@pytest.mark.parametrize("order", list(permutations(range(4)))[1::7])
def test_neither_totals_nor_bounds_depend_on_the_order_of_the_lists(order: tuple[int, ...]) -> None:
    other = reorder(FOUR, order)
    for estimate in (estimate_loglinear, estimate_bic, estimate_stepwise):
        assert bounds_of(estimate(other)) == pytest.approx(bounds_of(estimate(FOUR)), rel=1e-9)


def test_the_same_seed_gives_the_same_bounds_and_another_seed_others() -> None:
    once, again, other = (estimate_stepwise(FOUR, times=200, seed=seed) for seed in (4, 4, 5))
    assert bounds_of(once) == bounds_of(again)
    assert once.lower != other.lower


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=7, max_size=7), st.integers(2, 40))
def test_the_total_of_a_fixed_model_scales_with_the_counts(counts: list[int], times: int) -> None:
    table = np.array([0, *counts])
    table[[1, 2, 4, 3, 5, 6]] += 1
    models = all_models(3, 2)
    once, more = fit_models(table, models), fit_models(times * table, models)
    assert (once.statuses == more.statuses).all()
    assert more.totals == pytest.approx(times * once.totals, rel=1e-9)


def test_an_empty_list_changes_nothing_but_is_said() -> None:
    with_empty = make_table((*FOUR.lists, "empty"), np.concatenate([FOUR.counts, np.zeros(16, int)]))
    result = estimate_stepwise(with_empty, times=0)
    assert result.total == pytest.approx(estimate_stepwise(FOUR, times=0).total, rel=1e-9)
    assert any("Nobody is on the list empty" in str(caution) for caution in result.warnings)


def test_an_interval_says_of_which_kind_it_is_and_holds_the_estimate() -> None:
    for result, kind in (
        (estimate_loglinear(FOUR), "wald"),
        (estimate_stepwise(FOUR), "bca"),
        (estimate_bic(FOUR), "bca"),
    ):
        assert result.interval == kind
        assert result.lower is not None
        assert result.upper is not None
        assert result.total is not None
        assert FOUR.observed < result.lower < result.total < result.upper
        assert result.unseen == result.total - FOUR.observed
        assert result.coverage == FOUR.observed / result.total
        assert result.coverage_bounds == (FOUR.observed / result.upper, FOUR.observed / result.lower)
        json.dumps(result.to_json(), allow_nan=False)


def test_a_higher_level_gives_wider_bounds() -> None:
    narrow, wide = (estimate_loglinear(FOUR, level=level) for level in (0.5, 0.99))
    assert narrow.lower > wide.lower  # type: ignore[operator]
    assert narrow.upper < wide.upper  # type: ignore[operator]
    assert narrow.profile.lower > wide.profile.lower  # type: ignore[union-attr]


def test_an_expected_table_gives_back_the_total_it_was_made_from() -> None:
    chances = np.array([0.3, 0.2, 0.4])
    counts = np.ones(8)
    for one, chance in enumerate(chances):
        counts *= np.where(np.arange(8) >> one & 1, chance, 1 - chance)
    whole = np.rint(1_000_000 * counts).astype(int)
    table = make_table(("A", "B", "C"), [0, *whole[1:].tolist()])
    assert estimate_loglinear(table).total == pytest.approx(1_000_000, rel=1e-4)


def test_the_artificial_table_is_said_to_have_no_estimate_or_not_to_be_identifiable() -> None:
    table = read_shipped("artificial_3lists")
    for text, sentence in (("[12,3]", "no extended maximum likelihood estimate"), ("[12,13,23]", "not identifiable")):
        result = estimate_loglinear(table, read_model(text, 3))
        assert result.total is None
        assert sentence in str(result.warnings[0])
    assert estimate_loglinear(table, read_model("[13,23]", 3)).total is not None


def test_leaving_a_list_out_gives_what_the_table_without_it_gives() -> None:
    without = estimate_stepwise(FOUR, times=0).diagnostics["leave_one_list_out"]
    assert isinstance(without, dict)
    for name in FOUR.lists:
        assert without[name] == estimate_stepwise(leave_out(FOUR, name), times=0).total


def test_replicates_that_choose_a_model_are_its_weight() -> None:
    weights = [tried.weight for tried in estimate_stepwise(FOUR, times=300).models]
    assert sum(weights) == pytest.approx(1)
    assert weights == sorted(weights, reverse=True)


# --- the parts, against slow and obvious computations ---


def slow_selection(counts: np.ndarray, threshold: float) -> list[int]:
    """Add pairs one at a time, by the words of the definition."""
    model = main_effects(counts.size.bit_length() - 1)
    added: list[int] = []
    while True:
        fits = fit_models(counts, model[np.newaxis])
        means = fits.means()[0]
        best, least = 0, threshold
        for pair in pairs_of(counts.size.bit_length() - 1):
            if model[pair]:
                continue
            cells = [cell for cell in range(counts.size) if cell & pair == pair]
            together, expected = counts[cells].sum(), means[cells].sum()
            trial = model.copy()
            trial[pair] = True
            chance = min(poisson.cdf(together, expected), poisson.sf(together - 1, expected))
            # Equal chances differ in their last digit: the first pair then stays.
            if chance < least * (1 - SAME) and fit_models(counts, trial[np.newaxis]).statuses[0] == 0:
                best, least = pair, chance
        if not best:
            return added
        model[best] = True
        added.append(best)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_many_selections_at_once_are_what_one_by_one_gives(seed: int) -> None:
    table = read_shipped("new_orleans_5lists")
    counts = draw_replicates(table, 6, seed)
    selection = select(counts, 0.05)
    for row, one in enumerate(counts):
        assert [pair for pair in selection.pairs[row].tolist() if pair] == slow_selection(one, 0.05)


@given(st.integers(0, 400), st.floats(0.01, 400))
def test_a_tail_is_what_scipy_says_where_scipy_can_say_it(count: int, mean: float) -> None:
    ours = log_smaller_tail(np.array([float(count)]), np.array([mean]))[0]
    theirs = min(poisson.logcdf(count, mean), poisson.logsf(count - 1, mean))
    if np.isfinite(theirs):
        assert ours == pytest.approx(theirs, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(("count", "mean"), [(0, 2000.0), (5, 3000.0), (9000, 3000.0), (50_000, 60_000.0)])
def test_tails_too_small_for_doubles_still_have_an_order(count: int, mean: float) -> None:
    first = np.array([float(count)])
    ours = log_smaller_tail(first, np.array([mean]))[0]
    nearer = log_smaller_tail(first + np.sign(mean - count), np.array([mean]))[0]
    assert poisson.logpmf(count, mean) <= ours < poisson.logpmf(count, mean) + 5
    assert ours < nearer < -500


def test_bca_is_the_formula_of_the_paper() -> None:
    draws = np.random.default_rng(2)
    replicates, without_one = draws.gamma(3, 100, 999), draws.normal(300, 5, 7)
    weights = np.array([3, 1, 4, 1, 5, 9, 2])
    each = np.repeat(without_one, weights)
    apart = each.mean() - each
    a = (apart**3).sum() / (6 * (apart**2).sum() ** 1.5)
    z0 = norm.ppf(np.mean(replicates < 280))
    ends = [norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z))) for z in (norm.ppf(0.05), norm.ppf(0.95))]
    expected = [np.quantile(replicates, end, method="median_unbiased") for end in ends]
    ours = find_bounds(280.0, replicates, without_one, weights, 0.9)
    assert [ours.lower, ours.upper] == pytest.approx(expected, rel=1e-9)
    assert ours.kind == "bca"


def test_without_bias_or_influence_the_percentile_interval_is_given_and_said() -> None:
    replicates = np.arange(100.0, 200.0)
    for total, without_one in (
        (99.0, np.array([1.0, 2.0])),
        (150.0, np.array([5.0, 5.0])),
        (150.0, np.array([5.0, np.inf])),
    ):
        bounds = find_bounds(total, replicates, without_one, np.array([1, 1]), 0.9)
        assert bounds.kind == "percentile"
        assert [bounds.lower, bounds.upper] == pytest.approx(list(quantiles(replicates, np.array([0.05, 0.95]))))
        assert "percentile one, not BCa" in str(bounds.cautions[0])


def test_replicates_without_an_estimate_push_the_upper_bound_out_of_sight() -> None:
    replicates = np.concatenate([np.arange(100.0, 190.0), np.full(10, np.inf)])
    bounds = find_bounds(150.0, replicates, np.array([1.0, 2.0]), np.array([1, 1]), 0.9)
    assert bounds.upper is None
    assert "10.0% of the replicates have no estimate" in str(bounds.cautions[0])


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=30), st.floats(0, 1))
def test_quantiles_are_of_type_eight(values: list[float], share: float) -> None:
    ours = quantiles(np.array(values), np.array([share]))[0]
    assert ours == pytest.approx(np.quantile(values, share, method="median_unbiased"), abs=1e-9)


def test_one_person_fewer_stands_for_everybody_on_the_same_lists() -> None:
    fewer, weights = leave_one_person_out(FOUR)
    assert weights.sum() == FOUR.observed
    assert (fewer.sum(axis=1) == FOUR.observed - 1).all()
    assert len(fewer) == len(FOUR.histories)


def test_replicates_have_as_many_persons_on_the_same_combinations() -> None:
    drawn = draw_replicates(FOUR, 500, 1)
    assert (drawn.sum(axis=1) == FOUR.observed).all()
    assert not drawn[:, FOUR.counts == 0].any()
    assert drawn.mean(axis=0) == pytest.approx(FOUR.counts, abs=4 * np.sqrt(FOUR.counts.max() / 500))


@pytest.mark.parametrize(
    ("lists", "largest", "count"),
    [(3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024), (5, 3, 6212), (5, 4, 6893), (6, 2, 32768)],
)
def test_there_are_as_many_models_as_the_papers_count_and_all_are_hierarchical(
    lists: int, largest: int, count: int
) -> None:
    models = all_models(lists, largest)
    assert len(models) == count
    assert len(np.unique(np.packbits(models, axis=1), axis=0)) == count
    for one in range(1, 2**lists):
        for place in range(lists):
            if one >> place & 1:
                assert not (models[:, one] & ~models[:, one & ~(1 << place)]).any()


def test_bic_counts_terms_and_takes_the_likelihood_over_kept_cells() -> None:
    ranking = rank(FOUR, 2)
    cells = np.arange(16)
    for model, score in zip(ranking.models[:20], ranking.scores[:20], strict=True):
        fits = fit_models(FOUR.counts, model[np.newaxis])
        means = fits.means()[0]
        empty = np.flatnonzero(model & (sum_supersets(FOUR.counts) == 0))
        kept = [cell for cell in cells[1:] if not any(cell & term == term for term in empty)]
        likelihood = poisson.logpmf(FOUR.counts[kept], means[kept]).sum()
        assert score == pytest.approx(model.sum() * np.log(FOUR.observed) - 2 * likelihood, rel=1e-9)


def test_asking_existence_once_for_each_pattern_changes_nothing() -> None:
    table = read_shipped("new_orleans_5lists")
    models = rank(table, 3).models[:12]
    beta = fit_models(table.counts, models).beta
    tables = draw_replicates(table, 60, 9)
    slow = [lowest_totals(one[np.newaxis], models, beta)[0] for one in tables]
    assert lowest_totals(tables, models, beta) == pytest.approx(slow, rel=1e-9)


def test_more_models_than_can_be_fitted_are_refused_with_what_to_do() -> None:
    with pytest.raises(TooManyModels, match="--maxorder"):
        estimate_bic(read_shipped("new_orleans_8lists"))
    with pytest.raises(ModelRefused):
        estimate_bic(FOUR, largest=0)


@pytest.mark.parametrize("text", ["[12,3]", "[123,14,34]", "[1,2,3,4]", "[12,34]"])
def test_a_model_is_written_as_it_is_read(text: str) -> None:
    model = read_model(text, 4)
    assert read_model(write_model(model), 4).tolist() == model.tolist()


@pytest.mark.parametrize("text", ["[15]", "[1x]", "[1234]", "[0]"])
def test_a_model_of_other_lists_or_of_all_at_once_is_refused(text: str) -> None:
    with pytest.raises(WrongModel):
        read_model(text, 4)


def test_models_of_reordered_lists_are_written_back_as_models_of_the_lists() -> None:
    model = read_model("[12,3]", 3)[np.newaxis]  # lists 1, 2, 3 of the new order are lists 3, 1, 2 of the old one
    assert write_model(permute_models(model, (2, 0, 1))[0]) == "[13,2]"


def test_drawn_populations_have_the_total_and_on_average_the_means_of_the_model() -> None:
    means = fit_models(FOUR.counts, main_effects(4)[np.newaxis]).means()[0]
    drawn = draw_populations(means, 400, 6)
    assert set(drawn.sum(axis=1)) == {round(means.sum())}
    assert drawn.mean(axis=0) == pytest.approx(means, abs=5 * np.sqrt(means.max() / 400))
    assert not hide_unseen(drawn)[:, 0].any()
    tables = [table for table in draw_tables(FOUR.lists, means, 5, 6) if table]
    assert len(tables) == 5
