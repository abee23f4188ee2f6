"""What is kept of the words of a text so that it can be searched: keyed hashes, and no word.

Source texts are encrypted under a key of their source. A full-text index of words would be those texts once more, in
plain, and rows that a database deleted stay in its pages for a while. So each term is a keyed BLAKE2b (RFC 7693) of 48
bits under a key made of the secret key, which is not in the database. Two terms of a million share a hash about once in
hundred; what is found is read in plain before it is shown, so such a row is not shown.
"""

import hashlib
import re
from functools import lru_cache
from itertools import pairwise

import simplemma
from django.conf import settings
from django.utils.crypto import salted_hmac

from zicht.evidence.redaction import plain

SALT = "zicht.evidence.search"  # sets this key apart from other keys made of the same secret
LENGTH = 6  # bytes of a hash
LANGUAGES = ("nl", "en")
WORD = re.compile(r"[^\W_]+")
SHORTEST_PART = 4  # letters of a word that is looked for inside longer ones
REMEMBERED = 100_000  # words


def index_terms(text: str) -> str:
    """Give the terms of a text, each once, separated by spaces.

    They are words, their lemmas, the trigrams of longer words, and each two words that follow one another.
    """
    words = WORD.findall(text)
    found = {term for word in words for term in _terms_of_word(word)}
    return " ".join(sorted(found.union(pair_terms(words))))


def query_terms(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Give for each word that is asked the terms of which one is enough, and those that together mean “inside”."""
    words = [plain(word) for word in WORD.findall(text)]
    return [
        (frozenset({_hash("w", word), _hash("w", lemma_of(word))}), _part_terms(word)) for word in dict.fromkeys(words)
    ]


def phrase_terms(words: list[str]) -> list[str]:
    """Give the terms of words as they are written, and of each two that follow one another."""
    return [*(_hash("w", small(word)) for word in words), *pair_terms(words)]


def pair_terms(words: list[str]) -> list[str]:
    """Give the terms of each two words that follow one another, by which a name of several words is found."""
    plainly = [small(word) for word in words]
    return [_hash("p", f"{one} {other}") for one, other in dict.fromkeys(pairwise(plainly))]


@lru_cache(maxsize=REMEMBERED)
def small(word: str) -> str:
    """Give a word in small letters without accents."""
    return plain(word)


@lru_cache(maxsize=REMEMBERED)
def lemma_of(word: str) -> str:
    """Give the dictionary form of a word, in Dutch or else English."""
    return plain(simplemma.lemmatize(word, lang=LANGUAGES))


def trigrams(word: str) -> set[str]:
    """Give each three letters that follow one another."""
    return {word[place : place + 3] for place in range(len(word) - 2)}


@lru_cache(maxsize=REMEMBERED)
def _terms_of_word(written: str) -> frozenset[str]:
    word = plain(written)
    # The lemma of a name or of a word at the beginning of a sentence can be another than that of the small letters.
    whole = {word, lemma_of(word), lemma_of(written)}
    inside = trigrams(word) if len(word) > SHORTEST_PART else set()
    return frozenset({_hash("w", one) for one in whole} | {_hash("t", one) for one in inside})


@lru_cache(maxsize=REMEMBERED)
def _part_terms(word: str) -> frozenset[str]:
    return frozenset(_hash("t", one) for one in trigrams(word)) if len(word) >= SHORTEST_PART else frozenset()


def _hash(kind: str, word: str) -> str:
    return (
        kind
        + hashlib.blake2b(word.encode(), key=_key(settings.SECRET_KEY), digest_size=LENGTH, person=b"zs").hexdigest()
    )


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return salted_hmac(SALT, "terms", secret=secret, algorithm="sha256").digest()
