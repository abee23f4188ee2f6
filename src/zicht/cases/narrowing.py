"""Narrow a list of cases so that what many cases have and what few have are both found quickly.

A list shows the newest cases that fit. For what many have, the database goes through the cases from the newest on and
soon has a page. For what few have that would lead it through the whole register: there it starts from the few. Which of
both it is, a bounded look at an index tells; PostgreSQL would know by itself, SQLite does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from zicht.cases import rules
from zicht.cases.models import Case, Exploitation, Person
from zicht.cases.walls import begin_at
from zicht.people.counting import CountOf
from zicht.people.models import Account, Organisation

FEW = 2_000  # records: so many are looked up about as fast as a page is found among what more than so many have
ABOUT_PERSONS = ("status", "gender", "age_band")
COLUMNS = {"state": "state", "from_day": "opened_on__gte", "to_day": "opened_on__lte"}
Wanted = Mapping[str, Any]
Keys = tuple[UUID, UUID]  # lowest and highest identifier with a code, or with its beginning


@dataclass(frozen=True)
class Criterion:
    """One thing that is wanted of a case, from both sides: what brings it, and what a case is asked."""

    found: Any  # the records that bring it
    keys: Any  # of the cases of what was found
    each: Q  # of a case


def narrow(cases: Any, reader: Account, wanted: Wanted, keys: Keys | None = None, *, few: int = FEW) -> Any:
    """Keep the cases that are wanted: by state, owner, day or code, or by what is known of a person in them.

    `cases` stand behind the walls of the reader already; `keys` are those of the code that is wanted.
    """
    cases = cases.filter(**{column: wanted[name] for name, column in COLUMNS.items() if wanted.get(name)})
    criteria = list(_criteria(reader, wanted))
    if keys:  # one letter of it leaves a thirty-second of all: there is nothing to count
        return begin_at(_keys_with_code(keys), _ask(cases, criteria))
    start = _fewest(reader, criteria, few)
    cases = _ask(cases, [criterion for criterion in criteria if criterion is not start])
    return begin_at(start.keys, cases) if start else cases


def _fewest(reader: Account, criteria: list[Criterion], few: int) -> Criterion | None:
    """Give the criterion that the fewest records bring, unless even that is brought by many; one query for all."""
    if not criteria:
        return None
    counts = [CountOf(criterion.found[: few + 1]) for criterion in criteria]
    found = Organisation.objects.filter(pk=reader.org_id).values_list(*counts).get()
    count, place = min((count, place) for place, count in enumerate(found))
    return criteria[place] if count <= few else None


def _ask(cases: Any, criteria: Iterable[Criterion]) -> Any:
    for criterion in criteria:
        cases = cases.filter(criterion.each)
    return cases


def _criteria(reader: Account, wanted: Wanted) -> Iterator[Criterion]:
    if wanted.get("owner"):
        yield _owner(wanted["owner"])
    elif not rules.walls_of_all_cases(reader):
        yield _own(reader)
    if about := {name: wanted[name] for name in ABOUT_PERSONS if wanted.get(name)}:
        yield _about(reader, about)
    if wanted.get("main_form"):
        yield _main_form(wanted["main_form"])


def _own(reader: Account) -> Criterion:
    """Start from somebody's own cases where the walls show no others."""
    teams = Case.team.through.objects.filter(account=reader).values("case_id")
    own = Case.objects.filter(owner=reader).values("pk").union(teams, all=True)
    return Criterion(own, own, Q())


def _owner(owner: Any) -> Criterion:
    cases = Case.objects.filter(owner=owner).values("pk")
    return Criterion(cases, cases, Q(owner=owner))


def _keys_with_code(keys: Keys) -> Any:
    persons = Case.persons.through.objects.filter(person__gte=keys[0], person__lte=keys[1]).values("case_id")
    return Case.objects.filter(pk__range=keys).values("pk").union(persons, all=True)


def _about(reader: Account, about: Wanted) -> Criterion:
    walls = rules.walls_of_all_cases(reader) | rules.walls_of_own_cases(reader)
    persons = Person.objects.filter(org_id=reader.org_id, compartment__in=walls, **about)
    keys = Case.persons.through.objects.filter(person__in=persons).values("case_id")
    return Criterion(persons.values("pk"), keys, _has(Person.objects.filter(cases=OuterRef("pk"), **about)))


def _main_form(form: str) -> Criterion:
    episodes = Exploitation.objects.filter(main_form=form)
    return Criterion(episodes.values("pk"), episodes.values("case"), _has(episodes.filter(case=OuterRef("pk"))))


def _has(records: Any) -> Q:
    """Ask a case whether there is one of these records.

    Not with EXISTS: PostgreSQL makes a join of it and reads whole tables before it has the first page.
    """
    return Q(IsNull(Subquery(records.values("pk")[:1]), False))
