"""How every action of this room finds, checks and saves a record; each runs within the transaction of its action."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from zicht.barriers.models import BarrierAction, BarrierModel, Policy
from zicht.cases import saving
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError, NotThereError
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation

Values = Mapping[str, object]  # field name of the entity -> value
K = TypeVar("K", BarrierModel, BarrierAction, Policy)


def authorise(by: Account, permission: str = "barriers.keep") -> None:
    """Ask the rules about the account as it is now."""
    if not Account.objects.get(pk=by.pk).has_perm(permission):
        raise NotAllowedError


def one_at_a_time(by: Account) -> None:
    """Let nobody else of the organisation make a record of which there is one until the end of the transaction."""
    # no_key: the log refers to the organisation.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.org_id)


def lock(by: Account, kind: type[K], key: UUID, version: int | None = None) -> K:
    """Find a record of the own organisation and keep others from changing it; refuse one that was changed meanwhile."""
    authorise(by)
    seen: Any = kind.objects
    record: K | None = seen.visible_to(by).select_for_update(of=("self",)).filter(pk=key).first()
    if record is None:
        raise NotThereError
    if version is not None and record.version != version:
        raise ChangedMeanwhileError({}, record.version)
    return record


def create(by: Account, record: Any, values: Values | None = None) -> None:
    """Store a new record with its line in the access log."""
    saving.fill(record, values or {})
    saving.refuse_if_taken(record)
    record.save(force_insert=True)
    _set_relations(record, values or {})
    record_access(by, "opened", record.words_entity, record.pk)


def change(by: Account, record: Any, values: Values | None = None) -> None:
    """Store what changed, count the version up, and write the line in the access log."""
    saving.fill(record, values or {})
    record.version += 1
    record.save()
    _set_relations(record, values or {})
    record_access(by, "changed", record.words_entity, record.pk)


def _set_relations(record: Any, values: Values) -> None:
    for name in record.words_relations() & values.keys():
        getattr(record, name).set(values[name] or ())
