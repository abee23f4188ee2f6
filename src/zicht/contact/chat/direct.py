"""Ask PostgreSQL from the loop itself: a thread would cost more than what happens with every message.

Each thread that waits for its turn makes the loop wait too, and all of them together took more time than the database.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from django.db import connection

from zicht.contact.chat.hub import Hub, connection_params

MOST = 6  # connections; who comes when all are busy waits for one
Step = tuple[str, Sequence[Any]]
Line = psycopg.AsyncConnection[tuple[Any, ...]]


class Lines:
    """A few connections that are made when they are needed and kept."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._free: list[Line] = []
        self._room = asyncio.Semaphore(MOST)

    async def ask(self, *steps: Step) -> list[tuple[Any, ...]]:
        """Take steps in one transaction, sent in one go, and give the rows of the last one; raise psycopg.Error.

        When this returns, they are on disk. A connection on which something failed is given up.
        """
        async with self._room:
            line = self._free.pop() if self._free else await self._connect()
            try:
                rows = await _take(line, steps)
            except BaseException:
                self._hub.own.discard(line.info.backend_pid)
                await line.close()
                raise
            self._free.append(line)
        return rows

    async def _connect(self) -> Line:
        line = await psycopg.AsyncConnection.connect(**connection_params(), autocommit=True)
        self._hub.own.add(line.info.backend_pid)
        return line

    async def close(self) -> None:
        """Close what is free; the rest ends with the process."""
        while self._free:
            await self._free.pop().close()


async def _take(line: Line, steps: Sequence[Step]) -> list[tuple[Any, ...]]:
    # Without a BEGIN, all that is sent before the end of a pipeline is one transaction.
    async with line.pipeline():
        for sql, given in steps:
            cursor = await line.execute(sql.encode(), given, prepare=True)
    return await cursor.fetchall()


_lines: list[Lines] = []


def lines() -> Lines | None:
    """Give the connections of the loop, where a server runs on PostgreSQL."""
    return _lines[-1] if _lines else None


@asynccontextmanager
async def serving(hub: Hub) -> AsyncIterator[None]:
    """Have connections of the loop as long as the server runs; SQLite has none, it would make the loop wait."""
    if connection.vendor != "postgresql":
        yield
        return
    _lines.append(Lines(hub))
    try:
        yield
    finally:
        await _lines.pop().close()
