"""What an opening reads of its desk in two queries is what the models say."""

import datetime as dt

import pytest
from tests.contact.cast import Cast

from zicht.contact.chat.desk_times import find_good_epoch
from zicht.contact.chat.hours import is_open, opens_at
from zicht.contact.models import Desk, Epoch, Holiday, Hours

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 10, 0, tzinfo=dt.UTC)


def times_of(desk: Desk) -> list[object]:
    every = [desk.org_id, desk.slug, desk.is_paused, desk.purpose]
    every += [(one.weekday, one.opens, one.closes, one.languages) for one in desk.hours.all()]
    moments = [MONDAY + dt.timedelta(hours=hours) for hours in range(0, 48, 3)]
    every += [one.day for one in desk.holidays.all()]
    return every + [(is_open(desk, now, "nl"), opens_at(desk, now)) for now in moments]


@pytest.mark.parametrize("is_paused", [False, True])
def test_the_desk_of_an_epoch_has_the_same_hours_and_holidays(cast: Cast, is_paused: bool) -> None:
    desk = cast.desk
    Hours.objects.create(desk=desk, weekday=1, opens=dt.time(9), closes=dt.time(17), languages=["nl"])
    Hours.objects.create(desk=desk, weekday=2, opens=dt.time(13, 30), closes=dt.time(23, 59))
    Holiday.objects.create(desk=desk, day=dt.date(2026, 12, 1))
    Desk.objects.filter(pk=desk.pk).update(is_paused=is_paused)
    found = find_good_epoch("chat", 1, 2**40, 0)
    assert found is not None
    assert found.pk == Epoch.objects.get(desk=desk).pk
    assert times_of(found.desk) == times_of(Desk.objects.get(pk=desk.pk))


def test_a_key_that_is_over_not_yet_there_taken_back_or_of_another_desk_is_not_good(cast: Cast) -> None:
    epoch = Epoch.objects.get(desk=cast.desk)
    assert find_good_epoch("chat", 1, epoch.not_before - 1, epoch.not_before - 1) is None
    assert find_good_epoch("chat", 1, epoch.not_after + 1, epoch.not_after + 1) is None
    assert find_good_epoch("chat", 2, 2**40, 0) is None
    assert find_good_epoch("elsewhere", 1, 2**40, 0) is None
    Epoch.objects.update(is_taken_back=True)
    assert find_good_epoch("chat", 1, 2**40, 0) is None
