"""With a keyboard only: past the frame, to the other language, and the shortcuts of the desk."""

import pytest
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader
from tests.browser.pages import PAGES, STAFF
from tests.browser.screens import open_start


@pytest.fixture
def desk(context: BrowserContext, live_server: LiveServer, reader: Reader) -> Screen:
    """Give the start page of somebody who signed in."""
    return open_start(context, live_server.url, reader)


def test_the_first_tab_offers_to_skip_to_the_content(context: BrowserContext, live_server: LiveServer) -> None:
    screen = context.new_page()
    for page in (page for page in PAGES if page.reader not in STAFF):
        screen.goto(live_server.url + page.address)
        screen.keyboard.press("Tab")
        skip = screen.locator("a.skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        screen.keyboard.press("Enter")
        expect(screen.locator("main")).to_be_focused()


def test_staff_skip_the_navigation_too(desk: Screen) -> None:
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/report/", "/figures/", "/staff/account/login/"])
def test_the_language_link_leads_to_the_same_page_and_back(
    address: str, context: BrowserContext, live_server: LiveServer
) -> None:
    screen = context.new_page()
    screen.goto(live_server.url + address)
    for language, where in (("en", "/en" + address), ("nl", address)):
        link = screen.locator(f"a[hreflang={language}]")
        link.focus()
        screen.keyboard.press("Enter")
        expect(screen).to_have_url(live_server.url + where)
        expect(screen.locator("html")).to_have_attribute("lang", language)


def test_a_question_mark_shows_the_shortcuts_and_escape_hides_them(desk: Screen) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("dialog#shortcuts")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("dialog#shortcuts")).to_be_hidden()


def test_shortcuts_can_be_turned_off_and_stay_off(desk: Screen) -> None:
    desk.locator("[data-shows-shortcuts]").click()
    desk.locator("#shortcuts-on").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    desk.keyboard.press("?")
    expect(desk.locator("dialog#shortcuts")).to_be_hidden()


def test_a_whole_row_opens_what_it_is_about(desk: Screen, live_server: LiveServer) -> None:
    desk.goto(live_server.url + "/staff/accounts/")
    row = desk.locator("tr[data-row-link]").first
    address = row.locator("a").first.get_attribute("href")
    row.locator("td").nth(1).click()
    expect(desk).to_have_url(f"{live_server.url}{address}")


def test_the_steps_fold_away_on_a_phone_and_open_with_the_keyboard(desk: Screen) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    steps = desk.locator("nav.side--phone ol")
    expect(steps).to_be_hidden()
    desk.locator("nav.side--phone summary").focus()
    desk.keyboard.press("Enter")
    expect(steps).to_be_visible()
