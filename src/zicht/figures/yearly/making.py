"""Make every page and file of a report, in both languages, from one protected release."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from django.utils import timezone, translation

from zicht.figures.models import YearlyReport
from zicht.figures.register.enough import with_enough
from zicht.figures.register.releasing import count_year, years_with_data
from zicht.figures.yearly import estimates, queries
from zicht.figures.yearly.cells import Name, values_of
from zicht.figures.yearly.chapters import tables_at
from zicht.figures.yearly.data_files import write_data
from zicht.figures.yearly.paper import as_pdf
from zicht.figures.yearly.series import MOST_YEARS, Year
from zicht.figures.yearly.standing import as_html
from zicht.figures.yearly.writing import Material, write_report
from zicht.people.models import Organisation

LANGUAGES = ("nl", "en")
# How far the work is after each part, as measured with 2,000 persons: drawing takes longest.
COUNTED, COUNTED_ALL, WRITTEN = 0.1, 0.3, 0.35
Tell: TypeAlias = Callable[[float], None]  # called with the share of the work that is done


def tell_nobody(done: float) -> None:
    """Keep quiet about how far the work is."""


def gather(
    organisation: Organisation,
    year: int,
    level: str,
    corrects: YearlyReport | None = None,
    reason: str = "",
    *,
    tell: Tell = tell_nobody,
) -> Material:
    """Count a year and the years before it, and protect what they show."""
    before = queries.values_in(corrects) if corrects else None
    release = with_enough(count_year(organisation, year, level, timezone.localdate(), before, is_narrow=None))
    waiting = tuple(code for code, table in release.tables.items() if table.waits)
    version = corrects.version + 1 if corrects else 1
    tell(COUNTED)
    earlier = _earlier(organisation, year, level)
    tell(COUNTED_ALL)
    estimate = estimates.estimate_of(organisation, year, level)
    before_it = estimates.estimates_before(organisation, year, level, MOST_YEARS)
    return Material(organisation, release, earlier, version, reason, waiting, estimate, before_it)


def make_files(material: Material, tell: Tell = tell_nobody) -> dict[str, bytes]:
    """Write the pages, papers and data files of a report, by name."""
    files = write_data(material, sorted(tables_at(material.release)))
    tell(WRITTEN)
    for number, language in enumerate(LANGUAGES, start=1):
        with translation.override(language):
            text = write_report(material)
            files[f"report.{language}.html"] = as_html(text).encode()
            files[f"report.{language}.pdf"] = as_pdf(text)
        tell(WRITTEN + (1 - WRITTEN) * number / len(LANGUAGES))
    return files


def _earlier(organisation: Organisation, year: int, level: str) -> tuple[Year, ...]:
    """Give the years before, as they were published, or else counted now."""
    wanted = [one for one in years_with_data(organisation) if year - MOST_YEARS < one < year]
    return tuple(_year(organisation, one, level) for one in sorted(wanted))


def _year(organisation: Organisation, year: int, level: str) -> Year:
    published = queries.published(organisation, year, level)
    if published is not None:
        kept = queries.kept_in(published)
        return Year(year, queries.values_in(published), kept["report"], kept["definition_version"])
    told = _told_in_others(organisation, year, level)
    # No other column of it is ever told, so no other has to be protected with it.
    counted = count_year(organisation, year, level, timezone.localdate(), told or None, is_narrow=True)
    return Year(year, values_of(counted))


def _told_in_others(organisation: Organisation, year: int, level: str) -> dict[Name, int | None]:
    """Give what reports on later years told of a year that has none of its own: that stays as it was told."""
    later: Sequence[YearlyReport] = queries.published_after(organisation, year, level)
    return {name: value for report in later for name, value in queries.told_of(report, year).items()}
