"""The cast of the chat, a server that all tests share, and the fixtures of the room of people."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import pytest_django
from django.db import connection
from tests.contact.cast import Cast, Counsellor
from tests.contact.server import Server, server_on
from tests.guards import empty_log_afterwards as empty_log_afterwards
from tests.people.conftest import SignIn
from tests.people.conftest import _empty_cache as _empty_cache
from tests.people.conftest import _own_language as _own_language
from tests.people.conftest import sign_in as sign_in

from zicht.contact.chat import work
from zicht.contact.chat.hub import Hub
from zicht.people.models import Account

AtTheDesk = Callable[[Account], Counsellor]


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast."""
    return Cast()


@pytest.fixture
def at_the_desk(cast: Cast, sign_in: SignIn) -> AtTheDesk:
    """Give a way to be at the desk of the helpline, signed in."""

    def sit_down(account: Account) -> Counsellor:
        cast.desk  # noqa: B018 - it comes into being when it is named
        return Counsellor(sign_in(account), cast.desk_private)

    return sit_down


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with no load: what earlier tests opened must not raise the price."""
    monkeypatch.setattr(work, "networks", work.Networks())


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Server]:
    """Give a server with a desk, on the database that this run of the tests is about; whoever kills it starts it."""
    folder = tmp_path_factory.mktemp("server")
    url = os.environ.get("ZICHT_TEST_DATABASE_URL", "")
    if not url:
        # A copy of the tables of this run: making them once more would take longer than all tests with the server.
        with django_db_blocker.unblock(), closing(sqlite3.connect(folder / "zicht.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    with server_on(folder, url) as running:
        running.run("desk")
        running.start()
        yield running


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Give a hub in a loop of its own, which nothing of the product uses."""
    with closing(asyncio.new_event_loop()) as loop:
        yield Hub(loop)
