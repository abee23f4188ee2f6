"""Who acts in the tests of care: the helpline refers, the shelter receives, the police must see nothing."""

import datetime as dt
from functools import cached_property

from tests.cases.cast import PERSON
from tests.cases.cast import Cast as CasesCast
from tests.people.cast import colleague

from zicht.care.models import Hold, Referral, Shelter, Stay
from zicht.care.referrals import actions as referrals
from zicht.care.referrals.actions import Terms
from zicht.care.shelter import actions as shelter
from zicht.cases import actions
from zicht.cases.models import Case, Consent, Person
from zicht.cases.rights.consent.actions import record_consent
from zicht.cases.sharing import Ground
from zicht.people.actions import add_partner
from zicht.people.models import Account, Organisation

BY_CONSENT = Terms(ground=Ground(("a6_consent", "a9_explicit"), "A place is needed tonight."))
BY_DUTY = Terms(ground=Ground(("a6_vital",), "Danger tonight, and she cannot be asked."))
WISH: dict[str, object] = {
    "reason": "shelter",
    "support": ["shelter"],
    "place_kind": "crisis_minor",
    "urgency": "u2_today",
}
PLACES: dict[str, object] = {
    "place_kind": "crisis_minor",
    "capacity": 7,
    "max_stay_days": 42,
    "accepts_age_bands": ["12_15", "16_17"],
    "region": "Utrecht",
}


class Cast(CasesCast):
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    @cached_property
    def host(self) -> Account:
        """Works in the shelter and places people there."""
        return colleague(self.stranger, "hanna", "shelter_worker")

    @cached_property
    def keeper(self) -> Account:
        """Coordinates care at the shelter, and says which places there are."""
        return colleague(self.stranger, "kees", "care_coordinator")

    @cached_property
    def partner(self) -> Organisation:
        """Helps people too, and does not use Zicht: nobody signs in there."""
        return add_partner(
            self.administrator, {"org_name": "Youth help", "org_type": "youth_care", "legal_regime": "youth_care"}
        )

    def refer_outside(self, terms: Terms = BY_CONSENT) -> Referral:
        """Let a referral to the partner outside stand."""
        case, person = self.somebody()
        if terms is BY_CONSENT:
            self.says(person, case=case, to=self.partner)
        proposed = referrals.propose(self.case_worker, case, person, self.partner, WISH)
        return referrals.send(self.case_worker, case, proposed, terms)

    @cached_property
    def theirs(self) -> Organisation:
        """The organisation that has the shelter; somebody works there."""
        return self.host.org

    @cached_property
    def house(self) -> Shelter:
        """Seven places for young people, at most six weeks."""
        return shelter.open_shelter(self.keeper, PLACES)

    def says(
        self, person: Person, answer: str = "yes", case: Case | None = None, to: Organisation | None = None
    ) -> Consent:
        """Record what a person of 16 or over answers about passing on, to the shelter unless told otherwise."""
        values = {
            "purpose": "referral",
            "recipient": (to or self.theirs).pk,
            "answer": answer,
            "given_by": "self",
            "why_able": "Understands what it means.",
            "asked_on": dt.date(2026, 3, 2),
            "wording_version": "2026-1",
        }
        return record_consent(self.case_worker, case or self.case, person, values)

    def somebody(self, **values: object) -> tuple[Case, Person]:
        """Give a new case with somebody of 16 or 17."""
        case = actions.open_case(self.case_worker, {})
        return case, actions.add_person(self.case_worker, case, {**PERSON, **values})

    def refer(self, terms: Terms = BY_DUTY, **values: object) -> Referral:
        """Send a referral of somebody new to the shelter, on another ground than consent unless told otherwise."""
        case, person = self.somebody(**values)
        if terms is BY_CONSENT:
            self.says(person, case=case)
        return self.send(case, person, terms)

    def send(self, case: Case, person: Person, terms: Terms = BY_CONSENT) -> Referral:
        """Refer a person of a case to the shelter."""
        proposed = referrals.propose(self.case_worker, case, person, self.theirs, WISH)
        return referrals.send(self.case_worker, case, proposed, terms)

    def accepted(self) -> Referral:
        """Give a referral that the shelter said yes to."""
        return referrals.accept(self.host, self.refer())

    def held(self, hours: int = 24) -> Hold:
        """Give a place that is held."""
        return shelter.hold_place(self.host, self.accepted(), self.house, hours)

    def stay(self) -> Stay:
        """Give a stay that began today."""
        return shelter.begin_stay(self.host, self.held().referral)
