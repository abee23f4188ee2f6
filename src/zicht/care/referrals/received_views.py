"""Pages of the side that receives: what was referred to it, as long as it may be seen, and its answer."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care import rules
from zicht.care.models import Referral
from zicht.care.referrals import actions, pages
from zicht.care.referrals.forms import RefuseForm
from zicht.care.shelter.pages import places_for
from zicht.care.transfers.queries import asked_about
from zicht.care.view_parts import back_to, carry_out, find_received, look
from zicht.cases.rules import walls_to_open_in
from zicht.cases.view_parts import is_done
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.models import Account

# What a button does, and what is said when it is done.
ANSWERS: Mapping[str, tuple[Callable[[Account, Referral], Referral], object]] = {
    "accepted": (actions.accept, gettext_lazy("Accepted. Whoever referred the person sees it.")),
    "arrived": (actions.note_arrival, gettext_lazy("The person arrived.")),
    "no_show": (actions.note_no_show, gettext_lazy("Noted. Whoever referred the person decides what happens next.")),
    "returned": (actions.give_back, gettext_lazy("Given back. Nothing of the person is seen here any more.")),
}


@only("care.receive")
@never_cache
@require_safe
def list_received(request: StaffRequest) -> HttpResponse:
    """Show what was referred to the reader's organisation and may be seen now."""
    record_access(request.user, "listed", "referral")
    shown: dict[str, object] = {
        "received": pages.rows_received(request.user),
        "may_place": request.user.has_perm("care.place"),
    }
    shown["may_see_cases"] = request.user.has_perm("cases.see")
    return render(request, "care/received.html", shown)


@only("care.receive")
@never_cache
@require_safe
def show_received(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral with what goes along; from the moment that it may not be seen this address is a 404."""
    referral = find_received(request, referral_id)
    page = pages.page_received(referral)
    look(request, referral)
    shown: dict[str, object] = {"page": page, "referral": referral, "places": places_for(request.user, referral)}
    is_theirs = referral.state in rules.MAY_BE_PLACED and referral.share is not None
    shown["may_ask"] = is_theirs and bool(walls_to_open_in(request.user))
    shown["transfer"] = asked_about(referral)
    return render(request, "care/referral.html", shown)


@only("care.receive")
@require_POST
def answer(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Take one step with a referral."""
    referral = find_received(request, referral_id)
    if request.POST.get("do") not in ANSWERS:
        raise Http404
    act, told = ANSWERS[request.POST["do"]]
    if carry_out(request, lambda: act(request.user, referral)):
        messages.success(request, str(told))
    return back_to(request, referral)


@only("care.receive")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Ask why a referral is refused, and refuse it."""
    referral = find_received(request, referral_id)
    look(request, referral)
    form = RefuseForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.refuse(request.user, referral, form.cleaned_data["reason"])):
        messages.success(request, _("Refused. Nothing of the person is seen here any more."))
        return redirect("care:received")
    page = pages.page_received(referral)
    return render(request, "care/refuse.html", {"form": form, "page": page, "referral": referral})
