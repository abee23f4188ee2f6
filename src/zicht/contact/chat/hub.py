"""Wake the open streams of this process when something they wait for happened, wherever it was written.

A sign that is lost is a delay and no loss: a stream that wakes reads from the last place it gave.
"""

import asyncio
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.db import connection

from zicht.contact.chat import work
from zicht.contact.chat.news import BLOCKED, CHANGED, OPENED, PRESENT, QUEUE, WIPED, News

CHANNEL = "zicht_chat"
LOOK = 1.0  # seconds between two looks at what other processes wrote into a SQLite file
CONNECT_AGAIN = 1.0  # seconds after a lost connection to PostgreSQL
ASK_AFTER = 20.0  # seconds after which PostgreSQL is asked whether it is still there
QUEUE_AFTER = 1.0  # seconds in which changes of a queue are told as one, more where thousands wait
A_SECOND = 1000  # streams that are told about their queue in a second
LOOKS_A_SECOND = 200  # streams that look again when something may have been missed
MOST_STREAMS = 4  # of one conversation: a phone that lost its line leaves dead ones behind
AT_HAND = 200  # signs that keep their message while a stream is slow; behind them it asks the database
OWN_LATER = 0.2  # seconds after which a message of this process is told that was not told at once
TOLD = 1000  # messages of this process whose sign has not come back yet
LONGEST_WAIT = 24 * 3600.0  # seconds for which it is remembered when somebody came
Key = tuple[str, UUID]
T = TypeVar("T")


class Listener:
    """Collect the signs for one open stream; equal ones count once, so a slow stream does not grow."""

    def __init__(self) -> None:
        self._signs: dict[News, None] = {}
        self._is_woken = False
        self._waiting: asyncio.Future[None] | None = None
        self.look_again = False
        self.is_over = False

    def end(self) -> None:
        """Let the stream end: newer ones took its place."""
        self.is_over = True
        self._wake()

    def take(self, news: News | None) -> None:
        """Add a sign; None is "something may have happened"."""
        if news is None:
            self.look_again = True
        else:
            self._signs[news if len(self._signs) < AT_HAND else replace(news, message=None)] = None
        self._wake()

    def _wake(self) -> None:
        self._is_woken = True
        _end(self._waiting)

    async def wait(self, seconds: float) -> bool:
        """Wait for a sign; tell whether there is one."""
        if self._is_woken:
            return True
        # What `asyncio.wait_for` makes besides, a task and all, is too much for thousands who wait again and again.
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = loop.call_later(seconds, _end, self._waiting)
        try:
            await self._waiting
        finally:
            timer.cancel()
            self._waiting = None
        return self._is_woken

    def has(self, what: str) -> bool:
        """Tell whether there is a sign of a kind."""
        return any(sign.what == what for sign in self._signs)

    def empty(self) -> list[News]:
        """Give the signs and forget them."""
        signs, self._signs, self.look_again = list(self._signs), {}, False
        self._is_woken = False
        return signs


def _end(waiting: "asyncio.Future[None] | None") -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


