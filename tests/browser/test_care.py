"""Shelter places with the keyboard alone, on a phone: from a referral that waits to a stay."""

from playwright.sync_api import Page as Screen
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.care import OF_THE_REFERRAL, make_care
from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of
from tests.browser.register import make_register

PHONE = {"width": 360, "height": 740}
MOST = 60  # tabs to whatever is asked for; more would be too far away for anybody
FOCUSED = "() => { const one = document.activeElement; return one.innerText || one.name || ''; }"


def tab_to(screen: Screen, name: str) -> None:
    """Go on from element to element until the one with this text or name has the focus, which must then be seen."""
    for _ in range(MOST):
        screen.keyboard.press("Tab")
        if screen.evaluate(FOCUSED).strip().startswith(name):
            expect(screen.locator(":focus")).to_be_in_viewport()
            return
    raise AssertionError(f"{name} is not reached with the keyboard")


def press(screen: Screen, name: str) -> None:
    """Reach a button or link and press it."""
    tab_to(screen, name)
    with screen.expect_navigation():
        screen.keyboard.press("Enter")


def test_somebody_gets_a_place_with_the_keyboard_alone(
    reader: Reader, new_context: NewContext, live_server: LiveServer, axe: str
) -> None:
    worker = with_app(make_colleague(reader, "casus", "case_worker").account).account
    make_register(worker)
    make_care(worker)
    context = new_context(viewport=PHONE)
    let_in(context, live_server.url, Reader(worker))
    screen = context.new_page()
    screen.goto(f"{live_server.url}{OF_THE_REFERRAL}")
    press(screen, "Accepteren")
    press(screen, "Plek reserveren")
    tab_to(screen, "shelter")
    screen.keyboard.press("Space")
    press(screen, "Deze plek reserveren")
    expect(screen.locator("main")).to_contain_text("Er is een plek gereserveerd tot")
    press(screen, "Aangekomen: het verblijf begint vandaag")
    press(screen, "Verblijft sinds")
    press(screen, "Langer plannen")
    press(screen, "Langer plannen")
    expect(screen.locator(".error-summary")).to_be_focused()
    assert faults_of(screen, axe, of=[]) == []
