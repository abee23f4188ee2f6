"""MSG: one message in its envelope, and what is written inside."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zicht.contact.sealing import xchacha
from zicht.contact.sealing.errors import FormatError, WrongLengthError
from zicht.contact.sealing.opening import CONVERSATION_ID_LENGTH, HASH_LENGTH
from zicht.contact.sealing.padding import BUCKETS, pad_to_bucket, unpad
from zicht.contact.sealing.parts import (
    VERSION,
    Reader,
    canonical,
    check_fields,
    check_length,
    decode,
    encode,
    is_whole,
    read_canonical,
    u32,
)
from zicht.contact.sealing.secret_keys import FILE_ID_LENGTH, FROM_VISITOR, TO_VISITOR, ConversationKeys

SEALED_LENGTHS = tuple(bucket + xchacha.TAG_LENGTH for bucket in BUCKETS)
SYSTEM_KINDS = ("joined", "left", "closing", "linked", "ended", "danger")
FILE_FIELDS = ("file_id", "name", "type", "size", "hash")
REPORT_FIELDS = ("form", "version", "audience", "part", "parts", "answers")
ANSWER_FIELDS = ("q", "ask", "codes", "said", "text", "field")
CHECKLIST_TEXTS = ("finished_on", "observer", "situation", "age", "municipality", "postcode", "house_number")
MARK_FIELDS = ("indicator", "state", "basis", "observed_on")
LONGEST_BY = 64  # characters of the name a counsellor uses towards visitors

Body = str | Mapping[str, Any]


@dataclass(frozen=True)
class Inner:
    """What only the two sides read. `ack` is the hash of the last envelope seen; `by` stands in o2v alone."""

    t: str
    body: Body
    ack: bytes
    by: str | None = None


@dataclass(frozen=True)
class Envelope:
    """A sealed message as the server keeps it."""

    conv_id: bytes
    direction: int
    seq: int
    prev: bytes
    nonce: bytes
    ct: bytes

    @property
    def head(self) -> bytes:
        """Give what stands before the nonce, which the seal is bound to."""
        if self.direction not in (FROM_VISITOR, TO_VISITOR):
            raise FormatError
        conv_id = check_length(self.conv_id, CONVERSATION_ID_LENGTH)
        return (
            bytes([VERSION]) + conv_id + bytes([self.direction]) + u32(self.seq) + check_length(self.prev, HASH_LENGTH)
        )

    def to_bytes(self) -> bytes:
        """Give the one form that is sent and hashed."""
        if len(self.ct) not in SEALED_LENGTHS:
            raise WrongLengthError
        return self.head + check_length(self.nonce, xchacha.NONCE_LENGTH) + self.ct

    @classmethod
    def from_bytes(cls, content: bytes) -> "Envelope":
        """Read the form of `to_bytes`; raise a FormatError for anything else."""
        reader = Reader(content)
        reader.version()
        envelope = cls(
            conv_id=reader.take(CONVERSATION_ID_LENGTH),
            direction=reader.number(1),
            seq=reader.number(4),
            prev=reader.take(HASH_LENGTH),
            nonce=reader.take(xchacha.NONCE_LENGTH),
            ct=reader.rest(),
        )
        if envelope.to_bytes() != content:
            raise FormatError
        return envelope

    @property
    def digest(self) -> bytes:
        """Give the hash that the next envelope names as the one before it."""
        return hashlib.sha256(self.to_bytes()).digest()


@dataclass(frozen=True)
class Place:
    """Where an envelope stands: conversation, direction, number and the hash of the one before it."""

    conv_id: bytes
    direction: int
    seq: int
    prev: bytes


def seal_message(keys: ConversationKeys, place: Place, inner: Inner, nonce: bytes) -> Envelope:
    """Seal a message in its place; the nonce of 24 bytes must be drawn anew for every message that differs."""
    bare = Envelope(place.conv_id, place.direction, place.seq, place.prev, nonce, b"")
    padded = pad_to_bucket(write_inner(inner, place.direction))
    ct = xchacha.seal(keys.of(place.direction), nonce, padded, bare.head)
    return Envelope(place.conv_id, place.direction, place.seq, place.prev, nonce, ct)


def open_message(keys: ConversationKeys, envelope: Envelope) -> Inner:
    """Open an envelope; whether it stands in its place is the chain's business (chain.py)."""
    envelope.to_bytes()
    padded = xchacha.unseal(keys.of(envelope.direction), envelope.nonce, envelope.ct, envelope.head)
    return read_inner(unpad(padded), envelope.direction)


