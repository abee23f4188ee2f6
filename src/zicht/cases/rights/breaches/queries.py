"""What is read of the register of breaches."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from zicht.cases.models import Breach, LegalClock
from zicht.cases.rights.breaches import rules
from zicht.cases.rights.rules import RUNNING, state_now
from zicht.people.code_fields import label_of
from zicht.people.models import Account

BREACHES_ON_A_PAGE = 100


@dataclass(frozen=True)
class BreachShown:
    """A breach with its clock."""

    breach: Breach
    clock: LegalClock
    left: rules.Left
    state: str  # as it is now, and not as it was stored

    @property
    def must_be_told(self) -> bool:
        """Tell whether the authority must still be told, in time or too late."""
        return self.clock.state == RUNNING

    @property
    def state_label(self) -> str:
        """Give the wording of the state."""
        return label_of("clock_state", self.state)


def breaches_of(reader: Account) -> QuerySet[Breach]:
    """Give the breaches of the reader's organisation, newest first."""
    found: QuerySet[Breach] = Breach.objects.filter(org=reader.org_id).select_related("handled_by")
    return found.order_by("-found_at", "breach_id")


def find_breach(reader: Account, breach_id: UUID) -> Breach | None:
    """Find a breach of the reader's organisation."""
    return breaches_of(reader).filter(pk=breach_id).first()


def shown(breaches: Iterable[Breach]) -> list[BreachShown]:
    """Give breaches with their clocks."""
    some = list(breaches)
    clocks = LegalClock.objects.filter(kind="breach_report", record_ref__in=[one.pk for one in some])
    by_breach = {clock.record_ref: clock for clock in clocks}
    now = timezone.now()
    return [_shown(one, by_breach[one.pk], now) for one in some if one.pk in by_breach]


def _shown(breach: Breach, clock: LegalClock, now: dt.datetime) -> BreachShown:
    return BreachShown(breach, clock, rules.left(clock.ends_at, now), state_now(clock.state, clock.ends_at, now))
