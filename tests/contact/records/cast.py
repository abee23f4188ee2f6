"""Contact records of the tests: what a counsellor fills in, in a few words."""

import datetime as dt

from zicht.contact.records.models import Contact
from zicht.people.models import Account

HOUR = dt.datetime(2026, 3, 2, 14, tzinfo=dt.UTC)
RECORDED: dict[str, object] = {
    "received_at": HOUR,
    "channel": "chat",
    "kind": "help_request",
    "role": "self_victim",
    "about_thb": True,
    "urgency": "u2_today",
    "outcome": "listened",
}


def make_contact(worker: Account, **values: object) -> Contact:
    """Store a contact; everything that is not said is usual."""
    contact = Contact(org=worker.org, compartment="help", worker=worker, **{**RECORDED, **values})
    contact.save()
    return contact
