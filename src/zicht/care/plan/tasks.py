"""Everything that changes a task: it is given to a colleague, changed, begun, done or dropped."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zicht.care.plan.doors import Door, find_own, find_received, open_plan_of, pass_through, touch
from zicht.care.plan.errors import NoPlanError, NotAColleagueError, WrongTaskStepError
from zicht.care.plan.events import remember
from zicht.care.plan.models import Task
from zicht.care.plan.rules import IS_OVER, may_follow
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value


@transaction.atomic
def give_task(by: Account, door: Door, values: Values, *, task_id: UUID | None = None) -> Task:
    """Give a colleague something to do by a day; the same `task_id` twice is the same task once.

    Raises NotAColleagueError for somebody who may not see the person, and NoPlanError where the person was received
    and has no plan: there a task is one of the plan, whose key seals it, and ends with the referral.
    """
    door = pass_through(by, door)
    if task_id and (made := tasks_behind(door).filter(pk=task_id).first()):
        return made
    plan = open_plan_of(door)
    if door.referral and plan is None:
        raise NoPlanError
    task = Task(case=door.case, person=door.person, care_plan=plan, assigned_org_id=door.org_id)
    if task_id:
        task.task_id = task_id
    saving.fill(task, values)
    _refuse_stranger(door, task)
    remember(by, "task_added", door.case, door.person, task.pk)
    touch(door)
    return saving.create(by, task, door.case.compartment)


@transaction.atomic
def change_task(by: Account, door: Door, task_id: UUID, values: Values, *, version: int) -> Task:
    """Change what is to be done, by whom, or until when."""
    door, task = _hold_task(by, door, task_id)
    if values.get("assigned_to"):
        _refuse_stranger(door, Task(assigned_to_id=cast("UUID", values["assigned_to"])))
    remember(by, "task_changed", door.case, door.person, task.pk)
    touch(door)
    return saving.change(by, task, values, version, door.case.compartment)


@transaction.atomic
def move_task(by: Account, door: Door, task_id: UUID, state: str) -> Task:
    """Let a task be begun, put back, done or dropped; raises WrongTaskStepError when it went on meanwhile."""
    door, task = _hold_task(by, door, task_id)
    touch(door)
    return step_task(by, task, state)


def step_task(by: Account, task: Task, state: str) -> Task:
    """Take one step with a task; the caller has asked who may, and holds what it is about."""
    if not may_follow(task.state, state):
        raise WrongTaskStepError
    remember(by, f"task_{state}", task.case, task.person, task.pk)
    values = {"state": state, "done_on": timezone.localdate() if state in IS_OVER else None}
    return saving.change(by, task, values, task.version, task.case.compartment)


# --- parts --------------------------------------------------------------------------------------------------------
def tasks_behind(door: Door) -> QuerySet[Task]:
    """Give the tasks that stand behind a door: of the own organisation, and of its plans where it received."""
    found = Task.objects.filter(person=door.person, assigned_org=door.org_id)
    if not door.referral:
        return found.filter(case=door.case)
    # Elsewhere a plan without a referral is of a case that was theirs, and under the person's key.
    is_within = door.case.org_id == door.org_id
    return found.exclude(care_plan=None) if is_within else found.filter(care_plan__referral__isnull=False)


def _hold_task(by: Account, door: Door, task_id: UUID) -> tuple[Door, Task]:
    door = pass_through(by, door)
    task = tasks_behind(door).select_related("care_plan").filter(pk=task_id).first()
    if task is None:
        raise NotThereError
    return door, task


def _refuse_stranger(door: Door, task: Task) -> None:
    """Refuse somebody who could not read the task: of another organisation, or not in the team."""
    colleague = Account.objects.filter(pk=str(task.assigned_to_id), org=door.org_id).first()
    if colleague is None or not comes_through(colleague, door):
        raise NotAColleagueError


def comes_through(colleague: Account, door: Door) -> bool:
    """Tell whether a colleague comes through the same door and reads what stands behind it."""
    found = (
        find_received(colleague, door.referral.pk)
        if door.referral
        else find_own(colleague, door.case.pk, door.person.pk)
    )
    return found is not None and found.reads_texts
