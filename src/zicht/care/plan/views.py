"""Pages of a person's support: the page that shows the whole way, the plan with its goals, and tasks."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.plan import actions, rules, tasks
from zicht.care.plan.doors import Door, open_plan_of
from zicht.care.plan.forms import GoalForm, PlanForm, TaskForm
from zicht.care.plan.models import CarePlan, Goal, Task
from zicht.care.plan.view_parts import address_of, ask, find_door, look
from zicht.care.plan.whole import page_of_person
from zicht.care.view_parts import carry_out
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent

ASKS = ["GET", "HEAD", "POST"]


@only("people.see_organisation")
@never_cache
@require_safe
def show_person(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Show the whole way of a person on one page, as far as the reader may see it."""
    door = find_door(request, keys)
    page = page_of_person(request.user, door)
    look(request, door)
    return render(request, "care/support/person.html", {"page": page, "door": door, "base": address_of(door)})


# --- plan ---------------------------------------------------------------------------------------------------------
@only("people.see_organisation")
@require_http_methods(ASKS)
def write_plan(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Open the plan of a person, or change how it was agreed and when it is looked at again."""
    door = find_door(request, keys, writes=True)
    plan = open_plan_of(door)
    form = PlanForm(sent(request), plan=plan, beside={"opened_on": plan.opened_on if plan else timezone.localdate()})
    look(request, door)
    heading = _("Change the support plan") if plan else _("Open a support plan")
    page: dict[str, object] = {"heading": heading, "button": _("Save")}
    return ask(request, door, form, lambda: _write(request, door, plan, form), told=_("Saved."), page=page)


def _write(request: StaffRequest, door: Door, plan: CarePlan | None, form: PlanForm) -> CarePlan:
    if plan is None:
        return actions.open_plan(request.user, door, form.values, plan_id=form.new_id)
    return actions.change_plan(request.user, door, form.values, version=form.version)


@only("people.see_organisation")
@require_POST
def close_plan(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Close the plan of a person."""
    door = find_door(request, keys, writes=True)
    plan = open_plan_of(door)
    if plan is None:
        raise Http404
    if carry_out(request, lambda: actions.close_plan(request.user, door, version=plan.version)):
        messages.success(request, _("The support plan is closed. It stays in the history."))
    return redirect(address_of(door))


@only("people.see_organisation")
@require_http_methods(ASKS)
def add_goal(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Add a goal to the plan."""
    door = find_door(request, keys, writes=True)
    if open_plan_of(door) is None:
        raise Http404
    form = GoalForm(sent(request))
    look(request, door)
    page: dict[str, object] = {"heading": _("Add a goal"), "button": _("Add this goal")}
    return ask(
        request,
        door,
        form,
        lambda: actions.add_goal(request.user, door, form.values, goal_id=form.new_id),
        told=_("The goal is in the plan."),
        page=page,
        mark="#plan",
    )


@only("people.see_organisation")
@require_http_methods(ASKS)
def change_goal(request: StaffRequest, /, goal_id: UUID, **keys: UUID) -> HttpResponse:
    """Change a goal, or say what came of it."""
    door = find_door(request, keys, writes=True)
    plan = open_plan_of(door)
    goal: Goal | None = plan.goals.select_related("care_plan").filter(pk=goal_id).first() if plan else None
    if goal is None:
        raise Http404
    form = GoalForm(sent(request), goal=goal)
    look(request, door, subject="support_plan", key=goal.pk)
    page: dict[str, object] = {"heading": _("Change a goal"), "button": _("Save")}
    return ask(
        request,
        door,
        form,
        lambda: actions.change_goal(request.user, door, goal.pk, form.values, version=form.version),
        told=_("Saved."),
        page=page,
        mark="#plan",
    )


# --- tasks --------------------------------------------------------------------------------------------------------
@only("people.see_organisation")
@require_http_methods(ASKS)
def give_task(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Give a colleague something to do by a day."""
    door = find_door(request, keys, writes=True)
    form = TaskForm(sent(request), door=door, by=request.user)
    look(request, door)
    page: dict[str, object] = {"heading": _("Give a task"), "button": _("Give this task")}
    return ask(
        request,
        door,
        form,
        lambda: tasks.give_task(request.user, door, form.values, task_id=form.new_id),
        told=_("The task is given."),
        page=page,
        mark="#tasks",
    )


@only("people.see_organisation")
@require_http_methods(ASKS)
def change_task(request: StaffRequest, /, task_id: UUID, **keys: UUID) -> HttpResponse:
    """Change what is to be done, by whom, or until when."""
    door = find_door(request, keys, writes=True)
    task = _find_task(door, task_id)
    form = TaskForm(sent(request), door=door, by=request.user, task=task)
    look(request, door, subject="task", key=task.pk)
    page: dict[str, object] = {"heading": _("Change a task"), "button": _("Save")}
    return ask(
        request,
        door,
        form,
        lambda: tasks.change_task(request.user, door, task.pk, form.values, version=form.version),
        told=_("Saved."),
        page=page,
        mark="#tasks",
    )


@only("people.see_organisation")
@require_POST
def move_task(request: StaffRequest, /, task_id: UUID, **keys: UUID) -> HttpResponse:
    """Begin a task, put it back, or say that it is done or dropped."""
    door = find_door(request, keys, writes=True)
    task, state = _find_task(door, task_id), request.POST.get("do", "")
    if not rules.is_state(state):
        raise Http404
    if carry_out(request, lambda: tasks.move_task(request.user, door, task.pk, state)):
        messages.success(request, _("Saved."))
    return redirect("my_tasks" if request.POST.get("from") == "mine" else f"{address_of(door)}#tasks")


def _find_task(door: Door, task_id: UUID) -> Task:
    task = tasks.tasks_behind(door).select_related("care_plan").filter(pk=task_id).first()
    if task is None:
        raise Http404
    return task
