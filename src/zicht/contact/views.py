"""Pages for visitors: no cookie, no session, no account; the same bytes for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from zicht.contact import help_lines
from zicht.contact.visitor_page.building import FILE_OF, REPORT, REPORT_FILE_OF
from zicht.contact.visitor_page.content import LANGUAGES
from zicht.contact.visitor_page.serving import is_built, is_listed, show_visitors_file


@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    """Lead to the chat where there is one, and name others who help."""
    chat = chat_page(get_language() or "nl") if is_built() else ""
    return render(request, "contact/start.html", {"help_lines": help_lines.FOR_HELP, "chat": chat})


def chat_page(language: str) -> str:
    """Give the address of the chat in a language."""
    if language == LANGUAGES[0]:
        return reverse("visitor_page:page")
    return reverse("visitor_page:file", args=[FILE_OF[language]])


@require_safe
def show_report(request: HttpRequest) -> HttpResponse:
    """Show the page of the report box; where there is none, who else takes reports."""
    page = REPORT_FILE_OF[get_language() or "nl"]
    if is_listed(page):
        return show_visitors_file(request, page)
    return render(request, "contact/report.html", {"help_lines": help_lines.FOR_REPORTS})


@require_safe
def show_report_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of the page of the report box."""
    if not name.startswith(REPORT):
        raise Http404
    return show_visitors_file(request, name)
