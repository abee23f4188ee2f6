"""The visitor's side in a real browser: a way out that works, nothing left behind, light enough for a cheap phone."""

import pytest
from playwright.sync_api import BrowserContext, Route
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import NewContext
from tests.browser.pages import PAGES, VISITOR

MOST_BYTES, MOST_REQUESTS = 45 * 1024, 5
SMALLEST_TARGET = 44  # CSS pixels
NEUTRAL_SITE = "https://www.buienradar.nl/"
READABLE = [page for page in PAGES if page.reader == VISITOR and page.status == 200]
ADDRESSES = [page.in_language(language) for page in READABLE for language in ("nl", "en")]


def pretend_to_be_the_neutral_site(route: Route) -> None:
    """Answer in place of a site on the internet, which tests do not ask."""
    route.fulfill(body="<title>weer</title><p>Morgen zon", content_type="text/html")


@pytest.fixture
def screen(context: BrowserContext) -> Screen:
    """Give a window for which the neutral site exists."""
    context.route(f"{NEUTRAL_SITE}**", pretend_to_be_the_neutral_site)
    return context.new_page()


def assert_nothing_is_one_step_back(screen: Screen, live_server: LiveServer) -> None:
    screen.wait_for_url(NEUTRAL_SITE)
    screen.go_back()
    assert not screen.url.startswith(live_server.url)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitors_page_is_light(address: str, screen: Screen, live_server: LiveServer) -> None:
    sizes = []
    screen.on("requestfinished", lambda request: sizes.append(request.sizes()))
    screen.goto(live_server.url + address, wait_until="networkidle")
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(sizes) <= MOST_REQUESTS
    assert 0 < weight <= MOST_BYTES


def test_nothing_is_left_in_the_browser(screen: Screen, live_server: LiveServer) -> None:
    for address in ADDRESSES:
        screen.goto(live_server.url + address)
    assert screen.context.cookies() == []
    assert screen.evaluate("localStorage.length + sessionStorage.length") == 0
    assert screen.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0


def test_the_exit_leaves_at_once_and_nothing_is_one_step_back(screen: Screen, live_server: LiveServer) -> None:
    screen.goto(live_server.url)
    screen.locator("#exit").click()
    assert_nothing_is_one_step_back(screen, live_server)


@pytest.mark.parametrize("key", ["Escape", "Shift"])
def test_a_key_pressed_three_times_leaves_too(key: str, screen: Screen, live_server: LiveServer) -> None:
    screen.goto(live_server.url)
    for _ in range(3):
        screen.keyboard.press(key)
    assert_nothing_is_one_step_back(screen, live_server)


def test_reading_on_makes_no_second_entry_in_the_history(screen: Screen, live_server: LiveServer) -> None:
    screen.goto(live_server.url)
    screen.locator("main a[href='/report/']").click()
    screen.wait_for_url("**/report/")
    screen.locator("a.language").click()
    screen.wait_for_url("**/en/report/")
    screen.locator("#exit").click()
    assert_nothing_is_one_step_back(screen, live_server)


def test_the_exit_is_a_real_link_that_works_without_javascript(
    new_context: NewContext, live_server: LiveServer
) -> None:
    context = new_context(java_script_enabled=False)
    context.route(f"{NEUTRAL_SITE}**", pretend_to_be_the_neutral_site)
    screen = context.new_page()
    screen.goto(live_server.url)
    assert not screen.locator("[data-needs-script]").is_visible(), "nothing is promised that does not work here"
    screen.locator("#exit").click()
    screen.wait_for_url(NEUTRAL_SITE)


def test_the_page_is_emptied_when_it_is_left(screen: Screen, live_server: LiveServer) -> None:
    screen.goto(live_server.url)
    screen.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert screen.locator("body").inner_text() == ""
    assert screen.title() == ""


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_exit_is_large_at_the_top_right_and_never_covered(
    width: int, screen: Screen, live_server: LiveServer
) -> None:
    screen.set_viewport_size({"width": width, "height": 600})
    for address in ADDRESSES:
        screen.goto(live_server.url + address)
        screen.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        box = screen.locator("#exit").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET
        assert box["y"] < SMALLEST_TARGET
        assert width - (box["x"] + box["width"]) <= SMALLEST_TARGET
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert screen.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a').id", middle) == "exit"


def test_every_target_is_large_enough_for_a_thumb(screen: Screen, live_server: LiveServer) -> None:
    screen.set_viewport_size({"width": 360, "height": 740})
    for address in ADDRESSES:
        screen.goto(live_server.url + address)
        heights = screen.locator("a:not(.skip)").evaluate_all(
            "links => links.map(link => [link.textContent.trim(), link.getBoundingClientRect().height])"
        )
        assert [text for text, height in heights if height < SMALLEST_TARGET] == []


def test_the_field_that_has_the_focus_is_not_under_the_header(screen: Screen, live_server: LiveServer) -> None:
    screen.set_viewport_size({"width": 360, "height": 500})
    screen.goto(live_server.url)
    screen.locator("main a").last.focus()
    for _ in range(screen.locator("main a").count() - 1):
        screen.keyboard.press("Shift+Tab")
        top = screen.evaluate("document.activeElement.getBoundingClientRect().top")
        header = screen.evaluate("document.querySelector('header').getBoundingClientRect().bottom")
        assert top >= header
