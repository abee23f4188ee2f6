"""Nobody waits for a counsellor who is gone, or at a closed door, and a chat in which nobody writes ends."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from tests.contact.cast import Cast, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact.chat.hours import closes_soon, is_open
from zicht.contact.chat.housekeeping import IDLE_AFTER, Gone, Place, idle, places, round_of
from zicht.contact.models import Conversation, Hours

NOBODY_GONE = Gone(set(), is_known=False)
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_the_chat_of_a_counsellor_who_is_gone_waits_again(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    counsellor.post("conversations/claim", visitor.conv_id)
    round_of(Gone({cast.counsellor.pk}, is_known=True), {}, set())
    round_of(Gone(set(), is_known=False), {}, set())
    assert Conversation.objects.get().state == "open"
    round_of(Gone({cast.second_counsellor.pk}, is_known=True), {}, set())
    assert visitor.get("messages").json()["events"][0]["data"]["state"] == "waiting"
    assert counsellor.rows()[0]["by"] is None


@pytest.mark.django_db
def test_at_closing_time_a_waiting_chat_becomes_a_message_and_no_new_one_opens(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor, late = Visitor(), Visitor()
    visitor.open()
    tomorrow = dt.date.today().isoweekday() % 7 + 1  # noqa: DTZ011
    Hours.objects.create(desk=cast.desk, weekday=tomorrow, opens=dt.time(9), closes=dt.time(17))
    round_of(NOBODY_GONE, {}, set())
    assert visitor.get("messages").json()["events"][0]["data"]["kind"] == "message"
    refused = late.open()
    assert (refused.status_code, refused.json()["error"]) == (503, "closed")
    assert refused.json()["opens_at"].endswith("T09:00")
    assert late.open("message").status_code == 200


@pytest.mark.django_db
def test_who_waits_is_told_a_quarter_of_an_hour_before_that_the_desk_closes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = cast.desk
    evening = dt.datetime(2026, 3, 2, 16, 44, tzinfo=dt.UTC)  # a Monday
    Hours.objects.create(desk=desk, weekday=1, opens=dt.time(9), closes=dt.time(17))
    assert [closes_soon(desk, evening + minutes * MINUTE) for minutes in (0, 1, 15, 16)] == [False, True, True, False]
    visitor = Visitor()
    visitor.open("message")
    Conversation.objects.update(kind="chat")
    told: set[uuid.UUID] = set()
    monkeypatch.setattr(timezone, "localtime", lambda: evening + MINUTE)
    round_of(NOBODY_GONE, {}, told)
    assert told == {visitor.uuid}
    status = visitor.get("messages").json()["events"][0]["data"]
    assert (status["kind"], status["closes_soon"]) == ("chat", True)


@pytest.mark.django_db
def test_hours_until_the_last_minute_of_a_day_last_until_midnight(cast: Cast) -> None:
    for weekday in (1, 2):
        Hours.objects.create(desk=cast.desk, weekday=weekday, opens=dt.time(0), closes=dt.time(23, 59))
    midnight = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)  # between Monday and Tuesday
    assert all(is_open(cast.desk, midnight + seconds * SECOND) for seconds in (-60, -30, -1, 0))
    assert not closes_soon(cast.desk, midnight - MINUTE)
    assert closes_soon(cast.desk, midnight + dt.timedelta(days=1) - MINUTE)


@pytest.mark.django_db
def test_an_idle_chat_is_closed_and_one_that_went_on_since_is_not(cast: Cast) -> None:
    cast.desk  # noqa: B018
    silent, busy = Visitor(), Visitor()
    for visitor in (silent, busy):
        visitor.open()
    found = places()
    busy.say("ik ben er nog")
    round_of(NOBODY_GONE, {**found, uuid.uuid4(): ("waiting", 0)}, set())
    assert silent.get("messages").json()["events"][0]["data"]["state"] == "closed"
    assert busy.get("messages").json()["events"][0]["data"]["state"] == "waiting"


def test_a_chat_is_idle_two_hours_after_the_last_thing_that_happened_in_it() -> None:
    chat = uuid.uuid4()
    active: dict[uuid.UUID, tuple[Place, float]] = {}
    assert idle(active, {chat: ("waiting", 1)}, 0.0) == {}
    assert idle(active, {chat: ("waiting", 2)}, 1.0) == {}
    assert idle(active, {chat: ("open", 2)}, IDLE_AFTER) == {}
    assert idle(active, {chat: ("open", 2)}, 2 * IDLE_AFTER - 1) == {}
    assert idle(active, {chat: ("open", 2)}, 2 * IDLE_AFTER) == {chat: ("open", 2)}
    assert idle(active, {}, 2 * IDLE_AFTER) == {}
    assert active == {}
