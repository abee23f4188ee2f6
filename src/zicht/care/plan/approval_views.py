"""Pages on which a colleague is asked to approve a plan, and answers."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zicht.care.plan import approvals
from zicht.care.plan.forms import AnswerForm, AskApprovalForm
from zicht.care.plan.view_parts import ask, find_door, look
from zicht.people.code_fields import label_of
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent

ASKS = ["GET", "HEAD", "POST"]
SUBJECTS = ("plan", "safety_plan")


@only("people.see_organisation")
@require_http_methods(ASKS)
def ask_approval(request: StaffRequest, /, subject: str, **keys: UUID) -> HttpResponse:
    """Ask which colleague is asked; nobody is asked by themselves."""
    door = find_door(request, keys, writes=True)
    if subject not in SUBJECTS:
        raise Http404
    form = AskApprovalForm(sent(request), door=door, by=request.user)
    look(request, door)
    heading = _("Ask approval: %(what)s") % {"what": label_of("approval_subject", subject)}
    nobody = _("Nobody else is in the team of this case. Add a colleague to the team first.")
    page: dict[str, object] = {"heading": heading, "button": _("Ask"), "notice": "" if form.has_somebody else nobody}
    return ask(
        request,
        door,
        form,
        lambda: approvals.ask_approval(request.user, door, subject, form.cleaned_data["colleague"]),
        told=_("Asked. It appears among the tasks of this colleague."),
        page=page,
    )


@only("people.see_organisation")
@require_http_methods(ASKS)
def answer_approval(request: StaffRequest, /, subject: str, **keys: UUID) -> HttpResponse:
    """Ask whether what stands there now is approved."""
    door = find_door(request, keys, writes=True)
    if subject not in SUBJECTS:
        raise Http404
    form = AnswerForm(sent(request))
    look(request, door)
    heading = _("Approve: %(what)s") % {"what": label_of("approval_subject", subject)}
    page: dict[str, object] = {"heading": heading, "button": _("Save")}

    def act() -> object:
        given = form.cleaned_data
        return approvals.answer_approval(request.user, door, subject, given["state"], given["reason"])

    return ask(request, door, form, act, told=_("Saved."), page=page)
