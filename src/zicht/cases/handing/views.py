"""Pages that hand over files: the paper of a case, and a locked file with the password that is shown once."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from zicht.cases.handing.contents import paper_of_case
from zicht.cases.handing.papers import as_pdf
from zicht.cases.pages import page_of_case
from zicht.cases.view_parts import find_case, look
from zicht.people import waiting
from zicht.people.guard import StaffRequest, only
from zicht.people.locked_files import ZIP, File, download, lock
from zicht.people.short_codes import short_code

HELD = "zicht_locked_files"  # in the session: name and key of each file that waits to be fetched
MOST_HELD = 10
ANY_KIND = "application/octet-stream"  # of what opens with a program of its own


@only("cases.see")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Give a case as a paper, as far as its reader sees it: as it is, or locked where a form asks so."""
    case = find_case(request, case_id)
    file = as_pdf(paper_of_case(page_of_case(request.user, case)), short_code(case.pk))
    look(request, case, verb="exported")
    return hand_over(request, file, back=reverse("cases:case", args=[case.pk]))


@sensitive_variables()
def hand_over(
    request: StaffRequest, file: File, *, back: str, template: str = "cases/handing/locked.html"
) -> HttpResponse:
    """Answer with a file; one that is locked, or that a form asks for, waits behind a page with its password."""
    if not file.password and request.method != "POST":
        return download(file)
    locked = file if file.password else lock(file)
    # Rendered and not redirected to: a redirect would have to keep the password somewhere readable.
    page = {"file": locked, "address": reverse("cases:locked_file", args=[_keep(request, locked)]), "back": back}
    return render(request, template, page)


def _keep(request: StaffRequest, file: File) -> UUID:
    job, key = waiting.begin()
    waiting.find(job, key).keep("locked", file.content)
    held = {**request.session.get(HELD, {}), job.hex: [file.name, key]}
    request.session[HELD] = dict(list(held.items())[-MOST_HELD:])
    return job


@only("cases.see")
@never_cache
@require_safe
def fetch(request: StaffRequest, job: UUID) -> HttpResponse:
    """Give a locked file to the session that made it, for an hour."""
    name, key = request.session.get(HELD, {}).get(job.hex, ("", ""))
    content = waiting.find(job, key).open("locked") if key else None
    if content is None:
        raise Http404
    return download(File(content, name, ZIP if name.endswith(".zip") else ANY_KIND))
