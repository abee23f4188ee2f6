"""What words in names mean: the same body is a “bureau” in one language and an “office” in the next."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

DATA = Path(__file__).resolve().parent / "data"
DROPPED = "!"
SHORTEST_PART = 4  # letters of a part of a compound; shorter ones stand at the end of too many words
SHORTEST_MISSPELT = 6  # letters of a common word that is known with one letter wrong
LINKS = ("", "s", "en", "e", "n")  # what Dutch puts between the parts of a compound


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a part of one; its meaning is empty where it belongs to the name."""

    letters: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class NameWords:
    """Hold the meaning of each word that tells little, and the words that are dropped."""

    meanings: dict[str, str]
    dropped: frozenset[str]
    long: tuple[str, ...]  # the words of both that are known with one letter wrong

    def parts(self, word: str) -> tuple[Part, ...]:
        """Give what is left of a word: nothing, itself, or the two parts of a compound, each with its meaning.

        “staatsveiligheid” has two common parts, “hansabank” a common one; “miniztry” is a common word misspelt.
        """
        if word in self.dropped:
            return ()
        if word in self.meanings:
            return (Part(word, self.meanings[word]),)
        if known := self._misspelt(word):
            return self.parts(known)
        return self._compound(word) or (Part(word),)

    def _misspelt(self, word: str) -> str:
        if len(word) < SHORTEST_MISSPELT:
            return ""
        found = process.extractOne(word, self.long, scorer=OSA.distance, score_cutoff=1)
        return found[0] if found else ""

    def _compound(self, word: str) -> tuple[Part, ...]:
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        for cut in cuts:
            if word[cut:] in self.meanings:
                return (self._first_part(word[:cut]), Part(word[cut:], self.meanings[word[cut:]]))
        for cut in reversed(cuts):
            if word[:cut] in self.meanings:
                return (Part(word[:cut], self.meanings[word[:cut]]), Part(word[cut:]))
        return ()

    def _first_part(self, part: str) -> Part:
        for link in LINKS:
            stem = part.removesuffix(link)
            if stem in self.meanings:
                return Part(stem, self.meanings[stem])
        return Part(part)


@cache
def name_words() -> NameWords:
    """Read the words once."""
    meanings: dict[str, str] = {}
    dropped: set[str] = set()
    heading = ""
    for line in (DATA / "names_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            words = [anyascii(word).lower() for word in line.split()]
            if heading.startswith(DROPPED):
                dropped.update(words)
            else:
                meanings |= dict.fromkeys(words, heading)
    dropped -= meanings.keys()
    long = (word for word in (*meanings, *sorted(dropped)) if len(word) >= SHORTEST_MISSPELT)
    return NameWords(meanings, frozenset(dropped), tuple(long))
