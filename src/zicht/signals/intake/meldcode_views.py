"""The five steps of the reporting code at a report, and the same on paper."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.sealed import reveal
from zicht.people.wording import RESTING, in_words, label_of_field
from zicht.signals import rules
from zicht.signals.intake import meldcode, pages, queries
from zicht.signals.intake.forms import LARGEST_VERSION, FieldsForm
from zicht.signals.intake.view_parts import find_intake, is_done, look
from zicht.signals.models import Intake, Meldcode


@only("signals.weigh")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_steps(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Ask the five steps; what is not taken yet stays empty."""
    intake, record = _find(request, intake_id)
    if not intake.is_open:
        raise Http404
    look(request, intake)
    form = FieldsForm(sent(request), entity="meldcode", names=meldcode.TYPED, record=record)
    form.fields["version"] = forms.IntegerField(
        widget=forms.HiddenInput, initial=record.version if record else 0, min_value=0, max_value=LARGEST_VERSION
    )

    def keep() -> None:
        meldcode.keep_steps(request.user, intake, form.values, version=form.cleaned_data["version"])

    if request.method == "POST" and form.is_valid() and is_done(form, keep):
        messages.success(request, _("The steps are kept. Nothing was sent to anybody."))
        return redirect("intake:meldcode_paper", intake.pk)
    return render(request, "signals/meldcode.html", {"form": form, "intake": intake, "row": pages.rows_of([intake])[0]})


@only("signals.weigh")
@require_safe
def show_steps(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Show the steps as they are printed."""
    intake, record = _find(request, intake_id)
    if record is None:
        raise Http404
    look(request, intake)
    shown = {"facts": _facts(record), "record": record, "intake": intake, "row": pages.rows_of([intake])[0]}
    return render(request, "signals/meldcode_paper.html", shown)


def _find(request: StaffRequest, intake_id: UUID) -> tuple[Intake, Meldcode | None]:
    """Find a report and its steps; a news desk does not work with the reporting code."""
    intake = find_intake(request, intake_id)
    if intake.compartment == rules.PRESS:
        raise Http404
    return intake, queries.meldcode_of(intake)


def _facts(record: Meldcode) -> list[tuple[str, str]]:
    texts = {name: reveal(record, name) for name in ("advice", "grounds")}
    values = {name: texts.get(name, getattr(record, name)) for name in meldcode.TYPED}
    told = {name: "" if value in RESTING else in_words("meldcode", name, value) for name, value in values.items()}
    facts = [(label_of_field("meldcode", name), text) for name, text in told.items()]
    return [*facts, (label_of_field("meldcode", "decided_by"), str(record.decided_by or ""))]
