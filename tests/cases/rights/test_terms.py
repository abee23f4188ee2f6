"""Terms are counted as the law counts them, where the organisation is, also across summer time."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.cases.rights.breaches.rules import left
from zicht.cases.rights.rules import answer_due, breach_due, end_of_day, months_later, start_of_day, state_now

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("received", "due", "longer"),
    [
        ("2026-03-02", "2026-04-02", "2026-06-02"),
        ("2026-01-31", "2026-02-28", "2026-04-30"),
        ("2028-01-31", "2028-02-29", "2028-04-30"),
        ("2025-12-15", "2026-01-15", "2026-03-15"),
        ("2026-11-30", "2026-12-30", "2027-02-28"),
    ],
)
def test_an_answer_is_due_after_a_month_and_with_a_reason_two_months_later(
    received: str, due: str, longer: str
) -> None:
    day = dt.date.fromisoformat(received)
    assert answer_due(day) == dt.date.fromisoformat(due)
    assert answer_due(day, is_longer=True) == dt.date.fromisoformat(longer)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(-60, 60))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: dt.date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    is_last = (later + dt.timedelta(days=1)).day == 1
    assert later.day == day.day or (is_last and later.day < day.day)


def test_the_72_hours_of_a_breach_really_pass_when_summer_time_begins_and_ends() -> None:
    # In 2026 clocks go forward on 29 March and back on 25 October (Directive 2000/84/EC).
    spring = dt.datetime(2026, 3, 27, 12, 40, tzinfo=AMSTERDAM)
    autumn = dt.datetime(2026, 10, 23, 12, 40, tzinfo=AMSTERDAM)
    winter = dt.datetime(2026, 1, 9, 12, 40, tzinfo=AMSTERDAM)
    told = [breach_due(found).astimezone(AMSTERDAM) for found in (spring, autumn, winter)]
    assert [(time.day, time.hour) for time in told] == [(30, 13), (26, 11), (12, 12)]


@given(st.integers(0, 4_000_000_000))
def test_a_breach_is_never_due_later_than_72_hours_and_at_most_one_hour_earlier(found: int) -> None:
    passed = breach_due(dt.datetime.fromtimestamp(found, AMSTERDAM)).timestamp() - found
    assert 71 * 3600 < passed <= 72 * 3600


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 30)), st.sampled_from(["Europe/Amsterdam", "Asia/Kolkata"]))
def test_a_day_ends_at_midnight_where_the_organisation_is_or_within_the_hour_before(day: dt.date, name: str) -> None:
    zone = ZoneInfo(name)
    end = end_of_day(day, zone)
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone)
    assert dt.timedelta() <= midnight - end < dt.timedelta(hours=1)
    for time in (end, start_of_day(day, zone)):
        assert words.check_value("legal_clock", "ends_at", time) is None


@pytest.mark.parametrize(
    ("state", "minutes", "now"),
    [("running", -1, "running"), ("running", 0, "missed"), ("met", 60, "met"), ("stopped", 60, "stopped")],
)
def test_a_term_that_runs_is_missed_from_its_end_on(state: str, minutes: int, now: str) -> None:
    end = dt.datetime(2026, 3, 30, 11, tzinfo=dt.UTC)
    assert state_now(state, end, end + dt.timedelta(minutes=minutes)) == now


def test_how_long_is_left_is_told_in_whole_hours() -> None:
    end = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
    assert left(end, end - dt.timedelta(hours=30, minutes=5)).hours == 30
    late = left(end, end + dt.timedelta(hours=2, minutes=59))
    assert (late.hours, late.is_over, late.is_soon) == (2, True, False)
    assert left(end, end - dt.timedelta(hours=24)).is_soon
