"""Fill in what a record must have and another standard does not say, and report each time that this was done."""

import datetime as dt
from functools import cache

from zicht import words
from zicht.cases.exchange.cells import first_day
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import NOT_ASKED, UNKNOWN, Mapped, Values, fields_of

# Given by whoever reads the file, or by the program, and not by a file.
BY_THE_HOUSE = frozenset({"org_id", "compartment", "owner", "changed_on"})


def fill_in(mapped: Mapped, today: dt.date) -> None:
    """Fill in the required fields of a case, a person and what is recorded about them.

    A term that is not there was not asked. A day that is not there is that of the referral, and else today.
    """
    fill_case(mapped, today)
    fill_person(mapped, _day(mapped, today), today)
    if mapped.bundle.places and not mapped.bundle.episodes:
        mapped.bundle.episodes.append({})  # a place stands in an episode, also when nothing else is known of that
    for values in mapped.bundle.episodes:
        say_not_asked("exploitation", values)


def _day(mapped: Mapped, today: dt.date) -> dt.date:
    incoming = mapped.bundle.case.get("incoming_date")
    return incoming if isinstance(incoming, dt.date) and incoming <= today else today


def fill_case(mapped: Mapped, today: dt.date) -> None:
    """Fill in when a case was opened and closed."""
    case = mapped.bundle.case
    _fill("case", case, {"opened_on": _day(mapped, today), "state": "active"}, mapped)
    if str(case["state"]).startswith("closed"):
        _fill("case", case, {"closed_on": today, "closure_reason": UNKNOWN}, mapped)


def fill_person(mapped: Mapped, day: dt.date, today: dt.date) -> None:
    """Fill in since when a status holds, and the year of registration."""
    person = mapped.bundle.person
    _fill("person", person, {"status_date": today, "first_registered": day.year}, mapped)
    say_not_asked("person", person)


def _fill(entity: str, values: Values, given: Values, mapped: Mapped) -> None:
    for name, value in given.items():
        if values.get(name) in (None, ""):
            values[name] = value
            mapped.losses.append(_filled_in(entity, name))


@cache
def _filled_in(entity: str, name: str) -> Loss:
    return Loss(f"{entity}.{name}", Why.FILLED_IN)


def say_not_asked(entity: str, values: Values) -> None:
    """Put "not asked" in the required fields of terms that are empty."""
    for name, resting in _resting(entity):
        values[name] = values.get(name) or resting


@cache
def _resting(entity: str) -> tuple[tuple[str, object], ...]:
    return tuple(
        (field.name, (NOT_ASKED,) if field.type == "multi" else NOT_ASKED)
        for field in fields_of(entity).values()
        if field.required and not field.strict and field.type in ("code", "multi")
    )


def coarse_day(field: words.Field, text: str) -> dt.date | None:
    """Give a day for a year or month in a field that must have a day; None where that is not needed or not possible."""
    return first_day(text) if field.required and field.type == "date" else None
