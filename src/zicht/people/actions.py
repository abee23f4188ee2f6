"""Everything that changes organisations, accounts and roles; each change writes its line in the access log with it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from zicht.people import log, rules
from zicht.people.errors import (
    AccountClosedError,
    CodeNotValidError,
    LastAdministratorError,
    NotAllowedError,
    PurposeNotAllowedError,
    RoleHeldAlreadyError,
    RoleOutsideRegimeError,
    RolesStandApartError,
)
from zicht.people.models import AccessLine, Account, ApiToken, Organisation, RoleGrant, SetUpCode
from zicht.people.set_up_codes import hash_code, make_code

CODE_VALID = dt.timedelta(hours=72)  # a weekend
UNKNOWN_EVERY = 60  # seconds between two lines of failures under names that are nobody's


@dataclass(frozen=True)
class Invitation:
    """A set-up code as it is shown once: afterwards only its hash is known."""

    account: Account
    code: str = field(repr=False)
    valid_until: dt.datetime


# --- looking ----------------------------------------------------------------------------------------------------
def record_access(
    account: Account,
    verb: str,
    subject: str,
    subject_id: str | UUID = "",
    *,
    purpose: str = "",
    org: Organisation | None = None,
    compartment: str = "",
) -> AccessLine:
    """Write down what an account looks at; without a purpose it is the first one of its roles."""
    allowed = rules.purposes_of(account)
    if purpose and purpose not in allowed:
        raise PurposeNotAllowedError
    why = purpose or allowed[0]
    return log.append(account, verb, subject, subject_id, purpose=why, compartment=compartment, org=org)


def record_ending(
    by: Account | Organisation,
    verb: str,
    subject: str,
    subject_id: UUID,
    *,
    purpose: str = "",
    compartment: str = "",
) -> AccessLine:
    """Write down what ended with a term: by an account, or for an organisation by the installation itself."""
    if isinstance(by, Account):
        return record_access(by, verb, subject, subject_id, purpose=purpose, compartment=compartment)
    return log.append(None, verb, subject, subject_id, purpose="supervision", compartment=compartment, org=by)


def record_sign_in(account: Account) -> AccessLine:
    """Write down that somebody signed in."""
    return log.append(account, "signed_in", "account", account.pk, purpose="security")


def record_sign_out(account: Account) -> AccessLine:
    """Write down that somebody signed out."""
    return log.append(account, "signed_out", "account", account.pk, purpose="security")


def record_accepted_password(account: Account) -> AccessLine:
    """Write down that a password was right and the second factor is asked for."""
    return log.append(account, "password_accepted", "account", account.pk, purpose="security")


def record_failed_sign_in(account: Account | None) -> AccessLine | None:
    """Write down a failed sign-in; what was typed is not kept, since it may be a password in the wrong box."""
    # Each name has its own limit but there are endless names: a stranger must not fill the log with lines of nobody.
    if account is None and not cache.add("zicht:failed-sign-in-of-nobody", True, UNKNOWN_EVERY):
        return None
    return log.append(account, "sign_in_failed", "account", account.pk if account else "", purpose="security")


def record_own_security(account: Account) -> AccessLine:
    """Write down that somebody changed their own password or second factor."""
    return log.append(account, "changed", "account", account.pk, purpose="security")


# --- organisations and accounts ---------------------------------------------------------------------------------
@transaction.atomic
def create_organisation(values: Mapping[str, object], *, login: str, shown_as: str) -> Invitation:
    """Create an organisation together with its first administrator, without whom nobody could let anybody in."""
    organisation = Organisation(**values)
    if "mandatory_reporter" not in values:
        organisation.mandatory_reporter = rules.is_mandatory_reporter(organisation.org_type)
    organisation.full_clean()
    organisation.save()
    account = _new_account(organisation, login, shown_as)
    grant = _give(account, "administrator", None)
    invitation = _new_code(account)
    _record_change(None, account, "organisation", organisation.pk)
    _record_change(None, account, "account", account.pk)
    _record_change(None, account, "role_grant", grant.pk)
    return invitation


@transaction.atomic
def add_partner(by: Account, values: Mapping[str, object]) -> Organisation:
    """Add an organisation that cases come from or go to; without an account nobody of it can sign in here."""
    _authorise(by, "people.add_partner", by.org)
    partner = Organisation(**values)
    partner.mandatory_reporter = rules.is_mandatory_reporter(partner.org_type)
    partner.full_clean()
    partner.save()
    _record_change(by, by, "organisation", partner.pk)
    return partner


@transaction.atomic
def invite_account(by: Account, *, login: str, shown_as: str, roles: Iterable[str] = ()) -> Invitation:
    """Create an account with its roles; the code lets the person choose a password within 72 hours."""
    _authorise(by, "people.invite", by.org)
    account = _new_account(by.org, login, shown_as)
    grants = [_give(account, role, by) for role in roles]
    invitation = _new_code(account)
    _record_change(by, account, "account", account.pk)
    for grant in grants:
        _record_change(by, account, "role_grant", grant.pk)
    return invitation


@sensitive_variables("code", "password")
@transaction.atomic
def accept_invitation(code: str, password: str) -> Account:
    """Set the password of the account that a set-up code belongs to, once."""
    # of self: the log refers to the account, and a line written at the same moment must not wait for this lock.
    good = SetUpCode.objects.opened_by(code).select_for_update(of=("self",)).first()
    if good is None:
        raise CodeNotValidError
    account = Account.objects.get(pk=good.account_id)
    good.delete()
    account.status = "active"
    account.set_password(password)
    account.save()
    record_own_security(account)
    return account


@transaction.atomic
def change_password(account: Account, password: str) -> None:
    """Set somebody's own password."""
    account.set_password(password)
    # Nothing else: an account that was closed a moment ago must not be saved back as active.
    account.save(update_fields=["password"])
    record_own_security(account)


