"""Everything that is done with a request: taken, extended, decided, answered, and carried out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.cases import saving
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Case, LegalClock, Person, SubjectRequest
from zicht.cases.rights.consent.rules import FOR_A_CHILD
from zicht.cases.rights.erasing import Erased, cases_of_only, erase
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
from zicht.cases.rights.requests import queries, rules
from zicht.cases.rights.rules import answer_due, end_of_day, start_of_day
from zicht.cases.rules import walls_to_open_in
from zicht.people.models import Account
from zicht.people.sealed import reveal

Values = Mapping[str, object]
LAW = "GDPR art. 12(3)"


# --- taking -------------------------------------------------------------------------------------------------------
@transaction.atomic
def take_request(
    by: Account, values: Values, person: Person | None = None, *, request_id: UUID | None = None, compartment: str = ""
) -> SubjectRequest:
    """Write down what is asked and start the clock of one month; the same `request_id` twice is the same request once.

    Nothing of what was shown to prove who asks is kept. Without a person, somebody asks about whom there is no record.
    """
    wall = person.compartment if person else compartment or _only_wall(by)
    _authorise(by, wall)
    if person is not None:
        person = saving.lock(by, Person, person.pk)
    if request_id and (made := queries.find_request(by, request_id)):
        return made
    request = SubjectRequest(org=by.org, compartment=wall, person=person, handled_by=by)
    if request_id:
        request.request_id = request_id
    saving.fill(request, values)
    if values.get("received_on"):  # else the words say that it is missing
        request.due_on = answer_due(request.received_on)
    saving.create(by, request, wall)
    _start_clock(by, request)
    return request


def _only_wall(by: Account) -> str:
    walls = walls_to_open_in(by)
    return next(iter(walls)) if len(walls) == 1 else ""


def _authorise(by: Account, wall: str) -> None:
    fresh = Account.objects.get(pk=by.pk)
    if not fresh.has_perm("cases.handle_requests") or wall not in walls_to_open_in(fresh):
        raise NotAllowedError


def _start_clock(by: Account, request: SubjectRequest) -> None:
    # Of the request and not of the person: it runs on when the person's record is erased.
    zone = timezone.get_default_timezone()
    LegalClock.objects.create(
        org=request.org,
        kind="data_request",
        record_ref=request.pk,
        started_at=start_of_day(request.received_on, zone),
        ends_at=end_of_day(request.due_on, zone),
        law=LAW,
        set_by=by,
    )


@transaction.atomic
def extend_term(by: Account, request: SubjectRequest, reason: str, *, version: int) -> SubjectRequest:
    """Take two months more, once, with the reason that the person is told within the first."""
    request = _locked_request(by, request)
    today = timezone.localdate()
    if not rules.may_be_longer(request, today):
        raise TooLateToExtendError
    due = answer_due(request.received_on, is_longer=True)
    values = {"due_on": due, "extended_on": today, "reason": _with_reason(request, reason)}
    saving.change(by, request, values, version, request.compartment)
    ends_at = end_of_day(due, timezone.get_default_timezone())
    LegalClock.objects.filter(record_ref=request.pk, kind="data_request").update(ends_at=ends_at)
    return request


# --- answering ----------------------------------------------------------------------------------------------------
@transaction.atomic
def answer_request(by: Account, request: SubjectRequest, values: Values, *, version: int) -> SubjectRequest:
    """Decide about a request, and say on which day it was answered when it was.

    For a parent or guardian the decision is of another colleague than the one who took the request; without a day of
    the answer it is only the decision, after which what is asked can be done.
    """
    request = _locked_request(by, request)
    outcome = str(values.get("outcome") or request.outcome)
    _refuse_wrong_outcome(by, request, outcome)
    decided = {"decided_by": request.decided_by_id or by.pk} if outcome else {}
    reason = str(values.get("reason") or "")
    kept = {"reason": reason} if reason else {}
    told = {name: values[name] for name in ("outcome", "answered_on") if values.get(name)}
    saving.change(by, request, {**decided, **kept, **told}, version, request.compartment)
    if request.answered_on:
        state = rules.state_of(request, timezone.localdate())
        LegalClock.objects.filter(record_ref=request.pk, kind="data_request").update(state=state)
    return request


def _refuse_wrong_outcome(by: Account, request: SubjectRequest, outcome: str) -> None:
    if outcome in rules.GIVES:
        if request.checked_how == "failed":
            raise NotCheckedError
        if queries.standing_of(request).is_only_refused:
            raise OnlyRefusalError
    is_first = request.decided_by_id is None or outcome != request.outcome
    if rules.needs_colleague(request.asked_by) and is_first and request.handled_by_id == by.pk:
        raise OwnDecisionError


def _with_reason(request: SubjectRequest, reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": [_("Write down why. Nothing was saved.")]})
    return "\n".join(part for part in (reveal(request, "reason"), reason.strip()) if part)


# --- carrying out -------------------------------------------------------------------------------------------------
@transaction.atomic
def limit_use(by: Account, request: SubjectRequest) -> list[Person]:
    """Limit the use of all records of the person (GDPR art. 18): kept, and neither changed, shared nor counted."""
    persons = _persons_to_act_on(by, _locked_request(by, request))
    for person in persons:
        if person.restricted_on is None:
            _set_limit(by, person, request)
    return persons


@transaction.atomic
def lift_limit(by: Account, request: SubjectRequest) -> list[Person]:
    """Let the records be used again; the person was told beforehand (GDPR art. 18(3))."""
    request = _find_request(by, request)
    if request.person is None:
        raise NobodyFoundError
    persons = _all_visible(by, queries.records_of(request.person))
    for person in persons:
        if person.restricted_on is not None:
            _set_limit(by, person, request, lift=True)
    return persons


def _set_limit(by: Account, person: Person, request: SubjectRequest, *, lift: bool = False) -> None:
    values = {"restricted_on": None if lift else timezone.localdate()}
    saving.change(by, person, values, person.version, person.compartment, cause=request.pk)


@transaction.atomic
def erase_person(by: Account, request: SubjectRequest, *, expected: int | None = None) -> Erased:
    """Erase everything about the person for good (GDPR art. 17); cases with others in them stay, without the person."""
    request = _locked_request(by, request)
    persons, cases = to_erase(by, request)
    if expected is not None and len(persons) + len(cases) != expected:
        raise CountChangedError
    return erase(by, persons, cases, reason="request")


def to_erase(by: Account, request: SubjectRequest) -> tuple[set[UUID], set[UUID]]:
    """Give what a request to erase would erase: records of the person, and the cases that are about nobody else."""
    persons = {person.pk for person in _persons_to_act_on(by, request)}
    cases = cases_of_only(persons)
    if Case.objects.visible_to(by).filter(pk__in=cases).count() != len(cases):
        raise NotAllowedError
    return persons, cases


def records_to_give(by: Account, request: SubjectRequest) -> list[Person]:
    """Give the records that are copied for the person, or raise why nothing is given."""
    return _persons_to_act_on(by, request)


# --- parts --------------------------------------------------------------------------------------------------------
def _find_request(by: Account, request: SubjectRequest) -> SubjectRequest:
    found = queries.find_request(by, request.pk)
    if found is None:
        raise NotThereError
    _authorise(by, found.compartment)
    return found


def _locked_request(by: Account, request: SubjectRequest) -> SubjectRequest:
    _find_request(by, request)
    locked: Any = SubjectRequest.objects.select_for_update(of=("self",)).select_related("person__org", "org")
    found: SubjectRequest = locked.get(pk=request.pk)
    if found.answered_on:
        raise AnsweredAlreadyError
    return found


def _persons_to_act_on(by: Account, request: SubjectRequest) -> list[Person]:
    """Give the person's records, or raise why nothing is given or changed for this request."""
    if request.answered_on and request.outcome not in rules.GIVES:
        raise AnsweredAlreadyError
    if request.person is None:
        raise NobodyFoundError
    if request.checked_how == "failed":
        raise NotCheckedError
    persons = queries.records_of(request.person)
    if queries.standing_of(request, persons).is_only_refused:
        raise OnlyRefusalError
    if not rules.is_decided(request):
        raise NotDecidedError if request.asked_by in FOR_A_CHILD else AnsweredAlreadyError
    return _all_visible(by, persons)


def _all_visible(by: Account, persons: list[Person]) -> list[Person]:
    seen = Person.objects.visible_to(by).filter(pk__in=[one.pk for one in persons]).count()
    if seen != len(persons):
        raise NotAllowedError
    return persons
