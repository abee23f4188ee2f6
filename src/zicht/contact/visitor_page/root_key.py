"""Read the root key of an organisation on the machine where a page is signed; it is never kept by the server."""

import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OTHERS = stat.S_IRWXG | stat.S_IRWXO  # rights of group and world


class RootKeyError(Exception):
    """Report in a sentence why the root key cannot be used."""


def read_root_key(file: Path) -> bytes:
    """Give the 32 bytes of a private Ed25519 key in PEM without a password, readable by nobody else."""
    try:
        if file.stat().st_mode & OTHERS:
            raise RootKeyError(f"{file.name} can be read by others on this machine. Run on it: chmod 600")
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RootKeyError(f"{file.name} cannot be read as a key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RootKeyError(f"{file.name} is not an Ed25519 key.")
    return key.private_bytes_raw()
