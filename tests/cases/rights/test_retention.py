"""What is past its term is erased whole, with its keys; what is in use, limited or asked about is kept."""

import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.utils import timezone
from tests.cases.cast import EPISODE
from tests.cases.rights.cast import Cast
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht.cases import actions, history
from zicht.cases.errors import NotAllowedError
from zicht.cases.models import Case, Change, Consent, Erasure, LegalClock, Match, Person, RetentionRule, Share
from zicht.cases.rights.errors import CountChangedError, TermMissingError
from zicht.cases.rights.retention.actions import erase_due, set_retention
from zicht.cases.rights.retention.bookkeeping import KINDS, erase_bookkeeping, old_bookkeeping
from zicht.cases.rights.retention.match_keys import destroy_match_keys
from zicht.cases.rights.retention.queries import find_due, term_of
from zicht.cases.rights.retention.sweeping import FEWEST_TO_DOUBT, UNUSED_FOR, DoubtfulKeysError, sweep
from zicht.people.models import AccessLine, Organisation
from zicht.people.record_keys import KeyDestroyedError, store
from zicht.people.records import SealedTextField
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code

OnCommit = Callable[..., AbstractContextManager[list[Any]]]
LONG_AGO = dt.date(2019, 5, 6)


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Any) -> None:
    """Give each test a key file of its own: what other tests left there would be swept too."""
    settings.KEYS_FOLDER = tmp_path / "keys"


def close(cast: Cast, case: Case, *persons: Person, on: dt.date = LONG_AGO) -> None:
    """Make it long ago that a case was closed and its persons were changed."""
    Case.objects.filter(pk=case.pk).update(
        state="closed", opened_on=on, closed_on=on, closure_reason="goals_met", changed_on=on
    )
    Person.objects.filter(pk__in=[person.pk for person in persons]).update(changed_on=on)


def full_person(cast: Cast) -> tuple[Case, Person, set[UUID]]:
    """Give a closed case with a person about whom there is everything, and the identifiers of all of it."""
    case, person = cast.person_of(cast.case_worker, age_band="16_17")
    actions.change_case(cast.case_worker, case, {"comments": "walked in on Monday"}, version=1)
    episode = actions.add_episode(cast.case_worker, case, person, EPISODE)
    place = actions.add_place(
        cast.case_worker, case, episode, {"event_kind": "recruitment", "level": "country", "place_code": "NLD"}
    )
    assessed = {"made_on": case.opened_on, "conclusion": "possible", "reason": "three signals"}
    assessment = actions.assess(cast.case_worker, case, person, assessed)
    consent = cast.answer(cast.case_worker, case, person)
    clock = LegalClock.objects.create(
        org=case.org,
        kind="reflection",
        person=person,
        started_at=timezone.now().replace(minute=0, second=0, microsecond=0),
        ends_at=timezone.now().replace(minute=0, second=0, microsecond=0),
        law="Vc B8/3",
        set_by=cast.case_worker,
    )
    actions.change_person(cast.case_worker, case, person, {"gender": "tf"}, version=person.version)
    other = cast.person
    pair = sorted([person.pk, other.pk])
    match, _made = Match.objects.get_or_create(person_a_id=pair[0], person_b_id=pair[1], defaults={"state": "possible"})
    close(cast, case, person)
    records = (case, person, episode, place, assessment, consent, match, clock)
    return case, person, {record.pk for record in records}


# --- terms --------------------------------------------------------------------------------------------------------
def test_the_term_is_that_of_the_legal_regime_until_the_organisation_sets_one(cast: Cast) -> None:
    assert term_of(cast.privacy_officer.org).years == 5
    set_retention(cast.privacy_officer, 3, "policy of 2026")
    set_retention(cast.privacy_officer, 2, "a mistake corrected the same day")
    term = term_of(cast.privacy_officer.org)
    assert (term.years, term.is_shorter) == (2, True)
    assert term_of(cast.recipient).years == 20


