"""Where a notice may go: a host of the open internet, by https, and never a network of one's own.

What a name leads to is looked up at each sending and connected to as it was looked up: a name that leads elsewhere a
moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import re
import socket
from typing import TypeAlias
from urllib.parse import urlsplit

PORT = 443
# A name with a dot: a number, or a bare name such as localhost, is a host of one's own network.
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
VISIBLE = re.compile(r"[!-~]+")  # what stands in a request line as it is
# Public by their number, and a way into another network: NAT64 (RFC 6052).
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotOpenError(Exception):
    """Report that a name leads nowhere, or into a network that is not the open internet."""


def is_address(text: str) -> bool:
    """Tell whether a text is an address that notices may go to, as far as it can be read off."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    is_plain = not (parts.query or parts.fragment or "@" in parts.netloc or "?" in text or "#" in text)
    is_host = HOST.fullmatch(parts.hostname or "") is not None
    return bool(VISIBLE.fullmatch(text)) and parts.scheme == "https" and is_host and port is None and is_plain


def is_open(number: Address) -> bool:
    """Tell whether a number is of the open internet, also the one that is wrapped in another."""
    if number.version == 6:
        within = (number.ipv4_mapped, number.sixtofour, *(number.teredo or ()))
        if number in TRANSLATED or any(one is not None and not is_open(one) for one in within):
            return False
    return number.is_global and not number.is_multicast


def look_up(host: str) -> str:
    """Give the number that a host has now; raise NotOpenError when one of its numbers is not open."""
    try:
        found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
        numbers = [ipaddress.ip_address(str(item[4][0])) for item in found]
    except (OSError, UnicodeError, ValueError) as error:
        raise NotOpenError from error
    if not numbers or not all(is_open(number) for number in numbers):
        raise NotOpenError
    return str(numbers[0])
