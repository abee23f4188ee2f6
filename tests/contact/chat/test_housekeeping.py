"""Nobody waits for a counsellor who is gone, or at a closed door, and a chat in which nobody writes ends."""

import datetime as dt
import uuid

import pytest
from tests.contact.cast import Cast, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact.chat.housekeeping import IDLE_AFTER, Gone, idle, round_of
from zicht.contact.models import Conversation, Hours

NOBODY_GONE = Gone(set(), is_known=False)


@pytest.mark.django_db
def test_the_chat_of_a_counsellor_who_is_gone_waits_again(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = Visitor()
    visitor.open()
    counsellor.post("conversations/claim", visitor.conv_id)
    round_of(Gone({cast.counsellor.pk}, is_known=True), [])
    round_of(Gone(set(), is_known=False), [])
    assert Conversation.objects.get().state == "open"
    round_of(Gone({cast.second_counsellor.pk}, is_known=True), [])
    assert visitor.get("messages").json()["events"][0]["data"]["state"] == "waiting"
    assert counsellor.rows()[0]["by"] is None


@pytest.mark.django_db
def test_at_closing_time_a_waiting_chat_becomes_a_message_and_no_new_one_opens(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor, late = Visitor(), Visitor()
    visitor.open()
    tomorrow = dt.date.today().isoweekday() % 7 + 1  # noqa: DTZ011
    Hours.objects.create(desk=cast.desk, weekday=tomorrow, opens=dt.time(9), closes=dt.time(17))
    round_of(NOBODY_GONE, [])
    assert visitor.get("messages").json()["events"][0]["data"]["kind"] == "message"
    refused = late.open()
    assert (refused.status_code, refused.json()["error"]) == (503, "closed")
    assert refused.json()["opens_at"].endswith("T09:00")
    assert late.open("message").status_code == 200


@pytest.mark.django_db
def test_an_idle_chat_is_closed(cast: Cast) -> None:
    cast.desk  # noqa: B018
    visitor = Visitor()
    visitor.open()
    round_of(NOBODY_GONE, [visitor.uuid, uuid.uuid4()])
    assert visitor.get("messages").json()["events"][0]["data"]["state"] == "closed"


def test_a_chat_is_idle_two_hours_after_its_last_message() -> None:
    chat = uuid.uuid4()
    active: dict[uuid.UUID, tuple[int, float]] = {}
    assert idle(active, {chat: 1}, 0.0) == []
    assert idle(active, {chat: 2}, IDLE_AFTER - 1) == []
    assert idle(active, {chat: 2}, 2 * IDLE_AFTER - 2) == []
    assert idle(active, {chat: 2}, 2 * IDLE_AFTER - 1) == [chat]
    assert idle(active, {}, 2 * IDLE_AFTER) == []
    assert active == {}
