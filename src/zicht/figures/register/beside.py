"""Put the register beside what UNODC counts for the Netherlands, in the years in which both have a figure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zicht import words
from zicht.figures import extract, queries
from zicht.figures.models import OutsideEdition
from zicht.figures.plots import short
from zicht.figures.register.releases import least_shown
from zicht.figures.register.releasing import Released
from zicht.figures.sentences import count
from zicht.people.models import Organisation

TABLES = ("F10", "F11")  # those that count who is known to the coordination centre
COUNTRY = "NLD"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Hold one year of both; `own` is empty where it is hidden."""

    year: int
    own: str
    outside: str


@dataclass(frozen=True)
class Beside:
    """Hold the years that both have, the edition of UNODC's file, and the years at which something changed."""

    edition: OutsideEdition
    meetings: tuple[Meeting, ...]
    last_outside: int
    breaks: tuple[str, ...]


def put_beside(organisation: Organisation, released: Released) -> Beside | None:
    """Compare with UNODC's file; None when there is no file, or nothing about the country in it."""
    edition = queries.edition_in_use()
    outside = queries.totals(edition, COUNTRY, queries.VICTIMS) if edition else {}
    if edition is None or not outside:
        return None
    own = extract.count_years(organisation)
    least = least_shown(released.release.level)
    meetings = [
        Meeting(year, count(own[year]) if own[year] >= least else "", short(outside[year]))
        for year in sorted(own.keys() & outside.keys(), reverse=True)
    ]
    return Beside(edition, tuple(meetings), max(outside), _breaks([meeting.year for meeting in meetings]))


def _breaks(years: list[int]) -> tuple[str, ...]:
    """Say where the national series breaks, when years on both sides are shown."""
    if not years or min(years) > 2018 or max(years) < 2018:
        return ()
    stated = words.vocabulary().context_figures["care_bodies_reports"]
    before, after = stated.value if isinstance(stated.value, tuple) else (None, None)
    sentence = _(
        "In 2018 care organisations reported about %(after)s times, against %(before)s a year in 2014 to 2017, "
        "because privacy rules were read more narrowly (%(source)s). Years before and from 2018 differ by that too."
    )
    return (sentence % {"before": before, "after": after, "source": stated.source},)
