"""Keep the key that signs checkpoints of the access log: one private half, all public halves.

The folder is settings.KEYS_FOLDER and lies outside the database. Public halves stay after a change of key, because old
checkpoints are checked with the key of their time.
"""

import hashlib
import os
import re
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE_FILE = "log_signing.key"
PUBLIC_FILE = "log_signing.{key_id}.pub"
OTHERS = stat.S_IRWXG | stat.S_IRWXO  # rights of group and world
ID_LENGTH = 32  # hex digits, 128 bits: nobody can find a second key with the same id
KEY_ID = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")


class KeysError(Exception):
    """Report that a key is missing, cannot be read or can be read by others."""


def key_id_of(key: Ed25519PublicKey) -> str:
    """Give the name of a key: the first half of SHA-256 over its 32 raw bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:ID_LENGTH]


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Read the private half; refuse one that others on the machine can read."""
    file = folder / PRIVATE_FILE
    if not file.is_file():
        raise KeysError(f"There is no {PRIVATE_FILE} in the folder of keys. Run: zicht make-keys")
    if file.stat().st_mode & OTHERS:
        raise KeysError(f"{PRIVATE_FILE} can be read by others on this machine. Run on it: chmod 600")
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeysError(f"{PRIVATE_FILE} cannot be read as a key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysError(f"{PRIVATE_FILE} is not an Ed25519 key.")
    return key


def public_key(folder: Path, key_id: str) -> Ed25519PublicKey:
    """Read the public half of one key, and refuse a file that holds another key than its name says."""
    if not KEY_ID.fullmatch(key_id):
        raise KeysError("A seal names its key in a form that no key has.")
    name = PUBLIC_FILE.format(key_id=key_id)
    try:
        key = serialization.load_pem_public_key((folder / name).read_bytes())
    except FileNotFoundError as error:
        raise KeysError(f"There is no {name} in the folder of keys.") from error
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise KeysError(f"{name} cannot be read as a key.") from error
    if not isinstance(key, Ed25519PublicKey) or key_id_of(key) != key_id:
        raise KeysError(f"{name} does not hold the key of that name.")
    return key


def has_signing_key(folder: Path) -> bool:
    """Tell whether a private half is there, readable or not."""
    return (folder / PRIVATE_FILE).exists()


def make_signing_key(folder: Path, *, replace: bool = False) -> str:
    """Make a new key and give its id; an existing one is only put aside for good when `replace` is asked for."""
    if has_signing_key(folder) and not replace:
        raise KeysError(f"There is a {PRIVATE_FILE} already; it was left as it is.")
    key = Ed25519PrivateKey.generate()
    key_id = key_id_of(key.public_key())
    # The public half first: a signature that nobody can check would be worse than a public half nobody uses.
    _write_new(folder / PUBLIC_FILE.format(key_id=key_id), public_pem(key), 0o644)
    fresh = folder / f".{PRIVATE_FILE}.{key_id}"
    _write_new(fresh, _private_pem(key), 0o600)
    _put_in_place(fresh, folder / PRIVATE_FILE, replace=replace)
    return key_id


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Give the public half as a file that openssl reads too."""
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _put_in_place(fresh: Path, file: Path, *, replace: bool) -> None:
    """Give the fresh file its name in one step; a link, unlike a rename, fails when somebody was faster."""
    if replace:
        fresh.replace(file)
        return
    try:
        os.link(fresh, file)
    except FileExistsError as error:
        raise KeysError(f"There is a {PRIVATE_FILE} already; it was left as it is.") from error
    finally:
        fresh.unlink()


def _write_new(file: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
