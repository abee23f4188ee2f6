"""Pages that add something to a case: persons, episodes, places, assessments, and markers they share."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zicht.cases import actions, page_actions, queries
from zicht.cases.errors import CasesError, NotAllowedError, NotThereError
from zicht.cases.forms import TopicForm
from zicht.cases.models import Case
from zicht.cases.step_forms import CodeForm, PlaceForm
from zicht.cases.view_parts import find_case, find_episode, find_person, is_done, look, require_text
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.short_codes import short_code

OF_A_NEW_PERSON = ("status", "status_by", "status_date")


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask the status of a new person, by whom and since when: the rest is asked on pages of its own."""
    case = find_case(request, case_id, "cases.change")
    form = TopicForm(sent(request), entity="person", topic="status", only=OF_A_NEW_PERSON)
    look(request, case)
    key = form.new_id if request.method == "POST" and form.is_valid() else None
    if key and is_done(form, lambda: actions.add_person(request.user, case, form.values, person_id=key)):
        messages.success(request, _("The person is registered."))
        return _back(case, key)
    return _show(request, case, form, _("Add a person"), _("Register this person"), offers_registered=True)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def put_person(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask the code of somebody who is registered already, and put them in this case too."""
    case = find_case(request, case_id, "cases.change")
    label = _("Code of the person")
    form = CodeForm(sent(request), label=label, find=lambda typed: queries.persons_with_code(request.user, typed))
    look(request, case)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.put_in_case(request.user, case, form.other)):
        messages.success(request, _("The person is in this case too."))
        return _back(case, form.other.pk)
    return _show(request, case, form, _("Add somebody who is registered already"), _("Put in this case"))


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def add_episode(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask what the exploitation was; the rest is asked on pages of its own."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    form = TopicForm(sent(request), entity="exploitation", topic="what")
    look(request, case, person)
    key = form.new_id if request.method == "POST" and form.is_valid() else None
    if key and is_done(form, lambda: actions.add_episode(request.user, case, person, form.values, episode_id=key)):
        messages.success(request, _("The exploitation is registered."))
        return _back(case, key)
    return _show(request, case, form, _("Add exploitation"), _("Register this exploitation"), person.pk)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def add_place(request: StaffRequest, case_id: UUID, episode_id: UUID) -> HttpResponse:
    """Ask, coarsely, where something of an episode took place."""
    case = find_case(request, case_id, "cases.change")
    episode = find_episode(request, case, episode_id)
    form = PlaceForm(sent(request))
    look(request, case, episode)
    key = form.new_id if request.method == "POST" and form.is_valid() else None
    if key and is_done(form, lambda: actions.add_place(request.user, case, episode, form.values, place_id=key)):
        messages.success(request, _("The place is kept."))
        return _back(case, episode.pk)
    return _show(request, case, form, _("Add a place"), _("Keep this place"), episode.person_id)


@only("cases.see")
@require_POST
def remove_place(request: StaffRequest, case_id: UUID, place_id: UUID) -> HttpResponse:
    """Take a place back; that it was there stays in the history."""
    case = find_case(request, case_id, "cases.change")
    place = queries.find_place(request.user, case, place_id)
    if place is None:
        raise Http404
    try:
        actions.remove_place(request.user, case, place)
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
    return _back(case, place.exploitation_id)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask what somebody concluded about a person and why; only the team writes it, since only the team reads it."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    require_text(request, case)
    form = TopicForm(sent(request), entity="assessment", topic="assessment", initial={"made_on": timezone.localdate()})
    look(request, case, person)
    key = form.new_id if request.method == "POST" and form.is_valid() else None
    if key and is_done(form, lambda: actions.assess(request.user, case, person, form.values, assessment_id=key)):
        messages.success(
            request, _("The assessment is kept. It does not change the status: that is a step of its own.")
        )
        return _back(case, person.pk)
    return _show(request, case, form, _("Assess"), _("Keep this assessment"), person.pk)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def share_household(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask with whom a person shares a household."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    page = {
        "heading": _("Same household"),
        "lead": _("Brothers, sisters and others who live together are marked, so that figures and consent can see it."),
        "label": _("Code of another person of the household"),
        "leave": _("Shares no household that is known") if person.household_key else "",
        "others": queries.neighbours(request.user, case, persons=[person]).get(person.pk, []),
    }
    act = page_actions.put_in_household
    return _share(request, case, person, page, queries.persons_with_code, act)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def share_situation(request: StaffRequest, case_id: UUID, episode_id: UUID) -> HttpResponse:
    """Ask with which other episode an episode was one situation."""
    case = find_case(request, case_id, "cases.change")
    episode = find_episode(request, case, episode_id)
    page = {
        "heading": _("Same situation"),
        "lead": _("Several victims of one situation are marked, so that it is counted once as a situation."),
        "label": _("Code of the other exploitation"),
        "leave": _("Stands by itself") if episode.situation_id else "",
        "others": queries.neighbours(request.user, case, episodes=[episode]).get(episode.pk, []),
    }
    act = page_actions.put_in_situation
    return _share(request, case, episode, page, queries.episodes_with_code, act)


# --- parts ------------------------------------------------------------------------------------------------------
def _share(
    request: StaffRequest, case: Case, record: Any, page: Mapping[str, Any], find: Any, act: Callable[..., object]
) -> HttpResponse:
    """Ask a code and share a marker, or give it up; both persons or episodes are changed together."""
    form = CodeForm(
        sent(request),
        label=page["label"],
        find=lambda typed: find(request.user, typed),
        own=record.pk,
        version=record.version,
        leaves="leave" in request.POST,
    )
    look(request, case, record)
    version = form.cleaned_data["version"] if request.method == "POST" and form.is_valid() else 0
    if version and is_done(form, lambda: act(request.user, case, record, form.other, version=version)):
        messages.success(request, _("Saved."))
        return _back(case, record.pk)
    return render(request, "cases/share.html", {**page, "form": form, "record": record, "case": case})


def _back(case: Case, key: UUID | None) -> HttpResponse:
    mark = f"#{short_code(key)}" if key else ""
    return redirect(f"{reverse('cases:case', args=[case.pk])}{mark}")


def _show(
    request: StaffRequest,
    case: Case,
    form: forms.Form,
    heading: str,
    button: str,
    about: UUID | None = None,
    *,
    offers_registered: bool = False,
) -> HttpResponse:
    """Show a page that adds one record; for a person it also leads to those who are registered already."""
    lead = _("Person %(code)s") if about else _("Case %(code)s")
    page = {"form": form, "case": case, "heading": heading, "button": button, "offers_registered": offers_registered}
    return render(request, "cases/add.html", {**page, "lead": lead % {"code": short_code(about or case.pk)}})
