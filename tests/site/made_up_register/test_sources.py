"""What the margins say that others published is what those publications say."""

import csv
from pathlib import Path

import pytest

from zicht import words
from zicht.site.made_up_register import margins

FORMS = {"Sexual exploitation": "sexual", "Forced labour": "labour", "Other forms of exploitation": "other"}
SEXES = {"Female": "f", "Male": "m"}
AGES = {"0 to 17 years": "minor", "18 years or over": "adult"}
MOST_HIDDEN = 4  # behind "<5"


@pytest.fixture(scope="module")
def unodc(project: Path) -> list[dict[str, str]]:
    """Give the rows of UNODC's file that come with Zicht."""
    file = project / "src" / "zicht" / "figures" / "data" / "glotip_netherlands_totals.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def bounds(values: list[str]) -> tuple[int, int]:
    numbers = [int(value.replace(",", "")) for value in values if value != "<5"]
    hidden = len(values) - len(numbers)
    return sum(numbers), sum(numbers) + MOST_HIDDEN * hidden


def test_forms_of_each_year_are_unodcs(unodc: list[dict[str, str]]) -> None:
    for year, margin in margins.FORMS.items():
        for name, form in FORMS.items():
            wanted = {"Year": str(year), "Category": name, "Sex": "Total", "Age": "Total"}
            values = [row["txtVALUE"] for row in unodc if wanted.items() <= row.items()]
            least, most = bounds(values)
            assert least <= margin.counts[form] <= most


def test_sex_and_age_of_each_form_are_unodcs(unodc: list[dict[str, str]]) -> None:
    for name, form in FORMS.items():
        for sex, s in SEXES.items():
            for age, a in AGES.items():
                wanted = {"Category": name, "Sex": sex, "Age": age}
                values = [
                    row["txtVALUE"]
                    for row in unodc
                    if wanted.items() <= row.items() and row["Year"] in ("2021", "2022")
                ]
                least, most = bounds(values)
                assert least <= margins.SEX_AND_AGE[form].counts[f"{s} {a}"] <= most


def test_yearly_totals_are_those_of_unodc_and_of_the_vocabulary(unodc: list[dict[str, str]]) -> None:
    wanted = {"Dimension": "Total", "Sex": "Total", "Age": "Total"}
    totals = {int(row["Year"]): row["txtVALUE"].replace(",", "") for row in unodc if wanted.items() <= row.items()}
    assert {year: int(totals[year]) for year in (2020, 2021, 2022)} == {
        year: margins.YEARS[year] for year in (2020, 2021, 2022)
    }
    stated = words.vocabulary().context_figures
    assert [stated[f"comensha_{year}"].value for year in (2020, 2021)] == [margins.YEARS[2020], margins.YEARS[2021]]


def test_figures_of_the_chat_are_those_of_the_vocabulary() -> None:
    stated = words.vocabulary().seed_figures
    age = margins.CHAT_AGE.counts
    assert age["le15"] == stated["s004_le15"].value
    assert age["le15"] + age["a16_17"] == pytest.approx(stated["s004_minor"].value)
    assert stated["s004_parent"].value == "1/7"
    assert margins.CHAT_PARENT.counts["parent"] == pytest.approx(1 / 7)
    assert margins.CHAT_PARENT_LONG.counts["d_gt2y"] > float(str(stated["s004_parent_duration"].value))
    assert margins.CHAT_SOCIAL_MEDIA.counts["social_media"] == stated["s004_met_social"].value
    assert margins.CHAT_IMAGES.counts["threat_images"] == stated["s004_image_threat"].value
    counts = margins.CHAT_GROOMING.counts
    under_a_week, under_a_month = counts["g_same_day"] + counts["g_days"], 1 - counts["g_months"] - counts["g_longer"]
    assert words.vocabulary().context_figures["grooming_ckm"].value == pytest.approx((under_a_week, under_a_month))


def test_other_reporters_are_those_of_the_six_lists(shared: Path) -> None:
    with (shared / "data" / "mse" / "netherlands_2010_2015_6lists.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name != "count"]
    alone = {name: int(row["count"]) for row in rows for name in names if [n for n in names if row[n] == "1"] == [name]}
    assert {name: alone[name] for name in margins.OTHER_REPORTERS.counts} == margins.OTHER_REPORTERS.counts
