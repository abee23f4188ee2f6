"""Read what browsers send, field by field, and write what they get; bytes travel as base64url."""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zicht.contact.chat.errors import FormatRefused
from zicht.contact.models import Conversation
from zicht.contact.sealing.errors import FormatError, SealingError
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.opening import CONVERSATION_ID_LENGTH, Opening
from zicht.contact.sealing.parts import VERSION, check_length, decode, encode, is_whole

LARGEST_BODY = 256 * 1024  # bytes of JSON: the wraps of a desk for all its members are the most
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?")
OPENING_FIELDS = frozenset({"v", "conv_id", "desk", "epoch", "enc", "ct", "h_cap", "h_wipe"})
MESSAGE_FIELDS = frozenset({"v", "conv_id", "dir", "seq", "prev", "nonce", "ct"})


def read_object(content: bytes, fields: frozenset[str]) -> dict[str, Any]:
    """Read a JSON object with exactly these fields; raise FormatRefused for any other."""
    try:
        value = json.loads(content) if len(content) <= LARGEST_BODY else None
    except (ValueError, RecursionError) as error:
        raise FormatRefused from error
    if not isinstance(value, dict) or set(value) != fields:
        raise FormatRefused
    return value


def read_bytes(text: object, length: int | None = None) -> bytes:
    """Read base64url, of a length where one is asked for."""
    try:
        content = decode(text)
        return content if length is None else check_length(content, length)
    except FormatError as error:
        raise FormatRefused from error


def read_conv_id(text: object) -> UUID:
    """Read the id of a conversation."""
    return UUID(bytes=read_bytes(text, CONVERSATION_ID_LENGTH))


def read_whole(value: object, most: int) -> int:
    """Read a whole number from 0."""
    if not is_whole(value) or not isinstance(value, int) or value > most:
        raise FormatRefused
    return value


def read_text(value: object, most: int) -> str:
    """Read a text of some characters that can be printed; no database takes some of the others."""
    if not isinstance(value, str) or not 0 < len(value) <= most or not value.isprintable():
        raise FormatRefused
    return value


def read_language(value: object) -> str:
    """Read the language of a page, as `nl` or `pt-br`: the field is kept, so nothing else may be put into it."""
    if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
        raise FormatRefused
    return value


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Read an OPEN and check everything that can be checked without a key."""
    _check_version(fields)
    try:
        opening = Opening(
            conv_id=decode(fields["conv_id"]),
            desk=read_text(fields["desk"], 64),
            epoch=read_whole(fields["epoch"], 2**32 - 1),
            enc=decode(fields["enc"]),
            ct=decode(fields["ct"]),
            h_cap=decode(fields["h_cap"]),
            h_wipe=decode(fields["h_wipe"]),
        )
        opening.to_bytes()
    except SealingError as error:
        raise FormatRefused from error
    return opening


def read_envelope(fields: Mapping[str, Any]) -> Envelope:
    """Read a MSG; its length must be one of the buckets."""
    _check_version(fields)
    try:
        envelope = Envelope(
            conv_id=decode(fields["conv_id"]),
            direction=read_whole(fields["dir"], 1),
            seq=read_whole(fields["seq"], 2**32 - 1),
            prev=decode(fields["prev"]),
            nonce=decode(fields["nonce"]),
            ct=decode(fields["ct"]),
        )
        envelope.to_bytes()
    except SealingError as error:
        raise FormatRefused from error
    return envelope


def write_opening(conversation: Conversation, secret: bytes) -> dict[str, Any]:
    """Give the OPEN of a conversation; `secret` is enc and ct, taken from under the shred key."""
    enc, ct = secret[:32], secret[32:]
    return {
        "v": VERSION,
        "conv_id": encode(conversation.conv_id.bytes),
        "desk": conversation.desk.slug,
        "epoch": conversation.epoch.number,
        "enc": encode(enc),
        "ct": encode(ct),
        "h_cap": encode(bytes(conversation.h_cap)),
        "h_wipe": encode(bytes(conversation.h_wipe)),
    }


def write_envelope(content: bytes) -> dict[str, Any]:
    """Give a stored MSG."""
    return show_envelope(Envelope.from_bytes(content))


def show_envelope(envelope: Envelope) -> dict[str, Any]:
    """Give a MSG as it travels."""
    return {
        "v": VERSION,
        "conv_id": encode(envelope.conv_id),
        "dir": envelope.direction,
        "seq": envelope.seq,
        "prev": encode(envelope.prev),
        "nonce": encode(envelope.nonce),
        "ct": encode(envelope.ct),
    }


def _check_version(fields: Mapping[str, Any]) -> None:
    if read_whole(fields["v"], VERSION) != VERSION:
        raise FormatRefused
