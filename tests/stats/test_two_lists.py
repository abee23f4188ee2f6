"""Two lists: textbook numbers, exact unbiasedness, and bounds that hold where lists are independent."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stats.published import uk_table

from zicht.stats.errors import NotTwoLists, WrongSetting
from zicht.stats.fits import fit_models
from zicht.stats.models import main_effects
from zicht.stats.tables import OverlapTable, make_table
from zicht.stats.two_lists import CHAPMAN, LINCOLN_PETERSEN, estimate_two_lists

COUNTS = st.integers(0, 500)


def table_of(one: int, other: int, both: int) -> OverlapTable:
    """Give the table of two lists by their sizes and how many are on both."""
    return make_table(("A", "B"), [0, one - both, other - both, both])


def test_textbook_numbers_are_reproduced() -> None:
    """10 turtles marked, 15 caught, 5 of them marked: Chapman 28.3, bounds 22 to 65 (Sadinle's interval)."""
    found = estimate_two_lists(table_of(10, 15, 5))
    assert found.total == pytest.approx(28.33, abs=0.005)
    assert found.lower == pytest.approx(22, abs=0.5)
    assert found.upper == pytest.approx(65, abs=0.5)
    assert estimate_two_lists(table_of(10, 15, 5), LINCOLN_PETERSEN).total == 30


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 50))
def test_lincoln_petersen_is_the_model_of_independent_lists(one: int, other: int, both: int) -> None:
    table = make_table(("A", "B"), [0, one, other, both])
    fitted = fit_models(table.counts[np.newaxis], main_effects(2)[np.newaxis]).totals[0]
    if one and other:
        assert estimate_two_lists(table, LINCOLN_PETERSEN).total == pytest.approx(fitted, rel=1e-7)


@pytest.mark.parametrize(("persons", "one", "other"), [(20, 12, 11), (9, 6, 5)])
def test_chapman_is_exactly_unbiased_where_the_lists_together_are_longer_than_the_population(
    persons: int, one: int, other: int
) -> None:
    expected = 0.0
    for both in range(one + other - persons, min(one, other) + 1):
        chance = comb(one, both) * comb(persons - one, other - both) / comb(persons, other)
        expected += chance * float(estimate_two_lists(table_of(one, other, both)).total or 0)
    assert expected == pytest.approx(persons, rel=1e-12)


def test_bounds_hold_the_truth_as_often_as_they_say_when_lists_are_independent() -> None:
    persons, on_one, on_other = 400, 0.3, 0.25
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(400):
        first, second = rng.random(persons) < on_one, rng.random(persons) < on_other
        counts = [0, int((first & ~second).sum()), int((second & ~first).sum()), int((first & second).sum())]
        found = estimate_two_lists(make_table(("A", "B"), counts))
        inside += (found.lower or 0) <= persons <= (found.upper or 0)
    assert 0.92 < inside / 400 < 0.98


@given(COUNTS, COUNTS, st.integers(1, 500), st.sampled_from([CHAPMAN, LINCOLN_PETERSEN]))
def test_the_order_of_the_lists_does_not_matter_and_nobody_seen_is_lost(
    one: int, other: int, both: int, kind: str
) -> None:
    found = estimate_two_lists(make_table(("A", "B"), [0, one, other, both]), kind)
    swapped = estimate_two_lists(make_table(("B", "A"), [0, other, one, both]), kind)
    assert found.total is not None
    assert found.lower is not None
    assert found.upper is not None
    assert (swapped.total, swapped.lower, swapped.upper) == pytest.approx((found.total, found.lower, found.upper))
    assert found.observed - 1e-9 <= found.lower <= found.total <= found.upper


def test_that_independence_cannot_be_checked_is_said() -> None:
    said = " ".join(str(caution) for caution in estimate_two_lists(table_of(10, 15, 5)).warnings)
    assert "The numbers cannot show whether that is so." in said
    assert "because one refers to the other, there are more than this" in said


def test_more_lists_and_wrong_settings_are_refused() -> None:
    with pytest.raises(NotTwoLists, match="the table has 5"):
        estimate_two_lists(uk_table())
    with pytest.raises(WrongSetting, match="lincoln-petersen or chapman"):
        estimate_two_lists(table_of(10, 15, 5), "petersen")
    with pytest.raises(WrongSetting, match="level is 95"):
        estimate_two_lists(table_of(10, 15, 5), level=95)
