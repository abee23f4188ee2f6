"""A real server with a desk in a process of its own, and windows of a visitor and of counsellors on it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Screen

from tests.browser.conftest import PATIENCE, NewContext
from tests.browser.test_visitor import NEUTRAL_SITE, pretend_to_be_the_neutral_site
from tests.contact.server import Server, server_on

SEED = Path(__file__).with_name("seed.py")
PASSWORD = "made-up password of the tests"
SETTINGS = {"ZICHT_DEMO": "yes", "ZICHT_REQUIRE_SECOND_FACTOR": "no", "ZICHT_HOSTS": "127.0.0.1,localhost"}
expect.set_options(timeout=PATIENCE)
UNLOCKS_WITHIN = 30_000  # milliseconds: Argon2id in a browser on a machine that does other things


@dataclass(frozen=True)
class Chat:
    """The server, the folder with all it writes, and what opens the keys of everybody at the desk."""

    server: Server
    folder: Path
    passphrase: str

    @property
    def url(self) -> str:
        """Give where it is."""
        return f"http://127.0.0.1:{self.server.port}"


@contextmanager
def chat_on(folder: Path, static: Path, database_url: str = "") -> Iterator[Chat]:
    """Have a server with a desk, on SQLite or on a PostgreSQL server."""
    passphrase = folder / "passphrase"

    def fill(environment: Mapping[str, str]) -> None:
        path = os.pathsep.join([str(Path.cwd()), str(Path.cwd() / "src")])
        command = [sys.executable, str(SEED), PASSWORD, str(passphrase)]
        subprocess.run(command, env={**environment, "PYTHONPATH": path}, check=True)
        # The files of the pages were collected once for all servers of this run.
        (folder / "static").rmdir()
        (folder / "static").symlink_to(static)

    with server_on(folder, database_url, prepare=fill, **SETTINGS) as server:
        found = passphrase.read_text(encoding="ascii")
        passphrase.unlink()
        server.start()
        yield Chat(server, folder, found)


@pytest.fixture(scope="session")
def chat(tmp_path_factory: pytest.TempPathFactory, as_served: override_settings) -> Iterator[Chat]:
    """Serve the chat for the whole run, on the database that this run of the tests is about."""
    url = os.environ.get("ZICHT_TEST_DATABASE_URL", "")
    with chat_on(tmp_path_factory.mktemp("chat"), as_served.options["STATIC_ROOT"], url) as served:
        yield served


class VisitorWindow:
    """A visitor's browser, and what she does in it."""

    def __init__(self, screen: Screen, address: str) -> None:
        self.screen = screen
        self.address = address

    def arrive(self, page: str = "") -> "VisitorWindow":
        """Open the page and wait until it knows whether somebody is there."""
        self.screen.goto(f"{self.address}/chat/{page}")
        expect(self.screen.locator("#desk-state")).not_to_be_empty()
        return self

    def begin(self, words: str) -> None:
        """Send the first message, and wait until it is stored."""
        self.screen.locator("#first").fill(words)
        self.screen.locator("#begin button").click()
        expect(self.screen.locator("#log .mine").last).to_contain_text(words)

    def say(self, words: str) -> None:
        """Send a message."""
        self.screen.locator("#message").fill(words)
        self.screen.locator("#say button.main").click()

    def hears(self, words: str) -> None:
        """Wait until somebody of the desk has said this."""
        expect(self.screen.locator("#log .theirs").filter(has_text=words)).to_be_visible()


class CounsellorWindow:
    """A counsellor's browser, and what she does in it."""

    def __init__(self, screen: Screen, chat: Chat) -> None:
        self.screen = screen
        self.chat = chat

    def sign_in(self, login: str) -> "CounsellorWindow":
        """Sign in and come to the desk."""
        self.screen.goto(f"{self.chat.url}/staff/account/login/?next=/staff/desk/")
        self.screen.locator("input[name=login]").fill(login)
        self.screen.locator("input[name=password]").fill(PASSWORD)
        self.screen.keyboard.press("Enter")
        # Not by a pattern: the address of signing in ends in the same words.
        self.screen.wait_for_url(f"{self.chat.url}/staff/desk/")
        return self

    def unlock(self) -> "CounsellorWindow":
        """Open the keys."""
        self.screen.locator("#passphrase").fill(self.chat.passphrase)
        self.screen.keyboard.press("Enter")
        expect(self.screen.locator("#connection")).to_have_text("Verbonden", timeout=UNLOCKS_WITHIN)
        return self

    def open_newest(self) -> None:
        """Open the chat that waits and came last."""
        # What a visitor stored a moment ago is pushed to this window, and older chats may stand in its list already.
        waiting = self.screen.locator("#list-waiting button")
        expect(waiting).to_have_count(self._number_waiting())
        waiting.last.click()
        expect(self.screen.locator("#open-chat")).to_be_visible()

    def _number_waiting(self) -> int:
        """Ask the server how many chats wait for the desks of this counsellor."""
        rows = self.screen.context.request.get(f"{self.chat.url}/staff/desk/v1/conversations").json()["conversations"]
        return sum(row["state"] == "waiting" for row in rows)

    def take_newest(self) -> None:
        """Open it and make it one's own."""
        self.open_newest()
        self.screen.locator("#claim").click()
        expect(self.screen.locator("#say")).to_be_visible()

    def say(self, words: str) -> None:
        """Send an answer."""
        self.screen.locator("#message").fill(words)
        self.screen.keyboard.press("Control+Enter")

    def hears(self, words: str) -> None:
        """Wait until the visitor has said this."""
        expect(self.screen.locator("#log .theirs").filter(has_text=words)).to_be_visible()

    def open_more(self) -> None:
        """Unfold what is seldom needed; it stays unfolded from one chat to the next."""
        if not self.screen.locator("#release-form").is_visible():
            self.screen.locator("#more summary").click()

    def end(self) -> None:
        """End the chat."""
        self.screen.locator("#end").click()
        expect(self.screen.locator("#chat-state")).to_have_text("Gesloten.")


@pytest.fixture
def visit(chat: Chat, new_context: NewContext) -> Callable[..., VisitorWindow]:
    """Give a way to come as a visitor, on a phone unless it is said otherwise."""

    def come(**options: object) -> VisitorWindow:
        context = new_context(**{"viewport": {"width": 360, "height": 740}, "locale": "nl-NL", **options})
        context.route(f"{NEUTRAL_SITE}**", pretend_to_be_the_neutral_site)
        return VisitorWindow(context.new_page(), chat.url)

    return come


@pytest.fixture
def visitor(visit: Callable[..., VisitorWindow]) -> VisitorWindow:
    """Give a visitor on a phone."""
    return visit()


@contextmanager
def desk_on(chat: Chat, browser: Browser) -> Iterator[CounsellorWindow]:
    """Have a counsellor who signed in and unlocked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield CounsellorWindow(context.new_page(), chat).sign_in("counsellor").unlock()
    context.close()


@pytest.fixture(scope="session")
def open_desk(chat: Chat, browser: Browser) -> Iterator[CounsellorWindow]:
    """Unlock once for the whole run: that takes seconds."""
    with desk_on(chat, browser) as window:
        yield window


@pytest.fixture
def counsellor(open_desk: CounsellorWindow) -> CounsellorWindow:
    """Give a counsellor at her open desk, where nothing is shown."""
    open_desk.screen.set_viewport_size({"width": 1280, "height": 900})
    if open_desk.screen.locator("#put-away").is_visible():
        open_desk.screen.locator("#put-away").click()
    return open_desk
