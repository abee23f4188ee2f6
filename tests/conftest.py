"""What all rooms' tests share: how they are chosen, the day, the folder with outside sources, a count of queries."""

import datetime as dt
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings

from tests import tables

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"
MOST_QUERIES = 15  # of one page, whatever it shows
QueryLimit = Callable[..., AbstractContextManager[None]]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
EMPTIES = "_fixture_teardown"  # of Django's test case, after a test that really commits
PAGE_FIXTURES = {"sign_in", "client"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make test` needs to run the tests once more on another database, or to show that it could not."""
    group = parser.getgroup("zicht")
    group.addoption("--database-only", action="store_true", help="run only the tests that touch a database")
    group.addoption("--skip-because", metavar="REASON", help="show every chosen test as skipped, with this reason")


# A test is not wrong because the machine is busy.
settings.register_profile("zicht", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zicht")


def pytest_configure() -> None:
    """Let Playwright use the node that is pinned: the one it brings needs a library that a bare Debian lacks."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).parent / "node"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark browser tests by their folder, and carry out the two options."""
    for item in items:
        if item.path.is_relative_to(PROJECT / "tests" / "browser"):
            item.add_marker(pytest.mark.browser)
        if reason := config.getoption("skip_because"):
            item.add_marker(pytest.mark.skip(reason=reason))
    if config.getoption("database_only"):
        others = [item for item in items if not is_of_every_database(item)]
        items[:] = [item for item in items if is_of_every_database(item)]
        config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    """Leave what was loaded out of every search for garbage, and search less often: it takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def is_of_every_database(item: pytest.Item) -> bool:
    """Answer whether a test runs once more on the other database.

    Pages do not: making and reading them takes longest, and the browser opens every one of them on PostgreSQL.
    """
    is_of_pages = bool(PAGE_FIXTURES & set(getattr(item, "fixturenames", ())))
    return touches_database(item) and not is_of_pages and item.get_closest_marker("one_database") is None


def touches_database(item: pytest.Item) -> bool:
    """Answer whether a test reads or writes a database, by its mark, its fixtures or its class."""
    fixtures = set(getattr(item, "fixturenames", ()))
    cls = getattr(item, "cls", None)
    is_django_case = cls is not None and issubclass(cls, TransactionTestCase)
    return is_django_case or bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def _empty_quickly() -> Iterator[None]:
    """Empty on PostgreSQL only what a test that really commits has filled, where Django would empty every table."""
    emptied_by_django = getattr(TransactionTestCase, EMPTIES)

    def empty(case: TransactionTestCase) -> None:
        if connection.vendor == "postgresql":
            tables.empty_what_is_filled()
        else:
            emptied_by_django(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, EMPTIES, empty)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Keep the tables that are there when they were copied."""
    return django_db_keepdb or tables.are_made()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Copy the tables of this worker where they were made for all of them."""
    if not tables.are_made():
        yield
        return
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    if connection.vendor == "sqlite":
        with tables.copied_to_memory(name):
            yield
    else:
        tables.copy_on_server(os.environ["ZICHT_TEST_DATABASE_URL"], name)
        yield


@pytest.fixture
def today() -> dt.date:
    """Give one fixed day, so that no test depends on when it runs."""
    return dt.date(2026, 3, 2)


@pytest.fixture(scope="session")
def project() -> Path:
    """Give the root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder with outside sources that lies beside the project, or skip where only the project was cloned."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with the outside sources is not here")
    return SHARED


@pytest.fixture
def at_most_queries() -> QueryLimit:
    """Give a context that fails when more queries were needed inside it than a page may have."""

    @contextmanager
    def limit(most: int = MOST_QUERIES) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        # Taking one's turn in the access log, which SQLite does by beginning a transaction, asks for nothing.
        asked = [query["sql"] for query in captured.captured_queries]
        queries = [sql for sql in asked if "pg_advisory_xact_lock" not in sql]
        assert len(queries) <= most, f"{len(queries)} queries, at most {most}:\n" + "\n".join(queries)

    return limit
