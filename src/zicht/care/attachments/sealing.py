"""Seal the bytes of a file with the key of the person it is about, as texts are sealed (people/sealed.py)."""

from zicht.care.plan.models import Attachment
from zicht.people.record_keys import store
from zicht.people.sealed import place_of, seal_bytes, unseal_bytes

BLOCK = 4096  # bytes: a file is padded to a multiple, so that its exact size does not tell which file it is
COLUMN = "file"


def seal_file(attachment: Attachment, content: bytes) -> bytes:
    """Seal a file for its attachment."""
    return seal_bytes(store().key_of(attachment.key_record), place_of(attachment, COLUMN), content, block=BLOCK)


def open_file(attachment: Attachment, box: bytes) -> bytes:
    """Open what `seal_file` sealed; raise DoesNotOpenError when a bit, its place or its key is another.

    Raises KeyDestroyedError when the person was erased.
    """
    return unseal_bytes(store().key_of(attachment.key_record), place_of(attachment, COLUMN), box)
