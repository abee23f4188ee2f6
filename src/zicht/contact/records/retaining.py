"""Erase contact records at the end of their term, which the legal regime of the organisation sets."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from zicht.contact import rules
from zicht.contact.records.models import Contact
from zicht.people.actions import record_ending
from zicht.people.models import Organisation
from zicht.people.rules import retention_under


def erase_old() -> int:
    """Erase what is past its term in every organisation, each with a line in the access log.

    Gives how many, those of news desks left out.
    """
    kept_by = Organisation.objects.filter(pk__in=Contact.objects.values("org").distinct())
    return sum(_erase_of(organisation) for organisation in kept_by)


@transaction.atomic
def _erase_of(organisation: Organisation) -> int:
    years = retention_under(organisation.legal_regime).years
    if years is None:  # the law names no term: somebody reviews it
        return 0
    old = Contact.objects.filter(org=organisation, received_at__lt=_end_of_term(years))
    erased = list(old.select_for_update().values_list("contact_id", "compartment"))
    old.delete()
    for key, compartment in erased:
        record_ending(organisation, "erased", "contact", key, compartment=compartment)
    return sum(compartment != rules.PRESS for _key, compartment in erased)


def _end_of_term(years: int) -> dt.datetime:
    now = timezone.now()
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # 29 February
        return now.replace(year=now.year - years, day=28)
