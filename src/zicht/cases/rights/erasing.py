"""Erase persons and cases with everything recorded about them, and destroy their keys.

What goes: the rows in one transaction, then the keys. A process that dies between both leaves keys of records that are
gone, which the next run of `sweep` destroys. What stays: that there was a record and why it went (erasure), to whom it
went before (share), and who looked at it (access log), each until its own term.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zicht.cases.matching.actions import take_out
from zicht.cases.models import (
    Assessment,
    Case,
    Change,
    Consent,
    Erasure,
    Exploitation,
    LegalClock,
    Match,
    Person,
    PlaceEvent,
)
from zicht.cases.related import goes_on, keys_of_what_hangs_on
from zicht.cases.rights.errors import StillGoesOnError
from zicht.cases.webhooks.queueing import tell_of_changes
from zicht.people.actions import record_ending
from zicht.people.models import Account, Organisation
from zicht.people.record_keys import store

Eraser: TypeAlias = Account | Organisation  # a member of staff, or the daily task for an organisation


@dataclass(frozen=True)
class Erased:
    """How much went."""

    persons: int
    cases: int

    @property
    def records(self) -> int:
        """Give the number that is told: cases and persons, not what hangs on them."""
        return self.persons + self.cases


@transaction.atomic
def erase(by: Eraser, persons: Collection[UUID], cases: Collection[UUID], *, reason: str, purpose: str = "") -> Erased:
    """Erase persons and cases of one organisation for good.

    Give all records of a person that are counted as one, so that none of them is left behind. Raises StillGoesOnError
    while something goes on for which they are needed.
    """
    # Decisions that two records are one wait here, so that the records of a person are the same until the end.
    org = organisation_of(by)
    own = list(Person.objects.filter(pk__in=persons, org=org).values_list("pk", flat=True))
    take_out(org.pk, own)
    gone = [
        *Person.objects.filter(pk__in=persons, org=org).select_for_update(of=("self",)).order_by("pk"),
        *Case.objects.filter(pk__in=cases, org=org).select_for_update(of=("self",)).order_by("pk"),
    ]
    keys = [record.pk for record in gone]
    if goes_on(keys):
        raise StillGoesOnError
    parts = _delete_what_hangs_on(keys)
    Person.objects.filter(pk__in=keys).delete()
    Case.objects.filter(pk__in=keys).delete()
    Erasure.objects.bulk_create(_line(by, record, reason) for record in gone)
    # Some parts have a key of their own, such as what another organisation wrote about somebody it received.
    transaction.on_commit(lambda: store().destroy([*keys, *parts]))
    for record in gone:
        tell_of_changes(org.pk, record.compartment, record.words_entity, [record.pk])
    for record in gone:
        record_ending(by, "erased", record.words_entity, record.pk, compartment=record.compartment, purpose=purpose)
    return Erased(sum(isinstance(record, Person) for record in gone), sum(isinstance(record, Case) for record in gone))


def _delete_what_hangs_on(keys: Collection[UUID]) -> set[UUID]:
    """Delete what the database does not delete along: the history, and terms that name a record by its identifier.

    Gives the keys of everything about these persons and cases.
    """
    parts = set(keys) | keys_of_what_hangs_on(keys)
    for model, about in (
        (Exploitation, Q(person__in=keys)),
        (PlaceEvent, Q(exploitation__person__in=keys)),
        (Assessment, Q(person__in=keys) | Q(case__in=keys)),
        (Consent, Q(person__in=keys)),
        (Match, Q(person_a__in=keys) | Q(person_b__in=keys)),
    ):
        parts |= set(model.objects.filter(about).values_list("pk", flat=True))
    Change.objects.filter(Q(key_record__in=keys) | Q(record_ref__in=parts)).delete()
    LegalClock.objects.filter(record_ref__in=parts).delete()
    return parts


def organisation_of(by: Eraser) -> Organisation:
    """Give the organisation whose records go."""
    return by.org if isinstance(by, Account) else by


def _line(by: Eraser, record: Person | Case, reason: str) -> Erasure:
    return Erasure(
        org_id=record.org_id,
        compartment=record.compartment,
        entity=record.words_entity,
        record_ref=record.pk,
        reason=reason,
        erased_on=timezone.localdate(),
        erased_by=by if isinstance(by, Account) else None,
    )


def cases_of_only(persons: Iterable[UUID]) -> set[UUID]:
    """Give the cases in which there is nobody else than some persons."""
    own = set(persons)
    pairs = Case.persons.through.objects
    theirs = set(pairs.filter(person__in=own).values_list("case_id", flat=True))
    shared = pairs.filter(case__in=theirs).exclude(person__in=own).values_list("case_id", flat=True)
    return theirs - set(shared)
