"""Codes that people copy by hand: Crockford's base 32, without letters that look like others (crockford.com/base32)."""

import secrets

from zicht.contact.sealing.errors import CodeError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RETURN_CODE_LENGTH = 16  # signs, 80 bits
RECOVERY_CODE_LENGTH = 26  # signs, 130 bits
GROUP = 4  # signs between two hyphens
LOOK_ALIKES = str.maketrans("ILO", "110", " -")


def make_code(length: int) -> str:
    """Draw a code of that many signs, 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def show_code(code: str) -> str:
    """Give a code in groups of four, as people read it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str, length: int) -> str:
    """Read a code as somebody typed it; raise CodeError when it cannot be one of that length."""
    code = typed.strip().upper().translate(LOOK_ALIKES)
    if len(code) != length or not set(code) <= set(ALPHABET):
        raise CodeError
    return code
