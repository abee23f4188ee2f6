"""Measure the bed board and the pages of referrals in this process, on SQLite or on ZICHT_TEST_DATABASE_URL.

Prints one line of JSON for each size. The requests are real but for the network, as in benchmarks/register.py. Every
referral rests on a consent, which is asked anew at each request, and three quarters of the 203 places are taken.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from uuid import UUID

# First, since it sets up Django with the settings of the tests.
from benchmarks.register import EACH, Register, Work, accepted, browser_of, get, run, take  # isort: skip
from django.db.models import QuerySet
from django.utils import timezone

from zicht.care import rules
from zicht.care.accounts import actions as accounts
from zicht.care.clocks import actions as clocks
from zicht.care.models import Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.care.plan import actions as plan
from zicht.care.plan import tasks
from zicht.care.plan.doors import Door, find_own
from zicht.care.safety import actions as safety
from zicht.cases.models import Case, Consent, Share
from zicht.people.actions import create_organisation, invite_account
from zicht.people.models import Account

SHELTERS, PLACES = 29, 7
STAYS, HOLDS, WAITS = 150, 15, 60
PAST = 3_000  # stays that ended
LONGEST = 42


class Growing(Register):
    """A register that grows, and a shelter organisation that people of it are referred to."""

    def __init__(self) -> None:
        super().__init__()
        values = {"org_name": "Shelters", "org_type": "shelter", "legal_regime": "care"}
        administrator = accepted(create_organisation(values, login="admin2", shown_as="Admin").code)
        self.host = accepted(
            invite_account(administrator, login="host", shown_as="Host", roles=["shelter_worker"]).code
        )
        self.host_browser = browser_of(self.host)
        self.houses = [_house(self.host) for _ in range(SHELTERS)]
        QuerySet[Shelter](Shelter).bulk_create(self.houses)
        self.referrals: list[Referral] = []
        self.supported: list[str] = []

    def grow(self, persons: int) -> None:
        """Add persons, and let the newest of them be referred, wait and stay; at the first size only."""
        super().grow(persons)
        if not self.referrals:
            self._fill()

    def _fill(self) -> None:
        # Somebody who is in several cases is referred once.
        pairs = dict(Case.persons.through.objects.values_list("person_id", "case_id")[: STAYS + HOLDS + WAITS + PAST])
        consents = [_consent(self.host, person) for person in pairs]
        shares = [_share(self.staff["case_worker"], self.host, consent) for consent in consents]
        QuerySet[Consent](Consent).bulk_create(consents)
        QuerySet[Share](Share).bulk_create(shares)
        self.referrals = [
            _referral(self.host, case, person, share)
            for (person, case), share in zip(pairs.items(), shares, strict=True)
        ]
        QuerySet[Referral](Referral).bulk_create(self.referrals)
        self._place()
        self.supported = list(self._support())

    def _support(self) -> Iterator[str]:
        """Let a few people be supported as somebody is after a year; give the addresses of their pages."""
        worker = self.staff["case_worker"]
        for one in self.referrals[:EACH]:
            Case.objects.filter(pk=one.case_id).update(owner=worker)
            door = find_own(worker, one.case_id, one.person_id)
            if door is not None:
                _support(worker, door)
                yield f"/staff/care/cases/{one.case_id}/persons/{one.person_id}/"

    def _place(self) -> None:
        now, today = timezone.now(), timezone.localdate()
        stays, rest = self.referrals[:STAYS], self.referrals[STAYS:]
        QuerySet[Stay](Stay).bulk_create(_stay(one, self.houses[n // 6], today) for n, one in enumerate(stays))
        begun = rules.whole_hour(now)
        held = {"held_at": begun, "expires_at": rules.hold_until(now, 24), "by": self.host}
        QuerySet[Hold](Hold).bulk_create(
            Hold(shelter=self.houses[n], referral=one, **held) for n, one in enumerate(rest[:HOLDS])
        )
        waiting = {"place_kind": "crisis_minor", "urgency": "u2_today", "asked_on": today}
        QuerySet[WaitingListEntry](WaitingListEntry).bulk_create(
            WaitingListEntry(referral=one, **waiting) for one in rest[HOLDS : HOLDS + WAITS]
        )
        gone = [_stay(one, self.houses[n % SHELTERS], today, 100 + n) for n, one in enumerate(rest[HOLDS + WAITS :])]
        QuerySet[Stay](Stay).bulk_create(gone)

    def load(self) -> None:
        """Load the code of every page."""
        take(get(self.host_browser, "/staff/shelter/"))

    def works(self) -> Iterator[tuple[str, list[Work]]]:
        """Give what is measured, each as many pieces of work."""
        some = self.referrals[:EACH]
        yield "bed board", [get(self.host_browser, "/staff/shelter/")] * EACH
        yield "page of a referral", [get(self.host_browser, f"/staff/care/referrals/{one.pk}/") for one in some]
        yield "list of what was referred", [get(self.host_browser, "/staff/care/")] * EACH
        cases = [get(self.browsers["case_worker"], f"/staff/care/cases/{one.case_id}/") for one in some]
        yield "referrals of a case", cases
        worker = self.browsers["case_worker"]
        yield "person's page", [get(worker, address) for address in self.supported]
        yield "my tasks", [get(worker, "/staff/tasks/")] * EACH


def _support(worker: Account, door: Door) -> None:
    """Give one person eight goals, twelve tasks, terms, two safety plans, three accounts and a way of contact."""
    today = timezone.localdate()
    plan.open_plan(worker, door, {"agreement": "not_yet", "review_on": today})
    for domain in ("safety", "housing", "health", "mind", "legal", "income", "school", "work"):
        plan.add_goal(worker, door, {"domain": domain, "support": "social", "objective": "Rest.", "action": "Wait."})
    task: dict[str, object] = {"kind": "legal", "what": "Ask the lawyer.", "assigned_to": worker.pk, "due_on": today}
    for _ in range(12):
        tasks.give_task(worker, door, task)
    safe: dict[str, object] = {"risks": ["images"], "steps": "Stay in.", "made_with_person": True, "review_on": today}
    told: dict[str, object] = {"told_on": today, "told_to": "writer", "setting": "talk_alone", "text": "Two weeks."}
    for _ in range(2):
        safety.make_safety_plan(worker, door, safe)
    for _ in range(3):
        accounts.write_account(worker, door, {**told, "language": "nl", "interpreter": False})
    contact: dict[str, object] = {"channel": "call", "hours": "mon,tue 09:00-17:00", "checked_on": today}
    if door.case.is_open:
        safety.agree_contact(worker, door, {**contact, "must_not_know": ["partner"], "leave_message": False})
    clocks.start_clock(worker, door, "reflection_3m", today)


def _house(host: Account) -> Shelter:
    return Shelter(org=host.org, place_kind="crisis_minor", capacity=PLACES, max_stay_days=LONGEST)


def _consent(host: Account, person: UUID) -> Consent:
    given = {"purpose": "referral", "answer": "yes", "given_by": "self", "wording_version": "1"}
    return Consent(person_id=person, recipient=host.org, asked_on=timezone.localdate(), **given)


def _share(worker: Account, host: Account, consent: Consent) -> Share:
    return Share(
        org=worker.org,
        compartment="help",
        what=rules.written_in_share(rules.FIRST_CHOSEN),
        record_ref=consent.person_id or consent.pk,
        to_org=host.org,
        basis=["a6_consent"],
        shared_at=timezone.now(),
        by=worker,
        consent=consent,
    )


def _referral(host: Account, case: UUID, person: UUID, share: Share) -> Referral:
    today = timezone.localdate()
    days = {"sent_on": today, "decided_on": today, "arrived_on": today}
    return Referral(
        case_id=case,
        person_id=person,
        from_org_id=share.org_id,
        to_org=host.org,
        reason="shelter",
        state="arrived",
        share=share,
        **days,
    )


def _stay(referral: Referral, house: Shelter, today: dt.date, ago: int = 0) -> Stay:
    begin = today - dt.timedelta(days=ago or 10)
    ended = {"until_date": begin + dt.timedelta(days=30), "end_reason": "moved_on"} if ago else {}
    planned = begin + dt.timedelta(days=LONGEST)
    return Stay(
        shelter=house, person_id=referral.person_id, referral=referral, from_date=begin, planned_until=planned, **ended
    )


if __name__ == "__main__":
    run(Growing, [int(size) for size in sys.argv[1:]])
