"""Read the root key of an organisation on the machine where something is signed; it is never kept by the server."""

import stat
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OTHERS = stat.S_IRWXG | stat.S_IRWXO  # rights of group and world
LOCKED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


class RootKeyError(Exception):
    """Report in a sentence why the root key cannot be used."""


def read_root_key(file: Path, ask_password: Callable[[], bytes] | None = None) -> bytes:
    """Give the 32 bytes of a private Ed25519 key in PEM that others cannot read; a locked one asks for its password."""
    try:
        if file.stat().st_mode & OTHERS:
            raise RootKeyError(f"{file.name} can be read by others on this machine. Run on it: chmod 600")
        content = file.read_bytes()
        password = ask_password() if ask_password and content.startswith(LOCKED) else None
        key = serialization.load_pem_private_key(content, password)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RootKeyError(f"{file.name} cannot be read as a key, or the halves are not those of this key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RootKeyError(f"{file.name} is not an Ed25519 key.")
    return key.private_bytes_raw()
