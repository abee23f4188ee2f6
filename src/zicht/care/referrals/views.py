"""Pages of the side that refers: the referrals of a case, a new one, on which ground it goes, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.models import Referral
from zicht.care.referrals import actions, pages, queries
from zicht.care.referrals.forms import ReferForm, RefuseForm, TermsForm
from zicht.care.shelter.queries import Room, room_for
from zicht.care.view_parts import carry_out
from zicht.cases.errors import NotThereError
from zicht.cases.models import Case, Person
from zicht.cases.rights.consent.queries import has_consent
from zicht.cases.view_parts import find_case, find_person, is_done, look
from zicht.cases.wording import person_in_words
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.models import Organisation
from zicht.people.short_codes import short_code


@only("cases.see")
@require_safe
def show_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Show to whom the persons of a case were referred, and what was answered."""
    case = find_case(request, case_id)
    look(request, case)
    return render(request, "care/case.html", {"case": case, "page": pages.page_of_case(request.user, case)})


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask to whom somebody is referred and for what; nothing is sent yet."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    look(request, case, person)
    form = ReferForm(sent(request))
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _propose(request, case, person, form)):
        return redirect("care:send", case.pk, form.new_id)
    return render(request, "care/refer.html", {"case": case, "form": form, **_about(person)})


def _propose(request: StaffRequest, case: Case, person: Person, form: ReferForm) -> Referral:
    values = dict(form.values)
    to = Organisation.objects.filter(pk=str(values.pop("to_org"))).first()
    if to is None:
        raise NotThereError
    return actions.propose(request.user, case, person, to, values, referral_id=form.new_id)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: StaffRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Ask on which ground a referral goes and what goes along, and send it."""
    case = find_case(request, case_id, "cases.change")
    referral = _find(case, referral_id)
    look(request, case, referral.person)
    is_ours = referral.to_org_id == case.org_id
    form = TermsForm(sent(request))
    is_ready = request.method == "POST" and (is_ours or form.is_valid())
    if is_ready and is_done(form, lambda: _send(request, case, referral, None if is_ours else form)):
        if not queries.is_inside(referral.to_org):
            messages.success(request, _("The referral stands. The partner is outside Zicht: make the dossier now."))
            return redirect("care:dossier", case.pk, referral.pk)
        messages.success(request, _("The referral is sent. What the receiver answers appears here."))
        return redirect("care:case", case.pk)
    shown = {"case": case, "referral": referral, "form": form, "is_ours": is_ours, "room": _room(referral)}
    shown["is_agreed"] = not is_ours and has_consent(referral.person, "referral", referral.to_org)
    shown["said_no"] = queries.has_answer(referral.person, referral.to_org) in ("no", "withdrawn")
    return render(request, "care/send.html", {**shown, **_about(referral.person)})


def _send(request: StaffRequest, case: Case, referral: Referral, form: TermsForm | None) -> Referral:
    return actions.send(request.user, case, referral, form.terms if form else actions.Terms())


def _room(referral: Referral) -> Room | None:
    """Tell whether the receiver has room, where a place to stay is asked for; never in which shelter."""
    if (not referral.place_kind and "shelter" not in referral.support) or not queries.is_inside(referral.to_org):
        return None
    return room_for(referral.to_org, referral.place_kind, referral.person.age_band, referral.person.gender)


@only("cases.see")
@require_POST
def withdraw(request: StaffRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Take a referral back."""
    case = find_case(request, case_id, "cases.change")
    referral = _find(case, referral_id)
    if carry_out(request, lambda: actions.withdraw(request.user, case, referral)):
        messages.success(request, _("The referral is taken back. The receiver sees nothing of it any more."))
    return redirect("care:case", case.pk)


# --- partners outside Zicht ---------------------------------------------------------------------------------------
@only("cases.see")
@require_POST
def note_answer(request: StaffRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Note what a partner outside answered by telephone, or that the person came there or did not."""
    case = find_case(request, case_id, "cases.change")
    referral = _find(case, referral_id)
    if carry_out(request, lambda: actions.note_answer(request.user, case, referral, request.POST.get("do", ""))):
        messages.success(request, _("Noted."))
    return redirect("care:case", case.pk)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def note_refusal(request: StaffRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Ask why a partner outside refused, and note it."""
    case = find_case(request, case_id, "cases.change")
    referral = _find(case, referral_id)
    look(request, case, referral.person)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if is_done(form, lambda: actions.note_answer(request.user, case, referral, "refused", reason)):
            messages.success(request, _("Noted."))
            return redirect("care:case", case.pk)
    return render(request, "care/partner_refused.html", {"case": case, "form": form, **_about(referral.person)})


# --- parts --------------------------------------------------------------------------------------------------------
def _find(case: Case, referral_id: UUID) -> Referral:
    found = queries.find_sent(case, referral_id)
    if found is None:
        raise Http404
    return found


def _about(person: Person) -> dict[str, object]:
    return {"person": person, "line": person_in_words(person), "code": short_code(person.pk)}
