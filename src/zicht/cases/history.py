"""What every field was before: one line for each change of a field, sealed with the key of the record it tells of."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from zicht import words
from zicht.cases.models import (
    Assessment,
    Breach,
    Case,
    Change,
    Consent,
    Exploitation,
    Kept,
    Person,
    PlaceEvent,
    SubjectRequest,
)
from zicht.people.models import Account
from zicht.people.sealed import Sealed, reveal, reveal_each

CREATED = "created"  # stands in place of a field: the record was made
# Kinds of records by the name of their entity.
KINDS: Mapping[str, type[Any]] = {
    model.words_entity: model
    for model in (Case, Person, Exploitation, PlaceEvent, Assessment, Consent, SubjectRequest, Breach)
}


@dataclass(frozen=True)
class Told:
    """A change as a reader sees it; the values are None where the key was destroyed."""

    change: Change
    before: object
    after: object
    is_lost: bool


def write(value: object) -> str:
    """Write a value as JSON, the same for every database and version of Python."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def remember_creation(by: Account, record: Any, cause: UUID | None = None) -> Change:
    """Give the line, not stored yet, of a record that was made."""
    return _line(by, record, 1, CREATED, cause)


def remember(by: Account, record: Kept, before: Mapping[str, object], cause: UUID | None = None) -> list[Change]:
    """Store a line for each field that was changed; `before` holds their values before."""
    lines = []
    for name, old in before.items():
        line = _line(by, record, record.version, name, cause)
        line.before, line.after = write(old), write(value_of(record, name))
        lines.append(line)
    Change.objects.bulk_create(lines)
    return lines


def remember_place(by: Account, episode: Exploitation, place: PlaceEvent, *, is_there: bool) -> None:
    """Store that a place was added to an episode, or taken back, with all it says."""
    lines = []
    for name in words.vocabulary().entities[place.words_entity].topics["place"].fields:
        line = _line(by, place, 1 if is_there else 2, name, None, key_record=episode.key_record)
        told = write(value_of(place, name))
        line.before, line.after = ("", told) if is_there else (told, "")
        lines.append(line)
    Change.objects.bulk_create(lines)


def _line(
    by: Account, record: Any, version: int, field: str, cause: UUID | None, key_record: UUID | None = None
) -> Change:
    return Change(
        entity=record.words_entity,
        record_ref=record.pk,
        version=version,
        field=field,
        changed_at=timezone.now(),
        changed_by=by,
        cause=cause,
        key_record=key_record or record.key_record,
    )


def value_of(record: Any, name: str) -> object:
    """Give the value of a field of a record in plain, also of a sealed one and of one that holds many records."""
    if name in record.words_relations():
        return sorted(str(key) for key in getattr(record, name).values_list("pk", flat=True))
    column = record.words_columns()[name]
    value = getattr(record, column)
    return reveal(record, column) if isinstance(value, Sealed) else value


def told(changes: Iterable[Change]) -> list[Told]:
    """Open changes for somebody who may read them."""
    lines = list(changes)
    before, after = reveal_each(lines, "before"), reveal_each(lines, "after")
    return [
        Told(line, _read(before.get(line.pk)), _read(after.get(line.pk)), is_lost=line.pk not in after)
        for line in lines
    ]


def _read(text: str | None) -> object:
    return json.loads(text) if text else None


def changes_since(record: Kept, version: int) -> dict[str, Told]:
    """Give the last change of each field of a record after a version."""
    lines = Change.objects.filter(record_ref=record.pk, version__gt=version).exclude(field=CREATED)
    return {item.change.field: item for item in told(lines.select_related("changed_by").order_by("version"))}


def values_at(record: Kept, version: int, names: Iterable[str]) -> dict[str, object]:
    """Give what fields of a record held at a version that somebody read."""
    values = {name: value_of(record, name) for name in names}
    if version < record.version:
        lines = Change.objects.filter(record_ref=record.pk, version__gt=version, field__in=list(values))
        values |= {item.change.field: item.before for item in told(lines.order_by("-version"))}
    return values
