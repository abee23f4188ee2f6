"""Pages that do one thing with a case: close, reopen, follow up, say who works on it, write a note."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zicht import words
from zicht.cases import actions, page_actions, queries, rules
from zicht.cases.edit_views import Edited, edit
from zicht.cases.errors import CasesError, ChangedMeanwhileError, NotAllowedError, NotThereError
from zicht.cases.forms import TopicForm
from zicht.cases.models import Case
from zicht.cases.step_forms import NoteForm, TeamForm
from zicht.cases.view_parts import find_case, is_done, look, require_text
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.models import Account
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words

CLOSING = ("state", "closed_on", "closure_reason")


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def close_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Say what closing means, ask when and why, and close."""
    case = find_case(request, case_id, "cases.change")
    look(request, case)
    if not case.is_open:
        messages.warning(request, _("This case is closed already."))
        return redirect("cases:case", case.pk)
    form = _closing_form(request, case)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.close_case(request.user, case, form.values, version=form.version)):
        messages.success(request, _("The case is closed."))
        return redirect("cases:case", case.pk)
    return render(request, "cases/close.html", {"form": form, "case": case, "code": short_code(case.pk)})


@only("cases.see")
@require_POST
def move_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Open a closed case again, or move an open one between active and follow-up."""
    case = find_case(request, case_id, "cases.change")
    state, version = request.POST.get("state", ""), request.POST.get("version", "")
    known = words.vocabulary().lists["case_state"].codes
    if state not in known or not rules.is_open(state) or not (version.isascii() and version.isdigit()):
        raise Http404
    try:
        if case.is_open:
            actions.follow_up_case(request.user, case, state, version=int(version[:9]))
        else:
            actions.reopen_case(request.user, case, version=int(version[:9]))
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except ChangedMeanwhileError:
        messages.error(request, _("Somebody else moved this case meanwhile. Nothing was changed: look at it again."))
    except CasesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The case is now: %(state)s.") % {"state": in_words("case", "state", state)})
    return redirect("cases:case", case.pk)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def set_team(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask who owns a case and who is in its team."""
    case = find_case(request, case_id, "cases.change")
    colleagues = {account.pk: account for account in queries.colleagues_on_cases(case.compartment, request.user)}
    form = TeamForm(sent(request), case=case, colleagues=colleagues.values())

    def save(values: Mapping[str, object], version: int) -> object:
        return _save_team(request, case, colleagues, values, version)

    edited = Edited(
        case=case,
        record=case,
        heading=_("Owner and team"),
        about=_("Case %(code)s") % {"code": short_code(case.pk)},
        back=reverse("cases:case", args=[case.pk]),
        further=None,
        save=save,
    )
    return edit(request, edited, form)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def write_note(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Show the notes of a case to its team, and add one."""
    case = find_case(request, case_id, "cases.change")
    require_text(request, case)
    look(request, case)
    form = NoteForm(sent(request))
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: page_actions.add_note(request.user, case, form.cleaned_data["text"])):
        messages.success(request, _("The note is kept."))
        return redirect(f"{reverse('cases:case', args=[case.pk])}#notes")
    page = {"form": form, "case": case, "code": short_code(case.pk), "notes": reveal(case, "comments")}
    return render(request, "cases/note.html", page)


# --- parts ------------------------------------------------------------------------------------------------------
def _closing_form(request: StaffRequest, case: Case) -> TopicForm:
    after = words.vocabulary().lists["case_state"].codes[case.state].texts("next")
    closed = [(state, in_words("case", "state", state)) for state in after if not rules.is_open(state)]
    return TopicForm(
        sent(request),
        entity="case",
        only=CLOSING,
        needed=CLOSING,
        record=case,
        options={"state": closed},
        initial={"state": "closed", "closed_on": timezone.localdate()},
    )


def _save_team(
    request: StaffRequest, case: Case, colleagues: Mapping[UUID, Account], values: Mapping[str, object], version: int
) -> object:
    """Give the action accounts instead of identifiers; what was not changed stays as it is."""
    owner = colleagues.get(cast("UUID", values.get("owner", case.owner_id)), case.owner)
    keys = values.get("team")
    team = [colleagues[UUID(key)] for key in cast("list[str]", keys)] if keys is not None else list(case.team.all())
    return actions.set_team(request.user, case, owner, team, version=version)
