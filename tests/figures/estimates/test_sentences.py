"""The sentences on an estimate: no single number where methods are apart, and the arithmetic of what is in sight."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from zicht.figures.estimates.sentences import say, say_coverage


def result(method: str, total: float | None, **more: Any) -> dict[str, Any]:
    bounds = (None, None) if total is None else (0.8 * total, 1.3 * total)
    unseen = None if total is None else total - 1000
    return {
        "method": method,
        "observed": 1000,
        "lists": ["A", "B", "C"],
        "total": total,
        "lower": bounds[0],
        "upper": bounds[1],
        "unseen": unseen,
        **more,
    }


def english(results: list[dict[str, Any]]) -> str:
    with translation.override("en"):
        return str(say(results))


def test_methods_that_agree_give_the_bounds_of_the_recommended_one() -> None:
    said = english([result("dga", 5200), result("bic", 5000)])
    assert said.startswith("Between 4,000 and 6,500 in all, about 5,000 by lowest BIC: so about 4,000")
    assert "1,000 persons are on at least one of the 3 lists" in said
    assert "totals from 5,000 to 5,200" in said


def test_methods_further_apart_than_twice_give_no_single_number() -> None:
    said = english([result("dga", 10001), result("bic", 5000)])
    assert said.startswith("The methods disagree: the lowest total is 5,000, the highest 10,001, 2.0 times as many.")
    assert "about 5,000 by" not in said
    assert "none of these numbers should be quoted" in said


def test_methods_just_twice_apart_still_agree() -> None:
    assert english([result("dga", 10000), result("bic", 5000)]).startswith("Between")


def test_no_total_at_all_says_that_nothing_can_be_said() -> None:
    assert english([result("bic", None)]).startswith("Nothing can be said about how many remain unseen.")


def test_a_total_without_bounds_is_not_to_be_quoted() -> None:
    assert "do not quote it" in english([result("bic", 5000, lower=None, upper=None)])


def test_a_count_that_is_held_back_is_not_told() -> None:
    assert "too small a number" in english([result("bic", None, observed=None)])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Of 1,300 of whom 2 to 4% are in sight, 26 to 52 are seen and 1,248 to 1,274 are not."),
        ("nl", "Van 1.300 van wie 2 tot 4% in zicht is, worden er 26 tot 52 gezien en 1.248 tot 1.274 niet."),
    ],
)
def test_the_published_share_in_sight_in_persons(language: str, said: str) -> None:
    with translation.override(language):
        assert say_coverage(1300, Decimal(2), Decimal(4)) == said
