"""Checks of texts, identifiers and hashes."""

import re
import unicodedata
from uuid import UUID

from zicht.words.problems import Problem

MOST_CHARACTERS = 10_000  # about four printed pages; a longer text belongs in a document of its own
MOST_IN_IDENTIFIER = 100
IDENTIFIER = re.compile(rf"[A-Za-z0-9_-][A-Za-z0-9._:-]{{0,{MOST_IN_IDENTIFIER - 1}}}")
SHORTEST_HASH, LONGEST_HASH = 32, 128  # hexadecimal digits: 128 to 512 bits
HASH = re.compile(rf"(?:[0-9a-f]{{2}}){{{SHORTEST_HASH // 2},{LONGEST_HASH // 2}}}")

LINE_ENDS_AND_TABS = re.compile(r"\r\n|[\n\t]")  # a browser sends the end of a line as CR LF
# Unicode Standard Annex 9: embeddings, overrides and isolates. They can make a text read otherwise than it is stored
# ("Trojan Source", CVE-2021-42574). The plain marks (U+200E, U+200F, U+061C) are harmless; some languages need them.
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_text(value: object) -> Problem | None:
    """Check that a value is text that can be stored, read and shown as it is."""
    if not isinstance(value, str):
        return Problem("not_a_text")
    if len(value) > MOST_CHARACTERS:
        return Problem("too_long", {"length": len(value), "most": MOST_CHARACTERS})
    return _find_bad_character(value)


def _find_bad_character(text: str) -> Problem | None:
    if text.isprintable():  # true for nearly every text, and forty times as fast as looking at each character
        return None
    for position, character in enumerate(LINE_ENDS_AND_TABS.sub(lambda end: " " * len(end.group()), text), start=1):
        code = _bad_kind(character)
        if code:
            return Problem(code, {"position": position, "character": _describe(character)})
    return None


def _bad_kind(character: str) -> str | None:
    if character in DIRECTION_CONTROLS:
        return "hidden_direction"
    return {"Cc": "control_character", "Cs": "broken_character"}.get(unicodedata.category(character))


def _describe(character: str) -> str:
    return f"{unicodedata.name(character, '')} U+{ord(character):04X}".strip()


def check_identifier(value: object) -> Problem | None:
    """Check the identifier of a record: a UUID, a whole number from 1, or a short word."""
    is_number = isinstance(value, int) and not isinstance(value, bool) and value > 0
    is_word = isinstance(value, str) and IDENTIFIER.fullmatch(value)
    if isinstance(value, UUID) or is_number or is_word:
        return None
    return Problem("not_an_identifier", {"most": MOST_IN_IDENTIFIER})


def check_hash(value: object) -> Problem | None:
    """Check a hash in hexadecimal digits, such as the 64 of SHA-256."""
    if isinstance(value, str) and HASH.fullmatch(value):
        return None
    return Problem("not_a_hash", {"shortest": SHORTEST_HASH, "longest": LONGEST_HASH})
