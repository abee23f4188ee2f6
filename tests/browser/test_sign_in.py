"""The way in for staff, with the keyboard only and with every second step there is."""

import re

from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, code_now, let_in
from tests.browser.pages import NEWCOMER
from tests.browser.screens import SignIn, add_passkey, plug_in_key, sign_in


def press(screen: Screen, *keys: str) -> None:
    for key in keys:
        screen.keyboard.press(key)


def test_password_and_code_let_somebody_in_with_the_keyboard_only(
    context: BrowserContext, live_server: LiveServer, reader: Reader
) -> None:
    screen = context.new_page()
    screen.goto(live_server.url + "/staff/")
    expect(screen).to_have_url(re.compile("/staff/account/login/"))
    screen.locator("input[name=login]").focus()
    screen.keyboard.type(reader.account.login)
    press(screen, "Tab")
    screen.keyboard.type(reader.password)
    press(screen, "Enter")
    screen.locator("input[name=code]").focus()
    screen.keyboard.type(code_now(reader.secret))
    press(screen, "Enter")
    expect(screen).to_have_url(live_server.url + "/staff/")
    expect(screen.get_by_role("main")).to_be_visible()


def test_a_wrong_password_is_said_on_top_and_gets_the_focus(
    context: BrowserContext, live_server: LiveServer, reader: Reader
) -> None:
    way_in = SignIn(context.new_page(), live_server.url)
    way_in.open()
    way_in.give_password(Reader(reader.account, password="not the password"))
    expect(way_in.screen.locator(".error-summary")).to_be_focused()
    expect(way_in.screen.locator("input[name=login]")).to_have_value(reader.account.login)


def test_a_wrong_code_is_said_on_top_with_a_link_to_the_field(
    context: BrowserContext, live_server: LiveServer, reader: Reader
) -> None:
    way_in = SignIn(context.new_page(), live_server.url)
    way_in.open()
    way_in.give_password(reader)
    way_in.give_code("000000")
    screen = way_in.screen
    expect(screen.locator(".error-summary")).to_be_focused()
    press(screen, "Tab", "Enter")
    expect(screen.locator("input[name=code]")).to_be_focused()
    described_by = screen.locator("input[name=code]").get_attribute("aria-describedby") or ""
    assert screen.locator(f"#{described_by.split()[-1]}").inner_text()


def test_somebody_with_only_a_password_is_led_through_setting_up_an_app(
    context: BrowserContext, live_server: LiveServer, cast: dict[str, Reader]
) -> None:
    way_in = SignIn(context.new_page(), live_server.url)
    way_in.open()
    way_in.give_password(cast[NEWCOMER])
    screen = way_in.screen
    expect(screen).to_have_url(re.compile("/staff/account/2fa/$"))
    screen.locator("a[href$='/totp/activate/']").click()
    assert screen.locator("img.qr").evaluate("image => image.naturalWidth") > 0, "the picture passes the policy"
    way_in.give_code(code_now(screen.locator("main code").inner_text()))
    way_in.confirm(cast[NEWCOMER])
    expect(screen).to_have_url(re.compile("/recovery-codes/$"))
    expect(screen.locator(".codes li").first).to_be_visible()
    screen.goto(live_server.url + "/staff/")
    expect(screen).to_have_url(live_server.url + "/staff/")


def test_a_passkey_opens_the_account_without_a_password(
    context: BrowserContext, live_server: LiveServer, reader: Reader
) -> None:
    let_in(context, live_server.url, reader)
    screen = context.new_page()
    plug_in_key(screen)
    add_passkey(screen, live_server.url)
    screen.locator("header form button").click()
    expect(screen).to_have_url(re.compile("/staff/account/login/"))
    screen.locator("#passkey_login").click()
    expect(screen).to_have_url(live_server.url + "/staff/")


def test_a_passkey_that_is_not_there_is_said_in_words(
    context: BrowserContext, live_server: LiveServer, transactional_db: None
) -> None:
    screen = context.new_page()
    plug_in_key(screen)
    screen.goto(live_server.url + "/staff/account/login/")
    screen.locator("#passkey_login").click()
    expect(screen.locator("[data-passkey-problem]")).to_be_visible(timeout=90_000)


def test_signing_out_is_one_button_and_ends_the_session(
    context: BrowserContext, live_server: LiveServer, reader: Reader
) -> None:
    screen = sign_in(context.new_page(), live_server.url, reader)
    screen.locator("header form button").click()
    expect(screen).to_have_url(re.compile("/staff/account/login/"))
    screen.goto(live_server.url + "/staff/")
    expect(screen).to_have_url(re.compile("/staff/account/login/"))
