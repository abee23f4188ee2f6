"""Make and read the file with the organisation's root key, which opens only with what two stewards hold, a half each.

The halves are drawn and not chosen: each has 130 random bits, so that one steward with the file, or a thief with the
file and one half, has nothing, however fast the file's own scheme (PKCS #8) lets passwords be tried.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zicht.contact.sealing.codes import RECOVERY_CODE_LENGTH, make_code, read_code
from zicht.contact.visitor_page.root_key import RootKeyError

HALF_LENGTH = RECOVERY_CODE_LENGTH  # signs, 130 bits
PUBLIC_SUFFIX = ".pub"


def make_half() -> str:
    """Draw the half of one steward."""
    return make_code(HALF_LENGTH)


def password_of(first: str, second: str) -> bytes:
    """Give what opens the file; raise CodeError when something typed cannot be a half."""
    return "".join(read_code(half, HALF_LENGTH) for half in (first, second)).encode("ascii")


def make_root_file(file: Path, first: str, second: str) -> bytes:
    """Write a new root key and, beside it, its public half; give the public half. Nothing is ever overwritten."""
    key = Ed25519PrivateKey.generate()
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password_of(first, second)),
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    write_new(file, locked)
    write_new(public_file_of(file), public)
    return key.public_key().public_bytes_raw()


def public_file_of(file: Path) -> Path:
    """Give the file with the public half that stands beside a root key."""
    return file.with_name(file.name + PUBLIC_SUFFIX)


def write_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read; raise RootKeyError when there is one already."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(content)
    except FileExistsError as error:
        raise RootKeyError(f"{file.name} is there already and stays as it is.") from error
    except OSError as error:
        raise RootKeyError(f"{file.name} cannot be written: {error.strerror}.") from error


def read_public_root(file: Path) -> bytes:
    """Give the public half of a root, 32 bytes; raise RootKeyError when the file holds none."""
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise RootKeyError(f"{file.name} is not the public half of a root. It ends in {PUBLIC_SUFFIX}.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise RootKeyError(f"{file.name} is not an Ed25519 key.")
    return key.public_bytes_raw()
