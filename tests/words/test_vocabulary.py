"""The vocabulary that comes with Zicht: it is sound, whole, and nobody can change it by accident."""

import re
from pathlib import Path

import pytest

from zicht import words
from zicht.words.files import DATA

NAMED_COUNTS = re.compile(
    r"(\d+) lists with (\d+) codes; (\d+) entities with (\d+) fields; (\d+) indicators \((\d+) active\); "
    r"(\d+) steps with (\d+) barriers; (\d+) tables"
)


def test_the_shipped_vocabulary_has_no_mistake() -> None:
    assert words.vocabulary().version == "1.5.0"


def test_it_is_loaded_once() -> None:
    assert words.vocabulary() is words.vocabulary()


def test_the_list_of_changes_states_what_the_files_hold() -> None:
    vocabulary = words.vocabulary()
    steps = [step for process in vocabulary.processes.values() for step in process.steps.values()]
    held = (
        len(vocabulary.lists),
        sum(len(code_list.codes) for code_list in vocabulary.lists.values()),
        len(vocabulary.entities),
        sum(len(entity.fields) for entity in vocabulary.entities.values()),
        len(vocabulary.indicators),
        sum(indicator.is_active for indicator in vocabulary.indicators.values()),
        len(steps),
        sum(len(step.barriers) for step in steps),
        len(vocabulary.tables),
    )
    changes = (DATA / "CHANGES.md").read_text(encoding="utf-8")
    stated = NAMED_COUNTS.search(changes)
    assert stated is not None
    assert tuple(map(int, stated.groups())) == held == (155, 1102, 106, 1060, 108, 107, 22, 55, 25)
    assert f"## {vocabulary.version}" in changes


def test_every_data_file_names_its_source_and_licence() -> None:
    sources = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for path in DATA.iterdir():
        if path.suffix != ".md":
            assert f"`{path.name}`" in sources


def test_nobody_can_change_a_term_for_the_others() -> None:
    gender = words.vocabulary().lists["gender"]
    with pytest.raises(AttributeError):
        gender.codes["f"].label = words.Label("changed", "veranderd")  # type: ignore[misc]
    with pytest.raises(TypeError):
        gender.codes["x"] = gender.codes["f"]  # type: ignore[index]
    with pytest.raises(TypeError):
        gender.codes["f"].attributes["std"] = ""  # type: ignore[index]


def test_a_term_tells_what_its_list_says_about_it() -> None:
    lists = words.vocabulary().lists
    assert lists["case_state"].codes["active"].texts("next") == ("follow_up", "closed", "closed_referred")
    assert lists["release_level"].codes["public"].number("min_cell") == 10
    assert lists["age_band"].codes["48_up"].number("max") is None
    assert lists["age_band"].codes["16_17"].is_marked("minor")
    assert not lists["age_band"].codes["18_20"].is_marked("minor")
    assert lists["consent_answer"].codes["by_guardian"].text("use").startswith("answer yes")


def test_a_field_tells_how_it_is_kept_and_published() -> None:
    received = words.vocabulary().entities["contact"].fields["received_at"]
    assert (received.type, received.precision, received.required) == ("datetime", "hour", True)
    assert (received.sensitivity, received.publication) == ("P2", "band")
    assert received.label.in_language("nl") == "Ontvangen op"


def test_roles_and_regimes_name_the_agreed_walls() -> None:
    lists = words.vocabulary().lists
    walls = {role.code: role.texts("compartments") for role in lists["staff_role"].codes.values()}
    assert walls == {
        **dict.fromkeys(["counsellor", "desk_lead", "case_worker", "care_coordinator", "shelter_worker"], ("help",)),
        "signal_officer": ("enforce",),
        "researcher": ("evidence",),
        "reporter": ("press",),
        "analyst": ("stats", "public"),
        "rapporteur": ("stats", "public"),
        "policy_officer": ("public",),
        "administrator": ("public",),
        "privacy_officer": ("public",),
    }
    assert lists["legal_regime"].codes["press"].texts("compartments") == ("press", "public")
    assert lists["staff_role"].codes["counsellor"].texts("purposes")[0] == "help"


def test_the_access_log_is_kept_for_five_years_and_the_time_of_staff_to_the_second() -> None:
    line = words.vocabulary().entities["access_line"]
    assert "at least 5 years" in line.retention
    assert line.fields["at"].precision == ""
    assert "to the second" in line.fields["at"].note


def test_no_data_file_points_to_a_place_on_somebodys_machine() -> None:
    path_of_a_machine = re.compile(r"(?:^|[\s\"'(])(?:~|\.\.)?/(?:home|work|tmp|usr|root|mnt)/|\bshared/")
    pointing = [path.name for path in DATA.iterdir() if path_of_a_machine.search(path.read_text(encoding="utf-8"))]
    assert pointing == []


def test_a_folder_without_data_is_reported_file_by_file(tmp_path: Path) -> None:
    with pytest.raises(words.VocabularyError) as caught:
        words.load(tmp_path)
    assert "codes.yaml: cannot be read: No such file or directory" in str(caught.value)
    assert len(caught.value.mistakes) == 8
