"""A made-up barrier approach for the demo: two models in use, actions of partners, policy of municipalities, sums.

Which municipality has which policy is drawn by lot and says nothing about the real one.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from zicht import words
from zicht.barriers.doing import actions
from zicht.barriers.holding.actions import make_sums
from zicht.barriers.meeting.actions import close_meeting
from zicht.barriers.models import BarrierModel, Meeting
from zicht.barriers.policy.actions import take_in
from zicht.barriers.processes.actions import begin_draft, publish, save_barrier
from zicht.barriers.rules import half_year_of
from zicht.people.models import Account, Organisation
from zicht.site.made_up_register.chance import Chance
from zicht.words import Barrier, Label

SEED = "zicht demo barriers"
IN_USE = ("SEXMIN", "FORCEDLAB")
WHY = "Overgenomen zoals Zicht het meebrengt, na een verzonnen werksessie met partners."
WHY_AGAIN = "Barrière toegevoegd na de evaluatie van het najaar."
ADDED = Barrier(
    "S4d",
    Label("Holiday parks report long stays paid in cash to the municipality", "Vakantieparken melden lange contant "
          "betaalde verblijven aan de gemeente"),
    "detect",
    ("business", "municipality"),
    Label("reports; visits after a report", "meldingen; bezoeken na een melding"),
)  # fmt: skip
# Barrier, area, kind of partner in charge, what, states it went through, days from today of start, due and evaluation.
AGREED = (
    (
        "S1a",
        "GM0363",
        "care_coord",
        "Gastlessen op twaalf scholen, met het nummer van de chat.",
        ("agreed", "running"),
        -200,
        30,
        10,
    ),
    (
        "S1e",
        "Nederland",
        "chat_service",
        "Chat ook op zondagavond open.",
        ("agreed", "running", "done"),
        -700,
        -400,
        -30,
    ),
    (
        "S2c",
        "Noord-Holland",
        "police",
        "Stopgesprek binnen een week na een melding van dwang.",
        ("agreed",),
        None,
        -12,
        None,
    ),
    (
        "S3a",
        "Noord-Holland",
        "police",
        "Terugkeergesprek na elke vermissing, met de vragenlijst uitbuiting.",
        ("agreed", "running"),
        -500,
        60,
        90,
    ),
    (
        "S4a",
        "GM0363",
        "municipality",
        "Training voor baliemedewerkers van dertig hotels.",
        ("agreed", "running"),
        -90,
        5,
        120,
    ),
    ("S4b", "GM0344", "municipality", "Elk kwartaal een controle met hulpverlening erbij.", (), None, 45, None),
    (
        "S6a",
        "Nederland",
        "police",
        "Advertenties volgen die op een minderjarige wijzen.",
        ("agreed", "running"),
        -300,
        200,
        14,
    ),
    (
        "S7c",
        "GM0599",
        "municipality",
        "Schulden onder dwang melden bij schuldhulp, met een vaste contactpersoon per wijkteam.",
        ("agreed", "dropped"),
        -250,
        -100,
        None,
    ),
    ("S9a", "Flevoland", "shelter", "Vervolgplek zoeken vanaf de derde week.", ("agreed", "running"), -150, 90, 150),
    (
        "L3a",
        "GM0599",
        "municipality",
        "Bij inschrijving iedereen apart spreken, met een tolk aan de lijn.",
        ("agreed", "running"),
        -400,
        20,
        7,
    ),
    ("L4c", "GM0772", "municipality", "Zes noodbedden binnen een dag na een controle.", ("agreed",), None, 75, None),
    (
        "L5a",
        "Nederland",
        "labour_insp",
        "Gesprekken buiten de werkgever om bij elke inspectie.",
        ("agreed", "running"),
        -600,
        150,
        -5,
    ),
)
STATES = {"in_use": 3.0, "adopted": 4.0, "started": 3.0, "none": 1.5, "review": 1.0}
CONTACTS = {"policy_officer": 4.0, "attention": 2.0, "safety": 3.0, "region": 1.0, "nobody": 1.0, "not_asked": 1.0}
LOOKED_UP = 0.86  # of the municipalities


def make_barriers(keeper: Account, others: Mapping[str, Account]) -> None:
    """Make the approach of who helps, and the policy that the municipality keeps, unless there is one."""
    if BarrierModel.objects.exists():
        return
    for process in IN_USE:
        draft = begin_draft(keeper, process)
        publish(keeper, draft.pk, WHY, draft.version)
    chance, partners = Chance(SEED), {one.org_type: one for one in Organisation.objects.order_by("org_name")}
    for row in AGREED[:8]:
        _agree(keeper, partners, row)
    _take_policy(keeper, chance)
    _meet(keeper)
    for row in AGREED[8:]:
        _agree(keeper, partners, row)
    draft = begin_draft(keeper, "SEXMIN")
    changed = save_barrier(keeper, draft.pk, "S4", ADDED, draft.version)
    publish(keeper, draft.pk, WHY_AGAIN, changed.version)
    for other in others.values():
        _take_policy(other, chance)
    make_sums(keeper, _half_year_before(timezone.localdate()))


def _agree(keeper: Account, partners: Mapping[str, Organisation], row: tuple[object, ...]) -> None:
    barrier, area, kind, what, states, start, due, evaluate = row
    model = BarrierModel.objects.get(org=keeper.org, state="published", process=_process_of(str(barrier)))
    values: dict[str, object] = {
        "barrier": barrier,
        "area_code": area,
        "lead_org": partners.get(str(kind), keeper.org).pk,
        "what": what,
        "start_on": _day(start),
        "due_on": _day(due),
        "evaluate_on": _day(evaluate),
        "measure": "Aantal per kwartaal, geteld door de partner.",
    }
    action = actions.add_action(keeper, model.pk, values)
    for state in states:  # type: ignore[attr-defined]
        action = actions.move_action(keeper, action.pk, str(state))
    if action.state == "done":
        told: dict[str, object] = {
            "measure_after": "Een vijfde van de gesprekken is op zondag.",
            "effect": "works",
            "evaluation": "Jongeren noemen de zondagavond als eerste rustige moment.",
        }
        actions.evaluate(keeper, action.pk, told, version=action.version)


def _take_policy(keeper: Account, chance: Chance) -> None:
    today = timezone.localdate()
    rows = []
    for code in words.municipalities():
        if not chance.happens(LOOKED_UP):
            continue
        state, checked = chance.pick(STATES), today - dt.timedelta(days=chance.between(5, 500))
        is_there = state in ("adopted", "in_use", "review")
        adopted = checked - dt.timedelta(days=chance.between(30, 900)) if is_there else None
        again = checked + dt.timedelta(days=540) if chance.happens(0.5) else None
        values: dict[str, object] = {
            "state": state,
            "source": "Verzonnen voorbeeld",
            "checked_on": checked,
            "adopted_on": adopted,
            "contact_role": chance.pick(CONTACTS),
            "contact_point": chance.happens(0.6) if is_there else None,
            "care_coordinator": chance.happens(0.5) if is_there else None,
            "staff_trained": chance.between(0, 60) if is_there else None,
            "inspections": chance.between(0, 12) if state == "in_use" else None,
            "look_again_on": again,
        }
        rows.append((code, values))
    take_in(keeper, rows)


def _meet(keeper: Account) -> None:
    """Let a meeting have been held a month ago; what is made after this is what changed since."""
    meeting = close_meeting(keeper, "Nederland")
    then = timezone.localdate() - dt.timedelta(days=30)
    # Only the day: what happened before it was closed is not told as new.
    Meeting.objects.filter(pk=meeting.pk).update(held_on=then)


def _process_of(barrier: str) -> str:
    every = words.vocabulary().processes.values()
    return next(one.name for one in every for step in one.steps.values() if barrier in step.barriers)


def _day(days: object) -> dt.date | None:
    return timezone.localdate() + dt.timedelta(days=days) if isinstance(days, int) else None


def _half_year_before(today: dt.date) -> str:
    first = dt.date(today.year, 1 if today.month < 7 else 7, 1)
    return half_year_of(first - dt.timedelta(days=1))
