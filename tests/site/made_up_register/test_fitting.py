"""A fitted table has the margins that were asked for and keeps the odds it began with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.site.made_up_register import margins
from zicht.site.made_up_register.fitting import fit, shares
from zicht.site.made_up_register.kinds import AGE_AND_MEETING, AGE_AND_PARENT, FORM_AND_CITIZENSHIP, pooled_forms

POSITIVE = st.floats(min_value=0.1, max_value=10)


def columns_of(table: dict[str, dict[str, float]]) -> dict[str, float]:
    return {column: sum(line[column] for line in table.values()) for column in next(iter(table.values()))}


@given(odds=st.lists(POSITIVE, min_size=6, max_size=6), sizes=st.lists(POSITIVE, min_size=5, max_size=5))
def test_a_fitted_table_has_its_margins_and_its_odds_ratios(odds: list[float], sizes: list[float]) -> None:
    rows = shares({"a": sizes[0], "b": sizes[1]})
    columns = shares({"x": sizes[2], "y": sizes[3], "z": sizes[4]})
    begun = {"a": dict(zip("xyz", odds[:3], strict=True)), "b": dict(zip("xyz", odds[3:], strict=True))}
    table = fit(begun, rows, columns)
    assert {row: sum(line.values()) for row, line in table.items()} == pytest.approx(rows)
    assert columns_of(table) == pytest.approx(columns)
    for column in "xy":
        ratio = table["a"][column] * table["b"]["z"] / (table["b"][column] * table["a"]["z"])
        assert ratio == pytest.approx(begun["a"][column] * begun["b"]["z"] / (begun["b"][column] * begun["a"]["z"]))


def test_margins_that_cannot_both_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot both hold"):
        fit({"a": {"x": 1, "y": 0}, "b": {"x": 1, "y": 0}}, {"a": 0.5, "b": 0.5}, {"x": 0.5, "y": 0.5})


def test_the_published_margins_hold_exactly_in_the_fitted_tables() -> None:
    parents, meeting, citizens = (
        {row: dict(line) for row, line in table.items()}
        for table in (AGE_AND_PARENT, AGE_AND_MEETING, FORM_AND_CITIZENSHIP)
    )
    assert columns_of(parents) == pytest.approx(dict(margins.CHAT_PARENT.counts))
    assert {age: sum(line.values()) for age, line in parents.items()} == pytest.approx(dict(margins.CHAT_AGE.counts))
    assert columns_of(meeting)["social_media"] == pytest.approx(margins.CHAT_SOCIAL_MEDIA.counts["social_media"])
    assert columns_of(citizens) == pytest.approx(shares(margins.CITIZENSHIP_LARGEST.counts))
    forms = {form: sum(line.values()) for form, line in citizens.items()}
    assert forms == pytest.approx(pooled_forms(margins.YEARS))
