"""Made-up reports for the demo: nobody and no address in them exists; every share is assumed, so that pages show much.

They are taken in, weighed and closed by the same actions as real ones, so each has a history.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from zicht.people.models import Account
from zicht.signals.intake import actions, linking, meldcode
from zicht.signals.models import Intake, Signal
from zicht.site.made_up_register.chance import Chance

SEED = "zicht demo intake"
REPORTS, REPORTS_OF_THE_POLICE, TIPS = 24, 7, 4
DAYS = 60  # over which they came in
SPOT = "1234ZZ 10 A"  # 1234 is no postcode that was given out
AT_THE_SPOT = 3  # of the reports of the police: the same flat
TOWNS: Mapping[str, float] = {"GM0363": 5, "GM0599": 3, "GM0518": 3, "GM0344": 2, "GM0772": 2, "GM0014": 1, "": 2}
URGENCY: Mapping[str, float] = {"u1_now": 1, "u2_today": 4, "u3_week": 9, "u4_info": 2}
SOURCES: Mapping[str, float] = {"chat_contact": 4, "report_box": 4, "checklist": 3, "call": 3, "partner": 2}
CHANNELS = {
    "chat_contact": "chat",
    "report_box": "webform",
    "checklist": "field_visit",
    "call": "phone",
    "partner": "partner_api",
    "press_tip": "press_tip",
}
ROLES: Mapping[str, float] = {"professional": 5, "bystander_public": 3, "bystander_family": 1, "self_victim": 1}
OBSERVERS: Mapping[str, float] = {"police": 3, "municipality": 2, "school": 2, "health": 2, "public": 2, "chat": 1}
FORMS: Mapping[str, float] = {"sexual": 5, "labour": 4, "criminal": 3}
# Signals that go with a form, by their codes in the catalogue.
SEEN: Mapping[str, tuple[str, ...]] = {
    "sexual": ("DOC01", "MOV01", "MOV02", "MON01", "SEX01", "DOC02"),
    "labour": ("DOC01", "DOC02", "WRK01", "WRK02", "HOU01", "MON01"),
    "criminal": ("CRI01", "CRI02", "YTH01", "MON01", "MOV01"),
}
BASES: Mapping[str, float] = {"seen": 4, "told": 3, "own_words": 2, "document": 1}
AGES: Mapping[str, float] = {"16_17": 3, "12_15": 2, "18_20": 3, "24_26": 2, "unknown": 2, "not_asked": 3}
OUTCOMES: Mapping[str, float] = {"case_opened": 3, "referred": 2, "advice_given": 3, "no_action": 2, "not_thb": 1}
REASON = "Verzonnen voorbeeld: gewogen met een collega, reden staat hier in een zin."


@transaction.atomic
def make_reports(staff: list[Account], count: int, wall: str, sources: Mapping[str, float] = SOURCES) -> None:
    """Make reports of an organisation, weighed by its staff, unless it has any."""
    if Intake.objects.filter(org=staff[0].org).exists():
        return
    chance = Chance(f"{SEED} {wall}")
    made = []
    for place in range(count):
        is_there = wall == "enforce" and place < AT_THE_SPOT
        made.append(_make(chance, chance.one_of(staff), wall, sources, SPOT if is_there else ""))
    for place, intake in enumerate(made):
        _weigh(chance, chance.one_of(staff), intake, place)
    if wall == "enforce":
        linking.decide(staff[0], made[0], made[1].pk, "same", version=0)
    if wall == "help":
        _keep_meldcode(staff[0], made[0])


def _make(chance: Chance, by: Account, wall: str, sources: Mapping[str, float], spot: str) -> Intake:
    source, form = chance.pick(sources), "labour" if spot else chance.pick(FORMS)
    seen = [code for code in SEEN[form] if chance.happens(0.6)]
    noted: list[dict[str, object]] = [{"indicator": code, "basis": chance.pick(BASES)} for code in seen]
    return actions.take_in(by, _values(chance, source, form, spot), wall=wall, spot=spot, noted=noted)


def _values(chance: Chance, source: str, form: str, spot: str) -> dict[str, object]:
    today = timezone.localdate()
    is_fresh = chance.happens(0.3)
    day = today if is_fresh else chance.day(today - dt.timedelta(days=DAYS), today - dt.timedelta(days=1))
    return {
        "received_on": day,
        "received_hour": None if is_fresh else chance.between(8, 20),
        "source": source,
        "channel": CHANNELS[source],
        "kind": "tip" if source == "press_tip" else "report",
        "role": chance.pick(ROLES),
        "urgency": "u2_today" if spot else chance.pick(URGENCY),
        "forms": [form],
        "timing": chance.pick({"ongoing": 3, "imminent": 1, "not_asked": 2}),
        "age_band": chance.pick(AGES),
        "observer": chance.pick(OBSERVERS),
        "place_code": "GM0363" if spot else chance.pick(TOWNS),
    }


def _weigh(chance: Chance, by: Account, intake: Intake, place: int) -> None:
    """Take two of three on, judge their signals, and close half of those; one stays late in the queue."""
    if place % 3 == 2:
        return
    weighed = actions.take_on(by, intake, version=intake.version)
    for signal in Signal.objects.filter(intake=intake):
        if chance.happens(0.7):
            state = "confirmed" if chance.happens(0.75) else "rejected"
            actions.judge_signal(by, weighed, signal.pk, state, version=signal.version)
    if place % 2 == 1:
        outcome = "no_action" if intake.compartment == "press" else chance.pick(OUTCOMES)
        actions.close(by, weighed, outcome, REASON, version=weighed.version)


def _keep_meldcode(by: Account, intake: Intake) -> None:
    today = timezone.localdate()
    values = dict.fromkeys(meldcode.TYPED)
    given: dict[str, object] = {**values, "mapped_on": today, "advice_on": today, "advice_of": ["veilig_thuis"]}
    given |= {"weighing": "", "decision": ""}
    if intake.is_open:
        meldcode.keep_steps(by, intake, given, version=0)
