"""Everything that comes from the secret of a conversation, by HKDF-SHA256 (RFC 5869)."""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zicht.contact.sealing.parts import check_length, join

SECRET_LENGTH = 32
FILE_ID_LENGTH = 16
# Directions, as they stand in an envelope.
FROM_VISITOR = 0
TO_VISITOR = 1


@dataclass(frozen=True)
class ConversationKeys:
    """The keys of both directions, and the tokens to take part (cap) and to destroy (wipe); 32 bytes each."""

    k_v2o: bytes
    k_o2v: bytes
    cap: bytes
    wipe: bytes

    def of(self, direction: int) -> bytes:
        """Give the key of a direction."""
        return (self.k_v2o, self.k_o2v)[direction]

    @property
    def h_cap(self) -> bytes:
        """Give what the server checks a bearer with."""
        return hashlib.sha256(self.cap).digest()

    @property
    def h_wipe(self) -> bytes:
        """Give what the server checks a wish to destroy with."""
        return hashlib.sha256(self.wipe).digest()


def derive(secret: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    """Derive 32 bytes."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def keys_of(secret: bytes) -> ConversationKeys:
    """Derive the keys of a conversation from its secret of 32 bytes."""
    check_length(secret, SECRET_LENGTH)
    names = ("k_v2o", "k_o2v", "cap", "wipe")
    return ConversationKeys(*(derive(secret, f"zicht/v1/{name}".encode()) for name in names))


def file_key(secret: bytes, direction: int, file_id: bytes) -> bytes:
    """Derive the key of one file; file_id has 16 bytes."""
    check_length(secret, SECRET_LENGTH)
    return derive(secret, join("zicht/v1/file", bytes([direction]), check_length(file_id, FILE_ID_LENGTH)))
