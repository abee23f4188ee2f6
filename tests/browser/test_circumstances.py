"""What the reader's own settings ask for: a dark screen, colours of their own, no motion, paper."""

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader
from tests.browser.conftest import NewContext
from tests.browser.screens import open_start

GROUND = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
MOVING = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration != '0s').length"
BORDER = "element => parseFloat(getComputedStyle(element).borderTopWidth)"
HALFWAY = 3 * 128  # of red, green and blue together


@pytest.mark.parametrize("address", ["/", "/staff/account/login/"])
def test_a_page_is_dark_where_the_reader_asks_for_dark(
    address: str, new_context: NewContext, live_server: LiveServer, transactional_db: None
) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        screen = new_context(color_scheme=scheme).new_page()
        screen.goto(live_server.url + address)
        brightness[scheme] = sum(screen.evaluate(GROUND))
    assert brightness["dark"] < HALFWAY < brightness["light"]


def test_with_the_readers_own_colours_the_current_place_and_the_buttons_keep_an_outline(
    new_context: NewContext, live_server: LiveServer, reader: Reader
) -> None:
    screen = open_start(new_context(forced_colors="active"), live_server.url, reader)
    screen.goto(live_server.url + "/figures/")
    assert border(screen, ".side--wide [aria-current]") >= 2
    screen.goto(live_server.url + "/staff/account/password/change/")
    assert border(screen, "main .button") >= 1


def border(screen: Screen, selector: str) -> float:
    return float(screen.locator(selector).first.evaluate(BORDER))


def test_nothing_moves_for_readers_who_asked_for_that(
    new_context: NewContext, live_server: LiveServer, transactional_db: None
) -> None:
    screen = new_context(reduced_motion="reduce").new_page()
    screen.goto(live_server.url + "/staff/account/login/")
    assert screen.evaluate(MOVING) == 0


def test_paper_shows_the_content_without_the_frame(
    new_context: NewContext, live_server: LiveServer, reader: Reader
) -> None:
    screen = open_start(new_context(), live_server.url, reader)
    screen.emulate_media(media="print")
    expect(screen.locator("main h1")).to_be_visible()
    expect(screen.locator("nav.side--wide")).to_be_hidden()
    expect(screen.locator("header form button")).to_be_hidden()
