"""What fits in a column, beside what the words allow: PostgreSQL would fail on more, SQLite keep it without a word."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from zicht.words import Problem

if TYPE_CHECKING:
    from zicht.people.records import WordsModel

Column: TypeAlias = "models.Field[Any, Any]"


def largest_of(column: Column) -> int | None:
    """Give the largest number that a column takes on both databases; None when it holds no numbers."""
    limits = BaseDatabaseOperations.integer_field_ranges.get(column.get_internal_type())
    return limits[1] if limits else None


def longest_of(column: Column) -> int | None:
    """Give the most characters that a column takes; None when it sets no limit or holds no text."""
    return column.max_length if isinstance(column, models.CharField) else None


def problem_of(column: Column, value: object) -> Problem | None:
    """Say why a value does not fit in its column."""
    if isinstance(value, str):
        most = longest_of(column)
        return Problem("too_long", {"length": len(value), "most": most}) if most and len(value) > most else None
    if isinstance(value, int) and not isinstance(value, bool):
        largest = largest_of(column)
        return Problem("number_too_large") if largest is not None and value > largest else None
    return None


def problems_of(model: "type[WordsModel]", values: Mapping[str, object]) -> Iterator[tuple[str, Problem]]:
    """Give what does not fit, for values by the fields of the entity."""
    for name, column in limited_columns(model).items():
        if problem := problem_of(column, values.get(name)):
            yield name, problem


@cache
def limited_columns(model: "type[WordsModel]") -> Mapping[str, Column]:
    """Give the columns of a kind of record in which not everything fits, by the field of the entity."""
    columns = {column.attname: column for column in model._meta.concrete_fields}
    named = {name: columns[attribute] for name, attribute in model.words_columns().items()}
    return {name: column for name, column in named.items() if longest_of(column) or largest_of(column)}
