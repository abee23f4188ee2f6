"""Who acts in the tests of this room, and the browsers they use."""

import base64
import hmac
import struct
import time
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from zicht.people import actions, rules
from zicht.people.models import Account, Organisation, RoleGrant

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Page: TypeAlias = _MonkeyPatchedWSGIResponse
else:
    Page = HttpResponse

PASSWORD = "quiet river under seven lamps"
SECRET = base64.b32encode(b"twenty bytes of test").decode()
STEP, TOO_LATE = 30, 2  # seconds a code lasts, and has to have left


def organisation(name: str, kind: str, regime: str, login: str) -> Account:
    """Give the active administrator of a new organisation."""
    org = Organisation(org_name=name, org_type=kind, legal_regime=regime)
    org.mandatory_reporter = rules.is_mandatory_reporter(kind)
    org.save()
    return _account(org, None, login, "administrator")


def colleague(by: Account, login: str, *roles: str) -> Account:
    """Give an active account with roles."""
    return _account(by.org, by, login, *roles)


def _account(org: Organisation, by: Account | None, login: str, *roles: str) -> Account:
    """Store what an invitation that was accepted leaves, without its lines in the log: most tests start with some.

    The invitations themselves are tested in this room, and that both leave the same.
    """
    assert all(rules.is_role_within(role, org.legal_regime) for role in roles)
    assert rules.may_stand_together(set(roles))
    today = timezone.localdate()
    account = Account(org=org, login=login, shown_as=login.capitalize(), status="active", created_on=today)
    account.password = _hashed()
    account.save()
    RoleGrant.objects.bulk_create(
        RoleGrant(account=account, role=role, granted_by=by, granted_on=today) for role in roles
    )
    return account


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


class Cast:
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    @cached_property
    def administrator(self) -> Account:
        """Of the helpline."""
        return organisation("Helpline", "chat_service", "avg", "anna")

    @cached_property
    def counsellor(self) -> Account:
        """Of the helpline."""
        return colleague(self.administrator, "chris", "counsellor")

    @cached_property
    def privacy_officer(self) -> Account:
        """Of the helpline."""
        return colleague(self.administrator, "fatima", "privacy_officer")

    @cached_property
    def invited(self) -> Account:
        """Has not used the link yet."""
        return actions.invite_account(self.administrator, login="ines", shown_as="Ines", roles=["counsellor"]).account

    @cached_property
    def closed(self) -> Account:
        """Was a counsellor."""
        return actions.close_account(self.administrator, colleague(self.administrator, "karel", "counsellor"))

    @cached_property
    def officer(self) -> Account:
        """Works for the police."""
        police = organisation("Police", "police", "wpg", "pieter")
        return colleague(police, "omar", "signal_officer")

    @cached_property
    def editor(self) -> Account:
        """Is administrator of a news desk."""
        return organisation("News desk", "press", "press", "nora")

    @cached_property
    def reporter(self) -> Account:
        """Works for the news desk."""
        return colleague(self.editor, "rosa", "reporter")

    @cached_property
    def stranger(self) -> Account:
        """Is administrator of a shelter: must see nothing of the helpline."""
        return organisation("Shelter", "shelter", "care", "sam")

    @cached_property
    def stranger_privacy_officer(self) -> Account:
        """Reads the log of the shelter: must see no line of the helpline."""
        return colleague(self.stranger, "stijn", "privacy_officer")


class Browser:
    """A browser of one person: keeps cookies and sends the token that protects forms, as a real one does."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str, **query: str) -> Page:
        """Open a page."""
        return self.client.get(path, query)

    def post(self, path: str, **fields: object) -> Page:
        """Send a form."""
        return self.client.post(path, {**fields, "csrfmiddlewaretoken": self.token})

    @property
    def token(self) -> str:
        """Give the token of the form on the page that was opened last."""
        cookie = self.client.cookies.get("zicht-form")
        return cookie.value if cookie else ""


def code_of_app(secret: str = SECRET, steps: int = 0) -> str:
    """Compute what an authenticator app shows now (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits).

    A code that is about to be replaced is not given: on a busy machine it would arrive too late.
    """
    if (left := STEP - time.time() % STEP) < TOO_LATE:
        time.sleep(left)
    counter = struct.pack(">Q", int(time.time()) // STEP + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
