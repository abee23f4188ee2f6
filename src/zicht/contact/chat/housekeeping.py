"""What a server does by itself every few seconds: nobody waits for a counsellor who is gone, or at a closed door."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from zicht.contact.chat import database
from zicht.contact.chat.actions import close, tell_queue
from zicht.contact.chat.errors import ChatError
from zicht.contact.chat.finding import find
from zicht.contact.chat.hours import is_open
from zicht.contact.chat.hub import Hub
from zicht.contact.models import Claim, Conversation, Kind, State

EVERY = 10.0  # seconds
GONE_AFTER = 60.0  # seconds without a stream after which a counsellor is gone
IDLE_AFTER = 2 * 3600.0  # seconds without a message or a change after which a chat is closed


async def keep_house(hub: Hub) -> None:
    """Do it for ever; a round that fails, because the database is away, is done again by the next."""
    began = time.monotonic()
    active: dict[UUID, tuple[int, float]] = {}
    while True:
        await asyncio.sleep(EVERY)
        now = time.monotonic()
        with suppress(DatabaseError):
            await database.write(round_of, gone(hub, began, now), idle(active, await database.read(places), now))


def gone(hub: Hub, began: float, now: float) -> "Gone":
    """Give who was not seen lately; a server that began just now has seen nobody, so everybody gets that long."""
    return Gone({account for account, at in hub.present.items() if now - at < GONE_AFTER}, now - began >= GONE_AFTER)


class Gone:
    """Tell whether a counsellor is gone, as this process knows it."""

    def __init__(self, present: set[UUID], is_known: bool) -> None:
        self._present = present
        self._is_known = is_known

    def __contains__(self, account_id: object) -> bool:
        return self._is_known and account_id not in self._present


def places() -> dict[UUID, int]:
    """Give how far each live chat is, as one number that grows with every message."""
    live = Conversation.objects.filter(kind=Kind.CHAT, state__in=(State.WAITING, State.OPEN))
    return {row.conv_id: row.count_v2o + row.count_o2v for row in live.only("conv_id", "count_v2o", "count_o2v")}


def idle(active: dict[UUID, tuple[int, float]], found: dict[UUID, int], now: float) -> list[UUID]:
    """Give chats in which nothing was written for long, by what this process remembers; it remembers what it found."""
    for conv_id in active.keys() - found.keys():
        del active[conv_id]
    for conv_id, place in found.items():
        if conv_id not in active or active[conv_id][0] != place:
            active[conv_id] = (place, now)
    return [conv_id for conv_id, (_place, since) in active.items() if now - since >= IDLE_AFTER]


def round_of(absent: Gone, idle_ones: Iterable[UUID]) -> None:
    """Release, turn into messages, close."""
    for conversation in Conversation.objects.filter(state=State.OPEN, kind=Kind.CHAT).select_related("claim"):
        owner = getattr(conversation, "claim", None)
        if owner is not None and owner.account_id in absent:
            release_if_still(conversation.conv_id, owner.account_id)
    now = timezone.localtime()
    for conversation in Conversation.objects.filter(state=State.WAITING, kind=Kind.CHAT).select_related("desk"):
        if not is_open(conversation.desk, now, conversation.language):
            make_message(conversation.conv_id)
    for conv_id in idle_ones:
        close_one(conv_id)


@transaction.atomic
def release_if_still(conv_id: UUID, account_id: UUID) -> None:
    """Let a chat wait again whose counsellor is gone; one that a colleague took over stays hers."""
    conversation = _held(conv_id)
    if conversation is None or conversation.state != State.OPEN:
        return
    if Claim.objects.filter(conversation=conversation, account_id=account_id).delete()[0]:
        conversation.state = State.WAITING
        conversation.save()
        tell_queue(conversation)


@transaction.atomic
def make_message(conv_id: UUID) -> None:
    """Turn a chat that nobody took before closing time into a message; the visitor sees it and may go on writing."""
    conversation = _held(conv_id)
    if conversation is not None and (conversation.state, conversation.kind) == (State.WAITING, Kind.CHAT):
        conversation.kind = Kind.MESSAGE
        conversation.save()
        tell_queue(conversation)


@transaction.atomic
def close_one(conv_id: UUID) -> None:
    """Close a chat in which nobody writes any more."""
    conversation = _held(conv_id)
    if conversation is not None:
        close(conversation)


def _held(conv_id: UUID) -> Conversation | None:
    try:
        return find(conv_id, held=True)
    except ChatError:
        return None
