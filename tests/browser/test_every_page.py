"""Every page, in both languages, on a phone and at a desk: accessible, within the screen, silent and alone."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, ViewportSize
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in
from tests.browser.conftest import NewContext
from tests.browser.judge import OF_LOOKS, OF_WORDS, RULES, faults_of, problems_of, take_picture
from tests.browser.pages import PAGES, STAFF

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}  # CSS pixels


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    viewport: dict[str, int]
    scheme: str
    name: str


# Both languages fill the same templates, so a page is judged whole in Dutch on a light phone, and in English on a dark
# desk what its words, this width and this scheme can spoil. Turned to the other width, it must fit. Everything in every
# way would take four times as long.
LOOKS = [
    ("nl", Look(PHONE, "light", "360-light"), RULES, Look(DESK, "light", "1280-light")),
    ("en", Look(DESK, "dark", "1280-dark"), OF_WORDS + OF_LOOKS, Look(PHONE, "dark", "360-dark")),
]


@pytest.mark.parametrize(("language", "first", "rules", "turned"), LOOKS, ids=["nl", "en"])
def test_every_page_is_accessible_fits_and_asks_nobody_else(
    language: str,
    first: Look,
    rules: list[str],
    turned: Look,
    live_server: LiveServer,
    new_context: NewContext,
    cast: dict[str, Reader],
    figures: None,
    axe: str,
) -> None:
    windows = {}
    problems = []
    for page in PAGES:
        if page.reader not in windows:
            context = new_context(color_scheme=first.scheme)
            context.add_init_script(axe)  # sent once: every page has it, and its policy holds all the same
            if page.reader in STAFF:
                let_in(context, live_server.url, cast[page.reader])
            windows[page.reader] = context.new_page()
        screen = windows[page.reader]
        _turn(screen, first)
        found = problems_of(page, language, screen, live_server.url, axe, of=rules)
        take_picture(screen, f"{page.name}-{language}-{first.name}")
        _turn(screen, turned)
        found += [f"{turned.name}: {fault}" for fault in faults_of(screen, axe, of=[])]
        take_picture(screen, f"{page.name}-{language}-{turned.name}")
        problems += [f"{page.reader} {page.in_language(language)}: {problem}" for problem in found]
    assert not problems, "\n".join(problems)


def _turn(screen: Screen, look: Look) -> None:
    screen.set_viewport_size(ViewportSize(**look.viewport))  # type: ignore[typeddict-item]


def test_a_cookie_on_the_visitors_side_would_be_noticed(context: BrowserContext, live_server: LiveServer) -> None:
    context.new_page().goto(live_server.url + "/staff/account/login/")
    assert context.cookies(), "the sign-in page sets one, so an empty list on the visitor's side means something"
