"""Put bytes together and take them apart in one way only."""

import base64
import binascii
import json
import re
import struct
from collections.abc import Sequence
from typing import Any

from zicht.contact.sealing.errors import FormatError, UnknownFieldError, WrongLengthError, WrongVersionError

VERSION = 1
LONGEST_PART = 0xFFFF  # bytes, the length stands in two bytes
LARGEST_U32 = 0xFFFF_FFFF
LARGEST_WHOLE = 2**53 - 1  # a browser cannot count further without error
NAME = re.compile(r"[a-z0-9-]{1,64}")
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def join(label: str, *parts: bytes | str | int) -> bytes:
    """Give the label followed by each part with its length before it.

    Parts are bytes, text (as UTF-8) or a number from 0 to 2**32 - 1 (as four bytes). Lists of parts that differ never
    give the same bytes. Raises WrongLengthError for a part of more than 65,535 bytes.
    """
    whole = label.encode("ascii")
    for part in parts:
        content = as_bytes(part)
        if len(content) > LONGEST_PART:
            raise WrongLengthError
        whole += struct.pack(">H", len(content)) + content
    return whole


def as_bytes(part: bytes | str | int) -> bytes:
    """Give the bytes of one part of `join`."""
    if isinstance(part, int):
        return u32(part)
    return part.encode() if isinstance(part, str) else part


def u32(number: int) -> bytes:
    """Give a number as four bytes, the greatest first; raise FormatError when it does not fit."""
    if not 0 <= number <= LARGEST_U32:
        raise FormatError
    return struct.pack(">I", number)


def check_name(name: str) -> str:
    """Give back the name of an organisation, desk or user; raise FormatError when it is none."""
    if not NAME.fullmatch(name):
        raise FormatError
    return name


def check_length(content: bytes, length: int) -> bytes:
    """Give back content of exactly that many bytes; raise WrongLengthError for any other."""
    if len(content) != length:
        raise WrongLengthError
    return content


class Reader:
    """Take fields off the front of some bytes, each of a known length, and nothing left at the end."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def take(self, length: int) -> bytes:
        """Give the next bytes; raise WrongLengthError when there are not that many."""
        end = self._place + length
        if end > len(self._content):
            raise WrongLengthError
        taken = self._content[self._place : end]
        self._place = end
        return taken

    def number(self, length: int) -> int:
        """Give the next bytes as a number."""
        return int.from_bytes(self.take(length), "big")

    def version(self) -> None:
        """Pass over the version; raise WrongVersionError when it is not ours."""
        if self.number(1) != VERSION:
            raise WrongVersionError

    def rest(self) -> bytes:
        """Give everything that is left."""
        return self.take(len(self._content) - self._place)

    def end(self) -> None:
        """Raise WrongLengthError when something is left."""
        if self._place != len(self._content):
            raise WrongLengthError


def encode(content: bytes) -> str:
    """Give bytes as base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decode(text: object) -> bytes:
    """Read base64url; raise FormatError for anything that `encode` would not write."""
    if not isinstance(text, str) or not BASE64URL.fullmatch(text):
        raise FormatError
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise FormatError from error
    # The last sign may carry bits that belong to no byte: two spellings of the same bytes would be two hashes.
    if encode(content) != text:
        raise FormatError
    return content


def canonical(value: dict[str, Any]) -> bytes:
    """Write JSON in its one form: UTF-8, keys sorted, no spaces, as few escapes as JSON allows.

    A browser gets the same from JSON.stringify with sorted keys. Raises FormatError for what JSON cannot hold, among it
    half of a surrogate pair.
    """
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise FormatError from error


def read_canonical(content: bytes, fields: Sequence[str]) -> dict[str, Any]:
    """Read a JSON object with exactly these fields in its one form; raise FormatError or UnknownFieldError otherwise.

    Another spelling of the same would be another hash, and two readers may take different ones of two equal fields.
    """
    try:
        value = json.loads(content.decode())
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise FormatError from error
    checked = check_fields(value, fields)
    if canonical(checked) != content:
        raise FormatError
    return checked


def check_fields(value: object, fields: Sequence[str]) -> dict[str, Any]:
    """Give back an object with exactly these fields; raise UnknownFieldError for any other."""
    if not isinstance(value, dict):
        raise FormatError
    if set(value) != set(fields):
        raise UnknownFieldError
    return value


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number from 0 on that both sides count alike."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_WHOLE
