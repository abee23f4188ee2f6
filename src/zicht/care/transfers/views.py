"""Pages of transfers: offering a case, asking for one, and answering."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.models import Transfer
from zicht.care.referrals.forms import GroundForm, OfferForm
from zicht.care.transfers import actions, pages, queries
from zicht.care.view_parts import back_to, carry_out, find_received
from zicht.cases.view_parts import find_case, is_done, look
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.models import Account, Organisation
from zicht.people.short_codes import short_code

# What a button does, and what is said when it is done.
ANSWERS: Mapping[str, tuple[Callable[[Account, Transfer], Transfer], object]] = {
    "take": (actions.take_case, gettext_lazy("The case is with this organisation now, and you own it.")),
    "refuse": (actions.refuse_case, gettext_lazy("Refused. The case stays where it is.")),
    "take_back": (actions.take_back, gettext_lazy("Taken back. The case stays where it is.")),
}


@only("cases.see")
@never_cache
@require_safe
def list_transfers(request: StaffRequest) -> HttpResponse:
    """Show which cases were asked for or offered, and which went over."""
    record_access(request.user, "listed", "transfer")
    return render(request, "care/transfers.html", {"rows": pages.rows(request.user)})


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask to which organisation a case goes and on which ground, and offer it."""
    case = find_case(request, case_id, "cases.change")
    look(request, case)
    form = OfferForm(sent(request), own=request.user.org)
    if request.method == "POST" and form.is_valid():
        to = Organisation.objects.filter(pk=form.cleaned_data["to_org"]).first()
        if to is None:
            raise Http404
        if is_done(form, lambda: actions.offer_case(request.user, case, to, form.ground)):
            messages.success(request, _("The case is offered. It stays here until the other organisation says yes."))
            return redirect("care:transfers")
    shown = {"case": case, "code": short_code(case.pk), "form": form, "asked": queries.asked_of(case)}
    return render(request, "care/offer.html", shown)


@only("care.receive")
@require_POST
def ask(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Ask whoever referred somebody for the whole case."""
    referral = find_received(request, referral_id)
    if carry_out(request, lambda: actions.ask_for_case(request.user, referral)):
        messages.success(request, _("Asked. The case comes over when the other organisation says yes."))
    return back_to(request, referral)


@only("cases.see")
@require_POST
def answer(request: StaffRequest, transfer_id: UUID) -> HttpResponse:
    """Answer a transfer, or take it back."""
    transfer = _find(request, transfer_id)
    if request.POST.get("do") not in ANSWERS:
        raise Http404
    act, told = ANSWERS[request.POST["do"]]
    if carry_out(request, lambda: act(request.user, transfer)):
        messages.success(request, str(told))
    return redirect("care:transfers")


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: StaffRequest, transfer_id: UUID) -> HttpResponse:
    """Ask on which ground a case goes to whoever asked for it, and give it."""
    transfer = _find(request, transfer_id)
    row = pages.row(request.user, transfer)
    if not row.may_give:
        raise Http404
    form = GroundForm(sent(request))
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.give_case(request.user, transfer, form.ground)):
        messages.success(request, _("The case went over. Nothing of it is seen here any more."))
        return redirect("care:transfers")
    return render(request, "care/give.html", {"form": form, "row": row})


def _find(request: StaffRequest, transfer_id: UUID) -> Transfer:
    found = queries.find_transfer(request.user, transfer_id)
    if found is None:
        raise Http404
    return found
