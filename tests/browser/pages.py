"""The pages that exist, in one list: a new page is one line here and is then looked at in every language and width."""

from dataclasses import dataclass

# Who reads a page: somebody without an account on either side, or one of the accounts of conftest.py.
VISITOR, PUBLIC = "visitor", "public"
ADMINISTRATOR, PRIVACY_OFFICER, NEWCOMER = "administrator", "privacy_officer", "newcomer"
STAFF = (ADMINISTRATOR, PRIVACY_OFFICER, NEWCOMER)


@dataclass(frozen=True)
class Page:
    """A page by its address without language, who reads it, and the status it answers with."""

    address: str
    reader: str
    status: int = 200

    @property
    def name(self) -> str:
        """Give a name for a file."""
        return f"{self.reader}-{self.address.strip('/').replace('/', '-') or 'start'}"

    def in_language(self, language: str) -> str:
        """Give the address in a language: Dutch has no prefix."""
        return self.address if language == "nl" else f"/{language}{self.address}"


PAGES = (
    Page("/", VISITOR),
    Page("/report/", VISITOR),
    Page("/nothing-here/", VISITOR, 404),
    Page("/figures/", PUBLIC),
    Page("/figures/nothing-here/", PUBLIC, 404),
    Page("/staff/account/login/", PUBLIC),
    Page("/staff/set-up/", PUBLIC),
    Page("/staff/account/2fa/", NEWCOMER),
    Page("/staff/account/2fa/totp/activate/", NEWCOMER),
    Page("/figures/", ADMINISTRATOR),
    Page("/staff/", ADMINISTRATOR),
    Page("/staff/organisation/", ADMINISTRATOR),
    Page("/staff/accounts/", ADMINISTRATOR),
    Page("/staff/accounts/invite/", ADMINISTRATOR),
    Page("/staff/log/", ADMINISTRATOR),
    Page("/staff/log/1/", ADMINISTRATOR),
    Page("/staff/nothing-here/", ADMINISTRATOR, 404),
    Page("/staff/account/password/change/", ADMINISTRATOR),
    Page("/staff/account/logout/", ADMINISTRATOR),
    Page("/staff/account/reauthenticate/", ADMINISTRATOR),
    Page("/staff/account/2fa/reauthenticate/", ADMINISTRATOR),
    Page("/staff/account/2fa/", ADMINISTRATOR),
    Page("/staff/account/2fa/totp/deactivate/", ADMINISTRATOR),
    Page("/staff/account/2fa/recovery-codes/generate/", ADMINISTRATOR),
    Page("/staff/account/2fa/webauthn/", ADMINISTRATOR),
    Page("/staff/account/2fa/webauthn/add/", ADMINISTRATOR),
    Page("/staff/log/organisation/", PRIVACY_OFFICER),
)
