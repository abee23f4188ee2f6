"""Days and hours against an obvious recomputation, across the change of the clock: tasks, legal terms, safe contact."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.care.cast import Cast
from tests.care.plan.test_support import door_of

from zicht.care.clocks import actions
from zicht.care.clocks import rules as clocks
from zicht.care.clocks.pages import clocks_of
from zicht.care.plan import rules
from zicht.care.safety.rules import HoursError, Window, contact_now, read_hours, write_hours
from zicht.cases.models import LegalClock
from zicht.cases.rights.rules import end_of_day, state_now

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVERY_DAY = frozenset(range(7))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


# --- tasks --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due", "now", "zone", "expected"),
    [
        # Summer time begins on 29 March 2026 at 01:00 UTC, and ends on 25 October 2026 at 01:00 UTC.
        ("2026-03-28", "2026-03-28T22:59", "Europe/Amsterdam", "today"),
        ("2026-03-28", "2026-03-28T23:00", "Europe/Amsterdam", "overdue"),
        ("2026-03-29", "2026-03-29T21:59", "Europe/Amsterdam", "today"),
        ("2026-03-29", "2026-03-29T22:00", "Europe/Amsterdam", "overdue"),
        ("2026-10-24", "2026-10-24T21:59", "Europe/Amsterdam", "today"),
        ("2026-10-24", "2026-10-24T22:00", "Europe/Amsterdam", "overdue"),
        ("2026-10-25", "2026-10-25T22:59", "Europe/Amsterdam", "today"),
        ("2026-10-25", "2026-10-25T23:00", "Europe/Amsterdam", "overdue"),
        ("2026-10-25", "2026-10-25T23:00", "Atlantic/Azores", "today"),
        ("2026-10-25", "2026-10-25T10:00", "Pacific/Auckland", "today"),
        ("2026-10-25", "2026-10-25T11:00", "Pacific/Auckland", "overdue"),
        ("2026-04-05", "2026-03-29T10:00", "Europe/Amsterdam", "soon"),
        ("2026-04-06", "2026-03-29T10:00", "Europe/Amsterdam", "later"),
    ],
)
def test_a_task_is_late_when_its_day_is_over_where_the_organisation_is(
    due: str, now: str, zone: str, expected: str
) -> None:
    assert rules.due_state(dt.date.fromisoformat(due), utc(now), ZoneInfo(zone)) == expected


# --- legal terms --------------------------------------------------------------------------------------------------
def slow_months_later(day: dt.date, months: int) -> dt.date:
    """Go a month forward so many times, and take the last day where there is no such day."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    while True:
        try:
            return dt.date(year, month, day.day)
        except ValueError:
            return dt.date(year, month, calendar.monthrange(year, month)[1])


@given(start=st.dates(dt.date(2023, 6, 1), dt.date(2040, 1, 1)))
@settings(max_examples=100)
def test_three_months_are_calendar_months_and_not_ninety_days(start: dt.date) -> None:
    terms = clocks.terms()
    assert clocks.last_day(terms["reflection_3m"], start) == slow_months_later(start, 3)
    assert clocks.last_day(terms["report_3m"], start) == slow_months_later(start, 3)
    assert clocks.last_day(terms["permit_1y"], start) == slow_months_later(start, 12)
    assert clocks.last_day(terms["reflection_dublin"], start) == start + dt.timedelta(days=30)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-01-31", "2026-04-30"),  # no 31 April
        ("2025-11-30", "2026-02-28"),
        ("2027-11-30", "2028-02-29"),  # a leap year
        ("2026-01-15", "2026-04-15"),  # ninety days would end on 15 April too
        ("2026-07-01", "2026-10-01"),  # ninety days would end on 29 September
        ("2026-09-26", "2026-12-26"),  # a holiday on a Saturday: not moved
    ],
)
def test_a_reflection_period_ends_on_the_day_with_the_same_number(start: str, last: str) -> None:
    term = clocks.terms()["reflection_3m"]
    assert clocks.last_day(term, dt.date.fromisoformat(start)) == dt.date.fromisoformat(last)


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-06-01", "2026-10-24", "2026-10-25", "2026-12-31"])
def test_the_last_day_is_the_same_before_and_after_it_was_kept_as_a_moment(day: str) -> None:
    last = dt.date.fromisoformat(day)
    ends_at = end_of_day(last, AMSTERDAM)
    assert ends_at == dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, AMSTERDAM)
    assert clocks.last_day_of(ends_at, AMSTERDAM) == last
    assert clocks.days_left(last, ends_at - dt.timedelta(seconds=1), AMSTERDAM) == 0
    assert clocks.days_left(last, ends_at, AMSTERDAM) == -1


@pytest.mark.parametrize("code", sorted(clocks.terms()))
def test_every_kind_of_term_is_over_at_midnight_where_the_organisation_is(cast: Cast, code: str) -> None:
    door = door_of(cast)
    for day in ("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"):
        last = dt.date.fromisoformat(day)
        clock = actions.start_clock(cast.case_worker, door, code, last - dt.timedelta(days=20), last)
        midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, AMSTERDAM)
        assert clock.ends_at == midnight
        assert clock.ends_at.astimezone(dt.UTC).hour == (22 if day in ("2026-03-29", "2026-10-24") else 23)
        assert state_now("running", clock.ends_at, midnight - dt.timedelta(seconds=1)) == "running"
        assert state_now("running", clock.ends_at, midnight) == "missed"
        (shown,) = (one for one in clocks_of(door) if one.record.pk == clock.pk)
        assert (shown.first_day, shown.last_day) == (last - dt.timedelta(days=20), last)
        for one in LegalClock.objects.filter(state="running"):
            actions.end_clock(cast.case_worker, door, one.pk, "stopped")


