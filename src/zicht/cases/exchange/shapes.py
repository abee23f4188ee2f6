"""What goes in and out: a person in a case with what is recorded about both, as plain values of the words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zicht import words
from zicht.cases.exchange.report import Loss

NOT_ASKED = "not_asked"
UNKNOWN = "unknown"
Values = dict[str, object]  # field name of an entity -> value


@dataclass(slots=True)
class Bundle:
    """Hold one person in one case, the episodes of exploitation, and the places of these episodes."""

    case: Values = field(default_factory=dict)
    person: Values = field(default_factory=dict)
    episodes: list[Values] = field(default_factory=list)
    places: list[Values] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Say what is wrong with one cell: its column, and a sentence in both languages that does not repeat it."""

    column: str
    problem: words.Problem


@dataclass(slots=True)
class Mapped:
    """Hold what a row became, what of it did not come along, and what is wrong in it."""

    bundle: Bundle
    losses: list[Loss] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Hold what a row does not say: the day, and the organisations of this house by their names."""

    today: dt.date
    organisations: Mapping[str, object] = field(default_factory=dict)  # name in small letters -> identifier


def fields_of(entity: str) -> Mapping[str, words.Field]:
    """Give the fields of an entity."""
    return words.vocabulary().entities[entity].fields


def is_nothing(value: object) -> bool:
    """Tell whether a value says nothing: empty, or not asked."""
    return value in (None, "", [], (), NOT_ASKED) or value in ([NOT_ASKED], (NOT_ASKED,))


def is_missing(value: str) -> bool:
    """Tell whether a value is one of the missing values."""
    return value in words.vocabulary().missing_values


def as_list(value: object) -> list[str]:
    """Give the terms of a field of one or of several terms."""
    items: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    return [str(item) for item in items if item not in (None, "")]


def as_text(value: object) -> str:
    """Write a value that is no term."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
