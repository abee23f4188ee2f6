"""The page where somebody with a set-up code chooses a password, and where the code must never stand."""

import re

import pytest
from django.apps import apps
from django.test import override_settings
from django.utils import timezone
from tests.people.cast import PASSWORD, Browser, Cast, Page
from tests.people.conftest import SignIn

from zicht.people import actions
from zicht.people.models import AccessLine, Account, SetUpCode
from zicht.people.set_up_codes import hash_code, normalise

SET_UP = "/staff/set-up/"
NEVER_GIVEN = "00000-00000-00000-00000"


class SomebodyWasFaster:
    """Judge every password as good, just after somebody else used the code."""

    def validate(self, password: str, user: Account | None = None) -> None:
        SetUpCode.objects.all().delete()

    def get_help_text(self) -> str:
        return ""


def a_code(cast: Cast) -> str:
    return actions.invite_account(cast.administrator, login="bram", shown_as="Bram", roles=["counsellor"]).code


def send(code: str, first: str = PASSWORD, second: str = "", prefix: str = "/en") -> Page:
    browser = Browser()
    browser.get(prefix + SET_UP)
    return browser.post(prefix + SET_UP, code=code, new_password1=first, new_password2=second or first)


def errors_on(page: Page, field: str) -> list[str]:
    errors: list[str] = page.context["form"].errors.get(field, [])
    return errors


def main_part(page: Page) -> str:
    """Give what a reader sees, without the code that was typed and the token of the form."""
    content = page.content.decode()
    return re.sub(r'value="[^"]*"', "", content[content.index("<main") :])


def used(cast: Cast) -> str:
    code = a_code(cast)
    actions.accept_invitation(code, PASSWORD)
    return code


def old(cast: Cast) -> str:
    code = a_code(cast)
    SetUpCode.objects.update(valid_until=timezone.now())
    return code


def replaced(cast: Cast) -> str:
    code = a_code(cast)
    actions.reset_second_factor(cast.administrator, Account.objects.get(login="bram"))
    return code


def of_a_closed_account(cast: Cast) -> str:
    code = a_code(cast)
    actions.close_account(cast.administrator, Account.objects.get(login="bram"))
    return code


# --- with a good code -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_asks_for_a_code_in_a_plain_field_and_a_password_twice(db: None, prefix: str) -> None:
    response = Browser().get(prefix + SET_UP)
    assert response.status_code == 200
    code, first, second = re.findall(r"<input [^>]*id=\"id_[^>]*>", response.content.decode())
    for attribute in ('type="text"', 'autocomplete="off"', 'spellcheck="false"', 'inputmode="text"', 'name="code"'):
        assert attribute in code
    assert 'autocomplete="new-password"' in first
    assert 'type="password"' in second
    assert "no-store" in response.headers["Cache-Control"]


def test_a_person_chooses_a_password_with_the_code_and_is_sent_to_sign_in(cast: Cast) -> None:
    response = send(a_code(cast), prefix="")
    assert response.headers["Location"] == "/staff/account/login/"
    account = Account.objects.get(login="bram")
    assert account.is_active
    assert account.check_password(PASSWORD)


def test_the_code_may_be_typed_in_small_letters_with_spaces(cast: Cast) -> None:
    code = a_code(cast)
    assert send(f" {code.replace('-', ' ').replace('0', 'o').replace('1', 'l').lower()} ").status_code == 302


@pytest.mark.parametrize(
    ("first", "second"), [("short", "short"), (PASSWORD, PASSWORD + "x"), ("password1234", "password1234"), ("", "")]
)
def test_a_weak_or_mistyped_password_keeps_the_code_in_its_field_and_good(cast: Cast, first: str, second: str) -> None:
    code = a_code(cast)
    response = send(code.lower(), first, second)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert f'value="{code.lower()}"' in response.content.decode()
    assert not errors_on(response, "code")
    assert errors_on(response, "new_password2")
    assert "value=" not in "".join(re.findall(r"<input [^>]*new_password[^>]*>", response.content.decode()))
    assert not Account.objects.get(login="bram").is_active
    assert send(code).status_code == 302


