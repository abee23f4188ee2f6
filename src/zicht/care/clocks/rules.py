"""How legal terms are computed, from days and the table of terms in the words (list clock_term).

No database, no request. A term of months ends on the day with the same number (Regulation 1182/71, art. 3(2)(c)), never
after so many times thirty days. None of them is lengthened for a weekend or a holiday: the Dutch general act on time
limits is about terms that an act sets for doing something (art. 1), and these are periods of residence under policy,
or end on the day that a decision names.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from zicht import words
from zicht.cases.rights.rules import months_later

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the table: what runs, from which event, how long, on which law, and from which day on it holds."""

    code: str
    kind: str
    starts: str
    months: int | None
    days: int | None
    law: str
    valid_from: dt.date
    along: str  # another term that begins with it

    @property
    def needs_a_day(self) -> bool:
        """Tell whether only the decision says when it ends."""
        return self.months is None and self.days is None


def terms() -> Mapping[str, Term]:
    """Give the table of terms that may be chosen, by their codes."""
    return {code.code: _term(code) for code in words.vocabulary().lists["clock_term"].offered()}


def kinds() -> frozenset[str]:
    """Give the kinds of terms about a person; those about requests and breaches stand elsewhere."""
    return frozenset(term.kind for term in terms().values())


def _term(code: words.Code) -> Term:
    return Term(
        code=code.code,
        kind=code.text("kind"),
        starts=code.text("starts"),
        months=code.number("months"),
        days=code.number("days"),
        law=code.text("law"),
        valid_from=dt.date.fromisoformat(code.text("valid_from")),
        along=code.text("along"),
    )


def last_day(term: Term, start: dt.date, named: dt.date | None = None) -> dt.date | None:
    """Give the day on which a term ends: the one that the decision names, else as the table computes it."""
    if named is not None:
        return named
    if term.months is not None:
        return months_later(start, term.months)
    return start + dt.timedelta(days=term.days) if term.days is not None else None


def last_day_of(ends_at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """Give the last day of a term that is kept as the moment at which it is over."""
    return (ends_at.astimezone(zone) - dt.timedelta(seconds=1)).date()


def days_left(last: dt.date, now: dt.datetime, zone: dt.tzinfo) -> int:
    """Count the days until the last one where the organisation is; 0 on the last day itself."""
    return (last - now.astimezone(zone).date()).days


def is_weekend(day: dt.date) -> bool:
    """Tell whether offices are closed on that day of the week: what must be done is then done before."""
    return day.weekday() >= SATURDAY
