"""Pages of actions: which there are, one of them, and what is agreed and evaluated."""

import io
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.barriers import rules
from zicht.barriers.doing import actions, queries
from zicht.barriers.doing.forms import ActionForm, EvaluationForm, FilterForm
from zicht.barriers.models import BarrierAction
from zicht.barriers.processes.content import barriers_of
from zicht.barriers.processes.queries import models_in_use
from zicht.barriers.view_parts import ASKS, KEEP, LOOK, carry_out, draw, find, is_done, listed, version_of
from zicht.cases.forms import TopicForm
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of, language
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.locked_files import File, download
from zicht.reading import tables

ON_A_PAGE = 50
SUBJECT = BarrierAction.words_entity


@only(LOOK)
@require_safe
def list_actions(request: StaffRequest) -> HttpResponse:
    """Show actions, what waits, and table F22."""
    form = FilterForm(request.GET or None, reader=request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.list_actions(request.user, wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    listed(request, SUBJECT)
    states, rows = queries.table_f22(request.user)
    shown = {
        "form": form,
        "page": page,
        "models": models_in_use(request.user),
        "reminders": queries.reminders_of(request.user),
        "states": [label_of("action_state", state) for state in states],
        "rows": rows,
    }
    return draw(request, "barriers/actions.html", shown)


@only(LOOK)
@require_safe
def show_action(request: StaffRequest, action_id: UUID) -> HttpResponse:
    """Show an action with the barrier as it was described when the action was agreed."""
    action = _find(request, action_id)
    found = barriers_of(action.model.steps).get(action.barrier)
    shown = {
        "action": action,
        "step": found[0].label.in_language(language()) if found else action.step,
        "barrier": found[1].label.in_language(language()) if found else action.barrier,
        "partners": list(action.partners.order_by("org_name")),
        "moves": [(state, label_of("action_state", state)) for state in rules.steps_after(action.state)],
        "may_evaluate": action.state in rules.EVALUATED_STATES,
    }
    return draw(request, "barriers/action.html", shown)


@only(KEEP)
@require_http_methods(ASKS)
def add_action(request: StaffRequest, process: str) -> HttpResponse:
    """Ask what is agreed against a step."""
    version = find(request, process)
    if version.record is None or version.record.state != "published":
        messages.warning(request, _("Put a version of this model in use first: an action refers to it."))
        return redirect("barriers:process", process)
    model, begin = version.record, {"barrier": request.GET.get("barrier", "")}
    form = ActionForm(sent(request), by=request.user, model=model, initial=begin)

    def act() -> None:
        actions.add_action(request.user, model.pk, form.values, action_id=form.new_id)

    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, _("The action is written down."))
        return redirect("barriers:action", form.new_id)
    return _ask(request, form, _("Agree on an action"), _("Write it down"), reverse("barriers:process", args=[process]))


@only(KEEP)
@require_http_methods(ASKS)
def change_action(request: StaffRequest, action_id: UUID) -> HttpResponse:
    """Ask what changes in what is agreed."""
    action = _find(request, action_id)
    form = ActionForm(sent(request), by=request.user, model=action.model, record=action)

    def act() -> None:
        actions.change_action(request.user, action.pk, form.values, version=form.version)

    return _done_or_asked(request, action, form, act, _("Change an action"))


@only(KEEP)
@require_http_methods(ASKS)
def evaluate(request: StaffRequest, action_id: UUID) -> HttpResponse:
    """Ask whether a barrier works."""
    action = _find(request, action_id)
    form = EvaluationForm(sent(request), record=action)

    def act() -> None:
        actions.evaluate(request.user, action.pk, form.values, version=form.version)

    return _done_or_asked(request, action, form, act, _("Does this barrier work?"))


@only(KEEP)
@require_POST
def move_action(request: StaffRequest, action_id: UUID) -> HttpResponse:
    """Take an action a step further."""
    action, state, version = _find(request, action_id), request.POST.get("do", ""), version_of(request)
    if carry_out(request, lambda: actions.move_action(request.user, action.pk, state, version=version)):
        messages.success(request, _("Saved."))
    return redirect("barriers:action", action.pk)


@only(LOOK)
@require_safe
def give_f22(request: StaffRequest) -> HttpResponse:
    """Give table F22 as a file."""
    record_access(request.user, "exported", SUBJECT)
    states, rows = queries.table_f22(request.user)
    out = io.StringIO(newline="")
    columns = [_("Process"), _("Step"), *(label_of("action_state", state) for state in states)]
    tables.write_csv(out, columns, [[process, step, *map(str, numbers)] for process, step, numbers in rows])
    return download(File(("\ufeff" + out.getvalue()).encode(), "f22.csv", "text/csv; charset=utf-8"))


# --- parts --------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, action_id: UUID) -> BarrierAction:
    action = queries.find_action(request.user, action_id)
    if action is None:
        raise Http404
    record_access(request.user, "seen", SUBJECT, action.pk)
    return action


def _done_or_asked(
    request: StaffRequest, action: BarrierAction, form: TopicForm, act: Callable[[], None], heading: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, _("Saved."))
        return redirect("barriers:action", action.pk)
    return _ask(request, form, heading, _("Save"), reverse("barriers:action", args=[action.pk]))


def _ask(request: StaffRequest, form: object, heading: str, button: str, back: str) -> HttpResponse:
    shown = {"form": form, "heading": heading, "button": button, "back": back, "line": _("Back")}
    return draw(request, "barriers/ask.html", shown)
