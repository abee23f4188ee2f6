"""Let a visitor come back: the secret of a conversation, sealed under a code that only she has."""

import hashlib
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from zicht.contact.sealing import xchacha
from zicht.contact.sealing.codes import RETURN_CODE_LENGTH, read_code
from zicht.contact.sealing.opening import CONVERSATION_ID_LENGTH
from zicht.contact.sealing.parts import VERSION, Reader, check_length, check_name, join
from zicht.contact.sealing.secret_keys import SECRET_LENGTH

LABEL = "zicht/v1/return"
# A cheap phone has to do this too; the code itself has 80 bits.
MEMORY = 8 * 1024  # KiB
PASSES = 3
SALT_LENGTH = 16
SEALED_LENGTH = 1 + xchacha.NONCE_LENGTH + SECRET_LENGTH + xchacha.TAG_LENGTH


@dataclass(frozen=True)
class ReturnKeys:
    """What a code gives: where its record is found, and what opens it; 32 bytes each."""

    lookup: bytes
    k_ret: bytes

    @property
    def h_lookup(self) -> bytes:
        """Give what the server finds the record by, without being able to look it up itself."""
        return hashlib.sha256(self.lookup).digest()


def return_keys(typed: str, org: str) -> ReturnKeys:
    """Derive both from a code as somebody typed it; raise CodeError when it is none."""
    code = read_code(typed, RETURN_CODE_LENGTH)
    salt = hashlib.sha256(join(LABEL, check_name(org))).digest()[:SALT_LENGTH]
    argon2 = Argon2id(salt=salt, length=64, iterations=PASSES, lanes=1, memory_cost=MEMORY)
    derived = argon2.derive(code.encode("ascii"))
    return ReturnKeys(derived[:32], derived[32:])


def seal_return(k_ret: bytes, org: str, conv_id: bytes, secret: bytes) -> bytes:
    """Seal the secret of a conversation under the key of a code."""
    nonce = os.urandom(xchacha.NONCE_LENGTH)
    check_length(secret, SECRET_LENGTH)
    return bytes([VERSION]) + nonce + xchacha.seal(k_ret, nonce, secret, _aad(org, conv_id))


def open_return(k_ret: bytes, org: str, conv_id: bytes, sealed: bytes) -> bytes:
    """Give the secret back; raise DoesNotOpenError for another code, organisation or conversation."""
    reader = Reader(check_length(sealed, SEALED_LENGTH))
    reader.version()
    return xchacha.unseal(k_ret, reader.take(xchacha.NONCE_LENGTH), reader.rest(), _aad(org, conv_id))


def _aad(org: str, conv_id: bytes) -> bytes:
    return join(LABEL, check_name(org), check_length(conv_id, CONVERSATION_ID_LENGTH))