def test_a_day_in_the_decision_goes_before_a_computed_one_and_some_terms_need_it() -> None:
    terms, start, named = clocks.terms(), dt.date(2026, 1, 5), dt.date(2026, 3, 1)
    assert clocks.last_day(terms["reflection_3m"], start, named) == named
    assert clocks.last_day(terms["permit_named"], start) is None
    assert terms["permit_named"].needs_a_day


def test_every_term_names_its_law_what_it_counts_from_and_since_when_it_holds() -> None:
    for term in clocks.terms().values():
        assert term.law
        assert term.starts
        assert term.valid_from < dt.date(2026, 1, 1)


# --- safe contact -------------------------------------------------------------------------------------------------
def window(days: frozenset[int], begin: str, end: str) -> Window:
    return Window(days, dt.time.fromisoformat(begin), dt.time.fromisoformat(end))


def minute_by_minute(windows: list[Window], now: dt.datetime, zone: ZoneInfo) -> tuple[bool, dt.datetime | None]:
    """Look at the clock on the wall every minute of the next eight days."""

    def is_safe(moment: dt.datetime) -> bool:
        local = moment.astimezone(zone)
        day, time = local.weekday(), f"{local:%H:%M}"
        for one in windows:
            begin, end = f"{one.begin:%H:%M}", f"{one.end:%H:%M}"
            is_today, is_from_yesterday = day in one.days, (day - 1) % 7 in one.days
            if begin < end and is_today and begin <= time < end:
                return True
            if begin >= end and ((is_today and time >= begin) or (is_from_yesterday and time < end)):
                return True
        return False

    first = is_safe(now)
    for minute in range(1, 8 * 24 * 60):
        moment = now + dt.timedelta(minutes=minute)
        if is_safe(moment) != first:
            return first, moment
    return first, None


CASES = [
    # Ordinary days; across midnight; the hour that is left out on 29 March; the hour that comes twice on 25 October.
    ([window(frozenset({0, 2}), "09:00", "12:00")], "2026-03-02T08:30"),
    ([window(frozenset({4}), "22:00", "02:00")], "2026-03-06T22:30"),
    ([window(frozenset({5}), "22:00", "03:30")], "2026-03-28T23:10"),
    ([window(frozenset({6}), "02:15", "02:45")], "2026-03-28T12:00"),
    ([window(frozenset({6}), "02:30", "03:30")], "2026-03-29T00:30"),
    ([window(frozenset({6}), "01:30", "02:30")], "2026-03-29T00:45"),
    ([window(frozenset({6}), "02:15", "02:45")], "2026-10-24T23:50"),
    ([window(frozenset({6}), "02:15", "02:45")], "2026-10-25T00:20"),
    ([window(frozenset({6}), "02:15", "02:45")], "2026-10-25T00:50"),
    ([window(frozenset({5}), "23:00", "02:30")], "2026-10-25T00:10"),
    ([window(EVERY_DAY, "09:00", "17:00"), window(frozenset({6}), "17:00", "19:00")], "2026-10-25T15:30"),
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_whether_somebody_can_be_reached_is_what_the_clock_on_the_wall_says(number: int) -> None:
    windows, moment = CASES[number]
    now = utc(moment)
    found = contact_now("call", windows, now, AMSTERDAM)
    assert (found.is_safe, found.changes_at) == minute_by_minute(windows, now, AMSTERDAM)


@given(
    days=st.frozensets(st.integers(0, 6), min_size=1),
    begin=st.integers(0, 95),
    end=st.integers(0, 95),
    hour=st.integers(0, 23),
    day=st.sampled_from(["2026-03-28", "2026-03-29", "2026-10-25", "2026-06-10"]),
)
@settings(max_examples=30)
def test_any_hours_are_the_same_as_minute_by_minute(
    days: frozenset[int], begin: int, end: int, hour: int, day: str
) -> None:
    times = [dt.time(quarter // 4, quarter % 4 * 15) for quarter in (begin, end)]
    windows, now = [Window(days, *times)], utc(f"{day}T{hour:02}:07")
    found = contact_now("in_person", windows, now, AMSTERDAM)
    is_safe, changes_at = minute_by_minute(windows, now, AMSTERDAM)
    assert found.is_safe == is_safe
    assert changes_at is None or found.changes_at == changes_at


@pytest.mark.parametrize("channel", ["return_code", "none"])
def test_no_hour_is_safe_where_only_the_person_makes_contact(channel: str) -> None:
    found = contact_now(channel, [window(EVERY_DAY, "00:00", "00:00")], utc("2026-03-02T10:00"), AMSTERDAM)
    assert not found.is_safe
    assert found.changes_at is None


def test_without_hours_no_hour_is_safe() -> None:
    assert not contact_now("call", [], utc("2026-03-02T10:00"), AMSTERDAM).is_safe


def test_hours_are_read_back_as_they_were_written_and_anything_else_is_refused() -> None:
    windows = (window(frozenset({0, 4}), "09:00", "12:30"), window(frozenset({6}), "22:00", "02:00"))
    assert read_hours(write_hours(windows)) == windows
    with pytest.raises(HoursError):
        read_hours("always")
