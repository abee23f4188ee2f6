"""What the pages of this room share: finding a version or answering 404, and doing what a button asks."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from zicht.barriers.processes.queries import Version, find_version
from zicht.cases.errors import CasesError, NotAllowedError, NotThereError
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest

LOOK, KEEP = "barriers.look", "barriers.keep"
ASKS = ["GET", "HEAD", "POST"]


def find(request: StaffRequest, process: str, number: int | None = None) -> Version:
    """Find a version of a process that the reader may see, or answer as if it did not exist."""
    found = find_version(request.user, process, number)
    if found is None:
        raise Http404
    return found


def draw(request: StaffRequest, template: str, shown: Mapping[str, object]) -> HttpResponse:
    """Draw a page of this room, which offers changes to those who keep."""
    return render(request, template, {**shown, "may_keep": request.user.has_perm(KEEP)})


def listed(request: StaffRequest, entity: str) -> None:
    """Write down that a list was looked at."""
    record_access(request.user, "listed", entity)


def carry_out(request: StaffRequest, act: Callable[[], object]) -> bool:
    """Carry out an action of a button; what it refuses is said, what must not be known is a 404."""
    try:
        act()
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
        return False
    return True
