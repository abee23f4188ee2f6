"""Close a meeting: what changes from then on is told at the next one."""

from django.db import transaction
from django.utils import timezone

from zicht.barriers.models import Meeting
from zicht.barriers.rules import is_area
from zicht.barriers.saving import authorise
from zicht.cases.errors import NotThereError
from zicht.people.actions import record_access
from zicht.people.models import Account


@transaction.atomic
def close_meeting(by: Account, area: str) -> Meeting:
    """Write down that partners met about an area."""
    authorise(by)
    if not is_area(area):
        raise NotThereError
    now = timezone.now()
    meeting = Meeting(org_id=by.org_id, area_code=area, held_on=timezone.localdate(now), closed_at=now, by=by)
    meeting.save(force_insert=True)
    record_access(by, "opened", meeting.words_entity, meeting.pk)
    return meeting
