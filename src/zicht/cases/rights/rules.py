"""Who may do what for the rights of a person, and by when it must be done: no database, no request."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.cases import rules
from zicht.people.rules import AccountLike, is_administrator, is_own_organisation, is_privacy_officer

BREACH_HOURS = 72  # GDPR art. 33(1)
ANSWER_MONTHS = 1  # GDPR art. 12(3)
LONGER_MONTHS = 2  # GDPR art. 12(3): further months, when it is complex, with the reason told within the first
MIDNIGHT = dt.time.min
RUNNING, MET, MISSED = "running", "met", "missed"


# --- terms --------------------------------------------------------------------------------------------------------
def months_later(day: dt.date, months: int) -> dt.date:
    """Give the day with the same number some months later, or the last of that month where there is none.

    Regulation (EEC, Euratom) 1182/71 art. 3(2)(c). Its art. 3(4) adds days for a weekend or a holiday; those are left
    to whoever is late, because here a term that is one day too short does no harm.
    """
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def years_later(day: dt.date, years: int) -> dt.date:
    """Give the day with the same name some years later."""
    return months_later(day, 12 * years)


def answer_due(received_on: dt.date, *, is_longer: bool = False) -> dt.date:
    """Give the last day on which a request of a person can be answered in time."""
    return months_later(received_on, ANSWER_MONTHS + (LONGER_MONTHS if is_longer else 0))


def end_of_day(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Give the moment a day ends where the organisation is, on a whole hour of UTC at or before it."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), MIDNIGHT, zone)
    return _whole_hour(midnight)


def start_of_day(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Give the moment a day begins where the organisation is, on a whole hour of UTC at or before it."""
    return _whole_hour(dt.datetime.combine(day, MIDNIGHT, zone))


def breach_due(found_at: dt.datetime) -> dt.datetime:
    """Give the moment by which the supervisory authority must know.

    The 72 hours really pass, also across summer time: a sum on a local time would count the hours of the wall clock.
    """
    return _whole_hour(found_at) + dt.timedelta(hours=BREACH_HOURS)


def state_now(state: str, ends_at: dt.datetime, now: dt.datetime) -> str:
    """Give the state of a term at a moment: one that still runs at its end is missed, and nobody has to store that."""
    return MISSED if state == RUNNING and ends_at <= now else state


def _whole_hour(time: dt.datetime) -> dt.datetime:
    return time.astimezone(ZoneInfo("UTC")).replace(minute=0, second=0, microsecond=0)


# --- permissions --------------------------------------------------------------------------------------------------
def _handles_requests(account: AccountLike, record: object = None) -> bool:
    """Let those who work on cases answer what persons ask, behind their own walls."""
    walls = rules.walls_to_open_in(account)
    if record is None:
        return bool(walls)
    return getattr(record, "org_id", None) == account.org_id and getattr(record, "compartment", None) in walls


handles_requests = Predicate(_handles_requests)

PERMISSIONS = {
    "cases.handle_requests": handles_requests,
    # The privacy officer sees kinds and terms of requests, and never whose they are.
    "cases.see_terms_of_requests": (handles_requests | is_privacy_officer) & is_own_organisation,
    "cases.set_retention": is_privacy_officer & is_own_organisation,
    "cases.erase_after_retention": is_privacy_officer & is_own_organisation,
    # A lost key or an open door is found by whoever runs the machine.
    "cases.keep_breaches": (is_privacy_officer | is_administrator) & is_own_organisation,
    "cases.read_processing": (is_privacy_officer | is_administrator) & is_own_organisation,
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
