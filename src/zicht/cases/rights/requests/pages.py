"""Bring together what the pages of requests show."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zicht.cases.models import Case, Person, SubjectRequest
from zicht.cases.rights.consent.rules import FOR_A_CHILD
from zicht.cases.rights.requests import queries, rules
from zicht.cases.rights.rules import MISSED
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code

# Kind of request -> what can be done for it here.
STEPS = {
    "access": ("copy",),
    "port": ("copy",),
    "who_saw": ("copy",),
    "rectify": ("correct", "limit"),
    "restrict": ("limit",),
    "object": ("limit", "erase"),
    "erase": ("erase", "limit"),
}


@dataclass(frozen=True)
class RequestRow:
    """A request as a row of a list; the code is empty for whoever sees terms only."""

    record: SubjectRequest
    code: str
    term: str
    is_late: bool


@dataclass(frozen=True)
class RecordShown:
    """A record of the person, and the cases it is in by key and code."""

    code: str
    cases: list[tuple[UUID, str]]


@dataclass(frozen=True)
class RequestPage:
    """All that the page of a request shows."""

    record: SubjectRequest
    code: str
    persons: list[RecordShown]
    standing: queries.Standing
    term: str
    is_late: bool
    is_limited: bool
    steps: tuple[str, ...]
    may_act: bool
    needs_colleague: bool
    may_be_longer: bool
    reason: str
    answer: list[str | Promise]


def rows_of(requests: Iterable[SubjectRequest], *, with_codes: bool) -> list[RequestRow]:
    """Give the rows of a list."""
    today = timezone.localdate()
    return [
        RequestRow(
            one,
            short_code(one.person_id) if with_codes and one.person_id else "",
            term_in_words(one),
            one.answered_on is None and rules.state_of(one, today) == MISSED,
        )
        for one in requests
    ]


def term_in_words(request: SubjectRequest) -> str:
    """Say how much of the term is left, or how late it is or was."""
    if request.answered_on:
        return _("answered in time") if rules.is_in_time(request) else _("answered too late")
    days = rules.days_left(request, timezone.localdate())
    if days < 0:
        late = ngettext("%(n)s day too late", "%(n)s days too late", -days) % {"n": -days}
        return f"{label_of('clock_state', MISSED)}: {late}"
    if days == 0:
        return _("today is the last day")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def page_of_request(reader: Account, request: SubjectRequest) -> RequestPage:
    """Read a request with what holds for it."""
    persons = queries.records_of(request.person) if request.person else []
    standing = queries.standing_of(request, persons)
    may_act = bool(persons) and not standing.is_only_refused and rules.is_decided(request)
    return RequestPage(
        record=request,
        code=short_code(request.person_id) if request.person_id else "",
        persons=_records(reader, persons),
        standing=standing,
        term=term_in_words(request),
        is_late=request.answered_on is None and rules.state_of(request, timezone.localdate()) == MISSED,
        is_limited=any(person.restricted_on for person in persons),
        steps=STEPS.get(request.kind, ()),
        may_act=may_act,
        needs_colleague=rules.needs_colleague(request.asked_by),
        may_be_longer=rules.may_be_longer(request, timezone.localdate()),
        reason=reveal(request, "reason"),
        answer=answer_in_words(request),
    )


def _records(reader: Account, persons: list[Person]) -> list[RecordShown]:
    keys = [person.pk for person in persons]
    seen = Case.objects.visible_to(reader).filter(persons__in=keys).order_by("opened_on", "case_id")
    pairs = list(seen.values_list("persons", "pk"))
    return [
        RecordShown(short_code(key), [(case, short_code(case)) for person, case in pairs if person == key])
        for key in keys
    ]


def answer_in_words(request: SubjectRequest) -> list[str | Promise]:
    """Say what the asker can be told about the outcome.

    Whoever asks for another hears the same where nothing was found as where nothing is given: a refusal must not tell
    that there is a record.
    """
    complaint = _("You can complain to the Autoriteit Persoonsgegevens (GDPR art. 77) and go to court (GDPR art. 79).")
    if request.outcome not in ("refused", "not_found"):
        return []
    if request.asked_by in FOR_A_CHILD:
        return [_("On this request we cannot give any data. We do not tell whether there are any."), complaint]
    if request.outcome == "not_found":
        return [_("We found no data about you."), complaint]
    return [_("We do not do what you asked, or not all of it, for this reason: …"), complaint]
