"""What is read about matches, behind the walls of whoever reads: nobody learns here that a record exists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zicht.cases.matching import rules
from zicht.cases.matching.candidates import in_order
from zicht.cases.models import Case, Match, Person
from zicht.cases.rules import walls_of_all_cases, walls_to_open_in
from zicht.people.code_fields import field_label
from zicht.people.models import Account
from zicht.people.short_codes import short_code

ON_A_PAGE = 50
MOST_OF_A_PERSON = 50
TWO = ("person_a", "person_b")


@dataclass(frozen=True)
class Told:
    """A match as a page shows it: what agrees, differs and is not known, in words, and never how much."""

    match: Match
    person: Person
    other: Person
    person_case: UUID | None
    other_case: UUID | None

    @property
    def person_code(self) -> str:
        """Give the code of the first record."""
        return short_code(self.person.pk)

    @property
    def other_code(self) -> str:
        """Give the code of the second record."""
        return short_code(self.other.pk)

    @property
    def agree(self) -> list[str]:
        """Give the labels of the fields that agree."""
        return self._labels(rules.AGREE)

    @property
    def differ(self) -> list[str]:
        """Give the labels of the fields that differ."""
        return self._labels(rules.DIFFER)

    @property
    def unknown(self) -> list[str]:
        """Give the labels of the fields that at least one of both does not know."""
        return self._labels(rules.UNKNOWN)

    def _labels(self, how: str) -> list[str]:
        names = rules.read_reasons(self.match.reasons).get(how, ())
        return [str(field_label(rules.FIELDS[name].entity, name)) for name in names]


@dataclass(frozen=True)
class MatchPage:
    """One page of suggestions, the most telling first; `more` is where the next page begins."""

    matches: list[Told]
    more: str


# --- who may --------------------------------------------------------------------------------------------------------
def changeable(account: Account) -> QuerySet[Person]:
    """Give the persons that an account may change: all behind some walls, behind others those of its own cases."""
    found: QuerySet[Person] = Person.objects.filter(_may_change(account))
    return found


def _may_change(account: Account) -> Q:
    everywhere = walls_of_all_cases(account)
    may = Q(compartment__in=everywhere)
    if beyond := walls_to_open_in(account) - everywhere:
        owned = Case.objects.filter(persons=OuterRef("pk"), owner=account, org_id=account.org_id)
        may |= Q(compartment__in=beyond) & Q(Exists(owned))
    return Q(org_id=account.org_id) & may


def decidable(account: Account) -> QuerySet[Match]:
    """Give the matches that an account may decide: of records that it may change, with all that are counted with them.

    A limited use of data (GDPR art. 18) keeps a pair out: it is not looked at.
    """
    matches = Match.objects.select_related(*TWO, "decided_by")
    sees_all = not walls_to_open_in(account) - walls_of_all_cases(account)
    for end in TWO:
        # Asked for each match by its key: as conditions of a join they let SQLite begin with all persons, twice.
        person = changeable(account).filter(pk=OuterRef(f"{end}_id"), restricted_on=None)
        root = f"root_of_{end}"
        matches = matches.filter(Exists(person))
        matches = matches.annotate(**{root: Coalesce(F(f"{end}__merged_into_id"), F(f"{end}_id"))})
        if not sees_all:
            group = Person.objects.filter(Q(pk=OuterRef(root)) | Q(merged_into=OuterRef(root)))
            matches = matches.filter(~Exists(group.exclude(_may_change(account))))
    return matches


# --- counting as one ------------------------------------------------------------------------------------------------
def connected(records: Iterable[UUID]) -> set[UUID]:
    """Give the records that decisions connect with some, directly or through others, and these themselves."""
    found, ahead = set(records), set(records)
    while ahead:
        same = Match.objects.filter(Q(person_a__in=ahead) | Q(person_b__in=ahead), state="same")
        reached = {key for pair in same.values_list("person_a_id", "person_b_id") for key in pair}
        ahead = reached - found
        found |= ahead
    return found


def counted_with(reader: Account, persons: Iterable[Person]) -> Mapping[UUID, str]:
    """Give by person the code of the record that is counted for it, where there is one that the reader may see."""
    roots = {person.pk: person.merged_into_id for person in persons if person.merged_into_id}
    if not roots:
        return {}
    seen = set(Person.objects.visible_to(reader).filter(pk__in=roots.values()).values_list("pk", flat=True))
    return {person: short_code(root) for person, root in roots.items() if root in seen}


# --- matches --------------------------------------------------------------------------------------------------------
def matches_of(reader: Account, person: Person) -> list[Told]:
    """Give the suggestions and decisions about a person's record, open ones first, the most telling first."""
    about = decidable(reader).filter(Q(person_a=person) | Q(person_b=person))
    found = about.order_by(F("decided_on").asc(nulls_first=True), "-score", "match_id")[:MOST_OF_A_PERSON]
    return _told(reader, found, person.pk)


