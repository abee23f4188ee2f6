"""What a page looks like after something happened: just as accessible as before."""

import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture
from tests.browser.screens import SignIn, add_passkey, plug_in_key

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(new_context: NewContext) -> BrowserContext:
    """Give a window as narrow as a phone."""
    return new_context(viewport=PHONE)


def assert_is_accessible(screen: Screen, axe: str, name: str) -> None:
    faults = faults_of(screen, axe)
    take_picture(screen, f"state-{name}")
    assert not faults, "\n".join(faults)


def test_the_steps_of_signing_in_are_accessible_also_when_something_is_wrong(
    phone: BrowserContext, live_server: LiveServer, reader: Reader, axe: str
) -> None:
    way_in = SignIn(phone.new_page(), live_server.url)
    way_in.open()
    way_in.give_password(Reader(reader.account, password="not the password"))
    assert_is_accessible(way_in.screen, axe, "wrong-password")
    way_in.give_password(reader)
    assert_is_accessible(way_in.screen, axe, "second-step")
    way_in.give_code("000000")
    assert_is_accessible(way_in.screen, axe, "wrong-code")


def test_a_form_with_errors_is_accessible(
    phone: BrowserContext, live_server: LiveServer, reader: Reader, axe: str
) -> None:
    let_in(phone, live_server.url, reader)
    screen = phone.new_page()
    screen.goto(live_server.url + "/staff/account/password/change/")
    with screen.expect_navigation():
        screen.locator("main button[type=submit]").click()
    assert_is_accessible(screen, axe, "form-with-errors")


def test_passkeys_and_recovery_codes_are_accessible(
    phone: BrowserContext, live_server: LiveServer, reader: Reader, axe: str
) -> None:
    let_in(phone, live_server.url, reader)
    screen = phone.new_page()
    plug_in_key(screen)
    add_passkey(screen, live_server.url)
    screen.goto(live_server.url + "/staff/account/2fa/recovery-codes/")
    assert_is_accessible(screen, axe, "recovery-codes")
    screen.goto(live_server.url + "/staff/account/2fa/webauthn/")
    assert_is_accessible(screen, axe, "passkeys")
    for button, name in (("a[href*=edit]", "rename"), ("a[href*=remove]", "remove")):
        screen.goto(live_server.url + "/staff/account/2fa/webauthn/")
        with screen.expect_navigation():
            screen.locator(button).click()
        assert_is_accessible(screen, axe, f"{name}-passkey")


def test_the_list_of_shortcuts_is_accessible(
    context: BrowserContext, live_server: LiveServer, reader: Reader, axe: str
) -> None:
    let_in(context, live_server.url, reader)
    screen = context.new_page()
    screen.goto(live_server.url + "/staff/")
    screen.keyboard.press("?")
    assert_is_accessible(screen, axe, "shortcuts")


@pytest.mark.parametrize("address", ["/", "/staff/account/login/", "/figures/"])
def test_made_up_data_are_called_made_up_on_both_sides(
    address: str, phone: BrowserContext, live_server: LiveServer, axe: str
) -> None:
    screen = phone.new_page()
    with override_settings(DEMO=True):
        screen.goto(live_server.url + address)
    assert screen.locator(".made-up, .notice").first.is_visible()
    assert_is_accessible(screen, axe, f"made-up{address.replace('/', '-')}")
