"""What the words and the columns say about a field, as JSON Schema for programs; and how a value is read by it.

Nothing is typed by hand here: a term that the words offer is offered, and what the words refuse is refused with their
sentence. What is said for taking (`taken`) is narrower than for giving (`given`): an old record may hold a term that is
no longer offered.
"""

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from zicht import words
from zicht.people.column_limits import largest_of, longest_of
from zicht.people.column_limits import problem_of as problem_of_column
from zicht.people.records import WordsModel
from zicht.words.texts import MOST_CHARACTERS
from zicht.words.times import FIRST_YEAR, LAST_YEAR

Schema = dict[str, Any]
WITHHELD = "withheld"  # hides something from a reader: no answer that somebody fills in
YEAR = "(19[0-9][0-9]|20[0-9][0-9]|2100)"
DATE = f"^{YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
UUID_WRITTEN = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MONTH = f"^{YEAR}-(0[1-9]|1[0-2])$"
# What the words refuse in a text: control characters but ends of lines and tabs, half characters, and characters that
# turn the direction of writing around. At least one character is to be seen.
SEEN = r"[^\s\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]"
PLAIN = r"[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]"
TEXT = f"^{PLAIN}*{SEEN}{PLAIN}*$"
PLAIN_TYPES: dict[str, Schema] = {
    "id": {"type": "string", "format": "uuid"},
    "ref": {"type": "string", "format": "uuid"},
    "date": {"type": "string", "format": "date", "pattern": DATE},
    "month": {"type": "string", "pattern": MONTH},
    "year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    "bool": {"type": "boolean"},
    "datetime": {"type": "string", "format": "date-time"},
}


def model_of(entity: str) -> type[WordsModel]:
    """Give the records of an entity."""
    found = (model for model in apps.get_app_config("cases").get_models() if issubclass(model, WordsModel))
    return next(model for model in found if model.words_entity == entity)


def field_of(entity: str, name: str) -> words.Field:
    """Give what the words say about a field."""
    return words.vocabulary().entities[entity].fields[name]


def column_of(entity: str, name: str) -> "models.Field[Any, Any]":
    """Give the column in which a field is stored."""
    model = model_of(entity)
    column = model.words_columns()[name]
    return next(field for field in model._meta.concrete_fields if field.attname == column)


# --- for taking -----------------------------------------------------------------------------------------------------
def taken(entity: str, name: str) -> Schema:
    """Describe what may be sent in a field."""
    field = field_of(entity, name)
    schema = _taken(entity, field)
    if may_be_empty(entity, field):
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {**schema, **_told(field)}


def may_be_empty(entity: str, field: words.Field) -> bool:
    """Tell whether nothing can be said in a field; one with missing values says with those why nothing is known."""
    return not field.required and resting(entity, field.name) in (None, "")


def resting(entity: str, name: str) -> object:
    """Give what stands in a field of a new record that says nothing about it."""
    column = column_of(entity, name)
    return column.get_default() if column.has_default() else "" if isinstance(column, models.CharField) else None


def _taken(entity: str, field: words.Field) -> Schema:
    if field.type in ("code", "multi"):
        return _terms(field)
    if field.type == "int":
        return {"type": "integer", "minimum": 0, "maximum": largest_of(column_of(entity, field.name))}
    if field.type == "text":
        return {"type": "string", "maxLength": _longest(entity, field.name), "pattern": TEXT}
    return _plain(field.type)


def _terms(field: words.Field) -> Schema:
    missing = [] if field.strict else [code for code in words.vocabulary().missing_values if code != WITHHELD]
    terms = [code for code, _ in words.value_choices(field, "en") if code not in words.vocabulary().missing_values]
    if field.type == "code":
        return {"type": "string", "enum": terms + missing}
    several = {"type": "array", "items": {"enum": terms}, "minItems": 1, "uniqueItems": True}
    alone = {"type": "array", "items": {"enum": missing}, "minItems": 1, "maxItems": 1}
    return {"anyOf": [several, alone]} if missing else several


def _plain(kind: str) -> Schema:
    return {**PLAIN_TYPES[kind]}


def _longest(entity: str, name: str) -> int:
    return longest_of(column_of(entity, name)) or MOST_CHARACTERS


# --- for giving -----------------------------------------------------------------------------------------------------
def given(entity: str, name: str) -> Schema:
    """Describe what may stand in a field of a record that is given: also terms of before, and nothing."""
    field = field_of(entity, name)
    schema = _given(field)
    if field.many:
        schema = {"type": "array", "items": schema}
    return {"anyOf": [schema, {"type": "null"}], **_told(field)}


def _given(field: words.Field) -> Schema:
    if field.type not in ("code", "multi"):
        return {"type": "string"} if field.type in ("text", "hash") else _plain_given(field.type)
    lists = words.vocabulary().lists
    every = list(lists[field.list_name].codes) if field.list_name in lists else _codes(field)
    missing = list(words.vocabulary().missing_values)
    one = {"type": "string", "enum": [*every, *(code for code in missing if code not in every)]}
    return one if field.type == "code" else {"type": "array", "items": one}


def _plain_given(kind: str) -> Schema:
    return {"type": "integer"} if kind in ("int", "year") else _plain(kind)


def _codes(field: words.Field) -> list[str]:
    return [code for code, _ in words.value_choices(field, "en")]


def _told(field: words.Field) -> Schema:
    told = {"title": field.label.en, "x-title-nl": field.label.nl, "x-sensitivity": field.sensitivity}
    return {**told, "description": field.note} if field.note else told


# --- reading --------------------------------------------------------------------------------------------------------
def problem_of(entity: str, name: str, value: object, *, is_new: bool) -> words.Problem | None:
    """Say what is wrong with a value that was sent, by the words first and by the column after that."""
    field = field_of(entity, name)
    if value is None or value == "":
        return None if value is None and may_be_empty(entity, field) else words.Problem("required")
    if value == [] or (isinstance(value, str) and not value.strip()):
        return words.Problem("required")
    return words.check_value(entity, name, value, is_new=is_new) or _narrower(entity, field, value)


def _narrower(entity: str, field: words.Field, value: Any) -> words.Problem | None:
    if value == WITHHELD or (isinstance(value, list) and WITHHELD in value):
        return words.Problem("missing_not_allowed", {"term": words.vocabulary().missing_values[WITHHELD]})
    if field.type in ("id", "ref") and not _is_uuid(value):
        return words.Problem("not_an_identifier", {"most": 36})
    return problem_of_column(column_of(entity, field.name), value)


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and UUID_WRITTEN.fullmatch(value) is not None


def stored_as(entity: str, name: str, value: Any) -> object:
    """Give a value that was found right as a record holds it."""
    kind = field_of(entity, name).type
    if value is None:
        return resting(entity, name)
    if kind in ("id", "ref"):
        return UUID(value)
    return dt.date.fromisoformat(value) if kind == "date" else value


def told_as(value: object) -> object:
    """Give a value of a record as an answer tells it: nothing is null."""
    return None if value == "" else value
