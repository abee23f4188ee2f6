"""Pages for a lead who makes the forms of her organisation; anybody else gets a page that is not there."""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.contact.report_forms import actions, queries
from zicht.contact.report_forms.errors import FormsError, QuestionRefusedError
from zicht.contact.report_forms.forms import QuestionForm, initial_of
from zicht.contact.report_forms.models import FormDefinition
from zicht.contact.report_forms.questions import Condition, Question
from zicht.contact.report_forms.rules import Wrong
from zicht.contact.rules import wall_of
from zicht.contact.visitor_page.report_content import form_for_script, places_for, write_form
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of, language
from zicht.people.guard import StaffRequest, only

LEAD = "contact.lead"
T = TypeVar("T")
# In which field of the page a refusal is shown.
FIELD_OF = {
    Wrong.IDENTITY: "ask_nl",
    Wrong.OPTIONS: "options",
    Wrong.CODES: "options",
    Wrong.CONDITION: "only_if",
    Wrong.FIELD: "field",
    Wrong.KIND: "field",
}


@only(LEAD)
@require_safe
def list_forms(request: StaffRequest) -> HttpResponse:
    """Show the forms with their versions."""
    record_access(request.user, "listed", "form_definition", compartment=wall_of(request.user))
    audiences = queries.audiences_of(request.user)
    shown = [(one, label_of("form_audience", one), _versions(request, one)) for one in audiences]
    return render(request, "contact/report_forms/list.html", {"forms": shown})


def _versions(request: StaffRequest, audience: str) -> list[tuple[queries.Version, str]]:
    versions = queries.versions_of(request.user, audience)
    return [(one, label_of("form_state", one.state)) for one in versions]


@only(LEAD)
@require_safe
def give_file(request: StaffRequest) -> HttpResponse:
    """Give the forms in use, to be put into the signed page by the stewards."""
    record_access(request.user, "exported", "form_definition", compartment=wall_of(request.user))
    answer = JsonResponse({"forms": [write_form(one) for one in queries.in_use(request.user)]})
    answer.headers["Content-Disposition"] = 'attachment; filename="report-forms.json"'
    return answer


@only(LEAD)
@require_POST
def begin_draft(request: StaffRequest, audience: str) -> HttpResponse:
    """Make a new version."""
    if audience not in queries.audiences_of(request.user):
        raise Http404
    draft = _try(request, lambda: actions.begin_draft(request.user, audience))
    return redirect("report_forms:form", audience, draft.version) if draft else redirect("report_forms:list")


@only(LEAD)
@require_safe
def show_form(request: StaffRequest, audience: str, version: int) -> HttpResponse:
    """Show a version with its questions; a draft can be changed."""
    found = _find(request, audience, version)
    record_access(request.user, "seen", "form_definition", found.form.form_id, compartment=wall_of(request.user))
    page = {
        "version": found,
        "state": label_of("form_state", found.state),
        "audience": audience,
        "label": found.form.label[language()],
        "questions": [_show(one, found.form.questions) for one in found.form.questions],
        "is_draft": found.state == "draft",
        "mark": found.own.mark if found.own else "",
    }
    return render(request, "contact/report_forms/form.html", page)


def _show(question: Question, questions: tuple[Question, ...]) -> dict[str, object]:
    return {
        "question": question,
        "ask": question.ask[language()],
        "topic": question.topic[language()] if question.topic else "",
        "options": [one.label[language()] for one in question.options],
        "after": _say(question.only_if, questions) if question.only_if else "",
    }


def _say(condition: Condition, questions: tuple[Question, ...]) -> str:
    """Give the earlier question that a condition names, with the answers it waits for."""
    other = next(one for one in questions if one.name == condition.question)
    chosen = [one.label[language()] for one in other.choices if one.code in condition.codes]
    return f"{other.ask[language()]} {', '.join(chosen)}"


@only(LEAD)
@require_safe
def preview(request: StaffRequest, audience: str, version: int) -> HttpResponse:
    """Show a version as somebody who reports sees it; nothing that is filled in goes anywhere."""
    form = _find(request, audience, version).form
    record_access(request.user, "seen", "form_definition", form.form_id, compartment=wall_of(request.user))
    known = {"form": form_for_script(form), "places": places_for([form])}
    page = {"form": form, "label": form.label[language()], "known_text": json.dumps(known), "audience": audience}
    return render(request, "contact/report_forms/preview.html", page)


@only(LEAD)
@require_POST
def put_in_use(request: StaffRequest, audience: str, version: int) -> HttpResponse:
    """Use a draft from today on."""
    own = _own(request, audience, version)
    if _try(request, lambda: actions.put_in_use(request.user, own, _seen(request))):
        messages.success(request, _("This version is in use. Give its file to the stewards, who build the page anew."))
    return redirect("report_forms:form", audience, version)


