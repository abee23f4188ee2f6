"""One stream for all that a counsellor has open: rows of her desks, messages of what she reads, and nothing beyond."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.contact.cast import Cast, Counsellor, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact.chat import hub as hub_room
from zicht.contact.chat.hub import Hub
from zicht.contact.chat.news import CHANGED, MESSAGE, OPENED, TYPING, WIPED, News
from zicht.contact.chat.queries import After
from zicht.contact.desk import streams
from zicht.contact.models import Membership
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR
from zicht.people.actions import close_account

pytestmark = pytest.mark.django_db
Step = Callable[[], object]


class Ear:
    """Hears the stream of one counsellor in this process; what others wrote is told by hand."""

    def __init__(self, counsellor: Counsellor, *reading: Visitor) -> None:
        session = Session.objects.get(pk=counsellor.browser.client.cookies["zicht"].value)
        account = UUID(session.get_decoded()["_auth_user_id"])
        self._visit = streams.Visit(account, session.session_key)
        self._places = {visitor.uuid: After() for visitor in reading}

    def hear(self, *steps: tuple[Step, list[News]]) -> list[list[tuple[str, Any]]]:
        """Give the events at the beginning and after each step; the stream is silent when nothing more is there."""
        return async_to_sync(self._hear)(steps)

    async def _hear(self, steps: tuple[tuple[Step, list[News]], ...]) -> list[list[tuple[str, Any]]]:
        hub = Hub(asyncio.get_running_loop())
        hub_room._running.append(hub)
        frames = streams.of_counsellor(self._visit, self._places)
        try:
            heard = [await until_silent(frames)]
            for step, signs in steps:
                await sync_to_async(step)()
                for sign in signs:
                    hub.spread(sign)
                heard.append(await until_silent(frames))
            return heard
        finally:
            await frames.aclose()  # type: ignore[attr-defined]  # it is a generator
            hub_room._running.remove(hub)


async def until_silent(frames: AsyncIterator[bytes]) -> list[tuple[str, Any]]:
    """Give events up to the next beat, which is not given; `ended` where the stream ends."""
    events: list[tuple[str, Any]] = []
    async for several in frames:
        for one in several.decode().removesuffix("\n\n").split("\n\n"):
            lines = [line for line in one.split("\n") if line and not line.startswith(":")]
            fields = dict(line.split(": ", 1) for line in lines)
            if fields["event"] == "beat":
                return events
            events.append((fields["event"], json.loads(fields["data"])))
    return [*events, ("ended", None)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beat after a moment, and ask anew each time who may hear."""
    monkeypatch.setattr(streams, "silence", lambda: 0.05)
    monkeypatch.setattr(streams, "CHECK_EVERY", 0.0)


def opened() -> Visitor:
    visitor = Visitor()
    visitor.open()
    visitor.say("hallo")
    return visitor


def nothing() -> None:
    """Do nothing."""


def names(events: list[tuple[str, Any]]) -> list[str]:
    return [name for name, _data in events]


