"""Texts that can identify (class P3) as the database holds them: sealed with the key of their record.

A column of SealedTextField takes plain text, which is sealed when the record is saved, and gives a Sealed back, which
`reveal` opens. The place of a text (entity, field, record) is sealed in with it, so that a text that somebody moves to
another record inside the database does not open there.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from zicht.people.record_keys import KeyDestroyedError, RecordKeyError, store

FORM = b"\x01"  # the first byte of every box: another way of sealing gets another number
NONCE_LENGTH = 12  # bytes, NIST SP 800-38D; random, and a key seals far fewer than 2**32 texts
BLOCK = 64  # bytes: a text is padded to a multiple, so that its length does not tell which code stands in it
PAD = b"\x80"  # ISO/IEC 7816-4: one such byte, then zeroes


class DoesNotOpenError(RecordKeyError):
    """Report that a box was changed or moved: nothing of it is given."""

    def __init__(self) -> None:
        super().__init__("A sealed text does not open: it was changed, or it belongs to another record.")


class KeyHolder(Protocol):
    """A record whose texts are sealed: it names the record whose key is used, and itself."""

    words_entity: ClassVar[str]

    @property
    def pk(self) -> Any:
        """Give its own key in the database."""

    @property
    def key_record(self) -> UUID:
        """Give the record whose key seals its texts, such as the person of a consent."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Hold a sealed text; it shows nothing of it."""

    box: bytes

    def __str__(self) -> str:
        return ""

    def __repr__(self) -> str:
        return "Sealed()"


def seal(key: bytes, place: str, text: str) -> bytes:
    """Seal a text for one place with AES-256-GCM; the result is FORM, nonce, ciphertext with tag."""
    return seal_bytes(key, place, text.encode())


def seal_bytes(key: bytes, place: str, content: bytes, *, block: int = BLOCK) -> bytes:
    """Seal bytes, such as those of a file, in the same way; they are padded to a multiple of `block` bytes."""
    padded = content + PAD
    padded += b"\0" * (-len(padded) % block)
    nonce = os.urandom(NONCE_LENGTH)
    return FORM + nonce + AESGCM(key).encrypt(nonce, padded, place.encode())


def unseal(key: bytes, place: str, box: bytes) -> str:
    """Open a box of `seal`; raise DoesNotOpenError when one bit of it, its place or its key is another."""
    return unseal_bytes(key, place, box).decode()


def unseal_bytes(key: bytes, place: str, box: bytes) -> bytes:
    """Open a box of `seal_bytes`; raise DoesNotOpenError as `unseal` does."""
    nonce, sealed = box[1 : 1 + NONCE_LENGTH], box[1 + NONCE_LENGTH :]
    try:
        padded = AESGCM(key).decrypt(nonce, sealed, place.encode()) if box[:1] == FORM else b""
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpenError from error
    content, pad, _zeroes = padded.rpartition(PAD)
    if not pad:
        raise DoesNotOpenError
    return content


if TYPE_CHECKING:
    Binary = models.BinaryField[str | Sealed | None, str | Sealed | None]
else:
    Binary = models.BinaryField


class SealedTextField(Binary):
    """Store a text sealed with the key of its record; the record makes its key first (`make_key`)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True, "editable": True, **options})

    def deconstruct(self) -> Any:
        """Leave out of a migration what is the same everywhere."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {key: value for key, value in options.items() if key not in ("null", "blank")}

    def from_db_value(self, value: Any, *_rest: object) -> Sealed | None:
        """Give what is stored as it is: opening it is a step of its own."""
        return Sealed(bytes(value)) if value else None

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Seal what is still plain."""
        value = getattr(model_instance, self.attname)
        if isinstance(value, str) and value:
            key = store().key_of(model_instance.key_record)
            value = Sealed(seal(key, place_of(model_instance, self.attname), value))
            setattr(model_instance, self.attname, value)
        return value or None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuse plain text: a statement that does not know the record cannot seal it."""
        if isinstance(value, str):
            raise TypeError(f"{self.name} is sealed: save the record, a statement cannot seal it")
        return super().get_db_prep_value(value.box if isinstance(value, Sealed) else value, connection, prepared)


def make_key(*records: KeyHolder) -> None:
    """Make the key of new records before they are saved; a key that nobody uses is swept away later."""
    store().make(record.key_record for record in records)


def place_of(record: KeyHolder, column: str) -> str:
    """Give the place of a text: kind of record, record, column."""
    return _place(record.words_entity, record.pk, column)


def _place(entity: str, pk: object, column: str) -> str:
    return f"{entity}/{pk}/{column}"


def reveal(record: KeyHolder, column: str) -> str:
    """Give a text of a record in plain; raise KeyDestroyedError or DoesNotOpenError when nobody can read it."""
    value = getattr(record, column)
    if not isinstance(value, Sealed):
        return value or ""
    return unseal(store().key_of(record.key_record), place_of(record, column), value.box)


def reveal_each(records: Iterable[KeyHolder], column: str) -> Mapping[Any, str]:
    """Give a text of many records by their keys in the database; those whose key is destroyed are left out."""
    some = list(records)
    keys = store().keys_of({record.key_record for record in some})
    boxes = {record.pk: (record, getattr(record, column)) for record in some if record.key_record in keys}
    return {pk: _opened(keys[one.key_record], place_of(one, column), value) for pk, (one, value) in boxes.items()}


def reveal_rows(
    entity: type[KeyHolder], column: str, rows: Iterable[tuple[Any, UUID, Sealed | str | None]]
) -> Mapping[Any, str]:
    """Give what `reveal_each` gives, of rows with the key in the database, the record whose key seals it, and the text.

    A list of hundreds of records is read much faster in this way: no record has to be built.
    """
    some = list(rows)
    keys = store().keys_of({record for _pk, record, _value in some})
    return {
        pk: _opened(keys[record], _place(entity.words_entity, pk, column), value)
        for pk, record, value in some
        if record in keys
    }


def _opened(key: bytes, place: str, value: Sealed | str | None) -> str:
    return unseal(key, place, value.box) if isinstance(value, Sealed) else value or ""


def refuse_destroyed(record: KeyHolder) -> None:
    """Raise ValidationError when the key of a record is gone: it cannot take texts any more."""
    try:
        store().key_of(record.key_record)
    except KeyDestroyedError as error:
        raise ValidationError(_("The key of this record was destroyed: nothing can be written in it.")) from error
