"""Imports that are killed, or run at the same moment: real processes, and a database that all of them can reach."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from tests.figures.files import line, write_csv
from tests.guards import empty_log_afterwards as empty_log_afterwards

from zicht.figures.actions import IMPORT_LOCK, import_glotip

# On PostgreSQL the processes really commit in the database under test, which is emptied afterwards.
pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20_000  # rows: writing them takes long enough to be caught in the middle
WAIT = 60  # seconds
LATER = "glotip_2025-11-02.csv"
IsWriting = Callable[[], bool]
Importing = Callable[[], AbstractContextManager[None]]


class Zicht:
    """Runs the real command as a process."""

    def __init__(self, surroundings: dict[str, str], is_writing: IsWriting, importing: Importing) -> None:
        self.surroundings = surroundings
        self.is_writing = is_writing
        self.somebody_is_importing = importing

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        program = [sys.executable, "-c", "from zicht.site.cli import main; main()", *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(program, env=self.surroundings, stdout=pipe, stderr=pipe, text=True)

    def run(self, *words: str | Path) -> tuple[int, str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=WAIT)
        return process.returncode, out + err

    def stop_while_writing(self, path: Path) -> subprocess.Popen[str]:
        """Start an import, and freeze it in the middle of its transaction."""
        process = self.start("import-glotip", path)
        end = time.monotonic() + WAIT
        while not self.is_writing() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        process.send_signal(signal.SIGSTOP)
        assert self.is_writing(), process.communicate(timeout=WAIT)
        return process

    def total(self) -> str:
        """Give the total of 2020, or the sentence that says that there is none."""
        return self.run("figures", "glotip", "--country", "NLD")[1]


@pytest.fixture
def zicht(tmp_path: Path) -> Iterator[Zicht]:
    """Give commands on the PostgreSQL under test, or on a SQLite file: the one under test lives in memory.

    A first edition is there already, imported without a process of its own.
    """
    import_glotip(write_csv(tmp_path, line("668")))
    keys = tmp_path / "data" / "keys"
    keys.mkdir(parents=True)
    made_up = {
        "ZICHT_SECRET_KEY": "made-up secret of the tests, of no use anywhere else",
        "ZICHT_HOSTS": "localhost",
        "ZICHT_DATA": str(tmp_path / "data"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZICHT_", "DJANGO_"))}
    if connection.vendor == "postgresql":
        parts = urlsplit(os.environ["ZICHT_TEST_DATABASE_URL"])
        address = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
        yield Zicht({**kept, **made_up, "ZICHT_DATABASE_URL": address}, _has_advisory_lock, _holding_advisory_lock)
    else:
        file = tmp_path / "data" / "zicht.sqlite3"
        with closing(sqlite3.connect(file)) as copy:  # with its tables; making them takes a process six seconds
            connection.connection.backup(copy)
            # As Zicht keeps it: to change that needs the whole file, which somebody holds below.
            copy.execute("PRAGMA journal_mode=WAL")
        yield Zicht({**kept, **made_up}, lambda: _is_locked(file), lambda: _locking(file))


def _has_advisory_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [IMPORT_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


@contextmanager
def _holding_advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [IMPORT_LOCK])
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORT_LOCK])


@contextmanager
def _locking(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield


def _is_locked(file: Path) -> bool:
    database = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        database.close()
    return False


def test_a_killed_import_leaves_what_was_there_and_can_be_done_again(zicht: Zicht, tmp_path: Path) -> None:
    path = write_csv(tmp_path, *[line("1", 2019)] * MANY, line("669"), name=LATER)
    process = zicht.stop_while_writing(path)
    process.kill()
    process.communicate(timeout=WAIT)
    assert zicht.total() == '[{"year": 2020, "value": 668}]\n'
    code, said = zicht.run("import-glotip", path)
    assert (code, f"{MANY + 1:,}" in said) == (0, True)
    assert zicht.total() == f'[{{"year": 2019, "value": {MANY}}}, {{"year": 2020, "value": 669}}]\n'


def test_a_second_import_at_the_same_moment_says_so_and_changes_nothing(zicht: Zicht, tmp_path: Path) -> None:
    path = write_csv(tmp_path, line("2"), name=LATER)
    with zicht.somebody_is_importing():
        code, said = zicht.run("import-glotip", path)
    assert code == 1
    assert "database is busy" in said
    assert "Traceback" not in said
    assert zicht.total() == '[{"year": 2020, "value": 668}]\n'
    assert zicht.run("import-glotip", path)[0] == 0
