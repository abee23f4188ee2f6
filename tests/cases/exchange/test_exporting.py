"""What leaves: only what may, to whom it may, for a reason, and with a line for every person."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from uuid import UUID

import openpyxl
import pytest
from tests.cases.cast import EPISODE, PERSON, Cast
from tests.cases.exchange.files import source

from zicht.cases import actions
from zicht.cases.errors import NotAllowedError
from zicht.cases.exchange import exporting, importing
from zicht.cases.exchange.errors import NobodyToExport
from zicht.cases.exchange.exporting import Order
from zicht.cases.exchange.report import Why
from zicht.cases.models import Case, Consent, Exploitation, Person, PlaceEvent, Share
from zicht.people.locked_files import File
from zicht.people.models import AccessLine, Organisation
from zicht.people.sealed import reveal

pytestmark = pytest.mark.django_db
NECESSITY = "The coordination centre counts persons once a year; no less detail would do."


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Give a register with one person of whom much is known."""
    case = actions.open_case(cast.case_worker, {"opened_on": dt.date(2026, 1, 5), "incoming_date": dt.date(2026, 1, 4)})
    actions.change_case(cast.case_worker, case, {"comments": "made-up note"}, version=case.version)
    told = {**PERSON, "own_children": 4, "citizenship": ["HUN"], "match_key": "ab" * 32, "in_school": True}
    person = actions.add_person(cast.case_worker, case, told)
    episode = actions.add_episode(cast.case_worker, case, person, {**EPISODE, "start_month": "2025-03"})
    place = {"event_kind": "recruitment", "level": "municipality", "place_code": "GM0363", "period": "2025-03"}
    actions.add_place(cast.case_worker, case, episode, place)
    return cast


def order(cast: Cast, **other: object) -> Order:
    told = Order(cast.stranger.org, "help", "plain", "csv", ("a6_public", "a9_substantial"), NECESSITY)
    return replace(told, **other)  # type: ignore[arg-type]


def rows_of(file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode())))


# --- what leaves -----------------------------------------------------------------------------------------------------
def test_what_the_words_never_publish_does_not_leave(filled: Cast) -> None:
    file, contents = exporting.export(filled.case_worker, order(filled))
    (row,) = rows_of(file)
    assert "made-up note" not in file.content.decode()
    assert "ab" * 32 not in file.content.decode()
    assert "2026-01" not in file.content.decode()
    assert "2025-03" not in file.content.decode()
    assert (row["case.opened_on"], row["person.status_date"], row["exploitation.start_month"]) == (
        "2026",
        "2026",
        "2025",
    )
    assert (row["person.own_children"], row["person.gender"]) == ("3+", "f")
    assert (row["place_event.level"], row["place_event.place_code"]) == ("province", "Noord-Holland")
    held_back = {line.field for line in contents.report.lines() if line.why is Why.NOT_ALLOWED}
    assert held_back == {"person.match_key", "case.comments"}


def test_identifiers_are_others_and_differ_from_recipient_to_recipient(filled: Cast) -> None:
    police = filled.officer.org
    first, again, other = (
        rows_of(exporting.export(filled.case_worker, order(filled, recipient=recipient))[0])[0]
        for recipient in (filled.stranger.org, filled.stranger.org, police)
    )
    own = str(Person.objects.get().pk)
    assert own not in (first["person.person_id"], other["person.person_id"])
    assert first["person.person_id"] == again["person.person_id"] != other["person.person_id"]
    assert UUID(first["case.case_id"]) != Case.objects.get().pk


def test_to_the_own_organisation_all_goes_but_texts(filled: Cast) -> None:
    own = Order(filled.case_worker.org, "help", "plain", "csv")
    file, contents = exporting.export(filled.case_worker, own)
    (row,) = rows_of(file)
    assert row["person.person_id"] == str(Person.objects.get().pk)
    assert (row["case.opened_on"], row["exploitation.start_month"]) == ("2026-01-05", "2025-03")
    assert [line.field for line in contents.report.lines()] == ["case.comments"]
    assert Share.objects.count() == 0


def test_a_row_of_htcds_leaves_with_the_names_of_the_standard(filled: Cast) -> None:
    file, contents = exporting.export(filled.case_worker, order(filled, standard="htcds", kind="json"))
    told = json.loads(file.content)
    assert "IOM" in told["about"]["credit"]
    (row,) = told["rows"]
    assert (row["prs_Gender"], row["cas_IncomingReferralDate"], row["hte_State"]) == (
        "Feminine",
        "2026",
        "Noord-Holland",
    )
    assert {line.field for line in contents.report.lines() if line.why is Why.NO_COUNTERPART} >= {"person.age_band"}


