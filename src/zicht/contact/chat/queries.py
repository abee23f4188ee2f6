"""What the two browsers get to see of a conversation."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from zicht.contact import shred_keys
from zicht.contact.chat import statements
from zicht.contact.chat.actions import PURPOSE
from zicht.contact.chat.desk_times import know_times
from zicht.contact.chat.errors import FormatRefused, Unknown, Wiped
from zicht.contact.chat.finding import is_token, of_visitor, refuse_gone
from zicht.contact.chat.formats import show_envelope, write_envelope, write_opening
from zicht.contact.chat.hours import closes_soon, is_open, opens_at
from zicht.contact.chat.news import News
from zicht.contact.chat.waits import wait_at
from zicht.contact.chat.work import Price
from zicht.contact.models import Conversation, Desk, Epoch, Kind, State
from zicht.contact.sealing.secret_keys import FROM_VISITOR
from zicht.people.record_keys import KeyDestroyedError

AT_ONCE = 100  # messages in one answer


@dataclass(frozen=True)
class After:
    """The last place somebody has seen of each direction, -1 for none."""

    v2o: int = -1
    o2v: int = -1

    def __str__(self) -> str:
        return f"{self.v2o},{self.o2v}"

    @classmethod
    def read(cls, text: str) -> "After":
        """Read `a,b`; nothing is the beginning."""
        if not text:
            return cls()
        try:
            v2o, o2v = (int(part) for part in text[:30].split(","))
        except ValueError as error:
            raise FormatRefused from error
        return cls(v2o, o2v)

    def of(self, direction: int) -> int:
        """Give the place of one direction."""
        return self.v2o if direction == FROM_VISITOR else self.o2v

    def with_message(self, direction: int, seq: int) -> "After":
        """Give the place behind one more message."""
        return After(seq, self.o2v) if direction == FROM_VISITOR else After(self.v2o, seq)


@dataclass(frozen=True)
class Event:
    """One event of a stream; `place` stands with messages alone."""

    name: str
    data: dict[str, Any]
    place: After | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the form in which it travels when there is no stream."""
        return {"event": self.name, "data": self.data}


@dataclass(frozen=True)
class Batch:
    """Events, the place behind the last of them, and whether there are more."""

    events: list[Event]
    last: After
    more: bool = False


def waiting_at(desk_id: UUID) -> int:
    """Count the chats that wait at a desk."""
    return Conversation.objects.filter(desk_id=desk_id, state=State.WAITING, kind=Kind.CHAT).count()


def find_desk(slug: str) -> Desk:
    """Find a desk by its public name."""
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise Unknown
    know_times(desk)
    return desk


def show_desk(desk: Desk, price: Price) -> dict[str, Any]:
    """Give what everybody may know of a desk."""
    now = timezone.localtime()
    wait = wait_at(desk, now)
    return {
        "org": str(desk.org_id),
        "desk": desk.slug,
        "label": {"nl": desk.label_nl, "en": desk.label_en},
        "languages": desk.languages,
        "is_open": is_open(desk, now),
        "opens_at": opens_at(desk, now),
        "takes_files": desk.takes_files,
        "hours": [
            {
                "weekday": one.weekday,
                "from": f"{one.opens:%H:%M}",
                "until": f"{one.closes:%H:%M}",
                "languages": one.languages,
            }
            for one in desk.hours.all()
        ],
        "holidays": [one.day.isoformat() for one in desk.holidays.all() if one.day >= now.date()],
        "key": published_key(desk),
        "queue": {"waiting": waiting_at(desk.pk), "wait": wait.to_json() if wait else None},
        "price": price.to_json(),
    }


def published_key(desk: Desk) -> dict[str, Any] | None:
    """Give the newest key of a desk that is good now; the browser checks who stands behind it."""
    now = int(time.time())
    good = Epoch.objects.filter(desk=desk, is_taken_back=False, not_before__lte=now, not_after__gte=now)
    newest = good.order_by("-number").first()
    return newest.published if newest else None


