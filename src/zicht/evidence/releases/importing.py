"""Read FollowTheMoney entities (JSON lines) in as one source: actors by name, relations as statements on their line.

Said in full: of an entity the name, kind and register number are taken, of a relation its two ends and a date; what
else stands there stays in the text of the source and is counted as left out.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.evidence.errors import NotReadableError
from zicht.evidence.models import Source
from zicht.evidence.releases.exports import ENDS
from zicht.evidence.sources.actions import receive
from zicht.evidence.sources.texts import current_text, text_of
from zicht.evidence.statements.actions import Named, Place, Told, record_statement
from zicht.people.models import Account
from zicht.reading.calendar import is_edtf

NO_JSON = _("The file holds no FollowTheMoney entities, one JSON object a line. Nothing was kept.")


@dataclass
class Imported:
    """What came in, and what was left out by schema."""

    source: Source
    statements: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def import_ftm(by: Account, data: bytes, title: str) -> Imported:
    """Store a file of entities as a source, and record its relations, each on the line it stands on."""
    received = receive(by, data, {"kind": "gov_data", "title": title, "language": "en"})
    imported = Imported(received.source)
    version = current_text(received.source)
    if not received.is_new or version is None:
        return imported
    lines = list(_lines(text_of(version)))
    names = {str(entity.get("id")): _named(entity) for _where, entity in lines if entity.get("schema") not in ENDS}
    for place, entity in lines:
        schema = str(entity.get("schema"))
        told = _told(entity, names, place) if schema in ENDS else None
        if told is None:
            imported.left_out[schema] += schema in ENDS or not _named(entity)
            continue
        record_statement(by, received.source, told, method="imported")
        imported.statements += 1
    return imported


def _lines(text: str) -> "list[tuple[Place, dict[str, Any]]]":
    """Give each line with its place; raise NotReadableError for one that is no entity."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        written = line.strip()
        if written:
            found.append((Place(at, at + len(line.rstrip())), _entity(written)))
        at += len(line)
    return found


def _entity(written: str) -> dict[str, Any]:
    try:
        entity = json.loads(written)
    except ValueError as error:
        raise NotReadableError(str(NO_JSON)) from error
    if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
        raise NotReadableError(str(NO_JSON))
    return entity


def _named(entity: dict[str, Any]) -> Named | None:
    names = entity["properties"].get("name") or []
    kinds = words.vocabulary().lists["actor_kind"].codes.values()
    kind = next((term.code for term in kinds if term.text("std") == f"FTM:{entity.get('schema')}"), "group")
    return Named(str(names[0])[:200], kind) if names else None


def _told(entity: dict[str, Any], names: dict[str, Named | None], place: Place) -> Told | None:
    """Give the statement that a relation makes; None when an end of it is not in the file."""
    schema, properties = str(entity["schema"]), entity["properties"]
    ends = [names.get(str(next(iter(properties.get(end, [])), ""))) for end in ENDS[schema]]
    if ends[0] is None or ends[1] is None:
        return None
    links = words.vocabulary().lists["link_kind"].codes.values()
    values: dict[str, Any] = {"closeness": "derived"}
    values["predicate"] = next((term.code for term in links if term.text("std") == f"FTM:{schema}"), "associate")
    date = str(next(iter(properties.get("date", [])), ""))
    if date and is_edtf(date):
        values["when_edtf"] = date
    return Told(ends[0], values, [place], ends[1])
