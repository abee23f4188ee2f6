"""Who may do what: decisions about accounts, without database and without request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from rules.permissions import add_perm, has_perm, perm_exists
from rules.predicates import Predicate

from zicht import words

# Who manages accounts sees no content; who supervises does nothing else. Neither shares an account with another role.
ROLES_THAT_STAND_ALONE = frozenset({"administrator", "privacy_officer"})
OWN_DATA = "own_data"  # the purpose everybody has: what is kept about oneself


class OrganisationLike(Protocol):
    """What a rule must know about an organisation."""

    @property
    def legal_regime(self) -> str:
        """Give a code of list legal_regime."""


class AccountLike(Protocol):
    """What a rule must know about an account."""

    @property
    def account_id(self) -> UUID:
        """Give the key of the account."""

    @property
    def org_id(self) -> UUID:
        """Give the key of its organisation."""

    @property
    def org(self) -> OrganisationLike:
        """Give its organisation."""

    @property
    def status(self) -> str:
        """Give a code of list account_status."""

    @property
    def roles(self) -> frozenset[str]:
        """Give the codes of list staff_role it has now."""


# --- walls and purposes -----------------------------------------------------------------------------------------
def compartments_of(account: AccountLike) -> frozenset[str]:
    """Give the walls an account may look behind: those of its roles, as far as its organisation's regime has them."""
    if account.status != "active":
        return frozenset()
    each = (compartments_of_role(role, account.org.legal_regime) for role in account.roles)
    return frozenset[str]().union(*each)


def compartments_of_role(role: str, regime: str) -> frozenset[str]:
    """Give the walls a role may look behind in an organisation of a legal regime."""
    lists = words.vocabulary().lists
    of_role = lists["staff_role"].codes[role].texts("compartments")
    of_regime = lists["legal_regime"].codes[regime].texts("compartments")
    return frozenset(of_role) & frozenset(of_regime)


def purposes_for_others(account: AccountLike) -> tuple[str, ...]:
    """Give the purposes an account may name for looking at what is kept about others."""
    return tuple(purpose for purpose in purposes_of(account) if purpose != OWN_DATA)


def purposes_of(account: AccountLike) -> tuple[str, ...]:
    """Give the purposes an account may name for looking, the default of its first role in front."""
    roles = words.vocabulary().lists["staff_role"].codes.values()
    named = [purpose for role in roles if role.code in account.roles for purpose in role.texts("purposes")]
    return tuple(dict.fromkeys([*named, OWN_DATA]))


def is_mandatory_reporter(org_type: str) -> bool:
    """Tell whether organisations of a type must report presumed victims; a type that is none must not."""
    term = words.vocabulary().lists["org_type"].codes.get(org_type)
    return term is not None and term.is_marked("mandatory_reporter")


# --- roles ------------------------------------------------------------------------------------------------------
def is_role_within(role: str, regime: str) -> bool:
    """Tell whether a role makes sense under a legal regime: a news desk has no counsellor."""
    return bool(compartments_of_role(role, regime))


def roles_within(regime: str) -> tuple[str, ...]:
    """Give the roles that organisations of a legal regime can give, in the order of the vocabulary."""
    offered = words.vocabulary().lists["staff_role"].offered()
    return tuple(role.code for role in offered if is_role_within(role.code, regime))


@dataclass(frozen=True)
class Retention:
    """How long records are kept after closing under a legal regime, in years, and after how many that is looked at.

    `years` is None where the law names no fixed term: then the review decides. Both are starting values of the
    vocabulary, which the privacy officer of an organisation must check.
    """

    years: int | None
    review_years: int


def retention_under(regime: str) -> Retention:
    """Give the retention that a legal regime sets."""
    term = words.vocabulary().lists["legal_regime"].codes[regime]
    return Retention(term.number("default_years"), term.number("review_years") or 1)


def may_stand_together(roles: Iterable[str]) -> bool:
    """Tell whether one account may have these roles at the same time."""
    held = frozenset(roles)
    return len(held) <= 1 or not held & ROLES_THAT_STAND_ALONE


def may(account: AccountLike, permission: str, record: object = None) -> bool:
    """Tell whether an account has a permission, for one record or for its organisation as a whole."""
    if not perm_exists(permission):  # type: ignore[no-untyped-call]
        raise KeyError(f"no room has a permission {permission}")  # a typing mistake must not pass as "no"
    return bool(has_perm(permission, account, record))  # type: ignore[no-untyped-call]


# --- permissions ------------------------------------------------------------------------------------------------
def _is_active(account: AccountLike) -> bool:
    return account.status == "active"


def _is_administrator(account: AccountLike) -> bool:
    return account.status == "active" and "administrator" in account.roles


def _is_privacy_officer(account: AccountLike) -> bool:
    return account.status == "active" and "privacy_officer" in account.roles


def _is_own_organisation(account: AccountLike, record: object = None) -> bool:
    """Compare organisations; without a record the question is about the own organisation as a whole."""
    return record is None or getattr(record, "org_id", None) == account.org_id


def _is_somebody_else(account: AccountLike, record: object = None) -> bool:
    return getattr(record, "account_id", None) != account.account_id


def _is_about_own_account(account: AccountLike, record: object = None) -> bool:
    return getattr(record, "account_id", None) == account.account_id


def _is_about_oneself(account: AccountLike, record: object = None) -> bool:
    """Recognise a line of the own account, and one that tells what somebody else changed about it."""
    about = (getattr(record, "verb", ""), getattr(record, "subject", ""), getattr(record, "subject_id", ""))
    is_own = record is not None and getattr(record, "account_id", None) == account.account_id
    return is_own or about == ("changed", "account", str(account.account_id))


is_active = Predicate(_is_active)
is_administrator = Predicate(_is_administrator)
is_privacy_officer = Predicate(_is_privacy_officer)
is_own_organisation = Predicate(_is_own_organisation)
is_somebody_else = Predicate(_is_somebody_else)
is_about_own_account = Predicate(_is_about_own_account)
is_about_oneself = Predicate(_is_about_oneself)

PERMISSIONS = {
    "people.see_organisation": is_active & is_own_organisation,
    "people.add_partner": is_administrator & is_own_organisation,
    "people.see_accounts": (is_administrator | is_privacy_officer) & is_own_organisation,
    "people.invite": is_administrator & is_own_organisation,
    # Nobody gives roles, or a new second factor, to themselves.
    "people.grant_role": is_administrator & is_own_organisation & is_somebody_else,
    "people.reset_second_factor": is_administrator & is_own_organisation & is_somebody_else,
    "people.end_role": is_administrator & is_own_organisation,
    "people.close_account": is_administrator & is_own_organisation,
    # Only for oneself: a key made for somebody else would let an administrator see what only that person may.
    "people.make_token": is_active & is_own_organisation,
    "people.end_token": is_active & is_own_organisation & (is_about_own_account | is_administrator),
    "people.read_organisation_log": is_privacy_officer & is_own_organisation,
    "people.see_log_line": is_active & is_own_organisation & (is_about_oneself | is_privacy_officer),
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
