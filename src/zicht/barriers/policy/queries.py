"""Everything that is read of municipal policy: the map, the table, F23, and what must be looked at again."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from zicht import words
from zicht.barriers import rules
from zicht.barriers.drawing.map import Map, TileToDraw, draw_map
from zicht.barriers.holding.leaks import periods_of
from zicht.barriers.holding.sums import ALL, key_of
from zicht.barriers.models import Policy, Sum
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.signals.training.queries import how_municipalities_stand

UNKNOWN = "unknown"  # nobody looked it up yet
DUE = "due"


@dataclass(frozen=True)
class TownShown:
    """A municipality with what is known of it; `training` is how many topics were trained, of how many."""

    code: str
    name: str
    province: str
    policy: Policy | None
    training: tuple[int, int] | None

    @property
    def state(self) -> str:
        """Give the state of its policy."""
        return self.policy.state if self.policy else UNKNOWN

    @property
    def state_name(self) -> str:
        """Give it in the language of the reader; empty where nobody looked it up."""
        return label_of("policy_state", self.policy.state) if self.policy else ""

    @property
    def is_due(self) -> bool:
        """Tell whether it must be looked up again now or within two weeks."""
        day = self.policy.look_again_on if self.policy else None
        return day is not None and day <= _until()


@dataclass(frozen=True)
class ProvinceRow:
    """A row of table F23, with inspections beside reports; `reports` is None where disclosure control hides it."""

    province: str
    numbers: list[int]
    unknown: int
    inspections: int
    reports: int | None


@dataclass(frozen=True)
class F23:
    """Table F23: states of policy across, provinces down."""

    states: list[str]
    rows: list[ProvinceRow]
    period: str


def towns(reader: Account, wanted: Mapping[str, Any] | None = None) -> list[TownShown]:
    """Give the municipalities that the reader asked for, by name."""
    policies = {one.municipality: one for one in Policy.objects.visible_to(reader)}
    training = {
        one.name: (len(one.topics) - one.gaps, len(one.topics))
        for one in how_municipalities_stand(reader, timezone.localdate())
    }
    found = [
        TownShown(code, town.name, town.province, policies.get(code), training.get(town.name))
        for code, town in words.municipalities().items()
    ]
    return sorted((one for one in found if _is_wanted(one, wanted or {})), key=lambda one: one.name)


def find_policy(reader: Account, municipality: str) -> Policy | None:
    """Find what is known of a municipality."""
    found: Policy | None = Policy.objects.visible_to(reader).filter(municipality=municipality).first()
    return found


def map_of(every: list[TownShown], unknown: str) -> Map:
    """Draw the municipalities by state."""
    provinces: dict[str, list[TileToDraw]] = defaultdict(list)
    for town in every:
        provinces[town.province].append(TileToDraw(f"{town.name}: {town.state_name or unknown}", town.state))
    return draw_map(provinces)


def table_f23(reader: Account, every: list[TownShown]) -> F23:
    """Count the municipalities by province and state; each of them is public, so every number may be shown."""
    states = list(words.vocabulary().lists["policy_state"].codes)
    numbers = Counter((town.province, town.state) for town in every)
    inspections = Counter[str]()
    for town in every:
        inspections[town.province] += (town.policy.inspections or 0) if town.policy else 0
    period = next(iter(periods_of(reader)), "")
    made = Sum.objects.visible_to(reader).filter(kind="signals", period=period).first()
    reports = made.counts if made else {}
    rows = [
        ProvinceRow(
            province,
            [numbers[province, state] for state in states],
            numbers[province, UNKNOWN],
            inspections[province],
            reports.get(key_of("", "", province, ALL)),
        )
        for province in rules.PROVINCES
    ]
    return F23(states, rows, period)


def reminders_of(reader: Account) -> list[Policy]:
    """Give what must be looked up again within two weeks."""
    due = Policy.objects.visible_to(reader).filter(look_again_on__lte=_until())
    return list(due.order_by("look_again_on", "municipality"))


def _until() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=rules.SOON)


def _is_wanted(town: TownShown, wanted: Mapping[str, Any]) -> bool:
    name, state = str(wanted.get("name") or "").casefold(), wanted.get("state")
    return (
        (not name or name in town.name.casefold())
        and (not wanted.get("province") or town.province == wanted["province"])
        and (not state or (town.is_due if state == DUE else town.state == state))
    )
