"""Erase reports at the end of their term, and destroy the keys and marks of spots when the year after is over."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from zicht.people.actions import record_ending
from zicht.people.models import Account, Organisation
from zicht.people.record_keys import store
from zicht.signals import rules
from zicht.signals.intake import spots
from zicht.signals.models import Intake

AT_ONCE = 500  # reports in one transaction


def count_old_reports(organisation: Organisation, years: int | None) -> int:
    """Count what would be erased and may be told of: no tips to a news desk."""
    count: int = old_reports(organisation, years).exclude(compartment=rules.PRESS).count()
    return count


def old_reports(organisation: Organisation, years: int | None) -> Any:
    """Give what an organisation closed more than its term ago; nothing where no term is set."""
    if years is None:
        return Intake.objects.none()
    last = rules.years_before(timezone.localdate(), years)
    return Intake.objects.filter(org=organisation, shelf=rules.CLOSED, decided_on__lte=last)


def erase_old_reports(by: Account | Organisation, years: int | None) -> int:
    """Erase what is past its term with its signals, steps, links and texts, and give how many reports went.

    Tips to a news desk go too and are not counted: whoever runs the daily task is told nothing of them.
    """
    walls: Counter[str] = Counter()
    while some := _erase_some(by, years):
        walls.update(some)
    return walls.total() - walls[rules.PRESS]


@transaction.atomic
def _erase_some(by: Account | Organisation, years: int | None) -> list[str]:
    """Erase some, and give the wall behind which each stood."""
    organisation = by.org if isinstance(by, Account) else by
    found = list(old_reports(organisation, years).select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
    keys = [intake.pk for intake in found]
    walls = [(intake.pk, intake.compartment) for intake in found]
    erased = Intake.objects.filter(pk__in=keys)
    erased.update(shelf=rules.ERASED)
    erased.delete()
    transaction.on_commit(lambda: store().destroy(keys))
    for key, compartment in walls:
        record_ending(by, "erased", "intake", key, compartment=compartment)
    return [compartment for _key, compartment in walls]


def forget_spots() -> int:
    """Destroy the keys of years that are over, and the marks made with them; give how many reports lose a mark.

    Marks of tips to a news desk go too and are not counted.
    """
    now = timezone.localdate().year
    spots.destroy_old_keys(now)
    first = spots.years_kept(now)[0]
    own = Intake.objects.filter(received_on__lt=dt.date(first, 1, 1)).exclude(spot_mark="")
    before = Intake.objects.filter(received_on__lt=dt.date(first + 1, 1, 1)).exclude(spot_mark_before="")
    told = own.exclude(compartment=rules.PRESS).count() + before.exclude(compartment=rules.PRESS).count()
    own.update(spot_mark="")
    before.update(spot_mark_before="")
    return told
