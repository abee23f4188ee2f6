"""Check very many records against the words: the same answers as `words.check_record`, remembered by value."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from zicht import words
from zicht.cases import rules
from zicht.cases.exchange.filling import BY_THE_HOUSE
from zicht.cases.exchange.plain import KEYS
from zicht.cases.exchange.shapes import Values, fields_of
from zicht.cases.exchange.writing import MODELS
from zicht.people.column_limits import limited_columns, problem_of

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
        self._limited = limited_columns(MODELS[entity])
        self._past = frozenset(rules.PAST.get(entity, ()))
        self._answers: dict[tuple[str, type, object], words.Problem | None] = {}

    def problems(self, values: Values) -> Iterator[tuple[str, words.Problem]]:
        """Give what is wrong, field by field; a record that is right by itself is held against the constraints too."""
        answers, found = self._answers, []
        for name, value in values.items():
            if value is None or value.__class__ is UUID:
                continue
            # The type stands beside the value, since True is 1 in a dictionary.
            key = (name, value.__class__, value)
            problem = answers[key] if key in answers else self._answer(key)
            if problem:
                found.append((name, problem))
        found += [(name, words.Problem("required")) for name in self._required if values.get(name) in (None, "", [])]
        yield from found
        if not found:
            for constraint in rules.CONSTRAINTS.get(self._entity, ()):
                yield from constraint(values)

    def _answer(self, key: tuple[str, type, object]) -> words.Problem | None:
        """Ask the words, and remember what they say, unless the value is about one record only."""
        name, _kind, value = key
        answer = self._ask(name, value)
        if name in self._fields and self._fields[name].type not in NOT_REMEMBERED:
            if len(self._answers) > MOST_REMEMBERED:
                self._answers.clear()
            self._answers[key] = answer
        return answer

    def _ask(self, name: str, value: object) -> words.Problem | None:
        today = self._today if name in self._past else None
        problem = words.check_value(self._entity, name, value, is_new=False, today=today)
        if problem is None and name in self._limited:
            return problem_of(self._limited[name], value)
        return problem
