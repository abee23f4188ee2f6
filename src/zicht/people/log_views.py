"""Pages of the access log: everyone their own lines, the privacy officer those of the organisation."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zicht.people import actions, queries, rules
from zicht.people.forms import LogFilterForm, LogPositionForm
from zicht.people.guard import StaffRequest, only, require


@only("people.see_organisation")
@require_safe
def show_own_log(request: StaffRequest) -> HttpResponse:
    """Show everybody what was written down about their own account, by whomever."""
    position = LogPositionForm(request.GET)
    if not position.is_valid():
        raise Http404
    actions.record_access(request.user, "log_read", "access_line", purpose=rules.OWN_DATA)
    page = queries.page_of(queries.lines_of_account(request.user), position.cleaned_data["before"])
    return render(request, "people/own_log.html", {"page": page})


@only("people.read_organisation_log")
@require_safe
def show_organisation_log(request: StaffRequest) -> HttpResponse:
    """Show the lines of the own organisation to somebody who said what for."""
    form = LogFilterForm(request.GET or None, reader=request.user)
    page = None
    if form.is_valid():
        actions.record_access(request.user, "log_read", "access_line", purpose=form.cleaned_data["purpose"])
        lines = form.narrow(queries.lines_of_organisation(request.user.org_id))
        page = queries.page_of(lines, form.cleaned_data["before"])
    elif form.names_accounts:  # asked for wrongly, such as a day that is none: the page names everybody all the same
        actions.record_access(request.user, "listed", "account", purpose=form.data["purpose"])
    return render(request, "people/organisation_log.html", {"form": form, "page": page})


@only("people.see_organisation")
@require_safe
def show_line(request: StaffRequest, sequence: int) -> HttpResponse:
    """Show one line with its hashes."""
    line = queries.find_line(request.user, sequence)
    if line is None:
        raise Http404
    require(request, "people.see_log_line", line)
    is_own = rules.is_about_oneself.test(request.user, line)
    actions.record_access(request.user, "log_read", "access_line", purpose=rules.OWN_DATA if is_own else "")
    return render(request, "people/line.html", {"line": line, "is_own": is_own})
