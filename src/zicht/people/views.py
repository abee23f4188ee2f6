"""Pages about who somebody is, and about the accounts of an organisation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.people import actions, queries, rules
from zicht.people.code_fields import label_of
from zicht.people.errors import CodeNotValidError, PeopleError
from zicht.people.forms import GrantForm, InviteForm, PartnerForm, SetUpForm
from zicht.people.guard import StaffRequest, only, require
from zicht.people.models import Account

NEXT_STEPS = (
    ("people.see_accounts", "people:accounts", gettext_lazy("See who has an account")),
    ("people.invite", "people:invite", gettext_lazy("Invite somebody")),
    ("people.add_partner", "people:partners", gettext_lazy("See and add organisations to work with")),
    (
        "people.read_organisation_log",
        "people:organisation_log",
        gettext_lazy("Read the access log of the organisation"),
    ),
    ("people.see_organisation", "people:organisation", gettext_lazy("See what is known about the organisation")),
    ("people.see_organisation", "people:log", gettext_lazy("See what was written down about this account")),
    ("people.see_accounts", "people:organisation_tokens", gettext_lazy("See the keys of the organisation")),
    ("people.make_token", "people:tokens", gettext_lazy("Make a key for a program")),
)
VERBS_OF_AN_ACCOUNT = ("grant_role", "end_role", "close_account", "reset_second_factor")


# --- oneself ----------------------------------------------------------------------------------------------------
@require_safe
def show_home(request: StaffRequest) -> HttpResponse:
    """Show who somebody is, behind which walls they may look, and what they may do next."""
    walls = rules.compartments_of(request.user)
    page = {
        "roles": [label_of("staff_role", role) for role in sorted(request.user.roles)],
        "walls": [label_of("compartment", wall) for wall in sorted(walls)],
        "next_steps": [(reverse(name), label) for right, name, label in NEXT_STEPS if request.user.has_perm(right)],
        "second_factor": queries.second_factor_of(request.user),
    }
    return render(request, "people/home.html", page)


@only("people.see_organisation")
@require_safe
def show_organisation(request: StaffRequest) -> HttpResponse:
    """Show what is known about the own organisation, field by field."""
    organisation = request.user.org
    retention = rules.retention_under(organisation.legal_regime)
    return render(
        request, "people/organisation.html", {"facts": queries.facts_of(organisation), "retention": retention}
    )


@only("people.add_partner")
@require_http_methods(["GET", "HEAD", "POST"])
def list_partners(request: StaffRequest) -> HttpResponse:
    """Show the organisations to work with, and add one that does not use this Zicht itself."""
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            partner = actions.add_partner(request.user, form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("%(organisation)s was added.") % {"organisation": partner})
            return redirect("people:partners")
    partners = list(queries.partners_of(request.user.org_id))
    return render(request, "people/partners.html", {"form": form, "partners": partners})


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Let the holder of a set-up code choose a password; the code is in the form, never in an address."""
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(form.cleaned_data["code"], form.cleaned_data["new_password1"])
        except CodeNotValidError as refusal:  # somebody else used it a moment ago
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The password is set. Sign in with it now."))
            return redirect("account_login")
    return render(request, "people/set_up.html", {"form": form})


# --- accounts of the organisation -------------------------------------------------------------------------------
@only("people.see_accounts")
@require_safe
def list_accounts(request: StaffRequest) -> HttpResponse:
    """Show the accounts of the own organisation."""
    actions.record_access(request.user, "listed", "account")
    accounts = list(queries.accounts_of(request.user.org_id))
    return render(request, "people/accounts.html", {"accounts": accounts})


@only("people.see_accounts")
@require_safe
def show_account(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Show one account with the roles it has and had."""
    account = _find(request, account_id, "people.see_accounts")
    return _show_account(request, account, GrantForm(account=account))


@only("people.invite")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Make an account, and show its set-up code this one time."""
    form = InviteForm(request.POST or None, regime=request.user.org.legal_regime)
    if request.method == "POST" and form.is_valid():
        try:
            return _show_code(request, actions.invite_account(request.user, **form.cleaned_data))
        except PeopleError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return render(request, "people/invite.html", {"form": form})


@only("people.invite")
@require_POST
def grant_role(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Give a role."""
    account = _find(request, account_id, "people.grant_role")
    form = GrantForm(request.POST, account=account)
    if form.is_valid():
        try:
            actions.grant_role(request.user, account, form.cleaned_data["role"])
            return redirect("people:account", account.pk)
        except PeopleError as refusal:
            form.add_error("role", str(refusal))
    return _show_account(request, account, form)


@only("people.invite")
@require_POST
def end_role(request: StaffRequest, account_id: UUID, grant_id: UUID) -> HttpResponse:
    """End a role."""
    account = _find(request, account_id, "people.end_role")
    grant = get_object_or_404(account.grants.select_related("account"), pk=grant_id, ended_on=None)
    try:
        actions.end_role(request.user, grant)
    except PeopleError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:account", account.pk)


@only("people.invite")
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Say what closing means, and close."""
    account = _find(request, account_id, "people.close_account")
    actions.record_access(request.user, "seen", "account", account.pk)
    if request.method == "POST":
        try:
            actions.close_account(request.user, account)
        except PeopleError as refusal:
            messages.error(request, str(refusal))
        return redirect("people:account", account.pk)
    return render(request, "people/close.html", {"account": account})


@only("people.invite")
@require_http_methods(["GET", "HEAD", "POST"])
def reset_account(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Say what a new set-up code means, and show it this one time."""
    account = _find(request, account_id, "people.reset_second_factor")
    actions.record_access(request.user, "seen", "account", account.pk)
    if request.method == "POST":
        try:
            return _show_code(request, actions.reset_second_factor(request.user, account))
        except PeopleError as refusal:
            messages.error(request, str(refusal))
            return redirect("people:account", account.pk)
    return render(request, "people/reset.html", {"account": account})


# --- parts ------------------------------------------------------------------------------------------------------
def _find(request: StaffRequest, account_id: UUID, permission: str) -> Account:
    account = queries.find_account(request.user, account_id)
    if account is None:
        raise Http404
    require(request, permission, account)
    return account


def _show_account(request: StaffRequest, account: Account, form: GrantForm) -> HttpResponse:
    actions.record_access(request.user, "seen", "account", account.pk)
    may = {verb: request.user.has_perm(f"people.{verb}", account) for verb in VERBS_OF_AN_ACCOUNT}
    is_open = account.status != "closed"
    page = {"account": account, "grants": queries.grants_of(account), "form": form, "is_open": is_open, "may": may}
    return render(request, "people/account.html", page)


def _show_code(request: StaffRequest, invitation: actions.Invitation) -> HttpResponse:
    # Rendered and not redirected to: a redirect would have to keep the code somewhere readable.
    address = request.build_absolute_uri(reverse("people:set_up"))
    return render(request, "people/code.html", {"invitation": invitation, "address": address})
