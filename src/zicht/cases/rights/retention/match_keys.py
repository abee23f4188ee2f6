"""Destroy the keys by which records of several organisations are matched, apart from the records and long before them.

A key serves one purpose: knowing who stands in two registers when the figures and estimates of a year are made. That is
done in the year after; when that one ends too, the year is closed and its keys go.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zicht.cases.errors import NotAllowedError
from zicht.cases.models import Change, Person
from zicht.cases.rights.erasing import Eraser, organisation_of
from zicht.people.actions import record_ending
from zicht.people.models import Account, Organisation

YEARS_OPEN = 1  # whole years after the year of registration in which its figures are made
AT_ONCE = 500  # persons in one transaction
FIELD = "match_key"


def old_match_keys(organisation: Organisation) -> Any:
    """Give the persons of a closed year who have a key; limited ones too, since it takes nothing away from them."""
    closed = timezone.localdate().year - YEARS_OPEN
    return Person.objects.filter(~Q(match_key=""), org=organisation, first_registered__lt=closed)


def destroy_match_keys(by: Eraser) -> int:
    """Destroy the match keys of closed years, in the history too, and give their number."""
    if isinstance(by, Account) and not Account.objects.get(pk=by.pk).has_perm("cases.erase_after_retention"):
        raise NotAllowedError
    count = 0
    while some := _destroy_some(by):
        count += some
    return count


@transaction.atomic
def _destroy_some(by: Eraser) -> int:
    """Destroy a part; neither version nor last change of a person moves, or retention would begin anew."""
    found = list(old_match_keys(organisation_of(by)).select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
    keys: list[UUID] = [person.pk for person in found]
    Person.objects.filter(pk__in=keys).update(match_key="")
    Change.objects.filter(record_ref__in=keys, field=FIELD).delete()
    for person in found:
        record_ending(by, "key_destroyed", person.words_entity, person.pk, compartment=person.compartment)
    return len(found)
