"""How many open chats one server holds, and how fast messages and openings go meanwhile, on SQLite and on PostgreSQL.

One server process and, in another, everybody who talks to it, on loopback. Without sizes it takes 100 and 1,000 open
streams; `make bench-chat` goes to 10,000. At each size counsellors and visitors write, half of the messages each way,
and chats are opened. What is sealed is noise, which the server cannot tell. Work is left out: a ticket stands for it,
because the price is what slows openings down.
"""

import asyncio
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from tests.contact.cast import message_json
from tests.contact.crowd import Member
from tests.contact.far import FarCounsellor
from tests.contact.server import Server, server_on

from benchmarks.bench_register import databases
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.parts import encode

SIZES = (100, 1_000)
EACH = 10  # chats of each counsellor
MESSAGES = 100  # a second
OPENINGS = 50  # a second
SECONDS = 10
WARM = 50  # streams
AT_ONCE = 100  # streams that are being opened
MOST_KB, MOST_MS, MOST_CPU = 80.0, 250.0, 10.0
NONCE = re.compile(rb'"dir":(\d).{40,120}?"nonce":"([\w-]+)"')
TICK = os.sysconf("SC_CLK_TCK")


class Stream(asyncio.Protocol):
    """One open stream; notes when the messages of one direction came."""

    def __init__(self, head: bytes, direction: int, came: dict[str, float]) -> None:
        self._head = head
        self._direction = str(direction).encode()
        self._came = came
        self._rest = b""
        self.is_open: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        """Note what came; the first bytes of an event tell that the stream is open."""
        now = time.perf_counter()
        if not self.is_open.done() and b"event: " in data:
            self.is_open.set_result(None)
        self._rest = (self._rest + data)[-4096:]
        for direction, nonce in NONCE.findall(self._rest):
            if direction == self._direction:
                self._came.setdefault(nonce.decode(), now)

    def connection_lost(self, _error: Exception | None) -> None:
        """Say that it never opened."""
        if not self.is_open.done():
            self.is_open.set_exception(ConnectionError("the stream did not open"))


class Line:
    """A connection that is kept for one request after the other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._pair: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def post(self, path: str, headers: Mapping[str, str], content: Mapping[str, Any]) -> int:
        """Post JSON and give the status; the same once more where the server had closed the line meanwhile."""
        body = json.dumps(content).encode()
        request = head_of("POST", path, {**headers, "Content-Length": str(len(body))}) + body
        async with self._turn:
            for _try in range(2):
                if self._pair is None:
                    self._pair = await asyncio.open_connection("127.0.0.1", self._port)
                status = await _answered(*self._pair, request)
                if status:
                    return status
                self._pair = None
        raise ConnectionError("no answer")


async def _answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Send a request and give the status, 0 where the line is closed."""
    writer.write(request)
    try:
        first = await reader.readline()
        length = 0
        while (line := await reader.readline()).strip():
            name, _colon, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        await reader.readexactly(length)
    except ConnectionError:
        return 0
    return int(first.split()[1]) if first else 0


