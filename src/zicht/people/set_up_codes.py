"""Set-up codes: copied by hand or read out, so made of characters that do not look or sound like each other."""

import hashlib
import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 of Douglas Crockford: no I, L, O and U
LENGTH = 20  # characters of 5 bits: 100 random bits, which nobody can search, so a plain hash of them is enough
GROUP = 5  # characters between two hyphens
LOOK_ALIKES = str.maketrans("OIL", "011")
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def make_code() -> str:
    """Make a code as it is shown: four groups of five."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(characters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def normalise(typed: str) -> str:
    """Read what was typed: capitals, spaces and hyphens (also those of a word processor) make no difference."""
    return NEITHER_LETTER_NOR_DIGIT.sub("", typed.upper()).translate(LOOK_ALIKES)


def hash_code(typed: str) -> str:
    """Hash a code as it is stored and looked up: SHA-256 of the normalised characters."""
    return hashlib.sha256(normalise(typed).encode()).hexdigest()


def hash_token(secret: str) -> str:
    """Hash a key of the programming interface, which is copied and never typed: SHA-256 of it as it is."""
    return hashlib.sha256(secret.encode()).hexdigest()
