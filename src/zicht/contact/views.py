"""Pages for visitors: no cookie, no session, no account; the same bytes for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from zicht.contact import help_lines
from zicht.contact.visitor_page.building import FILE_OF
from zicht.contact.visitor_page.content import LANGUAGES
from zicht.contact.visitor_page.serving import is_built


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
    """Show what the report box will be, and where a report can be made until then."""
    return render(request, "contact/report.html", {"help_lines": help_lines.FOR_REPORTS})
