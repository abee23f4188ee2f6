"""Pages of legal terms: let one run, and say how it ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zicht.care.clocks import actions
from zicht.care.clocks.forms import ClockForm
from zicht.care.plan.view_parts import address_of, ask, find_door, look
from zicht.care.view_parts import carry_out
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def start_clock(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Ask which term begins and on which day, and let it run."""
    door = find_door(request, keys, writes=True)
    form = ClockForm(sent(request))
    look(request, door)
    page: dict[str, object] = {"heading": _("A legal term begins"), "button": _("Let it run")}

    def act() -> object:
        given = form.cleaned_data
        return actions.start_clock(
            request.user, door, given["term"], given["start"], given["named"], clock_id=given["new_id"]
        )

    return ask(request, door, form, act, told=_("The term runs."), page=page, mark="#clocks")


@only("cases.see")
@require_POST
def end_clock(request: StaffRequest, /, clock_id: UUID, **keys: UUID) -> HttpResponse:
    """Say that a term was met, or no longer applies."""
    door = find_door(request, keys, writes=True)
    if carry_out(request, lambda: actions.end_clock(request.user, door, clock_id, request.POST.get("do", ""))):
        messages.success(request, _("Saved."))
    return redirect(f"{address_of(door)}#clocks")
