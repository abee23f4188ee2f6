"""Write down a step: who did it, for which referral or shelter, in which hour, and what may be another one later."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from zicht.care import rules
from zicht.care.models import CareEvent, Referral, Shelter
from zicht.people.models import Account


def remember(
    by: Account,
    step: str,
    referral: Referral,
    *,
    record: UUID | None = None,
    at: Shelter | None = None,
    planned_until: dt.date | None = None,
) -> None:
    """Add a step of a referral, whose row the caller has locked: the numbers run on without a gap."""
    line = CareEvent(referral=referral, shelter=at, record_ref=record, planned_until=planned_until)
    if step == "refused":
        line.refusal_reason = referral.refusal_reason
    _add(by, step, line, referral.events.count())


def remember_of_shelter(by: Account, step: str, shelter: Shelter) -> None:
    """Add a step of a shelter, whose row the caller has locked, with the places and longest stay from then on."""
    line = CareEvent(shelter=shelter, places=shelter.capacity, max_stay_days=shelter.max_stay_days)
    _add(by, step, line, shelter.events.filter(referral=None).count())


def _add(by: Account, step: str, line: CareEvent, number: int) -> None:
    line.step, line.number = step, number + 1
    line.by, line.by_org_id = by, by.org_id
    line.happened_at = rules.whole_hour(timezone.now())
    line.save(force_insert=True)
