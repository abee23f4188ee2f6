"""How every action of the register saves: who may, one writer at a time, history, suggestions, a line in the log.

The actions of this room and of its folders are built of these; each runs within the transaction of its action.
"""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.cases import history
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError, NotThereError, RestrictedError
from zicht.cases.matching.rules import FIELDS as COMPARED
from zicht.cases.matching.suggesting import suggest
from zicht.cases.models import Case, Exploitation, Kept, Person
from zicht.cases.webhooks.queueing import tell_of_changes
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.records import WordsModel
from zicht.people.sealed import make_key

Values = Mapping[str, object]  # field name of the entity -> value
R = TypeVar("R", bound=WordsModel)
K = TypeVar("K", bound=Kept)


def authorise(by: Account, case: Case, person: Person | None = None) -> None:
    """Ask the rules about the account as it is now, and refuse what a limited use forbids."""
    if not Account.objects.get(pk=by.pk).has_perm("cases.change", case):
        raise NotAllowedError
    if person is not None and person.restricted_on:
        raise RestrictedError


def lock(by: Account, kind: type[R], key: UUID, **where: object) -> R:
    """Find a record that the account may see, and keep others from changing it until the end of the transaction."""
    seen: Any = kind.objects
    record: R | None = seen.visible_to(by).select_for_update(of=("self",)).filter(pk=key, **where).first()
    if record is None:
        raise NotThereError
    return record


def fill(record: Any, values: Values) -> None:
    """Put values in a record; a field that it does not have is a mistake of the program or of a forged form."""
    columns, relations = record.words_columns(), record.words_relations()
    for name, value in values.items():
        if name in columns:
            setattr(record, columns[name], value)
        elif name not in relations:
            raise ValidationError({name: [_("There is no field of this name.")]})


def refuse_if_taken(record: WordsModel) -> None:
    """Refuse the identifier of a record behind another wall, and tell nothing; one's own was found before this."""
    if type(record).objects.filter(pk=record.pk).exists():
        raise NotThereError


def create(by: Account, record: R, compartment: str) -> R:
    """Store a new record with its key, its first line of history and a line in the access log."""
    kept: Any = record
    refuse_if_taken(record)
    record.refuse_if_wrong()  # before the key is made
    make_key(kept)
    record.save(force_insert=True)
    history.remember_creation(by, kept).save(force_insert=True)
    _look_for_the_same(record)
    log(by, "opened", record, compartment)
    return record


def change(by: Account, record: K, values: Values, version: int, compartment: str, cause: UUID | None = None) -> K:
    """Save what is different, unless somebody changed the same fields since `version`; history keeps the `cause`."""
    before = {name: history.value_of(record, name) for name in values}
    wanted = {name: value for name, value in values.items() if history.write(value) != history.write(before[name])}
    _refuse_if_changed_meanwhile(record, wanted, version)
    if not wanted:
        return record
    fill(record, wanted)
    record.version += 1
    if isinstance(record, Case | Person):
        record.changed_on = timezone.localdate()
    record.save()
    for name in record.words_relations() & wanted.keys():
        getattr(record, name).set(wanted[name])
    history.remember(by, record, {name: before[name] for name in wanted}, cause)
    if COMPARED.keys() & wanted.keys():
        _look_for_the_same(record)
    log(by, "changed", record, compartment)
    return record


def _refuse_if_changed_meanwhile(record: Kept, wanted: Values, version: int) -> None:
    if record.version == version:
        return
    theirs = history.changes_since(record, version)
    if clash := {name: theirs[name] for name in wanted if name in theirs}:
        raise ChangedMeanwhileError(clash, record.version)


def _look_for_the_same(record: WordsModel) -> None:
    """Suggest which records could be about the same person, before the line in the log: others wait from there on."""
    if isinstance(record, Person | Exploitation):
        suggest(record if isinstance(record, Person) else record.person)


def touch(person: Person) -> None:
    """Note that something about a person changed: retention counts from the last change."""
    if person.changed_on != timezone.localdate():
        Person.objects.filter(pk=person.pk).update(changed_on=timezone.localdate())


def log(by: Account, verb: str, record: Any, compartment: str) -> None:
    """Write down in the access log what was done with a record; the last step, since other writers wait from here."""
    tell_of_changes(by.org_id, compartment, record.words_entity, [record.pk])
    record_access(by, verb, record.words_entity, record.pk, compartment=compartment)
