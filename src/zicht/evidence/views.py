"""Pages of sources."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zicht.evidence.models import Source
from zicht.people.guard import StaffRequest, only


@only("evidence.read")
@require_safe
def list_sources(request: StaffRequest) -> HttpResponse:
    """Show the sources that the reader may see."""
    sources = Source.objects.visible_to(request.user).order_by("-collected_on")
    return render(request, "evidence/sources.html", {"sources": sources})
