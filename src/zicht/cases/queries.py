"""Everything that is read from the register, behind the walls of whoever reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from zicht.cases.models import Case, Change, Exploitation, Person
from zicht.people.models import Account

CASES_ON_A_PAGE = 50
MOST_COUNTED = 1000  # beyond this a list says "more than"; counting on would cost more the larger the register is
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_LENGTH = 8  # characters, 40 bits of the identifier
COLUMNS = {"state": "state", "owner": "owner", "from_day": "opened_on__gte", "to_day": "opened_on__lte"}
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True)
class CasePage:
    """One page of cases, newest first; `older` is where the next page begins."""

    cases: list[Case]
    count: int
    is_more: bool
    older: str


def short_code(key: UUID) -> str:
    """Give the first 40 bits of an identifier as people read them aloud, such as 7KQM-4TXD."""
    bits = key.int >> (128 - 5 * CODE_LENGTH)
    letters = [CODE_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH))]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def keys_of_code(typed: str) -> tuple[UUID, UUID] | None:
    """Give the lowest and highest identifier with a code, or with its beginning; None for what is no code."""
    letters = typed.upper().translate(READ_AS)
    if not 1 <= len(letters) <= CODE_LENGTH or any(letter not in CODE_ALPHABET for letter in letters):
        return None
    bits = 0
    for letter in letters:
        bits = bits << 5 | CODE_ALPHABET.index(letter)
    rest = 128 - 5 * len(letters)
    return UUID(int=bits << rest), UUID(int=(bits + 1 << rest) - 1)


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


def persons_of(case: Case) -> QuerySet[Person]:
    """Give the persons of a case with their episodes and places."""
    episodes = Exploitation.objects.prefetch_related("places").order_by("start_month", "exploitation_id")
    return case.persons.prefetch_related(Prefetch("episodes", episodes)).order_by("first_registered", "person_id")


def list_cases(reader: Account, wanted: Mapping[str, Any], begin: str = "") -> CasePage:
    """Give a page of the cases that the reader may see, narrowed to what is wanted, newest first."""
    cases = narrow(Case.objects.visible_to(reader), wanted)
    counted = cases.order_by()[: MOST_COUNTED + 1].values("pk").count()
    found = list(
        _after(cases, begin)
        .select_related("owner")
        .prefetch_related("persons__episodes")
        .order_by("-opened_on", "case_id")[: CASES_ON_A_PAGE + 1]
    )
    shown = found[:CASES_ON_A_PAGE]
    older = f"{shown[-1].opened_on:%Y%m%d}{shown[-1].pk.hex}" if len(found) > CASES_ON_A_PAGE else ""
    return CasePage(shown, min(counted, MOST_COUNTED), counted > MOST_COUNTED, older)


def narrow(cases: Any, wanted: Mapping[str, Any]) -> Any:
    """Keep the cases that are wanted: by state, owner, day or code, or by what is known of a person in them."""
    for name, column in COLUMNS.items():
        if wanted.get(name):
            cases = cases.filter(**{column: wanted[name]})
    if keys := keys_of_code(wanted.get("code") or ""):
        persons = Person.objects.filter(cases=OuterRef("pk"), pk__range=keys)
        cases = cases.filter(Q(pk__range=keys) | Exists(persons))
    about = {name: wanted[name] for name in ("status", "gender", "age_band") if wanted.get(name)}
    if about:
        cases = cases.filter(Exists(Person.objects.filter(cases=OuterRef("pk"), **about)))
    if wanted.get("main_form"):
        cases = cases.filter(Exists(Exploitation.objects.filter(case=OuterRef("pk"), main_form=wanted["main_form"])))
    return cases


def _after(cases: Any, begin: str) -> Any:
    """Go on below the last case of the page before, also when cases were opened meanwhile."""
    if not begin:
        return cases
    day, key = f"{begin[:4]}-{begin[4:6]}-{begin[6:8]}", UUID(begin[8:])
    return cases.filter(Q(opened_on__lt=day) | Q(opened_on=day, pk__gt=key))


def changes_of(case: Case) -> QuerySet[Change]:
    """Give every change of a case and of what is recorded about its persons, newest first."""
    holders = [case.pk, *case.persons.values_list("pk", flat=True)]
    return Change.objects.filter(key_record__in=holders).select_related("changed_by").order_by("-changed_at", "field")
