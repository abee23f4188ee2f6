"""Bring together what the pages of contact records show, in words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht import words
from zicht.contact.records import rules
from zicht.contact.records.models import Contact
from zicht.contact.records.questions import ENTITY, asked
from zicht.people.code_fields import language

Fact = tuple[str, str]  # label, value


@dataclass(frozen=True)
class ContactRow:
    """A contact as a row of a list."""

    contact: Contact
    when: str
    is_counted: bool


@dataclass(frozen=True)
class ContactPage:
    """All that the page of a contact shows."""

    contact: Contact
    when: str
    facts: list[Fact]
    not_asked: list[str]
    is_counted: bool
    may_change: bool
    may_open_case: bool
    to_weigh: str  # what goes along to be weighed; nothing for whoever does not weigh


def rows_of(contacts: Iterable[Contact]) -> list[ContactRow]:
    """Give the rows of a list."""
    return [ContactRow(contact, when_of(contact), is_counted(contact)) for contact in contacts]


def is_counted(contact: Contact) -> bool:
    """Tell whether a contact may stand in a figure."""
    return rules.is_counted({"kind": contact.kind, "exclude_from_stats": contact.exclude_from_stats})


def when_of(contact: Contact) -> str:
    """Say the day and the hour."""
    moment: dt.datetime = timezone.localtime(contact.received_at)
    return _("%(day)s, %(hour)s to %(next)s o'clock") % {
        "day": date_format(moment, "j F Y"),
        "hour": f"{moment.hour}",
        "next": f"{(moment.hour + 1) % 24}",
    }


def facts_of(contact: Contact) -> tuple[list[Fact], list[str]]:
    """Give what was learned as label and value, and apart from it the labels of what was not asked."""
    fields = words.vocabulary().entities[ENTITY].fields
    values = {name: getattr(contact, name) for name in asked()}
    known = [(fields[name].label.in_language(language()), _written(fields[name], values[name])) for name in values]
    not_asked = [
        fields[name].label.in_language(language()) for name in values if values[name] in (None, "", "not_asked")
    ]
    return [(label, value) for label, value in known if label not in not_asked], not_asked


def _written(field: words.Field, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return words.value_label(field, str(value or ""), language()) if field.type == "code" and value else ""


def written(entity: str, codes: Mapping[str, object]) -> list[Fact]:
    """Give codes of a record of any kind as label and value."""
    fields = words.vocabulary().entities[entity].fields
    return [
        (
            fields[name].label.in_language(language()),
            date_format(value, "j F Y") if isinstance(value, dt.date) else _written(fields[name], value),
        )
        for name, value in codes.items()
    ]
