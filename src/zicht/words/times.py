"""Checks of dates, times, months and years, and the rounding that keeps a time coarse."""

import re
from datetime import date, datetime

from zicht.words.problems import Problem
from zicht.words.types import Field

FIRST_YEAR, LAST_YEAR = 1900, 2100
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def check_date(value: object, today: date | None) -> Problem | None:
    """Check a date, or a text such as 2025-05-31; with `today`, refuse a later one."""
    if isinstance(value, datetime):
        return Problem("not_rounded_to_day")
    day = value if isinstance(value, date) else _read_date(value)
    if day is None:
        return Problem("not_a_date")
    return _check_year(day.year) or _check_past(today is not None and day > today)


def _read_date(value: object) -> date | None:
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def check_month(value: object, today: date | None) -> Problem | None:
    """Check a text such as 2025-05; with `today`, refuse a later month."""
    found = MONTH.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return Problem("not_a_month")
    year, month = int(found[1]), int(found[2])
    return _check_year(year) or _check_past(today is not None and (year, month) > (today.year, today.month))


def check_year(value: object, today: date | None) -> Problem | None:
    """Check a year as a whole number; with `today`, refuse a later year."""
    if not isinstance(value, int) or isinstance(value, bool):
        return _wrong_year()
    return _check_year(value) or _check_past(today is not None and value > today.year)


def check_time(field: Field, value: object, today: date | None) -> Problem | None:
    """Check a date and time with its zone, rounded down as far as the field asks; with `today`, refuse a later day."""
    time = value if isinstance(value, datetime) else _read_time(value)
    if time is None or time.tzinfo is None or time.utcoffset() is None:
        return Problem("not_a_time")
    if time != round_down(field, time):
        return Problem(f"not_rounded_to_{field.precision}")
    return _check_year(time.year) or _check_past(today is not None and time.date() > today)


def _read_time(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def round_down(field: Field, time: datetime) -> datetime:
    """Round a time down to the precision of its field, in its own time zone; without a precision, leave it as it is."""
    if field.precision == "hour":
        return time.replace(minute=0, second=0, microsecond=0)
    if field.precision == "day":
        return time.replace(hour=0, minute=0, second=0, microsecond=0)
    return time


def _check_year(year: int) -> Problem | None:
    return None if FIRST_YEAR <= year <= LAST_YEAR else _wrong_year()


def _wrong_year() -> Problem:
    # As texts: a year is written without a separator for thousands.
    return Problem("not_a_year", {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)})


def _check_past(is_future: bool) -> Problem | None:
    return Problem("in_the_future") if is_future else None
