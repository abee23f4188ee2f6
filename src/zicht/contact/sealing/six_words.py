"""Six words that people read to each other, to be sure that both have the same public keys before them.

48 bits alone could be met by trying keys; each try costs 8 MiB and three passes of Argon2id, so that 2**48 of them are
out of reach. Each person has words of her own: one set over the keys of two people could be met from both sides, with
2**24 tries.
"""

import hashlib
from functools import cache
from importlib.resources import files

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from zicht.contact.sealing.parts import check_length, check_name, join

LABEL = "zicht/v1/words"
WORDS = 6  # one for each byte
LANGUAGES = ("nl", "en")
SALT_LENGTH = 16
# As for return codes, which cheap phones compute too.
MEMORY = 8 * 1024  # KiB
PASSES = 3
KEY_LENGTH = 32


@cache
def word_list() -> dict[str, tuple[str, ...]]:
    """Give 256 words per language; those in the same place mean the same."""
    text = (files("zicht.contact.sealing") / "data" / "six_words.txt").read_text(encoding="utf-8")
    pairs = [line.split() for line in text.splitlines()]
    return {language: tuple(pair[place] for pair in pairs) for place, language in enumerate(LANGUAGES)}


def words_of_key(public_key: bytes, language: str) -> str:
    """Give the words of one key of 32 bytes: a root, or the signing key of a lead."""
    return _words("key", language, check_length(public_key, KEY_LENGTH))


def words_of_user(org: str, user: str, x_pk: bytes, ed_pk: bytes, language: str) -> str:
    """Give the words of a counsellor with both of her public keys, 32 bytes each."""
    keys = (check_length(key, KEY_LENGTH) for key in (x_pk, ed_pk))
    return _words("user", language, check_name(org), check_name(user), *keys)


def _words(what: str, language: str, *parts: bytes | str) -> str:
    salt = hashlib.sha256(LABEL.encode()).digest()[:SALT_LENGTH]
    argon2 = Argon2id(salt=salt, length=WORDS, iterations=PASSES, lanes=1, memory_cost=MEMORY)
    return " ".join(word_list()[language][byte] for byte in argon2.derive(join(LABEL, what, *parts)))
