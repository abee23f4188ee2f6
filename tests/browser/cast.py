"""Who sits at the keyboard: made-up accounts of one organisation, made by the same actions as real ones."""

import time
from dataclasses import dataclass
from importlib import import_module

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from playwright.sync_api import BrowserContext

from zicht.people import actions
from zicht.people.models import Account

PASSWORD = "a made-up password of the tests"
PERIOD = 30  # seconds that a code is shown, RFC 6238
TYPING = 3  # seconds that a slow machine needs to send it
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Reader:
    """An account and what its owner knows and holds."""

    account: Account
    password: str = PASSWORD
    secret: str = ""


def make_administrator() -> Reader:
    """Create an organisation with an administrator who has an authenticator app."""
    organisation = {"org_name": "Stichting Voorbeeld", "org_type": "shelter", "legal_regime": "avg"}
    invitation = actions.create_organisation(organisation, login="beheer", shown_as="Beheer")
    return with_app(actions.accept_invitation(invitation.code, PASSWORD))


def make_colleague(administrator: Reader, word: str, role: str) -> Reader:
    """Let the administrator invite somebody, who sets a password and no second step yet."""
    invitation = actions.invite_account(administrator.account, login=word, shown_as=word.title(), roles=[role])
    return Reader(actions.accept_invitation(invitation.code, PASSWORD))


def with_app(account: Account) -> Reader:
    """Give an account an authenticator app."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return Reader(account, secret=secret)


def code_now(secret: str) -> str:
    """Give the six digits that an authenticator app shows, and wait for the next ones if they change soon."""
    left = PERIOD - time.time() % PERIOD
    if left < TYPING:
        time.sleep(left)
    code: str = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // PERIOD))
    return code


def let_in(context: BrowserContext, server: str, reader: Reader) -> None:
    """Give a window the session of somebody who signed in and confirmed that just now."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, reader.account, BACKEND)
    record_authentication(request, reader.account, "password", reauthenticated=True)
    request.session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": request.session.session_key, "url": server}
    context.add_cookies([cookie])  # type: ignore[list-item]
