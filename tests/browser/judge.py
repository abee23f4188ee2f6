"""Judge a page: what a browser, axe and a narrow screen have to say about it."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page as Screen

from tests.browser.pages import VISITOR, Page
from tests.browser.screens import Watch

# What WCAG 2.2 AA asks for, and what axe calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_LOOKS = ["cat.color", "cat.keyboard"]  # contrasts, and what a keyboard reaches: narrow pages scroll in other places
OF_WORDS = ["cat.language", "cat.name-role-value", "cat.forms", "cat.text-alternatives"]
RUN_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
# Asked in one step: a locator would load a large script of Playwright into each page.
SEEN = """(page => [
    document.querySelectorAll("h1").length, document.title, page.scrollWidth - page.clientWidth, "axe" in window,
])(document.documentElement)"""
# Pictures to look at: SCREENSHOTS=yes pytest tests/browser
PICTURES = Path("var/screenshots") if os.environ.get("SCREENSHOTS") else None


def problems_of(
    page: Page, language: str, screen: Screen, server: str, axe: str, of: Sequence[str] = RULES
) -> list[str]:
    """Open one page and list everything that is wrong with it."""
    watch = Watch(screen, server)
    answer = screen.goto(server + page.in_language(language))
    watch.stop()
    problems = [f"console: {text}" for text in watch.complaints] + [f"asks {url}" for url in watch.outside]
    if not answer or answer.status != page.status:
        problems.append(f"answers {answer.status if answer else 'nothing'} instead of {page.status}")
    if urlsplit(screen.url).path != page.in_language(language):
        problems.append(f"leads to {urlsplit(screen.url).path}")
    if screen.evaluate("document.documentElement.lang") != language:
        problems.append("does not say its language")
    if page.reader == VISITOR and screen.context.cookies():
        problems.append("leaves a cookie")
    return problems + faults_of(screen, axe, of=of)


def faults_of(screen: Screen, axe: str, of: Sequence[str] = RULES) -> list[str]:
    """List what is wrong with what the window shows now; axe runs under the page's own content security policy.

    Without rules it is only asked whether the page has its heading and fits.
    """
    faults = []
    headings, title, too_wide, has_axe = screen.evaluate(SEEN)
    if headings != 1 or not title.strip(" ·"):
        faults.append("has no h1, more than one, or no title")
    if too_wide:
        faults.append(f"is {too_wide} pixels wider than the screen")
    if not of:
        return faults
    if not has_axe:  # turned round, the page is still the one it was loaded into
        screen.evaluate(axe)
    for violation in screen.evaluate(RUN_AXE, list(of))["violations"]:
        faults += [f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}" for node in violation["nodes"]]
    return faults


def take_picture(screen: Screen, name: str) -> None:
    """Write a picture of the whole page when somebody asked for pictures."""
    if PICTURES:
        PICTURES.mkdir(parents=True, exist_ok=True)
        screen.screenshot(path=PICTURES / f"{name}.png", full_page=True)
