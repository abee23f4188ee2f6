"""Everything that writes contact records; each writes its line in the access log last."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from zicht import words
from zicht.contact.records import rules
from zicht.contact.records.errors import ChangedMeanwhileError, NotForAccountError
from zicht.contact.records.models import Contact
from zicht.people.actions import record_access
from zicht.people.code_fields import language
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value
# What the program fills in itself.
NOT_TYPED = frozenset({"contact_id", "org_id", "compartment", "worker_id"})


@transaction.atomic
def record_contact(by: Account, values: Values, *, contact_id: UUID | None = None) -> Contact:
    """Keep the record of a contact; the same `contact_id` twice is the same record once."""
    if not by.has_perm("contact.record"):
        raise NotForAccountError
    contact = Contact(org=by.org, compartment=rules.WALL, worker=by)
    if contact_id:
        made = Contact.objects.filter(pk=contact_id).first()
        if made is not None:
            return _own(by, made)
        contact.contact_id = contact_id
    _fill(contact, values)
    contact.save(force_insert=True)
    _log(by, "opened", contact)
    return contact


@transaction.atomic
def change_contact(by: Account, contact: Contact, values: Values, *, version: int) -> Contact:
    """Change a record that was read at a version."""
    found = Contact.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=contact.pk).first()
    if found is None or not by.has_perm("contact.change_record", found):
        raise NotForAccountError
    if found.version != version:
        raise ChangedMeanwhileError
    _fill(found, values)
    found.version += 1
    found.save()
    _log(by, "changed", found)
    return found


# --- parts --------------------------------------------------------------------------------------------------------
def _own(by: Account, made: Contact) -> Contact:
    """Give a record that a form made before; one of somebody else tells nothing."""
    if made.worker_id != by.pk:
        raise NotForAccountError
    return made


def _fill(contact: Contact, values: Values) -> None:
    columns = contact.words_columns()
    for name, value in values.items():
        if name not in columns or name in NOT_TYPED:
            raise ValidationError({name: words.Problem("unknown_field", _record()).in_language(language())})
        setattr(contact, columns[name], value)
    broken = rules.broken_constraints({"received_at": contact.received_at}, timezone.now())
    if broken:
        raise ValidationError({name: problem.in_language(language()) for name, problem in broken.items()})


def _record() -> Mapping[str, words.Label]:
    return {"record": words.vocabulary().entities[Contact.words_entity].label}


def _log(by: Account, verb: str, contact: Contact) -> None:
    record_access(by, verb, contact.words_entity, contact.pk, compartment=contact.compartment)
