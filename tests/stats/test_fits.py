"""Fits against the equations they solve and a slow program; existence against linear programming as it is defined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from zicht.stats import newton
from zicht.stats.existence import find_status
from zicht.stats.fits import fit_models
from zicht.stats.lattice import sum_supersets
from zicht.stats.models import all_models, main_effects, make_model, read_model

ARTIFICIAL = np.array([0, 40, 30, 6, 20, 0, 0, 0])  # Chan, Silverman & Vincent (2021) JASA 116(535), Table 2
sparse_tables = st.integers(3, 4).flatmap(
    lambda lists: st.lists(st.sampled_from([0, 0, 0, 1, 2, 9]), min_size=2**lists, max_size=2**lists)
)


def status_by_definition(counts: np.ndarray, model: np.ndarray) -> int:
    """Maximise s under X'x = X'y, x >= s >= 0 on the kept cells: 1 if it is 0; 2 if the rank of X fails."""
    tops = sum_supersets(counts)
    empty = [term for term in np.flatnonzero(model) if tops[term] == 0]
    kept = [cell for cell in range(1, counts.size) if not any(cell & term == term for term in empty)]
    terms = [term for term in np.flatnonzero(model) if tops[term] > 0]
    design = np.array([[float(cell & term == term) for term in terms] for cell in kept]).reshape(len(kept), len(terms))
    cost = np.zeros(len(kept) + 1)
    cost[-1] = -1.0
    spare = np.column_stack([-np.eye(len(kept)), np.ones(len(kept))])
    margins = np.column_stack([design.T, np.zeros(len(terms))])
    result = linprog(cost, A_ub=spare, b_ub=np.zeros(len(kept)), A_eq=margins, b_eq=design.T @ counts[kept])
    no_estimate = -float(result.fun or 0) <= 1e-9 * max(1, counts.sum())
    return int(no_estimate) + 2 * int(np.linalg.matrix_rank(design) < len(terms))


@pytest.mark.parametrize(("text", "status"), [("[12,3]", 1), ("[12,13,23]", 2), ("[13,23]", 0), ("[1,2,3]", 0)])
def test_the_artificial_table_has_the_statuses_of_its_paper(text: str, status: int) -> None:
    assert find_status(ARTIFICIAL > 0, read_model(text, 3)) == status
    assert status_by_definition(ARTIFICIAL, read_model(text, 3)) == status


@settings(max_examples=60)
@given(sparse_tables, st.data())
def test_existence_is_what_linear_programming_says(counts: list[int], data: st.DataObject) -> None:
    table = np.array([0, *counts[1:]])
    lists = table.size.bit_length() - 1
    table[1 << np.arange(lists)] += 1
    table[3] += 1
    models = all_models(lists, lists)
    model = models[data.draw(st.integers(0, len(models) - 1))]
    assert find_status(table > 0, model) == status_by_definition(table, model)


@settings(max_examples=30)
@given(sparse_tables)
def test_fitting_many_models_finds_the_same_statuses_as_looking_at_one(counts: list[int]) -> None:
    table = np.array([0, *counts[1:]])
    table[[1, 2, 3]] += 1
    models = all_models(table.size.bit_length() - 1, 3)
    for model, status in zip(models, fit_models(table, models).statuses, strict=True):
        assert (status == 0) == (find_status(table > 0, model) == 0)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 300), min_size=15, max_size=15))
def test_a_fit_has_the_margins_of_the_table_and_means_of_its_model(counts: list[int]) -> None:
    table = np.array([0, *counts])
    table[[1, 2, 4, 8, 3]] += 1
    models = all_models(4, 3)
    fits = fit_models(table, models)
    means = fits.means()
    means[:, 0] = 0
    exists = fits.statuses == 0
    miss = np.where(models, np.abs(sum_supersets(means) - fits.tops), 0.0)[exists]
    assert miss.max(initial=0) < 1e-8 * table.sum()


def test_lanes_and_arrays_give_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = np.random.default_rng(3)
    counts = draws.poisson(draws.choice([0.1, 1.0, 20.0, 300.0], size=(1000, 32)))
    models = all_models(5, 3)[draws.integers(0, 6212, 1000)]
    fast = fit_models(counts, models)
    monkeypatch.setattr(newton, "HAS_NUMBA", False)
    slow = fit_models(counts, models)
    assert (fast.statuses == slow.statuses).all()
    exists = fast.statuses == 0
    assert exists.sum() > 300
    assert fast.totals[exists] == pytest.approx(slow.totals[exists], rel=1e-9)


def test_an_empty_list_is_dropped_and_the_others_are_fitted() -> None:
    three = np.array([0, 50, 60, 5, 70, 6, 7, 1])
    four = np.concatenate([three, np.zeros(8, int)])
    with_empty = fit_models(four, main_effects(4)[np.newaxis])
    assert with_empty.totals[0] == pytest.approx(fit_models(three, main_effects(3)[np.newaxis]).totals[0], rel=1e-12)


@pytest.mark.parametrize("text", ["[1,2,3]", "[12,3]", "[13,23]"])
def test_a_total_scales_with_the_counts(text: str) -> None:
    counts = np.array([0, 50, 60, 5, 70, 6, 7, 1])
    models = read_model(text, 3)[np.newaxis]
    assert fit_models(7 * counts, models).totals[0] == pytest.approx(
        7 * fit_models(counts, models).totals[0], rel=1e-11
    )


def test_lists_of_two_million_and_of_one_person_are_fitted_together() -> None:
    counts = np.array([0, 2_000_000, 1, 1, 900_000, 40_000, 0, 0])
    fits = fit_models(counts, make_model(3, [])[np.newaxis])
    assert fits.statuses[0] == 0
    assert fits.moved[0] < 1e-7
