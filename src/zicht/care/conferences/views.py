"""Pages of case conferences: write one down, its decisions, and what the organisations present answered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.conferences import actions
from zicht.care.conferences.forms import ConferenceForm, DecisionForm
from zicht.care.conferences.pages import page_of_conference
from zicht.care.plan.forms import AnswerForm
from zicht.care.plan.models import Conference
from zicht.care.plan.rules import is_state
from zicht.care.view_parts import carry_out
from zicht.cases.models import Case
from zicht.cases.view_parts import find_case, is_done, look, require_text
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.short_codes import short_code

ASKS = ["GET", "HEAD", "POST"]


@only("cases.see")
@require_http_methods(ASKS)
def write_conference(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask who took part in a conference by organisation and role, and on which basis."""
    case = find_case(request, case_id)
    require_text(request, case)
    form = ConferenceForm(sent(request), own=case.org)
    look(request, case)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _write(request, case, form)):
        messages.success(request, _("The conference is written down. Add what was decided."))
        return redirect("care:conference", case.pk, form.new_id)
    return _show(request, case, form, _("Write down a case conference"), _("Write it down"))


def _write(request: StaffRequest, case: Case, form: ConferenceForm) -> Conference:
    given = form.cleaned_data
    present = tuple(UUID(str(one)) for one in given["participants"])
    held = actions.Held(present, given["necessity"])
    return actions.write_conference(request.user, case, form.values, held, conference_id=form.new_id)


@only("cases.see")
@never_cache
@require_safe
def show_conference(request: StaffRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """Show a conference with what was decided."""
    case = find_case(request, case_id)
    conference = _find(case, conference_id)
    look(request, case, conference)
    page = page_of_conference(request.user, case, conference)
    return render(request, "care/support/conference.html", {"page": page, "case": case})


@only("cases.see")
@require_http_methods(ASKS)
def add_decision(request: StaffRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """Ask what was decided, who does it and by when."""
    case = find_case(request, case_id)
    require_text(request, case)
    conference = _find(case, conference_id)
    form = DecisionForm(sent(request), case=case, present=conference.participants.order_by("org_name"))
    look(request, case, conference)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _add(request, case, conference, form)):
        messages.success(request, _("The decision is written down."))
        return redirect("care:conference", case.pk, conference.pk)
    return _show(request, case, form, _("Add a decision"), _("Write it down"))


def _add(request: StaffRequest, case: Case, conference: Conference, form: DecisionForm) -> object:
    return actions.add_decision(request.user, case, conference.pk, form.values, decision_id=form.new_id)


@only("cases.see")
@require_http_methods(ASKS)
def answer(request: StaffRequest, case_id: UUID, conference_id: UUID, org_id: UUID) -> HttpResponse:
    """Ask whether an organisation that was there approves what was decided."""
    case = find_case(request, case_id)
    require_text(request, case)
    conference = _find(case, conference_id)
    organisation = conference.participants.filter(pk=org_id).first()
    if organisation is None:
        raise Http404
    form = AnswerForm(sent(request))
    look(request, case, conference)

    def act() -> object:
        given = form.cleaned_data
        return actions.answer(request.user, case, conference.pk, org_id, given["state"], given["reason"])

    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, _("The answer is written down."))
        return redirect("care:conference", case.pk, conference.pk)
    heading = _("Does %(organisation)s approve?") % {"organisation": organisation}
    return _show(request, case, form, heading, _("Write it down"))


@only("cases.see")
@require_POST
def move_task(request: StaffRequest, case_id: UUID, conference_id: UUID, task_id: UUID) -> HttpResponse:
    """Begin a task of a decision that is about nobody in particular, put it back, or say that it is done or dropped."""
    case = find_case(request, case_id)
    require_text(request, case)
    state = request.POST.get("do", "")
    if not is_state(state):
        raise Http404
    if carry_out(request, lambda: actions.move_task(request.user, case, conference_id, task_id, state)):
        messages.success(request, _("Saved."))
    return redirect("my_tasks")


# --- parts --------------------------------------------------------------------------------------------------------
def _find(case: Case, conference_id: UUID) -> Conference:
    found = Conference.objects.filter(pk=conference_id, case=case).select_related("chair_org").first()
    if found is None:
        raise Http404
    return found


def _show(request: StaffRequest, case: Case, form: object, heading: str, button: str) -> HttpResponse:
    line = _("Case %(code)s") % {"code": short_code(case.pk)}
    page = {"form": form, "heading": heading, "button": button, "line": line, "code": ""}
    return render(request, "care/support/ask.html", {**page, "back": reverse("cases:case", args=[case.pk])})