def count_open(reader: Account, persons: Iterable[Person]) -> Mapping[UUID, int]:
    """Count by person the suggestions that wait for somebody, as far as the reader may decide them."""
    keys = [person.pk for person in persons]
    if not keys:
        return {}
    pairs = _open(reader).filter(Q(person_a__in=keys) | Q(person_b__in=keys)).values_list("person_a_id", "person_b_id")
    ends = [end for pair in pairs[: ON_A_PAGE * len(keys)] for end in pair]
    return {key: ends.count(key) for key in keys}


def open_matches(reader: Account, begin: str = "") -> MatchPage:
    """Give a page of the suggestions of the organisation that wait for somebody."""
    found = _open(reader)
    if begin:
        score, key = int(begin[:3]), UUID(begin[3:])
        found = found.filter(Q(score__lt=score) | Q(score=score, pk__gt=key))
    rows = list(found.order_by("-score", "match_id")[: ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    more = f"{shown[-1].score:03}{shown[-1].pk.hex}" if len(rows) > ON_A_PAGE else ""
    return MatchPage(_told(reader, shown), more)


def _open(reader: Account) -> QuerySet[Match]:
    """Give what waits for a decision; what is counted as one by other decisions waits no more."""
    waiting = decidable(reader).filter(state__in=("likely", "possible"), decided_on=None)
    return waiting.exclude(Q(root_of_person_a=F("root_of_person_b")))


def find_match(reader: Account, person: Person, other_id: UUID) -> Match | None:
    """Find the match of two records that the reader may decide about."""
    if person.pk == other_id:
        return None
    return decidable(reader).filter(**in_order(person.pk, other_id)).first()


def group_of(reader: Account, pair: Iterable[UUID]) -> list[Any]:
    """Give the records that would be counted as one, the counted one first; none unless the reader may change all.

    Each comes with `seen_in`, a case through which the reader sees it.
    """
    keys = connected(pair)
    cases = Case.objects.visible_to(reader).filter(persons=OuterRef("pk")).order_by("opened_on", "case_id")
    persons = changeable(reader).filter(pk__in=keys).annotate(seen_in=Subquery(cases.values("pk")[:1]))
    found = list(persons.order_by("first_registered", "person_id"))
    return found if len(found) == len(keys) else []


def cases_of(reader: Account, persons: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Give by person the oldest case that the reader may see."""
    cases: Any = Case.objects.visible_to(reader).filter(persons__in=set(persons))
    rows = cases.order_by("-opened_on", "case_id").values_list("persons", "pk")
    return dict(rows)


def _told(reader: Account, matches: Iterable[Match], first: UUID | None = None) -> list[Told]:
    found = list(matches)
    pairs = [_ends(match, first) for match in found]
    cases = cases_of(reader, {person.pk for pair in pairs for person in pair})
    return [
        Told(match, one, other, cases.get(one.pk), cases.get(other.pk))
        for match, (one, other) in zip(found, pairs, strict=True)
    ]


def _ends(match: Match, first: UUID | None) -> tuple[Person, Person]:
    a, b = match.person_a, match.person_b
    return (b, a) if first == b.pk else (a, b)
