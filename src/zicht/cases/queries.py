"""Everything that is read from the register, behind the walls of whoever reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from zicht import words
from zicht.cases import rules
from zicht.cases.models import Assessment, Case, Change, Exploitation, Person, PlaceEvent
from zicht.cases.narrowing import narrow
from zicht.cases.walls import begin_at
from zicht.people.models import Account
from zicht.people.short_codes import is_whole_code, keys_of_code, short_code

CASES_ON_A_PAGE = 50
CHANGES_ON_A_PAGE = 100
OLDEST_FIRST = "oldest"
MOST_COUNTED = 100  # beyond this a list says "more than"; counting on would cost more the larger the register is


@dataclass(frozen=True)
class CasePage:
    """One page of cases; `further` is where the next page begins."""

    cases: list[Case]
    count: int
    is_more: bool
    further: str


@dataclass(frozen=True)
class ChangePage:
    """One page of the history of a case."""

    changes: list[Change]
    is_more: bool

    @property
    def end(self) -> Change:
        """Give the line behind which the next page begins."""
        return self.changes[-1]


@dataclass(frozen=True)
class Neighbour:
    """Somebody who shares a household or a situation, and a case through which the reader sees them."""

    code: str
    case_id: UUID
    person_id: UUID


Neighbours = dict[UUID, list[Neighbour]]  # key of a person or an episode -> with whom a marker is shared


def find_case(reader: Account, case_id: UUID) -> Case | None:
    """Find a case that the reader may see."""
    found: Case | None = (
        Case.objects.visible_to(reader).select_related("org", "owner", "incoming_from").filter(pk=case_id).first()
    )
    return found


def find_person(reader: Account, case: Case, person_id: UUID) -> Person | None:
    """Find a person of a case that the reader may see."""
    found: Person | None = Person.objects.visible_to(reader).filter(pk=person_id, cases=case).first()
    return found


def find_episode(reader: Account, case: Case, episode_id: UUID) -> Exploitation | None:
    """Find an episode of a person of a case that the reader may see."""
    episodes = Exploitation.objects.visible_to(reader).filter(pk=episode_id, person__cases=case)
    found: Exploitation | None = episodes.select_related("person").first()
    return found


def may_read_text(reader: Account, case: Case) -> bool:
    """Tell whether somebody reads the texts of a case and of its persons: the owner and the team do, others do not."""
    found: bool = Case.objects.visible_to(reader).filter(pk=case.pk).with_team_member(reader).exists()
    return found


def is_on_it(reader: Account, case: Case, team: Iterable[Account]) -> bool:
    """Answer the same for a case that the reader sees and whose team was read."""
    return reader.pk == case.owner_id or reader in team


def persons_of(case: Case) -> QuerySet[Person]:
    """Give the persons of a case with their episodes and places."""
    episodes = Exploitation.objects.prefetch_related("places").order_by("start_month", "exploitation_id")
    return case.persons.prefetch_related(Prefetch("episodes", episodes)).order_by("first_registered", "person_id")


def find_place(reader: Account, case: Case, place_id: UUID) -> PlaceEvent | None:
    """Find a place of an episode of a person of a case that the reader may see."""
    episodes = Exploitation.objects.visible_to(reader).filter(person__cases=case)
    found: PlaceEvent | None = PlaceEvent.objects.filter(pk=place_id, exploitation__in=episodes).first()
    return found


def persons_with_code(reader: Account, typed: str) -> list[Person]:
    """Find the persons with a whole code that the reader may see: one, unless two share a code, or none."""
    keys = keys_of_code(typed) if is_whole_code(typed) else None
    return list(Person.objects.visible_to(reader).filter(pk__range=keys)[:2]) if keys else []


def episodes_with_code(reader: Account, typed: str) -> list[Exploitation]:
    """Find the episodes with a whole code that the reader may see: one, unless two share a code, or none."""
    keys = keys_of_code(typed) if is_whole_code(typed) else None
    episodes = Exploitation.objects.visible_to(reader).select_related("person")
    return list(episodes.filter(pk__range=keys)[:2]) if keys else []


def assessments_of(case: Case) -> QuerySet[Assessment]:
    """Give the assessments made in a case, newest first."""
    return case.assessments.select_related("decided_by").order_by("-made_on", "assessment_id")


def colleagues_on_cases(wall: str, reader: Account) -> list[Account]:
    """Give the active accounts of the reader's organisation that may own or join cases behind a wall."""
    accounts = Account.objects.filter(org_id=reader.org_id, status="active").prefetch_related("grants")
    each = accounts.order_by("shown_as", "login")
    return [one for one in each if wall in rules.walls_of_all_cases(one) | rules.walls_of_own_cases(one)]


def owners_of_cases(reader: Account) -> list[Account]:
    """Give the active accounts of the reader's organisation whose role lets them open cases, so owns some."""
    roles = words.vocabulary().lists["staff_role"].codes.values()
    opening = [role.code for role in roles if role.text("register") in (rules.ALL, rules.OPENS)]
    held = Q(grants__role__in=opening, grants__ended_on=None)
    return list(Account.objects.filter(held, org_id=reader.org_id, status="active").distinct().order_by("shown_as"))


