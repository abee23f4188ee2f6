"""No case, signal or report can be told from what pages print, by whoever reads them all, month after month."""

from collections import Counter
from uuid import uuid4

import pytest
from tests.barriers.cast import TODAY, Cast
from tests.barriers.printed import COUNTRY, Attacker, Class, Place, class_of
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht.barriers.errors import AlreadySummedError
from zicht.barriers.holding import actions
from zicht.barriers.holding.reading import area_of, facts_of
from zicht.barriers.holding.rules import reading_of, steps_shown
from zicht.barriers.meeting.actions import close_meeting
from zicht.barriers.models import BarrierEvent, BarrierModel, Sum
from zicht.barriers.processes.actions import begin_draft, begin_own, publish, save_step
from zicht.cases.models import Case
from zicht.signals.intake import actions as intake
from zicht.signals.models import Intake, Signal
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.cases import Desk
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.draw import draw
from zicht.site.made_up_register.store import Place as Stored
from zicht.site.made_up_register.store import store
from zicht.words import Label, Step

LEAST = 5
FEW, MANY = 120, 600  # persons
NEWEST, OLDER = f"{TODAY.year - 1}-2", f"{TODAY.year - 1}-1"
DAYS = {NEWEST: f"{TODAY.year - 1}-09-01", OLDER: f"{TODAY.year - 1}-03-01"}
DESK = Desk("help", "help", desks.HELP.owners, desks.HELP.team, 0.5, has_partners=False, asks_consent=False)
# R1 of one process shows wherever H1 of the other does, and R2 or R3 show wherever R1 does.
OWN: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]]]] = {
    "HOTELS": (("sexual",), {"H1": ("ONL01", "HOU03")}),
    "ROADS": (
        ("sexual", "labour"),
        {"R1": ("ONL01", "HOU03", "MOV06"), "R2": ("ONL01", "MOV06"), "R3": ("HOU03", "DOC01")},
    ),
}
TOWNS = {"GM0363": 5.0, "GM0344": 3.0, "GM0599": 3.0, "GM0772": 2.0, "GM0014": 1.0, "GM0034": 1.0}


@pytest.fixture
def cast(cast: Cast, request: pytest.FixtureRequest) -> Cast:
    """Give the cast with made-up cases and reports of two half-years, and the sums of both."""
    roles = ("desk_lead", "care_coordinator", "counsellor", "shelter_worker")
    staff = {role: colleague(cast.administrator, role.replace("_", "-"), role) for role in roles}
    place = Stored(cast.administrator.org, {**staff, "case_worker": cast.case_worker}, {})
    store(draw("printed sums", getattr(request, "param", FEW), TODAY, DESK), place)
    # Drawn over seven years, two of three count in the newer half-year here and the others in the one before.
    for number, case in enumerate(Case.objects.order_by("pk").values_list("pk", flat=True)):
        Case.objects.filter(pk=case).update(opened_on=DAYS[NEWEST if number % 3 else OLDER])
    take_in_reports(cast)
    for process, (forms, steps) in OWN.items():
        draft = begin_own(cast.keeper, process, Label(process, process), forms)
        for code, signals in steps.items():
            step = Step(code, Label(code, code), ("police",), (), (), signals, {})
            draft = save_step(cast.keeper, draft.pk, step, draft.version)
        publish(cast.keeper, draft.pk, "Ours.", draft.version)
    for period in DAYS:
        actions.make_sums(cast.keeper, period)
    return cast


def take_in_reports(cast: Cast) -> None:
    chance = Chance("printed reports")
    for number in range(90):
        values = {
            "received_on": TODAY, "channel": "phone", "kind": "report", "urgency": "u3_week", "source": "call",
            "place_code": chance.pick(TOWNS),
        }  # fmt: skip
        codes = [code for code, share in (("ONL01", 0.6), ("HOU03", 0.3), ("MOV06", 0.03)) if chance.happens(share)]
        noted = [{"indicator": code, "basis": "seen", "state": "noted"} for code in codes]
        made = intake.take_in(cast.case_worker, values, wall="help", noted=noted)
        Intake.objects.filter(pk=made.pk).update(received_on=DAYS[NEWEST if number % 3 else OLDER])
    Signal.objects.update(state="confirmed", reviewer=cast.case_worker)


def attacker_of(cast: Cast) -> Attacker:
    return Attacker(list(BarrierModel.objects.filter(org=cast.administrator.org, state="published")))


def cases_of(cast: Cast, attacker: Attacker, period: str) -> Counter[tuple[Class, Place]]:
    """Count the cases as they are, by what they show and where."""
    found: Counter[tuple[Class, Place]] = Counter()
    for fact in facts_of(Case.objects.filter(opened_on=DAYS[period]), for_sums=True).values():
        shown = [
            (model.process, step) for model in attacker.models for step in steps_shown(reading_of(model.steps), fact)
        ]
        if shown:
            found[class_of(shown), area_of(fact.place)] += 1
    return found


