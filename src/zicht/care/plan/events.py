"""Write down a step in the support of a person: who did it and in which hour."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from zicht.care.plan.models import PlanEvent
from zicht.care.rules import whole_hour
from zicht.cases.models import Case, Person
from zicht.people.models import Account


def remember(by: Account, step: str, case: Case, person: Person | None, record: UUID | None = None) -> None:
    """Add a step; the caller has locked the person, or the case: the numbers run on without a gap."""
    before: QuerySet[PlanEvent] = PlanEvent.objects.filter(person=person)
    if person is None:
        before = before.filter(case=case)
    PlanEvent(
        org_id=by.org_id,
        case=case,
        person=person,
        number=before.count() + 1,
        step=step,
        happened_at=whole_hour(timezone.now()),
        by=by,
        record_ref=record,
    ).save(force_insert=True)
