"""The drafts of the processing register and the impact assessment as pages and as files to complete."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zicht.cases.rights.processing.document import markdown
from zicht.cases.rights.processing.drafts import DRAFTS
from zicht.people.guard import StaffRequest, only


@only("cases.read_processing")
@require_safe
def show_draft(request: StaffRequest, name: str = "register") -> HttpResponse:
    """Show a draft; nothing in it is about a person, so no line is written."""
    if name not in DRAFTS:
        raise Http404
    page = {"document": DRAFTS[name](request.user.org), "name": name}
    return render(request, "cases/rights/processing.html", page)


@only("cases.read_processing")
@require_safe
def download_draft(request: StaffRequest, name: str) -> HttpResponse:
    """Give a draft as Markdown."""
    if name not in DRAFTS:
        raise Http404
    text = markdown(DRAFTS[name](request.user.org))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return response
