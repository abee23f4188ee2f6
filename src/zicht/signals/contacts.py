"""Coded contacts for the rooms that come later, which know nothing of the room of contact: terms, and no key.

Only what may be counted comes through: no test, misuse, contact without content or duplicate.
"""

from collections.abc import Sequence

from zicht.contact.records.queries import counted_contacts
from zicht.people.models import Organisation


def years_of_contacts(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation recorded contacts that count, the newest first."""
    moments = counted_contacts(organisation).datetimes("received_at", "year", order="DESC")
    return [moment.year for moment in moments]


def read_contacts(organisation: Organisation, year: int, fields: Sequence[str]) -> list[tuple[object, ...]]:
    """Give the terms that contacts of a year have in some fields, a row for each contact."""
    found = counted_contacts(organisation).filter(received_at__year=year)
    return list(found.order_by().values_list(*fields))
