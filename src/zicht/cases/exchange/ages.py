"""Turn ages into age bands, which are all that is kept of an age."""

import datetime as dt
import re
from functools import lru_cache

from zicht import words
from zicht.cases.exchange.cells import read_day

RANGE = re.compile(r"(\d{1,3})\s*[-\N{EN DASH}]{1,2}\s*(\d{1,3})")
OPEN_RANGE = re.compile(r"(\d{1,3})\+")
OLDEST = 120  # years; more is a mistake


def band_of_ages(text: str) -> str | None:
    """Give the band that is written as 12-15 or 48+; None when no band is exactly that."""
    closed, upward = RANGE.fullmatch(text), OPEN_RANGE.fullmatch(text)
    if closed:
        return _bands().get((int(closed[1]), int(closed[2])))
    return _bands().get((int(upward[1]), None)) if upward else None


def band_of_age(text: str) -> str | None:
    """Give the band of an age in whole years."""
    age = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else OLDEST + 1
    if age > OLDEST:
        return None
    return next(band for (first, last), band in _bands().items() if first <= age and (last is None or age <= last))


def band_on_day(birth_date: str, day: object) -> str | None:
    """Give the band on a day; None when one of both is no day. The birth date itself goes no further."""
    born = read_day(birth_date)
    if not isinstance(born, dt.date) or not isinstance(day, dt.date) or born > day:
        return None
    return band_of_age(str(day.year - born.year - ((day.month, day.day) < (born.month, born.day))))


@lru_cache(maxsize=1)
def _bands() -> dict[tuple[int, int | None], str]:
    codes = words.vocabulary().lists["age_band"].codes.values()
    return {(first, code.number("max")): code.code for code in codes if (first := code.number("min")) is not None}
