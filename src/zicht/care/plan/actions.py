"""Everything that changes a support plan and its goals; each change keeps what was before, and is a step."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zicht.care.plan.doors import Door, open_plan_of, pass_through, touch
from zicht.care.plan.errors import HasPlanError, NoPlanError
from zicht.care.plan.events import remember
from zicht.care.plan.models import CarePlan, Goal
from zicht.cases import saving
from zicht.cases.errors import NotThereError
from zicht.people.models import Account

Values = Mapping[str, object]  # field name of the entity -> value


@transaction.atomic
def open_plan(by: Account, door: Door, values: Values, *, plan_id: UUID | None = None) -> CarePlan:
    """Open the plan of the own organisation for a person; the same `plan_id` twice is the same plan once."""
    door = pass_through(by, door)
    if plan_id and (made := CarePlan.objects.filter(pk=plan_id, person=door.person, org=door.org_id).first()):
        return made
    if open_plan_of(door):
        raise HasPlanError
    today = timezone.localdate()
    plan = CarePlan(org_id=door.org_id, case=door.case, person=door.person, referral=door.referral, opened_on=today)
    if plan_id:
        plan.care_plan_id = plan_id
    saving.fill(plan, values)
    remember(by, "plan_opened", door.case, door.person, plan.pk)
    touch(door)
    return saving.create(by, plan, door.case.compartment)


@transaction.atomic
def change_plan(by: Account, door: Door, values: Values, *, version: int) -> CarePlan:
    """Change how the plan was agreed or when it is looked at again."""
    door, plan = _hold_plan(by, door)
    remember(by, "plan_changed", door.case, door.person, plan.pk)
    touch(door)
    return saving.change(by, plan, values, version, door.case.compartment)


@transaction.atomic
def close_plan(by: Account, door: Door, *, version: int) -> CarePlan:
    """Close the plan: it stays to be read, and a new one can be opened."""
    door, plan = _hold_plan(by, door)
    remember(by, "plan_closed", door.case, door.person, plan.pk)
    touch(door)
    return saving.change(by, plan, {"closed_on": timezone.localdate()}, version, door.case.compartment)


@transaction.atomic
def add_goal(by: Account, door: Door, values: Values, *, goal_id: UUID | None = None) -> Goal:
    """Add a goal to the plan; the same `goal_id` twice is the same goal once."""
    door, plan = _hold_plan(by, door)
    if goal_id and (made := plan.goals.filter(pk=goal_id).first()):
        return made
    goal = Goal(care_plan=plan, case=door.case, person=door.person)
    if goal_id:
        goal.plan_id = goal_id
    saving.fill(goal, values)
    _count_up(plan)
    remember(by, "goal_added", door.case, door.person, goal.pk)
    touch(door)
    return saving.create(by, goal, door.case.compartment)


@transaction.atomic
def change_goal(by: Account, door: Door, goal_id: UUID, values: Values, *, version: int) -> Goal:
    """Change a goal, or say what came of it."""
    door, plan = _hold_plan(by, door)
    goal = plan.goals.select_related("care_plan").filter(pk=goal_id).first()
    if goal is None:
        raise NotThereError
    _count_up(plan)
    step = "goal_ended" if values.get("outcome") and not goal.outcome else "goal_changed"
    remember(by, step, door.case, door.person, goal.pk)
    touch(door)
    return saving.change(by, goal, values, version, door.case.compartment)


def _hold_plan(by: Account, door: Door) -> tuple[Door, CarePlan]:
    door = pass_through(by, door)
    plan = open_plan_of(door)
    if plan is None:
        raise NoPlanError
    return door, plan


def _count_up(plan: CarePlan) -> None:
    """Let an approval of the plan before this goal be one of an earlier version."""
    plan.version += 1
    plan.save(update_fields=["version"])
