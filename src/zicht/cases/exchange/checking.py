"""Check very many records against the words: the same answers as `words.check_record`, remembered by value."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from zicht import words
from zicht.cases import rules
from zicht.cases.exchange.filling import BY_THE_HOUSE
from zicht.cases.exchange.plain import KEYS
from zicht.cases.exchange.shapes import Values, fields_of

MOST_REMEMBERED = 20_000  # answers of one field; days and terms have far fewer values, texts are not remembered
# Texts differ from record to record, and identifiers were made here.
NOT_REMEMBERED = frozenset({"text", "id", "ref", "hash"})


class Checker:
    """Check the records of one entity."""

    def __init__(self, entity: str, today: dt.date) -> None:
        self._entity, self._today = entity, today
        self._fields = fields_of(entity)
        by_others = BY_THE_HOUSE | set(KEYS.values())
        self._required = [name for name, field in self._fields.items() if field.required and name not in by_others]
        self._past = frozenset(rules.PAST.get(entity, ()))
        self._answers: dict[tuple[str, type, object], words.Problem | None] = {}

    def problems(self, values: Values) -> Iterator[tuple[str, words.Problem]]:
        """Give what is wrong, field by field; a record that is right by itself is held against the constraints too."""
        found = [(name, problem) for name, value in values.items() if (problem := self._problem(name, value))]
        found += [(name, words.Problem("required")) for name in self._required if values.get(name) in (None, "", [])]
        yield from found
        if not found:
            for constraint in rules.CONSTRAINTS.get(self._entity, ()):
                yield from constraint(values)

    def _problem(self, name: str, value: object) -> words.Problem | None:
        if value is None or isinstance(value, UUID):
            return None
        field = self._fields.get(name)
        if field is None or field.type in NOT_REMEMBERED:
            return self._ask(name, value)
        # The type stands beside the value, since True is 1 in a dictionary.
        key = (name, type(value), value)
        if key not in self._answers:
            if len(self._answers) > MOST_REMEMBERED:
                self._answers.clear()
            self._answers[key] = self._ask(name, value)
        return self._answers[key]

    def _ask(self, name: str, value: object) -> words.Problem | None:
        today = self._today if name in self._past else None
        return words.check_value(self._entity, name, value, is_new=False, today=today)
