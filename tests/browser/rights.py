"""What the pages about the rights of persons show: a consent that was set aside, requests, a breach, an old case."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from tests.browser.register import CASE, PERSON, SIBLING, STATUS
from zicht.cases import actions
from zicht.cases.models import Case, Person
from zicht.cases.rights.breaches.actions import record_breach
from zicht.cases.rights.consent.actions import record_consent
from zicht.cases.rights.requests.actions import take_request
from zicht.people.models import Account

CONSENT, ASIDE = UUID("71111111-1111-4111-8111-111111111111"), UUID("72222222-2222-4222-8222-222222222222")
REQUEST, OF_A_PARENT = UUID("73333333-3333-4333-8333-333333333333"), UUID("74444444-4444-4444-8444-444444444444")
BREACH = UUID("75555555-5555-4555-8555-555555555555")
OWN, OTHER = f"/staff/cases/{CASE}/persons/{PERSON}/consents/", f"/staff/cases/{CASE}/persons/{SIBLING}/consents/"
ROOT = "/staff/cases/rights/"
LONG_AGO = dt.date(2019, 5, 6)
OF_CASE_WORKERS = (
    OWN,
    OTHER,
    f"{OTHER}add/",
    f"{OWN}{CONSENT}/withdraw/",
    f"{OTHER}{ASIDE}/decide/",
    ROOT,
    f"{ROOT}requests/",
    f"{ROOT}requests/take/",
    f"{ROOT}requests/{REQUEST}/",
    f"{ROOT}requests/{OF_A_PARENT}/",
    f"{ROOT}requests/{OF_A_PARENT}/answer/",
    f"{ROOT}requests/{REQUEST}/extend/",
    f"{ROOT}requests/{REQUEST}/erase/",
)
OF_PRIVACY_OFFICERS = (
    ROOT,
    f"{ROOT}requests/",
    f"{ROOT}retention/",
    f"{ROOT}retention/set/",
    f"{ROOT}retention/erase/",
    f"{ROOT}breaches/",
    f"{ROOT}breaches/add/",
    f"{ROOT}breaches/{BREACH}/",
    f"{ROOT}breaches/{BREACH}/change/told/",
    f"{ROOT}processing/",
    f"{ROOT}processing/dpia/",
)


def make_rights(owner: Account, officer: Account) -> None:
    """Record what was answered and asked for the two people of the first case, a breach, and a case past its term."""
    today = timezone.localdate()
    case, person, sibling = Case.objects.get(pk=CASE), Person.objects.get(pk=PERSON), Person.objects.get(pk=SIBLING)
    yes = {"purpose": "police", "answer": "yes", "given_by": "self", "asked_on": today, "wording_version": "2026-1 nl"}
    why = {"why_able": "Is 16, understands what it means and asked for it."}
    record_consent(owner, case, person, {**yes, **why}, consent_id=CONSENT)
    by_parent = {**yes, "given_by": "parent", "why_able": "Has authority."}
    record_consent(owner, case, sibling, by_parent, consent_id=ASIDE)
    actions.add_episode(owner, case, sibling, {"forms": ["sexual"], "relations": ["parent"]})
    asked = {"kind": "erase", "asked_by": "self", "checked_how": "known_helper", "received_on": today}
    take_request(owner, asked, person, request_id=REQUEST)
    late = {**asked, "kind": "access", "asked_by": "parent", "received_on": today - dt.timedelta(days=40)}
    take_request(owner, late, sibling, request_id=OF_A_PARENT)
    found_at = timezone.now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=60)
    told = {"kind": "sent_wrong", "entities": ["person"], "risk": "high", "facts": "A file went to the wrong office."}
    record_breach(officer, {**told, "found_at": found_at}, breach_id=BREACH)
    _make_old_case(owner)


def _make_old_case(owner: Account) -> None:
    old = actions.open_case(owner, {"opened_on": LONG_AGO})
    somebody = actions.add_person(owner, old, STATUS)
    Case.objects.filter(pk=old.pk).update(
        state="closed", closed_on=LONG_AGO, closure_reason="goals_met", changed_on=LONG_AGO
    )
    Person.objects.filter(pk=somebody.pk).update(changed_on=LONG_AGO)
