"""Signs wake the streams they are for, a full queue is told once, and old lines of a phone make room for new ones."""

import uuid

import pytest

from zicht.contact.chat import hub as hub_room
from zicht.contact.chat.hub import MOST_STREAMS, Hub
from zicht.contact.chat.news import CHANGED, QUEUE, News

DESK, CHAT, OTHER = (uuid.UUID(int=number) for number in (1, 2, 3))


def run_for(hub: Hub, seconds: float) -> None:
    """Let what was put off happen."""
    hub._loop.call_later(seconds, hub._loop.stop)
    hub._loop.run_forever()


def test_a_sign_wakes_its_conversation_and_its_desk_and_nobody_else(hub: Hub) -> None:
    with (
        hub.listening(("one", CHAT)) as one,
        hub.listening(("one", OTHER)) as other,
        hub.listening(("desk", DESK)) as desk,
    ):
        sign = News(CHANGED, DESK, CHAT, 4)
        hub.spread(sign)
        hub.spread(sign)
        assert (one.empty(), other.empty(), desk.empty()) == ([sign], [], [sign])


def test_many_changes_of_a_queue_are_told_once(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_room, "QUEUE_AFTER", 0.01)
    sign = News(QUEUE, DESK, DESK)
    with hub.listening(("one", CHAT), ("queue", DESK)) as waiting, hub.listening(("queue", OTHER)) as elsewhere:
        for _opening in range(50):
            hub.spread(sign)
        assert waiting.empty() == []
        run_for(hub, 0.1)
        assert (waiting.empty(), elsewhere.empty(), hub._turns[DESK]) == ([sign], [], 1)
        hub.spread(sign)
        run_for(hub, 0.1)
        assert hub._turns[DESK] == 2


def test_more_streams_of_one_conversation_than_a_phone_needs_end_the_oldest(hub: Hub) -> None:
    lines = [hub.listening(("one", CHAT), ("queue", DESK)) for _line in range(MOST_STREAMS + 2)]
    listeners = [line.__enter__() for line in lines]
    assert [one.is_over for one in listeners] == [True, True] + [False] * MOST_STREAMS
    with hub.listening(("one", OTHER)):
        assert sum(one.is_over for one in listeners) == 2
    for line in lines:
        line.__exit__(None, None, None)
    assert not hub._listeners
