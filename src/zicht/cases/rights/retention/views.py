"""Pages of retention: the term that holds, what is past it, and erasing that; they show codes and no content."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from zicht.cases.rights.forms import CountForm
from zicht.cases.rights.retention import actions, queries
from zicht.cases.rights.retention.bookkeeping import old_bookkeeping
from zicht.cases.rights.retention.forms import RetentionForm
from zicht.cases.view_parts import is_done
from zicht.people.actions import record_access
from zicht.people.code_fields import entity_label
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent

MOST_SHOWN = 200  # codes of each kind on a page; the command lists all


@only("cases.set_retention")
@require_safe
def show_retention(request: StaffRequest) -> HttpResponse:
    """Show the term that holds and a preview of what it would erase today."""
    record_access(request.user, "listed", "case")
    organisation = request.user.org
    rules = list(queries.rules_of(organisation.pk))
    term = queries.term_under(organisation.legal_regime, rules)
    due = queries.find_due(organisation, term=term)
    page = {
        "term": term,
        "rules": rules,
        "due": due,
        "going": [*due.cases, *due.persons][:MOST_SHOWN],
        "kept": due.kept[:MOST_SHOWN],
        "bookkeeping": [(entity_label(name), n) for name, n in old_bookkeeping(organisation, term).items()],
    }
    return render(request, "cases/rights/retention.html", page)


@only("cases.set_retention")
@require_http_methods(["GET", "HEAD", "POST"])
def set_retention(request: StaffRequest) -> HttpResponse:
    """Ask how long records are kept, and why."""
    form = RetentionForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if is_done(form, lambda: actions.set_retention(request.user, given["years"], given["reason"])):
            messages.success(request, _("The term is set. Below stands what it would erase today."))
            return redirect("cases:retention")
    page = {"form": form, "term": queries.term_of(request.user.org)}
    return render(request, "cases/rights/retention_set.html", page)


@only("cases.erase_after_retention")
@require_http_methods(["GET", "HEAD", "POST"])
def erase_due(request: StaffRequest) -> HttpResponse:
    """Say what erasing means, and erase what is past its term."""
    due = queries.find_due(request.user.org)
    form = CountForm(request.POST or None, initial={"count": due.records})
    if request.method == "POST" and form.is_valid():
        count = form.cleaned_data["count"]
        if is_done(form, lambda: actions.erase_due(request.user, expected=count)):
            told = ngettext("%(n)s record was erased for good.", "%(n)s records were erased for good.", count)
            messages.success(request, told % {"n": count})
            return redirect("cases:retention")
    return render(request, "cases/rights/retention_erase.html", {"form": form, "due": due})
