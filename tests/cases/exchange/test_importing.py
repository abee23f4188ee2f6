"""A file is taken in whole or not at all, behind one wall, with everything that the register keeps of its records."""

import datetime as dt
import io
import zipfile
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import translation
from tests.cases.cast import Cast
from tests.cases.exchange.files import ROW, Line, row, source

from zicht.cases import actions
from zicht.cases.errors import NotAllowedError
from zicht.cases.exchange import importing
from zicht.cases.exchange.errors import ExchangeRefused, ImportedBefore, NothingInFile, WrongFile, WrongRows
from zicht.cases.models import Case, Change, Exploitation, ImportRun, Person, PlaceEvent
from zicht.people.models import AccessLine
from zicht.people.record_keys import store
from zicht.people.sealed import reveal

pytestmark = pytest.mark.django_db
KEPT = (Person, Case, Exploitation, PlaceEvent, Change, ImportRun)


def counts() -> list[int]:
    return [model.objects.count() for model in KEPT]


def refused(cast: Cast, error: type[ExchangeRefused], content: object, standard: str = "htcds") -> str:
    before = counts()
    with pytest.raises(ExchangeRefused) as caught:
        importing.import_file(cast.case_worker, source(content, standard))  # type: ignore[arg-type]
    assert type(caught.value) is error
    assert counts() == before
    with translation.override("en"):
        return str(caught.value)


# --- what is made --------------------------------------------------------------------------------------------------
def test_a_row_becomes_a_case_with_its_person_episode_and_place(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source([ROW]))
    case = Case.objects.get()
    person = case.persons.get()
    episode = Exploitation.objects.get(person=person, case=case)
    place = PlaceEvent.objects.get(exploitation=episode)
    assert (case.org, case.compartment, case.owner) == (cast.case_worker.org, "help", cast.case_worker)
    assert (case.state, case.opened_on, case.incoming_date) == ("active", dt.date(2025, 5, 31), dt.date(2025, 5, 31))
    assert (person.gender, person.citizenship, person.citizenship_group) == ("f", ["HUN"], "eu")
    assert (person.status, person.status_by, person.age_band) == ("possible", "ngo", "not_asked")
    assert (episode.forms, episode.means, episode.acts) == (["sexual", "begging"], ["debt"], ["not_asked"])
    assert (place.event_kind, place.level, place.place_code, place.period) == (
        "recruitment",
        "country",
        "HUN",
        "2025-01",
    )


@pytest.mark.parametrize("standard", ["htcds", "plain"])
def test_a_place_without_anything_else_of_its_episode_stands_in_one_that_was_not_asked(
    standard: str, cast: Cast
) -> None:
    rest = {"zicht_case_id": "1", "zicht_person_id": "1", "vic_TraffickingStatus": "PossibleVictimOfTrafficking"}
    place = {"hte_Type": "Recruitment", "hte_Country": "HU", "hte_Date": "2025-01"}
    own = {"case.case_id": str(uuid4()), "case.opened_on": "2025-05-31", "case.state": "active"}
    row = {"htcds": {**rest, **place}, "plain": plain(uuid4(), **own, **PLACE)}[standard]
    importing.import_file(cast.case_worker, source([row], standard))
    episode = PlaceEvent.objects.get().exploitation
    assert (episode.person, episode.case) == (Person.objects.get(), Case.objects.get())
    assert episode.forms == ["not_asked"]


def test_every_stored_record_is_one_that_its_model_would_save(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source(row(number) for number in range(5)))
    for model in (Person, Case, Exploitation, PlaceEvent):
        for record in model.objects.all():
            record.full_clean()
            record.save()


def test_an_imported_case_can_be_worked_on_and_its_texts_sealed(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source([ROW]))
    case = Case.objects.get()
    actions.change_case(cast.case_worker, case, {"comments": "made up"}, version=case.version)
    assert reveal(Case.objects.get(), "comments") == "made up"


