"""What the columns and records of this room have in common."""

from typing import Any
from uuid import UUID, uuid4

from django.db import models

from zicht.cases import rules
from zicht.people.models import Account, Organisation
from zicht.people.records import CodeField, MultiCodeField, RuledModel

MONTH_LENGTH = 7  # characters, as 2025-05
SHORT_TEXT = 200  # characters


def not_asked() -> list[str]:
    """Give the resting state of a field with several terms."""
    return ["not_asked"]


def code(list_name: str) -> CodeField:
    """Give the column of one term of a list."""
    return CodeField(list_name, default="not_asked", blank=True)


def codes(list_name: str) -> MultiCodeField:
    """Give the column of several terms of a list."""
    return MultiCodeField(list_name, default=not_asked)


def key() -> "models.UUIDField[UUID, UUID]":
    """Give the column of the identifier."""
    return models.UUIDField(primary_key=True, default=uuid4, editable=False)


def month() -> "models.CharField[str, str]":
    """Give the column of a month."""
    return models.CharField(max_length=MONTH_LENGTH, blank=True)


def staff(**options: Any) -> "models.ForeignKey[Any, Any]":
    """Give a column for who did something."""
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", **options)


def organisation(**options: Any) -> "models.ForeignKey[Any, Any]":
    """Give a column for whose record it is."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", **options)


class Ruled(RuledModel):
    """Stand behind the records of this room."""

    broken_constraints = staticmethod(rules.broken_constraints)

    class Meta:
        abstract = True


class Kept(Ruled):
    """Stand behind the records that several people change: each change counts the version up."""

    words_beside = frozenset({"version"})

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
