"""The one door to the register: the terms of the persons an organisation registered in a year, and nothing else.

Referrals, stays and cases come through it too (see the end): each stands apart. What came in is read by `came_in.py`.

No key, no text and no day of a person leaves this file. It reads with five queries, however many persons there are.

A person is counted once, in the year of the first registration (person.first_registered). Records that somebody
confirmed to be one person count as the one they point to, which is the oldest of them: with the terms of all of them in
fields that hold several, and in the others with what that one says, or else the next one. Never counted are records of
a news desk, persons the use of whose data is limited (GDPR art. 18), and persons who said no to use in statistics.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from zicht import words
from zicht.care import counts
from zicht.cases import counts as of_cases
from zicht.cases import models, rules
from zicht.figures.bits import Bits, Column, plain_column
from zicht.figures.persons import NOBODY, Ints, Persons, join
from zicht.figures.reader import Reader
from zicht.people.models import Organisation

AT_ONCE = 10_000  # rows that are in memory as Python sees them
NEVER_COUNTED = "press"  # sources of a news desk are protected
REFUSALS = ("no", "withdrawn")
COUNTED_STATUS = ("possible", "identified")
TYPES_OF_FIELDS = ("code", "multi", "bool", "int")
PERSON, CONTACT, REFERRAL, STAY = "person", "contact", "referral", "stay"
REPORT, SIGNAL = "kind report", "signal"
REGISTERED, REPORTED_BY = "registered_national", "org_type"
STAGE = "funnel_stage"  # how far somebody came on the way from contact to care
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

    Contacts of a year are held in the same way, with `counts` CONTACT; then `persons` is how many contacts there are.
    """

    year: int
    persons: int
    records: int
    columns: Mapping[str, Column]
    counts: str = PERSON
    measures: tuple["Measure", ...] = ()
    source: str = ""  # who delivered it, where it is not the organisation's own


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold one number that is no count: `numbers` are the counts it is made of, each of which must be one to show.

    `whole` is what a share is taken of, in nights or answers; 0 where it is no share.
    """

    name: str
    value: float
    numbers: tuple[int, ...]
    whole: int = 0


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
def read_register(organisation: Organisation, year: int, told_apart: Collection[str]) -> Register:
    """Read the persons of an organisation whose first registration was in a year.

    Terms of the fields `told_apart` are told apart; of the others it is only read whether they are known.
    """
    people = _People(organisation, year)
    persons, places, columns = _read_records(people, told_apart)
    columns |= _read_episodes(people, told_apart, persons, places)
    columns |= _read_cases(people, persons, places)
    return Register(year, persons.count, persons.count + len(persons.others), columns)


def years_of(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation registered anybody, the newest first."""
    years = _counted(organisation).order_by("-first_registered").values_list("first_registered", flat=True)
    return list(years.distinct())


def count_years(organisation: Organisation) -> dict[int, int]:
    """Count for each year the persons registered nationally as possible or identified victims."""
    links = models.Case.persons.through.objects.filter(case__registered_national=True)
    of_record, of_other = (links.filter(**{at: OuterRef("pk")}) for at in ("person_id", "person__merged_into"))
    is_out = Q(restricted_on__isnull=False) | Q(_refuses("pk"))
    others = models.Person.objects.filter(is_out, merged_into=OuterRef("pk"))
    persons = _counted(organisation).filter(merged_into=None, status__in=COUNTED_STATUS)
    persons = persons.filter(Exists(of_record) | Exists(of_other)).exclude(is_out).exclude(Exists(others))
    return dict(persons.order_by().values_list("first_registered").annotate(Count("pk")))


def _counted(organisation: Organisation) -> QuerySet[models.Person]:
    persons: QuerySet[models.Person] = models.Person.objects.filter(org=organisation)
    return persons.exclude(compartment=NEVER_COUNTED)


