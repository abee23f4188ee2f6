"""How long people wait is told for the same weekday and hour of four weeks, and not at all where it would be chance."""

import datetime as dt
import random

import pytest
from tests.contact.cast import Cast

from zicht.contact.chat.waits import FEWEST_CHATS, add_wait, wait_at
from zicht.contact.models import WaitCount

MONDAY = dt.datetime(2026, 3, 2, 14, 30, tzinfo=dt.UTC)
WEEK, HOUR = dt.timedelta(weeks=1), dt.timedelta(hours=1)


@pytest.mark.django_db
def test_median_and_p90_are_the_smallest_waits_that_half_and_nine_in_ten_did_not_exceed(cast: Cast) -> None:
    for seed in range(8):
        draw = random.Random(seed)
        minutes = [draw.randrange(draw.choice([3, 90])) for _chat in range(FEWEST_CHATS + seed)]
        WaitCount.objects.all().delete()
        for one in minutes:
            add_wait(cast.desk, MONDAY, one)
        found = wait_at(cast.desk, MONDAY)
        assert found is not None
        for told, share in ((found.median, 0.5), (found.p90, 0.9)):
            enough = [one for one in minutes if sum(other <= one for other in minutes) >= share * len(minutes)]
            assert told == min(enough)
        assert found.chats == len(minutes)


@pytest.mark.django_db
def test_fewer_than_twenty_chats_say_nothing(cast: Cast) -> None:
    for number in range(FEWEST_CHATS - 1):
        add_wait(cast.desk, MONDAY, number)
    assert wait_at(cast.desk, MONDAY) is None
    add_wait(cast.desk, MONDAY, 7)
    assert wait_at(cast.desk, MONDAY) is not None


@pytest.mark.django_db
def test_only_the_same_weekday_and_hour_of_the_last_four_weeks_and_of_this_desk_count(cast: Cast) -> None:
    others = [MONDAY - 5 * WEEK, MONDAY - HOUR, MONDAY + HOUR, MONDAY - dt.timedelta(days=1)]
    for _chat in range(FEWEST_CHATS):
        for moment in others:
            add_wait(cast.desk, moment, 60)
        add_wait(cast.other_desk, MONDAY, 60)
    assert wait_at(cast.desk, MONDAY) is None
    for number in range(FEWEST_CHATS):
        add_wait(cast.desk, MONDAY - number % 4 * WEEK, 5, is_gone=number < 3)
    found = wait_at(cast.desk, MONDAY)
    assert found is not None
    assert (found.median, found.p90, found.chats) == (5, 5, FEWEST_CHATS)
    rows = WaitCount.objects.filter(desk=cast.desk, minutes=5)
    assert sum(row.gone for row in rows) == 3