@only(LEAD)
@require_POST
def drop_draft(request: StaffRequest, audience: str, version: int) -> HttpResponse:
    """Give up a draft."""
    own = _own(request, audience, version)
    _try(request, lambda: actions.drop_draft(request.user, own, _seen(request)))
    return redirect("report_forms:list")


# --- questions --------------------------------------------------------------------------------------------------
@only(LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: StaffRequest, audience: str, version: int) -> HttpResponse:
    """Add a question at the end."""
    own = _own(request, audience, version)
    form = QuestionForm(request.POST or None, before=own.asked)
    if request.method == "POST" and form.is_valid():
        question = form.to_question(_free_name(queries.versions_of(request.user, audience)))
        if _try_in(form, question.name, lambda: actions.keep_question(request.user, own, question, _seen(request))):
            return redirect("report_forms:form", audience, version)
    return _render_question(request, form, own)


@only(LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def change_question(request: StaffRequest, audience: str, version: int, name: str) -> HttpResponse:
    """Change a question."""
    own = _own(request, audience, version)
    place = next((number for number, one in enumerate(own.asked) if one.name == name), None)
    if place is None:
        return _keep_what_was_typed(request, own)
    form = QuestionForm(request.POST or None, before=own.asked[:place], initial=initial_of(own.asked[place]))
    if request.method == "POST" and form.is_valid():
        question = form.to_question(name)
        if _try_in(form, name, lambda: actions.keep_question(request.user, own, question, _seen(request), name)):
            return redirect("report_forms:form", audience, version)
    return _render_question(request, form, own)


def _keep_what_was_typed(request: StaffRequest, own: FormDefinition) -> HttpResponse:
    """Show what somebody typed for a question that a colleague took away, as a new one that can be kept."""
    if request.method != "POST" or own.state != "draft":
        raise Http404
    form = QuestionForm(request.POST, before=own.asked)
    form.full_clean()
    form.add_error(None, _("A colleague took this question away. What you filled in can be kept as a new question."))
    return _render_question(request, form, own, action=reverse("report_forms:add", args=[own.audience, own.version]))


@only(LEAD)
@require_POST
def move_question(request: StaffRequest, audience: str, version: int, name: str) -> HttpResponse:
    """Move a question by one place."""
    own = _own(request, audience, version)
    step = -1 if request.POST.get("to") == "up" else 1
    _try(request, lambda: actions.move_question(request.user, own, name, step, _seen(request)))
    return redirect("report_forms:form", audience, version)


@only(LEAD)
@require_POST
def remove_question(request: StaffRequest, audience: str, version: int, name: str) -> HttpResponse:
    """Take a question away."""
    own = _own(request, audience, version)
    _try(request, lambda: actions.remove_question(request.user, own, name, _seen(request)))
    return redirect("report_forms:form", audience, version)


# --- parts ------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, audience: str, version: int) -> queries.Version:
    found = queries.find_version(request.user, audience, version)
    if found is None:
        raise Http404
    return found


def _own(request: StaffRequest, audience: str, version: int) -> FormDefinition:
    found = _find(request, audience, version).own
    if found is None:
        raise Http404
    return found


def _seen(request: StaffRequest) -> str:
    """Give the mark of the form on which somebody pressed the button."""
    return request.POST.get("seen", "")


def _free_name(versions: Iterable[queries.Version]) -> str:
    """Give a name that no question of a form ever had: people see it nowhere, answers and conditions hold it."""
    taken = {one.name for version in versions for one in version.form.questions}
    return next(name for number in range(1, len(taken) + 2) if (name := f"q{number}") not in taken)


def _try(request: StaffRequest, work: Callable[[], T]) -> T | None:
    """Do it, or say above the next page why not."""
    try:
        return work()
    except QuestionRefusedError as refusal:
        messages.error(request, _why(refusal))
    except FormsError as refusal:
        messages.error(request, str(refusal))
    return None


def _why(refusal: QuestionRefusedError) -> str:
    """Say why, and of which question: it may be another one, such as one that waited for what was taken away."""
    asked = f"“{refusal.question.ask.get(language(), '')}”: " if refusal.question else ""
    return f"{asked}{refusal}"


def _try_in(form: QuestionForm, name: str, work: Callable[[], None]) -> bool:
    """Do it, or put into the form why not: beside a field of the question, or above it where it is another one."""
    try:
        work()
    except QuestionRefusedError as refusal:
        is_own = refusal.question is None or refusal.question.name == name
        field = FIELD_OF.get(refusal.wrong) if is_own else None
        form.add_error(field if field in form.fields else None, str(refusal) if is_own else _why(refusal))
    except FormsError as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def _render_question(request: StaffRequest, form: QuestionForm, own: FormDefinition, action: str = "") -> HttpResponse:
    page = {"form": form, "audience": own.audience, "version": own.version, "mark": own.mark, "action": action}
    return render(request, "contact/report_forms/question.html", page)
