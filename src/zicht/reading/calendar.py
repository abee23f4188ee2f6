"""Reckon with dates of which only a part is known, and write them in EDTF (ISO 8601-2:2019)."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

# Thirds of what they name: “begin 2020” is its first three months, “eind” its last three; days for a month.
PARTS_OF_YEAR = {"begin": (1, 3), "middle": (5, 8), "end": (10, 12)}
PARTS_OF_MONTH = {"begin": (1, 10), "middle": (11, 20), "end": (21, 31)}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}  # ISO 8601-2, 4.8


@dataclass(frozen=True, slots=True)
class Base:
    """The day, month or year a document is from, on which “vorig jaar” builds; zeros for what is not known."""

    year: int = 0
    month: int = 0
    day: int = 0


def base_of(edtf: str) -> Base:
    """Give the base for a publication date such as 2019, 2019-06 or 2019-06-03; nothing known for any other."""
    parts = edtf.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return Base()
    numbers = [int(part) for part in parts] + [0, 0]
    year, month, day = numbers[:3]
    return Base(year, month, day) if year_month(year, month, day) == edtf else Base()


@lru_cache(maxsize=1)
def edtf() -> Any:
    """Give the package that reads EDTF; it builds a grammar, a third of a second that most commands need not take."""
    return import_module("edtf")


@lru_cache(maxsize=1024)
def is_edtf(text: str) -> bool:
    """Answer whether a text is a date in EDTF."""
    try:
        edtf().parse_edtf(text)
    except edtf().EDTFParseException:
        return False
    return True


def year_month(year: int, month: int = 0, day: int = 0) -> str:
    """Write a date as far as it is known; nothing for a day that does not exist."""
    if not 0 < year < 10000 or month > 12 or (month and day > calendar.monthrange(year, month)[1]):
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def between(first: str, last: str) -> str:
    """Write an interval; nothing when an end is not known or they are in the wrong order."""
    return f"{first}/{last}" if first and last and first <= last else ""


def part_of_year(year: int, part: str) -> str:
    """Write the beginning, middle or end of a year as an interval of months."""
    first, last = PARTS_OF_YEAR[part]
    return between(year_month(year, first), year_month(year, last))


def part_of_month(year: int, month: int, part: str) -> str:
    """Write the beginning, middle or end of a month as an interval of days."""
    first, last = PARTS_OF_MONTH[part]
    return between(year_month(year, month, first), year_month(year, month, min(last, days_of(year, month))))


def days_of(year: int, month: int) -> int:
    """Give how many days a month has."""
    return calendar.monthrange(year, month)[1]


def nearest_year(base: Base, month: int) -> int:
    """Give the year in which a month named without one is nearest to the publication, or 0; rather the one before."""
    if not base.year or not base.month:
        return base.year
    ahead = month - base.month
    return base.year - (1 if ahead > 5 else -1 if ahead < -6 else 0)


def shift_months(base: Base, months: int) -> str:
    """Write the month so many months after the publication."""
    if not base.month:
        return ""
    count = base.year * 12 + base.month - 1 + months
    return year_month(count // 12, count % 12 + 1)


def shift_days(base: Base, days: int) -> str:
    """Write the day so many days after the publication; only the month, or less, where no day is known."""
    if not base.day:
        return shift_months(base, 0) if abs(days) <= 1 else ""
    return _move(base, days)


def _move(base: Base, days: int) -> str:
    """Write the day so many days after another; nothing for one that no calendar has."""
    try:
        return (dt.date(base.year, base.month, base.day) + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def week_of(base: Base, weeks: int) -> str:
    """Write the week (Monday to Sunday) so many weeks after the one of the publication, as an interval of days."""
    if not base.day:
        return ""
    to_monday = 7 * weeks - dt.date(base.year, base.month, base.day).weekday()
    return between(_move(base, to_monday), _move(base, to_monday + 6))


def shift_years(base: Base, years: int) -> str:
    """Write the year so many years after the publication."""
    return year_month(base.year + years) if base.year else ""


def weekday_of(base: Base, weekday: int, is_next: bool = False) -> str:
    """Write the last such day of the week up to the publication (0 is Monday), or the next one after it."""
    if not base.day:
        return ""
    back = (dt.date(base.year, base.month, base.day).weekday() - weekday) % 7
    return _move(base, 7 - back if is_next else -back)


def season_of(year: int, season: str) -> str:
    """Write a season of a year, such as 2020-22 for the summer."""
    return f"{year:04}-{SEASONS[season]}"
