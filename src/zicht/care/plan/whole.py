"""Bring together the page of a person: the whole way on one screen, within what its reader may see."""

from dataclasses import dataclass

from zicht.care.accounts.pages import AccountShown, accounts_of
from zicht.care.attachments.pages import FileShown, files_of
from zicht.care.clocks.pages import ClockShown, clocks_of
from zicht.care.conferences.pages import ConferenceRow, conferences_of
from zicht.care.plan.doors import Door, open_plan_of
from zicht.care.plan.models import Approval
from zicht.care.plan.pages import PlanShown, StepShown, TaskShown, plan_shown, shown_tasks, steps_of
from zicht.care.plan.rules import IS_OVER
from zicht.care.plan.tasks import tasks_behind
from zicht.care.plan.way import WayStep, way_of
from zicht.care.safety.pages import ContactShown, SafetyPlanShown, contact_shown, safety_plans_shown
from zicht.cases.wording import person_in_words, status_in_words
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.short_codes import short_code

MOST_STEPS = 30  # on the page; all of them stand in the history of the case
MOST_OVER = 20  # tasks that are over


@dataclass(frozen=True)
class PersonPage:
    """All that the page of a person shows."""

    code: str
    line: str
    status: str
    way: list[WayStep]
    contact: ContactShown | None
    plan: PlanShown | None
    tasks: list[TaskShown]
    tasks_over: list[TaskShown]
    clocks: list[ClockShown]
    safety: list[SafetyPlanShown]
    conferences: list[ConferenceRow]
    accounts: list[AccountShown]
    files: list[FileShown]
    steps: list[StepShown]
    is_more: bool


def page_of_person(reader: Account, door: Door) -> PersonPage:
    """Read everything about a person that stands behind a door, in as many queries for one goal as for twenty."""
    approvals = list(Approval.objects.filter(case=door.case, org=door.org_id).select_related("asked_of", "by"))
    plan = open_plan_of(door)
    running, over = _tasks(door)
    steps = list(steps_of(door)[: MOST_STEPS + 1])
    return PersonPage(
        code=short_code(door.person.pk),
        line=person_in_words(door.person),
        status=status_in_words(door.person) if door.is_own else "",
        way=way_of(reader, door),
        contact=contact_shown(door),
        plan=plan_shown(reader, door, plan, approvals) if plan else None,
        tasks=running,
        tasks_over=over[:MOST_OVER],
        clocks=clocks_of(door),
        safety=safety_plans_shown(reader, door, approvals),
        conferences=conferences_of(door),
        accounts=accounts_of(door),
        files=files_of(door),
        steps=[StepShown(one, label_of("plan_step", one.step)) for one in steps[:MOST_STEPS]],
        is_more=len(steps) > MOST_STEPS,
    )


def _tasks(door: Door) -> tuple[list[TaskShown], list[TaskShown]]:
    found = tasks_behind(door).select_related("care_plan", "assigned_to")
    tasks = shown_tasks(found, reads=door.reads_texts)
    return (
        [task for task in tasks if task.record.state not in IS_OVER],
        [task for task in tasks if task.record.state in IS_OVER],
    )
