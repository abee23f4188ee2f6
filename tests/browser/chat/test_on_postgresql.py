"""The same talk over a server on PostgreSQL."""

import os
from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser

from tests.browser.chat import test_talk
from tests.browser.chat.conftest import Chat, CounsellorWindow, chat_on, desk_on

pytestmark = pytest.mark.xdist_group("chat")

DATABASE = "CHAT_TEST_DATABASE_URL"


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, as_served: override_settings) -> Iterator[Chat]:
    """Serve the chat on PostgreSQL, or say that there is none."""
    if not os.environ.get(DATABASE):
        pytest.skip(f"{DATABASE} names no PostgreSQL server")
    static = as_served.options["STATIC_ROOT"]
    with chat_on(tmp_path_factory.mktemp("chat"), static, os.environ[DATABASE]) as served:
        yield served


@pytest.fixture(scope="module")
def open_desk(chat: Chat, browser: Browser) -> Iterator[CounsellorWindow]:
    """Unlock once for this server."""
    with desk_on(chat, browser) as window:
        yield window


# Collected here once more, with the server of this file.
test_what_is_said_arrives_on_both_sides_and_nowhere_else = (
    test_talk.test_what_is_said_arrives_on_both_sides_and_nowhere_else
)
test_what_a_visitor_destroys_is_gone_on_both_sides = test_talk.test_what_a_visitor_destroys_is_gone_on_both_sides
