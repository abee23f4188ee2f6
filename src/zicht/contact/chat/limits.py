"""Slow down who sends too much in one conversation; counted in memory alone."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

from zicht.contact.chat.errors import TooFast

REMEMBERED = 20_000  # conversations; the one that was quiet longest is forgotten first
MINUTE = 60.0
MESSAGES_A_MINUTE = 60
TYPING_EVERY = 10.0  # seconds


class Limit:
    """Let something happen so many times in so many seconds, for each conversation."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._lock = threading.Lock()
        self._counts: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()

    def has_room(self, *key: Hashable) -> bool:
        """Count one, and tell whether it is still within the limit."""
        now = time.monotonic()
        with self._lock:
            since, count = self._counts.pop(key, (now, 0))
            if now - since >= self._seconds:
                since, count = now, 0
            self._counts[key] = (since, count + 1)
            while len(self._counts) > REMEMBERED:
                self._counts.popitem(last=False)
        return count < self._most

    def take(self, *key: Hashable) -> None:
        """Count one; raise TooFast beyond the limit."""
        if not self.has_room(*key):
            raise TooFast(retry_after=round(self._seconds))


messages = Limit(MESSAGES_A_MINUTE, MINUTE)
typings = Limit(1, TYPING_EVERY)
