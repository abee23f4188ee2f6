"""Made-up cases held against the steps, decided about by a case worker, and reports whose signals count."""

import datetime as dt

from zicht.barriers.holding.actions import decide
from zicht.barriers.holding.pages import StepOfCase, page_of_case
from zicht.barriers.rules import days_of
from zicht.cases.models import Case
from zicht.people.models import Account
from zicht.signals.intake import actions as intake
from zicht.signals.models import Signal
from zicht.site.made_up_register.chance import Chance

SEED = "zicht demo steps"
CASES, REPORTS = 30, 42  # of one half-year
LEFT_OPEN, REJECTED = 0.15, 0.1  # shares of suggestions that nobody decided about yet, and that were rejected
TOWNS = {"GM0363": 5.0, "GM0599": 4.0, "GM0344": 3.0, "GM0772": 2.0}
SEEN = {"sexual": ("ONL01", "ONL02", "HOU03", "MOV03"), "labour": ("DOC01", "HOU01", "HOU02")}
REASON = "Verzonnen voorbeeld: besproken en doorverwezen."


def decide_about_cases(worker: Account, period: str) -> None:
    """Let a case worker have looked at cases of a half-year, and have left some steps for later."""
    chance = Chance(SEED + period)
    cases = Case.objects.visible_to(worker).with_team_member(worker).filter(opened_on__range=days_of(period))
    for case in cases.order_by("opened_on", "pk")[:CASES]:
        for process in page_of_case(worker, case).processes:
            for step in process.steps:
                if not chance.happens(LEFT_OPEN):
                    decide(worker, case, process.model, step.step.code, _decision(chance, step))


def _decision(chance: Chance, step: StepOfCase) -> dict[str, object]:
    state = "rejected" if chance.happens(REJECTED) else "confirmed"
    action = step.action.pk if step.action else None
    return {"standing": step.standing, "state": state, "barrier_code": step.chosen, "action": action}


def take_in_reports(worker: Account, lead: Account, period: str) -> None:
    """Let reports have come in over a half-year and be done with, so that their confirmed signals are counted."""
    chance, (first, last) = Chance(SEED), days_of(period)
    for _number in range(REPORTS):
        form = chance.pick({"sexual": 2.0, "labour": 1.0})
        values: dict[str, object] = {
            "received_on": chance.day(first, last - dt.timedelta(days=1)),
            "source": "call",
            "channel": "phone",
            "kind": "report",
            "urgency": "u3_week",
            "forms": [form],
            "place_code": chance.pick(TOWNS),
        }
        codes = [code for code in SEEN[form] if chance.happens(0.5)]
        made = intake.take_in(worker, values, wall="help", noted=[{"indicator": one, "basis": "seen"} for one in codes])
        taken = intake.take_on(lead, made, version=made.version)
        for signal in Signal.objects.filter(intake=made):
            intake.judge_signal(lead, taken, signal.pk, "confirmed", version=signal.version)
        intake.close(lead, taken, "no_action", REASON, version=taken.version)
