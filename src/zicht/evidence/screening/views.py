"""Pages of screening: what waits for a verdict, names somebody asks about, one candidate. No address holds a name."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.cases.view_parts import is_done
from zicht.evidence.actors.shown import shown_names
from zicht.evidence.screening import actions
from zicht.evidence.screening.findings import Finding, find
from zicht.evidence.screening.forms import NamesForm, VerdictForm
from zicht.evidence.screening.lists import current_versions
from zicht.evidence.screening.queries import Match, find_match, matches
from zicht.evidence.screening.wording import reasons_in_words
from zicht.evidence.sources.queries import statements_about
from zicht.evidence.statements.wording import rows_of
from zicht.evidence.view_parts import carry_out
from zicht.linkage.screening import THRESHOLD, Asked
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of
from zicht.people.guard import StaffRequest, only

MOST_ROWS = 10  # statements beside a candidate


@only("evidence.read")
@never_cache
@require_safe
def show_screening(request: StaffRequest) -> HttpResponse:
    """Show what waits for a verdict, what was decided, and the versions of the lists in use."""
    record_access(request.user, "listed", "screening_candidate")
    found = matches(request.user)
    names = shown_names(request.user, {one.actor.pk for one in found})
    rows = [(one, names.get(one.actor.pk, "")) for one in found]
    shown = {
        "waiting": [row for row in rows if row[0].is_open],
        "decided": [row for row in rows if not row[0].is_open],
        "versions": current_versions(),
        "form": NamesForm(),
    }
    return render(request, "evidence/screening.html", shown)


@only("evidence.read")
@never_cache
@sensitive_post_parameters("names")
@require_POST
def screen_names(request: StaffRequest) -> HttpResponse:
    """Show who on the lists may be who was asked about; nothing of it is stored."""
    form = NamesForm(request.POST)
    results: list[tuple[str, list[tuple[Finding, str, list[str]]]]] = []
    versions = current_versions()
    if form.is_valid():
        record_access(request.user, "screened", "sanctions_list")
        asked = [Asked.read(name, form.asked_kind) for name in form.cleaned_data["names"]]
        results = [(one.name, [_shown(each) for each in find(one, versions)]) for one in asked]
    shown = {"form": form, "results": results, "versions": versions, "threshold": round(100 * THRESHOLD)}
    return render(request, "evidence/screened.html", shown)


def _shown(finding: Finding) -> tuple[Finding, str, list[str]]:
    return finding, label_of("sanctions_list_name", finding.which), reasons_in_words(finding)


@only("evidence.record")
@require_POST
def screen_again(request: StaffRequest) -> HttpResponse:
    """Hold the actors against the lists as they are now."""
    counts: list[int] = []
    if carry_out(request, lambda: counts.append(actions.screen_again(request.user))):
        said = ngettext("Screened: %(n)s new candidate.", "Screened: %(n)s new candidates.", counts[0])
        messages.success(request, said % {"n": counts[0]})
    return redirect("evidence:screening")


@only("evidence.read")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_candidate(request: StaffRequest, candidate_id: UUID) -> HttpResponse:
    """Show an actor beside an entry of a list, and take a verdict."""
    match = find_match(request.user, candidate_id)
    if match is None:
        raise Http404
    form = VerdictForm(request.POST if request.method == "POST" else None)
    is_sent = request.method == "POST" and form.is_valid()
    given = form.cleaned_data if is_sent else {}
    if is_sent and is_done(form, lambda: actions.decide(request.user, match.record, given["verdict"], given["reason"])):
        messages.success(request, _("Saved. It can be decided again; both stay."))
        return redirect("evidence:screening")
    record_access(
        request.user, "seen", "screening_candidate", match.record.pk, compartment=match.record.screening.compartment
    )
    return render(request, "evidence/candidate.html", {"form": form, **_facts(request, match)})


def _facts(request: StaffRequest, match: Match) -> dict[str, object]:
    return {
        "match": match,
        "finding": match.finding,
        "name": shown_names(request.user, [match.actor.pk]).get(match.actor.pk, ""),
        # The words that name the actor, beside the entry: whoever decides need not look for them.
        "rows": rows_of(request.user, statements_about(request.user, [match.actor.pk])[:MOST_ROWS]),
        "imo": actions.imo_of(match.actor),
        # Reasons spell out parts of the name that was asked; of who is protected since, none is shown.
        "reasons": [] if match.actor.protected else reasons_in_words(match.finding),
    }