def head_of(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """Give the head of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass
class Bench:
    """One server under load."""

    server: Server
    process: int
    counsellors: list[FarCounsellor]
    came: tuple[dict[str, float], dict[str, float]] = field(default_factory=lambda: ({}, {}))
    streams: list[Stream] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.active = [Member(number) for number in range(len(self.counsellors) * EACH)]
        self.lines = [Line(self.server.port) for _line in range(40)]

    async def open_streams(self, size: int) -> None:
        """Open streams until there are so many."""
        room = asyncio.Semaphore(AT_ONCE)
        if not self.streams:
            for counsellor in self.counsellors:
                await self._open("/staff/desk/v1/stream", counsellor.named, 0, room)
        numbers = range(len(self.streams), size)
        await asyncio.gather(*(self._open("/chat/v1/stream", self._headers(one), 1, room) for one in numbers))

    def _headers(self, place: int) -> dict[str, str]:
        return Member(place - len(self.counsellors)).headers

    async def _open(self, path: str, headers: Mapping[str, str], direction: int, room: asyncio.Semaphore) -> None:
        async with room:
            stream = Stream(head_of("GET", path, headers), direction, self.came[direction])
            source = f"127.0.0.{2 + len(self.streams) % 8}"
            loop = asyncio.get_running_loop()
            await loop.create_connection(lambda: stream, "127.0.0.1", self.server.port, local_addr=(source, 0))
            self.streams.append(stream)
            await asyncio.wait_for(stream.is_open, 60)

    async def write(self) -> list[float]:
        """Write at a steady pace, both ways; give how many milliseconds each message took, endless for a lost one."""
        sent: list[tuple[int, str, float]] = []

        async def one(number: int) -> None:
            member, direction = self.active[number // 2 % len(self.active)], number % 2
            envelope = member.next(direction)
            sent.append((direction, encode(envelope.nonce), time.perf_counter()))
            status = await self._post(member, envelope)
            assert status == 200, (status, self.server.log.read_text()[-2000:])

        await paced(MESSAGES, (one(number) for number in range(MESSAGES * SECONDS)))
        await asyncio.sleep(1)
        return [1000 * (self.came[way].get(nonce, float("inf")) - start) for way, nonce, start in sent]

    async def _post(self, member: Member, envelope: Envelope) -> int:
        # Those of one conversation on one line, so that they keep their order.
        line = self.lines[(2 * member.number + envelope.direction) % len(self.lines)]
        if envelope.direction == 0:
            return await line.post("/chat/v1/messages", member.headers, message_json(envelope))
        counsellor = self.counsellors[member.number // EACH]
        headers = {**counsellor.named, "Zicht-Conversation": encode(member.conv_id)}
        return await line.post("/staff/desk/v1/conversations/messages", headers, message_json(envelope))

    async def open_chats(self, tickets: list[str]) -> list[float]:
        """Open chats at a steady pace; give in milliseconds how long each took."""
        took: list[float] = []

        async def one(number: int, ticket: str) -> None:
            start = time.perf_counter()
            status = await self.lines[number % len(self.lines)].post("/chat/v1/open", {}, opening_with(ticket))
            assert status == 200, (status, self.server.log.read_text()[-2000:])
            took.append(1000 * (time.perf_counter() - start))

        await paced(OPENINGS, (one(number, ticket) for number, ticket in enumerate(tickets)))
        return took

    def close(self) -> None:
        """Hang up."""
        for stream in self.streams:
            stream.transport.abort()


def opening_with(ticket: str) -> dict[str, Any]:
    """Give an OPEN of noise."""
    noise = {name: encode(os.urandom(length)) for name, length in (("conv_id", 16), ("enc", 32), ("ct", 48))}
    tokens = {name: encode(os.urandom(32)) for name in ("h_cap", "h_wipe")}
    beside = {"kind": "chat", "language": "nl", "pow": {"ticket": ticket}}
    return {"v": 1, "desk": "chat", "epoch": 1, **noise, **tokens, **beside}


async def paced(a_second: int, steps: Iterable[Any]) -> None:
    """Begin each step at its time, whether or not those before are done; end when all are."""
    loop, begun = asyncio.get_running_loop(), []
    start = loop.time()
    for number, step in enumerate(steps):
        await asyncio.sleep(max(0.0, start + number / a_second - loop.time()))
        begun.append(asyncio.ensure_future(step))
    await asyncio.gather(*begun)


def memory_of(process: int) -> float:
    """Give the resident memory of a process in kB."""
    status = Path(f"/proc/{process}/status").read_text()
    return float(re.findall(r"VmRSS:\s+(\d+)", status)[0])


def cpu_of(process: int) -> float:
    """Give the processor time of a process in milliseconds."""
    times = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return 1000 * sum(map(int, times)) / TICK


def share(values: list[float], percent: int) -> float:
    """Give the smallest value that so many per cent did not exceed."""
    return sorted(values)[-(-len(values) * percent // 100) - 1]


async def measure(bench: Bench, before: float, size: int) -> dict[str, float]:
    """Grow to a size and measure there."""
    await bench.open_streams(size)
    await asyncio.sleep(1)
    found = {"kB a stream": (memory_of(bench.process) - before) / (size - WARM)}
    start = cpu_of(bench.process)
    await asyncio.sleep(SECONDS)
    idle = (cpu_of(bench.process) - start) / SECONDS
    start = cpu_of(bench.process)
    delays = await bench.write()
    used = cpu_of(bench.process) - start - idle * (SECONDS + 1)
    tickets = bench.server.run("tickets", str(OPENINGS * SECONDS))
    begun, at = time.perf_counter(), cpu_of(bench.process)
    took = await bench.open_chats(tickets)
    lasted = time.perf_counter() - begun
    return {
        **found,
        "idle: % of one core": idle / 10,
        "delivery p50, ms": share(delays, 50),
        "delivery p99, ms": share(delays, 99),
        "CPU a message, ms": used / len(delays),
        "openings a second": len(took) / lasted,
        "opening p99, ms": share(took, 99),
        "CPU an opening, ms": (cpu_of(bench.process) - at - idle * lasted) / len(took),
    }


LIMITS = {
    "kB a stream": MOST_KB,
    "delivery p99, ms": MOST_MS,
    "CPU a message, ms": MOST_CPU,
    "openings a second": -0.98 * OPENINGS,  # at least: what began within the time also has to end
}


def table(by_size: dict[int, dict[str, float]]) -> list[str]:
    """Give a line for everything measured, and whether what must be reached was reached at the largest size."""
    lines = [f"{'open streams':<24}" + "".join(f"{size:>12,}" for size in by_size)]
    for name, last in by_size[max(by_size)].items():
        each = "".join(f"{found[name]:12.1f}" for found in by_size.values())
        lines.append(f"{name:<24}{each}  {verdict(name, last)}")
    return lines


def verdict(name: str, value: float) -> str:
    """Say whether a figure was reached; a limit below zero is the least."""
    limit = LIMITS.get(name)
    if limit is None:
        return ""
    is_reached = value >= -limit if limit < 0 else value <= limit
    return f"{'reached' if is_reached else 'MISSED'} ({'at least' if limit < 0 else 'at most'} {abs(limit):g})"


async def run(server: Server, process: int, sizes: list[int]) -> dict[int, dict[str, float]]:
    """Measure one size after the other on one server."""
    logins = server.run("crowd", str(max(sizes)), str(EACH))
    bench = Bench(server, process, [FarCounsellor(server, login) for login in logins])
    # Once before anything is measured, so that what a server loads with its first requests is not counted per stream.
    await bench.open_streams(WARM)
    await bench.write()
    before = memory_of(process)
    by_size = {}
    for size in sizes:
        by_size[size] = await measure(bench, before, size)
        print(f"  {size:>7,} open streams: done", flush=True)
    bench.close()
    return by_size


def main(sizes: list[int], names: list[str]) -> int:
    """Measure each database and print a table for each."""
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    is_good = True
    with databases() as found:
        for name, address in found.items():
            if names and name.lower() not in names:
                continue
            print(f"{name}: one process, {MESSAGES} messages and {OPENINGS} openings a second", flush=True)
            with tempfile.TemporaryDirectory() as folder, server_on(Path(folder), address or "") as server:
                server.run("desk")
                by_size = asyncio.run(run(server, server.start(), sizes))
            lines = table(by_size)
            print("\n".join(lines), flush=True)
            is_good = is_good and "MISSED" not in "".join(lines)
    return 0 if is_good else 1


if __name__ == "__main__":
    words = sys.argv[1:]
    chosen = [int(word) for word in words if word.isdigit()]
    sys.exit(main(chosen or list(SIZES), [word.lower() for word in words if not word.isdigit()]))
