"""What came in: contacts, reports and signals of a year, as terms; each stands apart from persons of the register."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from zicht import words
from zicht.figures.bits import FIRST_MISSING, MISSING, Column, coded_column, plain_column
from zicht.figures.extract import (
    CONTACT,
    MONTHS,
    REPORT,
    REPORTED_BY,
    SIGNAL,
    STAGE,
    Register,
    codes_in,
    fields_of,
    stages_of,
)
from zicht.people.models import Organisation
from zicht.signals import contacts, reports

# --- contacts -------------------------------------------------------------------------------------------------------
UNIT = "counting_unit"  # whether a contact is a visitor's first of the year
VISITOR, RETURNED = "visitor", "returned"
CAME_BACK = "repeat_visitor"
OUTCOME, AGREED = "outcome", "return_agreed"


def contact_years(organisation: Organisation) -> list[int]:
    """Give the years in which an organisation recorded contacts, the newest first."""
    return contacts.years_of_contacts(organisation)


def read_contacts(organisation: Organisation, year: int) -> Register:
    """Read the contacts that an organisation recorded in a year, with one query.

    Whoever came back in the year was a visitor before: those contacts count as contacts and not as visitors. Of whom it
    is not known is taken for another visitor, so that unique visitors are never too few.
    """
    fields = fields_of(CONTACT)
    rows = contacts.read_contacts(organisation, year, list(fields))
    columns = {
        name: coded_column(field, [row[place] for row in rows]) for place, (name, field) in enumerate(fields.items())
    }
    came_back = columns[CAME_BACK].having(["yes"])
    columns[UNIT] = Column((VISITOR, RETURNED), np.where(came_back, 2, 1).astype(np.uint64))
    will_return = columns[OUTCOME].having([AGREED])
    columns[STAGE] = Column(stages_of(VISITOR), np.where(will_return, 2, 1).astype(np.uint64))
    return Register(year, len(rows), len(rows), columns, CONTACT)


# --- reports and signals ----------------------------------------------------------------------------------------------
DISTRICT, GROUP, STATE, MONTH = "district", "indicator_group", "signal_state", "month"
UNIT_OF_POLICE = reports.UNIT


def report_years(organisation: Organisation) -> list[int]:
    """Give the years in which reports came in that may be counted, the newest first."""
    return reports.years_of_reports(organisation)


def read_weighed(organisation: Organisation, year: int, *, is_there: bool) -> tuple[Register, Register]:
    """Read reports and signals of a year; without a query for either where nothing came in."""
    if is_there:
        return read_reports(organisation, year), read_signals(organisation, year)
    return _of_reports(year, [], organisation), _of_signals(year, [], organisation)


def read_reports(organisation: Organisation, year: int) -> Register:
    """Read the reports that came in in a year, by district of the police, month and suspected forms."""
    return _of_reports(year, reports.read_reports(organisation, year), organisation)


def _of_reports(year: int, rows: Sequence[tuple[str, dt.date, str]], organisation: Organisation) -> Register:
    forms = words.vocabulary().entities["intake"].fields["forms"]
    columns = {
        DISTRICT: _of_districts(organisation, [district for district, _day, _forms in rows]),
        MONTH: plain_column(MONTHS, [MONTHS[day.month - 1] for _district, day, _forms in rows]),
        "forms": coded_column(forms, [found for _district, _day, found in rows]),
    }
    return Register(year, len(rows), len(rows), columns, REPORT)


def read_signals(organisation: Organisation, year: int) -> Register:
    """Read the signals in what came in in a year, by group, state, month and type of who weighed them."""
    return _of_signals(year, reports.read_signals(organisation, year), organisation)


def _of_signals(year: int, rows: Sequence[tuple[str, str, dt.date]], organisation: Organisation) -> Register:
    columns = {
        GROUP: plain_column(tuple(indicator_groups()), [row[0] for row in rows]),
        STATE: plain_column(codes_in(STATE), [row[1] for row in rows]),
        MONTH: plain_column(MONTHS, [MONTHS[row[2].month - 1] for row in rows]),
        REPORTED_BY: plain_column(codes_in(REPORTED_BY), [organisation.org_type] * len(rows)),
    }
    return Register(year, len(rows), len(rows), columns, SIGNAL)


def _of_districts(organisation: Organisation, values: Sequence[str]) -> Column:
    codes = tuple(reports.districts_in(organisation))
    places = {code: 1 << place for place, code in enumerate(codes)}
    places |= {kind: 1 << FIRST_MISSING + place for place, kind in enumerate(MISSING)}
    return Column(codes, np.array([places[value] for value in values], np.uint64))


def indicator_groups() -> dict[str, words.Label]:
    """Give the groups of the catalogue of indicators, in its order."""
    return {indicator.group: indicator.group_label for indicator in words.vocabulary().indicators.values()}
