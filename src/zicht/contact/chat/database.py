"""Let the database work in a few threads of its own, so that thousands of open streams need none.

Django would give every request a thread as long as its answer lasts. Where no threads were started (in a test, under
another server) the work is done as Django does it.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection

from zicht.contact import shred_keys
from zicht.contact.chat import direct

P = ParamSpec("P")
T = TypeVar("T")
READERS = 4
# SQLite has one writer anyway, and two would only wait for each other's lock in steps of milliseconds.
WRITERS = {"sqlite": 1}
OTHER_WRITERS = 8
ANSWERERS = 8  # requests of counsellors at the same moment


class Threads:
    """The threads that work for the chat, each with its own connection."""

    def __init__(self) -> None:
        self._reading = ThreadPoolExecutor(READERS, "chat-reading")
        self._writing = ThreadPoolExecutor(WRITERS.get(connection.vendor, OTHER_WRITERS), "chat-writing")
        self._answering = ThreadPoolExecutor(ANSWERERS, "desk")
        self._making = ThreadPoolExecutor(1, "chat-keys")
        self._wanted: list[UUID] = []
        self._turn = asyncio.Lock()

    async def read(self, work: Callable[[], T]) -> T:
        """Do work that only reads."""
        return await _in(self._reading, work)

    async def write(self, work: Callable[[], T]) -> T:
        """Do work that writes."""
        return await _in(self._writing, partial(_in_turn, work))

    async def answer(self, work: Callable[[], T]) -> T:
        """Answer a whole request."""
        return await _in(self._answering, work)

    async def make_key(self, subject: UUID) -> None:
        """Make a key, together with all that are asked for until the disk is free."""
        wanted = self._wanted
        wanted.append(subject)
        async with self._turn:
            if wanted is self._wanted:
                self._wanted = []
                await _in(self._making, partial(shred_keys.make_keys, wanted))

    def stop(self) -> None:
        """Wait for what is being done, and end the threads."""
        self._making.shutdown()
        self._answering.shutdown()
        self._writing.shutdown()
        self._reading.shutdown()


_threads: list[Threads] = []
_turn = threading.Lock()


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for one's turn to write beside SQLite: who asks the file itself, again and again, may never be the one."""
    if connection.vendor != "sqlite":
        yield
        return
    with _turn:
        yield


def start_threads() -> None:
    """Begin to work in threads of our own."""
    _threads.append(Threads())


def stop_threads() -> None:
    """Go back to Django's way."""
    _threads.pop().stop()


def has_threads() -> bool:
    """Tell whether a server runs here."""
    return bool(_threads)


async def fetch(sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Give the rows of a query, on PostgreSQL without a thread."""
    lines = direct.lines()
    if lines is None:
        return await read(_rows, sql, given)
    return await lines.ask((sql, given))


def _rows(sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


async def read(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Call something that reads from the database."""
    doing = partial(work, *args, **options)
    return await _threads[-1].read(doing) if _threads else await _as_django_does(doing)


async def write(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Call something that writes to the database; when this returns, it is on disk."""
    doing = partial(work, *args, **options)
    return await _threads[-1].write(doing) if _threads else await _as_django_does(doing)


async def answer(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Answer a whole request of a counsellor in one thread that keeps its connection."""
    doing = partial(work, *args, **options)
    return await _threads[-1].answer(doing) if _threads else await _as_django_does(doing)


async def make_key(subject: UUID) -> None:
    """Make the key of a conversation beforehand; where it is not made here, whoever opens the conversation makes it."""
    if _threads:
        await _threads[-1].make_key(subject)


async def _as_django_does(work: Callable[[], T]) -> T:
    result: T = await sync_to_async(work)()
    return result


async def _in(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    # As `sync_to_async` does it, without what it does for threads that are not ours.
    here = copy_context()
    return await asyncio.get_running_loop().run_in_executor(threads, here.run, _with_good_connection, work)


def _in_turn(work: Callable[[], T]) -> T:
    with turn_to_write():
        return work()


def _with_good_connection(work: Callable[[], T]) -> T:
    # A connection that broke is only replaced here: nothing else ends with a request in these threads.
    if connection.connection is not None and connection.errors_occurred:
        connection.close_if_unusable_or_obsolete()
    return work()
