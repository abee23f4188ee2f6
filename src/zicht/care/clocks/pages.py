"""Bring together what the page of a person shows of legal terms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zicht.care.clocks import rules
from zicht.care.plan.doors import Door
from zicht.cases.models import LegalClock
from zicht.cases.rights.rules import state_now
from zicht.people.wording import in_words

NEAR = 14  # days: what ends within two weeks is told as near


@dataclass(frozen=True)
class ClockShown:
    """A legal term: from when until when, how many days are left, and what it rests on."""

    record: LegalClock
    kind: str
    state: str
    first_day: dt.date
    last_day: dt.date
    left: str
    look: str
    is_running: bool
    is_weekend: bool


def clocks_of(door: Door) -> list[ClockShown]:
    """Give the terms of a person at the own organisation: those that run first, the nearest end in front."""
    if not door.is_own:
        return []
    found = LegalClock.objects.filter(person=door.person, org=door.org_id, kind__in=rules.kinds())
    return shown(found)


def shown(clocks: Iterable[LegalClock]) -> list[ClockShown]:
    """Put terms in words as they are now."""
    every = sorted(clocks, key=lambda one: (one.state != "running", one.ends_at, str(one.pk)))
    return [_clock(one, timezone.now(), timezone.get_current_timezone()) for one in every]


def _clock(clock: LegalClock, now: dt.datetime, zone: dt.tzinfo) -> ClockShown:
    last = rules.last_day_of(clock.ends_at, zone)
    state, left = state_now(clock.state, clock.ends_at, now), rules.days_left(last, now, zone)
    is_running = state == "running"
    look = "tag tag--stop" if state == "missed" else "tag tag--waiting" if is_running and left <= NEAR else "tag"
    return ClockShown(
        record=clock,
        kind=in_words("legal_clock", "kind", clock.kind),
        state=in_words("legal_clock", "state", state),
        first_day=clock.started_at.astimezone(zone).date(),
        last_day=last,
        left=_left(left) if is_running else "",
        look=look,
        is_running=clock.state == "running",
        is_weekend=is_running and rules.is_weekend(last),
    )


def _left(days: int) -> str:
    if days == 0:
        return _("today is the last day")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
