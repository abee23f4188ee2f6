"""Who acts in the tests of the rights of persons, and what was answered and shared for them."""

import datetime as dt
from functools import cached_property

from django.utils import timezone
from tests.cases.cast import EPISODE, PERSON
from tests.cases.cast import Cast as CasesCast
from tests.people.cast import colleague, organisation

from zicht.cases import actions
from zicht.cases.models import Case, Consent, Exploitation, Person, Share, SubjectRequest
from zicht.cases.rights.consent import actions as consent_actions
from zicht.cases.rights.requests import actions as request_actions
from zicht.people.models import Account, Organisation
from zicht.people.sealed import make_key

ASKED = dt.date(2026, 3, 3)
REGISTERED = 2026
CONSENT: dict[str, object] = {
    "purpose": "referral",
    "answer": "yes",
    "given_by": "self",
    "why_able": "is 17 and understands what it means",
    "asked_on": ASKED,
    "wording_version": "2026-1 nl",
}


class Cast(CasesCast):
    """Everybody in the tests of this folder."""

    @cached_property
    def recipient(self) -> Organisation:
        """A shelter that data may go to."""
        return self.stranger.org

    @cached_property
    def care_worker(self) -> Account:
        """Works on cases at a shelter under the care laws."""
        return colleague(self.stranger, "tineke", "case_worker")

    @cached_property
    def youth_worker(self) -> Account:
        """Works on cases under the youth care law."""
        return colleague(organisation("Youth care", "youth_care", "youth_care", "jan"), "jet", "case_worker")

    def person_of(self, by: Account, **values: object) -> tuple[Case, Person]:
        """Register somebody in a case of an account's own."""
        case = actions.open_case(by, {"opened_on": dt.date(2026, 3, 2)})
        return case, actions.add_person(by, case, {**PERSON, **values})

    def answer(self, by: Account, case: Case, person: Person, **values: object) -> Consent:
        """Record what somebody answered about the shelter."""
        asked = {**CONSENT, "recipient": self.recipient.pk, **values}
        return consent_actions.record_consent(by, case, person, asked)

    def name_a_parent(self, case: Case, person: Person) -> Exploitation:
        """Write down that a parent is among the alleged perpetrators."""
        return actions.add_episode(self.case_worker, case, person, {**EPISODE, "relations": ["parent"]})

    def request(self, by: Account, person: Person | None, **values: object) -> SubjectRequest:
        """Take a request of somebody to see their data."""
        asked = {"kind": "access", "asked_by": "self", "checked_how": "known_helper", "received_on": ASKED}
        return request_actions.take_request(by, {**asked, **values}, person)

    def share(self, by: Account, person: Person, consent: Consent | None = None) -> Share:
        """Write down that data about somebody went to the shelter."""
        share = Share(
            org=by.org,
            compartment=person.compartment,
            what="person",
            record_ref=person.pk,
            to_org=self.recipient,
            basis=["a6_consent"],
            necessity="a bed for tonight",
            shared_at=timezone.now(),
            by=by,
            consent=consent,
        )
        make_key(share)
        share.save(force_insert=True)
        return share
