"""When a breach must be reported and to whom: pure decisions."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from zicht.cases.rights.rules import MET, MISSED, RUNNING

SOON = dt.timedelta(hours=24)


class BreachLike(Protocol):
    """What a rule must know about a breach."""

    risk: str
    authority_told_on: dt.date | None
    persons_told_on: dt.date | None
    closed_on: dt.date | None


@dataclass(frozen=True)
class Left:
    """How much of a term is left, in whole hours, or for how many it is over."""

    hours: int
    is_over: bool
    is_soon: bool


def must_be_told(breach: BreachLike) -> bool:
    """Tell whether the supervisory authority must know: unless a risk is unlikely (GDPR art. 33(1))."""
    return breach.risk != "unlikely"


def must_tell_persons(breach: BreachLike) -> bool:
    """Tell whether the persons must know (GDPR art. 34(1)); whether that is safe is for somebody to say."""
    return breach.risk == "high"


def clock_state(breach: BreachLike, due: dt.date) -> str:
    """Give the state of the clock of the report; only the day on which the authority was told is known."""
    if breach.authority_told_on is not None:
        return MET if breach.authority_told_on <= due else MISSED
    return RUNNING if must_be_told(breach) else MET


def is_finished(breach: BreachLike) -> bool:
    """Tell whether a breach can be closed: whoever must know was told."""
    return breach.authority_told_on is not None or not must_be_told(breach)


def left(ends_at: dt.datetime, now: dt.datetime) -> Left:
    """Give how much is left of a term."""
    rest = ends_at - now
    is_over = rest < dt.timedelta()
    return Left(int(abs(rest) // dt.timedelta(hours=1)), is_over, not is_over and rest <= SOON)
