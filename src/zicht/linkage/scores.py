"""Compare two names word by word, and say why they may be the same. All scores are between 0 and 1.

With weights w of the words and a likeness s of each pair that belongs together, the score is the weighted Dice
coefficient: the sum of s (w + w') over the pairs, divided by the weight of all words of both names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Literal, TypeAlias

from rapidfuzz.distance import OSA

from zicht.linkage.forms import NameForm, Word

LEAST_LIKENESS = 0.75  # of two words; below that they are different words
LEAST_OF_JOINED = 0.8  # of names written together, which are longer
LEAST_OF_LETTERS = 0.9  # of all letters of two whole names: a letter is wrong in a word that others have too
SHORTEST_MISSPELT = 5  # letters; one letter more or less makes another short word
SHORTEST_SOUND = 3
SHORTEST_JOINED = 6
LIKE_IN_SOUND = 0.95
OTHER_NUMBER = 0.5  # what is left of a score when both names have a number and it is another one

Code: TypeAlias = Literal[
    "meaning", "sound", "spelling", "together", "ours_only", "theirs_only", "letters", "number", "common"
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is: what our name has and what theirs has."""

    code: Code
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two names are alike: by words, which decides, and by letters alone, to lay beside it."""

    words: float
    letters: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    ours: Word
    theirs: Word
    likeness: float
    code: Code | None


def compare(ours: NameForm, theirs: NameForm) -> Likeness:
    """Compare two names in the form in which names are compared."""
    if not ours.words or not theirs.words:
        return Likeness(0.0, 0.0, ())
    pairs = _pair_up(ours, theirs)
    by_words = _dice(pairs, ours, theirs)
    score, reasons = by_words, tuple(_reasons(pairs, ours, theirs))
    if (joined := _joined_score(ours, theirs, pairs)) > score:
        score, reasons = joined, (Reason("together", ours.joined, theirs.joined),)
    letters = OSA.normalized_similarity(ours.plain, theirs.plain)
    if letters > score and letters >= LEAST_OF_LETTERS and min(len(ours.plain), len(theirs.plain)) >= SHORTEST_JOINED:
        score, reasons = letters, (Reason("letters"),)
    if ours.numbers and theirs.numbers and ours.numbers != theirs.numbers:
        score *= OTHER_NUMBER
        reasons = (*reasons, Reason("number", " ".join(ours.numbers), " ".join(theirs.numbers)))
    if all(word.meaning for word in theirs.words):
        reasons = (*reasons, Reason("common"))
    return Likeness(min(score, 1.0), letters, reasons)  # sums of floats may come out a bit above


def _pair_up(ours: NameForm, theirs: NameForm) -> list[_Pair]:
    """Pair words, the most alike first; each word is in one pair at most."""
    possible = [
        _Pair(mine, other, likeness, code)
        for mine in ours.words
        for other in theirs.words
        for likeness, code in (_like(mine, other),)
        if likeness
    ]
    possible.sort(key=lambda pair: -pair.likeness * (pair.ours.weight + pair.theirs.weight))
    left, right = list(ours.words), list(theirs.words)
    pairs = []
    for pair in possible:
        if pair.ours in left and pair.theirs in right:
            left.remove(pair.ours)
            right.remove(pair.theirs)
            pairs.append(pair)
    return pairs


def _like(ours: Word, theirs: Word) -> tuple[float, Code | None]:
    if ours.letters == theirs.letters:
        return 1.0, None
    if ours.meaning and ours.meaning == theirs.meaning:
        return 1.0, "meaning"
    if ours.is_number or theirs.is_number:
        return 0.0, None
    if ours.sound == theirs.sound and len(ours.sound) >= SHORTEST_SOUND:
        return LIKE_IN_SOUND, "sound"
    if max(len(ours.letters), len(theirs.letters)) < SHORTEST_MISSPELT:
        return 0.0, None
    # Close in spelling or close in sound: either alone is enough.
    likeness = OSA.normalized_similarity(ours.letters, theirs.letters, score_cutoff=LEAST_LIKENESS)
    sounds = OSA.normalized_similarity(ours.sound, theirs.sound, score_cutoff=LEAST_LIKENESS) * LIKE_IN_SOUND
    return max(likeness, sounds), "spelling"


def _dice(pairs: list[_Pair], ours: NameForm, theirs: NameForm) -> float:
    # Summed exactly, so that what is wholly alike is 1 in whichever order the words stand.
    matched = fsum(pair.likeness * weight for pair in pairs for weight in (pair.ours.weight, pair.theirs.weight))
    return matched / fsum(word.weight for form in (ours, theirs) for word in form.words)


def _joined_score(ours: NameForm, theirs: NameForm, pairs: list[_Pair]) -> float:
    """Compare the telling words written together: “Chong Chon Gang” and “Chongchongang” are one name."""
    if min(len(ours.joined), len(theirs.joined)) < SHORTEST_JOINED:
        return 0.0
    likeness = OSA.normalized_similarity(ours.joined, theirs.joined, score_cutoff=LEAST_OF_JOINED)
    if not likeness:
        return 0.0
    rest = [pair for pair in pairs if not _is_telling(pair.ours) and not _is_telling(pair.theirs)]
    matched = sum(pair.likeness * (pair.ours.weight + pair.theirs.weight) for pair in rest)
    telling = sum(word.weight for form in (ours, theirs) for word in form.words if _is_telling(word))
    return (matched + likeness * telling) / (ours.weight + theirs.weight)


def _is_telling(word: Word) -> bool:
    return not word.meaning and not word.is_number


def _reasons(pairs: list[_Pair], ours: NameForm, theirs: NameForm) -> Iterator[Reason]:
    for pair in pairs:
        if pair.code:
            yield Reason(pair.code, pair.ours.letters, pair.theirs.letters)
    if left := _left([word.letters for word in ours.words], [pair.ours.letters for pair in pairs]):
        yield Reason("ours_only", ours=left)
    if left := _left([word.letters for word in theirs.words], [pair.theirs.letters for pair in pairs]):
        yield Reason("theirs_only", theirs=left)


def _left(words: list[str], paired: list[str]) -> str:
    for word in paired:
        words.remove(word)
    return " ".join(words)
