"""The one door to the register: the terms of the persons an organisation registered in a year, and nothing else.

No key, no text and no day of a person leaves this file. It reads with three queries, however many persons there are.

A person is counted once, in the year of the first registration (person.first_registered). Records that somebody
confirmed to be one person count as one: with the terms of all of them in fields that hold several, and in the others
with what the record says that they are counted as, or else the next one. Never counted are records of a news desk,
persons the use of whose data is limited (GDPR art. 18), and persons who said no to use in statistics.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from zicht import words
from zicht.cases import models, rules
from zicht.figures.bits import Bits, Coding, Column, Flags, tidy
from zicht.figures.persons import NOBODY, Ints, Persons, join
from zicht.people.models import Organisation

AT_ONCE = 10_000  # rows that are in memory as Python sees them
NEVER_COUNTED = "press"  # sources of a news desk are protected
REFUSALS = ("no", "withdrawn")
COUNTED_STATUS = ("possible", "identified")
TYPES_OF_FIELDS = ("code", "multi", "bool", "int")
REGISTERED, REPORTED_BY = "registered_national", "org_type"
# The values that rules of the register derive, with the field that each of them is derived from.
DERIVED: Mapping[str, tuple[str, str, Callable[[rules.Values], object]]] = {
    "is_minor": ("person", "age_band", rules.is_minor),
    "age_class_3": ("person", "age_band", rules.age_class_3),
    "parent_perpetrator": ("exploitation", "relations", rules.parent_perpetrator),
    "met_online": ("exploitation", "recruitment_channel", rules.met_online),
}


@dataclass(frozen=True, slots=True)
class Register:
    """Hold the persons of a year: how many, how many records they have, and the terms of each field.

    `joined` are the persons of all years with several records who are registered nationally as possible or identified
    victims, by year: `count_years` adds the others.
    """

    year: int
    persons: int
    records: int
    columns: Mapping[str, Column]
    joined: Mapping[int, int]


# --- which fields ---------------------------------------------------------------------------------------------------
def fields_of(entity: str) -> dict[str, words.Field]:
    """Give the fields of an entity that a form asks and that have terms, numbers, or yes and no."""
    described = words.vocabulary().entities[entity]
    asked = [name for topic in described.topics.values() for name in topic.fields]
    return {name: described.fields[name] for name in asked if described.fields[name].type in TYPES_OF_FIELDS}


def derived_from(name: str) -> tuple[words.Field, dict[str, object]]:
    """Give the field that a value is derived from, and what the rule of the register makes of each of its terms."""
    entity, source, rule = DERIVED[name]
    described = words.vocabulary().entities[entity].fields[source]
    terms = words.vocabulary().lists[described.list_name].codes
    return described, {term: rule({source: [term] if described.type == "multi" else term}) for term in terms}


# --- what is read ---------------------------------------------------------------------------------------------------
def read_register(organisation: Organisation, year: int) -> Register:
    """Read the persons of an organisation whose first registration was in a year."""
    where = _of_year_or_joined(organisation, year)
    persons, places, columns = _read_records(where)
    columns |= _read_episodes(where, persons, places)
    columns |= _read_cases(where, persons, places, organisation.org_type)
    is_own = persons.first == year
    own = {name: Column(column.codes, column.bits[is_own]) for name, column in columns.items()}
    records = np.isin(persons.number, np.flatnonzero(is_own))
    return Register(year, int(is_own.sum()), int(records.sum()), own, _count_joined(persons, columns))


def years_of(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation registered anybody, the newest first."""
    years = _counted(organisation).order_by("-first_registered").values_list("first_registered", flat=True)
    return list(years.distinct())


def count_years(organisation: Organisation, register: Register) -> dict[int, int]:
    """Count for each year the persons registered nationally as possible or identified victims."""
    cases = models.Case.persons.through.objects.filter(person_id=OuterRef("pk"), case__registered_national=True)
    alone = _counted(organisation).filter(Exists(cases), restricted_on=None, status__in=COUNTED_STATUS)
    alone = alone.exclude(_joined(organisation)).exclude(_refuses("pk"))
    by_year = alone.order_by().values_list("first_registered").annotate(Count("pk"))
    return dict(Counter(dict(by_year)) + Counter(register.joined))


def _counted(organisation: Organisation) -> QuerySet[models.Person]:
    persons: QuerySet[models.Person] = models.Person.objects.filter(org=organisation)
    return persons.exclude(compartment=NEVER_COUNTED)


def _joined(organisation: Organisation) -> Q:
    """Keep the records that are counted as one with another, and those they are counted as."""
    into = models.Person.objects.filter(org=organisation, merged_into__isnull=False).values("merged_into_id")
    return Q(merged_into__isnull=False) | Q(pk__in=into)


def _of_year_or_joined(organisation: Organisation, year: int) -> QuerySet[models.Person]:
    return _counted(organisation).filter(Q(first_registered=year) | _joined(organisation))


def _refuses(person: str) -> Exists:
    """Ask whether the person said no to use in statistics, and did not say yes later."""
    asked = models.Consent.objects.filter(purpose="statistics", set_aside_on=None)
    yes = asked.filter(person=OuterRef("person"), answer="yes", asked_on__gt=OuterRef("asked_on"))
    return Exists(asked.filter(~Exists(yes), person=OuterRef(person), answer__in=REFUSALS))


