"""Sources: what comes in, what of it the database can tell, who sees it, and reading it anew."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.evidence.cast import REPORT, SENTENCE, Cast

from zicht.cases.errors import NotAllowedError
from zicht.evidence import guards
from zicht.evidence.errors import NoConsentToTestifyError, NotReadableError, WithdrawnError
from zicht.evidence.models import Actor, Anchor, Source, Suggestion
from zicht.evidence.sources import actions, custody, texts
from zicht.people.models import AccessLine
from zicht.people.sealed import reveal


# --- coming in ----------------------------------------------------------------------------------------------------
def test_a_file_is_kept_with_its_hash_its_text_and_every_step_of_its_custody(cast: Cast) -> None:
    source = cast.source()
    version = texts.current_text(source)
    assert version is not None
    assert texts.text_of(version) == REPORT
    assert texts.bytes_of(source.originals.get()) == REPORT.encode()
    assert source.sha256 == texts.digest(REPORT.encode())
    assert [line.step for line in source.custody.order_by("number")] == ["received", "hashed", "read"]
    assert custody.is_whole(source.custody.order_by("number"))
    assert AccessLine.objects.filter(subject="source", subject_id=str(source.pk), verb="opened").exists()


def test_the_same_bytes_come_in_once(cast: Cast) -> None:
    first = cast.source()
    again = actions.receive(cast.researcher, REPORT.encode(), {"kind": "press"})
    assert (again.source, again.is_new) == (first, False)
    assert Source.objects.count() == 1


def test_what_was_read_stands_apart_as_suggestions_and_nothing_came_of_it(cast: Cast) -> None:
    source = cast.source()
    told = [REPORT[one.start : one.end] for one in source.suggestions.all()]
    assert "Mira Solveig" in told
    assert any("200" in words for words in told)
    assert not Actor.objects.exists()
    assert not source.statements.exists()


def test_what_the_rules_read_is_sealed(cast: Cast) -> None:
    cast.source()
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM evidence_suggestion")
        boxes = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert b"Solveig" not in boxes
    assert Suggestion.objects.exists()


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0 old", b"%PDF-1.7 broken", b" \n "], ids=str
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_nothing_is_kept(cast: Cast, data: bytes) -> None:
    with pytest.raises(NotReadableError) as refused:
        actions.receive(cast.researcher, data, {"kind": "ngo_report"})
    assert str(refused.value).endswith(".")
    assert not Source.objects.exists()


def test_an_interview_without_a_yes_to_testimony_is_not_stored(cast: Cast) -> None:
    asked = {"answer": "yes", "purposes": ["research"], "asked_on": "2026-03-02"}
    with pytest.raises(NoConsentToTestifyError):
        actions.receive(cast.researcher, b"Words.", {"kind": "witness_interview"}, interview=asked)
    assert not Source.objects.exists()
    kept = actions.receive(
        cast.researcher, b"Words.", {"kind": "witness_interview"}, interview={**asked, "purposes": ["testimony"]}
    )
    assert kept.source.interview.purposes == ["testimony"]


def test_a_picture_has_no_text_and_no_suggestions(cast: Cast) -> None:
    source = actions.receive(cast.researcher, b"\x89PNG\r\n\x1a\n rest", {"kind": "satellite", "title": "A"}).source
    assert source.originals.get().media_type == "png"
    assert texts.current_text(source) is None


# --- walls --------------------------------------------------------------------------------------------------------
def test_a_source_is_seen_by_colleagues_and_by_nobody_elsewhere(cast: Cast) -> None:
    source = cast.source()
    seen = Source.objects.visible_to
    assert list(seen(cast.second)) == [source]
    for other in (cast.reporter, cast.counsellor, cast.director, cast.officer):
        assert not seen(other)


def test_a_restricted_source_is_seen_by_those_it_was_opened_to_until_it_is_closed(cast: Cast) -> None:
    source = cast.source(restricted=True)
    seen = Source.objects.visible_to
    assert list(seen(cast.researcher)) == [source]
    assert not seen(cast.second)
    actions.open_to(cast.researcher, source, cast.second)
    assert list(seen(cast.second)) == [source]
    actions.close_to(cast.researcher, source, cast.second)
    assert not seen(cast.second)
    steps = [line.step for line in source.custody.order_by("number")]
    assert steps[-2:] == ["opened_to", "closed_to"]
    assert custody.is_whole(source.custody.order_by("number"))


def test_a_restricted_source_is_opened_to_nobody_behind_another_wall(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        actions.open_to(cast.researcher, cast.source(restricted=True), cast.reporter)


def test_of_the_same_bytes_behind_a_list_of_people_nobody_else_learns(cast: Cast) -> None:
    cast.source(restricted=True)
    assert actions.receive(cast.second, REPORT.encode(), {"kind": "ngo_report", "restricted": True}).is_new


def test_looking_is_in_the_chain_of_custody_once_a_day_and_each_time_in_the_access_log(cast: Cast) -> None:
    source = cast.source()
    for _time in range(2):
        actions.note_seen(cast.second, source)
    assert source.custody.filter(step="seen", by=cast.second).count() == 1
    assert AccessLine.objects.filter(subject_id=str(source.pk), verb="seen").count() == 2


def test_a_stranger_records_nothing_on_a_source(cast: Cast) -> None:
    source = cast.source()
    for stranger in (cast.reporter, cast.counsellor):
        with pytest.raises(NotAllowedError):
            cast.says(source, by=stranger)


# --- nothing is changed -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", sorted(guards.TABLES))
def test_no_statement_changes_or_removes_what_was_recorded(cast: Cast, table: str) -> None:
    name, key = guards.table_of(table), guards.TABLES[table]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [name])
            assert cursor.fetchone()[0] == 3
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [name])
            assert cursor.fetchone()[0] == 3
    source = cast.source()
    cast.says(source)
    for statement in (f"UPDATE {name} SET {key} = {key}", f"DELETE FROM {name}"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {name}")
            if not cursor.fetchone()[0]:
                continue
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(statement)


# --- reading anew -------------------------------------------------------------------------------------------------
def test_reading_the_same_text_again_adds_nothing(cast: Cast) -> None:
    source = cast.source()
    assert actions.read_again(cast.researcher, source) is None
    assert source.texts.count() == 1


def test_each_quotation_is_kept_or_flagged_when_a_file_changed(cast: Cast) -> None:
    source = cast.source()
    statement = cast.says(source)
    version = actions.read_again(cast.researcher, source, f"Voorwoord. {REPORT}".encode())
    assert version is not None
    before = statement.anchors.get()
    after = before.next_ones.get()
    assert (after.status, after.start) == ("unique", (before.start or 0) + len("Voorwoord. "))
    assert reveal(after, "exact") == SENTENCE
    lost = actions.read_again(cast.researcher, source, b"Een heel andere tekst, zonder deze zin.")
    assert lost is not None
    assert [anchor.status for anchor in lost.anchors.all()] == ["lost"]


def test_a_person_says_where_a_quotation_stands_now(cast: Cast) -> None:
    source = cast.source()
    cast.says(source)
    version = actions.read_again(cast.researcher, source, b"Een heel andere tekst, zonder deze zin.")
    assert version is not None
    placed = actions.confirm_anchor(cast.second, version.anchors.get(), 0, 8)
    assert (placed.status, reveal(placed, "exact"), placed.placed_by) == ("confirmed", "Een heel", cast.second)
    assert Anchor.objects.filter(text_version=version, next_ones=None).get() == placed


# --- withdrawal ---------------------------------------------------------------------------------------------------
def test_a_withdrawn_source_is_recorded_in_by_nobody(cast: Cast) -> None:
    source = cast.source()
    source.state = "withdrawn"
    source.save()
    with pytest.raises(WithdrawnError):
        cast.says(source)
