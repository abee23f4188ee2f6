"""Keep the keys whose destruction makes a conversation, or the key of a desk, unreadable for good.

They lie in a file of their own, also beside PostgreSQL: it goes into no dump, no backup and no replica, so nothing can
bring a key back. Losing the file loses the conversations that run, which is the price (docs/decisions.md).
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from zicht.contact.sealing.wraps import open_layer, seal_layer
from zicht.people.record_keys import PRAGMAS, KeyDestroyedError, KeyStore
from zicht.people.record_keys import store as store_in

__all__ = ["KeyDestroyedError", "make_key", "make_keys", "open_sealed", "seal_under", "store"]

FILE = "keys.sqlite3"
# The journal is emptied and not removed: its blocks, which held a page with keys, are the next to be written over.
SHRED_PRAGMAS = (*PRAGMAS, "PRAGMA journal_mode = TRUNCATE")


def store() -> KeyStore:
    """Give the store of the keys of conversations and of epochs."""
    return store_in(FILE, SHRED_PRAGMAS)


def is_there() -> bool:
    """Tell whether the file is there; where it never was, nothing that runs can be read."""
    return (Path(settings.KEYS_FOLDER) / FILE).is_file()


def make_key(subject: UUID) -> None:
    """Make the key of a conversation or an epoch, before anything of it is stored; one that is there stays."""
    if not store().keys_of([subject]):  # to look costs no wait for the disk
        store().make([subject])


def make_keys(subjects: Iterable[UUID]) -> None:
    """Make keys together, and wait for the disk once."""
    store().make(subjects)


def seal_under(subject: UUID, purpose: str, content: bytes) -> bytes:
    """Seal a wrap once more under the key of what it belongs to; raise KeyDestroyedError when that is gone."""
    return seal_layer(store().key_of(subject), purpose, subject.bytes, content)


def open_sealed(subject: UUID, purpose: str, sealed: bytes) -> bytes:
    """Take that layer off again."""
    return open_layer(store().key_of(subject), purpose, subject.bytes, sealed)
