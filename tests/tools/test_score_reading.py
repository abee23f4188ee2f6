"""The scorer of `make score-reading`: what counts as the same figure, and what is held against a reading."""

from dataclasses import replace

import pytest
from tools.score_reading import Fact, bare, is_right, match, overlap, score, wrong_figures

from zicht.reading.figures import Figure
from zicht.reading.read import read_text

FIGURE = Figure(10, 20, "85 procent", 85.0, 85.0, False, "percent")
FACT = Fact(10, 20, "85 procent", 85.0, 85.0, False, "percent", "", "", "", "figure")


def test_the_same_values_in_the_same_place_are_right() -> None:
    assert match([FIGURE], [FACT]) == [(FIGURE, FACT)]


@pytest.mark.parametrize("other", [{"low": 84.0}, {"high": None}, {"approx": True}, {"unit": "person"}])
def test_any_other_value_is_wrong(other: dict[str, object]) -> None:
    assert not is_right(replace(FIGURE, **other), FACT)  # type: ignore[arg-type]


def test_percent_and_share_are_one_unit() -> None:
    assert is_right(replace(FIGURE, unit="share", low=0.85, high=0.85), FACT)
    assert is_right(FIGURE, replace(FACT, unit="share", low=0.85, high=0.85))


def test_half_an_overlap_is_enough_and_less_is_not() -> None:
    assert overlap(FIGURE, replace(FACT, start=10, end=15)) == 0.5
    assert match([FIGURE], [replace(FACT, end=15)])
    assert not match([FIGURE], [replace(FACT, end=14)])


def test_one_fact_is_met_once() -> None:
    assert len(match([FIGURE, replace(FIGURE, start=11)], [FACT])) == 1


def test_what_may_be_found_is_not_held_against_a_reading_and_a_figure_of_speech_is() -> None:
    assert wrong_figures([FIGURE], [replace(FACT, score="optional")]) == []
    assert wrong_figures([FIGURE], [replace(FACT, score="none")]) == [FIGURE]


def test_an_article_makes_no_other_claimant() -> None:
    assert bare("De VN") == bare("VN")


def test_a_reading_is_scored_by_kind() -> None:
    text = "Volgens Karel Smit zijn er 40 slachtoffers."
    fact = Fact(27, 29, "40", 40.0, 40.0, False, "person", "", "Karel Smit", "", "figure")
    scores = {one.kind: one for one in score("doc", read_text(text, "nl"), [fact], {"Karel Smit", "Anna"})}
    assert (scores["figures"].precision, scores["figures"].recall) == (1.0, 1.0)
    assert scores["claimants"].right == 1
    assert (scores["names"].precision, scores["names"].recall) == (1.0, 0.5)
