"""Conversations of benchmarks: tokens that come from a number, and noise instead of anything sealed."""

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property

from zicht.contact.sealing.messages import SEALED_LENGTHS, Envelope
from zicht.contact.sealing.parts import encode


@dataclass
class Member:
    """One of the crowd: both sides of a conversation, as far as the server can tell."""

    number: int

    def __post_init__(self) -> None:
        self.places = [(0, self.opening), (0, self.opening)]

    def _drawn(self, what: str) -> bytes:
        return hashlib.sha256(f"{what} {self.number}".encode()).digest()

    @cached_property
    def conv_id(self) -> bytes:
        """Give its id."""
        return self._drawn("id")[:16]

    @cached_property
    def cap(self) -> bytes:
        """Give its token."""
        return self._drawn("cap")

    @cached_property
    def opening(self) -> bytes:
        """Give the hash that both directions begin with."""
        return self._drawn("opening")

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers of its visitor."""
        return {"Zicht-Conversation": encode(self.conv_id), "Authorization": f"Bearer {encode(self.cap)}"}

    def next(self, direction: int) -> Envelope:
        """Give the next envelope of a direction, with noise in it; it is counted as sent."""
        seq, prev = self.places[direction]
        envelope = Envelope(self.conv_id, direction, seq, prev, os.urandom(24), os.urandom(SEALED_LENGTHS[0]))
        self.places[direction] = (seq + 1, envelope.digest)
        return envelope
