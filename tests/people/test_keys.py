"""The key that signs checkpoints, in its folder."""

import os
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zicht.people import keys

PRIVATE = keys.PRIVATE_FILE


def put_private(folder: Path, content: bytes) -> None:
    (folder / PRIVATE).write_bytes(content)
    (folder / PRIVATE).chmod(0o600)


def test_a_new_key_is_for_its_owner_only(tmp_path: Path) -> None:
    keys.make_signing_key(tmp_path)

    assert (tmp_path / PRIVATE).stat().st_mode & 0o777 == 0o600


def test_a_loose_umask_does_not_open_the_key(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keys.make_signing_key(tmp_path)
    finally:
        os.umask(before)

    assert (tmp_path / PRIVATE).stat().st_mode & 0o077 == 0


def test_both_halves_belong_together(tmp_path: Path) -> None:
    key_id = keys.make_signing_key(tmp_path)

    signature = keys.signing_key(tmp_path).sign(b"message")

    keys.public_key(tmp_path, key_id).verify(signature, b"message")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    keys.make_signing_key(tmp_path)
    before = (tmp_path / PRIVATE).read_bytes()

    with pytest.raises(keys.KeysError, match="left as it is"):
        keys.make_signing_key(tmp_path)

    assert (tmp_path / PRIVATE).read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2


def test_of_many_who_make_the_first_key_at_once_one_does(tmp_path: Path) -> None:
    made: list[str] = []
    barrier = threading.Barrier(8)

    def make() -> None:
        barrier.wait()
        try:
            made.append(keys.make_signing_key(tmp_path))
        except keys.KeysError:
            return

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [keys.key_id_of(keys.signing_key(tmp_path).public_key())]


def test_a_rotation_keeps_every_public_half(tmp_path: Path) -> None:
    old = keys.make_signing_key(tmp_path)
    new = keys.make_signing_key(tmp_path, replace=True)

    assert keys.key_id_of(keys.signing_key(tmp_path).public_key()) == new != old
    assert keys.key_id_of(keys.public_key(tmp_path, old)) == old
    assert (tmp_path / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644])
def test_a_key_that_others_can_touch_is_refused(tmp_path: Path, mode: int) -> None:
    keys.make_signing_key(tmp_path)
    (tmp_path / PRIVATE).chmod(mode)

    with pytest.raises(keys.KeysError, match="by others"):
        keys.signing_key(tmp_path)


def test_a_key_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(keys.KeysError, match="make-keys"):
        keys.signing_key(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    put_private(tmp_path, content)

    with pytest.raises(keys.KeysError, match="cannot be read as a key"):
        keys.signing_key(tmp_path)


def test_a_key_behind_a_password_is_refused(tmp_path: Path) -> None:
    locked = serialization.BestAvailableEncryption(b"made up")
    key = Ed25519PrivateKey.generate()
    put_private(tmp_path, key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))

    with pytest.raises(keys.KeysError, match="cannot be read as a key"):
        keys.signing_key(tmp_path)


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    open_text = serialization.NoEncryption()
    put_private(tmp_path, key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, open_text))

    with pytest.raises(keys.KeysError, match="Ed25519"):
        keys.signing_key(tmp_path)


def test_a_public_half_under_the_name_of_another_is_refused(tmp_path: Path) -> None:
    key_id = keys.make_signing_key(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    other_id = keys.make_signing_key(other)
    public = keys.PUBLIC_FILE.format(key_id=key_id)
    (tmp_path / public).write_bytes((other / keys.PUBLIC_FILE.format(key_id=other_id)).read_bytes())

    with pytest.raises(keys.KeysError, match="does not hold the key of that name"):
        keys.public_key(tmp_path, key_id)


@pytest.mark.parametrize("key_id", ["../../etc/passwd", "", "a" * 300, "\0", "0" * 32])
def test_an_id_from_the_database_never_leads_out_of_the_folder(tmp_path: Path, key_id: str) -> None:
    with pytest.raises(keys.KeysError):
        keys.public_key(tmp_path, key_id)
