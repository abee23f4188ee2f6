"""What strangers and time can do to signing in: limits by name, a log that does not fill, sessions that end."""

import base64
import zlib

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from tests.people.cast import PASSWORD, SECRET, Browser, Cast
from tests.people.conftest import SignIn

from zicht.people.models import AccessLine
from zicht.people.sessions import SIGNED_IN_AT

SIGN_IN = "/staff/account/login/"
CHALLENGE = "/staff/account/2fa/webauthn/login/"


def try_password(word: str, password: str = "certainly wrong", host: str = "testserver") -> Browser:
    browser = Browser()
    browser.get(SIGN_IN)
    fields = {"login": word, "password": password, "csrfmiddlewaretoken": browser.token}
    browser.client.post(SIGN_IN, fields, headers={"host": host})
    return browser


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.client.session


def lines(verb: str) -> int:
    return AccessLine.objects.filter(verb=verb).count()


# --- attempts ---------------------------------------------------------------------------------------------------
def test_a_stranger_who_tries_many_names_locks_nobody_out(cast: Cast) -> None:
    for number in range(40):
        try_password(f"nobody{number}")
    assert is_signed_in(try_password(cast.counsellor.login, PASSWORD))


def test_another_port_in_the_host_gives_no_new_attempts(cast: Cast) -> None:
    for number in range(5):
        try_password(cast.counsellor.login, host=f"testserver:{8000 + number}")
    assert not is_signed_in(try_password(cast.counsellor.login.upper(), PASSWORD, host="testserver:9000"))


def test_many_strangers_asking_for_a_passkey_stop_nobody_else(cast: Cast) -> None:
    for _ in range(12):
        browser = Browser()
        browser.get(SIGN_IN)
        assert browser.post(CHALLENGE, credential='{"a": 1}').status_code == 302


def test_failures_of_nobody_write_one_line_a_minute_whatever_is_tried(cast: Cast) -> None:
    before = lines("sign_in_failed")
    for number in range(5):
        try_password(f"nobody{number}")
        browser = Browser()
        browser.get(SIGN_IN)
        browser.post(CHALLENGE, credential='{"a": 1}')
    assert lines("sign_in_failed") == before + 1
    try_password(cast.counsellor.login)
    assert lines("sign_in_failed") == before + 2
    cache.clear()  # as after a minute
    try_password("nobody0")
    assert lines("sign_in_failed") == before + 3


def test_passkeys_tried_after_the_limit_write_no_more_lines(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser = try_password(cast.counsellor.login, PASSWORD)
    for _ in range(9):
        browser.post("/staff/account/2fa/authenticate/", credential='{"a": 1}')
    assert lines("sign_in_failed") == 5


def test_too_many_attempts_are_answered_in_the_language_of_the_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    address = "/staff/account/reauthenticate/"
    answers = [browser.post(address, password="certainly wrong") for _ in range(11)]
    assert answers[-1].status_code == 429
    assert '<html lang="nl"' in answers[-1].content.decode()
    english = browser.post(f"/en{address}", password="certainly wrong")
    assert "Too many attempts in a short time" in english.content.decode()


# --- a right password -------------------------------------------------------------------------------------------
def test_a_right_password_without_the_second_factor_leaves_its_line(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser = try_password(cast.counsellor.login, PASSWORD)
    browser.get("/staff/account/2fa/authenticate/")
    line = AccessLine.objects.order_by("-sequence")[0]
    assert (line.verb, line.account_id, line.purpose) == ("password_accepted", cast.counsellor.pk, "security")
    assert lines("password_accepted") == 1


# --- sessions ---------------------------------------------------------------------------------------------------
def test_a_session_ends_a_shift_after_signing_in_however_busy_somebody_is(cast: Cast) -> None:
    browser = try_password(cast.counsellor.login, PASSWORD)
    session = browser.client.session
    end = session[SIGNED_IN_AT] + settings.SESSION_COOKIE_AGE
    session[SIGNED_IN_AT] -= 600
    session.save()
    browser.get("/staff/account/2fa/totp/activate/")  # writes to the session
    assert Session.objects.get(pk=session.session_key).expire_date.timestamp() == pytest.approx(end - 600)
    session[SIGNED_IN_AT] -= settings.SESSION_COOKIE_AGE
    session.save()
    assert browser.get("/staff/account/2fa/").headers["Location"].startswith(SIGN_IN)


def test_the_database_cannot_read_the_secret_of_an_app_that_is_being_set_up(cast: Cast) -> None:
    browser = try_password(cast.counsellor.login, PASSWORD)
    browser.get("/staff/account/2fa/totp/activate/")
    secret = browser.client.session["mfa.totp.secret"]
    stored = Session.objects.get(pk=browser.client.session.session_key)

    content = zlib.decompress(base64.urlsafe_b64decode(stored.session_data.split(":")[0].lstrip(".") + "=="))
    assert content.startswith(b"gAAAA")  # a token of Fernet
    assert secret.encode() not in content