@pytest.mark.parametrize("who", ["administrator", "case_worker", "analyst", "coordinator"])
def test_only_the_privacy_officer_sets_a_term_and_erases(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        set_retention(getattr(cast, who), 1, "because")
    with pytest.raises(NotAllowedError):
        erase_due(getattr(cast, who))
    assert not RetentionRule.objects.exists()


def test_a_term_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        set_retention(cast.privacy_officer, 1, "")


def test_where_nothing_says_a_term_nothing_is_erased_by_itself(cast: Cast) -> None:
    officer = colleague(cast.editor, "petra", "privacy_officer")
    with pytest.raises(TermMissingError):
        erase_due(officer)


# --- what is due --------------------------------------------------------------------------------------------------
def test_a_term_ends_on_the_day_with_the_same_name_and_not_before(cast: Cast) -> None:
    today = timezone.localdate()
    exactly = (
        today.replace(year=today.year - 5) if (today.month, today.day) != (2, 29) else dt.date(today.year - 5, 2, 28)
    )
    case, person = cast.person_of(cast.case_worker)
    close(cast, case, person, on=exactly)
    assert {record.key for record in find_due(cast.case.org).cases} == {case.pk}
    close(cast, case, person, on=exactly + dt.timedelta(days=1))
    assert find_due(cast.case.org).records == 0


def test_an_open_case_is_never_due_however_old(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker)
    Case.objects.filter(pk=case.pk).update(opened_on=LONG_AGO, changed_on=LONG_AGO)
    Person.objects.filter(pk=person.pk).update(changed_on=LONG_AGO)
    assert find_due(cast.case.org).records == 0


def test_a_case_closed_long_ago_and_changed_since_is_not_due(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker)
    close(cast, case, person)
    Case.objects.filter(pk=case.pk).update(changed_on=timezone.localdate())
    assert find_due(cast.case.org).records == 0


def test_somebody_with_another_case_that_is_in_use_stays_and_the_old_case_goes(cast: Cast) -> None:
    old, person = cast.person_of(cast.case_worker)
    new, _other = cast.person_of(cast.case_worker)
    actions.put_in_case(cast.case_worker, new, person)
    close(cast, old, person)
    due = find_due(cast.case.org)
    assert ({record.key for record in due.cases}, due.persons) == ({old.pk}, ())


def test_somebody_whose_cases_have_all_ended_goes_and_the_others_of_the_case_stay(cast: Cast) -> None:
    old, ended = cast.person_of(cast.case_worker)
    _new, in_use = cast.person_of(cast.case_worker)
    actions.put_in_case(cast.case_worker, old, in_use)
    close(cast, old, ended, in_use)
    due = find_due(cast.case.org)
    assert ({record.key for record in due.persons}, {record.key for record in due.cases}) == ({ended.pk}, {old.pk})


def test_what_is_limited_or_asked_about_is_kept_together_with_its_case_and_said(cast: Cast) -> None:
    limited_case, limited = cast.person_of(cast.case_worker)
    asked_case, asked = cast.person_of(cast.case_worker)
    close(cast, limited_case, limited)
    close(cast, asked_case, asked)
    Person.objects.filter(pk=limited.pk).update(restricted_on=LONG_AGO)
    cast.request(cast.case_worker, asked)
    due = find_due(cast.case.org)
    assert due.records == 0
    assert {(record.key, record.why_kept) for record in due.kept} == {
        (limited.pk, "limited"),
        (asked.pk, "asked"),
        (limited_case.pk, "in_case"),
        (asked_case.pk, "in_case"),
    }


def test_records_of_one_person_go_together(cast: Cast) -> None:
    old_case, old = cast.person_of(cast.case_worker)
    new_case, new = cast.person_of(cast.case_worker)
    close(cast, old_case, old)
    Person.objects.filter(pk=old.pk).update(merged_into=new.pk)
    due = find_due(cast.case.org)
    assert {(record.entity, record.why_kept) for record in due.kept} == {("person", "one_with"), ("case", "in_case")}
    close(cast, new_case, new)
    assert {record.key for record in find_due(cast.case.org).persons} == {old.pk, new.pk}


def test_what_another_organisation_keeps_is_not_due_here(cast: Cast) -> None:
    case, person = cast.person_of(cast.stranger_case_worker)
    close(cast, case, person)
    set_retention(cast.stranger_privacy_officer, 1, "short")
    assert find_due(cast.privacy_officer.org).records == 0
    assert find_due(cast.stranger.org).records == 2


# --- erasing ------------------------------------------------------------------------------------------------------
def every_value() -> dict[str, list[str]]:
    """Give all rows of all tables as text, by table, whatever the model says."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = [" ".join(_text(value) for value in row) for row in cursor.fetchall()]
    return rows


def _text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value).replace("-", "").lower()


ALLOWED = {Erasure._meta.db_table, Share._meta.db_table, AccessLine._meta.db_table}


def test_after_erasing_no_table_names_the_record_but_the_erasure_the_shares_and_the_log(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _case, person, keys = full_person(cast)
    share = cast.share(cast.case_worker, person, Consent.objects.get(person=person))
    with django_capture_on_commit_callbacks(execute=True):
        done = erase_due(cast.privacy_officer)
    assert (done.records.cases, done.records.persons) == (1, 1)
    found = {
        table: [row for row in rows if any(key.hex in row for key in keys)]
        for table, rows in every_value().items()
        if table not in ALLOWED
    }
    assert not {table: rows for table, rows in found.items() if rows}
    share.refresh_from_db()
    assert (share.record_ref, share.consent_id) == (person.pk, None)


def test_the_scan_would_have_found_it(cast: Cast) -> None:
    _case, _person, keys = full_person(cast)
    named = {table for table, rows in every_value().items() if any(key.hex in row for key in keys for row in rows)}
    assert {"cases_case", "cases_person", "cases_exploitation", "cases_change", "cases_match", "cases_consent"} <= named


def test_an_erasure_says_what_when_why_and_by_whom_and_the_log_has_its_line(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    case, person, _keys = full_person(cast)
    with django_capture_on_commit_callbacks(execute=True):
        erase_due(cast.privacy_officer)
    told = {(line.entity, line.record_ref, line.reason, line.erased_by) for line in Erasure.objects.all()}
    officer = cast.privacy_officer
    assert told == {("case", case.pk, "retention", officer), ("person", person.pk, "retention", officer)}
    lines = AccessLine.objects.filter(verb="erased", account=officer).values_list("subject", "subject_id")
    assert set(lines) == {("case", str(case.pk)), ("person", str(person.pk))}


def test_a_copy_of_the_database_from_before_opens_no_more(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    case, person, _keys = full_person(cast)
    copy, changes = Case.objects.get(pk=case.pk), list(Change.objects.filter(key_record=person.pk))
    assert reveal(copy, "comments") == "walked in on Monday"
    with django_capture_on_commit_callbacks(execute=True):
        erase_due(cast.privacy_officer)
    models.Model.save(copy, force_insert=True)  # put the backup back
    with pytest.raises(KeyDestroyedError):
        reveal(Case.objects.get(pk=case.pk), "comments")
    assert all((told.before, told.after) == (None, None) for told in history.told(changes))


def test_nothing_is_erased_when_another_number_is_due_than_was_shown(cast: Cast) -> None:
    full_person(cast)
    with pytest.raises(CountChangedError):
        erase_due(cast.privacy_officer, expected=1)
    assert not Erasure.objects.exists()


def test_more_records_than_fit_in_one_transaction_all_go_and_merged_ones_together(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zicht.cases.rights.retention.actions.AT_ONCE", 2)
    people = [cast.person_of(cast.case_worker) for _ in range(5)]
    first = people[0][1]
    for case, person in people:
        close(cast, case, person)
    Person.objects.exclude(pk=first.pk).filter(pk__in=[person.pk for _case, person in people]).update(
        merged_into=first.pk
    )
    heard: list[int] = []
    with django_capture_on_commit_callbacks(execute=True):
        done = erase_due(cast.privacy_officer, expected=10, tell=heard.append)
    assert (done.records.cases, done.records.persons) == (5, 5)
    assert heard[-1] == 10
    assert not set(store().records()) & {key.pk for pair in people for key in pair}


# --- stopped half-way ---------------------------------------------------------------------------------------------
@dataclass
class Stop:
    """Stop the program at one statement, as a power cut would."""

    at: int
    count: int = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.count += 1
        if self.count == self.at:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)


def state_of(keys: tuple[UUID, UUID]) -> str:
    """Say whether case and person are whole, gone, or half."""
    rows = sum(model.objects.filter(pk__in=keys).count() for model in (Case, Person))
    history_rows = Change.objects.filter(key_record__in=keys).count()
    erased = Erasure.objects.filter(record_ref__in=keys).count()
    lines = AccessLine.objects.filter(verb="erased", subject_id__in=[str(key) for key in keys]).count()
    if (rows, erased, lines) == (2, 0, 0) and history_rows:
        return "whole"
    return "gone" if (rows, history_rows, erased, lines) == (0, 0, 2, 2) else "half"


def test_stopped_at_any_statement_nothing_is_half_and_the_next_run_ends_it(cast: Cast) -> None:
    case, person, _keys = full_person(cast)
    keys, officer = (case.pk, person.pk), cast.privacy_officer
    at, ended = 1, False
    while not ended:
        try:
            with transaction.atomic(), connection.execute_wrapper(Stop(at)):
                erase_due(officer)
                ended = True
                raise RuntimeError("back to the beginning")
        except KeyboardInterrupt:
            assert state_of(keys) == "whole", f"stopped at statement {at}"
        except RuntimeError:
            assert ended
        at += 1
    assert at > 20
    assert set(keys) <= set(store().records())  # a key goes after the rows, never before


def test_stopped_between_rows_and_keys_the_next_run_destroys_the_keys(cast: Cast) -> None:
    case, person, _keys = full_person(cast)
    erase_due(cast.privacy_officer)  # without what follows a commit: the keys are still there
    assert {case.pk, person.pk} <= set(store().records())
    assert state_of((case.pk, person.pk)) == "gone"
    assert sweep() == 2
    assert not {case.pk, person.pk} & set(store().records())


# --- keys without a record ----------------------------------------------------------------------------------------
def test_the_key_of_a_record_that_is_being_made_stays_for_an_hour(cast: Cast) -> None:
    being_made = UUID(int=1)
    store().make([being_made])
    assert sweep(now=1_000_000) == 0
    assert sweep(now=1_000_000 + UNUSED_FOR - 1) == 0
    assert being_made in set(store().records())
    assert sweep(now=1_000_000 + UNUSED_FOR) == 1
    assert being_made not in set(store().records())


def test_a_key_that_got_its_record_meanwhile_begins_anew(cast: Cast) -> None:
    key = UUID(int=2)
    store().make([key])
    sweep(now=0)
    case = actions.open_case(cast.case_worker, {}, case_id=key)
    assert sweep(now=2 * UNUSED_FOR) == 0
    case.delete()
    assert sweep(now=3 * UNUSED_FOR) == 0


def test_keys_of_every_record_that_is_there_stay(cast: Cast) -> None:
    _case, person, _keys = full_person(cast)
    share = cast.share(cast.case_worker, person)
    request = cast.request(cast.case_worker, person)
    for now in (0, 2 * UNUSED_FOR):
        assert sweep(now=now) == 0
    assert {share.pk, request.pk} <= set(store().records())


def test_keys_are_left_alone_when_the_database_looks_like_another_one(cast: Cast) -> None:
    store().make([UUID(int=number) for number in range(FEWEST_TO_DOUBT)])
    for now in (0, 2 * UNUSED_FOR):
        with pytest.raises(DoubtfulKeysError):
            sweep(now=now)
    assert len(set(store().records())) >= FEWEST_TO_DOUBT


# --- what is kept about the doing ---------------------------------------------------------------------------------
def test_a_share_stays_while_its_record_is_kept_and_one_term_longer(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    share = cast.share(cast.case_worker, cast.person)
    Share.objects.filter(pk=share.pk).update(shared_at=dt.datetime(2015, 1, 1, tzinfo=dt.UTC))
    assert old_bookkeeping(cast.case.org) == {}
    Share.objects.filter(pk=share.pk).update(record_ref=UUID(int=7))
    assert old_bookkeeping(cast.case.org) == {"share": 1}
    erasure = Erasure(
        org=cast.case.org,
        compartment="help",
        entity="person",
        record_ref=UUID(int=7),
        reason="request",
        erased_on=timezone.localdate(),
    )
    erasure.save()
    assert old_bookkeeping(cast.case.org) == {}
    Erasure.objects.update(erased_on=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_bookkeeping(cast.privacy_officer) == {"share": 1, "erasure": 1}
    assert share.pk not in set(store().records())


def test_an_answered_request_goes_after_its_term_and_an_open_one_does_not(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    answered, waiting = (cast.request(cast.case_worker, cast.person) for _ in range(2))
    type(answered).objects.update(received_on=LONG_AGO, due_on=LONG_AGO)
    type(answered).objects.filter(pk=answered.pk).update(answered_on=LONG_AGO, outcome="withdrawn")
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_bookkeeping(cast.privacy_officer) == {"subject_request": 1}
    assert list(type(answered).objects.all()) == [waiting]
    assert not LegalClock.objects.filter(record_ref=answered.pk).exists()


def test_every_noun_with_a_key_of_its_own_has_a_day_on_which_it_goes() -> None:
    holders = [
        model
        for model in apps.get_app_config("cases").get_models()
        if any(isinstance(field, SealedTextField) for field in model._meta.concrete_fields)
    ]
    goes_with_the_person = {Change, Consent} | {model for model in holders if hasattr(model, "person_id")}
    assert set(holders) - goes_with_the_person - set(KINDS) == {Case}


def test_match_keys_go_when_the_year_after_registration_is_over_and_nothing_else_of_the_person_changes(
    cast: Cast,
) -> None:
    year = timezone.localdate().year
    people = {
        registered: cast.person_of(cast.case_worker, match_key=f"{registered:064x}", first_registered=registered)[1]
        for registered in (year, year - 1, year - 2)
    }
    old = people[year - 2]
    theirs = cast.person_of(cast.care_worker, match_key="ab" * 32, first_registered=year - 2)[1]
    Change.objects.create(
        entity="person", record_ref=old.pk, version=1, field="match_key", changed_at=timezone.now(),
        changed_by=cast.case_worker, key_record=old.pk,
    )  # fmt: skip
    before = Person.objects.values().get(pk=old.pk)
    with pytest.raises(NotAllowedError):
        destroy_match_keys(cast.case_worker)
    assert destroy_match_keys(cast.case.org) == 1
    assert Person.objects.values().get(pk=old.pk) == {**before, "match_key": ""}
    assert not Change.objects.filter(record_ref=old.pk, field="match_key").exists()
    kept = [people[year], people[year - 1], theirs]
    assert not Person.objects.filter(pk__in=[one.pk for one in kept], match_key="").exists()
    assert AccessLine.objects.get(verb="key_destroyed").subject_id == str(old.pk)


# --- the command --------------------------------------------------------------------------------------------------
def said(*words: str) -> str:
    out = io.StringIO()
    call_command("retain", *words, stdout=out)
    return out.getvalue()


def test_the_preview_lists_codes_and_why_and_changes_nothing(cast: Cast) -> None:
    case, person, _keys = full_person(cast)
    limited_case, limited = cast.person_of(cast.case_worker)
    close(cast, limited_case, limited)
    Person.objects.filter(pk=limited.pk).update(restricted_on=LONG_AGO)
    text = said("--preview", "--by", cast.privacy_officer.login)
    assert f"case {short_code(case.pk)}, last changed 2019-05-06, term ended on 2024-05-06" in text
    assert f"person {short_code(limited.pk)}, last changed 2019-05-06, is kept: its use is limited" in text
    assert "2 records would be erased, 2 are kept." in text
    assert Person.objects.filter(pk=person.pk).exists()


def test_the_command_erases_in_the_name_of_a_privacy_officer_only(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _case, person, _keys = full_person(cast)
    for login in ("nobody.here", cast.case_worker.login, cast.administrator.login):
        with pytest.raises(CommandError):
            said("--yes", "--by", login)
    assert Person.objects.filter(pk=person.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        text = said("--yes", "--by", cast.privacy_officer.login)
    assert "Erased 1 cases and 1 persons for good." in text
    assert not Person.objects.filter(pk=person.pk).exists()


def test_the_daily_task_erases_for_every_organisation_in_nobodys_name_and_the_log_says_so(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit, sign_in: SignIn
) -> None:
    _case, person, _keys = full_person(cast)
    theirs, other = cast.person_of(cast.care_worker)  # under the care laws, which keep files longer
    close(cast, theirs, other)
    with django_capture_on_commit_callbacks(execute=True):
        text = said("--yes")
    assert "Helpline: kept for 5 years" in text
    if connection.vendor == "sqlite":  # which then knows its tables as they are now
        assert "sqlite_stat1" in connection.introspection.table_names()
    assert "Erased 1 cases and 1 persons for good." in text
    assert Person.objects.filter(pk=other.pk).exists()
    erasure = Erasure.objects.get(entity="person", record_ref=person.pk)
    assert (erasure.erased_by, erasure.reason) == (None, "retention")
    line = AccessLine.objects.get(verb="erased", subject_id=str(person.pk))
    assert (line.account, line.org, line.purpose) == (None, cast.case.org, "supervision")
    page = sign_in(cast.privacy_officer).get(f"/en/staff/log/{line.sequence}/")
    assert "Zicht itself, at the end of the term" in page.content.decode()


def test_without_a_keyboard_and_without_a_yes_nothing_is_erased(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    full_person(cast)
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    with pytest.raises(CommandError):
        said("--by", cast.privacy_officer.login)
    assert not Erasure.objects.exists()


def test_the_preview_for_all_names_no_organisation_that_keeps_nothing(cast: Cast) -> None:
    assert cast.privacy_officer.org.org_name == "Helpline"
    Organisation.objects.create(org_name="Only named", org_type="shelter", legal_regime="care")
    text = said("--preview")
    assert "Helpline: kept for 5 years" in text
    assert "Only named" not in text