@pytest.mark.parametrize("cast", [MANY], indirect=True)
def test_whoever_reads_every_page_can_tell_no_small_count_of_cases(cast: Cast, sign_in: SignIn) -> None:
    attacker = attacker_of(cast).read_everything(sign_in(cast.case_worker), list(DAYS))
    told = 0
    for period in DAYS:
        cases, known = cases_of(cast, attacker, period), attacker.about_cases(period)
        assert set(cases) <= {(one, place) for one in attacker.classes for place in attacker.places}
        for (half, step, area, column), number in attacker.printed.items():
            if (half, column) == (period, "nothing"):
                told += 1
                assert number == sum(
                    n for (one, place), n in cases.items() if step in one and attacker.holds(area, place)
                )
        small = list(attacker.small_lines(cases, LEAST))
        assert len(small) >= 50, "without small counts nothing is attacked"
        for name, line, number in small:
            assert known.can_be(line, 0), (period, name, number)
            assert known.can_be(line, LEAST - 1), (period, name, number)
    assert told >= 8, "a page that hides everything proves nothing"


def test_nor_of_confirmed_signals_on_the_pages_of_sums_and_of_meetings(cast: Cast, sign_in: SignIn) -> None:
    attacker = attacker_of(cast).read_everything(sign_in(cast.case_worker), list(DAYS))
    attacked = 0
    for period in DAYS:
        known, lines = attacker.about_signals(period)
        received = Signal.objects.filter(intake__received_on=DAYS[period]).values_list("indicator", flat=True)
        truth = Counter(received)
        for code, line in lines.items():
            if truth[code] < LEAST:
                attacked += 1
                assert known.can_be(line, 0), (period, code)
                assert known.can_be(line, LEAST - 1), (period, code)
    assert attacked
    assert {step for _half, step, _area, column in attacker.printed if column == "signals"}


def test_nor_of_reports_in_table_f23_for_whoever_has_those_of_police_units_from_elsewhere(
    cast: Cast, sign_in: SignIn
) -> None:
    attacker = attacker_of(cast).read_everything(sign_in(cast.case_worker), list(DAYS))
    places = Intake.objects.filter(received_on=DAYS[NEWEST]).values_list("place_code", flat=True)
    truth = Counter(area_of(place) for place in places)
    sums = Sum.objects.get(period=NEWEST, kind="signals").counts
    elsewhere = {key.split("/")[2]: number for key, number in sums.items() if key.startswith("//")}
    known = attacker.about_reports(NEWEST, {area: n for area, n in elsewhere.items() if area in attacker.areas})
    assert attacker.reports, "a table that hides everything proves nothing"
    for area in (COUNTRY, *attacker.provinces, *(unit for _province, unit in attacker.places if unit)):
        line = attacker.of_reports(area)
        number = sum(n for place, n in truth.items() if attacker.holds(area, place))
        if number < LEAST:
            assert known.can_be(line, 0), area
            assert known.can_be(line, LEAST - 1), area
        elif (NEWEST, area) in attacker.reports:
            assert attacker.reports[NEWEST, area] == number


def test_a_later_page_tells_nothing_that_an_earlier_one_did_not(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    before = attacker_of(cast).read_everything(browser, list(DAYS))
    for area in (COUNTRY, "GM0363", "Limburg"):
        close_meeting(cast.keeper, area)
    events = BarrierEvent.objects.count()
    # A case goes to another half-year, one is opened, a decision is made, a report is named, and one comes in.
    Case.objects.filter(pk=Case.objects.values("pk")[:1]).update(opened_on=DAYS[OLDER])
    model = BarrierModel.objects.get(process="ROADS")
    case = cast.case
    assert cast.episode.person_id == cast.person.pk
    actions.decide(cast.case_worker, case, model, "R1", {"standing": "nothing", "state": "confirmed"})
    take_in_reports(cast)
    assert BarrierEvent.objects.count() == events, "what changed since last time is never about a case or a report"
    for area in (COUNTRY, "GM0363"):
        assert "Nothing changed." in browser.get("/en/staff/barriers/", area=area).content.decode()
    for period in DAYS:
        with pytest.raises(AlreadySummedError):
            actions.make_sums(cast.keeper, period)
    after = attacker_of(cast).read_everything(browser, list(DAYS))
    assert (after.printed, after.reports) == (before.printed, before.reports)


def test_a_new_version_of_a_model_brings_no_new_sums_of_cases_that_were_summed(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    before = attacker_of(cast).read_everything(browser, list(DAYS))
    draft = begin_draft(cast.keeper, "ROADS")
    narrower = Step("R1", Label("R1", "R1"), ("police",), (), (), ("ONL01",), {})
    draft = save_step(cast.keeper, draft.pk, narrower, draft.version)
    draft = save_step(
        cast.keeper, draft.pk, Step("R9", Label("x", "x"), ("police",), (), (), ("HOU03",), {}), draft.version
    )
    publish(cast.keeper, draft.pk, "Narrower.", draft.version)
    again = begin_own(cast.keeper, "COPY", Label("Copy", "Kopie"), ("sexual", "labour"), model_id=uuid4())
    again = save_step(cast.keeper, again.pk, narrower, again.version)
    publish(cast.keeper, again.pk, "The same once more.", again.version)
    after = attacker_of(cast).read_everything(browser, list(DAYS))
    assert after.printed == before.printed