@dataclass(frozen=True)
class _People:
    """Choose what to read: the records of a year, and of other years those that are counted as one of them."""

    organisation: Organisation
    year: int

    def records(self, columns: Iterable[Any]) -> QuerySet[Any, Any]:
        """Give columns of these records."""
        counted = _counted(self.organisation)
        return self._both(counted.filter(self._of_year()), counted.filter(self._of_other_years()), columns)

    def beside(self, of_persons: QuerySet[Any], columns: Iterable[Any]) -> QuerySet[Any, Any]:
        """Give columns of what is recorded about them, such as episodes."""
        counted = of_persons.filter(person__org=self.organisation).exclude(person__compartment=NEVER_COUNTED)
        at = "person__"
        return self._both(counted.filter(self._of_year(at)), counted.filter(self._of_other_years(at)), columns)

    def _of_year(self, at: str = "") -> Q:
        return Q(**{f"{at}first_registered": self.year})

    def _of_other_years(self, at: str = "") -> Q:
        into = {f"{at}merged_into__first_registered": self.year, f"{at}merged_into__org": self.organisation}
        # That it points anywhere is said apart: SQLite then leaves out all others before it looks for anything more.
        return Q(**{f"{at}merged_into__isnull": False}, **into) & ~self._of_year(at)

    def _both(self, one: QuerySet[Any], other: QuerySet[Any], columns: Iterable[Any]) -> QuerySet[Any, Any]:
        # Two halves in one query: with "or" the databases went through all years.
        asked = list(columns)
        return one.order_by().values_list(*asked).union(other.order_by().values_list(*asked), all=True)


def _refuses(person: str) -> Exists:
    """Ask whether the person said no to use in statistics, and did not say yes later."""
    asked = models.Consent.objects.filter(purpose="statistics", set_aside_on=None)
    yes = asked.filter(person=OuterRef("person"), answer="yes", asked_on__gt=OuterRef("asked_on"))
    return Exists(asked.filter(~Exists(yes), person=OuterRef(person), answer__in=REFUSALS))


# --- how it is read -------------------------------------------------------------------------------------------------
def _read_records(people: _People, told_apart: Collection[str]) -> tuple[Persons, dict[str, int], dict[str, Column]]:
    reader = Reader(fields_of("person"), told_apart)
    places: dict[str, int] = {}
    into: dict[str, str] = {}
    years: list[int] = []
    is_out: list[bool] = []
    columns = (_key("pk"), _key("merged_into_id"), "first_registered", "restricted_on", _refuses("pk"))
    for rows in _rows(people.records([*columns, *reader.expressions()])):
        keys, others, first, restricted, refuses, *values = zip(*rows, strict=True)
        places |= zip(keys, range(len(places), len(places) + len(keys)), strict=True)
        into |= {key: other for key, other in zip(keys, others, strict=True) if other}
        years += first
        is_out += [day is not None or bool(no) for day, no in zip(restricted, refuses, strict=True)]
        reader.take(values)
    ordered = sorted(into, key=lambda key: (years[places[key]], key))
    found = {places[key]: places.get(into[key], NOBODY) for key in ordered}
    persons = join(found, np.array(is_out, bool))
    return persons, places, reader.columns(lambda field, bits: _of_person(persons, field, bits))


def _of_person(persons: Persons, field: words.Field, bits: Bits) -> Bits:
    return persons.union(bits, np.arange(len(bits))) if field.type == "multi" else persons.first_known(bits)


def _read_episodes(
    people: _People, told_apart: Collection[str], persons: Persons, places: dict[str, int]
) -> dict[str, Column]:
    reader = Reader(fields_of("exploitation"), told_apart)
    records = [np.zeros(0, np.int64)]
    episodes = models.Exploitation.objects.all()
    for rows in _rows(people.beside(episodes, [_key("person_id"), *reader.expressions()])):
        keys, *values = zip(*rows, strict=True)
        records.append(_places(keys, places))
        reader.take(values)
    of_record = np.concatenate(records)
    return reader.columns(lambda _field, bits: persons.union(bits, of_record))


def _read_cases(people: _People, persons: Persons, places: dict[str, int]) -> dict[str, Column]:
    """Read of the cases of persons whether and by whom they are registered nationally, and how far they came."""
    fields = {
        REGISTERED: words.vocabulary().entities["case"].fields[REGISTERED],
        REPORTED_BY: words.vocabulary().entities["organisation"].fields[REPORTED_BY],
    }
    reader = Reader(fields, fields)
    records, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    links = models.Case.persons.through.objects.all()
    columns = (_key("person_id"), "case__registered_national", _key("case__incoming_from_id"), *HOW_IT_ENDED)
    own_type, types = people.organisation.org_type, _types_of_organisations()
    for rows in _rows(people.beside(links, columns)):
        keys, is_registered, reported_by, reasons, closed = zip(*rows, strict=True)
        records.append(_places(keys, places))
        # A body reports to the coordination centre by the cases that are registered there.
        bodies = [types.get(by, own_type) if yes else "" for yes, by in zip(is_registered, reported_by, strict=True)]
        reader.take([is_registered, bodies])
        ends.append(np.array(list(map(_flags_of_case, reported_by, reasons, closed)), np.uint64))
    of_record = np.concatenate(records)
    found = reader.columns(lambda _field, bits: persons.union(bits, of_record))
    of_cases = persons.union(np.concatenate(ends), of_record)
    return found | {STAGE: _read_stages(people, persons, places, of_cases)}


