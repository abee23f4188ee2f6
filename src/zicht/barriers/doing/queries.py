"""Everything that is read of actions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from zicht import words
from zicht.barriers import rules
from zicht.barriers.models import BarrierAction, BarrierModel
from zicht.people.models import Account

MOST_REMINDED = 50  # those with the nearest day


@dataclass(frozen=True)
class Reminder:
    """An action that waits for somebody: until when, and for what."""

    action: BarrierAction
    day: dt.date
    is_evaluation: bool
    due: str


def list_actions(reader: Account, wanted: Mapping[str, Any]) -> "QuerySet[BarrierAction]":
    """Give the actions that the reader asked for, those with the nearest day first."""
    found: QuerySet[BarrierAction] = BarrierAction.objects.visible_to(reader).select_related("lead_org", "lead_account")
    if wanted.get("area"):
        found = found.filter(in_area(wanted["area"]))
    if wanted.get("process"):
        found = found.filter(process=wanted["process"])
    if wanted.get("step"):
        found = found.filter(step=wanted["step"])
    state = wanted.get("state") or "open"
    if state != "all":
        found = found.filter(state__in=rules.OPEN_STATES)
    if state == "late":
        found = found.filter(due_on__lt=timezone.localdate())
    return found.order_by(F("due_on").asc(nulls_last=True), "process", "barrier", "action_id")


def find_action(reader: Account, action_id: object) -> BarrierAction | None:
    """Find an action that the reader's organisation keeps."""
    related = ("lead_org", "lead_account", "model")
    found: BarrierAction | None = (
        BarrierAction.objects.visible_to(reader).select_related(*related).filter(pk=action_id).first()
    )
    return found


def in_area(area: str) -> Q:
    """Keep what is about an area: it, what lies in it, and what holds it."""
    inside = [code for code, town in words.municipalities().items() if town.province == area]
    return Q() if area == rules.EVERYWHERE else Q(area_code__in=[*rules.areas_around(area), *inside])


def reminders_of(reader: Account) -> list[Reminder]:
    """Give what waits: for the reader, and for nobody in particular where the reader keeps the actions."""
    today = timezone.localdate()
    until = today + dt.timedelta(days=rules.SOON)
    mine = Q(lead_account=reader)
    if reader.has_perm("barriers.keep"):
        mine |= Q(lead_account=None)
    seen: QuerySet[BarrierAction] = BarrierAction.objects.visible_to(reader).filter(mine).select_related("lead_org")
    late = seen.filter(state__in=rules.OPEN_STATES, due_on__lte=until)
    asked = seen.filter(state__in=rules.EVALUATED_STATES, evaluated_on=None, evaluate_on__lte=until)
    first = late.order_by("due_on", "action_id")[:MOST_REMINDED]
    found = [_reminder(one, one.due_on, today, is_evaluation=False) for one in first]
    first = asked.order_by("evaluate_on", "action_id")[:MOST_REMINDED]
    found += [_reminder(one, one.evaluate_on, today, is_evaluation=True) for one in first]
    return sorted(found, key=lambda one: one.day)[:MOST_REMINDED]


def table_f22(reader: Account) -> tuple[list[str], list[tuple[str, str, list[int]]]]:
    """Give table F22: states, and for each process and step how many actions are in each.

    Actions are agreements between organisations: nobody is told apart by their numbers.
    """
    states = list(words.vocabulary().lists["action_state"].codes)
    counted = BarrierAction.objects.visible_to(reader).values_list("process", "step", "state").annotate(n=Count("pk"))
    numbers = {(process, step, state): n for process, step, state, n in counted.order_by()}
    rows = [
        (process, step, [numbers.get((process, step, state), 0) for state in states])
        for process, step in _steps_in_order(reader)
    ]
    return states, rows


def _steps_in_order(reader: Account) -> list[tuple[str, str]]:
    """Give every step of the versions in use, and behind them steps of older versions that have actions."""
    models = BarrierModel.objects.visible_to(reader).filter(state="published").order_by("process")
    steps = [(model.process, step) for model in models for step in model.steps.steps]
    old = BarrierAction.objects.visible_to(reader).values_list("process", "step").distinct().order_by("process", "step")
    return list(dict.fromkeys([*steps, *old]))


def _reminder(action: BarrierAction, day: dt.date | None, today: dt.date, *, is_evaluation: bool) -> Reminder:
    assert day is not None  # noqa: S101 - the query asked for it
    return Reminder(action, day, is_evaluation, rules.due_state(day, today))
