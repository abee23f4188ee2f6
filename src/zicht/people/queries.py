"""Everything that is read about organisations, accounts and the access log."""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from zicht import words
from zicht.people.code_fields import label_of, language
from zicht.people.models import AccessLine, Account, Organisation, RoleGrant, SetUpCode

LINES_ON_A_PAGE = 50


@dataclass(frozen=True)
class SecondFactor:
    """What somebody has beside a password."""

    has_app: bool
    passkeys: int
    has_recovery_codes: bool

    @property
    def is_set_up(self) -> bool:
        """Tell whether signing in asks for more than a password."""
        return self.has_app or self.passkeys > 0


@dataclass(frozen=True)
class LinePage:
    """One page of the access log, newest line first; `older` is where the next page begins."""

    lines: list[AccessLine]
    total: int
    older: int | None


def facts_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Give label and value of every field of an organisation, in the order and with the labels of the vocabulary."""
    fields = words.vocabulary().entities[organisation.words_entity].fields.values()
    columns = organisation.words_columns()
    return [
        (field.label.in_language(language()), _write(field.list_name, getattr(organisation, columns[field.name])))
        for field in fields
    ]


def partners_of(organisation_id: UUID) -> QuerySet[Organisation]:
    """Give the other organisations that are known here; what is kept about organisations is open (class P0)."""
    return Organisation.objects.exclude(pk=organisation_id).order_by("org_name")


def accounts_of(organisation_id: UUID) -> QuerySet[Account]:
    """Give the accounts of an organisation with all roles they have or had."""
    return Account.objects.filter(org_id=organisation_id).prefetch_related("grants").order_by("shown_as", "login")


def find_account(reader: Account, account_id: UUID) -> Account | None:
    """Find an account of the reader's own organisation."""
    return accounts_of(reader.org_id).filter(pk=account_id).first()


def grants_of(account: Account) -> list[RoleGrant]:
    """Give the roles an account has or had, the present ones first, then the newest."""
    grants = account.grants.select_related("granted_by").order_by("-granted_on", "role")
    return sorted(grants, key=lambda grant: grant.ended_on is not None)


def find_invited(code: str) -> Account | None:
    """Find the account that a good set-up code belongs to."""
    good = SetUpCode.objects.opened_by(code)
    return Account.objects.filter(pk__in=good.values("account_id")).first()


def second_factor_of(account: Account) -> SecondFactor:
    """Tell which second factors an account has."""
    types = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    return SecondFactor(
        has_app=Authenticator.Type.TOTP in types,
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in types,
    )


def lines_of_account(account: Account) -> QuerySet[AccessLine]:
    """Give everything an account looked at or did, and what others changed about it."""
    changed_about = Q(subject="account", subject_id=str(account.pk), verb="changed", org_id=account.org_id)
    return AccessLine.objects.filter(Q(account=account) | changed_about).select_related("account")


def lines_of_organisation(organisation_id: UUID) -> QuerySet[AccessLine]:
    """Give everything that the accounts of an organisation looked at or did."""
    return AccessLine.objects.filter(org_id=organisation_id).select_related("account")


def find_line(reader: Account, sequence: int) -> AccessLine | None:
    """Find a line of the reader's own organisation."""
    return lines_of_organisation(reader.org_id).filter(sequence=sequence).first()


def page_of(lines: QuerySet[AccessLine], before: int | None = None) -> LinePage:
    """Cut one page; it begins below a line and not at a count, since reading the log makes it grow."""
    from_here = lines.filter(sequence__lt=before) if before else lines
    found = list(from_here.order_by("-sequence")[: LINES_ON_A_PAGE + 1])
    shown = found[:LINES_ON_A_PAGE]
    return LinePage(shown, lines.count(), shown[-1].sequence if len(found) > LINES_ON_A_PAGE else None)


def _write(list_name: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    values = value if isinstance(value, list) else [value] if value else []
    return ", ".join(label_of(list_name, str(item)) if list_name else str(item) for item in values)
