"""What figures need of referrals and stays: terms, days and nights, and no key or text of a person."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from zicht.care.models import Referral, Stay
from zicht.care.shelter.queries import placed_by
from zicht.people.models import Organisation

Rows = list[tuple[Any, ...]]


def years_of_care(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation referred somebody, or somebody came into its shelters."""
    sent = Referral.objects.filter(from_org=organisation).exclude(sent_on=None)
    came = Stay.objects.filter(_placed(organisation))
    years = sent.order_by().values_list(ExtractYear("sent_on")).union(came.values_list(ExtractYear("from_date")))
    return sorted((year for (year,) in years), reverse=True)


def sent(organisation: Organisation, year: int) -> QuerySet[Referral]:
    """Give the referrals that an organisation sent in a year; nobody whose use of data is limited."""
    found = Referral.objects.filter(from_org=organisation, sent_on__year=year, person__restricted_on=None)
    return found.exclude(case__compartment="press")


def referred(organisation: Organisation) -> QuerySet[Referral]:
    """Give the referrals that an organisation sent at any time."""
    return Referral.objects.filter(from_org=organisation).exclude(sent_on=None)


def came(organisation: Organisation, year: int) -> QuerySet[Stay]:
    """Give the stays in the shelters of an organisation that began in a year."""
    return Stay.objects.filter(_placed(organisation), from_date__year=year, person__restricted_on=None)


def there(organisation: Organisation, year: int) -> QuerySet[Stay]:
    """Give the stays in the shelters of an organisation that lasted on any day of a year."""
    begin, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    lasted = Q(until_date=None) | Q(until_date__gt=begin)
    return Stay.objects.filter(_placed(organisation), lasted, from_date__lt=after)


def answered(organisation: Organisation, year: int) -> QuerySet[Referral]:
    """Give what was referred to an organisation for a place to stay, and answered in a year."""
    asked = Q(reason="shelter") | ~Q(place_kind="")
    return Referral.objects.filter(asked, to_org=organisation, decided_on__year=year)


def places(organisation: Organisation) -> int:
    """Give how many places the shelters of an organisation have now."""
    return sum(placed_by(organisation).values_list("capacity", flat=True))


def nights(stays: Iterable[tuple[dt.date, dt.date | None]], first: dt.date, last: dt.date) -> int:
    """Count the nights of stays from a day up to and without another; a stay that runs lasts until then."""
    return sum(max(0, (min(until or last, last) - max(begin, first)).days) for begin, until in stays)


def _placed(organisation: Organisation) -> Q:
    return Q(shelter__placing_org=organisation) | Q(shelter__placing_org=None, shelter__org=organisation)
