"""Serve the signed files of the checklist: public, the same bytes for everybody, and without a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zicht.contact.visitor_page.serving import give_listed
from zicht.signals.checklist.building import FILE_OF, POLICY, POLICY_OF_WORKER, WORKER


@require_safe
def show_file(request: HttpRequest, name: str = FILE_OF["nl"]) -> HttpResponse:
    """Give a file; the worker alone may fetch, as it has no page whose rules would hold for it."""
    if name == WORKER:
        return give_listed(request, settings.CHECKLIST_PAGE, name, POLICY, POLICY_OF_WORKER)
    return give_listed(request, settings.CHECKLIST_PAGE, name, POLICY)
