"""Through which door somebody comes to a person: the own case, or a referral that stands.

Behind the first, whoever sees the case sees codes and days, and the team reads and writes texts. Behind the second
stands only what the receiving organisation itself wrote, as long as the referral stands: from the moment of a
withdrawal nobody comes through any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zicht.care.models import Referral
from zicht.care.plan.models import CarePlan
from zicht.care.referrals import actions as referrals
from zicht.care.referrals import queries
from zicht.care.rules import MAY_BE_PLACED
from zicht.cases import queries as cases
from zicht.cases import saving
from zicht.cases.errors import NotAllowedError, NotThereError, RestrictedError
from zicht.cases.models import Case, Person
from zicht.people.models import Account


@dataclass(frozen=True, slots=True)
class Door:
    """A person, the case, and what somebody may do with what stands about the person here."""

    case: Case
    person: Person
    org_id: UUID  # whose plan
    referral: Referral | None
    reads_texts: bool

    @property
    def is_own(self) -> bool:
        """Tell whether the case is of the organisation itself."""
        return self.referral is None

    @property
    def may_write(self) -> bool:
        """Tell whether something can be written: by whoever reads it, and not while the use of the data is limited."""
        return self.reads_texts and self.person.restricted_on is None


def find_own(reader: Account, case_id: UUID, person_id: UUID) -> Door | None:
    """Find a person in a case that the reader sees."""
    case = cases.find_case(reader, case_id)
    person = cases.find_person(reader, case, person_id) if case else None
    if case is None or person is None:
        return None
    return Door(case, person, case.org_id, None, cases.is_on_it(reader, case, case.team.filter(pk=reader.pk)))


def find_received(reader: Account, referral_id: UUID) -> Door | None:
    """Find a person whom the reader's organisation accepted, as long as the referral stands."""
    referral = queries.find_received(reader, referral_id) if reader.has_perm("care.support") else None
    return _received(referral) if referral and referral.state in MAY_BE_PLACED else None


def _received(referral: Referral) -> Door:
    return Door(referral.case, referral.person, referral.to_org_id, referral, reads_texts=True)


def ways_to_received(reader: Account, persons: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Give of some persons those whom the reader's organisation accepted, with the referral that leads to each now."""
    some = set(persons) if reader.has_perm("care.support") else set()
    found = Referral.objects.filter(to_org=reader.org_id, state__in=MAY_BE_PLACED, person__in=some)
    found = found.order_by("sent_on", "pk")  # of two that stand the last one leads there
    persons_of = dict(found.values_list("pk", "person_id")) if some else {}
    standing = queries.standing_cases(persons_of)
    return {person: key for key, person in persons_of.items() if key in standing}


def pass_through(by: Account, door: Door) -> Door:
    """Ask once more who may, about the account as it is now, and keep others from changing the person meanwhile.

    Raises NotThereError or NotAllowedError for whoever may not, RestrictedError while the use of the data is limited.
    """
    reader = Account.objects.get(pk=by.pk)
    if door.referral is not None:
        # The person first, as everywhere: two who wait for each other would wait for ever.
        Person.objects.select_for_update(of=("self",)).filter(pk=door.person.pk).first()
        found = find_received(reader, referrals.lock_received(reader, door.referral).pk)
    else:
        held = saving.lock(reader, Person, door.person.pk, cases=door.case)
        found = find_own(reader, door.case.pk, held.pk)
    if found is None:
        raise NotThereError
    return _refuse_unless_written(found)


def pass_own(by: Account, door: Door) -> Door:
    """Do the same for what only the organisation of the case keeps; who received somebody has no part in it."""
    if not door.is_own:
        raise NotAllowedError
    return pass_through(by, door)


def _refuse_unless_written(door: Door) -> Door:
    if not door.reads_texts:
        raise NotAllowedError
    if door.person.restricted_on:
        raise RestrictedError
    return door


def pass_into_case(by: Account, case: Case) -> Case:
    """Do the same for what is about a case as a whole."""
    reader = Account.objects.get(pk=by.pk)
    held = saving.lock(reader, Case, case.pk)
    if not cases.may_read_text(reader, held):
        raise NotAllowedError
    return held


def open_plan_of(door: Door) -> CarePlan | None:
    """Give the plan that the organisation of a door has for the person now."""
    found: CarePlan | None = CarePlan.objects.filter(person=door.person, org=door.org_id, closed_on=None).first()
    return found


def touch(door: Door) -> None:
    """Note that something about the person changed; who received somebody changes nothing of the sender's record."""
    if door.is_own:
        saving.touch(door.person)


def colleagues_behind(door: Door) -> list[Account]:
    """Give the colleagues who come through the same door and read what stands behind it."""
    if door.referral is None:
        return team_of(door.case)
    found = Account.objects.filter(org=door.org_id, status="active").prefetch_related("grants")
    return [one for one in found.order_by("shown_as", "login") if one.has_perm("care.support")]


def team_of(case: Case) -> list[Account]:
    """Give who reads the texts of a case: its owner and its team."""
    on_it = [case.owner_id, *case.team.values_list("pk", flat=True)]
    return list(Account.objects.filter(pk__in=on_it, status="active").order_by("shown_as", "login"))
