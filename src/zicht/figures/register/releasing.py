"""Make the tables of a year for somebody who may see them, and write down that they were seen or taken along."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.utils import timezone

from zicht import words
from zicht.figures import came_in, extract
from zicht.figures.beside_register import read_beside
from zicht.figures.errors import NobodyRegistered, NotForAccount, UnknownLevel, UnknownTable, UnknownYear, quote
from zicht.figures.extract import Register
from zicht.figures.justice.keeping import read_justice
from zicht.figures.register.counting import ALL_TABLES, fields_told_apart
from zicht.figures.register.enough import with_enough
from zicht.figures.register.releases import Before, Release, make_release
from zicht.figures.rules import PURPOSE, WALL
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation

Verb: TypeAlias = Literal["seen", "exported"]
SAFEST = "public"  # where nobody chose a level
LEVEL_LETTERS = 4


@dataclass(frozen=True)
class Released:
    """Hold a release with the register it was made of."""

    release: Release
    register: Register
    years: list[int]


def release_year(by: Account, year: str, level: str, verb: Verb) -> Released:
    """Make the tables of a year at a level; without a year the newest, without a level the one that shows least.

    Raises NotForAccount, UnknownLevel, NobodyRegistered, UnknownYear.
    """
    if not by.has_perm("figures.see_register"):
        raise NotForAccount
    chosen_level = find_level(level or SAFEST)
    care_years, report_years = extract.care_years(by.org), came_in.report_years(by.org)
    of_others = {*came_in.contact_years(by.org), *care_years, *report_years}
    years = sorted({*extract.years_of(by.org), *of_others}, reverse=True)
    chosen = find_year(year, years)
    register = extract.read_register(by.org, chosen, fields_told_apart())
    others = _others(by.org, chosen, chosen in care_years, chosen in report_years)
    others += [*read_beside(by.org, chosen, is_now=True), read_justice(chosen)]
    release = with_enough(make_release(register, chosen_level, timezone.localdate(), *others))
    record_access(by, verb, "figure", _subject(release), purpose=PURPOSE, compartment=WALL)
    return Released(release, register, years)


def count_year(
    organisation: Organisation,
    year: int,
    level: str,
    cutoff: dt.date,
    before: Before | None = None,
    *,
    is_narrow: bool | None = False,
) -> Release:
    """Make the tables of a year at a level as the register is on a day; `before` is what an earlier version shows."""
    register = extract.read_register(organisation, year, fields_told_apart())
    has_care, has_reports = (year in of(organisation) for of in (extract.care_years, came_in.report_years))
    others = _others(organisation, year, has_care, has_reports)
    others += [*read_beside(organisation, year, is_now=not is_narrow), read_justice(year)]
    return make_release(register, level, cutoff, *others, before=before, is_narrow=is_narrow)


def years_with_data(organisation: Organisation) -> list[int]:
    """Give the years of which there is anything to count, the newest first."""
    of = (extract.years_of, came_in.contact_years, extract.care_years, came_in.report_years)
    return sorted({year for years in of for year in years(organisation)}, reverse=True)


def _others(organisation: Organisation, year: int, has_care: bool, has_reports: bool) -> list[Register]:
    """Read what is counted beside persons: contacts, referrals and stays, reports and signals."""
    care = extract.read_care(organisation, year) if has_care else extract.no_care(year)
    weighed = came_in.read_weighed(organisation, year, is_there=has_reports)
    return [came_in.read_contacts(organisation, year), *care, *weighed]


def find_level(asked: str) -> str:
    """Give a code of the list release_level; raises UnknownLevel."""
    known = words.vocabulary().lists["release_level"].codes
    if asked not in known:
        raise UnknownLevel(level=quote(asked), known=", ".join(known))
    return asked


def find_year(asked: str, years: list[int]) -> int:
    """Give one of the years with registrations, the newest where none is asked for."""
    if not years:
        raise NobodyRegistered
    if not asked:
        return years[0]
    found = next((year for year in years if str(year) == asked), None)
    if found is None:
        raise UnknownYear(asked=quote(asked), known=", ".join(map(str, years)))
    return found


def find_table(asked: str) -> str:
    """Give the code of a table of the register; raises UnknownTable."""
    code = asked.upper()
    if code in ALL_TABLES:
        return code
    raise UnknownTable(table=quote(asked), known=", ".join(ALL_TABLES), why="")


def _subject(release: Release) -> str:
    """Name year and level in the form that the access log takes, such as PUBL-2025."""
    return f"{release.level[:LEVEL_LETTERS].upper()}-{release.year}"
