"""Dates in invented sentences (`told/dates.tsv`), read on 12 June 2019, a Wednesday, and all of them EDTF."""

import re
from pathlib import Path

import pytest

from zicht.reading.calendar import base_of, is_edtf, nearest_year
from zicht.reading.dates import find_published
from zicht.reading.read import read_text

FILE = Path(__file__).resolve().parent / "told" / "dates.tsv"
ROWS = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]

PERIODS = [line.split("\t") for line in FILE.with_name("periods.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[f"date-{number:03}" for number in range(1, len(ROWS) + 1)])
def test_a_sentence_gives_its_dates(row: list[str]) -> None:
    language, text, *expected = row
    dates = [date for date in read_text(text, language, "2019-06-12").dates if date.edtf]
    assert [f"{date.text}={date.edtf}" for date in dates] == expected


def test_every_date_is_valid_edtf() -> None:
    # One of each shape: the library needs tens of milliseconds for one.
    dates = [cells[-1].rsplit("=", 1)[1] for cells in ROWS if "=" in cells[-1]]
    shapes = {re.sub(r"\d", "9", date): date for date in dates}
    assert all(map(is_edtf, shapes.values())), [date for date in shapes.values() if not is_edtf(date)]
    assert not is_edtf("2019/99")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [(" date 2019-06 Er is", "2019-06"), ("Gepubliceerd op 2020-01-02\n", "2020-01-02"), ("Datum: 2018\n", "2018")],
)
def test_a_document_may_open_with_its_date(text: str, edtf: str) -> None:
    found = find_published(text)
    assert found is not None
    assert found.edtf == edtf
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(("month", "year"), [(12, 2020), (1, 2021), (7, 2021), (8, 2020)])
def test_a_month_without_a_year_is_the_nearest_rather_before(month: int, year: int) -> None:
    assert nearest_year(base_of("2021-02"), month) == year


def test_without_a_date_of_publication_nothing_relative_is_guessed() -> None:
    assert [date.edtf for date in read_text("Vorig jaar kwamen er 20 vrouwen.", "nl").dates] == [""]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("datum 2019-02-30\n\nGisteren kwamen 20 vrouwen.", ""),
        ("Gisteren kwamen 20 vrouwen.", "2019-02-30"),
        ("Dat was 1000000 dagen geleden.", "2019-06-03"),
        (f"Dat was {'9' * 400} dagen geleden.", "2019-06-03"),
        ("Overmorgen en volgende week.", "9999-12-31"),
    ],
    ids=["header", "given", "far", "farther", "last"],
)
def test_a_day_that_no_calendar_has_is_no_date(text: str, published: str) -> None:
    assert [date.edtf for date in read_text(text, "nl", published).dates if date.edtf] == []


@pytest.mark.parametrize("row", PERIODS, ids=[f"period-{number:03}" for number in range(1, len(PERIODS) + 1)])
def test_a_figure_has_the_date_of_its_own_part_of_the_sentence(row: list[str]) -> None:
    language, text, span, period = row
    figures = {figure.text: figure.period for figure in read_text(text, language, "2025-06").figures}
    assert figures[span] == period


def test_a_figure_since_a_year_has_a_period_up_to_the_publication() -> None:
    (figure,) = read_text("Sinds 1998 kwamen er 32.000 vluchtelingen.", "nl", "2019-06").figures
    assert figure.period == "1998/2019"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Jaarverslag\n\nGepubliceerd op 14 maart 2023\n\nVorig jaar kwamen er 90 meldingen.", "2023-03-14"),
        ("Report on fishing\nPublished 9 June 2021\n\nLast year 45 vessels were inspected.", "2021-06-09"),
        ("Een verhaal\n\nHet rapport werd gepubliceerd op 14 maart 2023 en telt 90 meldingen.", ""),
        ("Een verhaal\n\nGepubliceerd op de website staan 90 meldingen.", ""),
    ],
)
def test_a_line_near_the_top_says_when_a_document_came_out(text: str, published: str) -> None:
    assert read_text(text).published == published
