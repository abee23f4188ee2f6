"""Codes by which people name a record aloud: the first bits of its identifier, in letters that are not confused."""

from uuid import UUID

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_LENGTH = 8  # characters, 40 bits of the identifier
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def short_code(key: UUID) -> str:
    """Give the first 40 bits of an identifier as people read them aloud, such as 7KQM-4TXD."""
    bits = key.int >> (128 - 5 * CODE_LENGTH)
    letters = [CODE_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH))]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def keys_of_code(typed: str) -> tuple[UUID, UUID] | None:
    """Give the lowest and highest identifier with a code, or with its beginning; None for what is no code."""
    letters = typed.upper().translate(READ_AS)
    if not 1 <= len(letters) <= CODE_LENGTH or any(letter not in CODE_ALPHABET for letter in letters):
        return None
    bits = 0
    for letter in letters:
        bits = bits << 5 | CODE_ALPHABET.index(letter)
    rest = 128 - 5 * len(letters)
    return UUID(int=bits << rest), UUID(int=(bits + 1 << rest) - 1)


def is_whole_code(typed: str) -> bool:
    """Tell whether a text has as many letters as a code."""
    return len(typed.upper().translate(READ_AS)) == CODE_LENGTH
