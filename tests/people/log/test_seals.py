"""Signed statements about the log, and the file outside the database that keeps them."""

import base64
import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from zicht.people import keys
from zicht.people.log import anchors, seals
from zicht.people.log.chain import LogError
from zicht.people.log.seals import Kind, Seal

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEY_ID = keys.key_id_of(KEY.public_key())
SEAL = Seal(Kind.CHECKPOINT, 12, "ab" * 32, AT, KEY_ID).signed(KEY)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
whole_seconds = st.datetimes(timezones=st.just(dt.UTC)).map(lambda at: at.replace(microsecond=0))
statements = st.builds(Seal, st.sampled_from(Kind), st.integers(1, 2**63 - 1), hashes, whole_seconds, st.just(KEY_ID))


def test_a_seal_is_genuine_under_its_key_and_no_other() -> None:
    assert SEAL.is_genuine(KEY.public_key())
    assert not SEAL.is_genuine(OTHER_KEY.public_key())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", Kind.PRUNING),
        ("kind", Kind.RESTORED),
        ("through_sequence", 13),
        ("line_hash", "cd" * 32),
        ("signed_at", AT + dt.timedelta(seconds=1)),
        ("signed_at", AT + dt.timedelta(microseconds=1)),
        ("key_id", "0" * 32),
        ("signature", ""),
        ("signature", "not base64"),
        ("signature", base64.b64encode(bytes(64)).decode()),
        ("signature", None),
        ("line_hash", None),
        ("line_hash", "ab" * 32 + "\n"),
        ("through_sequence", "12\nline_hash"),
    ],
)
def test_a_seal_with_one_other_value_is_not_genuine(field: str, value: Any) -> None:
    assert not replace(SEAL, **{field: value}).is_genuine(KEY.public_key())


@given(statements, statements)
def test_two_different_statements_never_have_the_same_message(one: Seal, other: Seal) -> None:
    assert (one.message() == other.message()) == (one == other)


@given(statements)
def test_a_seal_comes_back_from_the_file_as_it_was(statement: Seal) -> None:
    seal = statement.signed(KEY)

    assert seals.from_json(seal.to_json()) == seal
    assert "\n" not in seal.to_json()


def test_openssl_agrees_that_the_signature_is_right(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed")
    (tmp_path / "message").write_bytes(SEAL.message())
    (tmp_path / "signature").write_bytes(base64.b64decode(SEAL.signature))
    (tmp_path / "key.pub").write_bytes(keys.public_pem(KEY))
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pub", "-rawin", "-in", "message"]

    done = subprocess.run([*command, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, check=False)

    assert done.stdout == b"Signature Verified Successfully\n", done.stderr


def test_what_was_added_last_stands_last(tmp_path: Path) -> None:
    later = replace(SEAL, through_sequence=20).signed(KEY)

    anchors.add(tmp_path, SEAL)
    anchors.add(tmp_path, later)

    assert anchors.read(tmp_path) == [SEAL, later]


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    anchors.add(tmp_path, SEAL)

    assert (tmp_path / anchors.FILE).stat().st_mode & 0o777 == 0o600


def test_without_a_file_there_are_no_seals(tmp_path: Path) -> None:
    assert anchors.read(tmp_path) == []


@pytest.mark.parametrize(
    "line",
    [
        SEAL.to_json()[:40],
        "{}",
        "[]",
        "7",
        "",
        SEAL.to_json().replace("checkpoint", "promise"),
        SEAL.to_json().replace("12,", '"12",'),
        SEAL.to_json().replace("12,", "true,"),
        SEAL.to_json().replace("Z", "+01:00"),
        SEAL.to_json().replace("{", '{"more": 1, '),
    ],
)
def test_a_damaged_line_of_the_file_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / anchors.FILE).write_text(f"{SEAL.to_json()}\n{line}\n", encoding="utf-8")

    with pytest.raises(anchors.Damaged, match="Line 2"):
        anchors.read(tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / anchors.FILE).write_bytes(b"\xff\xfe")

    with pytest.raises(LogError):
        anchors.read(tmp_path)


def test_a_restored_database_sets_aside_what_was_sealed_behind_its_end() -> None:
    through = {number: replace(SEAL, through_sequence=number) for number in (5, 10, 15, 12)}
    restored = replace(SEAL, kind=Kind.RESTORED, through_sequence=10)

    kept = anchors.standing([through[5], through[10], through[15], restored, through[12]])

    assert kept == [through[5], through[10], restored, through[12]]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="make-keys"), anchors.locked(tmp_path / "nowhere", alone=True):
        pass
