"""What the columns of every noun of this room have in common."""

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from zicht.people.models import Account

EDTF_LENGTH = 60  # characters; the longest form that is read has about forty
NUMBER_LENGTH = 40  # digits of a number, with its point
LICENCE_LENGTH = 120
HASH_LENGTH = 64  # hexadecimal characters of SHA-256


def key() -> "models.UUIDField[UUID, UUID]":
    """Give the column of the identifier."""
    return models.UUIDField(primary_key=True, default=uuid4, editable=False)


def staff(**options: Any) -> "models.ForeignKey[Any, Any]":
    """Give a column for who did something."""
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", **options)


def moment() -> "models.DateTimeField[Any, Any]":
    """Give a column for when something was done."""
    return models.DateTimeField(default=timezone.now)


def to(model: str, related_name: str = "+", **options: Any) -> "models.ForeignKey[Any, Any]":
    """Give a relation: nothing here is deleted while something stands on it."""
    return models.ForeignKey(f"evidence.{model}", on_delete=models.PROTECT, related_name=related_name, **options)


def digest() -> "models.CharField[str, str]":
    """Give a column for a SHA-256 in hexadecimal digits."""
    return models.CharField(max_length=HASH_LENGTH)


def edtf() -> "models.CharField[str, str]":
    """Give a column for a date that may be uncertain."""
    return models.CharField(max_length=EDTF_LENGTH, blank=True)
