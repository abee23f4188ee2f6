"""Pages with which somebody who was referred gets a place: held, waited for, taken."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zicht.care import rules
from zicht.care.models import Hold, Referral
from zicht.care.referrals.pages import page_received
from zicht.care.shelter import actions, queries
from zicht.care.shelter.board import name_in_words
from zicht.care.shelter.forms import HoldForm, WaitForm
from zicht.care.view_parts import back_to, carry_out, find_received, look
from zicht.cases.errors import NotThereError
from zicht.cases.rules import terms
from zicht.cases.view_parts import is_done
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.models import Account
from zicht.people.wording import in_words

# What a button does, and what is said when it is done.
STEPS: Mapping[str, tuple[Callable[[Account, Referral], object], object]] = {
    "begin": (actions.begin_stay, gettext_lazy("The stay began.")),
    "release": (actions.release_place, gettext_lazy("The place is free again.")),
    "off": (actions.take_off_list, gettext_lazy("Off the waiting list.")),
}


@only("care.place")
@require_http_methods(["GET", "HEAD", "POST"])
def hold_place(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Ask in which shelter a place is held for somebody, and hold it."""
    referral = find_received(request, referral_id)
    look(request, referral)
    offered = _offered(request.user, referral)
    form = HoldForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _hold(request, referral, form)):
        messages.success(request, _("The place is held."))
        return redirect("care:referral", referral.pk)
    shown = {"form": form, "page": page_received(referral), "referral": referral, "is_nothing_offered": not offered}
    return render(request, "care/hold.html", shown)


def _offered(reader: Account, referral: Referral) -> list[tuple[str, str]]:
    """Offer the shelters that take somebody of this age and gender, with what is free there."""
    person = referral.person
    shelters, numbers = queries.shelters_in_order(reader)
    days = queries.next_free_days(reader.org, shelters)
    taken = queries.taken_by_shelter(shelters)
    offered = []
    for shelter in shelters:
        if not rules.fits(shelter, person.age_band, person.gender):
            continue
        free = shelter.capacity - taken.get(shelter.pk, 0)
        told = {"shelter": name_in_words(shelter, numbers[shelter.pk]), "n": max(0, free)}
        label = ngettext("%(shelter)s: %(n)s free", "%(shelter)s: %(n)s free", free) % told
        day = days.get(shelter.pk)
        if free <= 0 and day:
            label += _(", next place %(day)s") % {"day": in_words("stay", "planned_until", day)}
        offered.append((str(shelter.pk), label))
    return offered


def _hold(request: StaffRequest, referral: Referral, form: HoldForm) -> Hold:
    shelter = queries.find_shelter(request.user, UUID(form.cleaned_data["shelter"]))
    if shelter is None:
        raise NotThereError
    return actions.hold_place(request.user, referral, shelter, form.cleaned_data["hours"])


@only("care.place")
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Ask for what somebody waits, and put them on the waiting list."""
    referral = find_received(request, referral_id)
    look(request, referral)
    begin: dict[str, object] = {"place_kind": referral.place_kind, "urgency": "".join(terms(referral.urgency))}
    form = WaitForm(sent(request), begin=begin)
    if request.method == "POST" and form.is_valid():
        unsafe = form.cleaned_data["unsafe"]
        if is_done(form, lambda: actions.put_on_list(request.user, referral, form.values, unsafe)):
            messages.success(request, _("On the waiting list."))
            return redirect("care:referral", referral.pk)
    return render(request, "care/wait.html", {"form": form, "page": page_received(referral), "referral": referral})


@only("care.place")
@require_POST
def step(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Take one step with a place: let the stay begin, give the place back, or take somebody off the list."""
    referral = find_received(request, referral_id)
    if request.POST.get("do") not in STEPS:
        raise Http404
    act, told = STEPS[request.POST["do"]]
    if carry_out(request, lambda: act(request.user, referral)):
        messages.success(request, str(told))
    return back_to(request, referral)
