"""What the register keeps about its own doing goes at the end of a term too: shares, requests, breaches, erasures."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from zicht.cases.models import (
    Breach,
    Case,
    Change,
    Erasure,
    ImportRun,
    LegalClock,
    Person,
    Share,
    SubjectRequest,
)
from zicht.cases.rights.erasing import Eraser, organisation_of
from zicht.cases.rights.retention.queries import Term, term_of
from zicht.cases.rights.rules import months_later
from zicht.people.actions import record_ending
from zicht.people.models import Organisation
from zicht.people.record_keys import store

AT_ONCE = 500  # records of a kind in one run: the next run takes the rest
Old = Callable[[Organisation, dt.date], QuerySet[Any]]


def _old_shares(organisation: Organisation, last: dt.date) -> QuerySet[Any]:
    """Keep a share as long as the record it tells of, and as long again as records are kept."""
    erased = Erasure.objects.filter(record_ref=OuterRef("record_ref")).values("record_ref")
    erased_on = Subquery(erased.annotate(day=Max("erased_on")).values("day"), output_field=DateField())
    shared_on = Cast("shared_at", DateField())
    alive = [model.objects.filter(pk=OuterRef("record_ref")) for model in (Person, Case)]
    shares: QuerySet[Any] = Share.objects.filter(~Q(Exists(alive[0])) & ~Q(Exists(alive[1])), org=organisation)
    last_day = Greatest(shared_on, Coalesce("ended_on", shared_on), Coalesce(erased_on, shared_on))
    found: QuerySet[Any] = shares.annotate(last_day=last_day).filter(last_day__lte=last)
    return found


def _answered(organisation: Organisation, last: dt.date) -> QuerySet[Any]:
    found: QuerySet[Any] = SubjectRequest.objects.filter(org=organisation, answered_on__lte=last)
    return found


def _closed_breaches(organisation: Organisation, last: dt.date) -> QuerySet[Any]:
    found: QuerySet[Any] = Breach.objects.filter(org=organisation, closed_on__lte=last)
    return found


def _old_erasures(organisation: Organisation, last: dt.date) -> QuerySet[Any]:
    shared = Share.objects.filter(record_ref=OuterRef("record_ref"))
    found: QuerySet[Any] = Erasure.objects.filter(~Q(Exists(shared)), org=organisation, erased_on__lte=last)
    return found


def _old_imports(organisation: Organisation, last: dt.date) -> QuerySet[Any]:
    found: QuerySet[Any] = ImportRun.objects.filter(org=organisation, imported_at__date__lte=last)
    return found


# The years of the vocabulary's text `retention` where the legal regime names none. Shares before erasures, which say
# until when a share is needed.
KINDS: Mapping[type[Any], tuple[Old, int]] = {
    Share: (_old_shares, 5),
    SubjectRequest: (_answered, 2),
    Breach: (_closed_breaches, 5),
    Erasure: (_old_erasures, 5),
    ImportRun: (_old_imports, 5),
}


def old_bookkeeping(organisation: Organisation, term: Term | None = None) -> dict[str, int]:
    """Count by entity what is past its term, in one statement."""
    years = (term or term_of(organisation)).years
    counts = [
        _old(model, organisation, years).order_by().values(counted=Value(model.words_entity)).annotate(n=Count("pk"))
        for model in KINDS
    ]
    found = counts[0].union(*counts[1:], all=True)
    return {row["counted"]: row["n"] for row in found if row["n"]}


def _old(model: type[Any], organisation: Organisation, years: int | None) -> QuerySet[Any]:
    find, default = KINDS[model]
    return find(organisation, months_later(timezone.localdate(), -12 * (default if years is None else years)))


@transaction.atomic
def erase_bookkeeping(by: Eraser) -> dict[str, int]:
    """Erase what is past its term, destroy its keys, and give the numbers by entity."""
    counts: dict[str, int] = {}
    keys: list[Any] = []
    lines: list[Any] = []
    org = organisation_of(by)
    years = term_of(org).years
    for model in KINDS:
        found = list(_old(model, org, years).select_for_update(of=("self",))[:AT_ONCE])
        if found:
            own = [record.pk for record in found]
            Change.objects.filter(Q(key_record__in=own) | Q(record_ref__in=own)).delete()
            LegalClock.objects.filter(record_ref__in=own).delete()
            model.objects.filter(pk__in=own).delete()
            counts[model.words_entity], keys, lines = len(found), keys + own, lines + found
    transaction.on_commit(lambda: store().destroy(keys))
    for record in lines:
        compartment = getattr(record, "compartment", "")
        record_ending(by, "erased", record.words_entity, record.pk, compartment=compartment)
    return counts