def write_inner(inner: Inner, direction: int) -> bytes:
    """Write the JSON inside an envelope, and refuse what `read_inner` would refuse."""
    fields: dict[str, Any] = {"t": inner.t, "body": inner.body, "ack": encode(inner.ack)}
    if inner.by is not None:
        fields["by"] = inner.by
    content = canonical(fields)
    read_inner(content, direction)
    return content


def read_inner(content: bytes, direction: int) -> Inner:
    """Read the JSON inside an envelope; raise a FormatError for anything that is not exactly so."""
    fields = ("t", "body", "ack", "by") if direction == TO_VISITOR else ("t", "body", "ack")
    found = read_canonical(content, fields)
    by = found.get("by")
    if by is not None and not (isinstance(by, str) and 0 < len(by) <= LONGEST_BY):
        raise FormatError
    if direction == TO_VISITOR and by is None:
        raise FormatError
    ack = check_length(decode(found["ack"]), HASH_LENGTH)
    return Inner(found["t"], _checked_body(found["t"], found["body"]), ack, by)


def _checked_body(kind: object, body: object) -> Body:
    if kind == "text" and isinstance(body, str) and body:
        return body
    if kind == "end" and body == "":
        return ""
    if kind == "file":
        return _checked_file(check_fields(body, FILE_FIELDS))
    if kind == "system":
        return _checked_system(check_fields(body, ("kind", "value")))
    if kind == "report":
        return _checked_report(check_fields(body, REPORT_FIELDS))
    if kind == "checklist":
        return _checked_checklist(check_fields(body, (*CHECKLIST_TEXTS, "signals")))
    raise FormatError


def _checked_file(body: dict[str, Any]) -> dict[str, Any]:
    check_length(decode(body["file_id"]), FILE_ID_LENGTH)
    check_length(decode(body["hash"]), HASH_LENGTH)
    if not (isinstance(body["name"], str) and isinstance(body["type"], str) and is_whole(body["size"])):
        raise FormatError
    return body


def _checked_system(body: dict[str, Any]) -> dict[str, Any]:
    if body["kind"] not in SYSTEM_KINDS or not isinstance(body["value"], str):
        raise FormatError
    return body


def _checked_report(body: dict[str, Any]) -> dict[str, Any]:
    """Check the answers to a form, which bring along the words that were asked."""
    is_whole_numbers = all(is_whole(body[name]) for name in ("version", "part", "parts"))
    if not is_whole_numbers or not 0 < body["part"] <= body["parts"] or not isinstance(body["answers"], list):
        raise FormatError
    if not isinstance(body["form"], str) or not isinstance(body["audience"], str):
        raise FormatError
    for answer in body["answers"]:
        _check_answer(check_fields(answer, ANSWER_FIELDS))
    return body


def _checked_checklist(body: dict[str, Any]) -> dict[str, Any]:
    """Check the shape of a finished checklist: codes and dates as texts, empty where nothing was filled in."""
    marks = body["signals"]
    if not isinstance(marks, list) or not all(isinstance(body[name], str) for name in CHECKLIST_TEXTS):
        raise FormatError
    for mark in marks:
        if not all(isinstance(one, str) for one in check_fields(mark, MARK_FIELDS).values()):
            raise FormatError
    return body


def _check_answer(answer: dict[str, Any]) -> None:
    is_text = all(isinstance(answer[name], str) for name in ("q", "text", "field"))
    codes, said = answer["codes"], answer["said"]
    is_coded = isinstance(codes, list) and isinstance(said, list) and len(codes) == len(said)
    if not is_text or not is_coded or not all(isinstance(code, str) for code in codes):
        raise FormatError
    for label in (answer["ask"], *said):
        if not isinstance(label, dict) or not all(isinstance(one, str) for one in (*label, *label.values())):
            raise FormatError
