"""Contact records to look at: one that counts, with an identifier that every run gives it, and one that was a test."""

import datetime as dt
from uuid import UUID

from zicht.contact.records.actions import record_contact
from zicht.people.models import Account

CONTACT = UUID("81111111-1111-4111-8111-111111111111")
ROOT = "/staff/contacts/"
OF_THE_CONTACT = f"{ROOT}{CONTACT}/"
OF_COUNSELLORS = (
    ROOT,
    f"{ROOT}new/",
    OF_THE_CONTACT,
    f"{OF_THE_CONTACT}change/",
    f"{OF_THE_CONTACT}case/",
)
HOUR = dt.datetime(2026, 3, 2, 14, tzinfo=dt.UTC)


def make_contacts(worker: Account) -> None:
    """Record a first disclosure and a test."""
    needed = {"received_at": HOUR, "channel": "chat", "role": "self_victim", "about_thb": True, "outcome": "listened"}
    told = {"age_band": "16_17", "disclosure_stage": "first", "timing": "ongoing", "language": "nl"}
    record_contact(worker, {**needed, **told, "kind": "help_request", "urgency": "u2_today"}, contact_id=CONTACT)
    record_contact(worker, {**needed, "kind": "test", "urgency": "u4_info"})
