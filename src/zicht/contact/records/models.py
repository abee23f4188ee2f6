"""The record of a contact: coded, by the hour, and filled in by a person after the talk is over.

No conversation, desk, return code or text stands in it, nor the case that somebody may make of it: neither of them can
be found from here, and this cannot be found from there.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from zicht.people.models import Account
from zicht.people.records import CodeField, Walled


def _code(list_name: str) -> CodeField:
    return CodeField(list_name, default="not_asked", blank=True)


class Contact(Walled):
    """A chat, call, report or tip, as far as a figure needs it."""

    words_entity = "contact"
    words_beside = frozenset({"version"})
    words_left_out = frozenset(
        {"ended_at", "wait_seconds", "visitor_key", "place_code", "summary", "case_id"},
    )

    contact_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    received_at = models.DateTimeField()
    channel = CodeField("channel", strict=True)
    kind = CodeField("contact_kind", strict=True)
    role = CodeField("contact_role")
    repeat_visitor = models.BooleanField(null=True, blank=True)
    language = _code("iso639")
    about_thb = models.BooleanField()
    age_band = _code("age_band")
    disclosure_stage = _code("disclosure_stage")
    timing = _code("timing")
    urgency = CodeField("urgency")
    outcome = CodeField("contact_outcome")
    heard_via = _code("heard_via")
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    exclude_from_stats = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        app_label = "contact"
        indexes: ClassVar = [
            models.Index(fields=["org", "compartment", "-received_at", "contact_id"], name="contacts_newest_first"),
        ]
