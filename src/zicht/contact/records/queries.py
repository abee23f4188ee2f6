"""What is read from contact records: for the pages, and for rooms that come later."""

from uuid import UUID

from django.db.models import QuerySet

from zicht.contact.models import Desk
from zicht.contact.records import rules
from zicht.contact.records.models import Contact
from zicht.people.models import Account, Organisation


def list_contacts(reader: Account) -> QuerySet[Contact]:
    """Give the records of the reader's organisation, newest first."""
    found: QuerySet[Contact] = Contact.objects.visible_to(reader).filter(compartment=rules.WALL)
    return found.select_related("worker").order_by("-received_at", "contact_id")


def find_contact(reader: Account, contact_id: UUID) -> Contact | None:
    """Find a record of the reader's organisation."""
    return list_contacts(reader).filter(pk=contact_id).first()


def find_desk(reader: Account, slug: str) -> Desk | None:
    """Find a desk of the reader's organisation by its name in addresses."""
    return Desk.objects.filter(org_id=reader.org_id, slug=slug).first()


def counted_contacts(organisation: Organisation) -> QuerySet[Contact]:
    """Give the records of an organisation that may stand in a figure: no test, misuse, silence or duplicate."""
    found = Contact.objects.filter(org=organisation, compartment=rules.WALL, exclude_from_stats=False)
    return found.exclude(kind__in=rules.uncounted_kinds())
