"""Read fields of many rows: the terms of some, and of all others in one number whether they are known.

Making a text of every value takes most of the time of reading, so the database packs what need not be told apart.
"""

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from zicht import words
from zicht.figures.bits import KNOWN, MISSING, Bits, Coding, Column, of_reasons, tidy

MOST_PACKED = 20  # octal digits in a whole number of eight bytes


class Reader:
    """Turn the values of some fields into bits, a batch of rows at a time."""

    def __init__(self, fields: Mapping[str, words.Field], told_apart: Collection[str]) -> None:
        self._fields = fields
        self._codings = {name: Coding(field) for name, field in fields.items() if name in told_apart}
        packed = [name for name in fields if name not in told_apart]
        self._packed = [packed[start : start + MOST_PACKED] for start in range(0, len(packed), MOST_PACKED)]
        self._parts: dict[str, list[Bits]] = {name: [np.zeros(0, np.uint64)] for name in fields}

    def expressions(self) -> list[Combinable]:
        """Give what to ask the database for, in the order in which `take` takes it."""
        return [*map(F, self._codings), *(_pack([self._fields[name] for name in names]) for names in self._packed)]

    def take(self, values: Sequence[Sequence[Any]]) -> None:
        """Take the values of a batch, a column each."""
        told, packed = values[: len(self._codings)], values[len(self._codings) :]
        for (name, coding), column in zip(self._codings.items(), told, strict=True):
            self._parts[name].append(np.fromiter(map(coding.__getitem__, column), np.uint64, len(column)))
        for names, column in zip(self._packed, packed, strict=True):
            numbers = np.array(column, np.int64)
            for place, name in enumerate(names):
                self._parts[name].append(of_reasons(numbers, place))

    def columns(self, by_person: Callable[[words.Field, Bits], Bits]) -> dict[str, Column]:
        """Give everything that was taken; `by_person` brings rows of one person together."""
        found = {}
        for name, parts in self._parts.items():
            codes = self._codings[name].codes if name in self._codings else (KNOWN,)
            found[name] = Column(codes, tidy(by_person(self._fields[name], np.concatenate(parts))))
        return found


def _pack(fields: list[words.Field]) -> Combinable:
    # Cast, because PostgreSQL takes a small number for one of four bytes, and what it becomes does not fit in them.
    digits = [Cast(_reason(field), BigIntegerField()) * Value(8**place) for place, field in enumerate(fields)]
    return reduce(operator.add, digits)


def _reason(field: words.Field) -> Case:
    """Give 0 for a field that is known, else 1 and the place of the reason."""
    reasons = [When(_is(field, kind), then=Value(1 + place)) for place, kind in enumerate(MISSING)]
    return Case(*reasons, default=Value(0), output_field=BigIntegerField())


def _is(field: words.Field, kind: str) -> Q:
    is_empty = kind == "not_asked"
    if field.type in ("bool", "int"):
        return Q(**{f"{field.name}__isnull": is_empty}) if is_empty else Q(pk__in=[])
    if field.type == "multi":
        return Q(**{field.name: [kind]}) | Q(**{field.name: []}) if is_empty else Q(**{field.name: [kind]})
    return Q(**{f"{field.name}__in": [kind, ""]}) if is_empty else Q(**{field.name: kind})
