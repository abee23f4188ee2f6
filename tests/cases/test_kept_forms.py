"""A form whose session ended keeps its text for the one who typed it, and for nobody else."""

import re
from collections.abc import Mapping

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from tests.cases.cast import Cast
from tests.cases.test_pages import main_of, of_case, of_person, page
from tests.people.cast import PASSWORD, SECRET, Browser, Page, code_of_app
from tests.people.conftest import SignIn

from zicht.cases.models import Case, Person
from zicht.people import kept_forms
from zicht.people.models import Account

TEXT = "walked in on Monday and stayed"


def open_form(browser: Browser, address: str) -> dict[str, str]:
    """Open a page with a form and give its hidden fields, without the token."""
    content = main_of(page(browser, address))
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', content))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def sign_in_again(browser: Browser, account: Account, answer: Page) -> Page:
    """Sign in by the pages, from where the form was sent to; give the page that comes after it."""
    address = answer.headers["Location"]
    browser.get(address)
    onward = browser.post(address, login=account.login, password=PASSWORD)
    answer = browser.post(onward.headers["Location"], code=code_of_app())
    return browser.get(answer.headers["Location"])


def send_without_session(browser: Browser, address: str, fields: Mapping[str, object]) -> Page:
    hidden = open_form(browser, address)
    Session.objects.all().delete()
    return browser.post(address, **{**hidden, **fields})


def test_the_text_of_a_note_comes_back_after_signing_in_and_is_not_saved_by_itself(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = f"/en{of_case('notes/')(cast)}"
    answer = send_without_session(browser, address, {"text": TEXT})
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]
    shown = sign_in_again(browser, cast.case_worker, answer).content.decode()
    assert TEXT in shown
    assert "The session had ended." in shown
    assert not Case.objects.get().comments
    assert browser.post(address, text=TEXT).status_code == 302
    assert Case.objects.get().comments


def test_choices_of_a_topic_come_back_too_and_are_judged_as_usual(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = of_person("ask/who/")(cast)
    answer = send_without_session(browser, address, {"gender": "nb", "citizenship": ["NLD", "MAR"]})
    shown = sign_in_again(browser, cast.case_worker, answer).content.decode()
    assert '<option value="nb" selected>' in shown
    assert '<option value="MAR" selected>' in shown
    assert Person.objects.get().gender == "f"


def test_what_was_kept_is_shown_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = of_case("notes/")(cast)
    answer = send_without_session(browser, address, {"text": TEXT})
    assert TEXT in sign_in_again(browser, cast.case_worker, answer).content.decode()
    assert TEXT not in page(browser, address)


def test_a_colleague_at_the_same_computer_does_not_get_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    TOTP.activate(cast.coordinator, SECRET)
    join = Case.objects.get(pk=cast.case.pk)
    join.team.add(cast.coordinator)
    address = of_case("notes/")(cast)
    answer = send_without_session(browser, address, {"text": TEXT})
    assert TEXT not in sign_in_again(browser, cast.coordinator, answer).content.decode()
    assert kept_forms.PLACE not in browser.client.session


def test_what_is_kept_cannot_be_read_in_the_database(cast: Cast, sign_in: SignIn) -> None:
    send_without_session(sign_in(cast.case_worker), of_case("notes/")(cast), {"text": TEXT})
    (session,) = Session.objects.all()
    assert "Monday" not in session.session_data


@pytest.mark.parametrize("signature", ["", "forged", "7b0f2a5e-0000-4000-8000-000000000000:1abcde:forged"])
def test_nobody_fills_sessions_without_having_been_signed_in(cast: Cast, signature: str) -> None:
    browser = Browser()
    browser.get("/staff/account/login/")
    browser.post(of_case("notes/")(cast), **{"text": TEXT, kept_forms.FIELD: signature})
    assert kept_forms.PLACE not in browser.client.session


def test_a_text_too_long_to_be_meant_is_not_kept(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    send_without_session(browser, of_case("notes/")(cast), {"text": "x" * 300_000})
    assert kept_forms.PLACE not in browser.client.session


def test_a_form_opened_before_signing_in_anew_is_shown_again_instead_of_lost(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = f"/en{of_case('notes/')(cast)}"
    hidden, token = open_form(browser, address), browser.token
    browser.client.cookies["zicht-form"] = "b" * 32  # what signing in once more in another tab does
    answer = browser.client.post(address, {**hidden, "text": TEXT, "csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    assert answer.headers["Location"] == address
    assert TEXT in page(browser, address)
    assert not Case.objects.get().comments


def test_a_form_sent_from_elsewhere_is_refused_as_before(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    answer = browser.client.post(of_case("notes/")(cast), {"text": TEXT})
    assert answer.status_code == 403
    assert kept_forms.PLACE not in browser.client.session