def neighbours(
    reader: Account, case: Case, persons: Iterable[Person] = (), episodes: Iterable[Exploitation] = ()
) -> Neighbours:
    """Give whoever shares a household with the persons, or a situation with the episodes, as far as the reader sees."""
    homes = {person.pk: person.household_key for person in persons if person.household_key}
    situations = {episode.pk: episode.situation_id for episode in episodes if episode.situation_id}
    at_home = Person.objects.filter(household_key__in=homes.values()).values("pk")
    in_it = Exploitation.objects.filter(situation_id__in=situations.values()).values("person_id")
    columns = ("persons__household_key", "persons__episodes__pk", "persons__episodes__situation_id")
    few = at_home.union(in_it)
    keys = Case.persons.through.objects.filter(person__in=few).values("case_id")
    near = begin_at(keys, Case.objects.visible_to(reader)).filter(persons__in=few)
    cases = near.values_list("pk", "persons__pk", *columns)
    rows = list(cases) if homes or situations else []
    return {
        **_sort(homes, case, [(case_id, person, person, home) for case_id, person, home, _, _ in rows if home]),
        **_sort(situations, case, [(case_id, person, key, mark) for case_id, person, _, key, mark in rows if mark]),
    }


def _sort(marks: Mapping[UUID, UUID], case: Case, rows: Iterable[tuple[UUID, UUID, Any, Any]]) -> Neighbours:
    """Sort rows of (case, person, marked record, mark) by mark; somebody in several cases is named once."""
    by_mark: dict[UUID, dict[UUID, Neighbour]] = defaultdict(dict)
    for case_id, person_id, key, mark in rows:
        if key not in by_mark[mark] or case_id == case.pk:
            by_mark[mark][key] = Neighbour(short_code(key), case_id, person_id)
    return {
        key: sorted((one for other, one in by_mark[mark].items() if other != key), key=lambda one: one.code)
        for key, mark in marks.items()
    }


def list_cases(reader: Account, wanted: Mapping[str, Any], begin: str = "") -> CasePage:
    """Give a page of the cases that the reader may see, narrowed to what is wanted.

    They stand newest first, or oldest first where `wanted["order"]` says so; `begin` is the end of the page before.
    """
    cases = narrow(Case.objects.visible_to(reader), reader, wanted, keys_of_code(wanted.get("code") or ""))
    is_oldest_first = wanted.get("order") == OLDEST_FIRST
    order = ("opened_on" if is_oldest_first else "-opened_on", "case_id")
    # One search for both: as many keys as are counted, and the first of them make the page.
    onward = after(cases, begin, is_oldest_first=is_oldest_first).order_by(*order)
    found = list(onward.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    counted = cases.order_by()[: MOST_COUNTED + 1].values("pk").count() if begin else len(found)
    page = Case.objects.filter(pk__in=found[:CASES_ON_A_PAGE]).order_by(*order)
    shown = list(page.select_related("owner").prefetch_related(*_in_a_row()))
    further = f"{shown[-1].opened_on:%Y%m%d}{shown[-1].pk.hex}" if len(found) > CASES_ON_A_PAGE else ""
    return CasePage(shown, min(counted, MOST_COUNTED), counted > MOST_COUNTED, further)


def after(cases: Any, begin: str, *, is_oldest_first: bool = False) -> Any:
    """Keep the cases behind the last one of the page before, also when cases were opened meanwhile."""
    if not begin:
        return cases
    day, key = f"{begin[:4]}-{begin[4:6]}-{begin[6:8]}", UUID(begin[8:])
    beyond = Q(opened_on__gt=day) if is_oldest_first else Q(opened_on__lt=day)
    # The same once more, as a bound: without it a database reads through all pages before this one.
    bound = Q(opened_on__gte=day) if is_oldest_first else Q(opened_on__lte=day)
    return cases.filter(bound, beyond | Q(opened_on=day, pk__gt=key))


def _in_a_row() -> tuple["Prefetch[Any]", "Prefetch[Any]"]:
    """Read of the persons and episodes of a list only what its rows show: the rest costs more than the search."""
    persons = Person.objects.only("gender", "age_band").order_by("first_registered", "person_id")
    episodes = Exploitation.objects.only("person_id", "main_form", "forms").order_by("start_month", "exploitation_id")
    return Prefetch("persons", persons), Prefetch("persons__episodes", episodes)


def page_of_changes(
    case: Case, reads_texts: bool, before: dt.datetime | None = None, last: UUID | None = None
) -> ChangePage:
    """Give a page of the changes of a case and of what is recorded about its persons, newest first.

    Without `reads_texts` it is as if no text had ever been written. The page begins behind the line `last` of the
    moment `before`.
    """
    holders = [case.pk, *case.persons.values_list("pk", flat=True)]
    changes = Change.objects.filter(key_record__in=holders).select_related("changed_by")
    if not reads_texts:
        changes = changes.exclude(_is_of_text())
    if before:
        changes = changes.filter(Q(changed_at__lt=before) | Q(changed_at=before, pk__gt=last or UUID(int=0)))
    found = list(changes.order_by("-changed_at", "pk")[: CHANGES_ON_A_PAGE + 1])
    return ChangePage(found[:CHANGES_ON_A_PAGE], len(found) > CHANGES_ON_A_PAGE)


def _is_of_text() -> Q:
    """Recognise the changes of fields of class P3."""
    entities = words.vocabulary().entities.values()
    texts = [(entity.name, field.name) for entity in entities for field in entity.fields.values() if is_text(field)]
    return Q(*(Q(entity=entity, field=field) for entity, field in texts), _connector=Q.OR)


def is_text(field: words.Field) -> bool:
    """Tell whether a field holds what only the team reads."""
    return field.sensitivity == "P3"
