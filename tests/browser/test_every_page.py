"""Every page, in both languages, on a phone and at a desk: accessible, within the screen, silent and alone."""

import pytest
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in
from tests.browser.conftest import NewContext
from tests.browser.judge import problems_of, take_picture
from tests.browser.pages import PAGES, STAFF

PHONE, DESK = 360, 1280  # CSS pixels
HEIGHTS = {PHONE: 740, DESK: 900}
# Every language, width and scheme meets every other one, without the eight times of all together.
CIRCUMSTANCES = [("nl", PHONE, "light"), ("nl", DESK, "dark"), ("en", PHONE, "dark"), ("en", DESK, "light")]


@pytest.mark.parametrize(("language", "width", "scheme"), CIRCUMSTANCES)
def test_every_page_is_accessible_fits_and_asks_nobody_else(
    language: str,
    width: int,
    scheme: str,
    live_server: LiveServer,
    new_context: NewContext,
    cast: dict[str, Reader],
    figures: None,
    axe: str,
) -> None:
    viewport = {"width": width, "height": HEIGHTS[width]}
    windows = {}
    problems = []
    for page in PAGES:
        if page.reader not in windows:
            context = new_context(viewport=viewport, color_scheme=scheme)
            if page.reader in STAFF:
                let_in(context, live_server.url, cast[page.reader])
            windows[page.reader] = context.new_page()
        screen = windows[page.reader]
        found = problems_of(page, language, screen, live_server.url, axe)
        problems += [f"{page.reader} {page.in_language(language)}: {problem}" for problem in found]
        take_picture(screen, f"{page.name}-{language}-{width}-{scheme}")
    assert not problems, "\n".join(problems)


def test_a_cookie_on_the_visitors_side_would_be_noticed(context: BrowserContext, live_server: LiveServer) -> None:
    context.new_page().goto(live_server.url + "/staff/account/login/")
    assert context.cookies(), "the sign-in page sets one, so an empty list on the visitor's side means something"
