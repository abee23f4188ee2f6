"""Who may do what with barriers, what must hold in a record, and what follows from it: no database, no request."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.people.rules import AccountLike, is_own_organisation
from zicht.words import Problem

Values = Mapping[str, object]  # field name of an entity -> value

KEEP, LOOK = "keep", "look"  # of list staff_role, attribute `barriers`
OPEN_STATES = ("idea", "agreed", "running")
STOOD_STATES = ("running", "done")  # of an action that was carried out from its start
EVALUATED_STATES = ("running", "done", "dropped")
HALF_YEAR = re.compile(r"(19|20)\d\d-[12]")
EVERYWHERE = "Nederland"  # the area that holds every other
SOON = 14  # days: what is due within two weeks is told as soon, as meetings are held about every month
OVERDUE, IS_SOON, LATER, NO_DAY = "overdue", "soon", "later", "no_day"


# --- who may ------------------------------------------------------------------------------------------------------
def _may(account: AccountLike, kinds: tuple[str, ...]) -> bool:
    roles = words.vocabulary().lists["staff_role"].codes
    return account.status == "active" and any(roles[role].text("barriers") in kinds for role in account.roles)


def may_look(account: AccountLike) -> bool:
    """Tell whether an account sees the barrier model, actions and policy of its organisation."""
    return _may(account, (KEEP, LOOK))


def may_keep(account: AccountLike) -> bool:
    """Tell whether an account changes them."""
    return _may(account, (KEEP,))


# --- areas --------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1_000)
def areas_around(place: str) -> tuple[str, ...]:
    """Give the areas that a place lies in, the smallest first: a municipality, its province, and the country."""
    town = words.municipalities().get(place)
    if town:
        return (town.code, town.province, EVERYWHERE)
    return (place, EVERYWHERE) if place and place != EVERYWHERE else (EVERYWHERE,)


# The twelve provinces in the order in which they are listed officially.
PROVINCES = (
    "Groningen", "Friesland", "Drenthe", "Overijssel", "Flevoland", "Gelderland",
    "Utrecht", "Noord-Holland", "Zuid-Holland", "Zeeland", "Noord-Brabant", "Limburg",
)  # fmt: skip

# The four parts of the country that Statistics Netherlands counts by (landsdelen): where provinces are too small.
REGIONS: Mapping[str, tuple[str, ...]] = {
    "Noord-Nederland": ("Groningen", "Friesland", "Drenthe"),
    "Oost-Nederland": ("Overijssel", "Flevoland", "Gelderland"),
    "West-Nederland": ("Utrecht", "Noord-Holland", "Zuid-Holland", "Zeeland"),
    "Zuid-Nederland": ("Noord-Brabant", "Limburg"),
}


def region_of(province: str) -> str:
    """Give the part of the country that a province lies in; empty for what is no province."""
    return next((name for name, provinces in REGIONS.items() if province in provinces), "")


def is_area(code: str) -> bool:
    """Tell whether an action can be about an area: a municipality, a province or the country."""
    return code == EVERYWHERE or code in words.municipalities() or code in PROVINCES


# --- actions ------------------------------------------------------------------------------------------------------
def may_follow(state: str, following: str) -> bool:
    """Tell whether an action may go from one state to another (attribute `next` of list action_state)."""
    return following in steps_after(state)


def steps_after(state: str) -> tuple[str, ...]:
    """Give the states an action may go to from here."""
    return words.vocabulary().lists["action_state"].codes[state].texts("next")


def due_state(due_on: dt.date | None, today: dt.date) -> str:
    """Tell how near a day is."""
    if due_on is None:
        return NO_DAY
    days = (due_on - today).days
    return OVERDUE if days < 0 else IS_SOON if days <= SOON else LATER


def half_year_of(day: dt.date) -> str:
    """Give the half-year of a day, such as 2026-1."""
    return f"{day.year}-{1 if day.month < 7 else 2}"


def is_half_year(period: str) -> bool:
    """Tell whether a text names a half-year."""
    return HALF_YEAR.fullmatch(period) is not None


def days_of(period: str) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a half-year."""
    year, half = int(period[:4]), period[5:]
    return (dt.date(year, 1, 1), dt.date(year, 6, 30)) if half == "1" else (dt.date(year, 7, 1), dt.date(year, 12, 31))


# --- what must hold in a record -------------------------------------------------------------------------------------
def broken_constraints(entity: str, values: Values, today: dt.date) -> dict[str, Problem]:
    """Tell for each field of a record which constraint of its entity it breaks; empty when none."""
    return words.check_together(entity, values, today, PAST, CONSTRAINTS)


PAST: Mapping[str, tuple[str, ...]] = {
    "barrier_model": ("made_on", "published_on"),
    "barrier_action": ("ended_on", "evaluated_on"),
    "barrier_meeting": ("held_on",),
    "barrier_holding": ("made_on",),
    "barrier_finding": ("decided_on",),
    "barrier_sum": ("made_on",),
    "policy": ("checked_on", "adopted_on"),
}


def _label(entity: str, name: str) -> words.Label:
    return words.vocabulary().entities[entity].fields[name].label


def _no_place(level: str) -> Problem:
    return Problem("not_a_place", {"level": words.vocabulary().lists["place_level"].codes[level].label})


def _order(values: Values, first: str, last: str) -> Iterator[tuple[str, Problem]]:
    begin, end = values.get(first), values.get(last)
    if begin and end and str(end) < str(begin):
        yield last, Problem("earlier_than", {"other": _label("barrier_action", first)})


def _agreed(action: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order(action, "start_on", "ended_on")
    if action.get("area_code") and not is_area(str(action["area_code"])):
        yield "area_code", _no_place("province")


def _about_a_municipality(policy: Values) -> Iterator[tuple[str, Problem]]:
    if policy.get("municipality") not in words.municipalities():
        yield "municipality", _no_place("municipality")


CONSTRAINTS: Mapping[str, tuple[Callable[[Values], Iterator[tuple[str, Problem]]], ...]] = {
    "barrier_action": (_agreed,),
    "policy": (_about_a_municipality,),
}


# --- permissions --------------------------------------------------------------------------------------------------
PERMISSIONS = {
    "barriers.look": Predicate(may_look) & is_own_organisation,
    "barriers.keep": Predicate(may_keep) & is_own_organisation,
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
