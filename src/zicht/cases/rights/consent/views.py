"""Pages of consent: what was answered for a person, a new answer, a withdrawal, and a decision about a giver."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zicht.cases.models import Case, Consent, Person
from zicht.cases.rights.consent import actions, pages, queries
from zicht.cases.rights.consent.forms import ConsentForm, WithdrawForm
from zicht.cases.rights.forms import ReasonForm
from zicht.cases.view_parts import find_case, find_person, is_done, look
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.short_codes import short_code


@only("cases.see")
@require_safe
def show_consents(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Show what was answered for a person, and whether there is consent."""
    case = find_case(request, case_id)
    person = find_person(request, case, person_id)
    look(request, case, person)
    page = pages.page_of_consents(request.user, case, person)
    return render(request, "cases/rights/consents.html", {"case": case, "page": page})


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def add_consent(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask what somebody answered for one purpose; the law at this age stands beside it."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    look(request, case, person)
    suspected = queries.is_parent_suspected(person)
    needs_reason = pages.always_needs_reason(person, is_parent_suspected=suspected)
    form = ConsentForm(sent(request), is_parent_suspected=suspected, needs_reason=needs_reason)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _record(request, case, person, form)):
        messages.success(request, _("The answer is recorded."))
        return redirect("cases:consents", case.pk, person.pk)
    page = {"form": form, "is_parent_suspected": suspected, "law": pages.law_for(person)}
    return _show(request, "cases/rights/consent_add.html", case, person, page)


def _record(request: StaffRequest, case: Case, person: Person, form: ConsentForm) -> Consent:
    asks, key = form.asks_colleague, form.new_id
    return actions.record_consent(request.user, case, person, form.values, consent_id=key, ask_colleague=asks)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_consent(request: StaffRequest, case_id: UUID, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """Say what a withdrawal ends, ask who withdraws and when, and withdraw."""
    case, person, consent = _find(request, case_id, person_id, consent_id)
    form = WithdrawForm(request.POST or None, consent=consent)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _withdraw(request, case, consent, form)):
        messages.success(request, _("The consent is withdrawn, and what rested on it has ended."))
        return redirect("cases:consents", case.pk, person.pk)
    shares = consent.shares.filter(ended_on=None).select_related("to_org")
    page = {"form": form, "consent": consent, "shares": shares}
    return _show(request, "cases/rights/consent_withdraw.html", case, person, page)


def _withdraw(request: StaffRequest, case: Case, consent: Consent, form: WithdrawForm) -> Consent:
    return actions.withdraw_consent(
        request.user,
        case,
        consent,
        given_by=form.cleaned_data["given_by"],
        withdrawn_on=form.cleaned_data["withdrawn_on"],
        version=form.version,
    )


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def decide_consent(request: StaffRequest, case_id: UUID, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """Let a colleague decide about an answer that does not count by itself, with a reason."""
    case, person, consent = _find(request, case_id, person_id, consent_id)
    form = ReasonForm(request.POST or None, entity="consent", field="why_able", version=consent.version)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _decide(request, case, consent, form)):
        messages.success(request, _("The decision is recorded."))
        return redirect("cases:consents", case.pk, person.pk)
    page = {
        "form": form,
        "consent": consent,
        "is_own": queries.recorded_by(consent) == request.user.pk,
        "is_parent_suspected": queries.is_parent_suspected(person),
        "may_be_allowed": actions.may_be_allowed(consent),
    }
    return _show(request, "cases/rights/consent_decide.html", case, person, page)


def _decide(request: StaffRequest, case: Case, consent: Consent, form: ReasonForm) -> Consent:
    act = actions.keep_aside if request.POST.get("decision") == "aside" else actions.allow_giver
    return act(request.user, case, consent, form.cleaned_data["reason"], version=form.version)


# --- parts --------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, case_id: UUID, person_id: UUID, consent_id: UUID) -> tuple[Case, Person, Consent]:
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    consent = queries.find_consent(request.user, case, person, consent_id)
    if consent is None:
        raise Http404
    look(request, case, consent)
    return case, person, consent


def _show(request: StaffRequest, template: str, case: Case, person: Person, page: dict[str, object]) -> HttpResponse:
    return render(request, template, {"case": case, "person": person, "code": short_code(person.pk), **page})
