"""Pages of the log of training. Whoever may not keep it, or asks for that of others, gets a page that is not there."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zicht.people.actions import record_access
from zicht.people.code_fields import label_of
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.signals.training import actions, queries
from zicht.signals.training.forms import ASKED, TrainingForm

KEEPS = "signals.keep_training"
ON_A_PAGE = 50


@only(KEEPS)
@require_safe
def list_trainings(request: StaffRequest) -> HttpResponse:
    """Show what the own organisation gave and was given, and how municipalities stand."""
    record_access(request.user, "listed", actions.SUBJECT)
    page = Paginator(queries.list_trainings(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, [label_of("training_topic", topic) for topic in one.topics]) for one in page.object_list]
    stands = queries.how_municipalities_stand(request.user, timezone.localdate())
    topics = [one.label for one in stands[0].topics] if stands else []
    shown = {"page": page, "rows": rows, "stands": stands, "topics": topics}
    return render(request, "signals/training/log.html", shown)


@only(KEEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_training(request: StaffRequest) -> HttpResponse:
    """Record a training; from the training pages it begins with the topic that was studied."""
    begin = {"org": request.user.org_id, "given_on": timezone.localdate(), "topics": request.GET.getlist("topic")}
    form = TrainingForm(sent(request), initial=begin, account=request.user)
    if request.method == "POST" and form.is_valid():

        def record() -> None:
            actions.record_training(request.user, form.values, training_id=form.new_id_or_own)

        if _is_done(form, record):
            messages.success(request, _("The training is recorded."))
            return redirect("training_log:list")
    return render(request, "signals/training/record.html", {"form": form, "heading": _("Record a training")})


@only(KEEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_training(request: StaffRequest, training_id: UUID) -> HttpResponse:
    """Change what was recorded of a training."""
    record = queries.find_training(request.user, training_id)
    if record is None:
        raise Http404
    begin = {name: getattr(record, name) for name in ASKED}
    form = TrainingForm(sent(request), initial=begin, account=request.user)

    def change() -> None:
        actions.change_training(request.user, record, form.values)

    if request.method == "POST" and form.is_valid() and _is_done(form, change):
        messages.success(request, _("The training is changed."))
        return redirect("training_log:list")
    return render(request, "signals/training/record.html", {"form": form, "heading": _("Change a training")})


def _is_done(form: TrainingForm, act: Callable[[], None]) -> bool:
    """Act, and show at its fields what a save refuses."""
    try:
        act()
    except ValidationError as wrong:
        form.add_refusal(wrong)
        return False
    return True