HOW_IT_ENDED = ("case__closure_reason", "case__closed_on")
FLAGS = REFERRED, ARRIVED, MET, GOES_ON, ELSEWHERE = 1, 2, 4, 8, 16


def _flags_of_case(reported_by: str | None, reason: str, closed_on: object) -> int:
    met, goes_on = reason == "goals_met", not closed_on
    return (MET if met else 0) | (GOES_ON if goes_on else 0) | (ELSEWHERE if reported_by else 0)


def _read_stages(people: _People, persons: Persons, places: dict[str, int], of_cases: Bits) -> Column:
    """Read how far persons came whose case the organisation opened itself; the others came from elsewhere.

    A stage counts only after the one before: whose goals were met without a referral stays at the opened case.
    """
    sent = people.beside(counts.referred(people.organisation), (_key("person_id"), "arrived_on"))
    rows = list(chain.from_iterable(_rows(sent)))
    flags = np.array([REFERRED | (ARRIVED if arrived_on else 0) for _key_of, arrived_on in rows], np.uint64)
    told = of_cases | persons.union(flags, _places(tuple(key for key, _arrived_on in rows), places))
    referred, arrived, met, goes_on, elsewhere = ((told & np.uint64(flag)) != 0 for flag in FLAGS)
    steps = [np.ones(persons.count, bool), referred, arrived, met & ~goes_on]
    # How many in a row are true from the first one on.
    reached = np.cumprod(np.stack(steps), axis=0).sum(axis=0)
    codes = stages_of(PERSON)
    bits = np.array([0, *(1 << place for place in range(len(codes)))], np.uint64)
    return Column(codes, bits[np.where(elsewhere, 0, reached)])


def stages_of(unit: str) -> tuple[str, ...]:
    """Give the stages from contact to care that are counted of visitors, or of persons, in their order."""
    stages = words.vocabulary().lists[STAGE].codes.values()
    return tuple(stage.code for stage in stages if stage.text("about") == unit)


def _types_of_organisations() -> dict[str, str]:
    # Looked up here: joined to each case, a database went through all organisations for each.
    return dict(chain.from_iterable(_rows(Organisation.objects.values_list(_key("pk"), "org_type"))))


def _rows(query: QuerySet[Any, Any]) -> Iterator[list[tuple[Any, ...]]]:
    """Give rows as the database has them, some at a time: converting each value would take longer than reading."""
    sql, values = query.query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows


def _key(name: str) -> Cast:
    # As text: PostgreSQL's driver makes an object of every other key, which takes longer than the rest.
    return Cast(name, CharField())


def _places(keys: tuple[str, ...], places: Mapping[str, int]) -> Ints:
    # Who came between two queries is not there yet.
    find: Callable[[str, int], int] = places.get
    return np.fromiter(map(find, keys, repeat(NOBODY)), np.int64, len(keys))


# --- lists of several organisations -----------------------------------------------------------------------------------
def read_lists(year: int) -> bytes:
    """Give how many persons the organisations of this Zicht registered under one match key, by combination of lists.

    A list is a group of organisations (list list_group). The result is a table as the estimator takes it in: a column
    of 0 and 1 for each list and a column `count`. Persons without a match key cannot be found again and are not in it;
    nor is anybody who is never counted (see above).
    """
    seen: dict[str, set[str]] = {}
    persons = models.Person.objects.exclude(compartment=NEVER_COUNTED).exclude(match_key="").exclude(_refuses("pk"))
    rows = persons.filter(first_registered=year, restricted_on=None, status__in=COUNTED_STATUS)
    for key, group in rows.exclude(org__list_group="").values_list("match_key", "org__list_group").iterator():
        seen.setdefault(key, set()).add(group)
    lists = sorted(set[str]().union(*seen.values()))
    counts = Counter(tuple(int(name in groups) for name in lists) for groups in seen.values())
    rows_of_table = [f"{','.join(map(str, history))},{number}" for history, number in sorted(counts.items())]
    return "\n".join([",".join([*lists, "count"]), *rows_of_table]).encode()


