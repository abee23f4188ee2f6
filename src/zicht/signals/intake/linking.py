"""Decide whether two reports are about the same situation; what was decided can be taken back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.people.models import Account
from zicht.signals.intake import earlier
from zicht.signals.intake.errors import ChangedMeanwhileError, NotThereError
from zicht.signals.intake.saving import lock_all, log_change, remember
from zicht.signals.models import Intake, ReportLink

STEP = {earlier.SAME: "same", earlier.DIFFERENT: "different", earlier.POSSIBLE: "undone"}


@transaction.atomic
def decide(by: Account, intake: Intake, other_id: UUID, state: str, *, version: int) -> ReportLink:
    """Keep a decision about two reports under one's name, or take it back (state possible).

    `version` is that of the decision before, 0 where there was none.
    """
    one, other = lock_all(by, [intake.pk, other_id])
    if earlier.is_apart(one, other) or state not in STEP:
        raise NotThereError
    link = ReportLink.objects.select_for_update().filter(intake_a=one, intake_b=other).first()
    if (link.version if link else 0) != version:
        raise ChangedMeanwhileError
    if link is None:
        reasons = earlier.suggest(one).get(other.pk, ())
        link = ReportLink(intake_a=one, intake_b=other, reasons=list(reasons), version=0)
    _fill(link, by, state)
    remember(by, one, STEP[state], str(other.pk))
    remember(by, other, STEP[state], str(one.pk))
    log_change(by, one)
    log_change(by, other)
    return link


def _fill(link: ReportLink, by: Account, state: str) -> None:
    is_decided = state != earlier.POSSIBLE
    link.state, link.version = state, link.version + 1
    link.decided_by, link.decided_on = (by, timezone.localdate()) if is_decided else (None, None)
    link.save()
