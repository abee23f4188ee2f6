"""Made-up support for the demo: a plan, tasks, safety, legal terms, a conference and what was told, of a few people."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from zicht.care.accounts import actions as accounts
from zicht.care.clocks import actions as clocks
from zicht.care.conferences import actions as conferences
from zicht.care.models import Referral
from zicht.care.plan import actions, approvals, tasks
from zicht.care.plan.doors import Door, find_own, find_received
from zicht.care.plan.models import CarePlan
from zicht.care.safety import actions as safety
from zicht.cases import actions as cases
from zicht.cases.models import Case
from zicht.people.models import Account, Organisation

PERSONS = 3
GOALS: tuple[dict[str, object], ...] = (
    {
        "domain": "housing",
        "support": "shelter",
        "objective": "Een eigen kamer.",
        "action": "Aanmelden bij begeleid wonen.",
    },
    {"domain": "mind", "support": "trauma", "objective": "Weer slapen.", "action": "Intake bij de behandelaar."},
    {"domain": "school", "support": "education", "objective": "De opleiding afmaken."},
)
# Kind, what, and in how many days; one is late.
TASKS = (
    ("contact", "Vragen hoe het gaat, volgens afspraak.", -2),
    ("legal", "Met de advocaat de termijn doorspreken.", 0),
    ("referral", "Aanmelding begeleid wonen opvolgen.", 5),
    ("other", "Paspoort aanvragen.", 21),
)
TOLD = (
    ("talk_alone", "Ik was daar twee weken. Ik mocht niet naar buiten."),
    ("shelter", "Het waren er misschien drie. Overdag mocht ik soms mee."),
)


@transaction.atomic
def make_support(worker: Account, colleague: Account, police: Organisation, host: Account) -> None:
    """Make the support of a few people that the worker referred, unless there is some."""
    if CarePlan.objects.exists():
        return
    for door in _doors(worker, colleague):
        _make_plan(worker, colleague, door)
        _make_safe(worker, door)
        _make_told(worker, door)
        _make_conference(worker, door.case, police)
    _make_received(host)


def _doors(worker: Account, colleague: Account) -> Iterator[Door]:
    """Come to people of open cases who were referred; the colleague joins the team of each case."""
    sent = Referral.objects.filter(case__org=worker.org_id, case__closed_on=None, person__restricted_on=None)
    chosen: dict[object, Referral] = {}
    for one in sent.filter(state__in=("sent", "accepted", "arrived")).order_by("sent_on", "pk"):
        chosen.setdefault(one.case_id, one)
    for one in list(chosen.values())[:PERSONS]:
        case = Case.objects.get(pk=one.case_id)
        cases.set_team(worker, case, worker, [colleague], version=case.version)
        if door := find_own(worker, one.case_id, one.person_id):
            yield door


def _in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def _make_plan(worker: Account, colleague: Account, door: Door) -> None:
    values = {"agreement": "together", "agreed_on": _in_days(0), "review_on": _in_days(30)}
    actions.open_plan(worker, door, values)
    for goal in GOALS:
        actions.add_goal(worker, door, {**goal, "planned_end": _in_days(60)})
    for number, (kind, what, days) in enumerate(TASKS):
        assigned = worker.pk if number % 2 == 0 else colleague.pk
        tasks.give_task(worker, door, {"kind": kind, "what": what, "assigned_to": assigned, "due_on": _in_days(days)})
    approvals.ask_approval(colleague, door, "plan", worker.pk)


def _make_safe(worker: Account, door: Door) -> None:
    plan: dict[str, object] = {
        "risks": ["contact_sought", "phone_watched"],
        "warning_signs": "Onbekende auto voor de deur.",
        "steps": "Binnen blijven en de begeleiding bellen.",
        "who_does": "De opvang belt de politie; de zorgcoördinator belt de advocaat.",
        "made_with_person": True,
        "review_on": _in_days(14),
    }
    safety.make_safety_plan(worker, door, plan)
    contact: dict[str, object] = {
        "channel": "via_helper",
        "hours": "mon,tue,wed,thu,fri 10:00-17:00\nfri 22:00-00:30",
        "code_phrase": "Is de blauwe fiets al terug?",
        "must_not_know": ["partner"],
        "leave_message": False,
        "checked_on": _in_days(-3),
    }
    safety.agree_contact(worker, door, contact)
    clocks.start_clock(worker, door, "reflection_3m", _in_days(-80))


def _make_told(worker: Account, door: Door) -> None:
    for setting, text in TOLD:
        told: dict[str, object] = {"told_on": _in_days(-10), "told_to": "writer", "setting": setting, "language": "nl"}
        accounts.write_account(worker, door, {**told, "interpreter": False, "text": text})


def _make_conference(worker: Account, case: Case, police: Organisation) -> None:
    values: dict[str, object] = {
        "held_on": _in_days(-6),
        "chair_org": case.org_id,
        "roles": ["chair", "care_coordinator", "police", "lawyer"],
        "without_identity": True,
        "basis": ["a6_public"],
        "decisions": "Besproken waar veilig verblijf mogelijk is.",
    }
    conference = conferences.write_conference(worker, case, values, conferences.Held((case.org_id, police.pk)))
    decision: dict[str, object] = {
        "domain": "legal", "kind": "legal", "what": "Informatief gesprek voorbereiden.", "by_org": case.org_id,
        "owner": worker.pk, "due_on": _in_days(9),
    }  # fmt: skip
    conferences.add_decision(worker, case, conference.pk, decision)
    conferences.answer(worker, case, conference.pk, police.pk, "approved")


def _make_received(host: Account) -> None:
    """Let the shelter have a plan of its own for one person who stays there."""
    for referral in Referral.objects.filter(to_org=host.org_id, state="arrived", case__closed_on=None).order_by("pk"):
        door = find_received(host, referral.pk)
        if door is not None:
            actions.open_plan(host, door, {"agreement": "not_yet", "review_on": _in_days(20)})
            actions.add_goal(host, door, GOALS[0])
            task = {
                "kind": "safety",
                "what": "Dagelijks veiligheid nagaan.",
                "assigned_to": host.pk,
                "due_on": _in_days(1),
            }
            tasks.give_task(host, door, task)
            return
