"""FILE: a file in chunks, each sealed with its number, so that none can be left out, moved or cut off.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance, CRYPTO 2015, section 8) with XChaCha20-Poly1305.
"""

import os
from dataclasses import dataclass

from zicht.contact.sealing import xchacha
from zicht.contact.sealing.errors import FormatError, TooLongError, WrongLengthError
from zicht.contact.sealing.opening import CONVERSATION_ID_LENGTH
from zicht.contact.sealing.padding import pad, unpad
from zicht.contact.sealing.parts import check_length, join, u32
from zicht.contact.sealing.secret_keys import FILE_ID_LENGTH, FROM_VISITOR, TO_VISITOR

CHUNK = 64 * 1024  # bytes
SEALED_CHUNK = CHUNK + xchacha.TAG_LENGTH
PREFIX_LENGTH = 16
LARGEST = 10 * 1024 * 1024  # bytes of a file before it is filled up


@dataclass(frozen=True)
class FilePlace:
    """Which file of which conversation, and who sent it."""

    conv_id: bytes
    direction: int
    file_id: bytes

    @property
    def aad(self) -> bytes:
        """Give what every chunk is bound to."""
        if self.direction not in (FROM_VISITOR, TO_VISITOR):
            raise FormatError
        conv_id = check_length(self.conv_id, CONVERSATION_ID_LENGTH)
        return join("zicht/v1/file", conv_id, bytes([self.direction]), check_length(self.file_id, FILE_ID_LENGTH))


def seal_file(key: bytes, place: FilePlace, content: bytes, prefix: bytes | None = None) -> bytes:
    """Seal a file of at most 10 MiB; the result has a length that many files share."""
    if len(content) > LARGEST:
        raise TooLongError
    start = os.urandom(PREFIX_LENGTH) if prefix is None else check_length(prefix, PREFIX_LENGTH)
    padded = pad(content, (len(content) // CHUNK + 1) * CHUNK)
    count = len(padded) // CHUNK
    sealed = [
        xchacha.seal(key, _nonce(start, i, count), padded[i * CHUNK : (i + 1) * CHUNK], place.aad) for i in range(count)
    ]
    return start + b"".join(sealed)


def open_file(key: bytes, place: FilePlace, sealed: bytes) -> bytes:
    """Open a whole file; raise DoesNotOpenError when a chunk was changed, moved or cut off."""
    body = sealed[PREFIX_LENGTH:]
    count = len(body) // SEALED_CHUNK
    if not count or len(body) % SEALED_CHUNK or count > LARGEST // CHUNK + 1:
        raise WrongLengthError
    chunks = [body[i * SEALED_CHUNK : (i + 1) * SEALED_CHUNK] for i in range(count)]
    start = sealed[:PREFIX_LENGTH]
    return unpad(b"".join(xchacha.unseal(key, _nonce(start, i, count), c, place.aad) for i, c in enumerate(chunks)))


def _nonce(prefix: bytes, number: int, count: int) -> bytes:
    return prefix + u32(number) + bytes([number == count - 1]) + bytes(3)
