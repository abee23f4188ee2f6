"""Deadlines are counted where the organisation is, also across summer time; and what may go along is coded only."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.care import rules
from zicht.care.models import Shelter

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@given(st.integers(0, 4_000_000_000), st.sampled_from(rules.HOLD_HOURS))
def test_a_hold_never_lasts_longer_than_was_said_nor_an_hour_shorter(second: int, hours: int) -> None:
    now = dt.datetime.fromtimestamp(second, AMSTERDAM)
    left = rules.hold_until(now, hours).timestamp() - second
    assert (hours - 1) * 3600 < left <= hours * 3600
    assert words.check_value("hold", "expires_at", rules.hold_until(now, hours)) is None


def test_the_hours_of_a_hold_really_pass_when_clocks_change() -> None:
    # In 2026 clocks go forward on 29 March and back on 25 October (Directive 2000/84/EC).
    evenings = [dt.datetime(2026, 3, 28, 20, tzinfo=AMSTERDAM), dt.datetime(2026, 10, 24, 20, tzinfo=AMSTERDAM)]
    told = [rules.hold_until(evening, 24).astimezone(AMSTERDAM) for evening in evenings]
    assert [(time.day, time.hour) for time in told] == [(29, 21), (25, 19)]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(1, rules.LONGEST_STAY))
def test_the_longest_stay_counts_days_of_the_calendar_whatever_clocks_do(day: dt.date, most: int) -> None:
    last = rules.last_day(Shelter(max_stay_days=most), day)
    assert last is not None
    # The slow way: a day at a time, at noon where the organisation is.
    noon = dt.datetime.combine(day, dt.time(12), AMSTERDAM)
    for _ in range(most if most < 60 else 0):
        noon = dt.datetime.combine(noon.date() + dt.timedelta(days=1), dt.time(12), AMSTERDAM)
    assert last == (noon.date() if most < 60 else dt.date.fromordinal(day.toordinal() + most))


@pytest.mark.parametrize(
    ("state", "minutes", "now"),
    [("held", -1, "held"), ("held", 0, "expired"), ("confirmed", 60, "confirmed"), ("released", 60, "released")],
)
def test_a_hold_runs_out_at_its_end_and_only_if_nothing_became_of_it(state: str, minutes: int, now: str) -> None:
    end = dt.datetime(2026, 3, 30, 11, tzinfo=dt.UTC)
    assert rules.hold_state_now(state, end, end + dt.timedelta(minutes=minutes)) == now


def test_only_coded_fields_can_go_along_and_none_that_identifies() -> None:
    entities = words.vocabulary().entities
    fields = [entities[entity].fields[name] for entity, names in rules.GOES_ALONG.items() for name in names]
    assert {field.type for field in fields} <= {"code", "multi", "bool", "int"}
    assert {field.sensitivity for field in fields} <= {"P1", "P2"}


def test_what_a_share_says_is_read_back_and_what_may_not_go_is_left_out() -> None:
    chosen = ("person.age_band", "exploitation.main_form")
    assert rules.read_from_share(rules.written_in_share(chosen)) == chosen
    assert rules.read_from_share("referral: person.match_key, person.gender, case.comments") == ("person.gender",)
    assert rules.read_from_share("htcds: age_band, gender") == ()


def test_every_state_that_can_follow_is_a_state_and_a_step() -> None:
    states = words.vocabulary().lists["referral_state"].codes
    steps = words.vocabulary().lists["care_step"].codes
    assert set(states) <= set(steps)
    for code in states.values():
        assert {*code.texts("next"), *code.texts("back")} <= set(states)
    assert not any(rules.may_follow("withdrawn", state) for state in states)
