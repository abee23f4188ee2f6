"""Seal the bytes of a file with the key of the person it is about, as texts are sealed (people/sealed.py)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zicht.care.plan.models import Attachment
from zicht.people.record_keys import store
from zicht.people.sealed import FORM, NONCE_LENGTH, PAD, DoesNotOpenError, place_of

BLOCK = 4096  # bytes: a file is padded to a multiple, so that its exact size does not tell which file it is
COLUMN = "file"


def seal_file(attachment: Attachment, content: bytes) -> bytes:
    """Seal a file for its attachment with AES-256-GCM; the result is FORM, nonce, ciphertext with tag."""
    padded = content + PAD
    padded += b"\0" * (-len(padded) % BLOCK)
    nonce = os.urandom(NONCE_LENGTH)
    key = store().key_of(attachment.key_record)
    return FORM + nonce + AESGCM(key).encrypt(nonce, padded, place_of(attachment, COLUMN).encode())


def open_file(attachment: Attachment, box: bytes) -> bytes:
    """Open what `seal_file` sealed; raise DoesNotOpenError when a bit, its place or its key is another.

    Raises KeyDestroyedError when the person was erased.
    """
    key = store().key_of(attachment.key_record)
    nonce, sealed = box[1 : 1 + NONCE_LENGTH], box[1 + NONCE_LENGTH :]
    try:
        padded = AESGCM(key).decrypt(nonce, sealed, place_of(attachment, COLUMN).encode()) if box[:1] == FORM else b""
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpenError from error
    content, pad, _zeroes = padded.rpartition(PAD)
    if not pad:
        raise DoesNotOpenError
    return content
