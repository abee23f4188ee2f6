"""Keep a visitor's stream going: what is new, and a beat when nothing is."""

import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import Error as DatabaseError

from zicht.contact.chat import database, hub
from zicht.contact.chat.errors import Unknown
from zicht.contact.chat.frames import beat, frame
from zicht.contact.chat.hub import Listener
from zicht.contact.chat.news import MESSAGE, QUEUE, TYPING, News
from zicht.contact.chat.queries import After, Batch, Event, at_hand, messages_after, news_of_visitor, read_queue
from zicht.contact.sealing.secret_keys import TO_VISITOR

BEAT = (20.0, 25.0)  # seconds of silence before a beat, drawn anew each time


def silence() -> float:
    """Draw how long a stream stays silent before it beats."""
    least, most = BEAT
    return least + (most - least) * secrets.randbelow(1000) / 1000


async def of_visitor(conv_id: UUID, desk_id: UUID, cap: bytes, after: After) -> AsyncIterator[bytes]:
    """Give the frames of one visitor until the conversation is destroyed or she goes."""
    running = hub.running()
    if running is None:  # nothing would ever wake it
        return
    line = Line(running, (conv_id, desk_id), cap, after)
    with running.listening(("one", conv_id), ("queue", desk_id)) as listener, suppress(DatabaseError, Unknown):
        while not (line.is_over or listener.is_over):
            if events := await line.events(listener):
                yield b"".join(map(frame, events))
            while line.is_at_end and not await listener.wait(silence()):
                yield beat()


class Line:
    """What one visitor's stream has shown, and what it shows next."""

    def __init__(self, running: hub.Hub, subject: tuple[UUID, UUID], cap: bytes, after: After) -> None:
        self._hub = running
        self._conv_id, self._desk_id = subject
        self._cap = cap
        self._after = after
        self._status: Event | None = None
        self._has_more = False
        self.is_over = False

    @property
    def is_at_end(self) -> bool:
        """Tell whether there is nothing to give until something happens."""
        return not self._has_more and not self.is_over

    async def events(self, listener: Listener) -> list[Event]:
        """Give what is new since the last time."""
        is_all = self._status is None or self._has_more or listener.look_again
        signs = listener.empty()
        typing = typing_of(signs, TO_VISITOR)
        kinds = {sign.what for sign in signs}
        if is_all or kinds - {TYPING, QUEUE, MESSAGE}:
            return [*typing, *await self._look()]
        messages = await self._messages([sign for sign in signs if sign.what == MESSAGE])
        places = await self._look_at_queue() if QUEUE in kinds else []
        return [*typing, *messages, *places]

    async def _look(self) -> list[Event]:
        batch = await database.read(news_of_visitor, self._conv_id, self._cap, self._after)
        self._after, self._has_more = batch.last, batch.more
        status, *messages = batch.events
        self.is_over = status.name == "wiped"
        return [*self._if_new(status), *messages]

    async def _messages(self, signs: list[News]) -> list[Event]:
        """Give what was written; how the conversation stands is not changed by that, and the token was shown."""
        batch = at_hand(signs, self._after)
        if batch is None:
            batch = await database.read(messages_after, self._conv_id, self._after)
        self._after, self._has_more = batch.last, batch.more
        return batch.events

    async def _look_at_queue(self) -> list[Event]:
        """Give another place in the queue; only who waits for an answer now has one."""
        if self._status is None or self._status.data["position"] is None:
            return []
        queue = await self._hub.read_once(self._desk_id, partial(database.read, read_queue, self._desk_id))
        place = queue.places.get(self._conv_id)
        if place is None:
            return await self._look()
        return self._if_new(Event("status", {**self._status.data, "position": place, "wait": queue.wait}))

    def _if_new(self, status: Event) -> list[Event]:
        before, self._status = self._status, status
        return [] if status == before else [status]


async def hold(conv_id: UUID, cap: bytes, batch: Batch, seconds: float) -> Batch:
    """Wait until something is new behind a batch, or the time is over."""
    running = hub.running()
    if running is None:
        return batch
    with running.listening(("one", conv_id)) as listener:
        # Once more from here on: what came before anybody listened woke nobody.
        fresh = await database.read(news_of_visitor, conv_id, cap, batch.last)
        if fresh.events != batch.events:
            return fresh
        if not await listener.wait(seconds):
            return Batch([], batch.last)
        typing = typing_of(listener.empty(), TO_VISITOR)
    fresh = await database.read(news_of_visitor, conv_id, cap, batch.last)
    return Batch([*typing, *fresh.events], fresh.last, fresh.more)


def typing_of(signs: list[News], direction: int) -> list[Event]:
    """Give that the other side types, once."""
    typed = any(sign.what == TYPING and sign.place == direction for sign in signs)
    return [Event("typing", {})] if typed else []
