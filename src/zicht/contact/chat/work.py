"""Ask for work instead of a puzzle: what it costs to open a conversation rises with load and with who asks often.

Nothing is refused by address: a whole mobile network may come from one. Where requests come from is kept as a keyed
hash over the first part of the address, in memory, under a key that lives for half an hour.
"""

import hashlib
import hmac
import ipaddress
import os
import struct
import threading
import time
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from zicht.contact.chat.errors import PriceNotPaid
from zicht.contact.sealing.parts import encode

STAMP = 300  # seconds that one price stands
KEY_LIVES = 1800  # seconds; twice that is the longest anything about a network is remembered
BASE_BITS = 14  # about 16,000 hashes, a fraction of a second on a cheap phone
MOST_BITS = 20
CHALLENGE_LENGTH = 16
NONCE_LENGTH = 8
TICKET_LENGTH = 16  # bytes of its seal, and as many random ones
TICKET_LIVES = 2 * STAMP
A_MINUTE = 60.0
QUIET_MINUTE = 30  # openings in a minute that cost nothing extra
QUIET_NETWORK = 10  # openings of one network in half an hour that cost nothing extra
FULL_QUEUE = 20  # waiting chats of a desk that cost nothing extra
BLOCKED = 160  # openings that a blocked conversation counts for
REMEMBERED = 20_000  # conversations
NETWORK_HEADER = "Zicht-Network"  # set by a proxy on this machine, which alone sees addresses


@dataclass(frozen=True)
class Price:
    """What is asked: a hash over challenge, conversation and nonce that begins with so many zero bits."""

    stamp: int
    bits: int

    @property
    def challenge(self) -> bytes:
        """Give what nobody can know beforehand; every process of the installation gives the same."""
        return _keyed("price", struct.pack(">QB", self.stamp, self.bits))[:CHALLENGE_LENGTH]

    def to_json(self) -> dict[str, object]:
        """Give the form in which it travels."""
        return {"stamp": self.stamp, "bits": self.bits, "challenge": encode(self.challenge)}

    def is_paid(self, conv_id: UUID, nonce: bytes) -> bool:
        """Tell whether the work was done."""
        done = hashlib.sha256(self.challenge + conv_id.bytes + nonce).digest()
        return int.from_bytes(done) >> (len(done) * 8 - self.bits) == 0


class Networks:
    """Count openings by where they come from, for half an hour to an hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = os.urandom(32)
        self._since = time.monotonic()
        self._counts: Counter[bytes] = Counter()
        self._minute: deque[float] = deque(maxlen=4096)
        self._came_from: OrderedDict[UUID, bytes] = OrderedDict()

    def blind(self, network: str) -> bytes:
        """Hide which network it is, also from whoever reads the memory after the key was replaced."""
        self.forget_old()
        with self._lock:
            return hmac.digest(self._key, network.encode(), "sha256")[:16]

    def forget_old(self) -> None:
        """Replace a key that lived long enough, and all that was counted under it; also when nobody comes."""
        with self._lock:
            if time.monotonic() - self._since > KEY_LIVES:
                self._key, self._since = os.urandom(32), time.monotonic()
                self._counts.clear()
                self._came_from.clear()

    def count(self, blind: bytes | None, times: int = 1) -> None:
        """Note an opening; without a network only the load is counted."""
        with self._lock:
            self._minute.append(time.monotonic())
            if blind is not None:
                self._counts[blind] += times

    def remember(self, conv_id: UUID, blind: bytes | None) -> None:
        """Remember for as long as the key lives where a conversation came from, in case it has to be blocked."""
        if blind is None:
            return
        with self._lock:
            self._came_from[conv_id] = blind
            while len(self._came_from) > REMEMBERED:
                self._came_from.popitem(last=False)

    def block(self, conv_id: UUID) -> None:
        """Let the next conversation from where this one came from cost as much as after many; once."""
        with self._lock:
            blind = self._came_from.pop(conv_id, None)
        if blind is not None:
            self.count(blind, BLOCKED)

    def extra_bits(self, blind: bytes | None, waiting: int) -> int:
        """Give by how much the price rises: one bit for each doubling beyond what is quiet."""
        with self._lock:
            start = time.monotonic() - A_MINUTE
            while self._minute and self._minute[0] < start:
                self._minute.popleft()
            of_network = self._counts[blind] if blind is not None else 0
            return (
                _doublings(len(self._minute), QUIET_MINUTE)
                + _doublings(of_network, QUIET_NETWORK)
                + _doublings(waiting, FULL_QUEUE)
            )


networks = Networks()


def network_of(request: HttpRequest) -> str | None:
    """Give the first part of an address (/24 or /48), as it is known; never written anywhere.

    Behind a proxy on this machine every address is its own, so the proxy says the part; without that nothing is known.
    """
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if address.version == 6 and address.ipv4_mapped is not None:
        address = address.ipv4_mapped  # otherwise everybody would come from the one network ::/48
    if address.is_loopback:
        return request.headers.get(NETWORK_HEADER, "")[:40] or None
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))


def now() -> int:
    """Give the time in seconds since 1970."""
    return int(time.time())


def price_for(blind: bytes | None, waiting: int) -> Price:
    """Give what is asked now."""
    bits = min(MOST_BITS, BASE_BITS + networks.extra_bits(blind, waiting))
    return Price(now() // STAMP, bits)


def check_paid(price: Price, asked: Price, conv_id: UUID, nonce: bytes) -> None:
    """Raise PriceNotPaid unless the work was done for a price that stands, or stood a moment ago."""
    is_known = asked.stamp - price.stamp in (0, 1) and price.bits >= asked.bits - 1
    if not is_known or len(nonce) != NONCE_LENGTH or not price.is_paid(conv_id, nonce):
        raise PriceNotPaid(price=asked.to_json())


def make_ticket(desk: UUID, moment: int) -> bytes:
    """Give what lets somebody who is moved open one conversation at another desk without work."""
    head = struct.pack(">I", moment // STAMP) + os.urandom(TICKET_LENGTH)
    return head + _keyed("ticket", desk.bytes + head)[:TICKET_LENGTH]


def is_ticket(ticket: bytes, desk: UUID, moment: int) -> bool:
    """Tell whether a ticket is for this desk and not too old."""
    head = ticket[:-TICKET_LENGTH]
    right = head + _keyed("ticket", desk.bytes + head)[:TICKET_LENGTH]
    age = moment // STAMP - int.from_bytes(head[:4])
    return hmac.compare_digest(ticket, right) and 0 <= age <= TICKET_LIVES // STAMP


class Tickets:
    """Remember for which conversation a ticket was shown, as long as it could be shown again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._used: OrderedDict[bytes, tuple[UUID, int]] = OrderedDict()

    def use(self, ticket: bytes, conv_id: UUID, moment: int) -> bool:
        """Tell whether a good ticket may open this conversation: it opened no other."""
        with self._lock:
            while self._used and moment - next(iter(self._used.values()))[1] > TICKET_LIVES + STAMP:
                self._used.popitem(last=False)
            return self._used.setdefault(ticket, (conv_id, moment))[0] == conv_id


tickets = Tickets()


def _doublings(count: int, quiet: int) -> int:
    return max(0, (count // quiet).bit_length())


def _keyed(purpose: str, content: bytes) -> bytes:
    return salted_hmac(f"zicht.contact.{purpose}", content, secret=settings.SECRET_KEY, algorithm="sha256").digest()
