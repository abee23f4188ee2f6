"""Pages of the register: the list of cases, opening one, and one with everything in it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zicht.cases import handed_over, page_actions, queries, rules
from zicht.cases.opening_forms import OpeningForms
from zicht.cases.pages import page_of_case
from zicht.cases.step_forms import CaseFilterForm
from zicht.cases.view_parts import find_case, is_done, look
from zicht.cases.wording import rows_of
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent


@only("cases.see")
@require_safe
def list_cases(request: StaffRequest) -> HttpResponse:
    """Show the cases that the reader may see, narrowed to what was asked."""
    form = CaseFilterForm(request.GET, reader=request.user)
    is_right = form.is_valid()
    if "begin" in form.errors:
        raise Http404
    record_access(request.user, "searched" if is_right and form.is_narrowed else "listed", "case")
    page = queries.list_cases(request.user, form.wanted, form.cleaned_data["begin"]) if is_right else None
    may_open = request.user.has_perm("cases.open")
    shown = {"form": form, "page": page, "rows": rows_of(page.cases) if page else [], "may_open": may_open}
    return render(request, "cases/list.html", shown)


@only("cases.open")
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: StaffRequest) -> HttpResponse:
    """Ask what is needed to begin, and open a case; codes that another page handed over are filled in."""
    handed = handed_over.read(request.POST)
    data = None if handed else sent(request)
    asked = OpeningForms(data, rules.walls_to_open_in(request.user), handed)
    if request.method == "POST" and data is not None and asked.are_valid():
        case_id = asked.case.new_id
        if is_done(asked.case, lambda: page_actions.begin_case(request.user, case_id=case_id, **asked.values)):
            messages.success(request, _("The case is open. What is not asked yet can follow later."))
            return redirect("cases:case", case_id)
    return render(request, "cases/open.html", {"asked": asked})


@only("cases.see")
@require_safe
def show_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Show one case with its persons and what was not asked yet."""
    case = find_case(request, case_id)
    page = page_of_case(request.user, case)
    look(request, case)
    return render(request, "cases/case.html", {"page": page, "case": case})
