"""Rows of CTDC's data set become persons; what stands for several of our terms is never split."""

from tests.cases.exchange.made import AROUND

from zicht import words
from zicht.cases.exchange.ctdc import CtdcReader, flag_terms, known_column
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import Mapped

# Two rows as they stand in the Global Synthetic Dataset; made up.
FULL = {
    "yearOfRegistration": "2016", "gender": "Woman", "ageBroad": "9--17", "citizenship": "HUN",
    "CountryOfExploitation": "NLD", "traffickMonths": "13--24 (1-2 yrs)", "meansThreats": "1", "meansWithholdDocs": "1",
    "meansDrugsAlcohol": "0", "isSexualExploit": "1", "isForcedLabour": "0", "typeOfSexProstitution": "1",
    "typeOfLabourHospitality": "1", "recruiterRelationFamily": "1",
}  # fmt: skip


def read(row: dict[str, str]) -> Mapped:
    return CtdcReader(list(row), AROUND).read(list(row.values()))


def test_a_row_becomes_a_person_and_an_episode() -> None:
    mapped = read(FULL)
    person, episode = mapped.bundle.person, mapped.bundle.episodes[0]
    assert mapped.problems == []
    assert (person["gender"], person["citizenship"], person["first_registered"]) == ("f", ("HUN",), 2016)
    assert (person["citizenship_group"], person["status"]) == ("eu", "not_asked")
    assert (episode["country_exploitation"], episode["duration_band"]) == ("NLD", "d_1_2y")
    assert (episode["means"], episode["forms"], episode["industry"]) == (("documents",), ("sexual",), "I")


def test_a_flag_that_stands_for_several_terms_is_never_split() -> None:
    mapped = read(FULL)
    assert mapped.bundle.episodes[0]["relations"] == ("unknown",)
    assert mapped.bundle.episodes[0]["sex_settings"] == ("unknown",)
    composite = {loss.field for loss in mapped.losses if loss.why is Why.COMPOSITE}
    assert composite == {"meansThreats", "typeOfSexProstitution", "recruiterRelationFamily"}


def test_an_age_group_wider_than_ours_is_kept_as_no_more_than_a_minor() -> None:
    mapped = read(FULL)
    assert mapped.bundle.person["age_band"] == "minor_nos"
    assert Loss("ageBroad", Why.BROADER, "9--17") in mapped.losses


def test_a_group_of_genders_is_not_chosen_among() -> None:
    mapped = read({"gender": "Trans/Transgender/NonConforming"})
    assert mapped.bundle.person["gender"] == "unknown"


def test_what_is_not_stated_is_not_asked_and_makes_no_episode() -> None:
    mapped = read({"gender": "", "ageBroad": "NA", "isForcedLabour": "0", "meansThreats": "NA"})
    assert mapped.bundle.episodes == []
    assert "gender" not in mapped.bundle.person


def test_all_27_columns_are_read_or_are_flags() -> None:
    others = {"yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", "traffickMonths"}
    assert set(flag_terms()) | others == words.vocabulary().outside.ctdc_columns
    assert len(words.vocabulary().outside.ctdc_columns) == 27


def test_newer_names_of_columns_are_known() -> None:
    assert known_column("sectorOfSexPornography") == "typeOfSexPornography"
    assert known_column("name") == ""


def test_a_value_that_is_none_is_a_problem_in_its_column() -> None:
    mapped = read({"gender": "female", "isForcedLabour": "maybe", "citizenship": "XX", "yearOfRegistration": "x"})
    assert {problem.column for problem in mapped.problems} == {
        "gender", "isForcedLabour", "citizenship", "yearOfRegistration"
    }  # fmt: skip