@transaction.atomic
def close_account(by: Account | None, account: Account) -> Account:
    """Close an account for good: its roles end, its sign-in means are wiped, its sessions are worth nothing."""
    _authorise(by, "people.close_account", account)
    account = _find_open(account)
    _refuse_without_administrator(account)
    account.status, account.closed_on = "closed", timezone.localdate()
    _wipe_sign_in(account)
    account.save()
    for grant in account.grants.filter(ended_on=None):
        _end(grant)
    _record_change(by, account, "account", account.pk)
    return account


@transaction.atomic
def reset_second_factor(by: Account | None, account: Account) -> Invitation:
    """Wipe password and second factor of somebody who lost them, or whose code ran out, and make a new code."""
    _authorise(by, "people.reset_second_factor", account)
    account = _find_open(account)
    _wipe_sign_in(account)
    account.save()
    invitation = _new_code(account)
    _record_change(by, account, "account", account.pk)
    return invitation


# --- roles ------------------------------------------------------------------------------------------------------
@transaction.atomic
def grant_role(by: Account, account: Account, role: str) -> RoleGrant:
    """Give a role to an account of the same organisation."""
    _authorise(by, "people.grant_role", account)
    grant = _give(_find_open(account), role, by)
    _record_change(by, account, "role_grant", grant.pk)
    return grant


@transaction.atomic
def end_role(by: Account | None, grant: RoleGrant) -> RoleGrant:
    """End a role today; that it was held stays known."""
    _authorise(by, "people.end_role", grant.account)
    if grant.role == "administrator":
        _refuse_without_administrator(grant.account)
    _end(grant)
    _record_change(by, grant.account, "role_grant", grant.pk)
    return grant


# --- parts ------------------------------------------------------------------------------------------------------
def _authorise(by: Account | None, permission: str, record: Account | Organisation) -> None:
    """Ask the rules about the account as it is now, one change of an organisation's people at a time."""
    # Without the lock two administrators could close each other at the same moment.
    # no_key: the log refers to the organisation, and a line written at the same moment must not wait for this lock.
    Organisation.objects.select_for_update(no_key=True).get(pk=record.org_id)
    if by is not None and not Account.objects.get(pk=by.pk).has_perm(permission, record):
        raise NotAllowedError


def _find_open(account: Account) -> Account:
    account = Account.objects.get(pk=account.pk)
    if account.status == "closed":
        raise AccountClosedError
    return account


def _new_account(organisation: Organisation, login: str, shown_as: str) -> Account:
    account = Account(org=organisation, login=login.lower(), shown_as=shown_as, created_on=timezone.localdate())
    account.set_unusable_password()
    account.full_clean()
    account.save()
    return account


def _new_code(account: Account) -> Invitation:
    code = make_code()
    valid_until = timezone.now() + CODE_VALID
    SetUpCode.objects.update_or_create(
        account=account, defaults={"code_hash": hash_code(code), "valid_until": valid_until}
    )
    return Invitation(account, code, valid_until)


def _give(account: Account, role: str, by: Account | None) -> RoleGrant:
    held = set(account.grants.filter(ended_on=None).values_list("role", flat=True))
    grant = RoleGrant(account=account, role=role, granted_by=by, granted_on=timezone.localdate())
    grant.refuse_if_wrong()
    if role in held:
        raise RoleHeldAlreadyError
    if not rules.is_role_within(role, account.org.legal_regime):
        raise RoleOutsideRegimeError
    if not rules.may_stand_together({*held, role}):
        raise RolesStandApartError
    grant.save()
    return grant


def _end(grant: RoleGrant) -> None:
    grant.ended_on = timezone.localdate()
    grant.save()


def _wipe_sign_in(account: Account) -> None:
    # The hash of a session covers the password, so this also ends every session.
    account.set_unusable_password()
    Authenticator.objects.filter(user=account).delete()
    SetUpCode.objects.filter(account=account).delete()
    ApiToken.objects.good().filter(account=account).update(ended_on=timezone.localdate())


def _refuse_without_administrator(leaving: Account) -> None:
    is_one = leaving.grants.filter(role="administrator", ended_on=None).exists()
    others = Account.objects.filter(
        org_id=leaving.org_id, status="active", grants__role="administrator", grants__ended_on=None
    ).exclude(pk=leaving.pk)
    if is_one and not others.exists():
        raise LastAdministratorError


def _record_change(by: Account | None, account: Account, subject: str, subject_id: UUID) -> None:
    """Write the line of a change; one made on the command line stands under the account that it concerns."""
    log.append(by or account, "changed", subject, subject_id, purpose="administration")
