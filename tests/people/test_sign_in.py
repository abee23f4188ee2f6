"""Signing in: word and password, then a second factor; every failure gets one answer, and each leaves its line."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.people.cast import PASSWORD, SECRET, Browser, Cast, Page, code_of_app
from tests.people.conftest import SignIn

from zicht.people import actions, secret_box
from zicht.people.adapter import RECENTLY
from zicht.people.models import AccessLine, Account
from zicht.people.sessions import SIGNED_IN_AT

SIGN_IN = "/staff/account/login/"
CODE = "/staff/account/2fa/authenticate/"
WRONG_CODE = "000000"


def try_password(word: str, password: str, **query: str) -> tuple[Browser, Page]:
    browser = Browser()
    browser.get(SIGN_IN)
    return browser, browser.post(SIGN_IN, login=word, password=password, **query)


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.client.session


def newest() -> AccessLine:
    return AccessLine.objects.order_by("-sequence")[0]


def main_part(response: Page) -> str:
    """Give what a reader sees, without the word that was typed and the token of the form."""
    content = response.content.decode()
    return re.sub(r'value="[^"]*"', "", content[content.index("<main") :])


# --- word and password ------------------------------------------------------------------------------------------
def test_a_password_alone_leads_to_the_second_factor_and_no_further(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser, response = try_password("chris", PASSWORD)
    assert response.headers["Location"] == CODE
    assert not is_signed_in(browser)
    assert browser.get("/staff/").status_code == 302


def test_who_has_no_second_factor_yet_gets_nowhere_but_to_its_set_up(cast: Cast) -> None:
    browser, _response = try_password(cast.counsellor.login, PASSWORD)
    assert is_signed_in(browser)
    for address in ("/staff/", "/staff/log/", "/staff/organisation/"):
        assert browser.get(address).headers["Location"] == "/staff/account/2fa/"


@pytest.mark.parametrize("word", ["chris", "CHRIS", " chris "])
def test_capitals_and_spaces_around_the_word_do_not_matter(cast: Cast, word: str) -> None:
    assert cast.counsellor.login == "chris"
    assert is_signed_in(try_password(word, PASSWORD)[0])


def test_unknown_wrong_closed_and_invited_get_one_answer(cast: Cast) -> None:
    words = [cast.counsellor.login, "nobody.here", cast.closed.login, cast.invited.login]
    answers = [try_password(word, "certainly wrong")[1] for word in words]
    assert {answer.status_code for answer in answers} == {200}
    assert len({main_part(answer) for answer in answers}) == 1
    assert "error-summary" in answers[0].content.decode()


def test_a_closed_account_with_a_good_password_gets_the_same_answer_as_an_unknown_one(cast: Cast) -> None:
    account = Account.objects.get(pk=cast.closed.pk)
    account.set_password(PASSWORD)
    account.save()
    browser, answer = try_password(account.login, PASSWORD)
    assert not is_signed_in(browser)
    assert main_part(answer) == main_part(try_password("nobody.here", PASSWORD)[1])


def test_guessing_is_stopped_whether_or_not_the_account_exists(cast: Cast) -> None:
    assert cast.counsellor.login == "chris"
    for word in ("chris", "nobody.here"):
        answers = [try_password(word, f"guess {number}")[1] for number in range(6)]
        assert main_part(answers[4]) != main_part(answers[5])
        assert not is_signed_in(try_password(word, PASSWORD)[0])


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "https://localhost/", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_host(cast: Cast, address: str) -> None:
    browser, response = try_password(cast.counsellor.login, PASSWORD, next=address)
    assert is_signed_in(browser)
    assert response.headers["Location"] == "/staff/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(cast: Cast) -> None:
    _browser, response = try_password(cast.counsellor.login, PASSWORD, next="/staff/log/")
    assert response.headers["Location"] == "/staff/log/"


@pytest.mark.parametrize("page", ["signup/", "password/reset/", "email/", "password/set/", "inactive/", "login/code/"])
def test_pages_of_allauth_that_need_e_mail_or_let_anybody_in_do_not_exist(
    sign_in: SignIn, cast: Cast, page: str
) -> None:
    assert sign_in(cast.counsellor).get(f"/staff/account/{page}").status_code == 404


# --- second factor ----------------------------------------------------------------------------------------------
def test_password_and_code_of_the_app_open_the_staff_side(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser, _response = try_password("chris", PASSWORD)
    browser.get(CODE)
    assert browser.post(CODE, code=code_of_app()).headers["Location"] == "/staff/"
    assert browser.get("/staff/").status_code == 200


def test_a_wrong_code_does_not_open_it_and_is_written_down(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser, _response = try_password("chris", PASSWORD)
    wrong = WRONG_CODE if code_of_app() != WRONG_CODE else "111111"
    response = browser.post(CODE, code=wrong)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not is_signed_in(browser)
    assert (newest().verb, newest().account_id) == ("sign_in_failed", cast.counsellor.pk)


def test_a_code_of_the_app_works_once(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    code = code_of_app()
    for expected in (True, False):
        browser, _response = try_password("chris", PASSWORD)
        browser.post(CODE, code=code)
        assert is_signed_in(browser) is expected


def test_codes_cannot_be_guessed_one_after_the_other(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser, _response = try_password("chris", PASSWORD)
    for number in range(6):
        browser.post(CODE, code=f"{number:06}")
    browser.post(CODE, code=code_of_app())
    assert not is_signed_in(browser)


def test_a_recovery_code_stands_in_for_the_app_once(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    code = RecoveryCodes.activate(cast.counsellor).get_unused_codes()[0]
    for expected in (True, False):
        browser, _response = try_password("chris", PASSWORD)
        browser.post(CODE, code=code)
        assert is_signed_in(browser) is expected


def test_a_second_factor_that_was_wiped_meanwhile_ends_the_attempt(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    browser, _response = try_password("chris", PASSWORD)
    actions.close_account(cast.administrator, cast.counsellor)
    browser.post(CODE, code=code_of_app())
    assert not is_signed_in(browser)
    assert browser.get("/staff/").status_code == 302


def test_somebody_sets_up_an_app_on_the_first_day(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser, _response = try_password(cast.counsellor.login, PASSWORD)
    address = "/staff/account/2fa/totp/activate/"
    content = browser.get(address).content.decode()
    secret = browser.client.session["mfa.totp.secret"]
    assert secret in content
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address, code=code_of_app(secret))
    assert browser.get("/staff/").status_code == 200
    stored = Authenticator.objects.get(user=cast.counsellor, type="totp").data["secret"]
    assert secret not in stored
    assert secret_box.unseal(stored) == secret
    assert (newest().verb, newest().purpose) == ("changed", "security")


@pytest.mark.parametrize("page", ["", "totp/activate/", "webauthn/", "webauthn/add/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_for_a_first_second_factor_open_just_after_signing_in(cast: Cast, page: str, prefix: str) -> None:
    browser, _response = try_password(cast.counsellor.login, PASSWORD)
    assert browser.get(f"{prefix}/staff/account/2fa/{page}").status_code == 200


def test_a_first_second_factor_later_than_that_asks_for_the_password_again(cast: Cast) -> None:
    browser, _response = try_password(cast.counsellor.login, PASSWORD)
    session = browser.client.session
    session[SIGNED_IN_AT] -= RECENTLY
    session.save()
    response = browser.get("/staff/account/2fa/totp/activate/")
    assert response.headers["Location"].startswith("/staff/account/reauthenticate/")


@pytest.mark.parametrize("page", ["totp/deactivate/", "webauthn/add/", "recovery-codes/generate/"])
def test_a_change_of_second_factors_asks_once_more_who_is_there(cast: Cast, sign_in: SignIn, page: str) -> None:
    browser = sign_in(cast.counsellor)
    address = f"/staff/account/2fa/{page}"
    again = browser.get(address).headers["Location"]
    assert again.startswith("/staff/account/reauthenticate/")
    assert browser.get(again).status_code == 200
    browser.post(again, password=PASSWORD)
    assert browser.get(address).status_code == 200


def test_the_sign_in_page_offers_a_passkey(db: None) -> None:
    assert "mfa_login" in Browser().get(SIGN_IN).content.decode()
    challenge = Browser().client.get("/staff/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert challenge.json()["request_options"]["publicKey"]["challenge"]


def test_a_passkey_is_asked_for_under_the_sign_in_word_and_the_name_of_the_program(cast: Cast) -> None:
    browser, _response = try_password(cast.counsellor.login, PASSWORD)
    content = browser.get("/staff/account/2fa/webauthn/add/").content.decode()
    assert '"name": "Zicht"' in content
    assert f'"name": "{cast.counsellor.login}"' in content


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "{}",
        '"text"',
        '{"id": "x", "response": {}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "eA"}}',
        "[" * 3000,
        "[" * 90 + "]" * 90,
    ],
)
def test_a_passkey_answer_that_is_none_is_refused_and_breaks_nothing(cast: Cast, answer: str) -> None:
    browser = Browser()
    browser.get(SIGN_IN)
    browser.get("/staff/account/2fa/webauthn/login/")
    assert browser.post("/staff/account/2fa/webauthn/login/", credential=answer).status_code == 302
    assert not is_signed_in(browser)
    TOTP.activate(cast.counsellor, SECRET)
    browser, _response = try_password("chris", PASSWORD)
    assert browser.post(CODE, credential=answer).status_code == 200
    assert not is_signed_in(browser)


# --- lines ------------------------------------------------------------------------------------------------------
def test_signing_in_and_out_is_written_down(cast: Cast) -> None:
    browser, _response = try_password(cast.counsellor.login, PASSWORD)
    assert (newest().verb, newest().account_id, newest().purpose) == ("signed_in", cast.counsellor.pk, "security")
    browser.get("/staff/account/logout/")
    assert is_signed_in(browser)  # looking at a page changes nothing
    browser.get("/staff/account/2fa/")
    browser.post("/staff/account/logout/")
    assert not is_signed_in(browser)
    assert (newest().verb, newest().account_id) == ("signed_out", cast.counsellor.pk)


def test_a_failure_under_a_known_word_stands_under_its_account(cast: Cast) -> None:
    try_password(cast.counsellor.login.upper(), "certainly wrong")
    line = newest()
    assert (line.verb, line.account_id, line.org_id) == ("sign_in_failed", cast.counsellor.pk, cast.counsellor.org_id)


def test_of_a_word_that_is_nobodys_nothing_is_kept(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    typed = "hunter2 my password in the wrong box"
    try_password(typed, typed)
    line = newest()
    assert (line.verb, line.account_id, line.org_id, line.subject_id) == ("sign_in_failed", None, None, "")
    assert not any(typed in str(value) for row in AccessLine.objects.values() for value in row.values())
    assert typed not in caplog.text


def test_no_line_is_written_once_guessing_is_stopped(cast: Cast) -> None:
    for number in range(5):
        try_password(cast.counsellor.login, f"guess {number}")
    before = newest().sequence
    try_password(cast.counsellor.login, "one more")
    assert newest().sequence == before


# --- the own password -------------------------------------------------------------------------------------------
def test_changing_the_password_ends_other_sessions_and_is_written_down(cast: Cast) -> None:
    TOTP.activate(cast.counsellor, SECRET)
    other = Browser()
    other.client.force_login(cast.counsellor)
    browser, _response = try_password("chris", PASSWORD)
    browser.post(CODE, code=code_of_app())
    address = "/staff/account/password/change/"
    browser.get(address)
    new = "another quiet river, eight lamps"
    browser.post(address, oldpassword=PASSWORD, password1=new, password2=new)
    assert Account.objects.get(pk=cast.counsellor.pk).check_password(new)
    assert browser.get("/staff/").status_code == 200
    assert other.get("/staff/").status_code == 302
    assert (newest().verb, newest().purpose) == ("changed", "security")


# --- secrets ----------------------------------------------------------------------------------------------------
def test_a_sealed_secret_opens_with_a_replaced_key_as_long_as_that_is_a_fallback() -> None:
    with override_settings(SECRET_KEY="a" * 50):
        sealed = secret_box.seal("JBSWY3DP")
    assert "JBSWY3DP" not in sealed
    with override_settings(SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=["a" * 50]):
        assert secret_box.unseal(sealed) == "JBSWY3DP"
