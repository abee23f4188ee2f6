"""Pages of requests: the list with its terms, a new one, its answer, and what is done for it."""

import json
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.cases.errors import CasesError, NotAllowedError, NotThereError
from zicht.cases.handing.contents import paper_of_copy
from zicht.cases.handing.papers import as_pdf
from zicht.cases.handing.views import hand_over
from zicht.cases.models import SubjectRequest
from zicht.cases.rights.forms import CountForm, ReasonForm
from zicht.cases.rights.requests import actions, pages, queries, rules
from zicht.cases.rights.requests.copying import Copy, copy_for_person
from zicht.cases.rights.requests.forms import AnswerForm, RequestForm
from zicht.cases.view_parts import is_done
from zicht.people.actions import record_access
from zicht.people.code_fields import language
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.locked_files import File

CONTENT_TYPES = {"json": "application/json", "html": "text/html; charset=utf-8"}


@only("cases.see_terms_of_requests")
@require_safe
def list_requests(request: StaffRequest) -> HttpResponse:
    """Show which requests wait and until when; the privacy officer sees no person behind them."""
    reader = request.user
    may_handle = reader.has_perm("cases.handle_requests")
    record_access(reader, "listed", "subject_request")
    requests = queries.requests_of(reader) if may_handle else queries.terms_of(reader)
    waiting = pages.rows_of(queries.waiting(requests), with_codes=may_handle)
    answered = pages.rows_of(queries.answered(requests), with_codes=may_handle)
    page = {"waiting": waiting, "answered": answered, "may_handle": may_handle}
    return render(request, "cases/rights/requests.html", page)


@only("cases.handle_requests")
@require_http_methods(["GET", "HEAD", "POST"])
def take_request(request: StaffRequest) -> HttpResponse:
    """Ask what is asked, by whom, and how that was checked."""
    form = RequestForm(sent(request), reader=request.user)
    if request.method == "POST" and form.is_valid():
        record_access(request.user, "searched", "person")
        if is_done(form, lambda: _take(request, form)):
            messages.success(request, _("The request is recorded, and its term runs."))
            return redirect("cases:request", form.new_id)
    return render(request, "cases/rights/request_take.html", {"form": form})


def _take(request: StaffRequest, form: RequestForm) -> SubjectRequest:
    return actions.take_request(request.user, form.values, form.person, request_id=form.new_id)


@only("cases.handle_requests")
@require_safe
def show_request(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Show a request, its term, and what can be done."""
    found = _find(request, request_id)
    return render(request, "cases/rights/request.html", {"page": pages.page_of_request(request.user, found)})


@only("cases.handle_requests")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_request(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Ask the answer, or for a parent or guardian first the decision of a colleague."""
    found = _find(request, request_id)
    decides_first = rules.needs_colleague(found.asked_by)
    form = AnswerForm(sent(request), record=found, decides_first=decides_first)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _answer(request, found, form)):
        messages.success(request, _("The answer is recorded."))
        return redirect("cases:request", found.pk)
    page = {"form": form, "page": pages.page_of_request(request.user, found), "decides_first": decides_first}
    return render(request, "cases/rights/request_answer.html", page)


def _answer(request: StaffRequest, found: SubjectRequest, form: AnswerForm) -> SubjectRequest:
    return actions.answer_request(request.user, found, form.values, version=form.version)


@only("cases.handle_requests")
@require_http_methods(["GET", "HEAD", "POST"])
def extend_request(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Ask the reason for two months more."""
    found = _find(request, request_id)
    form = ReasonForm(sent(request), entity="subject_request", field="reason", version=found.version)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _extend(request, found, form)):
        messages.success(request, _("The term is two months longer. Tell the person so, with the reason."))
        return redirect("cases:request", found.pk)
    page = {"form": form, "page": pages.page_of_request(request.user, found)}
    return render(request, "cases/rights/request_extend.html", page)


def _extend(request: StaffRequest, found: SubjectRequest, form: ReasonForm) -> SubjectRequest:
    return actions.extend_term(request.user, found, form.cleaned_data["reason"], version=form.version)


# --- what is done for it ------------------------------------------------------------------------------------------
@only("cases.handle_requests")
@require_POST
def limit_use(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Limit the use of the person's data."""
    return _do(request, request_id, actions.limit_use, _("The use of the data is limited."))


@only("cases.handle_requests")
@require_POST
def lift_limit(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Let the data be used again."""
    return _do(request, request_id, actions.lift_limit, _("The data may be used again."))


def _do(request: StaffRequest, request_id: UUID, act: Callable[..., object], told: str) -> HttpResponse:
    found = _find(request, request_id)
    try:
        act(request.user, found)
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("cases:request", found.pk)


@only("cases.handle_requests")
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Say what would be erased, and erase it for good."""
    found = _find(request, request_id)
    try:
        persons, cases = actions.to_erase(request.user, found)
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:request", found.pk)
    form = CountForm(request.POST or None, initial={"count": len(persons) + len(cases)})
    if request.method == "POST" and form.is_valid():
        count = form.cleaned_data["count"]
        if is_done(form, lambda: actions.erase_person(request.user, found, expected=count)):
            messages.success(request, _("Everything about the person is erased. Record the answer now."))
            return redirect("cases:request", found.pk)
    page = {"form": form, "record": found, "persons": len(persons), "cases": len(cases)}
    return render(request, "cases/rights/request_erase.html", {**page, "count": len(persons) + len(cases)})


@only("cases.handle_requests")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_copy(request: StaffRequest, request_id: UUID, form: str) -> HttpResponse:
    """Give a file with everything recorded about the person, to read (html, pdf) or for a machine (json).

    A form that is sent gets it locked with a password.
    """
    found = _find(request, request_id)
    try:
        persons = actions.records_to_give(request.user, found)
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:request", found.pk)
    copy = copy_for_person(
        request.user, persons, only_who_saw=found.kind == "who_saw", for_somebody_else=found.asked_by != "self"
    )
    for person in persons:
        record_access(request.user, "exported", "person", person.pk, compartment=person.compartment)
    return hand_over(request, _file(copy, form), back=reverse("cases:request", args=[found.pk]))


def _file(copy: Copy, form: str) -> File:
    if form == "pdf":
        return as_pdf(paper_of_copy(copy), copy.codes[0])
    if form == "json":
        text = json.dumps(copy.as_json(), ensure_ascii=False, indent=2)
    else:
        text = render_to_string("cases/rights/copy.html", {"copy": copy, "language": language()})
    return File(text.encode(), f"{copy.codes[0]}.{form}", CONTENT_TYPES[form])


def _find(request: StaffRequest, request_id: UUID) -> SubjectRequest:
    found = queries.find_request(request.user, request_id)
    if found is None:
        raise Http404
    record_access(request.user, "seen", "subject_request", found.pk, compartment=found.compartment)
    return found
