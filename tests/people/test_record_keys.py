"""The key of a record: kept outside the database, made once, gone for good when destroyed."""

import sqlite3
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from zicht.people.record_keys import KEY_LENGTH, KeyDestroyedError, KeyStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "record_keys.sqlite3"


def test_a_record_keeps_its_key(file: Path) -> None:
    record = uuid4()
    KeyStore(file).make([record])
    key = KeyStore(file).key_of(record)
    KeyStore(file).make([record])
    assert len(key) == KEY_LENGTH
    assert KeyStore(file).key_of(record) == key


def test_every_record_has_another_key(file: Path) -> None:
    keys, records = KeyStore(file), [uuid4() for _ in range(1200)]
    keys.make(records)
    found = keys.keys_of([*records, uuid4()])
    assert found.keys() == set(records) == set(keys.records())
    assert len(set(found.values())) == len(records)


def test_a_destroyed_key_is_in_no_byte_of_the_file(file: Path) -> None:
    keys, gone, stays = KeyStore(file), uuid4(), uuid4()
    keys.make([gone, stays])
    secret, other = keys.key_of(gone), keys.key_of(stays)
    keys.destroy([gone])
    with pytest.raises(KeyDestroyedError):
        keys.key_of(gone)
    held = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert secret not in held
    assert other in held


def test_only_the_owner_reads_the_file(file: Path) -> None:
    KeyStore(file).make([uuid4()])
    assert file.stat().st_mode & 0o777 == 0o600


def test_keys_made_in_many_threads_are_all_there(file: Path) -> None:
    keys, made = KeyStore(file), [[uuid4() for _ in range(20)] for _ in range(8)]

    def make(records: list[UUID]) -> None:
        for record in records:
            keys.make([record])

    threads = [threading.Thread(target=make, args=[records]) for records in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(keys.records()) == {record for records in made for record in records}


def test_keys_that_cannot_all_be_stored_are_not_stored_at_all(file: Path) -> None:
    keys, record = KeyStore(file), uuid4()
    with pytest.raises(AttributeError):
        keys.make([record, "no identifier"])  # type: ignore[list-item]
    assert list(keys.records()) == []
    assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone() == ("ok",)