class Hub:
    """Know who listens to what in this process, when somebody came, and which counsellors were seen last when."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._listeners: dict[Key, dict[Listener, None]] = defaultdict(dict)
        # How often each queue and each conversation was told to have changed, and what was read after that.
        self._turns: Counter[UUID] = Counter()
        self._read: dict[UUID, tuple[int, asyncio.Future[Any]]] = {}
        self._turning: set[UUID] = set()  # queues that will be told in a moment
        # Clock times of the process, in memory alone: how long somebody waited is only kept as a count.
        self._came: dict[UUID, float] = {}
        self.present: dict[UUID, float] = {}
        self.own: set[int] = set()  # connections to PostgreSQL whose writers tell this hub by themselves
        self._told: dict[tuple[UUID, int], None] = {}

    def tell(self, news: News) -> None:
        """Spread a sign; may be called from any thread."""
        with suppress(RuntimeError):  # the loop is closed: the server stops
            self._loop.call_soon_threadsafe(self.spread, news)

    def hear(self, news: News, connection_id: int) -> None:
        """Spread a sign that came over the database; what this process wrote itself it told by itself."""
        if connection_id in self.own:
            self._loop.call_later(OWN_LATER, self._make_up_for, news)
        else:
            self.spread(news)

    def _make_up_for(self, news: News) -> None:
        # Only a connection that broke while it wrote leaves one: then nobody knows whether the message is there.
        if self._told.pop((news.subject, news.place), 0) == 0:
            self.spread(news)

    def tell_own(self, news: News) -> None:
        """Spread a message that this process wrote, and that comes back over the database."""
        self._told[news.subject, news.place] = None
        if len(self._told) > TOLD:
            del self._told[next(iter(self._told))]
        self.spread(news)

    def spread(self, news: News) -> None:
        """Wake whoever listens."""
        if news.what == QUEUE:
            self._turn_soon(news)
        elif news.what == PRESENT:
            self.present[news.subject] = time.monotonic()
        elif news.what == BLOCKED:
            work.networks.block(news.subject)
        else:
            if news.what == OPENED:
                self._note_arrival(news.subject)
            if news.what in (OPENED, CHANGED):
                self._turns[news.subject] += 1
            if news.what == WIPED:
                self._read.pop(news.subject, None)
                del self._turns[news.subject]
            self._wake(("desk", news.desk), news)
            self._wake(("one", news.subject), news)

    def _wake(self, key: Key, news: News) -> None:
        for listener in self._listeners.get(key, ()):
            listener.take(news)

    def _turn_soon(self, news: News) -> None:
        """Tell a queue once about all that changes in a short time: otherwise each opening wakes all who wait."""
        if news.desk not in self._turning:
            self._turning.add(news.desk)
            waiting = len(self._listeners.get(("queue", news.desk), ()))
            self._loop.call_later(QUEUE_AFTER + waiting / A_SECOND, self._turn, news)

    def _turn(self, news: News) -> None:
        self._turning.discard(news.desk)
        self._turns[news.desk] += 1
        self._wake(("queue", news.desk), news)

    async def read_once(self, subject: UUID, read: Callable[[], Awaitable[T]]) -> T:
        """Read something once for all streams that the same sign woke."""
        turn = self._turns[subject]
        if self._read.get(subject, (-1, None))[0] != turn:
            self._read[subject] = (turn, asyncio.ensure_future(read()))
        # Shielded, because the one that began to read may be the first to go.
        found: T = await asyncio.shield(self._read[subject][1])
        return found

    def wake_everybody(self) -> None:
        """Let every stream look again: what happened is not known."""
        self._read.clear()
        every = {one for each in self._listeners.values() for one in each}
        for place, listener in enumerate(every):
            # Not all at the same moment: each of them asks the database.
            self._loop.call_later(place / LOOKS_A_SECOND, listener.take, None)

    @contextmanager
    def listening(self, *keys: Key) -> Iterator[Listener]:
        """Listen to a conversation ("one"), the places in a queue ("queue") or all of a desk ("desk")."""
        listener = Listener()
        for key in keys:
            self._make_room(key)
            self._listeners[key][listener] = None
        try:
            yield listener
        finally:
            for key in keys:
                self._listeners[key].pop(listener, None)
                if not self._listeners[key]:
                    del self._listeners[key]

    def _make_room(self, key: Key) -> None:
        kind, _subject = key
        others = self._listeners[key]
        if kind == "one" and len(others) >= MOST_STREAMS:
            oldest = next(iter(others))
            oldest.end()
            del others[oldest]

    def minutes_since(self, conv_id: UUID) -> int | None:
        """Give how long ago a conversation was opened, if this process was there, and forget it."""
        came = self._came.pop(conv_id, None)
        return None if came is None else round((time.monotonic() - came) / 60)

    def _note_arrival(self, conv_id: UUID) -> None:
        now = time.monotonic()
        self._came[conv_id] = now
        oldest = next(iter(self._came))
        if now - self._came[oldest] > LONGEST_WAIT:
            del self._came[oldest]


_running: list[Hub] = []


def running() -> Hub | None:
    """Give the hub of this process, if it serves."""
    return _running[-1] if _running else None


@asynccontextmanager
async def serving() -> AsyncIterator[Hub]:
    """Have a hub in this process that hears what this and other processes write."""
    hub = Hub(asyncio.get_running_loop())
    hear: Callable[[Hub], Awaitable[None]] = _listen if connection.vendor == "postgresql" else _look
    hearing = asyncio.ensure_future(hear(hub))
    _running.append(hub)
    try:
        yield hub
    finally:
        _running.remove(hub)
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


async def _listen(hub: Hub) -> None:
    """Hear PostgreSQL's notifications, for ever."""
    while True:
        with suppress(psycopg.Error, TimeoutError):
            async with await psycopg.AsyncConnection.connect(**connection_params(), autocommit=True) as listening:
                await listening.execute(f"LISTEN {CHANNEL}")
                hub.wake_everybody()
                await _hear(listening, hub)
        await asyncio.sleep(CONNECT_AGAIN)


def connection_params() -> dict[str, Any]:
    """Give how to reach PostgreSQL without Django in between."""
    given = connection.get_connection_params()
    of_django = ("context", "cursor_factory", "prepare_threshold")
    return {name: value for name, value in given.items() if name not in of_django}


async def _hear(listening: psycopg.AsyncConnection[Any], hub: Hub) -> None:
    """Spread what comes until the connection breaks; one that died without a word is only noticed by asking."""
    while True:
        async for notify in listening.notifies(timeout=ASK_AFTER):
            with suppress(ValueError):  # whoever may write to this database may write nonsense to the channel
                hub.hear(News.read(notify.payload), notify.pid)
        await asyncio.wait_for(listening.execute("SELECT 1"), ASK_AFTER)


async def _look(hub: Hub) -> None:
    """See whether a command wrote into the SQLite file, for ever.

    `data_version` changes with every write of other connections, so also with this process's own; a count that only
    commands raise tells the two apart.
    """
    # `uri` as Django opens it, for a database in memory too.
    file = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, uri=True, check_same_thread=False)
    version, count = -1, _count(file)
    try:
        while True:
            await asyncio.sleep(LOOK)
            with suppress(sqlite3.Error):  # the file is busy: the next look tells
                now = file.execute("PRAGMA data_version").fetchone()[0]
                if now != version:
                    fresh = _count(file)
                    if fresh != count:
                        hub.wake_everybody()
                    version, count = now, fresh
    finally:
        file.close()


def _count(file: sqlite3.Connection) -> int:
    row = file.execute("SELECT count FROM contact_outsidewrite").fetchone()
    return int(row[0]) if row else 0
