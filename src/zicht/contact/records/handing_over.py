"""Which codes of a contact go along when somebody makes it a case, or has it weighed.

Those for a case are named as the words name fields: entity.field; those to be weighed are one JSON. What is sent is a
form like any other: the room that takes it judges it, and knows nothing of where it came from.
"""

import datetime as dt
import json
from collections.abc import Mapping

from django.utils import timezone

from zicht import words
from zicht.contact.records.models import Contact
from zicht.people.code_fields import language

OPENS_CASES = "cases.open"  # the rights, as their own rooms call them
WEIGHS = "signals.weigh"
WEIGHED_AS = ("channel", "kind", "role", "urgency", "timing", "age_band")
NOTHING = (None, "", "not_asked")
IS_THE_PERSON = "self_victim"  # the role in which somebody answers for herself
NAMES_SOMEBODY = frozenset({"referral"})  # a yes to one organisation, which is asked where that one is chosen


def codes_along(contact: Contact) -> dict[str, dict[str, object]]:
    """Give the codes that go along, by entity and field; what is not known stays behind."""
    day = timezone.localtime(contact.received_at).date()
    person = {"age_band": contact.age_band, "language": _language_of_person(contact)}
    return {"case": {"incoming_date": day}, "person": _known(person)}


def to_weigh(contact: Contact) -> str:
    """Give the codes with which a contact is taken into the queue of what is weighed; the contact stays as it is."""
    received = timezone.localtime(contact.received_at)
    codes = _known({name: getattr(contact, name) for name in WEIGHED_AS})
    when = {"received_on": received.date().isoformat(), "received_hour": received.hour}
    return json.dumps({"v": 1, "source": "chat_contact", **when, **codes, "seen": True})


def purposes() -> list[tuple[str, str]]:
    """Give what somebody can have said yes to in a contact."""
    return [pair for pair in words.choices("consent_purpose", language()) if pair[0] not in NAMES_SOMEBODY]


def consent_along(contact: Contact) -> dict[str, object]:
    """Give who said yes and when, as far as the contact tells it."""
    day: dt.date = timezone.localtime(contact.received_at).date()
    return {"asked_on": day, **({"given_by": "self"} if contact.role == IS_THE_PERSON else {})}


def _language_of_person(contact: Contact) -> str:
    """Give the language only where the person spoke for herself: a bystander's is another one's."""
    return contact.language if contact.role == IS_THE_PERSON else ""


def _known(codes: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in codes.items() if value not in NOTHING}
