"""What a request may lead to, and by when: pure decisions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.cases.rights.consent.rules import ADULT, FOR_A_CHILD, FROM_12, FROM_16, UNDER_12
from zicht.cases.rights.rules import MET, MISSED, RUNNING, answer_due

GIVES = frozenset({"granted", "partly"})  # answers by which something is given or changed
LIMITS = frozenset(
    {"restrict", "object", "rectify"}
)  # GDPR art. 18(1): also while an objection or a mistake is looked at
COPIES = frozenset({"access", "port", "who_saw"})


class Request(Protocol):
    """What a rule must know about a request."""

    kind: str
    asked_by: str
    checked_how: str
    outcome: str
    received_on: dt.date
    due_on: dt.date
    extended_on: dt.date | None
    answered_on: dt.date | None
    handled_by_id: UUID
    decided_by_id: UUID | None


@dataclass(frozen=True)
class Asker:
    """Who may ask for a person's data at an age, in a sentence with its source."""

    sentence: str | Promise
    source: str | Promise


WHO_ASKS = {
    UNDER_12: Asker(
        _("Under 12 a parent with authority or a guardian asks for the child, unless that harms the child."),
        _("UAVG art. 5; BW 7:465(1), (4); Jeugdwet art. 7.3.10"),
    ),
    FROM_12: Asker(
        _(
            "From 12 to 15 the young person asks; a parent with authority or a guardian may ask too, and is refused "
            "where that harms the young person."
        ),
        _("BW 7:456, 7:457(3); Jeugdwet art. 7.3.10"),
    ),
    FROM_16: Asker(
        _("From 16 the person asks. A parent gets nothing without the person's yes."), "BW 7:447; Jeugdwet art. 7.3.10"
    ),
    ADULT: Asker(
        _("The person asks, or a guardian appointed by a court for what that guardianship covers."),
        _("GDPR art. 12, 15; BW 7:465(3)"),
    ),
}


def needs_colleague(asked_by: str) -> bool:
    """Tell whether a colleague of whoever took the request decides about it: somebody asks for another."""
    return asked_by in FOR_A_CHILD


def is_only_refused(asked_by: str, ages: Iterable[str], *, is_parent_suspected: bool) -> bool:
    """Tell whether the only answer is a refusal that does not tell whether there is a record."""
    has_no_say = asked_by == "parent" and set(ages) <= {FROM_16, ADULT}
    return asked_by in FOR_A_CHILD and (is_parent_suspected or has_no_say)


def is_decided(request: Request) -> bool:
    """Tell whether what is asked may be done: at once for the person, after a colleague's yes for anybody else."""
    if not needs_colleague(request.asked_by):
        return request.checked_how != "failed" and request.outcome in ("", *GIVES)
    return request.decided_by_id is not None and request.outcome in GIVES


def may_be_longer(request: Request, today: dt.date) -> bool:
    """Tell whether the term can still be made longer: once, and told within the first month (GDPR art. 12(3))."""
    return request.answered_on is None and request.extended_on is None and today <= answer_due(request.received_on)


def days_left(request: Request, today: dt.date) -> int:
    """Give the days until the last day of the term; negative when it is over."""
    return (request.due_on - today).days


def state_of(request: Request, today: dt.date) -> str:
    """Give the state of the term of a request (list clock_state): missed as soon as its last day is over."""
    if request.answered_on is not None:
        return MET if is_in_time(request) else MISSED
    return MISSED if days_left(request, today) < 0 else RUNNING


def is_in_time(request: Request) -> bool:
    """Tell whether an answer came within its term."""
    return request.answered_on is not None and request.answered_on <= request.due_on
