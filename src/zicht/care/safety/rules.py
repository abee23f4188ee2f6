"""When somebody can be reached without danger: hours as a person keeps them, by the clock on the wall.

No database, no request. Windows are days of the week with a beginning and an end in local time; one whose end is not
after its beginning goes on past midnight. Where clocks change the clock on the wall decides: an hour that comes twice
is safe twice, and one that is left out is not there.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WINDOW = re.compile(r"([a-z,]+) (\d{2}:\d{2})-(\d{2}:\d{2})")
# Ways in which nobody of the staff begins: only the person does, or nobody at all.
NOT_BY_STAFF = frozenset({"return_code", "none"})
AHEAD = 8  # days to look ahead: a week, and the day on which a window of today ends


class HoursError(ValueError):
    """Report hours that are none; the text of it holds nothing of what was typed."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some days of the week (0 is Monday) from a time up to and without another, in local time."""

    days: frozenset[int]
    begin: dt.time
    end: dt.time

    @property
    def goes_past_midnight(self) -> bool:
        """Tell whether it ends on the day after; the same time twice is a whole day."""
        return self.end <= self.begin

    def has(self, local: dt.datetime) -> bool:
        """Tell whether a moment of the clock on the wall lies in it."""
        time, day = local.time().replace(tzinfo=None), local.weekday()
        if not self.goes_past_midnight:
            return day in self.days and self.begin <= time < self.end
        return (day in self.days and time >= self.begin) or ((day - 1) % 7 in self.days and time < self.end)


@dataclass(frozen=True, slots=True)
class ContactNow:
    """Whether contact can be made at a moment; if so until when, else from when; None where that never changes."""

    is_safe: bool
    changes_at: dt.datetime | None


# --- hours as they are kept ---------------------------------------------------------------------------------------
def write_hours(windows: Iterable[Window]) -> str:
    """Write windows as they are sealed, a line for each, such as mon,wed 09:00-12:00."""
    return "\n".join(
        f"{','.join(DAYS[day] for day in sorted(one.days))} {one.begin:%H:%M}-{one.end:%H:%M}" for one in windows
    )


def read_hours(text: str) -> tuple[Window, ...]:
    """Read back what `write_hours` wrote; raise HoursError for anything else."""
    return tuple(_read_line(line) for line in text.splitlines() if line.strip())


def _read_line(line: str) -> Window:
    found = WINDOW.fullmatch(line.strip())
    names = found[1].split(",") if found else []
    if not found or not set(names) <= set(DAYS):
        raise HoursError("These are no days and hours.")
    begin, end = (dt.time.fromisoformat(found[part]) for part in (2, 3))
    return Window(frozenset(DAYS.index(name) for name in names), begin, end)


# --- now ----------------------------------------------------------------------------------------------------------
def contact_now(channel: str, windows: Iterable[Window], now: dt.datetime, zone: dt.tzinfo) -> ContactNow:
    """Tell whether staff can make contact at a moment, and when that changes.

    Without hours every hour is outside them: nobody said that one is safe. `now` is any aware moment, `zone` that of
    the organisation; the answer is in UTC.
    """
    every = tuple(windows)
    if channel in NOT_BY_STAFF or not every:
        return ContactNow(is_safe=False, changes_at=None)

    def is_safe(moment: dt.datetime) -> bool:
        return any(window.has(moment.astimezone(zone)) for window in every)

    is_now = is_safe(now)
    return ContactNow(is_now, _first_other(is_now, is_safe, now, _turns(every, now, zone)))


def _first_other(
    is_now: bool, is_safe: Callable[[dt.datetime], bool], now: dt.datetime, turns: Iterable[dt.datetime]
) -> dt.datetime | None:
    return min((turn for turn in turns if turn > now and is_safe(turn) != is_now), default=None)


def _turns(windows: Iterable[Window], now: dt.datetime, zone: dt.tzinfo) -> Iterator[dt.datetime]:
    """Give every moment at which the answer can change: where a window begins or ends, and where the clock does."""
    today = now.astimezone(zone).date()
    days = [today + dt.timedelta(days=n) for n in range(-1, AHEAD + 1)]
    times = {time for window in windows for time in (window.begin, window.end)} | {dt.time.min}
    for day in days:
        for time in times:
            for fold in (0, 1):
                yield dt.datetime.combine(day, time.replace(fold=fold), zone).astimezone(dt.UTC)
    yield from _changes_of_the_clock(days, zone)


def _changes_of_the_clock(days: list[dt.date], zone: dt.tzinfo) -> Iterator[dt.datetime]:
    for day in days[:-1]:
        low = dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC)
        high = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone).astimezone(dt.UTC)
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        while high - low > dt.timedelta(seconds=1):
            middle = low + (high - low) // 2
            is_before = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
            low, high = (middle, high) if is_before else (low, middle)
        yield high.replace(microsecond=0)
