"""One stream for all a counsellor has open: rows of her desks as they change, and messages of what she reads."""

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import Error as DatabaseError
from django.db import connection
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone

from zicht.contact.chat import database, hub
from zicht.contact.chat.announcing import announce
from zicht.contact.chat.answers import refuse, stream
from zicht.contact.chat.errors import ChatError, FormatRefused
from zicht.contact.chat.finding import desks_of
from zicht.contact.chat.formats import read_conv_id
from zicht.contact.chat.frames import beat, frame
from zicht.contact.chat.hub import Listener
from zicht.contact.chat.news import CHANGED, MEMBERS, MESSAGE, OPENED, PRESENT, TYPING, WIPED, News
from zicht.contact.chat.queries import After, Batch, Event, at_hand, messages_after
from zicht.contact.chat.streams import silence
from zicht.contact.desk.queries import list_rows, news_of
from zicht.contact.desk.rows import row_of
from zicht.contact.models import Desk, EpochWrap
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR
from zicht.people.guard import StaffRequest
from zicht.people.models import Account

MOST_READ = 20  # conversations that one browser has open
CHECK_EVERY = 20.0  # seconds


@dataclass(frozen=True)
class Visit:
    """Whose stream it is, and the session it hangs on."""

    account_id: UUID
    session_key: str


@dataclass(frozen=True)
class Standing:
    """Where somebody may hear, and by desk who belongs there with which keys."""

    desks: tuple[UUID, ...]
    people: dict[str, list[tuple[Any, ...]]]


async def open_stream(request: StaffRequest) -> HttpResponseBase:
    """Give events as they come; whoever answers nowhere gets a page that is not there."""
    visit = await sync_to_async(_visit_of)(request)
    if request.method != "GET":
        raise Http404
    try:
        places = read_places(request.headers.get("Zicht-Reading", ""))
    except ChatError as refusal:
        return refuse(refusal)
    if hub.running() is not None:
        # Otherwise this request would keep a connection to the database as long as the stream lasts.
        await sync_to_async(_let_go)()
    return stream(of_counsellor(visit, places))


def _let_go() -> None:
    connection.close()  # named here, in the thread that has it


def _visit_of(request: StaffRequest) -> Visit:
    account = request.user
    if not account.has_perm("contact.answer"):
        raise Http404
    return Visit(account.pk, request.session.session_key or "")


def read_places(text: str) -> dict[UUID, After]:
    """Read `conv_id=a,b;conv_id=a,b`."""
    places: dict[UUID, After] = {}
    for part in text.split(";") if text else []:
        conv_id, separator, after = part.partition("=")
        if not separator or len(places) >= MOST_READ:
            raise FormatRefused
        places[read_conv_id(conv_id.strip())] = After.read(after)
    return places


async def of_counsellor(visit: Visit, places: dict[UUID, After]) -> AsyncIterator[bytes]:
    """Give the frames of one counsellor until she goes, signs out, or has other desks than before."""
    running = hub.running()
    standing = await database.read(look_at_standing, visit)
    if running is None or not standing.desks:
        return
    with running.listening(*(("desk", desk) for desk in standing.desks)) as listener, suppress(DatabaseError):
        rows, looked = Rows(running, visit.account_id, standing.people, places), -CHECK_EVERY
        while True:
            # Here at once: what waits for the database may come too late for who watches over claims.
            running.spread(News(PRESENT, standing.desks[0], visit.account_id))
            if listener.has(MEMBERS) or time.monotonic() - looked >= CHECK_EVERY:
                # Asked anew, busy or not: who left, or lost her role, must not go on hearing.
                before, standing = standing, await database.read(look_at_standing, visit)
                if standing.desks != before.desks:
                    return
                looked = time.monotonic()
                await database.read(_tell_presence, standing.desks[0], visit.account_id)
                for event in changes_of(before, standing):
                    yield frame(event)
            if events := await rows.events(listener):
                yield b"".join(map(frame, events))
            if not await listener.wait(silence()):
                yield beat()


def look_at_standing(visit: Visit) -> Standing:
    """Give where somebody may hear now: nowhere once the session is over."""
    if not Session.objects.filter(session_key=visit.session_key, expire_date__gt=timezone.now()).exists():
        return Standing((), {})
    desks = sorted(desks_of(_account(visit.account_id)))
    return Standing(tuple(desks), {desk.slug: _people_of(desk) for desk in Desk.objects.filter(pk__in=desks)})


def _people_of(desk: Desk) -> list[tuple[Any, ...]]:
    """Give what colleagues are to notice when it changes: people, their keys, who vouched, who has which key."""
    return [
        *desk.memberships.order_by("pk").values_list("account_id", "left_on", "account__chat_keys__x_pk"),
        *desk.vouchers.order_by("pk").values_list("pk", "signature"),
        *desk.approvals.order_by("pk").values_list("pk", "signature"),
        *desk.epochs.order_by("pk").values_list("number", "is_taken_back"),
        *EpochWrap.objects.filter(epoch__desk=desk).order_by("pk").values_list("epoch__number", "account_id"),
    ]


def changes_of(before: Standing, now: Standing) -> list[Event]:
    """Say of which desks people or keys changed."""
    changed = [slug for slug, people in now.people.items() if people != before.people.get(slug)]
    return [Event("members", {"desk": slug}) for slug in changed]