# --- referrals and stays ----------------------------------------------------------------------------------------------
MONTHS = tuple(f"{month:02}" for month in range(1, 13))
ANSWER, OCCUPIED, FULL, LENGTH = "days to an answer", "occupied", "refused as full", "length of stay"


def care_years(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation referred somebody, or somebody came into its shelters."""
    return counts.years_of_care(organisation)


def read_care(organisation: Organisation, year: int) -> tuple[Register, Register]:
    """Read the referrals and the stays of a year."""
    return read_referrals(organisation, year), read_stays(organisation, year)


def no_care(year: int) -> tuple[Register, Register]:
    """Give the referrals and the stays of a year without any, which nobody has to be asked for."""
    nothing = plain_column((), ())
    sent, came = (REPORTED_BY, "referral_state"), ("place_kind", "month")
    empty = [{name: Column(_codes_of_axis(name), nothing.bits) for name in names} for names in (sent, came)]
    return Register(year, 0, 0, empty[0], REFERRAL), Register(year, 0, 0, empty[1], STAY)


def _codes_of_axis(name: str) -> tuple[str, ...]:
    return MONTHS if name == "month" else codes_in(name)


def read_referrals(organisation: Organisation, year: int) -> Register:
    """Read the referrals that an organisation sent in a year, by the type of who received them and their state now."""
    found = counts.sent(organisation, year).exclude(_refuses("person_id"))
    rows = list(found.order_by().values_list("to_org__org_type", "state", "sent_on", "decided_on"))
    types, states, begun, decided = zip(*rows, strict=True) if rows else ((), (), (), ())
    columns = {
        REPORTED_BY: plain_column(codes_in("org_type"), types),
        "referral_state": plain_column(codes_in("referral_state"), states),
    }
    days = [(end - begin).days for begin, end in zip(begun, decided, strict=True) if end]
    measures = (Measure(ANSWER, float(np.median(days)), (len(days),)),) if days else ()
    return Register(year, len(rows), len(rows), columns, REFERRAL, measures)


def read_stays(organisation: Organisation, year: int) -> Register:
    """Read the stays that began in a year in the shelters of an organisation, by kind of place and month."""
    found = counts.came(organisation, year).exclude(_refuses("person_id"))
    rows = list(found.order_by().values_list("shelter__place_kind", "from_date"))
    kinds = [kind for kind, _day in rows]
    months = [MONTHS[day.month - 1] for _kind, day in rows]
    columns = {"place_kind": plain_column(codes_in("place_kind"), kinds), "month": plain_column(MONTHS, months)}
    return Register(year, len(rows), len(rows), columns, STAY, tuple(_of_shelters(organisation, year)))


def _of_shelters(organisation: Organisation, year: int) -> Iterator[Measure]:
    """Give how full the shelters were, how often somebody was refused as they were full, and how long people stayed."""
    stays = list(counts.there(organisation, year).values_list("from_date", "until_date"))
    first, last = dt.date(year, 1, 1), min(dt.date(year + 1, 1, 1), timezone.localdate())
    places = counts.places(organisation)
    if stays and places and last > first:
        nights = places * (last - first).days
        yield Measure(OCCUPIED, counts.nights(stays, first, last) / nights, (len(stays),), nights)
    answers = Counter(counts.answered(organisation, year).values_list("state", "refusal_reason"))
    full = answers["refused", "full"]
    accepted = sum(number for (state, _reason), number in answers.items() if state not in ("refused", "withdrawn"))
    refused = sum(number for (state, _reason), number in answers.items() if state == "refused")
    if full:
        # Both numbers could be worked out from the share, and so could those refused for another reason.
        others = (refused - full,) if refused > full else ()
        yield Measure(FULL, full / (accepted + refused), (full, accepted, *others), accepted + refused)
    ended = [(until - begin).days for begin, until in stays if until and until.year == year]
    if ended:
        yield Measure(LENGTH, float(np.median(ended)), (len(ended),))


def codes_in(list_name: str) -> tuple[str, ...]:
    """Give the codes of a list, in its order."""
    return tuple(words.vocabulary().lists[list_name].codes)


# --- cases ------------------------------------------------------------------------------------------------------------
def read_cases(organisation: Organisation, year: int) -> list[tuple[str, list[str], str]]:
    """Give of each case opened in a year its legal basis, the answers about registration, and who brought it."""
    return of_cases.read_cases(organisation, year)
