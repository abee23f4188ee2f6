"""Bring together what the page of a person shows of its plan, its tasks, what was approved, and the steps."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.care.plan import rules
from zicht.care.plan.doors import Door
from zicht.care.plan.models import Approval, CarePlan, Goal, PlanEvent, Task
from zicht.people.models import Account
from zicht.people.sealed import reveal_each
from zicht.people.wording import in_words

LOOKS: Mapping[str, str] = {rules.OVERDUE: "tag tag--stop", rules.TODAY: "tag tag--waiting", rules.IS_SOON: "tag"}


@dataclass(frozen=True)
class GoalShown:
    """A goal; the texts are empty for whoever is not in the team."""

    record: Goal
    domain: str
    support: str
    outcome: str
    objective: str
    action: str


@dataclass(frozen=True)
class TaskShown:
    """A task with how near its day is."""

    record: Task
    kind: str
    what: str
    state: str
    colleague: str
    when: str
    look: str
    steps: list[tuple[str, str]]


@dataclass(frozen=True)
class ApprovalShown:
    """Whether a version is approved, and whether the reader can say so."""

    text: str
    look: str
    may_ask: bool
    may_answer: bool


@dataclass(frozen=True)
class PlanShown:
    """The plan with its goals."""

    record: CarePlan
    agreement: str
    review_look: str
    goals: list[GoalShown]
    ended: list[GoalShown]
    approval: ApprovalShown


@dataclass(frozen=True)
class StepShown:
    """One step, by the hour."""

    record: PlanEvent
    label: str


# --- plan ---------------------------------------------------------------------------------------------------------
def plan_shown(reader: Account, door: Door, plan: CarePlan, approvals: Iterable[Approval]) -> PlanShown:
    """Give a plan with its goals; texts to whoever reads them."""
    goals = list(plan.goals.select_related("care_plan").order_by("domain", "plan_id"))
    objectives = reveal_each(goals, "objective") if door.reads_texts else {}
    done = reveal_each(goals, "action") if door.reads_texts else {}
    shown = [_goal(one, objectives.get(one.pk, ""), done.get(one.pk, "")) for one in goals]
    return PlanShown(
        record=plan,
        agreement=in_words("care_plan", "agreement", plan.agreement),
        review_look=LOOKS.get(due_now(plan.review_on), ""),
        goals=[one for one in shown if not one.record.outcome],
        ended=[one for one in shown if one.record.outcome],
        approval=approval_shown(reader, door, approvals, plan.pk, plan.version),
    )


def _goal(goal: Goal, objective: str, action: str) -> GoalShown:
    return GoalShown(
        record=goal,
        domain=in_words("support_plan", "domain", goal.domain),
        support=in_words("support_plan", "support", goal.support),
        outcome=in_words("support_plan", "outcome", goal.outcome),
        objective=objective,
        action=action,
    )


def approval_shown(
    reader: Account, door: Door, approvals: Iterable[Approval], record: object, version: int
) -> ApprovalShown:
    """Tell of a version whether it is approved; an approval of an earlier version is none of this one."""
    lines = sorted((one for one in approvals if one.record_ref == record), key=lambda one: one.number)
    last = next((one for one in reversed(lines) if one.record_version == version), None)
    may_write = door.may_write
    if last is None:
        earlier = next((one for one in reversed(lines) if one.state == "approved"), None)
        text = _("changed since version %(n)d was approved") % {"n": earlier.record_version} if earlier else ""
        return ApprovalShown(text or _("not approved yet"), "tag tag--waiting", may_write, may_answer=False)
    if last.state == "asked":
        text = _("approval asked of %(colleague)s") % {"colleague": last.asked_of}
        may_answer = may_write and rules.may_answer(last.by_id, reader.pk)
        return ApprovalShown(text, "tag tag--waiting", may_ask=False, may_answer=may_answer)
    told = {"colleague": last.by, "day": in_words("approval", "given_on", last.given_on)}
    if last.state == "approved":
        return ApprovalShown(_("approved by %(colleague)s on %(day)s") % told, "tag tag--ok", may_write, False)
    return ApprovalShown(_("not approved by %(colleague)s on %(day)s") % told, "tag tag--stop", may_write, False)


# --- tasks --------------------------------------------------------------------------------------------------------
def shown_tasks(tasks: Iterable[Task], *, reads: bool) -> list[TaskShown]:
    """Give tasks with what is late first; those that are over come last, newest in front."""
    every = list(tasks)
    texts = reveal_each(every, "what") if reads else {}
    ordered = sorted(every, key=lambda one: (one.state in rules.IS_OVER, _day_of(one), str(one.pk)))
    return [_task(one, texts.get(one.pk, "")) for one in ordered]


def _day_of(task: Task) -> int:
    if task.done_on:
        return -task.done_on.toordinal()
    return (task.due_on or dt.date.max).toordinal()


def _task(task: Task, what: str) -> TaskShown:
    due = due_now(task.due_on)
    is_over = task.state in rules.IS_OVER
    return TaskShown(
        record=task,
        kind=in_words("task", "kind", task.kind),
        what=what,
        state=in_words("task", "state", task.state),
        colleague=str(task.assigned_to or ""),
        when="" if is_over else when_due(due),
        look="" if is_over else LOOKS.get(due, ""),
        steps=[(state, STEP_LABELS[state]()) for state in rules.steps_after(task.state)],
    )


STEP_LABELS: Mapping[str, Any] = {
    "open": lambda: _("Put back"),
    "doing": lambda: _("Begin"),
    "done": lambda: _("Done"),
    "dropped": lambda: _("Drop"),
}


def due_now(day: dt.date | None) -> str:
    """Tell how near a day is now, in the time zone of the organisation."""
    return rules.due_state(day, timezone.now(), timezone.get_current_timezone())


def when_due(due: str) -> str:
    """Say in words how near it is."""
    return {rules.OVERDUE: _("too late"), rules.TODAY: _("today"), rules.IS_SOON: _("within a week")}.get(due, "")


# --- steps --------------------------------------------------------------------------------------------------------
def steps_of(door: Door) -> Any:
    """Give the steps that the organisation of a door took for a person, newest first."""
    found = PlanEvent.objects.filter(person=door.person, org=door.org_id).select_related("by")
    return found.order_by("-number")