def test_a_workbook_leaves_with_every_cell_as_text(filled: Cast) -> None:
    file, _contents = exporting.export(filled.case_worker, order(filled, kind="xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_a_formula_leaves_as_text_and_comes_back_as_it_was(filled: Cast) -> None:
    episode = Exploitation.objects.get()
    formula = "=cmd|' /C calc'!A0"
    values = {"offence_subs": ["sub1"], "law_version": formula}
    actions.change_episode(filled.case_worker, Case.objects.get(), episode, values, version=episode.version)
    file, _contents = exporting.export(filled.case_worker, order(filled))
    assert rows_of(file)[0]["exploitation.law_version"].startswith("'=")
    importing.import_file(filled.stranger_case_worker, source(file.content, "plain"))
    theirs = Exploitation.objects.visible_to(filled.stranger_case_worker).get()
    assert theirs.law_version == formula


# --- what is written down --------------------------------------------------------------------------------------------
def test_every_person_has_a_line_in_the_log_of_what_was_shared(filled: Cast) -> None:
    exporting.export(filled.case_worker, order(filled))
    share = Share.objects.get()
    assert (share.record_ref, share.to_org, share.by) == (
        Person.objects.get().pk,
        filled.stranger.org,
        filled.case_worker,
    )
    assert (share.basis, reveal(share, "necessity")) == (["a6_public", "a9_substantial"], NECESSITY)
    assert share.what.startswith("plain: case.case_id, ")
    assert "made-up" not in share.what
    line = AccessLine.objects.order_by("-sequence")[0]
    assert (line.verb, line.subject) == ("exported", "person")


def test_looking_first_writes_nothing_down(filled: Cast) -> None:
    asked = order(filled)
    lines = AccessLine.objects.count()
    contents = exporting.look(filled.case_worker, asked)
    assert len(contents.persons) == 1
    assert (Share.objects.count(), AccessLine.objects.count()) == (0, lines)


# --- who and for whom ------------------------------------------------------------------------------------------------
def test_only_who_works_on_all_cases_behind_a_wall_exports_from_behind_it(filled: Cast) -> None:
    for account in (filled.shelter_worker, filled.analyst, filled.counsellor, filled.administrator):
        with pytest.raises(NotAllowedError):
            exporting.export(account, order(filled))
    with pytest.raises(NotAllowedError):
        exporting.export(filled.case_worker, order(filled, compartment="enforce"))
    with pytest.raises(NobodyToExport):
        exporting.export(filled.stranger_case_worker, order(filled, recipient=filled.case_worker.org))


@pytest.mark.parametrize(
    "missing",
    [
        {"basis": ()},
        {"necessity": " "},
        {"basis": ("anonymous",)},
        {"basis": ("a6_consent",)},
        {"basis": ("a9_vital",)},
        {"kind": "exe"},
    ],
)
def test_without_basis_reason_or_purpose_nothing_leaves(filled: Cast, missing: dict[str, object]) -> None:
    with pytest.raises(NotAllowedError):
        exporting.export(filled.case_worker, order(filled, **missing))
    assert Share.objects.count() == 0


def test_with_consent_as_its_basis_only_who_agreed_for_this_recipient_is_in_it(filled: Cast) -> None:
    agreed = Person.objects.get()
    case = Case.objects.get()
    actions.add_person(filled.case_worker, case, {**PERSON, "age_band": "21_23"})
    elsewhere = actions.add_person(filled.case_worker, case, {**PERSON, "age_band": "21_23"})
    consent = yes(agreed, filled.stranger.org)
    yes(elsewhere, filled.officer.org)
    asked = order(filled, basis=("a6_consent", "a9_explicit"), purpose="referral")
    _file, contents = exporting.export(filled.case_worker, asked)
    assert contents.persons == [agreed.pk]
    assert contents.without_consent == 2
    assert Share.objects.get().consent == consent


def yes(person: Person, recipient: Organisation) -> Consent:
    consent = Consent(
        person=person,
        purpose="referral",
        recipient=recipient,
        answer="yes",
        given_by="self",
        asked_on=dt.date(2026, 1, 6),
        wording_version="1 nl",
    )
    consent.save()
    return consent


def test_whose_use_is_limited_and_who_is_counted_with_another_stay_and_are_counted(filled: Cast) -> None:
    case, person = Case.objects.get(), Person.objects.get()
    limited, merged = (actions.add_person(filled.case_worker, case, PERSON) for _number in range(2))
    Person.objects.filter(pk=limited.pk).update(restricted_on=dt.date(2026, 2, 1))
    Person.objects.filter(pk=merged.pk).update(merged_into=person)
    contents = exporting.look(filled.case_worker, order(filled))
    assert contents.persons == [person.pk]
    assert (contents.restricted, contents.counted_with_another) == (1, 1)


def test_years_and_status_narrow_what_leaves(filled: Cast) -> None:
    for narrowed in ({"first_year": 2027}, {"last_year": 2025}, {"status": ("identified",)}):
        with pytest.raises(NobodyToExport):
            exporting.export(filled.case_worker, order(filled, **narrowed))
    assert exporting.look(filled.case_worker, order(filled, first_year=2026, last_year=2026)).persons


# --- there and back --------------------------------------------------------------------------------------------------
def test_our_own_columns_come_back_as_they_were_in_an_empty_register(filled: Cast) -> None:
    before = everything()
    file, _contents = exporting.export(filled.case_worker, Order(filled.case_worker.org, "help", "plain", "xlsx"))
    for model in (PlaceEvent, Exploitation, Case, Person):
        model.objects.all().delete()
    importing.import_file(filled.case_worker, source(file.content, "plain"))
    assert everything() == before


def everything() -> dict[str, list[dict[str, object]]]:
    left_out = {"comments", "version"}
    return {
        model.words_entity: [
            {name: value for name, value in record.items() if name not in left_out}
            for record in model.objects.order_by("pk").values()
        ]
        for model in (Person, Case, Exploitation, PlaceEvent)
    }
