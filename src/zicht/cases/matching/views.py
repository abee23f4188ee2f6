"""Pages about records that could be one person: which, side by side, and what somebody decides."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.cases import queries as case_queries
from zicht.cases.matching import actions, queries
from zicht.cases.matching.actions import Pair
from zicht.cases.matching.forms import DecisionForm
from zicht.cases.matching.queries import Told
from zicht.cases.models import Case, Match, Person
from zicht.cases.step_forms import CodeForm
from zicht.cases.view_parts import find_case, find_person, is_done, look
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.short_codes import short_code

POSITION = re.compile(r"(100|0\d\d)[0-9a-f]{32}")  # score and identifier of the last match of a page
DONE = {
    "same": gettext_lazy("Both records stay as they are, and count as one person."),
    "different": gettext_lazy("These are two persons. The suggestion does not come back."),
    "undo": gettext_lazy("The decision was taken back. The records count apart, and values are as they were before."),
}


@only("cases.open")
@require_safe
def list_open(request: StaffRequest) -> HttpResponse:
    """Show the suggestions of the organisation that wait for a decision, the most telling first."""
    begin = request.GET.get("begin", "")
    if begin and not POSITION.fullmatch(begin):
        raise Http404
    record_access(request.user, "listed", "match")
    page = queries.open_matches(request.user, begin)
    return render(request, "cases/matching/open.html", {"page": page, "begin": begin})


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def list_matches(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Show which records could be about this person, and let somebody compare with another one by its code."""
    case, person = _find(request, case_id, person_id)
    label = _("Code of another person")
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        label=label,
        find=lambda typed: case_queries.persons_with_code(request.user, typed),
        own=person.pk,
    )
    look(request, case, person)
    if request.method == "POST" and form.is_valid():
        return redirect("cases:match", case.pk, person.pk, form.other.pk)
    page = {"case": case, "person": person, "code": short_code(person.pk), "form": form}
    found = queries.matches_of(request.user, person)
    counted = queries.counted_with(request.user, [person]).get(person.pk, "")
    return render(request, "cases/matching/matches.html", {**page, "matches": found, "counted": counted})


@only("cases.see")
@require_POST
def look_again(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Compare a person's record again with those that could be the same."""
    case, person = _find(request, case_id, person_id)
    actions.look_again(request.user, person)
    messages.success(request, _("The records were compared again."))
    return redirect("cases:matches", case.pk, person.pk)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, case_id: UUID, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Show two records side by side, with all that would count as one with them, and take a decision."""
    case, person = _find(request, case_id, person_id)
    persons = queries.group_of(request.user, [person.pk, other_id])
    other = next((one for one in persons if one.pk == other_id and one.pk != person.pk), None)
    if other is None or other.compartment != person.compartment:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None, persons=persons)
    # Records that are counted with one of both are about the same person: a line about that one is a line about them.
    for one in (person, other):
        look(request, case, one)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _act(request, form, person, other)):
        messages.success(request, DONE[form.cleaned_data["decision"]])
        return redirect("cases:matches", case.pk, person.pk)
    return _show(request, case, form, person, other)


# --- parts ----------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, case_id: UUID, person_id: UUID) -> tuple[Case, Person]:
    case = find_case(request, case_id, "cases.change")
    return case, find_person(request, case, person_id)


def _act(request: StaffRequest, form: DecisionForm, person: Person, other: Person) -> None:
    pair = Pair(person.pk, other.pk, form.versions)
    decision = form.cleaned_data["decision"]
    if decision == "same":
        actions.count_as_one(request.user, pair, form.chosen)
    elif decision == "different":
        actions.count_apart(request.user, pair)
    else:
        actions.undo(request.user, pair)


def _show(request: StaffRequest, case: Case, form: DecisionForm, person: Person, other: Any) -> HttpResponse:
    match = queries.find_match(request.user, person, other.pk) or Match(state="", person_a=person, person_b=other)
    page = {
        "case": case,
        "person": person,
        "told": Told(match, person, other, case.pk, other.seen_in),
        "columns": [(short_code(one.pk), one) for one in form.persons],
        "form": form,
        "is_decided": match.state in actions.DECIDED,
    }
    return render(request, "cases/matching/match.html", page)
