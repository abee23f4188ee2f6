"""Write down a step: who did it, for which referral or shelter, and in which hour."""

from uuid import UUID

from django.utils import timezone

from zicht.care import rules
from zicht.care.models import CareEvent, Referral, Shelter
from zicht.people.models import Account


def remember(
    by: Account, step: str, referral: Referral, *, record: UUID | None = None, at: Shelter | None = None
) -> None:
    """Add a step of a referral, whose row the caller has locked: the numbers run on without a gap."""
    _add(by, step, CareEvent(referral=referral, shelter=at, record_ref=record), referral.events.count())


def remember_of_shelter(by: Account, step: str, shelter: Shelter) -> None:
    """Add a step of a shelter, whose row the caller has locked, with the places it has from then on."""
    line = CareEvent(shelter=shelter, places=shelter.capacity)
    _add(by, step, line, shelter.events.filter(referral=None).count())


def _add(by: Account, step: str, line: CareEvent, number: int) -> None:
    line.step, line.number = step, number + 1
    line.by, line.by_org_id = by, by.org_id
    line.happened_at = rules.whole_hour(timezone.now())
    line.save(force_insert=True)
