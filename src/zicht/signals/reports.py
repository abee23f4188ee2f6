"""Coded reports and signals for the rooms that come later: terms, and no key, day or text.

Reports of a news desk come through no door: they are never counted.
"""

import json

from django.db.models import QuerySet

from zicht import words
from zicht.people.models import Organisation
from zicht.signals import rules
from zicht.signals.models import Intake, Signal

COUNTED = "report"  # the kind that standard table F14 counts


def years_of_reports(organisation: Organisation) -> list[int]:
    """Give the years in which reports came in that may be counted, the newest first."""
    days = _counted(organisation).dates("received_on", "year", order="DESC")
    return [day.year for day in days]


def read_reports(organisation: Organisation, year: int) -> list[tuple[str, str]]:
    """Give unit of the police and forms (as JSON) of each report of a year."""
    found = _counted(organisation).filter(received_on__year=year, kind=COUNTED).order_by()
    return [(unit, json.dumps(forms)) for unit, forms in found.values_list("police_unit", "forms")]


def read_signals(organisation: Organisation, year: int) -> list[tuple[str, str]]:
    """Give the group of the catalogue and the state of each signal in what came in in a year."""
    inside = _counted(organisation).filter(received_on__year=year)
    found = Signal.objects.filter(intake__in=inside).order_by().values_list("indicator", "state")
    groups = {code: indicator.group for code, indicator in words.vocabulary().indicators.items()}
    return [(groups[code], state) for code, state in found if code in groups]


def _counted(organisation: Organisation) -> "QuerySet[Intake]":
    kinds = words.vocabulary().lists["contact_kind"].codes.values()
    counted = [kind.code for kind in kinds if kind.is_marked("counted")]
    found: QuerySet[Intake] = Intake.objects.filter(org=organisation, kind__in=counted)
    # A report that came in before is not counted again.
    return found.exclude(compartment=rules.PRESS).exclude(outcome="duplicate")
