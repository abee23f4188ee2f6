"""Possible earlier reports: as a slow recomputation finds them, behind one wall, and never a score."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.signals.intake.cast import SPOT, Cast, report

from zicht.people.models import Account
from zicht.signals import rules
from zicht.signals.intake import earlier, linking
from zicht.signals.models import Intake, Signal

DAY = dt.date(2026, 6, 1)
CODES = ("DOC01", "DOC02", "WRK01", "MON01")
DRAWN = st.fixed_dictionaries(
    {
        "day": st.integers(-90, 90),
        "town": st.sampled_from(["GM0363", "GM0599", ""]),
        "forms": st.lists(st.sampled_from(["labour", "sexual", "not_asked"]), max_size=2, unique=True),
        "mark": st.sampled_from(["", "a" * 64, "b" * 64]),
        "before": st.sampled_from(["", "a" * 64, "c" * 64]),
        "wall": st.sampled_from(["help", "help", "help", "enforce"]),
        "signals": st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(["noted", "rejected"])), max_size=4),
    }
)


def store(by: Account, drawn: dict[str, Any]) -> Intake:
    """Store a report past the actions, which a suggestion does not need."""
    intake = Intake(
        intake_id=uuid4(),
        org=by.org,
        compartment=drawn["wall"],
        received_on=DAY + dt.timedelta(days=drawn["day"]),
        clock_from=timezone.now(),
        sorts_at=rules.NO_TERM,
        source="call",
        channel="phone",
        kind="report",
        urgency="u4_info",
        forms=drawn["forms"],
        place_code=drawn["town"],
        spot_mark=drawn["mark"],
        spot_mark_before=drawn["before"],
    )
    QuerySet[Intake](Intake).bulk_create([intake])
    each = dict(drawn["signals"])
    behind = {"intake": intake, "behind": intake.behind, "basis": "seen"}
    made = [Signal(indicator=code, state=state, **behind) for code, state in each.items()]
    QuerySet[Signal](Signal).bulk_create(made)
    return intake


def slowly(one: Intake, others: list[Intake]) -> dict[UUID, set[str]]:
    """Say the same as earlier.suggest, report by report and in plain words."""
    behind = [other for other in others if (other.org_id, other.compartment) == (one.org_id, one.compartment)]
    counting = {
        other.pk: {signal.indicator for signal in other.signals.all() if signal.state in ("noted", "confirmed")}
        for other in behind
    }
    having = Counter(code for codes in counting.values() for code in codes)
    few = min(max(len(behind) // 20, 3), 50)
    rare = {code for code in counting[one.pk] if having[code] <= few}
    found: dict[UUID, set[str]] = {}
    for other in behind:
        why = set()
        marks = [(one.spot_mark, other.spot_mark), (one.spot_mark_before, other.spot_mark)]
        if any(mine and mine == theirs for mine, theirs in [*marks, (one.spot_mark, other.spot_mark_before)]):
            why.add("same_spot")
        is_near = abs((one.received_on - other.received_on).days) <= 60
        form = set(one.forms) & set(other.forms) - {"not_asked"}
        if one.place_code and one.place_code == other.place_code and is_near and form:
            why.add("same_town_form")
        if len(rare & counting[other.pk]) >= 2:
            why.add("rare_signals")
        if why and other.pk != one.pk:
            found[other.pk] = why
    return found


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(drawn=st.lists(DRAWN, min_size=2, max_size=9))
def test_suggestions_are_those_of_a_slow_recomputation(cast: Cast, drawn: list[dict[str, Any]]) -> None:
    Intake.objects.update(shelf=rules.ERASED)
    Intake.objects.all().delete()
    reports = [store(cast.weigher, one) for one in drawn]
    for one in reports:
        found = earlier.suggest(one)
        assert {key: set(why) for key, why in found.items()} == slowly(one, reports)
        shown = earlier.in_order(one, found)
        ranks = [(earlier.REASONS.index(found[key][0]), -len(found[key])) for key in shown]
        assert ranks == sorted(ranks)


def test_a_signal_that_many_reports_have_suggests_nothing(cast: Cast) -> None:
    for _each in range(5):
        report(cast.weigher, "DOC01", "DOC02", place_code="", forms=["other"])
    assert earlier.suggest(Intake.objects.all()[0]) == {}
    assert [earlier.most_of_few(size) for size in (0, 60, 100, 1_000, 100_000)] == [3, 3, 5, 50, 50]


def test_nothing_is_suggested_across_walls_and_organisations_even_of_one_spot(cast: Cast, keys: Path) -> None:
    given: dict[str, Any] = {"spot": SPOT, "received_on": timezone.localdate()}
    ours = report(cast.weigher, "DOC01", "DOC02", **given)
    report(cast.elsewhere, "DOC01", "DOC02", **given)
    report(cast.officer, "DOC01", "DOC02", wall="enforce", **given)
    tip = report(cast.journalist, "DOC01", "DOC02", wall="press", **{**given, "source": "press_tip"})
    assert earlier.suggest(ours) == earlier.suggest(tip) == {}


def test_what_decisions_connect_is_one_situation_also_through_another_report(cast: Cast) -> None:
    days = [dt.date(2026, 3, day) for day in (1, 2, 3)]
    one, two, three = (report(cast.weigher, place_code="", received_on=day) for day in days)
    linking.decide(cast.weigher, one, two.pk, "same", version=0)
    linking.decide(cast.weigher, three, two.pk, "same", version=0)
    found = earlier.find(cast.weigher, three)
    assert [each.intake for each in found.same] == [one, two]
    assert (found.place, found.size) == (3, 3)
    linking.decide(cast.weigher, three, two.pk, "possible", version=1)
    assert earlier.find(cast.weigher, three).size == 1
