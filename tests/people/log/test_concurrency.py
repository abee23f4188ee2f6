"""Many writers at once, on real connections: threads on PostgreSQL, processes on a SQLite file.

The database under test on SQLite lives in memory, where connections cannot wait for each other as they do on a file;
so the processes get a file of their own, with the tables that the real `migrate` made with the settings of the product.
"""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests import tables
from tests.people.log.conftest import make_account

from zicht.people import keys, log
from zicht.people.log import chain, stored
from zicht.people.models import AccessLine, Account, LogCheckpoint, Organisation

WRITERS = 4
EACH = 25

WRITE = """
import sys
import django
django.setup()
from django.db import transaction
from zicht.people import log
from zicht.people.models import Account
account = Account.objects.get(login=sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        log.append(account, "seen", "account", account.pk, purpose="administration")
        transaction.set_rollback(number % 5 == 4)
"""
PREPARE = """
import datetime, sys
import django
django.setup()
from django.core.management import call_command
if sys.argv[1] == "migrate":
    call_command("migrate", verbosity=0)
call_command("make_keys", verbosity=0)
from zicht.people.models import Account, Organisation
org = Organisation(org_name="Huis", org_type="shelter", legal_regime="avg")
org.save()
for login in sys.argv[2:]:
    Account(org=org, login=login, shown_as=login, status="active", created_on=datetime.date(2026, 1, 1)).save()
"""
CHECK = """
import django
django.setup()
from zicht.people import log
log.sign_checkpoint()
report = log.verify()
print(report.lines, report.last.sequence, int(report.state), *report.problems)
"""


def at_once(*works: Callable[[], None]) -> list[BaseException]:
    """Run pieces of work in threads that start at the same moment, and give what went wrong."""
    barrier = threading.Barrier(len(works))
    wrong: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            barrier.wait()
            work()
        except BaseException as error:  # noqa: BLE001 - told to the test, which fails on it
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return wrong


@pytest.fixture
def threaded(transactional_db: None) -> None:
    """Skip where threads cannot have connections that wait for each other."""
    if connection.vendor != "postgresql":
        pytest.skip("threads are for PostgreSQL; on SQLite processes on a file do the same")


def test_many_threads_leave_one_unbroken_chain(threaded: None) -> None:
    accounts = [make_account(f"writer{number}") for number in range(WRITERS)]

    def writing(account: Account) -> Callable[[], None]:
        def write() -> None:
            for number in range(EACH):
                with transaction.atomic():
                    log.append(account, "seen", "account", uuid4(), purpose="administration")
                    transaction.set_rollback(number % 5 == 4)

        return write

    wrong = at_once(*map(writing, accounts))

    expected = EACH * 4 // 5
    assert wrong == []
    assert len(list(chain.check(stored.links()))) == WRITERS * expected
    assert Counter(AccessLine.objects.values_list("account__login", flat=True)) == {
        account.login: expected for account in accounts
    }


def test_a_writer_waits_for_the_transaction_before_it(threaded: None) -> None:
    account = make_account("noor")
    first_has_written, may_end, second_has_written = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            log.append(account, "seen", "account", uuid4(), purpose="administration")
            first_has_written.set()
            assert may_end.wait(20)

    def second() -> None:
        assert first_has_written.wait(20)
        log.append(account, "listed", "account", purpose="administration")
        second_has_written.set()

    def watch() -> None:
        assert first_has_written.wait(20)
        waited_in_vain = not second_has_written.wait(0.5)
        may_end.set()
        assert waited_in_vain

    assert at_once(first, second, watch) == []
    assert [link.line.verb for link in chain.check(stored.links())] == ["seen", "listed"]


def test_a_transaction_that_cannot_see_the_last_line_is_refused_and_nothing_forks(threaded: None) -> None:
    account = make_account("noor")
    looked, written = threading.Event(), threading.Event()

    def stale() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            assert not AccessLine.objects.exists()
            looked.set()
            assert written.wait(20)
            log.append(account, "seen", "account", uuid4(), purpose="administration")

    def fresh() -> None:
        assert looked.wait(20)
        log.append(account, "listed", "account", purpose="administration")
        written.set()

    [error] = at_once(stale, fresh)

    assert "people_accessline" in str(error)
    assert [link.line.verb for link in chain.check(stored.links())] == ["listed"]


def test_a_row_that_lines_refer_to_may_be_locked_while_others_write(threaded: None) -> None:
    """Lock with no_key=True: a plain FOR UPDATE would wait for a line whose writer waits for it in turn."""
    account = make_account("noor")

    def manage() -> None:
        for _ in range(EACH):
            with transaction.atomic():
                Organisation.objects.select_for_update(no_key=True).get(pk=account.org_id)
                log.append(account, "changed", "account", account.pk, purpose="administration")

    def look() -> None:
        for _ in range(EACH):
            log.append(account, "seen", "account", account.pk, purpose="administration")

    assert at_once(manage, look, manage, look) == []
    assert len(list(chain.check(stored.links()))) == 4 * EACH


def test_checkpoints_and_checks_go_on_while_others_write(threaded: None, keys_folder: Path) -> None:
    account = make_account("noor")
    reports: list[log.Report] = []

    def write() -> None:
        for _ in range(2 * EACH):
            log.append(account, "seen", "account", account.pk, purpose="administration")

    def seal() -> None:
        for _ in range(10):
            log.sign_checkpoint()

    def check() -> None:
        reports.extend(log.verify() for _ in range(10))

    assert at_once(write, write, seal, seal, check) == []
    log.sign_checkpoint()
    assert [report.problems for report in [*reports, log.verify()]] == [[]] * 11
    assert log.verify().unsealed == 0
    assert LogCheckpoint.objects.count() == len(set(LogCheckpoint.objects.values_list("through_sequence", flat=True)))


def test_many_processes_on_a_sqlite_file_leave_one_unbroken_chain(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ZICHT_", "DJANGO_"))},
        "DJANGO_SETTINGS_MODULE": "zicht.site.settings",
        "ZICHT_SECRET_KEY": "made-up secret of the tests, of no use anywhere else",
        "ZICHT_HOSTS": "localhost",
        "ZICHT_DATA": str(tmp_path),
    }
    logins = [f"writer{number}" for number in range(WRITERS)]
    how = "migrate"
    if tables.are_made():
        how = "copied"
        tables.copy_to_file(tmp_path / tables.FILE)
    subprocess.run([sys.executable, "-c", PREPARE, how, *logins], env=environment, check=True)

    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, login, str(EACH)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for login in logins
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n", timeout=120)

    assert [writer.returncode for writer in writers] == [0] * WRITERS
    done = subprocess.run([sys.executable, "-c", CHECK], env=environment, check=True, capture_output=True, text=True)
    total = WRITERS * EACH * 4 // 5
    assert done.stdout.split() == [str(total), str(total), "0"]
    assert keys.has_signing_key(tmp_path / "keys")
