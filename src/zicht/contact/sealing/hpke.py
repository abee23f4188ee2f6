"""Seal something for whoever holds a private key: HPKE in base mode (RFC 9180)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from zicht.contact.sealing.errors import DoesNotOpenError
from zicht.contact.sealing.parts import check_length

ENC_LENGTH = 32
KEY_LENGTH = 32
TAG_LENGTH = 16
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(public_key: bytes, info: bytes, plaintext: bytes) -> tuple[bytes, bytes]:
    """Give the encapsulated key (32 bytes) and the ciphertext (16 bytes longer); what it is bound to stands in info."""
    key = X25519PublicKey.from_public_bytes(check_length(public_key, KEY_LENGTH))
    sealed = SUITE.encrypt(plaintext, key, info)
    return sealed[:ENC_LENGTH], sealed[ENC_LENGTH:]


def unseal(private_key: bytes, info: bytes, enc: bytes, ciphertext: bytes) -> bytes:
    """Open what `seal` made for this key and this info; raise DoesNotOpenError otherwise."""
    key = X25519PrivateKey.from_private_bytes(check_length(private_key, KEY_LENGTH))
    try:
        return SUITE.decrypt(check_length(enc, ENC_LENGTH) + ciphertext, key, info)
    # ValueError: a point of small order instead of an encapsulated key.
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpenError from error


def make_key() -> tuple[bytes, bytes]:
    """Make a private key; give it and its public half, 32 bytes each."""
    key = X25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()
