"""Begin a legal term of a person, and say how it ended; its days are never changed, another one is begun instead."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.care.clocks import rules
from zicht.care.clocks.errors import ClockIsOverError, ClockRunsError, NeedsLastDayError, NotYetInForceError
from zicht.care.clocks.rules import Term
from zicht.care.plan.doors import Door, pass_own, touch
from zicht.care.plan.events import remember
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.cases.models import LegalClock
from zicht.cases.rights.rules import end_of_day, start_of_day
from zicht.people.models import Account

ENDS = {"met": "clock_met", "stopped": "clock_stopped"}  # state -> step


@transaction.atomic
def start_clock(
    by: Account, door: Door, code: str, start: dt.date, named: dt.date | None = None, *, clock_id: UUID | None = None
) -> LegalClock:
    """Let a term run from a day, with those that begin along with it; the same `clock_id` twice is the same one once.

    Raises ClockRunsError while one of its kind runs, NotYetInForceError before its rule held, NeedsLastDayError where
    only the decision says when it ends.
    """
    door = pass_own(by, door)
    if clock_id and (made := LegalClock.objects.filter(pk=clock_id, person=door.person).first()):
        return made
    table = rules.terms()
    if code not in table:
        raise NotThereError
    term = table[code]
    clock = _start(by, door, term, start, named, clock_id)
    for along in _along(table.get(term.along), door):
        _start(by, door, along, start, named, None)
    touch(door)
    saving.log(by, "opened", clock, door.case.compartment)
    return clock


def _along(term: Term | None, door: Door) -> Iterator[Term]:
    if term and not _runs(door, term.kind):
        yield term


def _start(
    by: Account, door: Door, term: Term, start: dt.date, named: dt.date | None, clock_id: UUID | None
) -> LegalClock:
    if _runs(door, term.kind):
        raise ClockRunsError
    if start < term.valid_from:
        raise NotYetInForceError
    last = rules.last_day(term, start, named)
    if last is None or last < start:
        raise NeedsLastDayError
    zone = timezone.get_default_timezone()
    clock = LegalClock(
        org_id=door.org_id,
        kind=term.kind,
        case=door.case,
        person=door.person,
        started_at=start_of_day(start, zone),
        ends_at=end_of_day(last, zone),
        law=term.law,
        set_by=by,
    )
    if clock_id:
        clock.clock_id = clock_id
    saving.refuse_if_taken(clock)
    clock.save(force_insert=True)
    remember(by, "clock_started", door.case, door.person, clock.pk)
    return clock


def _runs(door: Door, kind: str) -> bool:
    return LegalClock.objects.filter(person=door.person, org=door.org_id, kind=kind, state="running").exists()


@transaction.atomic
def end_clock(by: Account, door: Door, clock_id: UUID, state: str) -> LegalClock:
    """Say that what had to be done in a term was done, or that it no longer applies."""
    door = pass_own(by, door)
    clock = (
        LegalClock.objects.select_for_update(of=("self",))
        .filter(pk=clock_id, person=door.person, org=door.org_id, kind__in=rules.kinds())
        .first()
    )
    if clock is None or state not in ENDS:
        raise NotThereError
    if clock.state != "running":
        raise ClockIsOverError
    clock.state = state
    clock.save()
    remember(by, ENDS[state], door.case, door.person, clock.pk)
    touch(door)
    saving.log(by, "changed", clock, door.case.compartment)
    return clock
