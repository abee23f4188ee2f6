"""Two reports side by side, and what somebody decides about them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zicht.people.guard import StaffRequest, only
from zicht.signals.intake import earlier, linking, pages, queries
from zicht.signals.intake.forms import VersionForm
from zicht.signals.intake.view_parts import find_intake, is_done, look
from zicht.signals.models import Intake, ReportLink

DONE = {
    earlier.SAME: gettext_lazy("Both reports are about the same situation. Each stays as it is."),
    earlier.DIFFERENT: gettext_lazy("The reports are about different situations. The suggestion does not come back."),
    earlier.POSSIBLE: gettext_lazy("The decision was taken back."),
}


@only("signals.weigh")
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: StaffRequest, intake_id: UUID, other_id: UUID) -> HttpResponse:
    """Show two reports side by side, and take a decision."""
    one, other = find_intake(request, intake_id), find_intake(request, other_id)
    if earlier.is_apart(one, other):
        raise Http404
    link = earlier.links_of(one).get(other.pk)
    version = link.version if link else 0
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": version})
    decision = request.POST.get("decision", "")
    for report in (one, other):
        look(request, report)

    def decide() -> None:
        linking.decide(request.user, one, other.pk, decision, version=form.cleaned_data["version"])

    if request.method == "POST" and form.is_valid() and is_done(form, decide):
        messages.success(request, DONE[decision])
        return redirect("intake:intake", one.pk)
    return render(request, "signals/compare.html", _page(one, other, form, link))


def _page(one: Intake, other: Intake, form: VersionForm, link: ReportLink | None) -> dict[str, object]:
    reports = pages.rows_of([one, other])
    signals = [{signal.indicator: signal for signal in queries.signals_of(report.intake)} for report in reports]
    shared = [pages.text_of(code) for code in signals[0] if code in signals[1]]
    return {
        "one": reports[0],
        "other": reports[1],
        "facts": pages.facts_for_comparing(reports[0].intake, reports[1].intake),
        "reasons": pages.reasons_of(reports[0].intake, reports[1].intake),
        "shared": shared,
        "form": form,
        "link": link,
        "is_decided": link is not None and link.state != earlier.POSSIBLE,
    }
