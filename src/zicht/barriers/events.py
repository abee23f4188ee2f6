"""Write down what happened in the barrier approach; a meeting tells from it what changed since the last one."""

from uuid import UUID

from django.utils import timezone

from zicht.barriers.models import BarrierEvent
from zicht.people.models import Account


def remember(
    by: Account, deed: str, record: UUID, subject: str, *, before: str = "", after: str = "", area: str = ""
) -> None:
    """Add a line; `before` and `after` are codes of a state, `subject` of a barrier, process or municipality."""
    line = BarrierEvent(org_id=by.org_id, deed=deed, record_ref=record, subject=subject, before=before, after=after)
    line.area_code, line.by, line.happened_at = area, by, timezone.now()
    line.save(force_insert=True)
