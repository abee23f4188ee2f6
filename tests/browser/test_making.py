"""A report that is being made, was refused, or stopped: accessible and within the screen at each step."""

from importlib import import_module

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Route
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture
from zicht.figures.yearly import working
from zicht.figures.yearly.actions import Asked
from zicht.figures.yearly.views import HELD
from zicht.people import waiting
from zicht.people.waiting import Stage, Waiting


def begin(context: BrowserContext) -> Waiting:
    """Let a report be asked for by whoever has the session of a window, and nobody work on it."""
    job, key = waiting.begin()
    name = next(one["value"] for one in context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore(name)
    session[HELD] = {job.hex: key}
    session.save()
    file = waiting.find(job, key)
    working.keep(file, Asked("2025", "public"))
    return file


def stand_still(route: Route) -> None:
    """Answer without the header that loads the page anew every two seconds: axe takes longer on a busy machine."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: text for name, text in answer.headers.items() if name != "refresh"})


@pytest.mark.parametrize(("language", "width", "scheme"), [("nl", 360, "light"), ("en", 1280, "dark")])
def test_making_a_report_is_told_to_everybody(
    language: str,
    width: int,
    scheme: str,
    new_context: NewContext,
    live_server: LiveServer,
    reader: Reader,
    axe: str,
) -> None:
    context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    let_in(context, live_server.url, with_app(make_colleague(reader, "cijfers", "analyst").account))
    file = begin(context)
    screen = context.new_page()
    screen.route("**/figures/reports/make/**", stand_still)
    address = f"{live_server.url}{'' if language == 'nl' else '/en'}/figures/reports/make/{file.job}/"
    faults = []
    for stage in (Stage(working.WORKING, 40), Stage(working.STOPPED), Stage(working.REFUSED)):
        file.keep("refusal", b"Nobody is registered yet." if stage.name == working.REFUSED else b"")
        file.tell(stage)
        screen.goto(address)
        assert screen.locator("progress").count() == (stage.name == working.WORKING)
        faults += [f"{stage.name}: {fault}" for fault in faults_of(screen, axe)]
        take_picture(screen, f"making-{stage.name}-{language}-{width}")
    assert not faults, "\n".join(faults)
