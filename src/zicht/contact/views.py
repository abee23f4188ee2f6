"""Pages for visitors: no cookie, no session, no account; the same bytes for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zicht.contact import help_lines


@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    """Show what will be here, and where help is to be had until then."""
    return render(request, "contact/start.html", {"help_lines": help_lines.FOR_HELP})


@require_safe
def show_report(request: HttpRequest) -> HttpResponse:
    """Show what the report box will be, and where a report can be made until then."""
    return render(request, "contact/report.html", {"help_lines": help_lines.FOR_REPORTS})
