"""Pages of a case held against the steps, and of the sums that a meeting sees."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zicht.barriers.holding import actions, working
from zicht.barriers.holding.forms import DecisionForm, ReportForm, SumsForm, name_of_area
from zicht.barriers.holding.leaks import periods_of, periods_to_make, tables_of
from zicht.barriers.holding.pages import CasePage, ProcessOfCase, StepOfCase, page_of_case
from zicht.barriers.models import BarrierModel, Sum
from zicht.barriers.rules import EVERYWHERE, half_year_of, region_of
from zicht.barriers.view_parts import KEEP, LOOK, carry_out, draw, listed
from zicht.cases.models import Case
from zicht.cases.view_parts import find_case, look
from zicht.people import waiting
from zicht.people.code_fields import language
from zicht.people.guard import StaffRequest, only
from zicht.people.short_codes import short_code

YEARS_BACK = 2
HELD = "zicht_barrier_sums"  # in the session: the key of each work that was begun
MOST_HELD = 5
LOOK_AGAIN = 2  # seconds


@only(LOOK)
@never_cache
@require_safe
def show_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Show which steps a case shows, what stood there and then, and ask a person to decide."""
    case = find_case(request, case_id)
    look(request, case)
    page = page_of_case(request.user, case)
    may_decide = request.user.has_perm("cases.change", case)
    rows = [(one, [(step, DecisionForm(step=step)) for step in one.steps]) for one in page.processes]
    shown = {"case": case, "code": short_code(case.pk), "page": page, "rows": rows, "may_decide": may_decide}
    return draw(request, "barriers/case.html", {**shown, "report_form": ReportForm()})


@only(LOOK)
@require_POST
def decide(request: StaffRequest, case_id: UUID, model_id: UUID, step: str) -> HttpResponse:
    """Write down what a person decided about a step of a case."""
    case = find_case(request, case_id, "cases.change")
    process, found = _find_step(page_of_case(request.user, case), model_id, step)
    form = DecisionForm(request.POST, step=found)
    if not form.is_valid():
        messages.error(request, _("Choose what stood there. Nothing was saved."))
    else:
        values = {**form.values, "action": found.action.pk if found.action else None}
        seen = form.cleaned_data["seen"]
        if carry_out(request, lambda: actions.decide(request.user, case, process.model, step, values, seen=seen)):
            messages.success(request, _("The decision is written down under your name."))
    return redirect("barriers:case", case.pk)


@only(LOOK)
@require_POST
def name_report(request: StaffRequest, case_id: UUID, model_id: UUID) -> HttpResponse:
    """Name a report about the same situation, so that its confirmed signals count; or leave one out again."""
    case = find_case(request, case_id, "cases.change")
    model, form = _find_model(case, model_id), ReportForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if request.POST.get("do") == "leave_out":
        if carry_out(request, lambda: actions.leave_out_report(request.user, case, model, code)):
            messages.success(request, _("That report is left out. Its signals do not count any more."))
    elif carry_out(request, lambda: actions.name_report(request.user, case, model, code)):
        messages.success(request, _("The confirmed signals of that report count now."))
    return redirect("barriers:case", case.pk)


@only(LOOK)
@require_safe
def show_sums(request: StaffRequest) -> HttpResponse:
    """Show through which steps most cases came."""
    listed(request, Sum.words_entity)
    periods = periods_of(request.user)
    form = SumsForm(request.GET or None, periods=periods)
    asked = form.cleaned_data if form.is_valid() else {}
    period, area = asked.get("period") or (periods[0] if periods else ""), asked.get("area") or EVERYWHERE
    today = half_year_of(timezone.localdate())
    shown = {
        "form": form,
        "period": period,
        "area": name_of_area(area),
        "is_everywhere": area == EVERYWHERE,
        "region": region_of(area),
        "tables": tables_of(request.user, period, area) if period else [],
        "least": actions.least_shown(),
        "to_make": periods_to_make(request.user, f"{int(today[:4]) - YEARS_BACK}-1", today),
        "has_models": BarrierModel.objects.visible_to(request.user).filter(state="published").exists(),
    }
    return draw(request, "barriers/sums.html", shown)


@only(KEEP)
@require_POST
def make_sums(request: StaffRequest, period: str) -> HttpResponse:
    """Let the work on the sums of a half-year begin, unless it is refused at once."""
    if not carry_out(request, lambda: actions.may_make(request.user, period)):
        return redirect("barriers:sums")
    job, key = waiting.begin()
    held = {**request.session.get(HELD, {}), job.hex: key}
    request.session[HELD] = dict(list(held.items())[-MOST_HELD:])
    working.start(waiting.find(job, key), request.user, period, language())
    return redirect("barriers:making", job)


@only(KEEP)
@never_cache
@require_safe
def show_making(request: StaffRequest, job: UUID) -> HttpResponse:
    """Say how far the work on sums is; when it is done go there, and when it failed say what to do."""
    held = request.session.get(HELD, {}).get(job.hex)
    file = waiting.find(job, held) if held else None
    stage = file.stage() if file else None
    if file is None or stage is None:
        raise Http404
    if stage.name == working.DONE:
        messages.success(request, _("The sums of %(period)s are made, and stay as they are.") % {"period": stage.about})
        return redirect(f"{reverse('barriers:sums')}?{urlencode({'period': stage.about})}")
    page = {"stage": stage, "job": job, "refusal": working.refusal_of(file)}
    response = draw(request, "barriers/making.html", page)
    if stage.is_busy:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


# --- parts --------------------------------------------------------------------------------------------------------
def _find_model(case: Case, model_id: UUID) -> BarrierModel:
    models = BarrierModel.objects.filter(org_id=case.org_id)
    found: BarrierModel | None = models.filter(pk=model_id).exclude(state="draft").first()
    if found is None:
        raise Http404
    return found


def _find_step(page: CasePage, model_id: UUID, step: str) -> tuple[ProcessOfCase, StepOfCase]:
    for process in page.processes:
        for one in process.steps:
            if (process.model.pk, one.step.code) == (model_id, step):
                return process, one
    raise Http404
