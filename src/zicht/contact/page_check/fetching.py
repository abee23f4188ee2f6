"""Fetch files as a browser would, from the one place that was named."""

import ipaddress
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin, urlsplit

TIMEOUT = 30  # seconds
MOST_BYTES = 4 * 1024 * 1024  # of one file; a page for visitors has far less in all
# A server that shows checkers another page than visitors should not know them by this.
BROWSER = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


class CannotFetchError(Exception):
    """Report in a sentence why nothing could be checked."""


@dataclass(frozen=True)
class Fetched:
    """What came for one file."""

    name: str
    status: int
    headers: Message
    content: bytes


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        """Follow nothing: a page that is elsewhere is another page."""


# Without the proxies of the environment: what they give may be another page.
_OPENER = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def folder_of(url: str) -> str:
    """Give the address of the folder of a page; raise CannotFetchError where it could be changed on the way."""
    parts = urlsplit(url)
    if (
        not parts.hostname
        or parts.scheme not in ("https", "http")
        or (parts.scheme == "http" and not _is_here(parts.hostname))
    ):
        raise CannotFetchError("The address begins with https://, or with http:// on this machine itself.")
    return urljoin(url, ".")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fetch(folder: str, name: str) -> Fetched:
    """Give a file with its headers, whatever the status; raise CannotFetchError when there is no answer."""
    asked = urllib.request.Request(  # noqa: S310 - `folder_of` lets only https through, and http on this machine
        urljoin(folder, name), headers={"User-Agent": BROWSER, "Accept-Encoding": "identity"}
    )
    try:
        with _OPENER.open(asked, timeout=TIMEOUT) as answer:
            return Fetched(name, answer.status, answer.headers, answer.read(MOST_BYTES))
    except urllib.error.HTTPError as refusal:
        return Fetched(name, refusal.code, refusal.headers, b"")
    except (OSError, HTTPException, ValueError) as error:
        raise CannotFetchError(f"{name} could not be fetched.") from error
