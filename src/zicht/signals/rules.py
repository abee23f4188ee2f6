"""Who may do what with what came in, what must hold in it, and until when somebody must take it up: pure decisions."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.people.rules import AccountLike, compartments_of_role
from zicht.words import Problem

Values = Mapping[str, object]  # field name of an entity -> value

# What a role may do with intake (attribute `intake` of list staff_role).
WEIGHS, LEADS = "weigh", "lead"
# Walls behind which things come in and are weighed; research and figures have other doors.
WALLS = frozenset({"help", "enforce", "press"})
PRESS = "press"  # sources are protected: nothing of it is counted, compared or handed on
PRESS_TIP = "press_tip"
OPEN_STATES = ("new", "weighing")
OPEN, CLOSED = "open", "closed"  # where it stands: in the queue, or among what is done
ERASED = "erased"  # there only while it is being erased, and never back: its steps may go with it
DECIDED = ("confirmed", "rejected")
MINUTES_IN_A_DAY = 24 * 60
NEEDED_TO_CLOSE = ("outcome", "reason", "decided_by", "decided_on")
# What moves a report (list intake_deed): from which states, and into which. Nothing else changes the state.
MOVES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "taken_on": (OPEN_STATES, "weighing"),
    "handed_on": (OPEN_STATES, "weighing"),
    "put_back": (("weighing",), "new"),
    "closed": (OPEN_STATES, "closed"),
    "opened_again": (("closed",), "weighing"),
}


# --- walls ----------------------------------------------------------------------------------------------------------
def walls_of(account: AccountLike) -> frozenset[str]:
    """Give the compartments in which an account takes in and weighs."""
    if account.status != "active":
        return frozenset()
    roles = words.vocabulary().lists["staff_role"].codes
    weighing = [role for role in account.roles if roles[role].text("intake") in (WEIGHS, LEADS)]
    each = (compartments_of_role(role, account.org.legal_regime) for role in weighing)
    return frozenset[str]().union(*each) & WALLS


# --- states ---------------------------------------------------------------------------------------------------------
def state_after(deed: str, state: str) -> str | None:
    """Give the state into which a deed moves what is in a state; None where it cannot be done."""
    before, after = MOVES[deed]
    return after if state in before else None


# --- clocks ---------------------------------------------------------------------------------------------------------
def clock_start(now: dt.datetime, day: dt.date, hour: int | None, zone: dt.tzinfo) -> dt.datetime:
    """Give the moment from which a term counts: now, or the end of the hour or day in which it came in.

    Only the hour is stored of when something came in, so the end of it is the latest it can have been. Adding to a
    moment goes through UTC: the hour that comes twice in autumn ends an hour of real time after it began.
    """
    begin = dt.datetime.combine(day, dt.time(hour or 0), zone)
    if hour is None:
        end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    else:
        end = begin.astimezone(dt.UTC) + dt.timedelta(hours=1)
    return min(now, end.astimezone(dt.UTC))


def has_a_clock(day: object, hour: object, urgency: object) -> bool:
    """Tell whether what was read of a report is enough to count a term from."""
    is_hour = hour is None or (isinstance(hour, int) and hour in range(24))
    return isinstance(day, dt.date) and is_hour and urgency in words.vocabulary().lists["urgency"].codes


def due_at(urgency: str, start: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """Give until when something must be taken up (attribute `target_minutes` of list urgency); None for no term.

    Minutes and hours are real time. Whole days end at the same time of the clock on the wall, so that a week that
    contains the change to summer time is still a week.
    """
    minutes = words.vocabulary().lists["urgency"].codes[urgency].number("target_minutes")
    if minutes is None:
        return None
    if minutes % MINUTES_IN_A_DAY:
        return start + dt.timedelta(minutes=minutes)
    local = start.astimezone(zone)
    later = local.replace(tzinfo=None) + dt.timedelta(minutes=minutes)
    return later.replace(tzinfo=zone).astimezone(dt.UTC)


def is_late(due: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a term is over."""
    return due is not None and due <= now


SOON = dt.timedelta(hours=1)
DANGER, LATE, DUE_SOON = "danger", "late", "soon"  # why something stands among what comes first


