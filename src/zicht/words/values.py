"""Check a value against its field, and a record against its entity, before anything is stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zicht.words.errors import UnknownTermError
from zicht.words.load import vocabulary
from zicht.words.problems import Problem
from zicht.words.terms import check_term, check_terms
from zicht.words.texts import check_hash, check_identifier, check_text
from zicht.words.times import check_date, check_month, check_time, check_year
from zicht.words.types import Entity, Field

Constraint = Callable[[Mapping[str, object]], Iterable[tuple[str, Problem]]]  # of the values of a record

# The largest whole number SQLite and PostgreSQL keep exactly (8 bytes, signed).
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Question:
    field: Field
    is_new: bool
    today: date | None


def check_value(
    entity: str, field: str, value: object, *, is_new: bool = True, today: date | None = None
) -> Problem | None:
    """Tell what is wrong with one value of a field, or None when nothing is.

    Nothing filled in (None, an empty or blank text, an empty list) is a problem only for a required field. With
    `is_new=False`, for old records and imports, retired and import-only terms are accepted. With `today`, a date,
    month, year or time after that day is refused; without it the future is allowed, since many fields plan ahead.
    Raises UnknownTermError when the vocabulary has no such entity or field.
    """
    described = _find_entity(entity).fields.get(field)
    if described is None:
        raise UnknownTermError("field", f"{entity}.{field}")
    return _check(_Question(described, is_new, today), value)


def check_together(
    entity: str,
    values: Mapping[str, object],
    today: date,
    past: Mapping[str, Iterable[str]],
    constraints: Mapping[str, Iterable[Constraint]],
) -> dict[str, Problem]:
    """Tell for each field of a record what is wrong with its values together; empty when nothing is.

    `values` hold what `check_record` found right one by one. `past` names by entity the fields that lie not after
    `today`; `constraints` give the problems of a record by field. Of several problems of a field the first is told.
    """
    found: dict[str, Problem] = {}
    for name in past.get(entity, ()):
        value = values.get(name)
        if value and (problem := check_value(entity, name, value, is_new=False, today=today)):
            found[name] = problem
    for constraint in constraints.get(entity, ()):
        found |= {name: problem for name, problem in constraint(values) if name not in found}
    return found


def check_record(
    entity: str, values: Mapping[str, object], *, is_new: bool = True, today: date | None = None
) -> dict[str, Problem]:
    """Tell for each field of a record what is wrong with it; empty when nothing is.

    A required field that `values` leaves out is a problem, and so is a field that the entity does not have.
    Raises UnknownTermError when the vocabulary has no such entity.
    """
    described = _find_entity(entity)
    found = {
        name: _check(_Question(field, is_new, today), values.get(name)) for name, field in described.fields.items()
    }
    unknown = {name: Problem("unknown_field", {"record": described.label}) for name in values if name not in found}
    return {name: problem for name, problem in {**found, **unknown}.items() if problem}


def _find_entity(name: str) -> Entity:
    entity = vocabulary().entities.get(name)
    if entity is None:
        raise UnknownTermError("entity", name)
    return entity


def _check(question: _Question, value: object) -> Problem | None:
    if _is_empty(value):
        return Problem("required") if question.field.required else None
    if question.field.many:
        return _check_many(question, value)
    return CHECKS[question.field.type](question, value)


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], ()) or (isinstance(value, str) and not value.strip())


def _check_many(question: _Question, values: object) -> Problem | None:
    if not isinstance(values, list | tuple):
        return Problem("not_many")
    problems = (CHECKS[question.field.type](question, value) for value in values)
    found = next((problem for problem in problems if problem), None)
    if found is None and len(set(values)) < len(values):
        return Problem("given_twice")
    return found


def _check_number(value: object) -> Problem | None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return Problem("not_a_whole_number")
    return Problem("number_too_large") if value > LARGEST_NUMBER else None


def _check_yes_or_no(value: object) -> Problem | None:
    return None if isinstance(value, bool) else Problem("not_yes_or_no")


CHECKS: Mapping[str, Callable[[_Question, object], Problem | None]] = {
    "id": lambda question, value: check_identifier(value),
    "ref": lambda question, value: check_identifier(value),
    "code": lambda question, value: check_term(question.field, value, question.is_new),
    "multi": lambda question, value: check_terms(question.field, value, question.is_new),
    "date": lambda question, value: check_date(value, question.today),
    "month": lambda question, value: check_month(value, question.today),
    "year": lambda question, value: check_year(value, question.today),
    "datetime": lambda question, value: check_time(question.field, value, question.today),
    "int": lambda question, value: _check_number(value),
    "bool": lambda question, value: _check_yes_or_no(value),
    "text": lambda question, value: check_text(value),
    "hash": lambda question, value: check_hash(value),
}
