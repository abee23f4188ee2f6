"""After a withdrawal no byte of the text, a quotation or a name is in the database, only that there was a source."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler
from tests.evidence.cast import REPORT, SENTENCE, Cast

from zicht.evidence.actors.naming import names_by_actor
from zicht.evidence.models import Actor, Dossier, Source
from zicht.evidence.releases import actions as releases
from zicht.evidence.sources import texts, withdrawing
from zicht.evidence.statements import actions
from zicht.evidence.statements.actions import Voice
from zicht.evidence.statements.claims import make_claim, weigh
from zicht.people.record_keys import KeyDestroyedError
from zicht.people.sealed import reveal
from zicht.site.env import sqlite

# Words of the report, of its quotations and of its names, which stand nowhere else.
SECRET = ("Nachtzaken", "Lantaarn", "Solveig", "steenkool", "verzendt de kolen", "Bureau 12")


def every_byte(folder: Path) -> Iterator[bytes]:
    """Give everything that the database holds: the whole file on SQLite, each row of each table on PostgreSQL.

    Where this account may, it also reads the files of PostgreSQL, in which what was changed or deleted still stands.
    """
    if connection.vendor == "sqlite":
        copy = folder / "copy.sqlite3"
        with sqlite3.connect(copy) as target:
            connection.connection.backup(target)
        yield copy.read_bytes()
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield row.encode()
                yield from _boxes(row)
        cursor.execute("SELECT pg_has_role('pg_read_server_files', 'USAGE')")
        if cursor.fetchone() == (True,):
            yield from _files(cursor)


def _files(cursor: Any) -> Iterator[bytes]:
    """Give the files of the tables and indexes of the room, and of what of them is too large for a row."""
    cursor.execute("CHECKPOINT")
    named = "SELECT oid, reltoastrelid FROM pg_class WHERE relname LIKE 'evidence_%'"
    every = f"SELECT oid FROM ({named}) a UNION SELECT reltoastrelid FROM ({named}) b WHERE reltoastrelid > 0"
    paths = f"SELECT pg_relation_filepath(oid) p FROM ({every}) c"
    cursor.execute(f"SELECT pg_read_binary_file(p) FROM ({paths}) d WHERE p IS NOT NULL")
    found = [bytes(content) for (content,) in cursor.fetchall()]
    # The row of the source that is left is in them: they are read after what was written.
    assert any(b"ngo_report" in content for content in found)
    yield from found


def _boxes(row: str) -> Iterator[bytes]:
    """Give the bytes that PostgreSQL writes in hexadecimal digits."""
    for part in row.split("\\x")[1:]:
        digits = part.split('"')[0].rstrip("\\")
        if len(digits) % 2 == 0 and all(digit in "0123456789abcdef" for digit in digits):
            yield bytes.fromhex(digits)


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_a_withdrawn_source_is_left(cast: Cast, tmp_path: Path) -> None:
    source = cast.source(title="Nachtzaken", publisher="Stichting Lantaarn", licence="Solveig")
    chain = (Voice("group", unnamed="gevangenen bij de steenkool"), Voice("report", name="Stichting Lantaarn"))
    statement = cast.says(source, chain=chain, value="Bureau 12")
    actions.assess(cast.second, statement, "B", "2", "Solveig is bekend.")
    claim = make_claim(cast.researcher, statement)
    dossier = releases.make_dossier(cast.researcher, "Over Nachtzaken", [claim])
    release = releases.let_leave(cast.researcher, b"left", "html", [source], dossier)
    withdrawal = withdrawing.withdraw(cast.researcher, source, dt.date(2026, 3, 2))
    assert withdrawal.outcome == "too_late"
    assert list(withdrawing.releases_of(source)) == [release]
    everything = list(every_byte(tmp_path))
    # What is not secret is found, so that a secret would be.
    assert any(b"ngo_report" in content for content in everything)
    for content in everything:
        for word in SECRET:
            assert word.encode() not in content, word
            assert word.encode("utf-16-le") not in content, word
    version = texts.current_text(source)
    assert version is not None
    with pytest.raises(KeyDestroyedError):
        texts.text_of(version)
    assert not names_by_actor(cast.researcher)
    assert not Actor.objects.visible_to(cast.researcher)
    assert weigh(cast.researcher, [claim])[0].supporting == []
    with pytest.raises(KeyDestroyedError):
        reveal(Dossier.objects.get(), "title")
    tombstone = Source.objects.visible_to(cast.researcher).get()
    assert tombstone.state == "withdrawn"
    assert [line.step for line in tombstone.custody.order_by("number")][-1] == "withdrawn"


@pytest.mark.django_db
def test_what_was_deleted_is_in_no_byte_of_sqlites_journal(tmp_path: Path) -> None:
    file = tmp_path / "zicht.sqlite3"
    database = ConnectionHandler({"default": sqlite(file)})["default"]
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE told (words TEXT)")
        cursor.execute("INSERT INTO told VALUES ('Nachtzaken'), ('ngo_report')")
        cursor.execute("DELETE FROM told WHERE words = 'Nachtzaken'")
    journal = Path(f"{file}-wal")
    assert b"Nachtzaken" in journal.read_bytes()
    withdrawing.empty_journal(database)
    assert b"ngo_report" in file.read_bytes()
    assert not any(b"Nachtzaken" in one.read_bytes() for one in (file, journal))
    database.close()


def test_an_actor_whom_another_source_names_keeps_the_name_of_that_source(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    first, second = cast.source(), cast.source(f"Nog een verslag. {REPORT}")
    statement, _other = cast.says(first), cast.says(second, words=SENTENCE)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdrawing.withdraw(cast.researcher, first, dt.date(2026, 3, 2))
    assert names_by_actor(cast.second)[statement.subject_id] == ["Ministerie van Nachtzaken"]
