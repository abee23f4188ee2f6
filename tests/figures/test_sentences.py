"""The sentence above each figure, in both languages."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest
from django.utils import translation
from tests.figures.test_breakdowns import LABOUR, OTHER, SEXUAL, cell, censored, figure, form

from zicht.figures.amounts import Amount, exactly, fewer_than
from zicht.figures.breakdowns import Breakdown
from zicht.figures.cells import ADULT, BY_FORM, CHILD, FEMALE, MALE, Cell
from zicht.figures.glotip import read_file
from zicht.figures.sentences import in_words, say

CAME_2022 = (
    "In 2022, 814 possible and identified victims came into view.",
    "In 2022 kwamen 814 mogelijke en vastgestelde slachtoffers in beeld.",
)
FEW_2022 = (
    "In 2022, fewer than 5 possible and identified victims came into view.",
    "In 2022 kwamen minder dan 5 mogelijke en vastgestelde slachtoffers in beeld.",
)


def said(breakdown: Breakdown) -> tuple[str, str]:
    with translation.override("nl"):
        dutch = str(say(breakdown))
    return str(say(breakdown)), dutch


def after(head: tuple[str, str], english: str, dutch: str) -> tuple[str, str]:
    return f"{head[0]} {english}", f"{head[1]} {dutch}"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([cell(814, 2022), cell(791, 2021)],
         after(CAME_2022, "That is 23 more than in 2021 (791).", "Dat zijn er 23 meer dan in 2021 (791).")),
        ([cell(814, 2022), cell(1222, 2021)],
         after(CAME_2022, "That is 408 fewer than in 2021 (1,222).", "Dat zijn er 408 minder dan in 2021 (1.222).")),
        ([cell(814, 2022), cell(814, 2021)],
         after(CAME_2022, "That is as many as in 2021.", "Dat zijn er evenveel als in 2021.")),
        ([cell(814, 2022), censored(2021)],
         after(CAME_2022, "That is more than in 2021 (fewer than 5).", "Dat zijn er meer dan in 2021 (minder dan 5).")),
        ([cell(814, 2022)],
         after(CAME_2022, "There is no figure for an earlier year.", "Over eerdere jaren is er geen cijfer.")),
        ([cell(814, 2022), cell(1372, 2019)],
         after(CAME_2022, "For the year before there is no figure; the last one before it is of 2019: 1,372.",
               "Over het jaar ervoor is er geen cijfer; het laatste daarvoor is van 2019: 1.372.")),
        ([censored(2022), cell(12, 2021)],
         after(FEW_2022, "That is fewer than in 2021 (12).", "Dat zijn er minder dan in 2021 (12).")),
        ([censored(2022), censored(2021)],
         after(FEW_2022, "Whether that is more or fewer than in 2021 (fewer than 5) cannot be said.",
               "Of dat er meer of minder zijn dan in 2021 (minder dan 5), valt niet te zeggen.")),
        ([cell(1, 2022), cell(0, 2021)],
         ("In 2022, 1 possible or identified victim came into view. That is 1 more than in 2021 (0).",
          "In 2022 kwam 1 mogelijk of vastgesteld slachtoffer in beeld. Dat zijn er 1 meer dan in 2021 (0).")),
        ([cell(3, 2022, age=CHILD)],
         ("UNODC gives no total for any year.", "UNODC geeft voor geen enkel jaar een totaal.")),
    ],
)  # fmt: skip
def test_the_total_is_said_and_compared_with_the_year_before(cells: list[Cell], expected: tuple[str, str]) -> None:
    assert said(figure("year", *cells)) == expected


def test_a_total_that_its_own_parts_contradict_is_not_said_as_a_fact() -> None:
    cells = [censored(2022), cell(1000, 2022, sex=FEMALE), cell(287, 2022, sex=MALE), cell(791, 2021)]
    assert said(figure("year", *cells)) == (
        "For 2022 UNODC gives a total of fewer than 5. "
        "It states the sex or age of more people than that, so this total is not reliable.",
        "Voor 2022 geeft UNODC een totaal van minder dan 5. "
        "Van meer mensen dan dat vermeldt UNODC het geslacht of de leeftijd; dit totaal is dus niet betrouwbaar.",
    )


def test_forms_that_add_up_to_more_than_the_total_do_not_make_it_doubtful() -> None:
    cells = [cell(814, 2022), form(500, SEXUAL, 2022), form(500, LABOUR, 2022)]
    assert said(figure("year", *cells))[0].startswith("In 2022, 814 possible")


def test_women_and_girls_are_said_as_a_share_of_those_whose_sex_is_known() -> None:
    now = cell(814, 2022), cell(500, 2022, sex=FEMALE), cell(308, 2022, sex=MALE)
    before = cell(507, 2021, sex=FEMALE), cell(262, 2021, sex=MALE)
    assert said(figure("sex", *now, *before)) == (
        "In 2022, 500 of the 808 people whose sex is known were women or girls: 62%. In 2021 it was 66%. "
        "Of 6 people the sex is not known or not stated.",
        "In 2022 waren 500 van de 808 mensen van wie het geslacht bekend was vrouwen of meisjes: 62%. "
        "In 2021 was dat 66%. Van 6 mensen is het geslacht niet bekend of niet vermeld.",
    )


def test_children_are_said_as_a_share_of_those_whose_age_is_known() -> None:
    assert said(figure("age", cell(102, 2022), cell(1, 2022, age=CHILD), cell(100, 2022, age=ADULT))) == (
        "In 2022, 1 of the 101 people whose age is known were children: 1%. "
        "Of 1 person the age is not known or not stated.",
        "In 2022 waren 1 van de 101 mensen van wie de leeftijd bekend was kinderen: 1%. "
        "Van 1 persoon is de leeftijd niet bekend of niet vermeld.",
    )


def test_the_form_stated_most_often_is_named() -> None:
    forms = form(379, SEXUAL), form(348, LABOUR), form(87, OTHER)
    assert said(figure("form", cell(814), *forms)) == (
        "Stated most often in 2020: sexual exploitation, 379 of 814 times (47%).",
        "Het vaakst vermeld in 2020: seksuele uitbuiting, 379 van de 814 keer (47%).",
    )


def test_of_two_forms_stated_as_often_none_is_called_the_most() -> None:
    assert str(say(figure("form", cell(8), form(4, SEXUAL), form(4, LABOUR)))).startswith("Stated in 2020: sexual")


def test_a_censored_part_gives_a_share_between_two_percentages() -> None:
    sex = figure("sex", cell(104), cell(100, sex=FEMALE), censored(sex=MALE))
    assert str(say(sex)) == (
        "In 2020, 100 of the 100 to 104 people whose sex is known were women or girls: 96 to 100%. "
        "Of 0 to 4 people the sex is not known or not stated."
    )


def test_a_year_without_a_split_is_not_filled_in() -> None:
    sex = figure("sex", cell(10, 2018), cell(4, 2018, sex=FEMALE), cell(6, 2018, sex=MALE), cell(1372, 2019))
    assert said(sex) == (
        "In 2018, 4 of the 10 people whose sex is known were women or girls: 40%. "
        "For later years UNODC does not state it.",
        "In 2018 waren 4 van de 10 mensen van wie het geslacht bekend was vrouwen of meisjes: 40%. "
        "Over latere jaren vermeldt UNODC het niet.",
    )


def test_a_year_of_which_only_masked_counts_are_given_leaves_the_share_of_the_year_before_it() -> None:
    forms = form(139, SEXUAL), form(96, LABOUR), form(18, OTHER)
    masked = censored(2022, dimension=BY_FORM, category=OTHER)
    assert str(say(figure("form", cell(253), *forms, cell(90, 2022), masked))) == (
        "Stated most often in 2020: sexual exploitation, 139 of 253 times (55%). "
        "For later years UNODC gives too little to say a share."
    )


@pytest.mark.parametrize(
    ("code", "parts", "expected"),
    [
        ("sex", [{"sex": FEMALE}, {"sex": MALE}], "What share were women or girls cannot be said."),
        ("age", [{"age": CHILD}, {"age": ADULT}], "What share were children cannot be said."),
        ("form", [{"dimension": BY_FORM, "category": OTHER}], "Which form was stated most often cannot be said."),
    ],
)
def test_where_every_count_is_masked_no_share_between_0_and_100_is_said(
    code: str, parts: list[dict[str, str]], expected: str
) -> None:
    cells = [censored(2022), *(censored(2022, **part) for part in parts)]
    assert str(say(figure(code, *cells))) == f"In 2022 only masked counts are given. {expected}"
    later = "For later years UNODC does not state it."
    assert str(say(figure(code, *cells, cell(9, 2023)))).endswith(f"{expected} {later}")


def test_a_zero_among_masked_counts_is_not_called_masked() -> None:
    sex = figure("sex", censored(), cell(0, sex=FEMALE), censored(sex=MALE))
    assert str(say(sex)).startswith("In 2020 every count is masked or 0. What share")


def test_no_more_people_are_known_than_were_counted() -> None:
    sex = figure("sex", cell(100), cell(98, sex=FEMALE), censored(sex=MALE))
    assert "98 of the 98 to 100 people whose sex is known were women or girls: 98 to 100%." in str(say(sex))
    age = figure("age", cell(100), cell(98, age=ADULT), censored(age=CHILD))
    assert "fewer than 5 of the 98 to 100 people whose age is known were children: 0 to 4%." in str(say(age))


def test_forms_may_be_stated_more_often_than_there_are_people() -> None:
    forms = form(98, SEXUAL), censored(dimension=BY_FORM, category=LABOUR)
    assert "98 of 98 to 102 times (96 to 100%)" in str(say(figure("form", cell(100), *forms)))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sex", "UNODC geeft voor geen enkel jaar zowel vrouwen als mannen."),
        ("age", "UNODC geeft voor geen enkel jaar zowel kinderen als volwassenen."),
        ("form", "UNODC geeft voor geen enkel jaar een vorm van uitbuiting."),
    ],
)
def test_a_split_that_is_never_stated_is_said(code: str, expected: str) -> None:
    assert said(figure(code, cell(10)))[1] == expected


def test_without_a_total_nothing_is_said_about_how_many_are_not_known() -> None:
    sex = figure("sex", cell(4, sex=FEMALE), cell(6, sex=MALE))
    assert str(say(sex)).endswith("UNODC gives no total for that year, so of how many it is not known cannot be said.")


def test_where_the_parts_exceed_the_total_no_number_of_unknown_is_said() -> None:
    sentence = str(say(figure("form", cell(5), form(4, SEXUAL), form(3, LABOUR))))
    assert sentence == "Stated most often in 2020: sexual exploitation, 4 of 7 times (57%)."


@pytest.mark.parametrize(
    ("amount", "english", "dutch"),
    [
        (exactly(1222), "1,222", "1.222"),
        (fewer_than(5), "fewer than 5", "minder dan 5"),
        (Amount(11, 15), "11 to 15", "11 tot en met 15"),
        (exactly(0), "0", "0"),
    ],
)
def test_an_amount_is_written_as_it_is_said(amount: Amount, english: str, dutch: str) -> None:
    assert in_words(amount) == english
    with translation.override("nl"):
        assert in_words(amount) == dutch


def test_a_half_percentage_is_rounded_upwards() -> None:
    sex = figure("sex", cell(8), cell(1, sex=FEMALE), cell(7, sex=MALE))
    assert "13%" in str(say(sex))


# --- the whole file, by a rule that uses nothing of the program -------------------------------------------------------
PARTS = {
    "sex": {("Sex", "Female"), ("Sex", "Male"), ("Sex", "Other")},
    "age": {("Age", "0 to 17 years"), ("Age", "18 years or over")},
    "form": {("Category", SEXUAL), ("Category", LABOUR), ("Category", OTHER)},
}
NEEDED = {"sex": {"Female", "Male"}, "age": {"0 to 17 years", "18 years or over"}, "form": set[str]()}
Stated = dict[int, dict[str, list[str]]]  # by year and part: the counts as they are printed


@pytest.fixture(scope="module")
def whole_file(shared: Path) -> Path:
    return shared / "data" / "glotip" / "glotip_2025-04-14.csv.gz"


@pytest.fixture(scope="module")
def victims(whole_file: Path) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = defaultdict(list)
    for found in read_file(whole_file).cells:
        if found.indicator == "victims_detected":
            cells[found.country].append(found)
    return cells


def part_in(row: dict[str, str], code: str) -> str | None:
    if row["Indicator"] != "Detected trafficking victims":
        return None
    total = {name: row[name] for name in ("Dimension", "Category", "Sex", "Age")}
    if code == "form":
        total["Dimension"] = {"by form of exploitation": "Total"}.get(total["Dimension"], "another")
    split = [(name, value) for name, value in total.items() if value != "Total"]
    return split[0][1] if len(split) == 1 and split[0] in PARTS[code] else None


def stated_in(path: Path, code: str) -> dict[str, Stated]:
    stated: dict[str, Stated] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if part := part_in(row, code):
                stated[row["Iso3_code"]][int(row["Year"])][part].append(row["txtVALUE"])
    return stated


def is_countable(parts: dict[str, list[str]], code: str) -> bool:
    return parts.keys() >= NEEDED[code] and any(value != "<5" for values in parts.values() for value in values)


@pytest.mark.parametrize("code", PARTS)
def test_what_every_country_is_said_not_to_have_it_does_not_have(
    whole_file: Path, victims: dict[str, list[Cell]], code: str
) -> None:
    stated = stated_in(whole_file, code)
    wrong = {}
    for country, cells in victims.items():
        sentence = str(say(figure(code, *cells)))
        if not is_true(sentence, stated.get(country, {}), code):
            wrong[country] = sentence
    assert wrong == {}


def is_true(sentence: str, stated: Stated, code: str) -> bool:
    split = [year for year in stated if stated[year].keys() >= NEEDED[code]]
    countable = [year for year in split if is_countable(stated[year], code)]
    if not split:
        return sentence.startswith("For no year")
    if not countable:
        return sentence.startswith(f"In {max(split)} only masked counts are given. Wh")
    is_later_stated = max(stated) > max(countable)
    return (
        f"n {max(countable)}" in sentence[:40]
        and " 0 to 100%" not in sentence
        and ("UNODC gives too little" in sentence) == is_later_stated
        and not ("does not state it" in sentence and is_later_stated)
    )