def test_it_begins_with_every_row_of_her_desks_and_tells_each_change_once(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    cast.other_desk  # noqa: B018
    first, elsewhere = opened(), Visitor("night")
    elsewhere.open()
    changed = News(CHANGED, cast.desk.pk, first.uuid)
    heard = Ear(counsellor).hear(
        (lambda: counsellor.post("conversations/claim", first.conv_id), [changed, changed]),
        (nothing, [changed, News(OPENED, cast.other_desk.pk, elsewhere.uuid)]),
    )
    [[(name, row)], claimed, again] = heard
    assert (name, row["conv_id"], row["state"]) == ("status", encode(first.conv_id), "waiting")
    assert names(claimed) == ["status", "message"]
    assert claimed[0][1]["by"]["shown_as"] == "Chris"
    assert again == []


def test_messages_come_only_of_what_she_claimed_or_has_open(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor, colleague = at_the_desk(cast.counsellor), at_the_desk(cast.second_counsellor)
    hers, unread = opened(), opened()
    colleague.post("conversations/claim", hers.conv_id)
    signs = [News(CHANGED, cast.desk.pk, visitor.uuid) for visitor in (hers, unread)]
    begun, silent, read = Ear(counsellor, hers, unread).hear(
        (lambda: (hers.say("nog iets"), unread.say("en nog iets")), signs),
        (lambda: counsellor.post("conversations/read", hers.conv_id), signs),
    )
    assert names(begun) == ["status", "status"]
    assert names(silent) == ["status", "status"]  # how far they are, and not what was said
    assert names(read) == ["status", "message", "message"]
    assert {data["conv_id"] for name, data in read if name == "message"} == {encode(hers.conv_id)}


def test_a_message_moves_a_row_on_and_comes_to_who_reads_without_looking_at_the_rest(
    cast: Cast, at_the_desk: AtTheDesk
) -> None:
    counsellor = at_the_desk(cast.counsellor)
    hers, unread = opened(), opened()
    counsellor.post("conversations/claim", hers.conv_id)
    signs = [News(MESSAGE, cast.desk.pk, visitor.uuid, 2) for visitor in (hers, unread)]
    begun, after, again = Ear(counsellor, hers).hear(
        (lambda: (hers.say("nog iets"), unread.say("en nog iets")), signs), (nothing, signs)
    )
    assert names(begun) == ["status", "status", "message"]
    assert [data["last"] for name, data in after if name == "status"] == ["1,-1", "1,-1"]
    assert [(data["conv_id"], data["seq"]) for name, data in after if name == "message"] == [(encode(hers.conv_id), 1)]
    assert again == []


def test_what_leaves_no_trace_passes_through(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = opened()
    conv_id = {"conv_id": encode(visitor.conv_id)}
    _begun, typed, wiped = Ear(counsellor).hear(
        (nothing, [News(TYPING, cast.desk.pk, visitor.uuid, FROM_VISITOR)]),
        (
            lambda: visitor.post("wipe", token=visitor.keys.wipe),
            [News(WIPED, cast.desk.pk, visitor.uuid), News(CHANGED, cast.desk.pk, visitor.uuid)],
        ),
    )
    assert (typed, wiped) == ([("typing", conv_id)], [("wiped", conv_id)])


@pytest.mark.parametrize("how", ["membership", "role", "session", "account"])
def test_who_may_not_hear_any_more_hears_nothing_more(cast: Cast, at_the_desk: AtTheDesk, how: str) -> None:
    counsellor = at_the_desk(cast.counsellor)
    visitor = opened()
    ways: dict[str, Step] = {
        "membership": lambda: Membership.objects.filter(account=cast.counsellor).update(left_on=timezone.localdate()),
        "role": lambda: cast.counsellor.grants.update(ended_on=timezone.localdate()),
        "session": lambda: counsellor.browser.client.logout(),
        "account": lambda: close_account(cast.administrator, cast.counsellor),
    }
    begun, after = Ear(counsellor, visitor).hear((ways[how], [News(CHANGED, cast.desk.pk, visitor.uuid)]))
    assert names(begun) == ["status"]
    assert after == [("ended", None)]


def test_a_change_of_people_or_keys_shows_on_every_colleagues_screen(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    desk = cast.desk
    _begun, joined, nothing_new = Ear(counsellor).hear(
        (
            lambda: Membership.objects.create(desk=desk, account=cast.other_counsellor, joined_on=timezone.localdate()),
            [],
        ),
        (nothing, []),
    )
    assert joined == [("members", {"desk": "chat"})]
    assert nothing_new == []


def test_a_stream_that_looks_again_says_what_went_meanwhile(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    stays, goes = opened(), opened()

    def wipe_unheard() -> None:
        goes.post("wipe", token=goes.keys.wipe)
        [running] = hub_room._running
        running._loop.call_soon_threadsafe(running.wake_everybody)

    _begun, after = Ear(counsellor).hear((wipe_unheard, []))
    assert ("wiped", {"conv_id": encode(goes.conv_id)}) in after
    assert {data["conv_id"] for name, data in after if name == "status"} == {encode(stays.conv_id)}
