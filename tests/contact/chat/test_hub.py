"""Signs wake the streams they are for, a full queue is told once, and old lines of a phone make room for new ones."""

import uuid

import pytest
from tests.contact.crowd import Member

from zicht.contact.chat import hub as hub_room
from zicht.contact.chat.hub import MOST_STREAMS, Hub, Listener
from zicht.contact.chat.news import CHANGED, MESSAGE, QUEUE, News
from zicht.contact.chat.queries import After, at_hand

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


def written(direction: int, seq: int) -> News:
    member = Member(1)
    member.places[direction] = (seq, member.opening)
    return News(MESSAGE, DESK, CHAT, 2 * seq + direction, member.next(direction))


def test_messages_at_hand_are_given_in_their_order_and_one_that_is_known_is_left_out() -> None:
    batch = at_hand([written(0, 3), written(1, 0), written(0, 4)], After(3, -1))
    assert batch is not None
    assert [(event.data["dir"], event.data["seq"], str(event.place)) for event in batch.events] == [
        (1, 0, "3,0"),
        (0, 4, "4,0"),
    ]
    assert batch.last == After(4, 0)


def test_a_message_that_another_process_wrote_or_that_is_missed_has_to_be_read() -> None:
    assert at_hand([written(0, 4), News(MESSAGE, DESK, CHAT, 10)], After(3, -1)) is None
    assert at_hand([written(0, 5)], After(3, -1)) is None


def test_a_slow_stream_keeps_signs_and_lets_go_of_messages(hub: Hub) -> None:
    with hub.listening(("one", CHAT)) as slow:
        for seq in range(hub_room.AT_HAND + 5):
            hub.spread(written(0, seq))
        kept = slow.empty()
    assert len(kept) == hub_room.AT_HAND + 5
    assert sum(sign.message is not None for sign in kept) == hub_room.AT_HAND


def test_what_this_process_told_is_not_told_again_and_what_it_did_not_is_told_late(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_room, "OWN_LATER", 0.01)
    hub.own.add(7)
    told, lost = written(0, 0), written(0, 1)
    with hub.listening(("one", CHAT)) as one:
        hub.tell_own(told)
        for sign in (told, lost):
            hub.hear(News.read(str(sign)), 7)
        assert one.empty() == [told]
        run_for(hub, 0.1)
        assert one.empty() == [lost]
        hub.hear(News.read(str(lost)), 8)
        assert one.empty() == [lost]


def test_a_stream_waits_for_a_sign_and_not_longer_than_it_was_told(hub: Hub) -> None:
    def wait(listener: Listener, seconds: float) -> bool:
        return hub._loop.run_until_complete(listener.wait(seconds))

    with hub.listening(("one", CHAT)) as one:
        assert wait(one, 0.01) is False
        hub._loop.call_later(0.01, hub.spread, News(CHANGED, DESK, CHAT))
        assert wait(one, 60) is True
        assert wait(one, 60) is True  # as long as it was not looked at
        one.empty()
        assert wait(one, 0.01) is False
        hub._loop.call_later(0.01, one.end)
        assert wait(one, 60) is True
