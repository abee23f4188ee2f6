"""Until when something must be taken up: real minutes, days of the calendar, across summer time and back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.signals import rules

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def local(year: int, month: int, day: int, hour: int, minute: int = 0, fold: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM, fold=fold)


@pytest.mark.parametrize(
    ("urgency", "start", "due"),
    [
        ("u1_now", local(2026, 3, 2, 9, 50), local(2026, 3, 2, 10, 5)),
        # Summer time began on 29 March 2026 at 2 o'clock, and ended on 25 October at 3 (Directive 2000/84/EC).
        ("u1_now", local(2026, 3, 29, 1, 50), local(2026, 3, 29, 3, 5)),
        ("u2_today", local(2026, 3, 28, 22), local(2026, 3, 29, 7)),
        ("u2_today", local(2026, 10, 24, 22), local(2026, 10, 25, 5)),
        ("u1_now", local(2026, 10, 25, 2, 50), local(2026, 10, 25, 2, 5, fold=1)),
        ("u3_week", local(2026, 3, 25, 14, 30), local(2026, 4, 1, 14, 30)),
        ("u3_week", local(2026, 10, 22, 14, 30), local(2026, 10, 29, 14, 30)),
    ],
)
def test_minutes_and_hours_are_real_time_and_a_week_ends_at_the_same_time_of_day(
    urgency: str, start: dt.datetime, due: dt.datetime
) -> None:
    found = rules.due_at(urgency, start.astimezone(dt.UTC), AMSTERDAM)
    assert found is not None
    assert found.astimezone(dt.UTC) == due.astimezone(dt.UTC)


def test_what_needs_no_action_has_no_term_and_is_never_late() -> None:
    assert rules.due_at("u4_info", local(2026, 3, 2, 9), AMSTERDAM) is None
    assert not rules.is_late(None, local(2999, 1, 1, 0))


@pytest.mark.parametrize(
    ("now", "day", "hour", "start"),
    [
        (local(2026, 3, 2, 9, 20), dt.date(2026, 3, 2), 9, local(2026, 3, 2, 9, 20)),  # in this hour: now
        (local(2026, 3, 2, 14), dt.date(2026, 3, 2), 9, local(2026, 3, 2, 10)),  # at the latest at its end
        (local(2026, 3, 2, 14), dt.date(2026, 3, 2), None, local(2026, 3, 2, 14)),
        (local(2026, 3, 9, 14), dt.date(2026, 3, 2), None, local(2026, 3, 3, 0)),
        (local(2026, 3, 29, 9), dt.date(2026, 3, 29), 1, local(2026, 3, 29, 3)),  # the hour of 2 did not exist
        (local(2026, 12, 1, 9), dt.date(2026, 10, 24), None, local(2026, 10, 25, 0)),
    ],
)
def test_a_term_counts_from_now_or_from_the_end_of_the_hour_or_day_it_came_in(
    now: dt.datetime, day: dt.date, hour: int | None, start: dt.datetime
) -> None:
    assert rules.clock_start(now, day, hour, AMSTERDAM) == start.astimezone(dt.UTC)


@given(
    seconds=st.integers(1_577_836_800, 2_051_222_400),  # from 2020 to 2035
    urgency=st.sampled_from(["u1_now", "u2_today", "u3_week"]),
)
def test_a_term_is_never_more_than_an_hour_from_its_minutes(seconds: int, urgency: str) -> None:
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    due = rules.due_at(urgency, moment, AMSTERDAM)
    assert due is not None
    minutes = {"u1_now": 15, "u2_today": 480, "u3_week": 10_080}[urgency]
    most = dt.timedelta(hours=1 if urgency == "u3_week" else 0)
    assert abs(due - moment - dt.timedelta(minutes=minutes)) <= most
