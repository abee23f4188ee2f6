"""Where a series breaks: what the organisation recorded, what is known of the country, and new definitions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from zicht import words
from zicht.figures.models import SeriesBreak
from zicht.figures.register.beside import TABLES as NATIONAL
from zicht.figures.yearly.series import Year
from zicht.people.code_fields import language
from zicht.people.models import Organisation

CARE_BODIES = 2018  # from which year care bodies reported less; words: context_figures


@dataclass(frozen=True, slots=True)
class Break:
    """Hold a year from which some tables count differently, in the language of the reader; no tables means all."""

    year: int
    codes: tuple[str, ...]
    text: str
    source: str

    def is_of(self, code: str) -> bool:
        """Tell whether a table counts differently from the year on."""
        return not self.codes or code in self.codes


def breaks_of(organisation: Organisation, years: Sequence[Year], year: int, definitions: str) -> list[Break]:
    """Give the breaks between the first and the last year shown, the oldest first."""
    first = min((one.year for one in years), default=year)
    recorded = SeriesBreak.objects.filter(org=organisation, year__gt=first, year__lte=year).order_by("year", "at")
    own = [Break(one.year, tuple(one.table_codes.split()), _text(one), one.source) for one in recorded]
    national = [_national()] if first < CARE_BODIES <= year else []
    found = [*own, *national, *_definitions([*years, Year(year, {}, definitions=definitions)])]
    return sorted(found, key=lambda one: one.year)


def breaks_inside(breaks: Sequence[Break], code: str, first: int, last: int) -> list[Break]:
    """Give the breaks of a table after the first year of a series, up to the last."""
    return [one for one in breaks if one.is_of(code) and first < one.year <= last]


def say_breaks(inside: Sequence[Break], before: int) -> Iterator[str]:
    """Say where a series breaks; `before` is the year with which the last one is compared."""
    if inside and before < max(one.year for one in inside):
        yield _("The series breaks between these years: they cannot be compared as they stand.")
    elif inside:
        yield _("The series breaks in %(year)s.") % {"year": inside[-1].year}


def _text(one: SeriesBreak) -> str:
    return one.text_nl if language() == "nl" else one.text_en


def _national() -> Break:
    stated = words.vocabulary().context_figures["care_bodies_reports"]
    before, after = stated.value if isinstance(stated.value, tuple) else (None, None)
    sentence = _(
        "Care organisations reported about %(after)s times to the coordination centre, against %(before)s a year in "
        "2014 to 2017, because privacy rules were read more narrowly."
    )
    return Break(CARE_BODIES, NATIONAL, sentence % {"before": before, "after": after}, stated.source)


def _definitions(years: Sequence[Year]) -> list[Break]:
    """Name the years that were published with another version of the words than the year before."""
    sentence = _("Counted with version %(new)s of the definitions; the year before with version %(old)s.")
    told = [one for one in years if one.definitions]
    return [
        Break(new.year, (), sentence % {"new": new.definitions, "old": old.definitions}, "")
        for old, new in pairwise(told)
        if new.definitions != old.definitions
    ]