class Rows:
    """What one stream has shown, and what it shows next."""

    def __init__(self, running: hub.Hub, account_id: UUID, desks: Iterable[str], places: dict[UUID, After]) -> None:
        self._hub = running
        self._account_id = account_id
        self._desks = frozenset(desks)
        self._places = places
        self._shown: dict[str, dict[str, Any]] | None = None

    async def events(self, listener: Listener) -> list[Event]:
        """Give what is new since the last time."""
        is_all = self._shown is None or listener.look_again
        signs = listener.empty()
        if is_all:
            return await database.read(self._look_at_all)
        written = [sign for sign in signs if sign.what == MESSAGE]
        changed = {sign.subject for sign in signs if sign.what in (CHANGED, OPENED)}
        changed |= {sign.subject for sign in written if not self._knows(sign.subject)}
        events = await self._look_at(changed)
        # Also of those just read: that was perhaps before the message was there.
        written = [sign for sign in written if self._knows(sign.subject)]
        events += (event for sign in written for event in self._move_on(sign))
        rest = [sign for sign in written if sign.subject not in changed and self._hears(sign.subject)]
        return [*events, *await self._written(rest), *_passing(signs)]

    async def _written(self, signs: list[News]) -> list[Event]:
        """Give messages that were just written in conversations she hears."""
        events: list[Event] = []
        for conv_id in dict.fromkeys(sign.subject for sign in signs):
            mine = [sign for sign in signs if sign.subject == conv_id]
            batch = at_hand(mine, self._places.get(conv_id, After()))
            if batch is None:
                events += await database.read(self._behind, conv_id, messages_after)
            else:
                self._places[conv_id] = batch.last
                events += (Event(event.name, event.data) for event in batch.events)
        return events

    def _knows(self, conv_id: UUID) -> bool:
        return encode(conv_id.bytes) in (self._shown or {})

    def _move_on(self, sign: News) -> list[Event]:
        """Give the row of a conversation in which a message came; nothing else of it is another."""
        row = self._row(sign.subject)
        last, seq, direction = After.read(row["last"]), sign.place // 2, sign.place % 2
        if seq <= (last.v2o if direction == FROM_VISITOR else last.o2v):
            return []
        row["last"] = str(last.with_message(direction, seq))
        return [Event("status", dict(row))]

    def _hears(self, conv_id: UUID) -> bool:
        """Tell whether messages go to her: she has claimed it, or reads it and that was logged."""
        row, user = self._row(conv_id), str(self._account_id)
        return user in {person["user"] for person in (row["by"], *row["seen"]) if person}

    def _row(self, conv_id: UUID) -> dict[str, Any]:
        return (self._shown or {})[encode(conv_id.bytes)]

    def _look_at_all(self) -> list[Event]:
        account = _account(self._account_id)
        rows = list_rows(account)
        self._shown, before = {row["conv_id"]: row for row in rows}, self._shown or {}
        gone = [Event("wiped", {"conv_id": conv_id}) for conv_id in before.keys() - self._shown.keys()]
        messages = [event for conv_id in list(self._places) for event in self._messages(account, conv_id)]
        return [*gone, *(Event("status", row) for row in rows), *messages]

    async def _look_at(self, changed: set[UUID]) -> list[Event]:
        events, shown = [], self._shown if self._shown is not None else {}
        for conv_id in changed:
            row = await self._hub.read_once(conv_id, partial(database.read, row_of, conv_id))
            if row is None or row["desk"] not in self._desks:
                continue
            if shown.get(row["conv_id"]) != row:
                shown[row["conv_id"]] = dict(row)
                events.append(Event("status", row))
            if self._hears(conv_id):
                events += await database.read(self._behind, conv_id, messages_after)
        return events

    def _messages(self, account: Account, conv_id: UUID) -> list[Event]:
        """Give the new messages of a conversation that is read; one that was not named before comes from its start."""
        return self._behind(conv_id, partial(news_of, account))

    def _behind(self, conv_id: UUID, read: Callable[[UUID, After], Batch]) -> list[Event]:
        events: list[Event] = []
        is_more = True
        while is_more:
            batch = read(conv_id, self._places.get(conv_id, After()))
            self._places[conv_id] = batch.last
            events += (Event(event.name, event.data) for event in batch.events)
            is_more = batch.more
        return events


def _passing(signs: list[News]) -> list[Event]:
    """Give what leaves no trace: somebody types, something was destroyed."""
    typed = [sign for sign in signs if sign.what == TYPING and sign.place == FROM_VISITOR]
    wiped = [sign for sign in signs if sign.what == WIPED]
    names: list[tuple[str, list[News]]] = [("typing", typed), ("wiped", wiped)]
    return [Event(name, {"conv_id": encode(sign.subject.bytes)}) for name, each in names for sign in each]


def _account(account_id: UUID) -> Account:
    return Account.objects.get(pk=account_id)


def _tell_presence(desk_id: UUID, account_id: UUID) -> None:
    """Tell every process that a counsellor has a stream: the one that lost it would else take her for gone."""
    announce(News(PRESENT, desk_id, account_id))
