"""Keys under other keys: the desk's for a counsellor, hers under what she knows or has, all under shred keys."""

import os
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from zicht.contact.sealing import hpke, xchacha
from zicht.contact.sealing.codes import RECOVERY_CODE_LENGTH, read_code
from zicht.contact.sealing.errors import FormatError, WrongRootError
from zicht.contact.sealing.opening import Desk
from zicht.contact.sealing.parts import VERSION, Reader, check_length, check_name, join
from zicht.contact.sealing.secret_keys import derive

KEY_LENGTH = 32
SALT_LENGTH = 16
PASSPHRASE, PASSKEY, RECOVERY = 1, 2, 3
# The second choice of RFC 9106, section 4, with one lane instead of four: browsers compute it in one thread.
MEMORY = 64 * 1024  # KiB
PASSES = 3
DESK_WRAP_LENGTH = 1 + hpke.ENC_LENGTH + KEY_LENGTH + hpke.TAG_LENGTH
USER_WRAP_LENGTH = 2 + SALT_LENGTH + xchacha.NONCE_LENGTH + 3 * KEY_LENGTH + xchacha.TAG_LENGTH


@dataclass(frozen=True)
class User:
    """Whose keys these are."""

    org: str
    user: str


@dataclass(frozen=True)
class UserKeys:
    """A counsellor's private keys for opening and for signing, and the root she trusts; 32 bytes each."""

    x_sk: bytes
    ed_sk: bytes
    root: bytes


def wrap_desk_key(public_key: bytes, desk: Desk, user: str, desk_private: bytes) -> bytes:
    """Seal the private key of a desk for one counsellor."""
    check_length(desk_private, KEY_LENGTH)
    enc, ct = hpke.seal(public_key, _desk_info(desk, user), desk_private)
    return bytes([VERSION]) + enc + ct


def unwrap_desk_key(private_key: bytes, desk: Desk, user: str, wrapped: bytes) -> bytes:
    """Give the private key of a desk; raise DoesNotOpenError for another desk, epoch or counsellor."""
    reader = Reader(check_length(wrapped, DESK_WRAP_LENGTH))
    reader.version()
    return hpke.unseal(private_key, _desk_info(desk, user), reader.take(hpke.ENC_LENGTH), reader.rest())


def secret_of_passphrase(passphrase: str, salt: bytes) -> bytes:
    """Derive 32 bytes from a passphrase, the same however its letters are composed; takes a good part of a second."""
    composed = unicodedata.normalize("NFKC", passphrase).encode()
    argon2 = Argon2id(salt=check_length(salt, SALT_LENGTH), length=32, iterations=PASSES, lanes=1, memory_cost=MEMORY)
    return argon2.derive(composed)


def secret_of_recovery_code(typed: str) -> bytes:
    """Give the code as bytes; it was drawn at random, so that slowing down guesses would add nothing."""
    return read_code(typed, RECOVERY_CODE_LENGTH).encode("ascii")


def wrap_user_keys(kind: int, secret: bytes, salt: bytes, owner: User, keys: UserKeys) -> bytes:
    """Seal a counsellor's keys under a secret; the salt of 16 bytes is the one of the passphrase, if it is one."""
    nonce = os.urandom(xchacha.NONCE_LENGTH)
    whole = b"".join(check_length(part, KEY_LENGTH) for part in (keys.x_sk, keys.ed_sk, keys.root))
    aad = _user_aad(kind, owner)
    sealed = xchacha.seal(derive(secret, aad, check_length(salt, SALT_LENGTH)), nonce, whole, aad)
    return bytes([VERSION, kind]) + salt + nonce + sealed


def salt_of(wrapped: bytes) -> bytes:
    """Give the salt of a wrap of a counsellor's keys, which a passphrase needs before anything can be opened."""
    return check_length(wrapped, USER_WRAP_LENGTH)[2 : 2 + SALT_LENGTH]


def unwrap_user_keys(kind: int, secret: bytes, owner: User, wrapped: bytes, root: bytes) -> UserKeys:
    """Give a counsellor's keys; raise DoesNotOpenError for a wrong secret, WrongRootError for another root."""
    reader = Reader(check_length(wrapped, USER_WRAP_LENGTH))
    reader.version()
    if reader.number(1) != kind:
        raise FormatError
    salt, nonce = reader.take(SALT_LENGTH), reader.take(xchacha.NONCE_LENGTH)
    aad = _user_aad(kind, owner)
    whole = Reader(xchacha.unseal(derive(secret, aad, salt), nonce, reader.rest(), aad))
    keys = UserKeys(whole.take(KEY_LENGTH), whole.take(KEY_LENGTH), whole.take(KEY_LENGTH))
    # A server that shows another root would have her trust desk keys that it made itself.
    if keys.root != root:
        raise WrongRootError
    return keys


def seal_layer(shred_key: bytes, purpose: str, subject: bytes, content: bytes) -> bytes:
    """Seal a wrap once more under a key that is destroyed on its day; purpose and subject say which wrap it is."""
    nonce = os.urandom(xchacha.NONCE_LENGTH)
    return bytes([VERSION]) + nonce + xchacha.seal(shred_key, nonce, content, _layer_aad(purpose, subject))


def open_layer(shred_key: bytes, purpose: str, subject: bytes, sealed: bytes) -> bytes:
    """Take that layer off; raise DoesNotOpenError for another key, purpose or subject."""
    reader = Reader(sealed)
    reader.version()
    return xchacha.unseal(shred_key, reader.take(xchacha.NONCE_LENGTH), reader.rest(), _layer_aad(purpose, subject))


def _desk_info(desk: Desk, user: str) -> bytes:
    return join("zicht/v1/deskwrap", check_name(desk.org), check_name(desk.desk), desk.epoch, check_name(user))


def _user_aad(kind: int, owner: User) -> bytes:
    if kind not in (PASSPHRASE, PASSKEY, RECOVERY):
        raise FormatError
    return join("zicht/v1/unlock", bytes([kind]), check_name(owner.org), check_name(owner.user))


def _layer_aad(purpose: str, subject: bytes) -> bytes:
    return join("zicht/v1/shred", check_name(purpose), subject)