def messages_after(conv_id: UUID, after: After) -> Batch:
    """Give the messages of a conversation behind a place, in the order they came: a number gives that, no time does."""
    found = statements.messages_behind(conv_id, after.v2o, after.o2v, AT_ONCE)
    events, last = [], after
    for direction, seq, envelope in found:
        last = last.with_message(direction, seq)
        events.append(Event("message", write_envelope(envelope), last))
    return Batch(events, last, more=len(found) == AT_ONCE)


def at_hand(signs: Iterable[News], after: After) -> Batch | None:
    """Give the messages behind a place that this process wrote itself; None where one of them has to be read."""
    events = []
    for sign in signs:
        seq, direction = divmod(sign.place, 2)
        if seq <= after.of(direction):
            continue
        if sign.message is None or seq != after.of(direction) + 1:
            return None
        after = after.with_message(direction, seq)
        events.append(Event("message", show_envelope(sign.message), after))
    return Batch(events, after)


def show_status(conversation: Conversation) -> Event:
    """Give what a visitor may know of how the conversation stands."""
    waits = conversation.state == State.WAITING and conversation.kind == Kind.CHAT
    now = timezone.localtime()
    wait = wait_at(conversation.desk, now) if waits else None
    data = {
        "state": conversation.state,
        "kind": conversation.kind,
        "position": _position(conversation) if waits else None,
        "wait": wait.to_json() if wait else None,
        "closes_soon": waits and closes_soon(conversation.desk, now, conversation.language),
        "readers": len(readers_of(conversation)),
        "move": {"desk": conversation.move_to.slug} if conversation.move_to else None,
        "can_return": hasattr(conversation, "return_record"),
    }
    return Event("status", data)


@dataclass(frozen=True)
class Queue:
    """Who waits at a desk in which place, from 1, and how long it takes."""

    places: dict[UUID, int]
    wait: dict[str, int] | None


def read_queue(desk_id: UUID) -> Queue:
    """Read the queue of a desk for all who wait in it, so that not each of them has to ask."""
    waiting = Conversation.objects.filter(desk_id=desk_id, state=State.WAITING, kind=Kind.CHAT).order_by("number")
    wait = wait_at(Desk.objects.get(pk=desk_id), timezone.localtime())
    places = {conv_id: place for place, conv_id in enumerate(waiting.values_list("conv_id", flat=True), 1)}
    return Queue(places, wait.to_json() if wait else None)


def readers_of(conversation: Conversation) -> list[UUID]:
    """Give who has a conversation open that belongs to a colleague."""
    claim = getattr(conversation, "claim", None)
    if claim is None:
        return []
    return list(conversation.readings.exclude(account_id=claim.account_id).values_list("account_id", flat=True))


def _position(conversation: Conversation) -> int:
    before = Conversation.objects.filter(
        desk_id=conversation.desk_id, state=State.WAITING, kind=Kind.CHAT, number__lte=conversation.number
    )
    return before.count()


def news_of_visitor(conv_id: UUID, cap: bytes, after: After) -> Batch:
    """Give a visitor how the conversation stands and what is new in it; a destroyed one gives `wiped` alone."""
    try:
        conversation = of_visitor(conv_id, cap)
    except Wiped as gone:
        return Batch([Event("wiped", gone.details)], after)
    batch = messages_after(conv_id, after)
    return Batch([show_status(conversation), *batch.events], batch.last, batch.more)


def show_opening(conversation: Conversation) -> dict[str, Any]:
    """Give the OPEN of a conversation; raise Wiped when its key was destroyed and the rest not yet."""
    try:
        secret = shred_keys.open_sealed(conversation.conv_id, PURPOSE, bytes(conversation.sealed_secret))
    except KeyDestroyedError as error:
        raise Wiped(why="wiped") from error
    return write_opening(conversation, secret)


def desk_of_visitor(conv_id: UUID, cap: bytes) -> UUID:
    """Give the desk of the conversation of whoever shows its token."""
    conversation = statements.look_at(conv_id)
    if conversation is None:
        refuse_gone(conv_id)
    if conversation is None or not is_token(cap, bytes(conversation.h_cap)):
        raise Unknown
    return conversation.desk_id
