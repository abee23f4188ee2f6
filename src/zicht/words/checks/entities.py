"""Entities and fields: types, lists and references that exist."""

from collections import Counter
from collections.abc import Iterator

from zicht.words.checks.lists import OUTSIDE_LISTS
from zicht.words.errors import Mistake
from zicht.words.types import Entity, Field
from zicht.words.vocabulary import Vocabulary

FILE = "entities.yaml"
TYPES = frozenset({"id", "ref", "code", "multi", "date", "month", "year", "int", "bool", "text", "hash", "datetime"})
# Entities that later rooms stand on.
NEEDED = [
    "waiting_list_entry",
    "hold",
    "task",
    "legal_clock",
    "safety_plan",
    "case_conference",
    "safe_contact",
    "form_definition",
    "account_version",
    "training_record",
    "source_withdrawal",
    "breach",
    "subject_request",
    "account",
    "role_grant",
    "access_line",
    "log_checkpoint",
    "log_pruning",
    "outside_edition",
    "outside_cell",
    "change",
    "import_run",
    "retention_rule",
    "erasure",
    "api_token",
]


def check_entities(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check every field of every entity, and that no entity got lost."""
    for entity in vocabulary.entities.values():
        for field in entity.fields.values():
            place = f"entities.{entity.name}.{field.name}"
            yield from (Mistake(FILE, place, what) for what in _describe_mistakes(vocabulary, field))
        yield from (Mistake(FILE, f"entities.{entity.name}.topics", what) for what in _describe_topics(entity))
    for name in NEEDED:
        if name not in vocabulary.entities:
            yield Mistake(FILE, f"entities.{name}", "is missing")


def _describe_topics(entity: Entity) -> Iterator[str]:
    named = Counter(name for topic in entity.topics.values() for name in topic.fields)
    for name, count in named.items():
        if name not in entity.fields:
            yield f"{name} is not a field"
        if count > 1:
            yield f"{name} is asked twice"


def _describe_mistakes(vocabulary: Vocabulary, field: Field) -> Iterator[str]:
    if field.type not in TYPES:
        yield f"type {field.type} is not known"
    if field.sensitivity not in vocabulary.sensitivity:
        yield f"sens {field.sensitivity} is not known"
    if field.publication not in vocabulary.publication:
        yield f"pub {field.publication} is not known"
    if field.precision and (field.precision not in ("hour", "day") or field.type not in ("datetime", "date")):
        yield "precision must be hour or day, on a date or datetime"
    if (field.type == "ref") != bool(field.ref):
        yield "a ref names an entity, and only a ref does"
    if field.ref and field.ref not in vocabulary.entities:
        yield f"ref {field.ref} is not an entity"
    yield from _describe_list_mistakes(vocabulary, field)


def _describe_list_mistakes(vocabulary: Vocabulary, field: Field) -> Iterator[str]:
    if field.type not in ("code", "multi"):
        if field.list_name:
            yield "a list belongs to a field of type code or multi"
        return
    if field.list_name not in vocabulary.lists and field.list_name not in OUTSIDE_LISTS:
        yield f"list {field.list_name} does not exist"
    if (field.list_name == "none") != bool(field.values):
        yield "list none comes with values, and only list none does"
    if set(field.values) != set(field.value_labels):
        yield "every fixed value has a wording, and nothing else has one"
