"""Keep one key per record outside the database: destroying it makes the texts of that record unreadable everywhere.

The keys lie in one SQLite file in settings.KEYS_FOLDER. A copy of the database without that file holds no readable
text, and neither does a backup of the database that is older than a deletion, as long as keys are backed up apart and
for a shorter time (docs/security.md).
"""

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

FILE = "record_keys.sqlite3"
KEY_LENGTH = 32  # bytes, AES-256
WAIT = 20  # seconds for another process that is writing a key
AT_ONCE = 500  # records in one statement; SQLite takes 32,766 parameters, older ones 999
# Zeroes over a deleted key in the file; a full write to disk before anything is sealed with a new one.
PRAGMAS = ("PRAGMA secure_delete = ON", "PRAGMA synchronous = FULL")
TABLE = "CREATE TABLE IF NOT EXISTS record_key (record BLOB PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID"
# Keys that were seen without a record, and since when: whoever makes a record makes its key first.
UNUSED = "CREATE TABLE IF NOT EXISTS unused_key (record BLOB PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID"


class RecordKeyError(Exception):
    """Stand above what can be wrong with the key of a record."""


class KeyDestroyedError(RecordKeyError):
    """Report that a record has no key (any more): what was sealed with it cannot be read by anybody."""

    def __init__(self) -> None:
        super().__init__("The key of this record was destroyed; its texts cannot be read any more.")


class KeyStore:
    """Give, make and destroy the keys in one file; each thread has its own connection."""

    def __init__(self, file: Path, pragmas: Sequence[str] = PRAGMAS) -> None:
        self._file = file
        self._pragmas = pragmas
        self._here = threading.local()

    def key_of(self, record: UUID) -> bytes:
        """Give the key of a record; raise KeyDestroyedError when there is none."""
        row = self._connection().execute("SELECT secret FROM record_key WHERE record = ?", [record.bytes]).fetchone()
        if row is None:
            raise KeyDestroyedError
        return bytes(row[0])

    def keys_of(self, records: Iterable[UUID]) -> dict[UUID, bytes]:
        """Give the keys of many records; those without a key are left out."""
        found: dict[UUID, bytes] = {}
        for part in _parts(records):
            marks = ",".join("?" * len(part))
            rows = self._connection().execute(
                f"SELECT record, secret FROM record_key WHERE record IN ({marks})",  # noqa: S608 - question marks only
                [record.bytes for record in part],
            )
            found.update((UUID(bytes=record), bytes(secret)) for record, secret in rows)
        return found

    def make(self, records: Iterable[UUID]) -> None:
        """Make a key for each record that has none; all of them, or none when the disk is full."""
        rows = [(record.bytes, secrets.token_bytes(KEY_LENGTH)) for record in records]
        with self._connection() as connection:
            connection.executemany("INSERT OR IGNORE INTO record_key (record, secret) VALUES (?, ?)", rows)

    def destroy(self, records: Iterable[UUID]) -> None:
        """Destroy the keys of records for good; that there is none is no error."""
        rows = [(record.bytes,) for record in records]
        with self._connection() as connection:
            connection.executemany("DELETE FROM record_key WHERE record = ?", rows)
            connection.executemany("DELETE FROM unused_key WHERE record = ?", rows)

    def note_unused(self, records: Iterable[UUID], now: int) -> dict[UUID, int]:
        """Note the keys that have no record now; give for each since when, in seconds since 1970 like `now`."""
        unused = set(records)
        with self._connection() as connection:
            noted = {UUID(bytes=one): since for one, since in connection.execute("SELECT * FROM unused_key")}
            used = [(one.bytes,) for one in noted.keys() - unused]
            connection.executemany("DELETE FROM unused_key WHERE record = ?", used)
            fresh = [(one.bytes, now) for one in unused - noted.keys()]
            connection.executemany("INSERT OR IGNORE INTO unused_key (record, since) VALUES (?, ?)", fresh)
        return {one: noted.get(one, now) for one in unused}

    def records(self) -> Iterator[UUID]:
        """Give every record that has a key."""
        for (record,) in self._connection().execute("SELECT record FROM record_key"):
            yield UUID(bytes=record)

    def _connection(self) -> sqlite3.Connection:
        kept: sqlite3.Connection | None = getattr(self._here, "connection", None)
        # The number of the process: a connection must not be used on the other side of a fork.
        if kept is None or self._here.process != os.getpid():
            kept = self._here.connection = self._open()
            self._here.process = os.getpid()
        return kept

    def _open(self) -> sqlite3.Connection:
        # Made here with its rights: SQLite gives a new file those of the umask, and the journal those of the file.
        self._file.touch(mode=0o600)
        connection = sqlite3.connect(self._file, timeout=WAIT)
        for pragma in self._pragmas:
            connection.execute(pragma)
        connection.execute(TABLE)
        connection.execute(UNUSED)
        connection.commit()
        return connection


_stores: dict[Path, KeyStore] = {}


def store(name: str = FILE, pragmas: Sequence[str] = PRAGMAS) -> KeyStore:
    """Give the store in one file of this installation; without a name, that of the keys of records."""
    file = Path(settings.KEYS_FOLDER) / name
    if file not in _stores:
        Path(settings.KEYS_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
        _stores.setdefault(file, KeyStore(file, pragmas))
    return _stores[file]


def _parts(records: Iterable[UUID]) -> Iterator[list[UUID]]:
    every = list(records)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
