"""Real servers in processes of their own, on a database of their own, that are killed and started again in a moment."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import psycopg
from tests import tables

STARTS_WITHIN = 40.0  # seconds, on a machine that does other things
SEED = Path(__file__).with_name("seed.py")


class Server:
    """Zicht as `zicht serve` runs it; others on the same database are started beside it (`beside`)."""

    def __init__(self, environment: Mapping[str, str], log: Path, loaded: subprocess.Popen[str] | None = None) -> None:
        self.environment = dict(environment)
        self.folder = Path(environment["ZICHT_DATA"])
        self.log = log
        self.port = _free_port()
        self._loaded = loaded or self._load()
        self._process: int | None = None

    def _load(self) -> subprocess.Popen[str]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, SEED],
                env=self.environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_loaded(self) -> None:
        """Wait until steps can be taken."""
        assert self._loaded.stdout is not None
        assert self._loaded.stdout.readline() == "null\n", self.log.read_text()

    def beside(self) -> Self:
        """Give another server on the same database, not yet started."""
        return type(self)(self.environment, self.log, self._loaded)

    def start(self) -> int:
        """Start and wait until it answers; give the number of the process."""
        process = self._process = int(self.run("serve", str(self.port)))
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return process
            assert _runs(process), self.log.read_text()
            time.sleep(0.005)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            process, self._process = self._process, None
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            # Its threads hold the port for a moment after the process itself is gone.
            while self._is_taken():
                time.sleep(0.001)

    def _is_taken(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except ConnectionRefusedError:
            return False
        except OSError:  # just being closed
            return True
        return True

    def end(self) -> None:
        """End everything that was started."""
        self._loaded.communicate()  # closes its input, which is the sign to end

    def run(self, *words: str) -> Any:
        """Take a step of seed.py in another process, as a command would be, and give what it gave."""
        assert self._loaded.stdin is not None
        assert self._loaded.stdout is not None
        self._loaded.stdin.write(json.dumps(words) + "\n")
        self._loaded.stdin.flush()
        given = self._loaded.stdout.readline()
        assert given, self.log.read_text()
        return json.loads(given)

    def connect(self, source: str = "127.0.0.1") -> http.client.HTTPConnection:
        """Give a connection from an address of this machine."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(source, 0))

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        content: Mapping[str, Any] | None = None,
        source: str = "127.0.0.1",
    ) -> tuple[int, Any]:
        """Ask once; give status and JSON."""
        with closing(self.connect(source)) as connection:
            body = None if content is None else json.dumps(content)
            connection.request(method, path, body, {**headers, "Host": "localhost"})
            answer = connection.getresponse()
            text = answer.read()
        return answer.status, json.loads(text) if text else None

    @contextmanager
    def stream(
        self, headers: Mapping[str, str], path: str = "/chat/v1/stream", source: str = "127.0.0.1"
    ) -> Iterator[Iterator[tuple[str, Any, int]]]:
        """Give name, data and bytes of each event of a stream as it comes."""
        with closing(self.connect(source)) as connection:
            connection.request("GET", path, headers={**headers, "Host": "localhost"})
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
def server_on(
    folder: Path, database_url: str = "", *, prepare: Callable[[Mapping[str, str]], None] | None = None, **settings: str
) -> Iterator[Server]:
    """Have a server with an empty database, on SQLite in the folder or on a PostgreSQL server.

    Where a file with tables lies in the folder already, they are taken; `prepare` can put it there, and all else that a
    server looks at only when it starts.
    """
    (folder / "static").mkdir()
    file = folder / tables.FILE
    if tables.are_made() and not database_url and not file.exists():
        tables.copy_to_file(file)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZICHT_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "zicht.site.settings",
        "ZICHT_SECRET_KEY": "made-up secret of the tests, of no use anywhere else",
        "ZICHT_HOSTS": "localhost",
        "ZICHT_DATA": str(folder),
        "ZICHT_KEYS": str(folder),
        "ZICHT_HTTPS": "no",
        **settings,
    }
    with _database(database_url) as url:
        environment |= {"ZICHT_DATABASE_URL": url} if url else {}
        if prepare:
            prepare(environment)
        server = Server(environment, folder / "server.log")
        try:
            server.wait_until_loaded()
            if not file.exists() and not tables.are_made():
                server.run("migrate")
            yield server
        finally:
            server.end()


@contextmanager
def _database(url: str) -> Iterator[str]:
    """Have a database of one's own on a PostgreSQL server."""
    if not url:
        yield ""
        return
    name = f"zicht_chat_{secrets.token_hex(4)}"
    # The one that every server has: the named one is only made for the tests themselves, under another name.
    with psycopg.connect(f"{url.rsplit('/', 1)[0]}/postgres", autocommit=True) as connection:
        how = f" TEMPLATE {os.environ[tables.MADE]}" if tables.are_made() else ""
        connection.execute(f"CREATE DATABASE {name}{how}".encode())
        try:
            yield f"{url.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _runs(process: int) -> bool:
    """Tell whether a process runs; one that ended and is not asked for is a zombie."""
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z"
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
