"""Send one body to one address: with a certificate that fits, to the number that was looked up, and no further."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from zicht.cases.webhooks.addresses import PORT, NotOpenError, is_address, look_up

TIMEOUT = 10  # seconds for each step: connecting, sending, the first line of the answer
DONE = range(200, 300)


class NotDeliveredError(Exception):
    """Report that an address did not take a notice; nothing of its answer is kept."""


class FixedConnection(http.client.HTTPSConnection):
    """A connection to a host at a number that is not looked up once more."""

    def __init__(self, host: str, number: str, port: int, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=context)
        self._number, self._tls = number, context

    def connect(self) -> None:
        """Connect to the number, and ask for the certificate of the host."""
        plain = socket.create_connection((self._number, self.port), TIMEOUT)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def post(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Send a body; raise NotDeliveredError unless it was taken. An answer that leads elsewhere is not followed."""
    if not is_address(address):
        raise NotDeliveredError
    parts = urlsplit(address)
    host = str(parts.hostname)
    try:
        connection = FixedConnection(host, look_up(host), PORT, ssl.create_default_context())
    except NotOpenError as error:
        raise NotDeliveredError from error
    deliver(connection, parts.path or "/", body, headers)


def deliver(connection: http.client.HTTPSConnection, path: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Send a body over a connection and look at the status of the answer alone."""
    try:
        connection.request("POST", path, body, dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise NotDeliveredError from error
    finally:
        connection.close()
    if status not in DONE:
        raise NotDeliveredError
