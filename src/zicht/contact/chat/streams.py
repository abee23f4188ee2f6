"""Keep a visitor's stream going: what is new, and a beat when nothing is."""

import secrets
from collections.abc import AsyncIterator
from uuid import UUID

from zicht.contact.chat import database, hub
from zicht.contact.chat.frames import beat, frame
from zicht.contact.chat.news import TYPING, News
from zicht.contact.chat.queries import After, Batch, Event, news_of_visitor
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
    shown: Event | None = None
    with running.listening(("one", conv_id), ("queue", desk_id)) as listener:
        while True:
            for event in typing_of(listener.empty(), TO_VISITOR):
                yield frame(event)
            batch = await database.read(news_of_visitor, conv_id, cap, after)
            after = batch.last
            for event in batch.events:
                if event != shown:
                    yield frame(event)
                shown = event if event.name == "status" else shown
            if batch.events[0].name == "wiped":
                return
            while not batch.more and not await listener.wait(silence()):
                yield beat()


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
