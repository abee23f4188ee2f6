"""Serve Zicht with uvicorn, without an access log: addresses of visitors are written down nowhere."""

import socket

import uvicorn
from django.core.management.base import CommandError


def serve(host: str, port: int) -> None:
    """Serve until stopped; a port in use is said in a sentence instead of a stack trace."""
    refuse_taken_port(host, port)
    uvicorn.run(
        "zicht.site.asgi:application",
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
        lifespan="on",
    )


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError when another program listens at host and port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = f"Port {port} of {host} cannot be used ({error.strerror}). Choose another: --port 8001."
            raise CommandError(why) from error
