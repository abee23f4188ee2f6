"""What a person asks about their data is answered in time, done, and never through a suspected parent."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from tests.cases.cast import EPISODE
from tests.cases.rights.cast import Cast

from zicht.cases import actions as case_actions
from zicht.cases.errors import NotAllowedError, NotThereError, RestrictedError
from zicht.cases.models import Case, Consent, Erasure, Exploitation, LegalClock, Person, SubjectRequest
from zicht.cases.rights.errors import (
    AnsweredAlreadyError,
    CountChangedError,
    NobodyFoundError,
    NotCheckedError,
    NotDecidedError,
    OnlyRefusalError,
    OwnDecisionError,
    TooLateToExtendError,
)
from zicht.cases.rights.requests import actions, queries
from zicht.cases.rights.requests.copying import Copy, copy_for_person
from zicht.people.models import AccessLine
from zicht.people.record_keys import store
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code

OnCommit = Callable[..., AbstractContextManager[list[Any]]]


def recent(days: int = 3) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def clock(request: SubjectRequest) -> LegalClock:
    return LegalClock.objects.get(record_ref=request.pk)


# --- taking -------------------------------------------------------------------------------------------------------
def test_a_request_starts_a_clock_of_one_month_that_ends_when_the_day_ends_here(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person, received_on=dt.date(2026, 3, 15))
    assert request.due_on == dt.date(2026, 4, 15)
    # In summer time a day in the Netherlands ends at 22:00 UTC; the clock began in winter time, at 23:00.
    assert clock(request).ends_at == dt.datetime(2026, 4, 15, 22, tzinfo=dt.UTC)
    assert clock(request).started_at == dt.datetime(2026, 3, 14, 23, tzinfo=dt.UTC)


def test_a_request_about_nobody_here_is_kept_too(cast: Cast) -> None:
    request = cast.request(cast.case_worker, None)
    assert (request.person, request.compartment) == (None, "help")


@pytest.mark.parametrize("who", ["analyst", "privacy_officer", "administrator", "reporter"])
def test_whoever_works_on_no_cases_takes_no_request(cast: Cast, who: str) -> None:
    with pytest.raises((NotAllowedError, NotThereError)):
        cast.request(getattr(cast, who), cast.person)
    assert not SubjectRequest.objects.exists()


def test_a_request_of_another_organisation_is_not_there(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person)
    assert queries.find_request(cast.stranger_case_worker, request.pk) is None
    with pytest.raises(NotThereError):
        actions.answer_request(cast.stranger_case_worker, request, {"outcome": "granted"}, version=1)


def test_a_counsellor_sees_requests_about_the_persons_of_own_cases_only(cast: Cast) -> None:
    theirs = cast.request(cast.case_worker, cast.person)
    case, person = cast.person_of(cast.counsellor)
    own = cast.request(cast.counsellor, person)
    assert list(queries.requests_of(cast.counsellor)) == [own]
    assert set(queries.requests_of(cast.case_worker)) == {theirs, own}
    assert case.owner == cast.counsellor


def test_the_same_form_sent_twice_is_one_request(cast: Cast) -> None:
    key = uuid4()
    asked = {"kind": "access", "asked_by": "self", "checked_how": "lawyer", "received_on": recent()}
    for _ in range(2):
        actions.take_request(cast.case_worker, asked, cast.person, request_id=key)
    assert (SubjectRequest.objects.count(), LegalClock.objects.count()) == (1, 1)


def test_a_request_cannot_come_from_the_future(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        cast.request(cast.case_worker, cast.person, received_on=timezone.localdate() + dt.timedelta(days=1))


# --- terms --------------------------------------------------------------------------------------------------------
def test_the_term_is_made_longer_once_with_a_reason(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person, received_on=recent())
    longer = actions.extend_term(cast.case_worker, request, "three files to go through", version=1)
    assert (longer.due_on - longer.received_on).days in range(89, 93)
    assert clock(request).ends_at.date() in (longer.due_on, longer.due_on - dt.timedelta(days=1))
    assert reveal(longer, "reason") == "three files to go through"
    with pytest.raises(TooLateToExtendError):
        actions.extend_term(cast.case_worker, request, "again", version=2)


def test_the_term_is_not_made_longer_after_the_first_month_or_without_a_reason(cast: Cast) -> None:
    late = cast.request(cast.case_worker, cast.person, received_on=recent(40))
    with pytest.raises(TooLateToExtendError):
        actions.extend_term(cast.case_worker, late, "busy", version=1)
    fresh = cast.request(cast.case_worker, cast.person, received_on=recent())
    with pytest.raises(ValidationError):
        actions.extend_term(cast.case_worker, fresh, "  ", version=1)


@pytest.mark.parametrize(("days", "state"), [(3, "met"), (40, "missed")])
def test_an_answer_stops_the_clock_in_time_or_too_late(cast: Cast, days: int, state: str) -> None:
    request = cast.request(cast.case_worker, cast.person, received_on=recent(days))
    answer = {"outcome": "granted", "answered_on": timezone.localdate()}
    answered = actions.answer_request(cast.case_worker, request, answer, version=1)
    assert (answered.decided_by, clock(request).state) == (cast.case_worker, state)
    with pytest.raises(AnsweredAlreadyError):
        actions.answer_request(cast.case_worker, request, answer, version=2)


def test_a_refusal_needs_a_reason(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person)
    answer = {"outcome": "refused", "answered_on": timezone.localdate()}
    with pytest.raises(ValidationError) as refused:
        actions.answer_request(cast.case_worker, request, answer, version=1)
    assert set(refused.value.message_dict) == {"reason"}


# --- who asks -----------------------------------------------------------------------------------------------------
def test_nothing_is_given_while_it_was_not_established_who_asks(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person, checked_how="failed")
    for act in (actions.records_to_give, actions.limit_use, actions.erase_person):
        with pytest.raises(NotCheckedError):
            act(cast.case_worker, request)
    with pytest.raises(NotCheckedError):
        actions.answer_request(cast.case_worker, request, {"outcome": "granted"}, version=1)


def test_a_parent_gets_nothing_before_another_colleague_decided(cast: Cast) -> None:
    _case, person = cast.person_of(cast.case_worker, age_band="09_11")
    request = cast.request(cast.case_worker, person, asked_by="parent")
    with pytest.raises(NotDecidedError):
        actions.records_to_give(cast.case_worker, request)
    with pytest.raises(OwnDecisionError):
        actions.answer_request(cast.case_worker, request, {"outcome": "granted"}, version=1)
    actions.answer_request(cast.coordinator, request, {"outcome": "granted"}, version=1)
    assert actions.records_to_give(cast.case_worker, request_again(request)) == [person]


def request_again(request: SubjectRequest) -> SubjectRequest:
    return SubjectRequest.objects.get(pk=request.pk)


@pytest.mark.parametrize("asked_by", ["parent", "guardian"])
def test_through_a_suspected_parent_the_only_answer_is_a_refusal(cast: Cast, asked_by: str) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    cast.name_a_parent(case, person)
    request = cast.request(cast.case_worker, person, asked_by=asked_by)
    assert queries.standing_of(request).is_only_refused
    for act in (actions.records_to_give, actions.limit_use, actions.erase_person):
        with pytest.raises(OnlyRefusalError):
            act(cast.coordinator, request)
    with pytest.raises(OnlyRefusalError):
        actions.answer_request(cast.coordinator, request, {"outcome": "granted"}, version=1)
    refusal = {"outcome": "refused", "reason": "no say", "answered_on": timezone.localdate()}
    assert actions.answer_request(cast.coordinator, request, refusal, version=1).outcome == "refused"


def test_a_parent_who_is_coded_after_a_yes_gets_nothing_any_more(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    request = cast.request(cast.case_worker, person, asked_by="parent")
    actions.answer_request(cast.coordinator, request, {"outcome": "granted"}, version=1)
    cast.name_a_parent(case, person)
    with pytest.raises(OnlyRefusalError):
        actions.records_to_give(cast.coordinator, request_again(request))


def test_a_parent_of_somebody_of_17_has_no_say(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person, asked_by="parent")
    assert queries.standing_of(request).is_only_refused
    assert not queries.standing_of(cast.request(cast.case_worker, cast.person)).is_only_refused


# --- limiting -----------------------------------------------------------------------------------------------------
def test_limited_data_are_neither_changed_nor_agreed_upon_until_somebody_lifts_the_limit(cast: Cast) -> None:
    cast.answer(cast.case_worker, cast.case, cast.person)
    request = cast.request(cast.case_worker, cast.person, kind="restrict")
    actions.limit_use(cast.case_worker, request)
    person = Person.objects.get(pk=cast.person.pk)
    assert person.restricted_on == timezone.localdate()
    with pytest.raises(RestrictedError):
        case_actions.change_person(cast.case_worker, cast.case, person, {"gender": "m"}, version=person.version)
    actions.lift_limit(cast.case_worker, request)
    assert Person.objects.get(pk=cast.person.pk).restricted_on is None


def test_a_limit_holds_for_every_record_of_the_person(cast: Cast) -> None:
    _case, other = cast.person_of(cast.case_worker)
    Person.objects.filter(pk=other.pk).update(merged_into=cast.person.pk)
    actions.limit_use(cast.case_worker, cast.request(cast.case_worker, other, kind="restrict"))
    assert not Person.objects.filter(restricted_on=None).exists()


# --- erasing ------------------------------------------------------------------------------------------------------
def test_erasing_takes_the_person_out_of_shared_cases_and_erases_own_ones(
    cast: Cast, django_capture_on_commit_callbacks: OnCommit
) -> None:
    own, person = cast.person_of(cast.case_worker)
    shared, other = cast.person_of(cast.case_worker)
    case_actions.put_in_case(cast.case_worker, shared, person)
    case_actions.add_episode(cast.case_worker, shared, person, EPISODE)
    request = cast.request(cast.case_worker, person, kind="erase")
    with pytest.raises(CountChangedError):
        actions.erase_person(cast.case_worker, request, expected=5)
    with django_capture_on_commit_callbacks(execute=True):
        erased = actions.erase_person(cast.case_worker, request, expected=2)
    assert (erased.persons, erased.cases) == (1, 1)
    assert (list(Case.objects.all()), list(Person.objects.all())) == ([shared], [other])
    assert not Exploitation.objects.exists()
    assert {line.reason for line in Erasure.objects.all()} == {"request"}
    assert not {person.pk, own.pk} & set(store().records())
    still = request_again(request)
    assert still.person is None
    answer = {"outcome": "granted", "answered_on": timezone.localdate()}
    assert actions.answer_request(cast.case_worker, still, answer, version=1).outcome == "granted"
    with pytest.raises(AnsweredAlreadyError):
        actions.erase_person(cast.case_worker, still)


def test_for_a_request_without_a_record_nothing_is_done(cast: Cast) -> None:
    request = cast.request(cast.case_worker, None)
    for act in (actions.records_to_give, actions.limit_use, actions.erase_person, actions.lift_limit):
        with pytest.raises(NobodyFoundError):
            act(cast.case_worker, request)


# --- copying ------------------------------------------------------------------------------------------------------
def copy_of_everything(cast: Cast) -> tuple[Copy, Case, Person, Person]:
    """Give the copy of a person about whom there is everything, with another person in the same case."""
    case, other = cast.case, cast.person
    person = case_actions.add_person(cast.case_worker, case, {**PERSON_OF_COPY})
    case_actions.add_episode(cast.case_worker, case, person, EPISODE)
    consent = cast.answer(cast.case_worker, case, person)
    cast.share(cast.case_worker, person, consent)
    assessed = {"made_on": case.opened_on, "conclusion": "possible", "reason": "three signals"}
    case_actions.assess(cast.case_worker, case, person, assessed)
    case_actions.change_person(cast.coordinator, case, person, {"gender": "tf"}, version=1)
    case_actions.change_case(cast.case_worker, case, {"comments": "her sister rang"}, version=1)
    return copy_for_person(cast.case_worker, [person]), case, person, other


PERSON_OF_COPY = {
    "age_band": "18_20",
    "gender": "f",
    "status": "possible",
    "status_by": "ngo",
    "status_date": dt.date(2026, 3, 2),
    "household_key": "7d444840-9dc0-11d1-b245-5ffdce74fad2",
}


def test_a_copy_holds_records_history_consents_shares_and_who_saw(cast: Cast) -> None:
    with translation.override("en"):
        copy, _case, person, _other = copy_of_everything(cast)
    assert copy.codes == [short_code(person.pk)]
    titles = [section.title for section in copy.sections]
    assert titles[-1] == "Who looked at it or changed it"
    assert {"Exploitation episode", "Consent", "Assessment", "History of changes", "Sharing of data (log)"} <= set(
        titles
    )
    said = json.dumps(copy.as_json())
    for text in (
        "is 17 and understands",
        "three signals",
        "a bed for tonight",
        "18 to 20",
        "Shelter",
        "Gender, before",
    ):
        assert text in said


def test_a_copy_holds_nothing_of_others_and_names_no_member_of_staff(cast: Cast) -> None:
    copy, _case, _person, other = copy_of_everything(cast)
    said = json.dumps(copy.as_json())
    for secret in (
        str(other.pk),
        short_code(other.pk),
        PERSON_OF_COPY["household_key"],
        "her sister rang",
        cast.case_worker.shown_as,
        cast.coordinator.shown_as,
        str(cast.case_worker.pk),
        cast.case_worker.login,
    ):
        assert str(secret) not in said
    assert any(short_code(cast.case.pk) in reason for reason in copy.left_out)


def test_notes_of_a_case_that_is_about_one_person_only_are_in_the_copy(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker)
    case_actions.change_case(cast.case_worker, case, {"comments": "walked in"}, version=1)
    assert "walked in" in json.dumps(copy_for_person(cast.case_worker, [person]).as_json())


def test_texts_are_left_out_and_that_is_said_when_whoever_copies_is_in_no_team(cast: Cast) -> None:
    with translation.override("en"):
        _copy, _case, person, _other = copy_of_everything(cast)
        copy = copy_for_person(cast.coordinator, [person])
    said = json.dumps(copy.as_json())
    assert "three signals" not in said
    assert "understands what it means" not in said
    assert any("in no team" in reason for reason in copy.left_out)


def test_only_who_saw_and_with_whom_it_was_shared_is_copied_when_that_is_asked(cast: Cast) -> None:
    with translation.override("en"):
        _copy, _case, person, _other = copy_of_everything(cast)
        copy = copy_for_person(cast.case_worker, [person], only_who_saw=True)
    assert [section.title for section in copy.sections] == ["Sharing of data (log)", "Who looked at it or changed it"]


def test_a_copy_needs_no_more_queries_for_more_records(cast: Cast, django_assert_max_num_queries: Any) -> None:
    _copy, case, person, _other = copy_of_everything(cast)
    for _ in range(3):
        case_actions.add_episode(cast.case_worker, case, person, EPISODE)
        cast.answer(cast.case_worker, case, person)
    with django_assert_max_num_queries(32):
        copy_for_person(cast.case_worker, [person])
    assert Consent.objects.filter(person=person).count() == 4


def test_every_step_of_a_request_writes_a_line_in_the_log(cast: Cast) -> None:
    request = cast.request(cast.case_worker, cast.person, kind="restrict")
    actions.limit_use(cast.case_worker, request)
    lines = AccessLine.objects.filter(subject_id__in=[str(request.pk), str(cast.person.pk)]).order_by("sequence")
    told = [(line.verb, line.subject) for line in lines]
    assert told == [("opened", "person"), ("opened", "subject_request"), ("changed", "person")]
