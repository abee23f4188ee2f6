"""Which records could be about the same person: looked up by what they share, never by reading the whole register."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.cache import cache

from zicht import words
from zicht.cases.matching import rules
from zicht.cases.matching.rules import FIELDS, Comparison, Frequencies, Record
from zicht.cases.models import Exploitation, Person
from zicht.cases.rules import terms
from zicht.cases.walls import begin_at

COUNTED = 1000  # records, the newest: how rare a term is now is what matters, and counting all would grow with them
COUNTED_FOR = timedelta(minutes=10)
# Records of one block. Where more share something, sharing it says little, and whoever is further back would need much
# more in common, which the other blocks find.
BLOCK = 150
MARKED = 1000  # records with one mark, before the walls are asked for: more of them would be no mark
CLOSEST = 40  # records whose episodes are compared too
SUGGESTED = 10  # pairs for one record: more than that nobody looks at
YEARS_APART = 15
PERSON = tuple(item.name for item in FIELDS.values() if item.entity == "person")
EPISODE = tuple(item.name for item in FIELDS.values() if item.entity == "exploitation")


# --- reading records ------------------------------------------------------------------------------------------------
def read(persons: Any, *, with_episodes: bool = True) -> dict[UUID, Record]:
    """Read what is compared of some persons, in one query, or in two with their episodes."""
    rows = list(persons.values_list("person_id", "first_registered", *PERSON))
    records = {row[0]: Record(row[0], row[1], _terms(PERSON, row[2:])) for row in rows}
    return _with_episodes(records.values()) if with_episodes else records


def _with_episodes(records: Iterable[Record]) -> dict[UUID, Record]:
    found = {record.key: record for record in records}
    for person, *values in Exploitation.objects.filter(person_id__in=found).values_list("person_id", *EPISODE):
        known = dict(found[person].terms)
        for name, more in _terms(EPISODE, values).items():
            known[name] = known.get(name, frozenset()) | more
        found[person] = Record(person, found[person].year, known)
    return found


def _terms(names: Iterable[str], values: Iterable[object]) -> dict[str, frozenset[str]]:
    known = (
        (name, _known(tuple(value) if isinstance(value, list) else value))
        for name, value in zip(names, values, strict=True)
    )
    return {name: found for name, found in known if found}


@lru_cache(maxsize=5_000)
def _known(value: object) -> frozenset[str]:
    """Give the terms of a value, without missing ones; the same few come back all the time."""
    return frozenset(terms(str(value) if isinstance(value, UUID) else value))


# --- counting -------------------------------------------------------------------------------------------------------
def frequencies_behind(org_id: UUID, compartment: str) -> Frequencies:
    """Count how often terms stand in the newest records behind one wall; kept for some minutes, as counts only."""
    place = f"zicht:frequencies:{org_id}:{compartment}"
    found: Frequencies | None = cache.get(place)
    if found is None:
        persons = Person.objects.filter(org_id=org_id, compartment=compartment)
        newest = persons.order_by("-first_registered", "person_id")[:COUNTED]
        found = rules.count(read(newest).values(), persons.order_by().count())
        found.work_out()
        cache.set(place, found, COUNTED_FOR.total_seconds())
    return found


# --- looking up -----------------------------------------------------------------------------------------------------
def closest(person: Person, also: Iterable[UUID] = ()) -> dict[UUID, Comparison]:
    """Compare a person's record with those that could be the same, and with `also`; keep what says something."""
    own = read(Person.objects.filter(pk=person.pk))[person.pk]
    frequencies = frequencies_behind(person.org_id, person.compartment)
    earlier = set(also)
    records = _with_episodes(_candidates(person, own, frequencies, earlier))
    compared = {key: rules.compare(own, record, frequencies) for key, record in records.items()}
    found = sorted((-one.score, key) for key, one in compared.items() if one.state and key not in earlier)
    kept = [key for key in earlier if key in compared and compared[key].state]
    return {key: compared[key] for key in [*kept, *(key for _, key in found[:SUGGESTED])]}


def _candidates(person: Person, own: Record, frequencies: Frequencies, also: set[UUID]) -> list[Record]:
    """Give the records to look at closely: those that share a mark, and the closest by what is known of persons."""
    others = _others_than(person)
    sure, alike = read(begin_at(also, others), with_episodes=False) if also else {}, dict[UUID, Record]()
    for is_mark, block in _blocks(person, own, others):
        (sure if is_mark else alike).update(read(block[:BLOCK], with_episodes=False))
    alone = Record(own.key, own.year, {name: own.terms[name] for name in PERSON if name in own.terms})
    score = {key: rules.compare(alone, record, frequencies).score for key, record in alike.items()}
    nearest = sorted(alike.keys() - sure.keys(), key=lambda key: (-score[key], key))[:CLOSEST]
    return [*sure.values(), *(alike[key] for key in nearest)]


def _others_than(person: Person) -> Any:
    """Give the records that a person's may be compared with.

    A limited use forbids comparing (GDPR art. 18). A record that is counted as one with another is found by that one.
    """
    others = Person.objects.filter(org_id=person.org_id, compartment=person.compartment, restricted_on=None)
    return others.filter(merged_into=None).exclude(pk__in=[person.pk, person.merged_into_id or person.pk])


def _blocks(person: Person, own: Record, others: Any) -> Iterator[tuple[bool, Any]]:
    """Give what a record shares with others, each answered by an index; and whether it is a mark that few share."""
    known = own.terms
    if "match_key" in known:
        yield True, begin_at(_by_mark(Person.objects.filter(match_key=person.match_key), "pk"), others)
    if "household_key" in known:
        yield True, begin_at(_by_mark(Person.objects.filter(household_key=person.household_key), "pk"), others)
    if "situation_id" in known:
        inside = Exploitation.objects.filter(situation_id__in=known["situation_id"])
        yield True, begin_at(_by_mark(inside, "person_id"), others)
    if "language" in known:
        yield False, others.filter(language=person.language).order_by("-first_registered")
    if {"gender", "age_band", "citizenship_group"} <= known.keys():
        same = {"gender": person.gender, "citizenship_group": person.citizenship_group}
        yield False, others.filter(age_band__in=_bands(own), **same).order_by("-first_registered")


def _by_mark(records: Any, column: str) -> Any:
    """Give the keys of those who share a mark."""
    return records.order_by().values(column)[:MARKED]


def _bands(own: Record) -> list[str]:
    """Give the age bands in which the same person can have been registered, some years earlier or later."""
    band, year = own.age
    return [
        other
        for other in words.vocabulary().lists["age_band"].codes
        if other == band
        or any(
            rules.is_age_consistent((band, year), (other, year + apart)) for apart in range(-YEARS_APART, YEARS_APART)
        )
    ]


def compare(one: Person, other: Person) -> Comparison:
    """Compare two records."""
    records = read(Person.objects.filter(pk__in=[one.pk, other.pk]))
    frequencies = frequencies_behind(one.org_id, one.compartment)
    return rules.compare(records[one.pk], records[other.pk], frequencies)


def in_order(one: UUID, other: UUID) -> Mapping[str, UUID]:
    """Give the two records of a match in the one order in which they are stored."""
    first, second = sorted([one, other])
    return {"person_a_id": first, "person_b_id": second}
