"""Coded reports and signals for the rooms that come later: terms, and no key, day or text.

Reports of a news desk come through no door: they are never counted.
"""

import datetime as dt
import json

from django.db.models import QuerySet

from zicht import words
from zicht.people.models import Organisation
from zicht.signals import rules
from zicht.signals.intake import queries
from zicht.signals.models import Intake, Signal

UNIT = "unit_"  # what the codes of units of the police begin with, beside the names of districts
MOST_DISTRICTS = 48  # in one table; the police has 43, and figures tell 59 places apart
OF_DISTRICT = ("place_code", "district", "police_unit")
COUNTED = "report"  # the kind that standard table F14 counts


def years_of_reports(organisation: Organisation) -> list[int]:
    """Give the years in which reports came in that may be counted, the newest first."""
    days = _counted(organisation).dates("received_on", "year", order="DESC")
    return [day.year for day in days]


def districts_in(organisation: Organisation) -> list[str]:
    """Give where reports are counted: the districts in the table of an organisation, then every unit of the police.

    These stand in a table whatever came in: a row that is only there when something came in would tell so.
    """
    units = words.vocabulary().lists["police_unit"].codes
    return [*_Districts(organisation).names, *(f"{UNIT}{code}" for code in units)]


def read_reports(organisation: Organisation, year: int) -> list[tuple[str, dt.date, str]]:
    """Give district, day and forms (as JSON) of each report of a year."""
    inside, where = _counted(organisation).filter(received_on__year=year, kind=COUNTED), _Districts(organisation)
    found = inside.order_by().values_list(*OF_DISTRICT, "received_on", "forms")
    return [(where.of(*place), day, json.dumps(forms)) for *place, day, forms in found]


def read_signals(organisation: Organisation, year: int) -> list[tuple[str, str, dt.date]]:
    """Give of each signal in what came in in a year its group of the catalogue and state, and the day of that."""
    inside = _counted(organisation).filter(received_on__year=year)
    found = Signal.objects.filter(intake__in=inside).order_by()
    rows = found.values_list("indicator", "state", "intake__received_on")
    groups = {code: indicator.group for code, indicator in words.vocabulary().indicators.items()}
    return [(groups[code], state, day) for code, state, day in rows if code in groups]


class _Districts:
    """The districts as the organisation has them now, so that whoever mends the table mends the figures."""

    def __init__(self, organisation: Organisation) -> None:
        self._table = queries.districts(organisation.pk)
        self.names = sorted(set(self._table.values()))[:MOST_DISTRICTS]
        self._units = words.vocabulary().lists["police_unit"].codes

    def of(self, town: str, written: str, unit: str) -> str:
        """Give the district of a report, else its unit, else why neither is known."""
        district = self._table.get(town) or written
        if district in self.names:
            return district
        return f"{UNIT}{unit}" if unit in self._units else unit


def _counted(organisation: Organisation) -> "QuerySet[Intake]":
    kinds = words.vocabulary().lists["contact_kind"].codes.values()
    counted = [kind.code for kind in kinds if kind.is_marked("counted")]
    found: QuerySet[Intake] = Intake.objects.filter(org=organisation, kind__in=counted)
    # A report that came in before is not counted again.
    return found.exclude(compartment=rules.PRESS).exclude(outcome="duplicate")