# --- how it is read -------------------------------------------------------------------------------------------------
def _read_records(where: QuerySet[models.Person]) -> tuple[Persons, dict[str, int], dict[str, Column]]:
    fields = fields_of("person")
    reader = _Reader(fields)
    places: dict[str, int] = {}
    into: dict[str, str] = {}
    years: list[int] = []
    is_out: list[bool] = []
    columns = (_key("pk"), _key("merged_into_id"), "first_registered", "restricted_on", _refuses("pk"))
    for rows in _rows(where.values_list(*columns, *fields)):
        keys, others, first, restricted, refuses, *values = zip(*rows, strict=True)
        places |= zip(keys, range(len(places), len(places) + len(keys)), strict=True)
        into |= {key: other for key, other in zip(keys, others, strict=True) if other}
        years += first
        is_out += [bool(day) or bool(no) for day, no in zip(restricted, refuses, strict=True)]
        reader.take(values)
    found = {places[key]: places[other] for key, other in into.items() if other in places}
    persons = join(found, np.array(years, np.int64), np.array(is_out, bool))
    bits = reader.bits()
    joined = {
        name: persons.first_known(bits[name])
        if field.type != "multi"
        else persons.union(bits[name], np.arange(len(years)))
        for name, field in fields.items()
    }
    return persons, places, reader.columns(joined)


def _read_episodes(where: QuerySet[models.Person], persons: Persons, places: dict[str, int]) -> dict[str, Column]:
    reader = _Reader(fields_of("exploitation"))
    records: list[Ints] = []
    episodes = models.Exploitation.objects.filter(person__in=where)
    for rows in _rows(episodes.values_list(_key("person_id"), *reader.fields)):
        keys, *values = zip(*rows, strict=True)
        records.append(_places(keys, places))
        reader.take(values)
    of_record = np.concatenate(records) if records else np.zeros(0, np.int64)
    return reader.columns({name: persons.union(bits, of_record) for name, bits in reader.bits().items()})


def _read_cases(
    where: QuerySet[models.Person], persons: Persons, places: dict[str, int], own_type: str
) -> dict[str, Column]:
    """Read whether persons are registered nationally, and by what kind of organisation those cases were reported."""
    fields = {
        REGISTERED: words.vocabulary().entities["case"].fields[REGISTERED],
        REPORTED_BY: words.vocabulary().entities["organisation"].fields[REPORTED_BY],
    }
    reader = _Reader(fields)
    records: list[Ints] = []
    links = models.Case.persons.through.objects.filter(person__in=where)
    columns = (_key("person_id"), "case__registered_national", "case__incoming_from__org_type")
    for rows in _rows(links.values_list(*columns)):
        keys, is_registered, reported_by = zip(*rows, strict=True)
        records.append(_places(keys, places))
        # A body reports to the coordination centre by the cases that are registered there.
        bodies = tuple((by or own_type) if yes else "" for yes, by in zip(is_registered, reported_by, strict=True))
        reader.take([is_registered, bodies])
    of_record = np.concatenate(records) if records else np.zeros(0, np.int64)
    return reader.columns({name: persons.union(bits, of_record) for name, bits in reader.bits().items()})


class _Reader:
    """Turn the values of some fields into bits, a batch of rows at a time."""

    def __init__(self, fields: Mapping[str, words.Field]) -> None:
        self.fields = fields
        self._codings = {name: Coding(field) for name, field in fields.items()}
        self._parts: dict[str, list[Bits]] = {name: [np.zeros(0, np.uint64)] for name in fields}

    def take(self, values: list[tuple[Any, ...]]) -> None:
        """Take the values of each field in the order of the fields."""
        for (name, coding), column in zip(self._codings.items(), values, strict=True):
            self._parts[name].append(np.fromiter(map(coding.__getitem__, column), np.uint64, len(column)))

    def bits(self) -> dict[str, Bits]:
        """Give everything that was taken, by field."""
        return {name: np.concatenate(parts) for name, parts in self._parts.items()}

    def columns(self, bits: Mapping[str, Bits]) -> dict[str, Column]:
        """Give bits by person with the terms they stand for."""
        return {name: Column(self._codings[name].codes, tidy(found)) for name, found in bits.items()}


def _rows(query: QuerySet[Any, Any]) -> Iterator[list[tuple[Any, ...]]]:
    """Give rows as the database has them, some at a time: converting each value would take longer than reading."""
    sql, values = query.order_by().query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows


def _key(name: str) -> Cast:
    # As text: PostgreSQL's driver makes an object of every other key, which takes longer than the rest.
    return Cast(name, CharField())


def _places(keys: tuple[str, ...], places: Mapping[str, int]) -> Ints:
    # Who came between two queries is not there yet.
    return np.fromiter((places.get(key, NOBODY) for key in keys), np.int64, len(keys))


def _count_joined(persons: Persons, columns: Mapping[str, Column]) -> dict[int, int]:
    is_victim = columns["status"].having(COUNTED_STATUS)
    is_registered: Flags = columns[REGISTERED].having(["yes"])
    return dict(Counter(persons.first[persons.is_joined & is_victim & is_registered].tolist()))
