"""The form in which a name is compared: Latin letters, small, in words, each with what it weighs.

A name is kept and shown as its list or source spells it; nothing of what is made here is stored.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from zicht.linkage.name_words import name_words

WEIGHT = 1.0  # of a word that belongs to this name
WEIGHT_OF_MEANING = 0.3  # of a word that many names have, such as “bank”
WEIGHT_OF_LETTER = 0.4  # of a single letter, such as an initial
MOST_LETTERS = 500  # of a name; the longest listed one has about 250
REPEATED = 0.75  # of the letters in brackets are initials of the name; a legal form may be missing
REMEMBERED = 200_000  # words; the names of a list of 100,000 have about as many

# Signs inside a word of a transcription (Ch'o'ngsong), which are no end of a word.
INSIDE = re.compile("(?<=\\w)['’‘\u02bb\u02bc`\u00b4](?=\\w)")
POSSESSIVE = re.compile(r"['’](?:s\b|(?=\s|$))", re.IGNORECASE)
DOTTED = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")  # “B.V.”, “J.V.”
BRACKETED = re.compile(r"\s*[(\[]([A-Za-z]{2,8})[)\]]")
WORD = re.compile(r"[a-z]+|\d+")
# Sounds that transcriptions of Korean, Russian or Arabic write in more than one way; longest first.
SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("kh", "k"), ("gh", "k"), ("ph", "p"), ("th", "t"), ("ch", "c"), ("sh", "s"),
    ("zh", "c"), ("dj", "c"), ("tj", "c"), ("ck", "k"), ("ks", "x"), ("eo", "o"), ("eu", "u"), ("ae", "e"),
    ("oo", "u"), ("ou", "u"), ("oe", "o"), ("ue", "u"), ("ui", "i"), ("ee", "i"), ("ij", "i"), ("iy", "i"),
    ("d", "t"), ("g", "k"), ("b", "p"), ("j", "c"), ("r", "l"), ("y", "i"), ("v", "f"), ("w", "u"), ("z", "s"),
    ("q", "k"), ("hn", "n"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: its letters, how it sounds, what it means where many names have it, and its weight."""

    letters: str
    sound: str
    meaning: str
    weight: float

    @property
    def is_number(self) -> bool:
        """Answer whether it is a number, which is the same or is not."""
        return self.letters.isdigit()


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as it is compared.

    words: in the order in which they stand. joined: the letters of the words that tell something, written together,
    without numbers. plain: all letters and digits.
    """

    words: tuple[Word, ...]
    joined: str
    plain: str

    @property
    def weight(self) -> float:
        """Give the weight of all words together."""
        return sum(word.weight for word in self.words)

    @property
    def kept(self) -> str:
        """Give the letters and digits of the words that are compared."""
        return "".join(word.letters for word in self.words)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Give the numbers in the name, in order."""
        return tuple(sorted(word.letters for word in self.words if word.is_number))


def name_form(name: str, *, is_person: bool = False) -> NameForm:
    """Give the form in which a name is compared; empty for a name without letters and digits.

    In the name of a person no word counts for less: Bank and Noord are names like others.
    """
    found = WORD.findall(_latin(_without_initials(name[:MOST_LETTERS])))
    words = tuple(word for token in found for word in _words(token, is_person))
    if not words:  # nothing but legal forms and prepositions: then they are the name
        words = tuple(Word(token, _sound(token), "", WEIGHT) for token in found)
    telling = "".join(word.letters for word in words if not word.meaning and not word.is_number)
    return NameForm(words, telling, "".join(found))


def _without_initials(name: str) -> str:
    """Leave out what only repeats the name in initials: “Ocean Maritime Management (OMM)”."""
    found = BRACKETED.search(name)
    if not found:
        return name
    initials = Counter(word[0].casefold() for word in name.split())
    letters = Counter(found[1].casefold())
    is_repeated = (letters & initials).total() >= REPEATED * letters.total()
    return BRACKETED.sub("", name, count=1) if is_repeated else name


def _latin(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    text = DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    text = INSIDE.sub("", POSSESSIVE.sub("", text))
    return anyascii(text).lower()


@lru_cache(maxsize=REMEMBERED)
def _words(token: str, is_person: bool) -> tuple[Word, ...]:
    if token.isdigit():
        number = token.lstrip("0") or "0"
        return (Word(number, number, "", WEIGHT),)
    known = name_words()
    if is_person:
        return () if token in known.dropped else (_word(token),)
    return tuple(_word(part.letters, part.meaning) for part in known.parts(token))


def _word(letters: str, meaning: str = "") -> Word:
    whole = WEIGHT if len(letters) > 1 else WEIGHT_OF_LETTER
    return Word(letters, _sound(letters), meaning, WEIGHT_OF_MEANING if meaning else whole)


def _sound(letters: str) -> str:
    for written, sound in SOUNDS:
        letters = letters.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", letters)
