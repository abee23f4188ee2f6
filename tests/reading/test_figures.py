"""Figures in invented sentences of all shapes: span, value, bounds, unit and “per” (the tables in `sentences`)."""

import math

import pytest
from tests.reading.tables_of_sentences import Case, Expected, read_cases

from zicht.reading.figures import Figure
from zicht.reading.read import read_text

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_sentence_gives_its_figures_and_no_others(case: Case) -> None:
    found = read_text(case.text, case.language, "2021-06").figures
    assert [figure.text for figure in found] == [expected.span for expected in case.figures]
    for figure, expected in zip(found, case.figures, strict=True):
        assert is_same(figure, expected), figure


def is_same(figure: Figure, expected: Expected) -> bool:
    values = ((figure.low, expected.low), (figure.high, expected.high))
    is_equal = all(is_close(found, told) for found, told in values)
    return (
        is_equal
        and figure.approx == expected.approx
        and expected.unit in ("-", figure.unit)
        and (figure.per == expected.per)
    )


def is_close(found: float | None, told: float | None) -> bool:
    if found is None or told is None:
        return found is told
    return math.isclose(found, told, rel_tol=1e-6)


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Tabel 3. Aantal gemelde zeelieden naar haven (per 1 mei 2021)", "person"),
        ("Gemelde schepen per haven", "vessel"),
        ("Overzicht", ""),
    ],
)
@pytest.mark.parametrize("gap", ["\t", " | "])
def test_the_numbers_of_a_table_count_what_its_title_names(title: str, unit: str, gap: str) -> None:
    rows = [("Haven", "2019"), ("Noord", "12"), ("Zuid", "7")]
    text = "\n".join([title, "", *(gap.join(row) for row in rows), "", "Daarna kwam de rest: 30."])
    found = read_text(text, "nl").figures
    assert [(figure.text, figure.unit) for figure in found] == [("12", unit), ("7", unit), ("30", "")]


@pytest.mark.parametrize("digits", [1, 9, 12, 40, 41, 400])
def test_a_numeral_of_up_to_forty_digits_counts_and_a_longer_one_is_a_code(digits: int) -> None:
    numeral = "9" * digits
    found = read_text(f"Er staan {numeral} kisten en 12 vaten.", "nl").figures
    assert [figure.text for figure in found if figure.text != "12 vaten"] == ([numeral] if digits <= 40 else [])
    assert [figure.low for figure in found][-1] == 12


def test_a_list_without_end_takes_no_more_than_its_length_asks() -> None:
    """A sentence is cut at 2,000 signs, and a number looks 60 words back: each has the unit of its own list."""
    reading = read_text("12 lampen, " + "3, " * 2000, "nl")
    assert len(reading.figures) == 2001
    assert {figure.low for figure in reading.figures} == {12, 3}


def test_there_are_as_many_sentences_as_were_asked_for() -> None:
    assert sum(case.language == "nl" for case in CASES) >= 300
    assert sum(case.language == "en" for case in CASES) >= 100


def test_every_place_gives_back_its_own_words() -> None:
    text = "\n\n".join(case.text for case in CASES)
    for language in ("nl", "en"):
        reading = read_text(text, language, "2021-06")
        assert [text[one.start : one.end] for one in reading.figures] == [one.text for one in reading.figures]
        assert [text[one.start : one.end] for one in reading.dates] == [one.text for one in reading.dates]
        assert [text[one.start : one.end] for one in reading.names] == [one.text for one in reading.names]
