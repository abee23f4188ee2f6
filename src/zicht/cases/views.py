"""Pages of the register."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zicht.cases import queries
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only


@only("cases.see")
@require_safe
def list_cases(request: StaffRequest) -> HttpResponse:
    """Show the cases that the reader may see."""
    record_access(request.user, "listed", "case")
    return render(request, "cases/list.html", {"page": queries.list_cases(request.user, {})})
