"""XChaCha20-Poly1305, as draft-irtf-cfrg-xchacha-03 describes it: ChaCha20-Poly1305 with nonces one may draw at random.

`cryptography` has no call for it. HChaCha20 is the block function of ChaCha20 without its last addition (section 2.2),
so it is taken from the library's ChaCha20 by taking that addition away again; what runs on keys stays the library's.
"""

import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from zicht.contact.sealing.errors import DoesNotOpenError, WrongLengthError
from zicht.contact.sealing.parts import check_length

KEY_LENGTH = 32
NONCE_LENGTH = 24
TAG_LENGTH = 16
# "expand 32-byte k" as four words, the first row of the state (RFC 8439, section 2.3).
CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")
WORD = 2**32


def seal(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a key of 32 and a nonce of 24 bytes; the result is 16 bytes longer."""
    inner, short = _inner(key, nonce)
    return inner.encrypt(short, plaintext, aad)


def unseal(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Open what `seal` made; raise DoesNotOpenError when anything was changed."""
    if len(sealed) < TAG_LENGTH:
        raise WrongLengthError
    inner, short = _inner(key, nonce)
    try:
        return inner.decrypt(short, sealed, aad)
    except InvalidTag as error:
        raise DoesNotOpenError from error


def hchacha20(key: bytes, nonce: bytes) -> bytes:
    """Derive a key of 32 bytes from one and 16 bytes of nonce (section 2.2)."""
    check_length(key, KEY_LENGTH)
    # The library takes counter and nonce as one, which is what HChaCha20 has in that place.
    block = Cipher(ChaCha20(key, check_length(nonce, 16)), mode=None).encryptor().update(bytes(64))
    words = struct.unpack("<16I", block)
    last = struct.unpack("<4I", nonce)
    first_row = [(word - start) % WORD for word, start in zip(words[:4], CONSTANTS, strict=True)]
    last_row = [(word - start) % WORD for word, start in zip(words[12:], last, strict=True)]
    return struct.pack("<8I", *first_row, *last_row)


def _inner(key: bytes, nonce: bytes) -> tuple[ChaCha20Poly1305, bytes]:
    check_length(nonce, NONCE_LENGTH)
    return ChaCha20Poly1305(hchacha20(key, nonce[:16])), bytes(4) + nonce[16:]
