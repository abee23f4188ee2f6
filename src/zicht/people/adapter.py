"""How allauth behaves here: no signing up, no e-mail, one answer to every failed sign-in, a line for each sign-in."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.utils import is_mfa_enabled
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from zicht.people import actions, kept_forms, secret_box
from zicht.people.models import Account
from zicht.people.sessions import SIGNED_IN_AT

RECENTLY = 5 * 60  # seconds


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with a word and a password, for accounts that an administrator made."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Sign-in name and password do not belong together. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up: an administrator invites."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Send on to addresses of this host only, never to the visitor's side on another host."""
        host = {self.request.get_host()}
        return url_has_allowed_host_and_scheme(url, allowed_hosts=host, require_https=self.request.is_secure())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Give the account; a closed one gets the same answer as a wrong password."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None and not account.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down the failure, under the account if the word belongs to one."""
        word = credentials.get("username", "")
        actions.record_failed_sign_in(Account.objects.filter(login=word.lower()).first())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts by name alone: allauth adds the host, and its port is the sender's to choose."""
        return f"sign-in:{credentials.get('username', '').lower()}"

    def get_login_stages(self) -> list[str]:
        """Ask for the second factor and nothing else; the other stages of allauth send e-mail."""
        return ["zicht.people.stages.SecondFactorStage"]

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """Send back to the sign-in page without telling that there is an account."""
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Account) -> None:
        """Write the line first: nobody is signed in without one."""
        actions.record_sign_in(user)
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()
        kept_forms.forget_others(request, user)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **rest: Any
    ) -> None:
        """Leave out what the page itself shows: who is signed in, and that nobody is any more."""
        if message_template not in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            super().add_message(request, level, message_template or None, *args, **rest)

    def is_reauthentication_required(self, *, app: str, **_rest: Any) -> bool:
        """Ask once more who is there before second factors change, but not for the first one just after signing in."""
        asked: bool = super().is_reauthentication_required(app=app)
        return asked and not (app == "allauth.mfa" and self._sets_up_first_factor())

    def _sets_up_first_factor(self) -> bool:
        is_recent = time.time() - self.request.session.get(SIGNED_IN_AT, 0) < RECENTLY
        return is_recent and not is_mfa_enabled(self.request.user)

    def logout(self, request: HttpRequest) -> None:
        """Write down who signs out."""
        if isinstance(request.user, Account):
            actions.record_sign_out(request.user)
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Change the own password and write that down."""
        actions.change_password(user, password)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors whose secrets are stored encrypted and which are shown under the sign-in name."""

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator app or of recovery codes."""
        return secret_box.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Unseal it."""
        return secret_box.unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this Zicht in the window of the browser that asks for a passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Zicht"}


@receiver(authentication_failed)
def record_wrong_code(user: Account, **_rest: Any) -> None:
    """Write down a second factor that was wrong."""
    actions.record_failed_sign_in(user)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def record_change_of_second_factor(user: Account, **_rest: Any) -> None:
    """Write down that somebody changed their second factor."""
    actions.record_own_security(user)
