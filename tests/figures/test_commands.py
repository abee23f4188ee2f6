"""`zicht import-glotip` and `zicht figures`."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.figures.files import FORM, line, write_csv

from zicht.figures.models import OutsideEdition

pytestmark = pytest.mark.django_db


def run(*words: str | Path) -> str:
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refusal(*words: str | Path) -> str:
    with pytest.raises(CommandError) as caught:
        run(*words)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_importing_says_what_is_in_use_now(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line(), line("<5"), line(Iso3_code="", Country="Sark"))
    assert run("import_glotip", path) == (
        "Imported 2 rows, 1 of them masked.\nCountries: 1. Years: 2020.\nThe file is of 2025-04-14.\n"
        "Left out 1 rows of Sark, which has no country code.\n"
    )


def test_the_countries_and_years_are_said_so_that_half_a_file_is_seen(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line("1", 2003), line("2", 2022, Iso3_code="BGR", Country="Bulgaria"))
    assert "--fewer-rows" in refusal("import_glotip", path)
    assert "\nCountries: 2. Years: 2003–2022.\n" in run("import_glotip", path, "--fewer-rows")


def test_two_files_at_once_are_refused_and_so_is_none(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line())
    assert refusal("import_glotip", path, path).startswith("Give one file at a time: 2 were given.")
    assert refusal("import_glotip").startswith("Give one file at a time: 0 were given.")
    assert not OutsideEdition.objects.exists()


def test_a_wrong_file_ends_with_its_sentence(tmp_path: Path) -> None:
    assert "column txtVALUE" in refusal("import_glotip", write_csv(tmp_path, line("?")))


def test_a_date_is_given_as_a_date(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line(), name="figures.csv")
    assert "--dated" in run("import_glotip", path)
    assert "YYYY-MM-DD" in refusal("import_glotip", path, "--dated", "14/04/2025")
    assert "of 2024-01-31" in run("import_glotip", path, "--dated", "2024-01-31")


def test_steps_back_are_taken_when_asked_for_by_name(tmp_path: Path) -> None:
    run("import_glotip", write_csv(tmp_path, line(), line()))
    old = write_csv(tmp_path, line(), name="glotip_2020-01-01.csv")
    assert "--older" in refusal("import_glotip", old)
    assert "--fewer-rows" in refusal("import_glotip", old, "--older")
    assert "1 rows" in run("import_glotip", old, "--older", "--fewer-rows")


def test_totals_are_one_json_array_with_the_oldest_year_first(edition: OutsideEdition) -> None:
    assert run("figures", "glotip", "--country", "NLD", "--format", "json") == (
        '[{"year": 2019, "value": 1372}, {"year": 2020, "value": 1013}, {"year": 2022, "value": 814}]\n'
    )


def test_a_censored_year_has_a_bound_and_a_sum_with_one_an_interval(tmp_path: Path) -> None:
    run("import_glotip", write_csv(tmp_path, line("<5", 2018), line("<5", 2019), line("11", 2019), line("5", 2020)))
    assert json.loads(run("figures", "glotip", "--country", "nld")) == [
        {"year": 2018, "value": None, "below": 5},
        {"year": 2019, "value": None, "low": 11, "high": 15},
        {"year": 2020, "value": 5},
    ]
    assert list(csv.reader(io.StringIO(run("figures", "glotip", "--country", "NLD", "--format", "csv")))) == [
        ["year", "value", "below", "low", "high"],
        ["2018", "", "5", "", ""],
        ["2019", "", "", "11", "15"],
        ["2020", "5", "", "", ""],
    ]


def test_other_things_are_counted_too(edition: OutsideEdition) -> None:
    convicted = run("figures", "glotip", "--country", "NLD", "--indicator", "convicted")
    assert json.loads(convicted) == [{"year": 2022, "value": 62}]


@pytest.mark.parametrize("asked", ["NL", "NDL", "Netherlands", "nederland"])
def test_an_unknown_country_names_near_ones(edition: OutsideEdition, asked: str) -> None:
    assert "NLD (Netherlands)" in refusal("figures", "glotip", "--country", asked)


def test_a_country_like_no_other_names_none(edition: OutsideEdition) -> None:
    assert refusal("figures", "glotip", "--country", "QQQ") == "There are no figures for QQQ."


@pytest.mark.parametrize("asked", ["", "  "])
def test_no_country_is_asked_for_again(edition: OutsideEdition, client: Client, asked: str) -> None:
    said = refusal("figures", "glotip", "--country", asked)
    assert said == "Give a country by its code of three letters, such as NLD."
    page = client.get("/en/figures/", {"country": " "})
    assert (page.status_code, said in page.content.decode()) == (404, True)


def test_a_country_that_is_only_named_as_a_place_of_return_is_not_called_absent(
    edition: OutsideEdition, client: Client
) -> None:
    page = client.get("/en/figures/", {"country": "ABW"}).content.decode()
    assert "There are no figures here about this country." in page
    assert "not in UNODC" not in page


@pytest.mark.parametrize(("kind", "empty"), [("json", "[]\n"), ("csv", "year,value,below,low,high\n")])
def test_a_country_without_a_total_is_an_empty_list_and_a_sentence_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, empty: str
) -> None:
    run("import_glotip", write_csv(tmp_path, line("7", 2020, **FORM, Category="Forced labour")))
    call_command("figures", "glotip", "--country", "nld", "--format", kind)
    out, err = capsys.readouterr()
    assert out == empty
    assert err == "UNODC's file gives no total of victims_detected for NLD.\n"


def test_an_unknown_indicator_names_the_known_ones(edition: OutsideEdition) -> None:
    assert "victims_detected" in refusal("figures", "glotip", "--country", "NLD", "--indicator", "victims")


def test_before_any_import_the_command_says_what_to_do() -> None:
    assert "zicht import-glotip" in refusal("figures", "glotip", "--country", "NLD")