def alert_of(urgency: str, state: str, due: dt.datetime | None, now: dt.datetime) -> str:
    """Tell why something that is open needs somebody at once; empty where it does not."""
    if urgency == "u1_now" and state == "new":
        return DANGER
    if due is None or due > now + SOON:
        return ""
    return LATE if is_late(due, now) else DUE_SOON


NO_TERM = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # what has no term stands behind all that has one


def sorts_at(due: dt.datetime | None, received_on: dt.date, *, is_open: bool) -> dt.datetime:
    """Give the moment by which something stands in its list: what is open by its term, what is closed newest first.

    For what is closed the calendar runs backwards, so that one order and its indexes serve both lists.
    """
    return (due or NO_TERM) if is_open else NO_TERM - dt.timedelta(days=received_on.toordinal())


def years_before(day: dt.date, years: int) -> dt.date:
    """Give the same day some years before; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


# --- what must hold in a record -------------------------------------------------------------------------------------
PAST: Mapping[str, tuple[str, ...]] = {
    "intake": ("received_on", "decided_on"),
    "signal": ("observed_on",),
    "meldcode": ("mapped_on", "advice_on", "talked_on", "weighed_on", "decided_on"),
}


def broken_constraints(entity: str, values: Values, today: dt.date) -> dict[str, Problem]:
    """Tell for each field of a record which constraint of its entity it breaks; empty when none."""
    return words.check_together(entity, values, today, PAST, CONSTRAINTS)


def _label(entity: str, name: str) -> words.Label:
    return words.vocabulary().entities[entity].fields[name].label


def _intake(intake: Values) -> Iterator[tuple[str, Problem]]:
    is_closed = intake.get("state") == "closed"
    for name in NEEDED_TO_CLOSE:
        if is_closed and not intake.get(name):
            yield name, Problem("needed_with", {"other": _label("intake", "state")})
        if intake.get("state") and not is_closed and intake.get(name):
            yield name, Problem("only_with", {"other": _label("intake", "state")})
    place, hour = intake.get("place_code"), intake.get("received_hour")
    if place and place not in words.municipalities():
        level = words.vocabulary().lists["place_level"].codes["municipality"]
        yield "place_code", Problem("not_a_place", {"level": level.label})
    if isinstance(hour, int) and not 0 <= hour <= 23:
        yield "received_hour", Problem("not_a_time")


def _signal(signal: Values) -> Iterator[tuple[str, Problem]]:
    if signal.get("indicator") not in words.vocabulary().indicators:
        yield "indicator", Problem("not_in_list", {"list": _label("signal", "indicator")})
    if signal.get("state") in DECIDED and not signal.get("reviewer"):
        yield "reviewer", Problem("needed_with", {"other": _label("signal", "state")})


def _link(link: Values) -> Iterator[tuple[str, Problem]]:
    is_decided = link.get("state") in ("same", "different")
    for name in ("decided_by", "decided_on"):
        if is_decided and not link.get(name):
            yield name, Problem("needed_with", {"other": _label("report_link", "state")})


def _meldcode(record: Values) -> Iterator[tuple[str, Problem]]:
    pairs = (("decision", "decided_on"), ("decision", "decided_by"), ("weighing", "weighed_on"))
    for name, needed in pairs:
        if record.get(name) not in (None, "", "not_asked") and not record.get(needed):
            yield needed, Problem("needed_with", {"other": _label("meldcode", name)})


CONSTRAINTS: Mapping[str, tuple[Callable[[Values], Iterator[tuple[str, Problem]]], ...]] = {
    "intake": (_intake,),
    "signal": (_signal,),
    "report_link": (_link,),
    "meldcode": (_meldcode,),
}


# --- permissions ----------------------------------------------------------------------------------------------------
def _weighs(account: AccountLike, record: object = None) -> bool:
    walls = walls_of(account)
    if record is None:
        return bool(walls)
    return getattr(record, "org_id", None) == account.org_id and getattr(record, "compartment", None) in walls


def _leads(account: AccountLike, _record: object = None) -> bool:
    roles = words.vocabulary().lists["staff_role"].codes
    return bool(walls_of(account)) and any(roles[role].text("intake") == LEADS for role in account.roles)


PERMISSIONS = {"signals.weigh": Predicate(_weighs), "signals.lead": Predicate(_leads)}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