def test_sqlite_looks_at_its_tables_when_a_file_is_in_and_keeps_counts_and_no_values(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks at its tables by itself")
    with django_capture_on_commit_callbacks(execute=True):
        importing.import_file(cast.case_worker, source(row(number) for number in range(5)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, stat FROM sqlite_stat1 WHERE tbl = 'cases_person'")
        found = cursor.fetchall()
        tables = connection.introspection.table_names(cursor)
    assert found
    assert all(stat.split()[0] == "5" for _, stat in found)
    assert "sqlite_stat4" not in tables


def test_notes_come_in_sealed(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source([{**ROW, "cco_CaseComment": "She wants\nto rest. 😀 <script>"}]))
    assert reveal(Case.objects.get(), "comments") == "She wants\nto rest. 😀 <script>"


def test_rows_about_one_case_or_person_are_put_together(cast: Cast) -> None:
    same_case = {**ROW, "zicht_person_id": "person 2", "prs_Gender": "Masculine"}
    same_person = {**ROW, "zicht_case_id": "case 2"}
    importing.import_file(cast.case_worker, source([ROW, same_case, same_person]))
    assert (Case.objects.count(), Person.objects.count(), Exploitation.objects.count()) == (2, 2, 3)
    assert sorted(case.persons.count() for case in Case.objects.all()) == [1, 2]


def test_every_person_and_case_has_a_key_and_the_case_its_first_line_of_history(cast: Cast) -> None:
    run, _findings = importing.import_file(cast.case_worker, source([ROW]))
    keys = set(store().records())
    assert {Case.objects.get().pk, Person.objects.get().pk} <= keys
    change = Change.objects.get()
    assert (change.field, change.record_ref, change.cause) == ("created", Case.objects.get().pk, run.pk)


def test_what_was_read_is_recorded_with_one_line_in_the_access_log(cast: Cast) -> None:
    worker = cast.case_worker  # somebody who acts for the first time makes lines too
    lines = AccessLine.objects.count()
    run, _findings = importing.import_file(worker, source([ROW, row(2)]))
    assert (run.rows, run.persons, run.standard, run.imported_by) == (2, 2, "htcds", cast.case_worker)
    line = AccessLine.objects.order_by("-sequence")[0]
    assert (line.verb, line.subject, line.subject_id) == ("imported", "import_run", str(run.pk))
    assert AccessLine.objects.count() == lines + 1


def test_rows_of_ctdc_are_taken_in(cast: Cast) -> None:
    line = {"gender": "Woman", "ageBroad": "18--20", "isForcedLabour": "1", "yearOfRegistration": "2016"}
    importing.import_file(cast.case_worker, source([line, line], "ctdc"))
    assert (
        list(Person.objects.values_list("age_band", "first_registered", "status")) == [("18_20", 2016, "not_asked")] * 2
    )


def test_identifiers_of_a_house_like_this_are_kept(cast: Cast) -> None:
    key = uuid4()
    importing.import_file(cast.case_worker, source([plain(key)], "plain"))
    assert Person.objects.get().pk == key


PLACE = {"place_event.event_kind": "recruitment", "place_event.level": "country", "place_event.place_code": "HUN"}


def plain(key: UUID, **other: str) -> Line:
    return {"person.person_id": str(key), "person.status": "possible", "person.status_by": "ngo", **other}


# --- who may -------------------------------------------------------------------------------------------------------
def test_somebody_who_does_not_work_on_all_cases_may_not_import(cast: Cast) -> None:
    for account in (cast.shelter_worker, cast.analyst, cast.counsellor, cast.administrator):
        with pytest.raises(NotAllowedError):
            importing.import_file(account, source([ROW]))
    with pytest.raises(NotAllowedError):
        importing.import_file(cast.case_worker, source([ROW], wall="enforce"))
    assert Case.objects.count() == 0


# --- twice ---------------------------------------------------------------------------------------------------------
def test_the_same_file_twice_is_refused_unless_it_is_meant(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source([ROW]))
    assert "read into the register before" in refused(cast, ImportedBefore, [ROW])
    importing.import_file(cast.case_worker, source([ROW]), again=True)
    assert Case.objects.count() == 2


def test_another_organisation_may_read_the_same_file(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source([ROW]))
    importing.import_file(cast.stranger_case_worker, source([ROW]))
    assert Case.objects.visible_to(cast.case_worker).count() == 1
    assert Case.objects.visible_to(cast.stranger_case_worker).count() == 1


def test_a_record_that_is_there_is_refused_by_its_row(cast: Cast) -> None:
    key = uuid4()
    importing.import_file(cast.case_worker, source([plain(key)], "plain"))
    said = refused(cast, WrongRows, [plain(uuid4()), plain(key, **{"person.gender": "f"})], "plain")
    assert "Row 3, column person.person_id: This record is in the register already." in said


def test_an_identifier_of_another_organisation_tells_nothing_and_touches_nothing(cast: Cast) -> None:
    importing.import_file(cast.stranger_case_worker, source([plain(key := uuid4())], "plain"))
    importing.import_file(cast.case_worker, source([plain(key, **{"person.gender": "f"})], "plain"))
    assert Person.objects.get(pk=key).gender == "not_asked"
    assert Person.objects.visible_to(cast.case_worker).get().gender == "f"


# --- what is wrong -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("prs_Gender", "female", "Choose one of the terms of “Gender”."),
        ("vic_TypeOfExploitation", "sexual", "Choose one of the terms of “Form of exploitation”."),
        ("prs_Citizenship", "Nederland", "Choose one of the terms"),
        ("cas_IncomingReferralDate", "2099-01-01", "This lies in the future."),
        ("cas_IncomingReferralDate", "31-05-2025", "This must be a date that exists"),
        ("cas_IncomingReferralDate", "2025-02-30", "This must be a date that exists"),
        ("hte_Date", "2099-01", "This lies in the future."),
        ("prs_NumberOfChildren", "-1", "This must be a whole number"),
        ("prs_NumberOfChildren", "=1+1", "This must be a whole number"),
        ("prs_NumberOfChildren", "40000", "This number is too large to store."),
        ("prs_PrimaryLanguage", "Hongaars", "Choose one of the terms"),
        ("cco_CaseComment", "x" * 10_001, "This text has 10,001 characters; 10,000 is the most."),
        ("cco_CaseComment", "a\u202eb", "changes the order in which text is read"),
        ("cco_CaseComment", "a\x07b", "invisible control character"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_stored(
    cast: Cast, column: str, text: str, said: str
) -> None:
    message = refused(cast, WrongRows, [ROW, row(2, **{column: text})])
    assert "The file has 1 mistake. Nothing was read into the register." in message
    assert f"Row 3, column {column}: " in message
    assert said in message
    assert text[:50] not in message


def test_marks_of_direction_that_languages_need_and_emoji_are_taken(cast: Cast) -> None:
    importing.import_file(cast.case_worker, source([{**ROW, "cco_CaseComment": "\u200e\N{HEBREW LETTER SHIN} 🙂"}]))
    assert reveal(Case.objects.get(), "comments") == "\u200e\N{HEBREW LETTER SHIN} 🙂"


def test_fifty_mistakes_are_shown_and_the_rest_is_counted(cast: Cast) -> None:
    said = refused(cast, WrongRows, [row(number, prs_Gender="?") for number in range(60)]).splitlines()
    assert said[0] == "The file has 60 mistakes. Nothing was read into the register."
    assert len(said) == 52
    assert said[-1] == "… and 10 more."


def test_a_late_mistake_leaves_nothing_of_many_rows_before_it(cast: Cast) -> None:
    rows = [row(number) for number in range(3_000)] + [row(3_000, prs_Gender="?")]
    assert "Row 3002, column prs_Gender" in refused(cast, WrongRows, rows)


def test_two_rows_that_tell_otherwise_about_one_person_are_named(cast: Cast) -> None:
    said = refused(cast, WrongRows, [ROW, {**ROW, "prs_Gender": "Masculine"}])
    assert "Row 3, column zicht_person_id: An earlier row tells otherwise about the same record." in said


def test_a_reference_to_what_no_row_tells_of_is_named(cast: Cast) -> None:
    lost = {"exploitation.forms": "sexual", "person.person_id": str(uuid4()), "case.case_id": ""}
    said = refused(cast, WrongRows, [lost], "plain")
    assert "Row 2, column person.person_id: This refers to a record that no row of the file tells of." in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"prs_Gender\nFeminine\n\xe9\n", "Row 3 is not in UTF-8"),
        ("prs_Gender,x\nFeminine,é\nFeminine,".encode() + b"\xe9\n", "Row 2 is in UTF-8 and row 3 is not"),
        (b"prs_Gender\nFeminine", "cut off"),
        (b"name;born\nNoor;2004\n", "no column names"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(cast: Cast, content: bytes, said: str) -> None:
    assert said in refused(cast, WrongFile, content)


def test_a_bomb_is_refused(cast: Cast) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 20_000_000)
    assert "packed more tightly" in refused(cast, WrongFile, out.getvalue())


def test_column_names_without_rows_are_refused(cast: Cast) -> None:
    assert "no rows under them" in refused(cast, NothingInFile, b"prs_Gender\n")


# --- looking first -------------------------------------------------------------------------------------------------
def test_looking_first_stores_nothing_and_shows_what_would_be_made(cast: Cast) -> None:
    before = counts()
    findings = importing.examine(cast.case_worker, source([ROW, row(2, prs_FirstName="Noor")]))
    assert counts() == before
    assert (findings.rows, findings.counts["person"], findings.problem_count) == (2, 2, 0)
    assert "Noor" not in repr(findings)
    assert {line.field for line in findings.report.lines()} >= {"prs_FirstName", "person.status_date"}


def test_what_was_looked_at_is_what_is_stored(cast: Cast) -> None:
    file = source([ROW, row(2)])
    findings = importing.examine(cast.case_worker, file)
    importing.store(cast.case_worker, file, findings)
    (shown,) = [shown for shown in findings.first if shown.entity == "person" and shown.row == 3]
    assert (shown.texts["citizenship"], shown.texts["status"]) == ("HUN", "possible")
    assert Person.objects.filter(citizenship=["HUN"], status="possible").count() == 2


def test_how_far_it_is_is_told(cast: Cast) -> None:
    told: list[tuple[str, int]] = []
    importing.import_file(
        cast.case_worker,
        source(row(number) for number in range(2_500)),
        tell=lambda stage, rows: told.append((stage, rows)),
    )
    assert told == [("checking", 1_000), ("checking", 2_000)]
