"""Whether somebody answers at a desk now, and when somebody will; hours are those of the organisation's place."""

import datetime as dt

from zicht.contact.models import Desk, Hours

DAYS_AHEAD = 14
SOON = dt.timedelta(minutes=15)
LAST_MINUTE = dt.time(23, 59)  # hours that last until then last until midnight, for which there is no time of the day


def is_open(desk: Desk, now: dt.datetime, language: str = "") -> bool:
    """Tell whether a live chat can be opened at a local time; without hours a desk is always open."""
    if desk.is_paused or _is_holiday(desk, now.date()):
        return False
    every = list(desk.hours.all())
    return not every or any(_covers(one, now.time()) for one in _on(every, now.date(), language))


def closes_soon(desk: Desk, now: dt.datetime, language: str = "") -> bool:
    """Tell whether a desk that is open closes within a quarter of an hour."""
    return is_open(desk, now, language) and not is_open(desk, now + SOON, language)


def opens_at(desk: Desk, now: dt.datetime, language: str = "") -> str | None:
    """Give when a desk opens next, as `2026-11-27T09:00`; None when that is not known."""
    every = list(desk.hours.all())
    if desk.is_paused or not every:
        return None
    for days in range(DAYS_AHEAD):
        day = now.date() + dt.timedelta(days=days)
        starts = [one.opens for one in _on(every, day, language) if days or one.opens > now.time()]
        if starts and not _is_holiday(desk, day):
            return f"{dt.datetime.combine(day, min(starts)):%Y-%m-%dT%H:%M}"
    return None


def _covers(one: Hours, moment: dt.time) -> bool:
    return one.opens <= moment and (moment < one.closes or one.closes >= LAST_MINUTE)


def _on(every: list[Hours], day: dt.date, language: str) -> list[Hours]:
    of_day = [one for one in every if one.weekday == day.isoweekday()]
    return [one for one in of_day if not language or not one.languages or language in one.languages]


def _is_holiday(desk: Desk, day: dt.date) -> bool:
    return any(one.day == day for one in desk.holidays.all())
