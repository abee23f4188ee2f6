"""How fast the access log is written, checked and pruned, on a SQLite file or on ZICHT_TEST_DATABASE_URL."""

import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from benchmarks.run import Measured, report
from zicht.people import keys, log
from zicht.people.log import chain, stored
from zicht.people.log.chain import End, Line
from zicht.people.models import AccessLine, Account, LogCheckpoint, Organisation

LINES = 100_000
BATCH = 1_000
EACH = 500  # lines written one by one
KIB_PER_MIB = 1024


def make_account() -> Account:
    """Make somebody who looks at records."""
    org = Organisation(org_name="Huis", org_type="shelter", legal_regime="avg")
    org.save()
    account = Account(org=org, login="noor", shown_as="Noor", status="active", created_on=dt.date(2019, 1, 1))
    account.save()
    return account


def write(account: Account, count: int) -> None:
    """Write ordinary lines."""
    for _ in range(count):
        log.append(account, "seen", "account", account.pk, purpose="administration")


def write_in_the_past(account: Account, count: int) -> None:
    """Write sound lines that are old enough to be pruned, past `append`, which would take minutes."""
    at = timezone.now().replace(year=timezone.now().year - 6, day=1, microsecond=0)
    who, org = str(account.pk), str(account.org_id)
    end, rows = stored.last_end(), []
    for sequence in range(end.sequence + 1, end.sequence + count + 1):
        line = Line(sequence, at, who, org, "", "seen", "account", who, "administration")
        values = {name: getattr(line, name) for name in Line.__dataclass_fields__}
        line_hash = chain.link(end.line_hash, line)
        rows.append(AccessLine(**values, previous_hash=end.line_hash, line_hash=line_hash))
        end = End(sequence, line_hash)
        if sequence % BATCH == 0:
            QuerySet[AccessLine](AccessLine).bulk_create(rows)
            rows.clear()


def seconds(work: Callable[[], object]) -> float:
    """Give how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak() -> float:
    """Give the most memory this process has needed so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB


def measure() -> list[Measured]:
    """Go once through the life of a log."""
    account = make_account()
    write_in_the_past(account, LINES)
    before = peak()
    sealed = seconds(log.sign_checkpoint)
    checked = seconds(log.verify)
    more = peak() - before
    alone = seconds(lambda: write(account, EACH))
    with transaction.atomic():
        together = seconds(lambda: write(account, EACH))
    pruned = seconds(lambda: log.prune(LogCheckpoint.objects.get(), None))
    if log.verify().lines != 2 * EACH:
        raise SystemExit("the log does not hold what was written")
    where = connection.vendor
    return [
        Measured(f"one line, in its own transaction ({where})", alone / EACH * 1000, 50, "ms"),
        Measured(f"one line of many in one transaction ({where})", together / EACH * 1000, 50, "ms"),
        Measured(f"seal {LINES:,} lines ({where})", sealed, 30, "s"),
        Measured(f"check {LINES:,} lines ({where})", checked, 30, "s"),
        Measured("memory that sealing and checking added", more, 100, "MiB"),
        Measured(f"prune {LINES:,} lines ({where})", pruned, 60, "s"),
    ]


def main() -> int:
    """Measure in a database of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings.KEYS_FOLDER = Path(folder)
        keys.make_signing_key(Path(folder))
        if connection.vendor == "sqlite":  # a file, as in use: in memory nothing has to reach the disk
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "log.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            return report(measure())
        finally:
            connection.creation.destroy_test_db(str(settings.DATABASES["default"]["NAME"]), verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
