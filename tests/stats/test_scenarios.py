"""Made-up populations: their chances, which methods consider them, and that what is drawn is what was meant."""

import numpy as np
import pytest
from tests.stats.published import UK_LISTS, uk_table

from zicht.stats.fits import fit_models
from zicht.stats.models import make_model, read_model
from zicht.stats.scenarios import Scenario, find_families, list_scenarios
from zicht.stats.tables import make_table

ALL = pytest.mark.parametrize("scenario", list_scenarios(), ids=lambda scenario: scenario.code)


def find(code: str) -> Scenario:
    return next(one for one in list_scenarios() if one.code == code)


def test_there_are_at_least_twelve_and_each_has_its_own_name() -> None:
    codes = [one.code for one in list_scenarios()]
    assert len(set(codes)) == len(codes) >= 12


@ALL
def test_chances_are_chances_and_some_people_stay_unseen(scenario: Scenario) -> None:
    assert scenario.chances.min() >= 0
    assert scenario.chances.sum() == pytest.approx(1)
    assert 0.3 < scenario.chances[:, 0].sum() < 0.95


@ALL
def test_what_is_drawn_is_what_was_meant(scenario: Scenario) -> None:
    rng = np.random.default_rng(3)
    drawn = sum(scenario.draw(rng).by_group for _ in range(30))
    expected = 30 * scenario.persons * scenario.chances[:, 1:]
    seen = np.asarray(drawn)[:, 1:]
    assert np.all(np.abs(seen - expected) <= 5 * np.sqrt(expected) + 5)


def test_a_fit_to_a_table_is_a_population_in_which_the_same_fit_finds_everybody() -> None:
    scenario = find("uk-stepwise")
    assert scenario.persons == round(11312.99)
    # A thousand times as many persons, so that rounding to whole persons hardly shows.
    counts = np.rint(1_000 * scenario.persons * scenario.chances[0]).astype(np.int64)
    counts[0] = 0
    model = read_model("[12,13,24,25,35,45]", 5)
    assert fit_models(counts[np.newaxis], model[np.newaxis]).totals[0] / 1_000 == pytest.approx(11_313, rel=1e-3)
    assert counts.sum() / 1_000 == pytest.approx(uk_table().observed, rel=1e-3)
    assert make_table(UK_LISTS, counts).lists == UK_LISTS


@pytest.mark.parametrize(
    ("lists", "sets", "families"),
    [
        (5, [], {"loglinear", "lcm", "stepwise", "bic", "dga"}),
        (5, [0b00011], {"stepwise", "bic", "dga"}),
        (3, [0b011, 0b110, 0b101], {"stepwise", "bic"}),  # only the graph of all edges has this triangle
        (4, [0b0111], {"bic", "dga"}),
        (4, [0b0011, 0b0110, 0b1100, 0b1001], {"stepwise", "bic", "dga"}),  # a square with a diagonal is decomposable
        (8, [0b11], {"stepwise"}),
    ],
)
def test_a_method_is_held_to_account_only_for_what_it_considers(
    lists: int, sets: list[int], families: set[str]
) -> None:
    assert find_families(make_model(lists, sets)) == families


def test_nothing_is_held_to_account_for_people_whom_no_list_can_reach() -> None:
    assert find("out-of-reach").families == frozenset()
    assert find("gradual").families == frozenset()
