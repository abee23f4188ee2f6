"""Chance that can be repeated: one seed gives one row of draws, on every machine and in every version of Python.

Everything stands on `Random.random()`, the only method of which the library promises that it stays the same.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")
WORD = 2**32


class Chance:
    """Draw terms, days and identifiers out of a seed."""

    def __init__(self, seed: str) -> None:
        self._random = Random(int.from_bytes(hashlib.sha256(seed.encode()).digest()))  # noqa: S311 - keeps no secret

    def happens(self, share: float) -> bool:
        """Answer yes in this share of the cases."""
        return self._random.random() < share

    def pick(self, counts: Mapping[T, float]) -> T:
        """Give one of the keys, each as often as its count says."""
        rest = self._random.random() * sum(counts.values())
        for key, count in counts.items():
            rest -= count
            if rest < 0:
                return key
        return list(counts)[-1]

    def some(self, shares: Mapping[str, float]) -> list[str]:
        """Give each key in its own share of the cases; where that is none, the one with the largest share."""
        found = [key for key, share in shares.items() if self.happens(share)]
        return found or [max(shares, key=lambda key: shares[key])]

    def one_of(self, values: Sequence[T]) -> T:
        """Give one of the values, all as often."""
        return values[int(self._random.random() * len(values))]

    def between(self, least: int, most: int) -> int:
        """Give a whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Give a day, both ends included; the last one when they stand the wrong way round."""
        return min(first, last) + dt.timedelta(days=self.between(0, max((last - first).days, 0)))

    def key(self) -> UUID:
        """Give an identifier."""
        number = 0
        for _ in range(4):
            number = number * WORD + int(self._random.random() * WORD)
        return UUID(int=number, version=4)
