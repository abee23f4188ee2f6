"""A real server in a process of its own, on a database of its own, that can be killed and started again."""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

STARTS_WITHIN = 40.0  # seconds, on a machine that does other things
SEED = Path(__file__).with_name("seed.py")


class Server:
    """Zicht as `zicht serve` runs it."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self.environment = dict(environment)
        self.log = log
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-c", f"from zicht.site.serving import serve; serve('127.0.0.1', {self.port})"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            assert self._process.poll() is None, self.log.read_text()
            time.sleep(0.02)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def run(self, *words: str) -> Any:
        """Run a step of seed.py in another process, as a command would be, and give what it printed."""
        done = subprocess.run([sys.executable, SEED, *words], env=self.environment, check=True, capture_output=True)
        return json.loads(done.stdout or b"null")

    def connect(self) -> http.client.HTTPConnection:
        """Give a connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], content: Mapping[str, Any] | None = None
    ) -> tuple[int, Any]:
        """Ask once; give status and JSON."""
        connection = self.connect()
        body = None if content is None else json.dumps(content)
        connection.request(method, path, body, {**headers, "Host": "localhost"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    @contextmanager
    def stream(self, headers: Mapping[str, str]) -> Iterator[Iterator[tuple[str, Any, int]]]:
        """Give name, data and bytes of each event of a stream as it comes."""
        with closing(self.connect()) as connection:
            connection.request("GET", "/chat/v1/stream", headers={**headers, "Host": "localhost"})
            with connection.getresponse() as answer:
                assert answer.status == 200, answer.status
                yield _events(answer)


def _events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, Any, int]]:
    length = 0
    fields: dict[str, str] = {}
    for line in answer:
        length += len(line)
        if line == b"\n":
            yield fields["event"], json.loads(fields["data"]), length
            length, fields = 0, {}
        elif not line.startswith(b":"):
            name, value = line.decode().rstrip("\n").split(": ", 1)
            fields[name] = value


@contextmanager
def server_on(folder: Path, database_url: str = "") -> Iterator[Server]:
    """Have a server with an empty database, on SQLite in the folder or on a PostgreSQL server."""
    (folder / "static").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZICHT_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "zicht.site.settings",
        "ZICHT_SECRET_KEY": "made-up secret of the tests, of no use anywhere else",
        "ZICHT_HOSTS": "localhost",
        "ZICHT_DATA": str(folder),
        "ZICHT_KEYS": str(folder),
        "ZICHT_HTTPS": "no",
    }
    with _database(database_url) as url:
        server = Server(environment | ({"ZICHT_DATABASE_URL": url} if url else {}), folder / "server.log")
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def _database(url: str) -> Iterator[str]:
    """Have a database of one's own on a PostgreSQL server."""
    if not url:
        yield ""
        return
    name = f"zicht_chat_{secrets.token_hex(4)}"
    # The one that every server has: the named one is only made for the tests themselves, under another name.
    with psycopg.connect(f"{url.rsplit('/', 1)[0]}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"{url.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
