"""Pages on which a draft of a model is made: its steps, its barriers, and when it is put in use."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zicht.barriers.models import BarrierModel
from zicht.barriers.processes import actions
from zicht.barriers.processes.content import next_code
from zicht.barriers.processes.forms import BarrierForm, OwnProcessForm, PublishForm, StepForm
from zicht.barriers.processes.pages import page_of
from zicht.barriers.processes.queries import Version, codes_taken
from zicht.barriers.processes.rules import MOST_BARRIERS, MOST_STEPS, not_whole
from zicht.barriers.view_parts import ASKS, KEEP, carry_out, draw, is_done, version_of
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.words import Step

DO = {"remove": actions.remove_step, "earlier": actions.move_step}


@only(KEEP)
@require_POST
def begin_draft(request: StaffRequest, process: str) -> HttpResponse:
    """Make a draft from the version in use, or from what Zicht brings."""
    made: list[BarrierModel] = []
    if carry_out(request, lambda: made.append(actions.begin_draft(request.user, process))):
        return redirect("barriers:draft", made[0].pk)
    return redirect("barriers:process", process)


@only(KEEP)
@require_http_methods(ASKS)
def begin_own(request: StaffRequest) -> HttpResponse:
    """Ask what a process of one's own is called."""
    form = OwnProcessForm(sent(request))

    def act() -> None:
        given = form.cleaned_data
        key = given["new_id"] if isinstance(given["new_id"], UUID) else None
        actions.begin_own(request.user, given["code"], form.label, tuple(given["about"]), model_id=key)

    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, _("The process is there as a draft. Add its steps."))
        return redirect("barriers:process", form.cleaned_data["code"])
    return _ask(request, form, _("A process of our own"), _("Make a draft"), reverse("barriers:processes"))


@only(KEEP)
@require_http_methods(["GET", "HEAD"])
def show_draft(request: StaffRequest, model_id: UUID) -> HttpResponse:
    """Show a draft with what can be changed in it."""
    draft = _find_draft(request, model_id)
    page = page_of(request.user, Version(draft.steps, draft))
    shown = {
        "draft": draft,
        "page": page,
        "unfinished": set(not_whole(draft.steps)),
        "may_add": len(draft.steps.steps) < MOST_STEPS,
        "most_barriers": MOST_BARRIERS,
    }
    return draw(request, "barriers/draft.html", shown)


@only(KEEP)
@require_http_methods(ASKS)
def ask_step(request: StaffRequest, model_id: UUID, code: str = "") -> HttpResponse:
    """Ask for a step: a new one, or what changes in one."""
    draft = _find_draft(request, model_id)
    step = _find_step(draft, code) if code else None
    new = code or next_code(codes_taken(draft), _letter(draft))
    form = StepForm(sent(request), code=new, step=step, version=draft.version)

    def act() -> None:
        actions.save_step(request.user, draft.pk, form.value, form.cleaned_data["version"])

    if request.method == "POST" and form.is_valid() and is_done(form, act):
        return redirect(f"{reverse('barriers:draft', args=[draft.pk])}#{new}")
    heading = _("Change step %(code)s") % {"code": code} if code else _("Add a step")
    return _ask(request, form, heading, _("Save"), reverse("barriers:draft", args=[draft.pk]))


@only(KEEP)
@require_POST
def do_step(request: StaffRequest, model_id: UUID, code: str) -> HttpResponse:
    """Take a step out, or put it one place earlier."""
    draft, version = _find_draft(request, model_id), version_of(request)
    act = DO.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    carry_out(request, lambda: act(request.user, draft.pk, code, version))
    return redirect("barriers:draft", draft.pk)


@only(KEEP)
@require_http_methods(ASKS)
def ask_barrier(request: StaffRequest, model_id: UUID, step: str, code: str = "") -> HttpResponse:
    """Ask for a barrier of a step: a new one, or what changes in one."""
    draft = _find_draft(request, model_id)
    found = _find_step(draft, step)
    if code and code not in found.barriers:
        raise Http404
    new = code or next_code(codes_taken(draft), step)
    form = BarrierForm(sent(request), code=new, step=found, barrier=found.barriers.get(code), version=draft.version)

    def act() -> None:
        actions.save_barrier(request.user, draft.pk, step, form.value, form.cleaned_data["version"])

    if request.method == "POST" and form.is_valid() and is_done(form, act):
        return redirect(f"{reverse('barriers:draft', args=[draft.pk])}#{step}")
    heading = _("Change barrier %(code)s") if code else _("Add a barrier to step %(code)s")
    heading %= {"code": code or step}
    return _ask(request, form, heading, _("Save"), reverse("barriers:draft", args=[draft.pk]))


@only(KEEP)
@require_POST
def remove_barrier(request: StaffRequest, model_id: UUID, step: str, code: str) -> HttpResponse:
    """Take a barrier out of a step."""
    draft, version = _find_draft(request, model_id), version_of(request)
    carry_out(request, lambda: actions.remove_barrier(request.user, draft.pk, step, code, version))
    return redirect("barriers:draft", draft.pk)


@only(KEEP)
@require_http_methods(ASKS)
def publish(request: StaffRequest, model_id: UUID) -> HttpResponse:
    """Ask what changed, and put the draft in use."""
    draft = _find_draft(request, model_id)
    form = PublishForm(sent(request), initial={"version": draft.version})

    def act() -> None:
        given = form.cleaned_data
        actions.publish(request.user, draft.pk, given["why"], given["version"])

    if request.method == "POST" and form.is_valid() and is_done(form, act, must_look=True):
        messages.success(request, _("This version is in use from now on. Older versions stay readable."))
        return redirect("barriers:process", draft.process)
    heading = _("Put version %(number)d in use") % {"number": draft.number}
    return _ask(request, form, heading, _("Put it in use"), reverse("barriers:draft", args=[draft.pk]))


@only(KEEP)
@require_POST
def discard(request: StaffRequest, model_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    draft, version = _find_draft(request, model_id), version_of(request)
    if carry_out(request, lambda: actions.discard(request.user, draft.pk, version)):
        messages.success(request, _("The draft is gone. What is in use stays."))
        return redirect("barriers:processes")
    return redirect("barriers:draft", draft.pk)


# --- parts --------------------------------------------------------------------------------------------------------
def _find_draft(request: StaffRequest, model_id: UUID) -> BarrierModel:
    drafts = BarrierModel.objects.visible_to(request.user).filter(state="draft")
    found: BarrierModel | None = drafts.filter(pk=model_id).first()
    if found is None:
        raise Http404
    record_access(request.user, "seen", found.words_entity, found.pk)
    return found


def _find_step(draft: BarrierModel, code: str) -> Step:
    found = draft.steps.steps.get(code)
    if found is None:
        raise Http404
    return found


def _letter(draft: BarrierModel) -> str:
    """Give the letter that the codes of the steps begin with: that of the others, else the first of the process."""
    return next((code[0] for code in draft.steps.steps), draft.process[0])


def _ask(request: StaffRequest, form: object, heading: str, button: str, back: str) -> HttpResponse:
    shown = {"form": form, "heading": heading, "button": button, "back": back, "line": _("Back")}
    return draw(request, "barriers/ask.html", shown)
