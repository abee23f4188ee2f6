"""Let tests live with the guards of the access log.

An ordinary database test runs in a transaction that is rolled back, so it needs nothing of this: lines it wrote vanish.
A test with several connections or a live server (`transaction=True`, `live_server`) really commits, and afterwards
Django empties all tables, which the guards refuse. `empty_log_afterwards` steps in: it empties the three tables of the
log with the guards taken down, and puts them up again. `tables.empty_what_is_filled` stands in for Django itself
on PostgreSQL, where emptying hundreds of tables takes longer than most tests. The product has no such way round.

`rewrite` is for tests that pose as somebody with full control over the database.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models, transaction

from zicht.barriers import guards as barriers_guards
from zicht.care import guards as care_guards
from zicht.care.plan import guards as support_guards
from zicht.evidence import guards as evidence_guards
from zicht.evidence.screening import guards as screening_guards
from zicht.figures import guards as figures_guards
from zicht.people.log import guard_statements, guards
from zicht.signals import guards as signals_guards

# Not guarded, and in the way of what is.
OF_CLAIMS = ("releasesource", "rightofreply", "release", "dossierpart", "claimpart", "claim")
OF_DAYS = ("care_referral", "care_hold", "care_waitinglistentry", "care_stay")
COMMITS = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


@pytest.fixture(autouse=True)
def empty_log_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the log before Django empties the other tables, in tests that really commit."""
    mark = request.node.get_closest_marker("django_db")
    commits = bool(COMMITS & set(request.fixturenames)) or bool(mark and mark.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")  # set up before this one, so torn down after it
    yield
    if commits:
        empty_log()


def empty_log() -> None:
    """Remove everything from the log, children first, and the steps of care and evidence, which are guarded too."""
    with guards_taken_down(), connection.cursor() as cursor:
        for table in ("people_accessline", "people_logpruning", "people_logcheckpoint"):
            cursor.execute(f"DELETE FROM {table}")
    empty_barriers()
    empty_care()
    empty_evidence()
    empty_reports()
    empty_intake()


def empty_reports() -> None:
    """Remove published reports; most tests make none, so that is asked first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {figures_guards.REPORTS}")
        if not cursor.fetchone()[0]:
            return
    with transaction.atomic(), connection.cursor() as cursor:
        figures_guards.take_down(connection)
        cursor.execute(f"DELETE FROM {figures_guards.APPROVALS}")
        cursor.execute(f"DELETE FROM {figures_guards.REPORTS}")
        figures_guards.put_up(connection)


def empty_intake() -> None:
    """Remove the steps of intake; most tests take none, so that is asked first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {signals_guards.STEPS}")
        if not cursor.fetchone()[0]:
            return
    with transaction.atomic(), connection.cursor() as cursor:
        signals_guards.take_down(connection)
        cursor.execute(f"DELETE FROM {signals_guards.STEPS}")
        signals_guards.put_up(connection)


def empty_barriers() -> None:
    """Remove what stays in barriers; most tests make nothing of it, so that is asked first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " + ".join(f"(SELECT count(*) FROM {table})" for table in barriers_guards.GUARDED))
        if not cursor.fetchone()[0]:
            return
    with transaction.atomic(), connection.cursor() as cursor:
        barriers_guards.take_down(connection)
        for table in ("finding", "holding", "action_partner", "barrieraction"):
            cursor.execute(f"DELETE FROM barriers_{table}")
        cursor.execute(f"UPDATE {barriers_guards.MODELS} SET based_on_id = NULL")
        for table in barriers_guards.GUARDED:
            cursor.execute(f"DELETE FROM {table}")
        barriers_guards.put_up(connection)


def empty_care() -> None:
    """Remove what is guarded in care, and what hangs on it; most tests make nothing of it, so that is asked first."""
    tables = ("care_task", "care_goal", "care_careplan", *support_guards.TABLES, *care_guards.GUARDED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " + ".join(f"(SELECT count(*) FROM {table})" for table in tables))
        if not cursor.fetchone()[0]:
            return
    with transaction.atomic(), connection.cursor() as cursor:
        for room in (care_guards, support_guards):
            room.take_down(connection)
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        for room in (care_guards, support_guards):
            room.put_up(connection)


def empty_evidence() -> None:
    """Remove what was recorded as evidence; most tests record nothing, so that is asked first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM evidence_source) + (SELECT count(*) FROM evidence_sanctionslist)")
        if not cursor.fetchone()[0]:
            return
    with transaction.atomic(), connection.cursor() as cursor:
        screening_guards.take_down(connection)
        for table in ("searchrow", *screening_guards.TABLES):
            cursor.execute(f"DELETE FROM {evidence_guards.table_of(table)}")
        screening_guards.put_up(connection)
        evidence_guards.take_down(connection)
        # Rows of a table refer to each other too: correction, place in the text before.
        cursor.execute("UPDATE evidence_statement SET supersedes_id = NULL")
        cursor.execute("UPDATE evidence_anchor SET previous_id = NULL")
        for table in (*OF_CLAIMS, *evidence_guards.TABLES):
            cursor.execute(f"DELETE FROM {evidence_guards.table_of(table)}")
        evidence_guards.put_up(connection)


@contextmanager
def other_days() -> Iterator[None]:
    """Let referrals, holds, waits and stays be changed for a moment, as if they had come about on other days."""
    changes = [guard for guard in care_guards._guards(connection, OF_DAYS) if guard.event == "UPDATE"]
    with transaction.atomic():
        guard_statements.take_down(connection, changes)
        yield
        guard_statements.put_up(connection, changes)


def put_back(record: models.Model, **values: object) -> None:
    """Change a record of care as if it had come about on other days."""
    with other_days():
        type(record)._default_manager.filter(pk=record.pk).update(**values)


@contextmanager
def guards_taken_down() -> Iterator[None]:
    """Take the guards down for a moment, in one transaction with what is done meanwhile."""
    with transaction.atomic():
        guards.take_down(connection)
        yield
        guards.put_up(connection)


def rewrite(statement: str, values: Sequence[Any] = ()) -> int:
    """Run a statement behind the back of the guards and give how many records it touched."""
    with guards_taken_down(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
