"""Write a drawn register into the database, in batches and past the check of every record.

A test checks that whatever is drawn is what the words and the rules allow; checking each record again would take most
of the time. The keys are made first, as everywhere, since texts are sealed while they are stored.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.utils import timezone

from zicht.cases import history
from zicht.cases.models import Assessment, Case, Change, Consent, Exploitation, Person, PlaceEvent
from zicht.people.models import Account, Organisation
from zicht.people.record_keys import store as key_store
from zicht.people.records import WordsModel
from zicht.site.made_up_register.draw import DrawnCase
from zicht.site.made_up_register.persons import Values

BATCH = 500  # cases
NOON = dt.time(12)
CLOSING = {"state": "active", "closed_on": None, "closure_reason": ""}  # what stood there before a case was closed


@dataclass(frozen=True, slots=True)
class Place:
    """Whose register it becomes: the organisation, its accounts by role, other organisations by type."""

    org: Organisation
    staff: Mapping[str, Account]
    partners: Mapping[str, Organisation]


@transaction.atomic
def store(drawn: Iterable[DrawnCase], place: Place) -> int:
    """Store all cases, or none when something goes wrong; give how many persons they have."""
    persons, rest = 0, iter(drawn)
    while batch := list(islice(rest, BATCH)):
        _store_batch(batch, place)
        persons += sum(len(case.persons) for case in batch)
    return persons


def _store_batch(batch: list[DrawnCase], place: Place) -> None:
    cases = [_record(Case, {**item.case, **_version(item)}, place) for item in batch]
    persons = [_record(Person, values, place) for item in batch for values in item.persons]
    key_store().make(record.key_record for record in (*cases, *persons))
    _add(Person, persons)
    _add(Case, cases)
    kinds: tuple[tuple[type[Any], str], ...] = (
        (Exploitation, "episodes"),
        (PlaceEvent, "places"),
        (Consent, "consents"),
        (Assessment, "assessments"),
    )
    for kind, name in kinds:
        _add(kind, [_record(kind, values, place) for item in batch for values in getattr(item, name)])
    _add_relations(batch, place)
    _add(Change, [line for item in batch for line in _history(item, place)])


def _record(kind: type[Any], values: Values, place: Place) -> Any:
    columns = _columns(cast("Hashable", kind))
    return kind(**{columns[name]: _refer(name, value, place) for name, value in values.items() if name in columns})


@cache
def _columns(kind: Hashable) -> dict[str, str]:
    model = cast("type[WordsModel]", kind)
    return {**model.words_columns(), "version": "version"}


def _version(item: DrawnCase) -> Values:
    return {"version": 2 if item.case["closed_on"] else 1}


def _refer(name: str, value: Any, place: Place) -> Any:
    """Put an account or organisation in the place of a role or type."""
    if name == "org_id":
        return place.org.pk
    if name in ("owner", "decided_by"):
        return place.staff[value].pk
    if name in ("incoming_from", "recipient"):
        return place.partners[value].pk if value else None
    return value


def _add(kind: type[models.Model], records: list[Any]) -> None:
    """Insert with one statement for all: `bulk_create` would check each record, and take twice as long without."""
    columns = [column for column in kind._meta.concrete_fields if not isinstance(column, models.AutoField)]
    quote = connection.ops.quote_name
    names, marks = ", ".join(quote(str(column.column)) for column in columns), ", ".join(["%s"] * len(columns))
    here = connections[DEFAULT_DB_ALIAS]  # once: the shortcut looks it up for each of a million values
    rows = [[column.get_db_prep_save(column.pre_save(record, True), here) for column in columns] for record in records]
    with here.cursor() as cursor:
        insert = f"INSERT INTO {quote(kind._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of columns
        cursor.executemany(insert, rows)


def _add_relations(batch: list[DrawnCase], place: Place) -> None:
    in_case, in_team = Case.persons.through, Case.team.through
    _add(in_case, [in_case(case_id=_key(item), person_id=key) for item in batch for key in _many(item, "persons")])
    team = [(item, place.staff[role]) for item in batch for role in _many(item, "team")]
    _add(in_team, [in_team(case_id=_key(item), account_id=account.pk) for item, account in team])


def _key(item: DrawnCase) -> Any:
    return item.case["case_id"]


def _many(item: DrawnCase, name: str) -> Any:
    return item.case[name]


# --- history ------------------------------------------------------------------------------------------------------
def _history(item: DrawnCase, place: Place) -> Iterator[Change]:
    """Give the lines that the actions would have written: each record was made once, and many a case closed."""
    case, by = item.case, place.staff[str(item.case["owner"])]
    yield _line(Case, case["case_id"], case["case_id"], case["opened_on"], by)
    for person in item.persons:
        yield _line(Person, person["person_id"], person["person_id"], case["opened_on"], by)
    for episode in item.episodes:
        yield _line(Exploitation, episode["exploitation_id"], episode["person_id"], case["opened_on"], by)
    for name, before in CLOSING.items() if case["closed_on"] else ():
        line = _line(Case, case["case_id"], case["case_id"], case["closed_on"], by, field=name, version=2)
        line.before, line.after = history.write(before), history.write(case[name])
        yield line


def _line(
    kind: type[WordsModel],
    record: Any,
    holder: Any,
    day: Any,
    by: Account,
    *,
    field: str = history.CREATED,
    version: int = 1,
) -> Change:
    return Change(
        entity=kind.words_entity,
        record_ref=record,
        version=version,
        field=field,
        changed_at=timezone.make_aware(dt.datetime.combine(day, NOON)),
        changed_by_id=by.pk,
        key_record=holder,
    )
