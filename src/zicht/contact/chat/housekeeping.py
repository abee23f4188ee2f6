"""What a server does by itself every few seconds: nobody waits for a counsellor who is gone, or at a closed door."""

import asyncio
import gc
import time
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from zicht.contact.chat import database, work
from zicht.contact.chat.actions import close, tell_queue
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.errors import ChatError
from zicht.contact.chat.finding import find
from zicht.contact.chat.hours import closes_soon, is_open
from zicht.contact.chat.hub import Hub
from zicht.contact.chat.news import CHANGED, News
from zicht.contact.chat.presence import GONE_AFTER
from zicht.contact.chat.waits import count_wait
from zicht.contact.models import Claim, Conversation, Kind, State

EVERY = 10.0  # seconds
COLLECT_EVERY = 3600.0  # seconds between two looks for garbage among what was there for long (site/asgi.py)
IDLE_AFTER = 2 * 3600.0  # seconds without a message or a change after which a chat is closed


Place = tuple[str, int]  # how a chat stands, and how many messages it has


async def keep_house(hub: Hub) -> None:
    """Do it for ever; a round that fails, because the database is away, is done again by the next."""
    began = time.monotonic()
    active: dict[UUID, tuple[Place, float]] = {}
    told: set[UUID] = set()
    collected = began
    while True:
        await asyncio.sleep(EVERY)
        work.networks.forget_old()
        now = time.monotonic()
        collected = collect_if_due(collected, now)
        with suppress(DatabaseError):
            quiet = idle(active, await database.read(places), now)
            await database.write(round_of, gone(hub, began, now), quiet, told)


def collect_if_due(since: float, now: float) -> float:
    """Look for garbage that goes round in circles, once an hour; give when that was done last."""
    if now - since < COLLECT_EVERY:
        return since
    gc.collect()
    return now


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


def places() -> dict[UUID, Place]:
    """Give how each live chat stands; a message, a claim and a release all change it."""
    live = Conversation.objects.filter(kind=Kind.CHAT, state__in=(State.WAITING, State.OPEN))
    rows = live.values_list("conv_id", "state", "count_v2o", "count_o2v")
    return {conv_id: (state, v2o + o2v) for conv_id, state, v2o, o2v in rows}


def place_in(conversation: Conversation) -> Place:
    """Give how a chat stands."""
    return conversation.state, conversation.count_v2o + conversation.count_o2v


def idle(active: dict[UUID, tuple[Place, float]], found: Mapping[UUID, Place], now: float) -> dict[UUID, Place]:
    """Give chats in which nothing happened for long, by what this process remembers; it remembers what it found."""
    for conv_id in active.keys() - found.keys():
        del active[conv_id]
    for conv_id, place in found.items():
        if conv_id not in active or active[conv_id][0] != place:
            active[conv_id] = (place, now)
    return {conv_id: place for conv_id, (place, since) in active.items() if now - since >= IDLE_AFTER}


def round_of(absent: Gone, idle_ones: Mapping[UUID, Place], told: set[UUID]) -> None:
    """Release, say that a desk closes soon, turn into messages, close; `told` remembers to whom it was said."""
    claims = Claim.objects.filter(conversation__state=State.OPEN, conversation__kind=Kind.CHAT)
    for conv_id, account_id in claims.values_list("conversation__conv_id", "account_id"):
        if account_id in absent:
            release_if_still(conv_id, account_id)
    waiting = Conversation.objects.filter(state=State.WAITING, kind=Kind.CHAT).select_related("desk")
    watch_hours(list(waiting.prefetch_related("desk__hours", "desk__holidays")), told)
    for conv_id, place in idle_ones.items():
        close_if_still(conv_id, place)


def watch_hours(waiting: list[Conversation], told: set[UUID]) -> None:
    """Tell who waits that the desk closes soon, and make it a message when it does."""
    now = timezone.localtime()
    told &= {conversation.conv_id for conversation in waiting}
    for conversation in waiting:
        if not is_open(conversation.desk, now, conversation.language):
            make_message(conversation.conv_id)
        elif conversation.conv_id not in told and closes_soon(conversation.desk, now, conversation.language):
            told.add(conversation.conv_id)
            announce(News(CHANGED, conversation.desk_id, conversation.conv_id))


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
        count_wait(conversation, is_gone=True)
        conversation.kind = Kind.MESSAGE
        conversation.save()
        tell_queue(conversation)


@transaction.atomic
def close_if_still(conv_id: UUID, place: Place) -> None:
    """Close a chat in which nobody writes any more; one that went on since it was looked at stays."""
    conversation = _held(conv_id)
    if conversation is not None and conversation.kind == Kind.CHAT and place_in(conversation) == place:
        close(conversation)


def _held(conv_id: UUID) -> Conversation | None:
    try:
        return find(conv_id, held=True)
    except ChatError:
        return None
