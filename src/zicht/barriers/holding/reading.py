"""Read what cases say, many at a time: terms, confirmed signals, place and period, and no text or key of a person."""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from zicht import words
from zicht.barriers.holding.rules import Done, Facts
from zicht.barriers.models import BarrierAction, Holding
from zicht.barriers.rules import PROVINCES
from zicht.cases.models import Case, Consent, PlaceEvent
from zicht.cases.rules import terms
from zicht.people.models import Organisation
from zicht.signals.models import Signal

REFUSALS = ("no", "withdrawn")  # of list consent_answer
NEVER_COUNTED = "press"  # sources of a news desk are protected
OF_AN_EPISODE = ("forms", "main_form", "means", "start_month", "end_month")


@dataclass
class _Found:
    opened_on: dt.date
    forms: set[str] = field(default_factory=set)
    means: set[str] = field(default_factory=set)
    signals: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)  # level -> code
    months: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)

    def facts(self) -> Facts:
        """Give it as the rules take it; a case without months counts from the day on which it was opened."""
        first = dt.date.fromisoformat(f"{min(self.months)}-01") if self.months else self.opened_on
        last = max(_end_of(max(self.ends)) if self.ends else self.opened_on, first)
        place = self.places.get("municipality") or self.places.get("province") or ""
        return Facts(frozenset(self.forms), frozenset(self.means), frozenset(self.signals), place, first, last)


def cases_to_count(organisation: Organisation, first: dt.date, last: dt.date) -> "QuerySet[Case]":
    """Give the cases that an organisation opened in a period."""
    found: QuerySet[Case] = Case.objects.filter(org=organisation, opened_on__range=(first, last))
    return found.exclude(compartment=NEVER_COUNTED)


def facts_of(cases: "QuerySet[Case]", *, for_sums: bool = False) -> dict[UUID, Facts]:
    """Give what each case says; for sums without persons whose use of data is limited or who said no to statistics."""
    found = {key: _Found(day) for key, day in cases.order_by().values_list("pk", "opened_on")}
    keys = cases.order_by().values("pk")
    links: Any = Case.persons.through.objects.filter(case__in=keys).exclude(person__episodes=None)
    if for_sums:
        links = links.filter(~Exists(_refused()), person__restricted_on=None)
    case_of = _take_episodes(found, links)
    places = PlaceEvent.objects.filter(exploitation__person__cases__in=keys, level__in=("municipality", "province"))
    for episode, level, code in places.values_list("exploitation_id", "level", "place_code"):
        for case in case_of.get(episode, ()):
            found[case].places.setdefault(level, code)
    _take_signals(found, keys)
    return {key: one.facts() for key, one in found.items()}


def done_by(organisation: Organisation, process: str) -> list[Done]:
    """Give what is known of the actions of an organisation against a process."""
    actions = BarrierAction.objects.filter(org=organisation, process=process)
    columns = ("pk", "step", "barrier", "area_code", "state", "effect", "start_on", "ended_on", "evaluated_on")
    return [Done(*row) for row in actions.order_by("start_on", "pk").values_list(*columns)]


def area_of(place: str) -> tuple[str, str]:
    """Give province and unit of the police of a place; empty where they are not known."""
    town = words.municipalities().get(place)
    if town:
        return town.province, words.police_unit_of(place)
    return (place, _unit_of_whole(place)) if place in PROVINCES else ("", "")


@lru_cache(maxsize=20)
def _unit_of_whole(province: str) -> str:
    """Give the unit of the police that a province lies in as a whole; empty for one that is split."""
    towns = words.municipalities().values()
    units = {words.police_unit_of(town.code) for town in towns if town.province == province}
    return units.pop() if len(units) == 1 else ""


# --- parts --------------------------------------------------------------------------------------------------------
def _refused() -> Any:
    asked = Consent.objects.filter(purpose="statistics", set_aside_on=None)
    yes = asked.filter(person=OuterRef("person"), answer="yes", asked_on__gt=OuterRef("asked_on"))
    return asked.filter(~Exists(yes), person=OuterRef("person"), answer__in=REFUSALS)


def _take_episodes(found: Mapping[UUID, _Found], links: Any) -> dict[UUID, list[UUID]]:
    columns = [f"person__episodes__{name}" for name in ("pk", *OF_AN_EPISODE)]
    case_of: dict[UUID, list[UUID]] = defaultdict(list)
    for case, episode, forms, main, means, start, end in links.values_list("case_id", *columns).iterator():
        if case not in found:
            continue  # opened between two queries
        one = found[case]
        case_of[episode].append(case)
        one.forms.update(terms(forms), terms(main))
        one.means.update(terms(means))
        one.months += [start] if start else []
        one.ends += [end] if end else []
    return case_of


def _take_signals(found: Mapping[UUID, _Found], keys: Any) -> None:
    """Add the confirmed signals of the reports that somebody named as about the same situation."""
    reports: dict[str, list[UUID]] = defaultdict(list)
    for case, named in Holding.objects.filter(case__in=keys).values_list("case_id", "reports"):
        for report in named:
            reports[str(report)].append(case)
    for report, indicator in confirmed_signals(reports):
        for case in reports[str(report)]:
            if case in found:
                found[case].signals.add(indicator)


def confirmed_signals(reports: Iterable[str]) -> Iterable[tuple[UUID, str]]:
    """Give the indicators that somebody confirmed in reports."""
    return Signal.objects.filter(intake__in=list(reports), state="confirmed").values_list("intake_id", "indicator")


def _end_of(month: str) -> dt.date:
    year, number = int(month[:4]), int(month[5:7])
    return dt.date(year, number, monthrange(year, number)[1])
