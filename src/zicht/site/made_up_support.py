"""Made-up support for the demo: a plan, tasks, safety, legal terms, a conference and what was told, of a few people."""

import datetime as dt
import struct
import zlib
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from zicht.care.accounts import actions as accounts
from zicht.care.attachments import actions as attachments
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

PLAN_RISKS = ["contact_sought", "phone_watched"]
NEXT_STEPS = "Binnen blijven, de begeleiding bellen, en haar zus waarschuwen met het afgesproken woord."
WHAT_DONE = "Nieuwe telefoon geregeld."
WHY_NOT = "Het doel over wonen past niet bij wat zij zelf wil."
# The smallest PDF that opens: one empty page.
LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
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
# Where, how many days ago, and what; what differs from before stays beside it.
TOLD = (
    ("talk_alone", 20, "Ik was daar twee weken. Ik mocht niet naar buiten."),
    ("shelter", 10, "Het waren er misschien drie. Overdag mocht ik soms mee."),
    ("talk_trusted", 4, "Het begon in de zomer. Hoeveel weken het waren weet ik niet meer."),
)
# How each of the people can be reached: the channel, and the hours that are safe.
CONTACTS = (
    ("via_helper", "mon,tue,wed,thu,fri 10:00-17:00\nfri 22:00-00:30"),
    ("return_code", ""),
    ("call", "wed 13:00-15:00\nsun 20:00-21:00"),
)
# What was decided in the conference: domain, kind, what, in how many days, and whether the police do it.
DECIDED = (
    ("legal", "legal", "Informatief gesprek voorbereiden.", 9, False),
    ("safety", "protect", "Noodknop regelen.", 3, True),
    ("housing", "shelter", "Vervolgplek zoeken buiten de regio.", 21, False),
)


@transaction.atomic
def make_support(worker: Account, colleague: Account, police: Organisation, host: Account) -> None:
    """Make the support of a few people that the worker referred, unless there is some."""
    if CarePlan.objects.exists():
        return
    for door, contact, answer in zip(_doors(worker, colleague), CONTACTS, ("approved", "", "declined"), strict=False):
        _make_plan(worker, colleague, door, answer)
        _make_safe(worker, colleague, door)
        _make_contact(worker, door, *contact)
        _make_told(worker, door)
        _make_files(worker, door)
        _make_conference(worker, door.case, police)
    _make_received(host)


def _doors(worker: Account, colleague: Account) -> Iterator[Door]:
    """Come to people of open cases who were referred; the colleague joins the team of each case."""
    sent = Referral.objects.filter(case__org=worker.org_id, case__closed_on=None, person__restricted_on=None)
    chosen: dict[object, Referral] = {}
    for one in sent.filter(state__in=("sent", "accepted", "arrived")).order_by("sent_on", "pk"):
        chosen.setdefault(one.case_id, one)
    for one in list(chosen.values())[: len(CONTACTS)]:
        case = Case.objects.get(pk=one.case_id)
        cases.set_team(worker, case, worker, [colleague], version=case.version)
        if door := find_own(worker, one.case_id, one.person_id):
            yield door


def _in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def _make_plan(worker: Account, colleague: Account, door: Door, answer: str) -> None:
    values = {"agreement": "together", "agreed_on": _in_days(0), "review_on": _in_days(30)}
    actions.open_plan(worker, door, values)
    for goal in GOALS:
        actions.add_goal(worker, door, {**goal, "planned_end": _in_days(60)})
    for number, (kind, what, days) in enumerate(TASKS):
        assigned = worker.pk if number % 2 == 0 else colleague.pk
        tasks.give_task(worker, door, {"kind": kind, "what": what, "assigned_to": assigned, "due_on": _in_days(days)})
    done = tasks.give_task(worker, door, {"kind": "safety", "what": WHAT_DONE, "assigned_to": worker.pk})
    tasks.move_task(worker, door, done.pk, "done")
    approvals.ask_approval(colleague, door, "plan", worker.pk)
    if answer:
        approvals.answer_approval(worker, door, "plan", answer, "" if answer == "approved" else WHY_NOT)


def _make_safe(worker: Account, colleague: Account, door: Door) -> None:
    """Keep two versions of a safety plan, of which a colleague approved the newer one, and let a legal term run."""
    plan: dict[str, object] = {
        "risks": PLAN_RISKS,
        "warning_signs": "Onbekende auto voor de deur.",
        "steps": "Binnen blijven en de begeleiding bellen.",
        "who_does": "De opvang belt de politie; de zorgcoördinator belt de advocaat.",
        "made_with_person": True,
        "review_on": _in_days(14),
    }
    safety.make_safety_plan(worker, door, plan)
    safety.make_safety_plan(worker, door, {**plan, "risks": [*PLAN_RISKS, "family_harm"], "steps": NEXT_STEPS})
    approvals.ask_approval(worker, door, "safety_plan", colleague.pk)
    approvals.answer_approval(colleague, door, "safety_plan", "approved")
    clocks.start_clock(worker, door, "reflection_3m", _in_days(-80))


def _make_contact(worker: Account, door: Door, channel: str, hours: str) -> None:
    contact: dict[str, object] = {
        "channel": channel,
        "hours": hours,
        "code_phrase": "Is de blauwe fiets al terug?",
        "must_not_know": ["partner"],
        "leave_message": False,
        "checked_on": _in_days(-3),
    }
    safety.agree_contact(worker, door, contact)


def _make_told(worker: Account, door: Door) -> None:
    """Keep what was told three times; the person agreed to the first when it was read back."""
    kept = []
    for setting, days, text in TOLD:
        told: dict[str, object] = {"told_on": _in_days(-days), "told_to": "writer", "setting": setting}
        values = {**told, "language": "nl", "interpreter": False, "text": text}
        kept.append(accounts.write_account(worker, door, values))
    accounts.note(worker, door, kept[0].pk, "read_back")


def _make_files(worker: Account, door: Door) -> None:
    letter: dict[str, object] = {"kind": "letter", "note": "Verzonnen brief over de bedenktijd."}
    attachments.add_file(worker, door, letter, LETTER)
    attachments.add_file(worker, door, {"kind": "screen", "note": "Verzonnen berichten."}, _draw_screen())


def _draw_screen() -> bytes:
    """Draw a small picture of nothing: lines of grey, as a PNG."""
    width, height = 64, 48
    rows = b"".join(b"\0" + bytes([230 if row % 8 < 6 else 150] * width) for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)  # 8 bits of grey
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


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
    for domain, kind, what, days, is_police in DECIDED:
        does = {"by_org": police.pk} if is_police else {"by_org": case.org_id, "owner": worker.pk}
        decision: dict[str, object] = {"domain": domain, "kind": kind, "what": what, "due_on": _in_days(days), **does}
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
