"""A real Chromium, a running server, and one member of staff to read its pages."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test.utils import override_settings
from django.urls import get_resolver
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tools import services

from tests.browser.barriers import make_barriers
from tests.browser.care import make_care
from tests.browser.cast import Reader, make_administrator, make_colleague, with_app
from tests.browser.contacts import make_contacts
from tests.browser.desks import make_desk
from tests.browser.evidence import make_sources
from tests.browser.intake import make_reports
from tests.browser.matching import make_alike
from tests.browser.pages import (
    ADMINISTRATOR,
    ANALYST,
    CASE_WORKER,
    COORDINATOR,
    COUNSELLOR,
    DESK_LEAD,
    NEWCOMER,
    PRIVACY_OFFICER,
    RESEARCHER,
)
from tests.browser.register import make_register
from tests.browser.rights import make_rights
from tests.browser.yearly_report import make_yearly_reports
from tests.figures.files import line, write_csv
from tests.guards import empty_log_afterwards as empty_log_afterwards
from zicht.figures.actions import import_glotip

CHROMIUM = services.find_chromium()
# Without a sandbox it runs as root in a container; the rest keeps it from talking to anybody but the server under test.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE = Path("node_modules/axe-core/axe.min.js")
PATIENCE = 20_000  # milliseconds until something that does not appear counts as missing

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def as_served(tmp_path_factory: pytest.TempPathFactory) -> override_settings:
    """Collect the static files as for a real server: hashed names, also inside JavaScript, and compressed."""
    storage = {"BACKEND": "zicht.site.storage.ModuleManifestStorage"}
    served = override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES={**settings.STORAGES, "staticfiles": storage}
    )
    with served:
        call_command("collectstatic", interactive=False, verbosity=0)
    return served


@pytest.fixture(autouse=True)
def _served_files(as_served: override_settings) -> Iterator[None]:
    with as_served:
        yield


@pytest.fixture(scope="session")
def live_server(as_served: override_settings) -> Iterator[LiveServer]:
    """Give the server of pytest-django, but let WhiteNoise answer for the files, as it does outside tests."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application  # type: ignore[assignment]
    assert get_resolver().url_patterns  # loads the code of every page before the first one is waited for
    with as_served:
        server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a browser for the whole run, or skip where there is none."""
    if CHROMIUM is None:
        pytest.skip(f"Chromium is not here: apt-get install {services.PACKAGES['Chromium'][-1]}")
    # Playwright keeps an event loop in this thread, in which Django otherwise refuses to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Give a way to open windows without cookies, with options of Playwright; they close after the test."""
    contexts: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    """Give one window without cookies."""
    return new_context()


@pytest.fixture(scope="session")
def axe(project: Path) -> str:
    """Give the source of axe-core, or skip where it was not installed."""
    source = project / AXE
    if not source.exists():
        pytest.skip(f"{AXE} is not here: npm ci")
    return source.read_text(encoding="utf-8")


@pytest.fixture
def reader(transactional_db: None) -> Reader:
    """Give an administrator with a password and an authenticator app."""
    return make_administrator()


@pytest.fixture
def figures(transactional_db: None, tmp_path: Path) -> None:
    """Import figures of one country, so that there is something to draw and to withhold."""
    years = range(2016, 2023)
    totals = [line(str(600 + 10 * year % 400), year) for year in years]
    women = [line(str(400 + 7 * year % 90), year, Sex="Female") for year in years]
    men = [line("<5" if year == 2019 else "90", year, Sex="Male") for year in years]
    import_glotip(write_csv(tmp_path, *totals, *women, *men))


@pytest.fixture
def cast(reader: Reader) -> dict[str, Reader]:
    """Give everybody who reads pages of the staff side."""
    privacy_officer = make_colleague(reader, "privacy", "privacy_officer")
    case_worker = make_colleague(reader, "casus", "case_worker").account
    make_register(case_worker)
    make_alike(case_worker)
    make_rights(case_worker, privacy_officer.account)
    make_care(case_worker)
    make_reports(case_worker)
    counsellor = make_colleague(reader, "hulp", "counsellor").account
    make_contacts(counsellor)
    make_desk(reader.account, counsellor)
    coordinator = make_colleague(reader, "regie", "care_coordinator").account
    make_barriers(coordinator)
    researcher = make_colleague(reader, "onderzoek", "researcher").account
    make_sources(researcher)
    analyst = make_colleague(reader, "cijfers", "analyst").account
    make_yearly_reports(analyst, make_colleague(reader, "toezicht", "rapporteur").account)
    return {
        ADMINISTRATOR: reader,
        PRIVACY_OFFICER: with_app(privacy_officer.account),
        NEWCOMER: make_colleague(reader, "nieuw", "counsellor"),
        CASE_WORKER: with_app(case_worker),
        ANALYST: with_app(analyst),
        COUNSELLOR: with_app(counsellor),
        COORDINATOR: with_app(coordinator),
        RESEARCHER: with_app(researcher),
        DESK_LEAD: with_app(make_colleague(reader, "leiding", "desk_lead").account),
    }


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """Forget how often somebody tried to sign in, which would otherwise lock out a later test."""
    cache.clear()
