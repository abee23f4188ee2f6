"""Serve Zicht with uvicorn, without an access log: addresses of visitors are written down nowhere."""

import fcntl
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

SWITCH = 0.0005  # seconds
LOCK = "server.lock"  # held as long as a server runs; the kernel lets go of it when the process ends, however it ends
SECOND = "Another server runs on this SQLite file. Stop it first, or use PostgreSQL, where several can run."


def serve(host: str, port: int) -> None:
    """Serve until stopped; a port in use is said in a sentence instead of a stack trace."""
    refuse_taken_port(host, port)
    allow_many_streams()
    # The loop waits for a thread that computes at most so long after each byte it sends; 5 milliseconds add up.
    sys.setswitchinterval(SWITCH)
    with alone_on_sqlite():
        uvicorn.run(
            "zicht.site.asgi:application",
            host=host,
            port=port,
            access_log=False,
            # uvicorn's own would print the text of an exception, which may hold a value; the settings have another.
            log_config=None,
            server_header=False,
            log_level="warning",
            lifespan="on",
        )


def allow_many_streams() -> None:
    """Take as many open connections as the system gives: each chat that is open is one."""
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def alone_on_sqlite() -> Iterator[None]:
    """Refuse a second server on the same SQLite file: a chat that is open in one would not hear of the other."""
    if connection.vendor != "sqlite":
        yield
        return
    with (Path(settings.DATA_FOLDER) / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(SECOND) from error
        yield


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError when another program listens at host and port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = f"Port {port} of {host} cannot be used ({error.strerror}). Choose another: --port 8001."
            raise CommandError(why) from error
