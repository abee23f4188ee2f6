"""Read FollowTheMoney entities (JSON lines) in as one source: actors by name, relations as statements on their line.

Said in full: of an entity its names, kind, country, and number in a register are taken (the number of bodies and ships
only), of a relation its two ends, its role and a date; what else stands there stays in the text of the source and is
counted as left out. Each entity becomes an actor of its own, also where somebody is called so already: a name alone
makes nobody the same, and the pages of both show the other as a candidate.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.evidence.actors.naming import make_actor, note_name
from zicht.evidence.errors import NotReadableError
from zicht.evidence.models import Source
from zicht.evidence.models.actors import REGISTER_LENGTH
from zicht.evidence.releases.exports import ENDS
from zicht.evidence.search.index import index_source
from zicht.evidence.sources.actions import take_in
from zicht.evidence.sources.texts import current_text, text_of
from zicht.evidence.statements.actions import Named, Place, Told, record_statement
from zicht.people.models import Account
from zicht.reading.calendar import is_edtf

NO_JSON = _("The file holds no FollowTheMoney entities, one JSON object a line. Nothing was kept.")
LONGEST_NAME = 200  # characters
MOST_NAMES = 20  # of one entity
NUMBERS = ("imoNumber", "registrationNumber", "idNumber")  # properties, the one that is taken first in front


@dataclass
class Imported:
    """What came in, and what was left out by schema."""

    source: Source
    actors: int = 0
    statements: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def import_ftm(by: Account, data: bytes, title: str) -> Imported:
    """Store a file of entities as a source, make its actors, and record each relation on the line it stands on."""
    imported = _import(by, data, title)
    if imported.actors or imported.statements:
        index_source(imported.source)
    return imported


@transaction.atomic
def _import(by: Account, data: bytes, title: str) -> Imported:
    received = take_in(by, data, {"kind": "gov_data", "title": title, "language": "en"})
    imported = Imported(received.source)
    version = current_text(received.source)
    if not received.is_new or version is None:
        return imported
    lines = list(_lines(text_of(version)))
    named = {str(one["id"]): _make(by, imported, one) for _where, one in lines if one.get("schema") not in ENDS}
    for place, entity in lines:
        if entity.get("schema") in ENDS:
            _record(by, imported, _told(entity, named, place), str(entity["schema"]))
    return imported


def _make(by: Account, imported: Imported, entity: dict[str, Any]) -> Named | None:
    """Make the actor that an entity is, with all its names; None for one without a name."""
    names = [str(one).strip()[:LONGEST_NAME] for key in ("name", "alias") for one in _values(entity, key)]
    names = [name for name in dict.fromkeys(names) if name][:MOST_NAMES]
    if not names:
        imported.left_out[str(entity.get("schema"))] += 1
        return None
    number = next((str(one) for key in NUMBERS for one in _values(entity, key)), "")[:REGISTER_LENGTH]
    about = {"register_id": number, "country": _country(entity)}
    actor = make_actor(by, imported.source, names[0], _kind(entity), **about)
    for name in names:
        note_name(by, actor, imported.source, name)
    imported.actors += 1
    return Named(names[0], actor.kind, actor)


def _record(by: Account, imported: Imported, told: Told | None, schema: str) -> None:
    if told is None:
        imported.left_out[schema] += 1
        return
    record_statement(by, imported.source, told, method="imported")
    imported.statements += 1


def _values(entity: dict[str, Any], name: str) -> list[Any]:
    found = entity["properties"].get(name) or []
    return found if isinstance(found, list) else [found]


def _country(entity: dict[str, Any]) -> str:
    """Give the country by three letters; FollowTheMoney has two. Empty where it names several or none."""
    given = {str(one).upper() for key in ("country", "jurisdiction", "flag") for one in _values(entity, key)}
    found = [code for code, country in words.countries().items() if country.alpha_2 in given]
    return found[0] if len(found) == 1 else ""


def _kind(entity: dict[str, Any]) -> str:
    kinds = words.vocabulary().lists["actor_kind"].codes.values()
    return next((term.code for term in kinds if term.text("std") == f"FTM:{entity.get('schema')}"), "group")


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
    if not isinstance(entity, dict) or not entity.get("id") or not isinstance(entity.get("properties"), dict):
        raise NotReadableError(str(NO_JSON))
    return entity


def _told(entity: dict[str, Any], names: dict[str, Named | None], place: Place) -> Told | None:
    """Give the statement that a relation makes; None when an end of it is not in the file."""
    schema = str(entity["schema"])
    ends = [names.get(str(next(iter(_values(entity, end)), ""))) for end in ENDS[schema]]
    if ends[0] is None or ends[1] is None:
        return None
    values: dict[str, Any] = {"closeness": "derived", **_kind_of_link(entity, schema)}
    date = str(next(iter(_values(entity, "date")), ""))
    if date and is_edtf(date):
        values["when_edtf"] = date
    return Told(ends[0], values, [place], ends[1])


def _kind_of_link(entity: dict[str, Any], schema: str) -> dict[str, str]:
    """Give the term of a link: by its role where that is one of our words, else by its schema with the role as text."""
    links = words.vocabulary().lists["link_kind"].codes.values()
    role = str(next(iter(_values(entity, "role")), "")).strip()
    by_role = next((term.code for term in links if role and role in (term.label.nl, term.label.en)), "")
    by_schema = next((term.code for term in links if term.text("std") == f"FTM:{schema}"), "associate")
    if by_role or not role:
        return {"predicate": by_role or by_schema}
    return {"predicate": by_schema, "text": role[:LONGEST_NAME]}
