"""A made-up barrier approach for the demo: models in use, one of them its own, actions of partners, policy, and sums.

Which municipality has which policy is drawn by lot and says nothing about the real one.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from zicht import words
from zicht.barriers.doing import actions
from zicht.barriers.holding.actions import make_sums
from zicht.barriers.meeting.actions import close_meeting
from zicht.barriers.models import BarrierModel, Meeting
from zicht.barriers.policy.actions import take_in
from zicht.barriers.processes.actions import begin_draft, begin_own, publish, save_barrier, save_step
from zicht.barriers.processes.content import barriers_of
from zicht.barriers.rules import days_of, half_year_of
from zicht.people.models import Account, Organisation
from zicht.site.made_up_held import decide_about_cases, take_in_reports
from zicht.site.made_up_register.chance import Chance
from zicht.words import Barrier, Label, Process, Step

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
OWN = Process(
    "PARKEN",
    Label("Exploitation at holiday parks", "Uitbuiting op vakantieparken"),
    "",
    ("sexual", "labour"),
    {
        "P1": Step(
            "P1",
            Label("Booking and stay", "Boeking en verblijf"),
            ("business", "platform", "municipality"),
            (Label("Long stays paid in cash", "Lange verblijven die contant worden betaald"),),
            (Label("Nobody sees who sleeps there", "Niemand ziet wie er slaapt"),),
            ("HOU03", "HOU04", "HOU05"),
            {
                "P1a": Barrier(
                    "P1a",
                    Label("Booking platforms ask who stays longer than a month",
                          "Boekingsplatforms vragen na wie er langer dan een maand verblijft"),
                    "detect",
                    ("platform",),
                    Label("share of long stays that was asked about", "deel van de lange verblijven dat is nagevraagd"),
                ),
                "P1b": Barrier(
                    "P1b",
                    Label("Staff of the park know signals and whom to call",
                          "Personeel van het park kent signalen en weet wie te bellen"),
                    "detect",
                    ("business", "municipality"),
                    Label("parks trained; calls", "getrainde parken; telefoontjes"),
                ),
            },
        ),
        "P2": Step(
            "P2",
            Label("Work and visits", "Werk en bezoek"),
            ("police", "labour_insp", "business"),
            (Label("Transport by the employer", "Vervoer door de werkgever"),),
            (Label("Cars at night are nobody's concern", "Auto's in de nacht vallen niemand op"),),
            ("HOU01", "HOU02", "MOV06"),
            {
                "P2a": Barrier(
                    "P2a",
                    Label("Joint visits with help at hand", "Samen langsgaan, met hulpverlening erbij"),
                    "protect",
                    ("police", "labour_insp"),
                    Label("visits; people who accepted help", "bezoeken; mensen die hulp aannamen"),
                ),
            },
        ),
        "P3": Step(
            "P3",
            Label("Leaving without a trace", "Vertrek zonder spoor"),
            ("municipality", "business"),
            (Label("No registration", "Geen inschrijving"),),
            (Label("Nobody asks where somebody went", "Niemand vraagt waar iemand naartoe ging"),),
            ("DOC06", "MOV07"),
            {
                "P3a": Barrier(
                    "P3a",
                    Label("A talk before somebody leaves", "Een gesprek voordat iemand vertrekt"),
                    "protect",
                    ("municipality",),
                    Label("talks", "gesprekken"),
                ),
            },
        ),
    },
)  # fmt: skip
WHY_OWN = "Verzonnen: gemaakt met een platform en drie gemeenten."


@dataclass(frozen=True)
class Agreed:
    """An action: barrier, area, kind of partner in charge, what, states it went through, and days from today."""

    barrier: str
    area: str
    kind: str
    what: str
    states: tuple[str, ...]
    start: int | None
    due: int | None
    evaluate: int | None
    role: str = ""


RUNS, WAS_DONE, WAS_DROPPED = ("agreed", "running"), ("agreed", "running", "done"), ("agreed", "running", "dropped")
BEFORE = (
    Agreed("S1a", "GM0363", "care_coord", "Gastlessen op twaalf scholen, met het nummer van de chat.", RUNS, -200,
           30, 10),
    Agreed("S1b", "Nederland", "platform", "Elke melding van benadering binnen een dag behandelen, met een vast "
           "aanspreekpunt.", RUNS, -260, 100, 40, "veiligheidsteam"),
    Agreed("S1e", "Nederland", "chat_service", "Chat ook op zondagavond open.", WAS_DONE, -700, -400, -30),
    Agreed("S2c", "Noord-Holland", "police", "Stopgesprek binnen een week na een melding van dwang.", ("agreed",), None,
           -12, None, "wijkagent"),
    Agreed("S3a", "Noord-Holland", "police", "Terugkeergesprek na elke vermissing, met de vragenlijst uitbuiting.",
           RUNS, -500, 60, 90),
    Agreed("S4a", "GM0363", "municipality", "Training voor baliemedewerkers van dertig hotels.", RUNS, -90, 5, 120),
    Agreed("S4b", "GM0344", "municipality", "Elk kwartaal een controle met hulpverlening erbij.", (), None, 45, None),
    Agreed("S6a", "Nederland", "police", "Advertenties volgen die op een minderjarige wijzen.", RUNS, -300, 200, 14),
    Agreed("S7c", "GM0599", "municipality", "Schulden onder dwang melden bij schuldhulp, met een vaste contactpersoon "
           "per wijkteam.", WAS_DROPPED, -250, -100, None),
)  # fmt: skip
SINCE = (
    Agreed("S6c", "Nederland", "platform", "Anonieme meldknop voor klanten die twijfelen.", ("agreed",), None, 50, None,
           "veiligheidsteam"),
    Agreed("S9a", "Flevoland", "shelter", "Vervolgplek zoeken vanaf de derde week.", RUNS, -150, 90, 150),
    Agreed("L3a", "GM0599", "municipality", "Bij inschrijving iedereen apart spreken, met een tolk aan de lijn.", RUNS,
           -400, 20, 7),
    Agreed("L4c", "GM0772", "municipality", "Zes noodbedden binnen een dag na een controle.", ("agreed",), None, 75,
           None),
    Agreed("L5a", "Nederland", "labour_insp", "Gesprekken buiten de werkgever om bij elke inspectie.", RUNS, -600,
           150, -5),
    Agreed("P1a", "Nederland", "platform", "Navraag bij elk verblijf van langer dan een maand.", RUNS, -60, 120, 60,
           "veiligheidsteam"),
)  # fmt: skip
# What was found: effect, what was measured, before and after, and on what that rests.
EVALUATED = {
    "S1e": ("works", "Geen gesprekken op zondag.", "Een vijfde van de gesprekken is op zondag.",
            "Jongeren noemen de zondagavond als eerste rustige moment."),
    "S3a": ("partly", "Bij een op de tien vermissingen een gesprek.", "Bij vier op de tien vermissingen een gesprek.",
            "Bij korte vermissingen lukt het zelden; de vragenlijst helpt wel."),
    "S7c": ("not", "Niet geteld.", "Drie meldingen in een halfjaar.",
            "Zonder vaste contactpersoon per wijkteam bleef het liggen."),
}  # fmt: skip
STATES = {"in_use": 3.0, "adopted": 4.0, "started": 3.0, "none": 1.5, "review": 1.0}
CONTACTS = {"policy_officer": 4.0, "attention": 2.0, "safety": 3.0, "region": 1.0, "nobody": 1.0, "not_asked": 1.0}
LOOKED_UP = 0.86  # of the municipalities


def make_barriers(keeper: Account, worker: Account, lead: Account, others: Iterable[Account]) -> None:
    """Make the approach of who helps, with decisions about cases, and policy that others keep, unless there is one."""
    if BarrierModel.objects.exists():
        return
    for process in IN_USE:
        draft = begin_draft(keeper, process)
        publish(keeper, draft.pk, WHY, draft.version)
    _publish_own(keeper)
    chance, partners = Chance(SEED), {one.org_type: one for one in Organisation.objects.order_by("org_name")}
    for agreed in BEFORE:
        _agree(keeper, worker, partners, agreed)
    _take_policy(keeper, chance)
    _meet(keeper)
    for agreed in SINCE:
        _agree(keeper, worker, partners, agreed)
    draft = begin_draft(keeper, "SEXMIN")
    changed = save_barrier(keeper, draft.pk, "S4", ADDED, draft.version)
    publish(keeper, draft.pk, WHY_AGAIN, changed.version)
    for other in others:
        _take_policy(other, chance)
    newest = _half_year_before(timezone.localdate())
    take_in_reports(worker, lead, newest)
    for period in (_half_year_before(days_of(newest)[0]), newest):
        decide_about_cases(worker, period)
        make_sums(keeper, period)


def _publish_own(keeper: Account) -> None:
    draft = begin_own(keeper, OWN.name, OWN.label, OWN.forms)
    for step in OWN.steps.values():
        draft = save_step(keeper, draft.pk, step, draft.version)
        for barrier in step.barriers.values():
            draft = save_barrier(keeper, draft.pk, step.code, barrier, draft.version)
    publish(keeper, draft.pk, WHY_OWN, draft.version)


def _agree(keeper: Account, worker: Account, partners: Mapping[str, Organisation], agreed: Agreed) -> None:
    model, measure = _barrier(keeper, agreed.barrier)
    lead = partners.get(agreed.kind, keeper.org)
    told = EVALUATED.get(agreed.barrier)
    values: dict[str, object] = {
        "barrier": agreed.barrier,
        "area_code": agreed.area,
        "lead_org": lead.pk,
        "lead_account": worker.pk if lead == keeper.org else None,
        "lead_role": agreed.role,
        "what": agreed.what,
        "start_on": _day(agreed.start),
        "due_on": _day(agreed.due),
        "evaluate_on": _day(agreed.evaluate),
        "measure": measure,
        "measure_before": told[1] if told else "",
    }
    action = actions.add_action(keeper, model.pk, values)
    for state in agreed.states:
        action = actions.move_action(keeper, action.pk, state)
    if told:
        found = {"effect": told[0], "measure_after": told[2], "evaluation": told[3]}
        actions.evaluate(keeper, action.pk, found, version=action.version)


def _barrier(keeper: Account, code: str) -> tuple[BarrierModel, str]:
    """Find the version in use that has a barrier, and how that is measured."""
    for model in BarrierModel.objects.filter(org=keeper.org, state="published"):
        if found := barriers_of(model.steps).get(code):
            return model, found[1].measure.nl
    raise LookupError(code)


def _take_policy(keeper: Account, chance: Chance) -> None:
    today = timezone.localdate()
    rows = []
    for code in words.municipalities():
        if not chance.happens(LOOKED_UP):
            continue
        state, checked = chance.pick(STATES), today - dt.timedelta(days=chance.between(5, 500))
        is_there = state in ("adopted", "in_use", "review")
        adopted = checked - dt.timedelta(days=chance.between(30, 900)) if is_there else None
        again = checked + dt.timedelta(days=490) if chance.happens(0.5) else None
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


def _day(days: int | None) -> dt.date | None:
    return None if days is None else timezone.localdate() + dt.timedelta(days=days)


def _half_year_before(today: dt.date) -> str:
    first = dt.date(today.year, 1 if today.month < 7 else 7, 1)
    return half_year_of(first - dt.timedelta(days=1))
