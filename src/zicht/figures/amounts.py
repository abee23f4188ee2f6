"""Counts that may be censored: a number, or only an interval in which it lies."""

import re
from dataclasses import dataclass

EXACT = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}")
CENSORED = re.compile(r"<([2-9]|[1-9][0-9]{1,3})")  # not `<1`, which would be a roundabout zero


@dataclass(frozen=True, slots=True)
class Amount:
    """Hold the least and the most a count of persons can be.

    `below` is the bound as the source prints it (`<5` gives 5), and None for a sum: `<5` and 11 together are 11 to 15.
    """

    low: int
    high: int
    below: int | None = None

    @property
    def is_exact(self) -> bool:
        """Tell whether there is one number."""
        return self.low == self.high

    @property
    def value(self) -> int | None:
        """Give the number, or None when only an interval is known."""
        return self.low if self.is_exact else None

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)

    def less(self, other: "Amount") -> "Amount":
        """Give what is left when a part is taken out of a whole; a count of persons is never under zero."""
        return Amount(max(0, self.low - other.high), max(0, self.high - other.low))

    def is_surely_less_than(self, other: "Amount") -> bool:
        """Tell whether this is smaller, whatever the two true numbers are."""
        return self.high < other.low


def exactly(number: int) -> Amount:
    """Make the amount of an uncensored count."""
    return Amount(number, number)


def fewer_than(bound: int) -> Amount:
    """Make the amount of a censored count: from 0 to just under the bound."""
    return Amount(0, bound - 1, bound)


def add_up(amounts: list[Amount]) -> Amount | None:
    """Add the parts of one figure; one part stays as it was printed, and no part at all is no figure."""
    if len(amounts) < 2:
        return amounts[0] if amounts else None
    return sum(amounts[1:], start=amounts[0])


def read_count(text: str) -> Amount | None:
    """Read a count as UNODC prints it: `668`, `1,222` (which is 1222) or `<5`; None when it is none of these."""
    if censored := CENSORED.fullmatch(text):
        return fewer_than(int(censored[1]))
    return exactly(int(text.replace(",", ""))) if EXACT.fullmatch(text) else None
