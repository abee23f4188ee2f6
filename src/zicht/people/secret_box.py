"""Keep secrets that the program itself needs in plain unreadable in the database and in its backups."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

PURPOSE = b"zicht: second factor"  # sets this key apart from other keys made of the same secret
KEY_LENGTH = 32  # bytes, as Fernet asks


def seal(text: str, purpose: bytes = PURPOSE) -> str:
    """Encrypt a secret with a key made of the secret key of the settings."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: bytes = PURPOSE) -> str:
    """Decrypt a secret; a secret key that was replaced still opens it when it is among the fallbacks."""
    return _box(purpose).decrypt(sealed.encode()).decode()


def _box(purpose: bytes) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str | bytes, purpose: bytes) -> bytes:
    """Derive a key by HKDF (RFC 5869)."""
    material = HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose).derive(force_bytes(secret))
    return base64.urlsafe_b64encode(material)