# --- without one ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("spoilt", [used, old, replaced, of_a_closed_account])
def test_wrong_and_spoilt_codes_get_one_answer(cast: Cast, spoilt: object) -> None:
    code = spoilt(cast)  # type: ignore[operator]
    before = list(Account.objects.order_by("pk").values())
    page, wrong = send(code, "another river under lamps"), send(NEVER_GIVEN, "another river under lamps")
    assert page.status_code == wrong.status_code == 200
    assert main_part(page) == main_part(wrong)
    assert len(errors_on(page, "code")) == 1
    assert page.content.decode().count('href="#id_code"') == 1
    assert "bram" not in page.content.decode().lower()
    assert list(Account.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "typed", ["A" * 20, "U" * 20, "A" * 5000, "' OR 1=1 --", "🙂", NEVER_GIVEN[:-1], "a/../b", "%00", "{{ code }}"]
)
def test_what_was_never_a_code_gets_the_same_answer(db: None, typed: str) -> None:
    assert main_part(send(typed)) == main_part(send(NEVER_GIVEN))


def test_a_password_is_judged_only_for_somebody_with_a_good_code(db: None) -> None:
    assert main_part(send(NEVER_GIVEN, "short")) == main_part(send(NEVER_GIVEN, PASSWORD))
    assert main_part(send(NEVER_GIVEN, "short", "other")) == main_part(send(NEVER_GIVEN, PASSWORD))


def test_an_empty_form_says_what_is_missing(db: None) -> None:
    page = send("", "")
    assert set(page.context["form"].errors) == {"code", "new_password1", "new_password2"}


def test_of_two_people_with_one_code_the_slower_one_is_told_that_it_was_used(cast: Cast) -> None:
    code = a_code(cast)
    faster = {"NAME": f"{SomebodyWasFaster.__module__}.{SomebodyWasFaster.__qualname__}"}
    with override_settings(AUTH_PASSWORD_VALIDATORS=[faster]):
        page = send(code)
    assert main_part(page) == main_part(send(NEVER_GIVEN))
    assert not Account.objects.get(login="bram").is_active


def test_a_form_without_its_token_sets_no_password(cast: Cast) -> None:
    fields = {"code": a_code(cast), "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert Browser().client.post(SET_UP, fields).status_code == 403
    assert not Account.objects.get(login="bram").is_active


# --- where the code must not stand ------------------------------------------------------------------------------
def test_an_address_never_holds_or_fills_in_a_code(cast: Cast) -> None:
    code = a_code(cast)
    browser = Browser()
    assert browser.get(f"{SET_UP}{code}/").status_code == 404
    assert f'value="{code}"' not in browser.get(SET_UP, code=code).content.decode()
    browser.get(SET_UP)
    for page in (
        browser.post(SET_UP, code=code, new_password1="short", new_password2="short"),
        browser.post(SET_UP, code=code, new_password1=PASSWORD, new_password2=PASSWORD),
    ):
        for written in (code, normalise(code)):
            assert written not in str(page.headers)
            assert written not in str(page.cookies)
            assert not re.search(rf'(href|action|src)="[^"]*{written}', page.content.decode())


def test_the_code_stands_in_no_table_and_not_even_its_hash_in_the_log(
    cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    page = sign_in(cast.administrator).post("/en/staff/accounts/invite/", login="bram", shown_as="Bram", roles=[])
    _address, code = re.findall("<code>([^<]+)</code>", page.content.decode())

    def refuse_to_find_the_code() -> None:
        rows = [str(row) for model in apps.get_models() for row in model._default_manager.values()]
        lines = [str(line) for line in AccessLine.objects.values()]
        for written in (code, normalise(code), code.lower()):
            assert not [row for row in rows if written in row]
            assert written not in caplog.text
        assert not [line for line in lines if hash_code(code) in line]

    refuse_to_find_the_code()
    send(code, "short")
    send(NEVER_GIVEN)
    refuse_to_find_the_code()
    assert send(code).status_code == 302
    refuse_to_find_the_code()
    newest = AccessLine.objects.order_by("-sequence")[0]
    assert (newest.verb, newest.purpose) == ("changed", "security")
