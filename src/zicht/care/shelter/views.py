"""Pages of shelter places: the board, shelters, a stay, and how full it will be."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.models import Shelter, Stay
from zicht.care.shelter import actions, forecast, pages, queries
from zicht.care.shelter.board import board
from zicht.care.shelter.forms import EndForm, ExtendForm, ForecastForm, ShelterForm
from zicht.care.view_parts import carry_out
from zicht.cases.view_parts import is_done
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent


@only("care.place")
@never_cache
@require_safe
def show_board(request: StaffRequest) -> HttpResponse:
    """Show what is free, who leaves when, which holds run out, and who waits."""
    record_access(request.user, "listed", "stay")
    return render(request, "care/board.html", {"board": board(request.user)})


# --- shelters -----------------------------------------------------------------------------------------------------
@only("care.keep_shelters")
@require_http_methods(["GET", "HEAD", "POST"])
def add_shelter(request: StaffRequest) -> HttpResponse:
    """Ask what a shelter offers, and take it into use."""
    form = ShelterForm(sent(request), account=request.user)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.open_shelter(request.user, form.values, shelter_id=form.new_id)):
        messages.success(request, _("The shelter is in use."))
        return redirect("care:board")
    return render(request, "care/shelter.html", {"form": form})


@only("care.keep_shelters")
@require_http_methods(["GET", "HEAD", "POST"])
def change_shelter(request: StaffRequest, shelter_id: UUID) -> HttpResponse:
    """Ask what a shelter offers from now on."""
    shelter = _find_shelter(request, shelter_id)
    form = ShelterForm(sent(request), account=request.user, shelter=shelter)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.change_shelter(request.user, shelter, form.values)):
        messages.success(request, _("Saved."))
        return redirect("care:board")
    return render(request, "care/shelter.html", {"form": form, "shelter": shelter})


@only("care.keep_shelters")
@require_POST
def close_shelter(request: StaffRequest, shelter_id: UUID) -> HttpResponse:
    """Take an empty shelter out of use."""
    shelter = _find_shelter(request, shelter_id)
    if carry_out(request, lambda: actions.close_shelter(request.user, shelter)):
        messages.success(request, _("The shelter is out of use."))
    return redirect("care:board")


def _find_shelter(request: StaffRequest, shelter_id: UUID) -> Shelter:
    shelter = queries.find_shelter(request.user, shelter_id)
    if shelter is None or not request.user.has_perm("care.keep_shelters", shelter):
        raise Http404
    return shelter


# --- a stay -------------------------------------------------------------------------------------------------------
@only("care.place")
@never_cache
@require_safe
def show_stay(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Show one stay."""
    stay = _find_stay(request, stay_id)
    return render(request, "care/stay.html", {"page": pages.page_of_stay(request.user, stay), "stay": stay})


@only("care.place")
@require_http_methods(["GET", "HEAD", "POST"])
def extend_stay(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask until when a stay is planned now."""
    stay = _find_stay(request, stay_id)
    form = ExtendForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reason, until = given["extension_reason"], given["planned_until"]
        if is_done(form, lambda: actions.extend_stay(request.user, stay, until, reason)):
            messages.success(request, _("The stay is planned longer."))
            return redirect("care:stay", stay.pk)
    return render(
        request, "care/extend.html", {"form": form, "page": pages.page_of_stay(request.user, stay), "stay": stay}
    )


@only("care.place")
@require_http_methods(["GET", "HEAD", "POST"])
def end_stay(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask when and how a stay ended, and end it."""
    stay = _find_stay(request, stay_id)
    form = EndForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reason, handover = given["end_reason"], given["handover"]
        if is_done(form, lambda: actions.end_stay(request.user, stay, reason, form.day, handover)):
            messages.success(request, _("The stay ended. The place is free."))
            return redirect("care:board")
    return render(
        request, "care/end.html", {"form": form, "page": pages.page_of_stay(request.user, stay), "stay": stay}
    )


def _find_stay(request: StaffRequest, stay_id: UUID) -> Stay:
    stay = queries.find_stay(request.user, stay_id)
    if stay is None:
        raise Http404
    record_access(request.user, "seen", "stay", stay.pk)
    return stay


# --- how full it will be --------------------------------------------------------------------------------------------
@only("care.place")
@require_safe
def show_forecast(request: StaffRequest) -> HttpResponse:
    """Show how often somebody would find no place, by a formula and with a waiting list by simulation."""
    form = ForecastForm(request.GET or None, initial=dict(forecast.EXAMPLE))
    asked = form.cleaned_data if form.is_bound and form.is_valid() else None if form.is_bound else forecast.EXAMPLE
    shown = forecast.forecast(asked) if asked else None
    return render(request, "care/forecast.html", {"form": form, "shown": shown})
