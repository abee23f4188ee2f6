"""Screening: versions of lists, candidates sealed and behind walls, verdicts that stay, and what is new with a list."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from pytest_django.fixtures import Settings
from tests.evidence.cast import Cast
from tests.evidence.lists import FIRST, HEADER, SECOND, THIRD, ships
from tests.people.conftest import SignIn

from zicht.cases.errors import NotAllowedError
from zicht.evidence.models import Actor, SanctionsList, Screening, ScreeningCandidate
from zicht.evidence.screening import actions, kept_index, lists, queries
from zicht.evidence.screening.errors import OlderListError
from zicht.evidence.screening.findings import find
from zicht.evidence.sources.withdrawing import withdraw
from zicht.linkage.screening import Asked, Screener
from zicht.people.models import AccessLine
from zicht.reading.lists.errors import UnknownList
from zicht.reading.lists.read import read_list
from zicht.site import made_up_evidence

SHIP = "9074729"


def _labels(cast: Cast) -> list[tuple[str, str]]:
    return [(one.finding.name, one.state) for one in queries.matches(cast.researcher)]


# --- lists --------------------------------------------------------------------------------------------------------
def test_a_list_is_kept_in_versions_and_the_same_file_changes_nothing(db: None) -> None:
    first, again, second = (actions.import_list(content) for content in (FIRST, FIRST, SECOND))
    assert (first.is_new, again.is_new, again.version.pk) == (True, False, first.version.pk)
    assert [(one.which, one.number) for one in lists.current_versions()] == [("un_sc", 2)]
    assert second.version.entries == 2
    with pytest.raises(OlderListError):
        actions.import_list(FIRST)
    assert SanctionsList.objects.count() == 2


def test_what_is_stored_is_what_was_read(db: None) -> None:
    version = actions.import_list(SECOND).version
    assert lists.ready(version.pk).entries == read_list(SECOND).entries


def test_a_file_that_is_no_list_is_refused_and_the_version_before_stays_in_use(db: None) -> None:
    actions.import_list(FIRST)
    with pytest.raises(UnknownList):
        actions.import_list(b"naam,adres\nx,y\n")
    assert [one.number for one in lists.current_versions()] == [1]


def test_the_lists_of_the_demo_hold_office_39_and_hit_none_who_helps(db: None) -> None:
    made_up_evidence.import_lists()
    made_up_evidence.import_lists()
    versions = lists.current_versions()
    assert {one.key for one in find(Asked.read("Bureau 39"), versions)} == {"12209", "6908524"}
    # The aid organisations and witnesses of the documents in ../shared/seeds.
    for name in (
        "Korea Future Initiative", "Database Centre for North Korean Human Rights", "NKDB", "Lee Yumi", "Yeo Sang Yoon",
        "Citizens’ Alliance for North Korean Human Rights", "NKHR", "CoMensha", "Sjaak Vos", "Sanne Kivits",
        "Coördinatiecentrum tegen Mensenhandel", "Samen tegen Mensenhandel",
    ):  # fmt: skip
        assert find(Asked.read(name), versions) == [], name


def test_the_index_of_a_long_list_is_kept_and_gives_the_same_as_one_made_anew(
    db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(kept_index, "SHORT", 0)
    fleet = ships(("Zeebries", SHIP), ("BUREAU 12", "9241061"), ("Golden Wave 3", "9703291"))
    version = actions.import_list(fleet).version
    (file,) = (tmp_path / "screening").glob("*.npz")
    lists.ready.cache_clear()
    kept, whole = lists.ready(version.pk), Screener(read_list(fleet).entries)
    assert tuple(kept.entries) == read_list(fleet).entries
    assert kept.entry("s-9703291") == kept.entries[2]
    for asked in ("Zeebries", "golden wave 3", "Kantoor 12", f"Anders IMO {SHIP}", "Niemand"):
        assert kept.screener.screen(Asked.read(asked)) == whole.screen(Asked.read(asked)), asked
    # A broken file is made anew, and that of a version which is replaced goes.
    file.write_bytes(b"broken")
    lists.ready.cache_clear()
    assert find(Asked.read("Zeebries"), [version])
    actions.import_list(ships(("Zeebries", SHIP)))
    assert not file.exists()
    assert len(list((tmp_path / "screening").glob("*.npz"))) == 1


# --- actors -------------------------------------------------------------------------------------------------------
def test_a_list_that_comes_in_is_held_against_the_actors_and_says_what_is_new_with_it(cast: Cast) -> None:
    cast.says(cast.source())
    assert actions.import_list(FIRST).candidates == 1
    assert _labels(cast) == [("OFFICE 12", "")]
    assert actions.import_list(SECOND).candidates == 1
    assert sorted(_labels(cast)) == [("MINISTRY OF NACHTZAKEN", "new"), ("OFFICE 12", "")]
    assert actions.import_list(THIRD).candidates == 1
    assert sorted(_labels(cast)) == [("MINISTRY OF NACHTZAKEN", "changed"), ("OFFICE 12", "gone")]
    assert AccessLine.objects.filter(subject="screening", verb="screened", account=None).count() == 3


def test_screening_again_without_a_change_finds_nothing_new(cast: Cast) -> None:
    actions.import_list(FIRST)
    cast.says(cast.source())
    assert actions.screen_again(cast.researcher) == 1
    assert actions.screen_again(cast.researcher) == 0
    with pytest.raises(NotAllowedError):
        actions.screen_again(cast.director)


def test_equal_numbers_of_ships_match_whatever_the_name_and_unequal_ones_never(cast: Cast) -> None:
    cast.says(cast.source())
    ship = Actor.objects.get(kind="fund")
    ship.kind, ship.register_id, ship.public_actor = "vessel", f"IMO {SHIP}", True
    ship.save()
    actions.import_list(ships(("Zeebries", SHIP), ("BUREAU 12", "9241061")))
    (match,) = queries.matches(cast.researcher)
    assert (match.finding.name, match.finding.same_imo, match.finding.score) == ("Zeebries", True, 1)


def test_who_is_protected_is_not_screened(cast: Cast) -> None:
    cast.says(cast.source())
    Actor.objects.filter(kind="fund").update(protected=True, public_actor=False)
    assert actions.import_list(FIRST).candidates == 0


# --- who sees it --------------------------------------------------------------------------------------------------
def test_candidates_stand_behind_the_walls_of_the_source_and_go_with_it(cast: Cast) -> None:
    source = cast.source(restricted=True)
    cast.says(source)
    actions.import_list(FIRST)
    (match,) = queries.matches(cast.researcher)
    for stranger in (cast.second, cast.director):
        assert queries.matches(stranger) == []
        assert queries.find_match(stranger, match.record.pk) is None
        with pytest.raises(NotAllowedError):
            actions.decide(stranger, match.record, "same", "I say so.")
    withdraw(cast.researcher, source, source.collected_on)
    assert queries.matches(cast.researcher) == []


def test_who_was_found_is_sealed_in_the_database(cast: Cast) -> None:
    cast.says(cast.source())
    actions.import_list(FIRST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM evidence_screeningcandidate")
        assert b"OFFICE" not in bytes(cursor.fetchone()[0])


# --- verdicts -----------------------------------------------------------------------------------------------------
def test_a_verdict_names_who_gave_it_and_on_which_version_and_stays(cast: Cast) -> None:
    cast.says(cast.source())
    actions.import_list(SECOND)
    match = next(one for one in queries.matches(cast.researcher) if one.finding.key == "13")
    with pytest.raises(ValidationError):
        actions.decide(cast.researcher, match.record, "same", "  ")
    actions.decide(cast.researcher, match.record, "unsure", "Look at the address.")
    actions.decide(cast.second, match.record, "same", "Same address in both.")
    (found,) = (one for one in queries.matches(cast.third) if one.finding.key == "13")
    assert [(one.record.by, one.number) for one in found.verdicts] == [(cast.second, 1), (cast.researcher, 1)]
    assert not found.is_open
    # The entry changes: the verdict is told with its version, and somebody must look again.
    actions.import_list(THIRD)
    (found,) = (one for one in queries.matches(cast.third) if one.finding.key == "13")
    assert (found.is_open, found.state, found.verdicts[0].number, found.finding.number) == (True, "changed", 1, 2)


@pytest.mark.parametrize("table", ["sanctionslist", "screening", "screeningcandidate", "screeningverdict"])
@pytest.mark.parametrize(
    "statement", ["UPDATE evidence_{} SET at = at", "DELETE FROM evidence_{}"], ids=["update", "delete"]
)
def test_nothing_of_a_screening_is_changed_or_deleted(cast: Cast, table: str, statement: str) -> None:
    cast.says(cast.source())
    actions.import_list(FIRST)
    actions.decide(cast.researcher, ScreeningCandidate.objects.get(), "same", "Same address.")
    changed = statement.format(table).replace(
        "SET at = at", "SET told = told" if table == "screeningcandidate" else "SET at = at"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(changed)


# --- commands -----------------------------------------------------------------------------------------------------
def test_the_commands_take_in_a_list_and_screen_names(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(SECOND)
    translation.activate("en")
    with pytest.raises(CommandError, match="No list"):
        call_command("screen", "Bureau 12")
    call_command("import_sanctions", file)
    call_command("import_sanctions", file)
    assert "version 1, which is in use" in capsys.readouterr().out
    call_command("screen", "Bureau 12", "Stichting Lantaarn", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["lists"][0]["version"] == 1
    assert [[one["key"] for one in each["candidates"]] for each in told["screened"]] == [["12"], []]
    assert told["screened"][0]["candidates"][0]["reasons"] == [
        {"code": "meaning", "ours": "bureau", "theirs": "office"}
    ]
    call_command("screen", "Kantoor nr. 12")
    assert "“kantoor” means the same as “office”" in capsys.readouterr().out
    assert not Screening.objects.exists()
    file.write_text(HEADER)
    with pytest.raises(CommandError, match="names nobody"):
        call_command("import_sanctions", file)


# --- pages --------------------------------------------------------------------------------------------------------
HOME = "/staff/evidence/screening/"


def test_a_person_gives_a_verdict_on_the_page_and_names_are_asked_without_being_stored(
    cast: Cast, sign_in: SignIn
) -> None:
    cast.says(cast.source())
    actions.import_list(FIRST)
    browser = sign_in(cast.researcher)
    page = browser.get(HOME).content.decode()
    candidate = f"{HOME}{ScreeningCandidate.objects.get().pk}/"
    assert candidate in page
    assert "OFFICE 12" in browser.get(candidate).content.decode()
    assert browser.post(candidate, verdict="same", reason="").status_code == 200
    assert browser.post(candidate, verdict="same", reason="Zelfde adres.").status_code == 302
    assert "Zelfde adres." in browser.get(candidate).content.decode()
    assert browser.post(f"{HOME}again/").status_code == 302
    asked = browser.post(f"{HOME}names/", names="Kantoor 12\nStichting Lantaarn").content.decode()
    assert "OFFICE 12" in asked
    assert Screening.objects.count() == 2


def test_who_may_not_see_it_gets_no_page_of_screening(cast: Cast, sign_in: SignIn) -> None:
    cast.says(cast.source(restricted=True))
    actions.import_list(FIRST)
    candidate = f"{HOME}{ScreeningCandidate.objects.get().pk}/"
    stranger = sign_in(cast.director)
    assert {stranger.get(HOME).status_code, stranger.post(f"{HOME}names/", names="x").status_code} == {404}
    assert {stranger.post(f"{HOME}again/").status_code, stranger.get(candidate).status_code} == {404}
    other = sign_in(cast.second)
    assert other.get(candidate).status_code == 404
    assert "OFFICE 12" not in other.get(HOME).content.decode()
