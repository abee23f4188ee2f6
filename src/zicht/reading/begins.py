"""Tell at a glance where a figure may begin, so that the rest of a text costs next to nothing."""

from collections.abc import Iterable
from functools import cache

from zicht.reading.numbers import ARTICLES, FEW, HALF
from zicht.reading.shares import ONE_WORD, PARTS
from zicht.reading.tokens import Words
from zicht.reading.values import EN_WORDS, GROUPS, HALVES, SCALES, VAGUE, aged_value, dutch_value

MOST_SEEN = 500_000  # words; a language has fewer, what is scanned badly has more
NEVER, MAYBE, ALWAYS, HINT = 0, 1, 2, 3
# Behind an article, these make a figure of it by themselves …
FRACTIONS = frozenset({*GROUPS, *SCALES["nl"], *SCALES["en"], *PARTS["nl"], *PARTS["en"], "hundred"})
# … and these where a number follows.
BEHIND = FRACTIONS | {"helft", "half", "halve", "tot", "à", "op", "in", "out", "en", "van", "paar", "few"}
JOINTS = frozenset({"en", "and"})
# “Langer dan een jaar”, “within a week”: with what bounds it, the article counts.
TIME_NOUNS = frozenset(
    {
        "jaar",
        "maand",
        "week",
        "dag",
        "uur",
        "eeuw",
        "minuut",
        "ton",
        "year",
        "month",
        "day",
        "hour",
        "century",
        "minute",
    }
)
BOUND = frozenset(
    {"dan", "ruim", "bijna", "binnen", "zeker", "krap", "hooguit", "minstens", "maximaal", "minimaal", "haast", "than",
     "within", "nearly", "almost", "least", "over", "under", "about"}
)  # fmt: skip


class Begins(dict[str, int]):
    """Remember of every word whether a figure may begin with it; a word is looked at once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        few = {words.split()[0] for words in FEW[language]}
        self._always = frozenset({*VAGUE[language], *few, *ONE_WORD, *HALVES, *HALF[language], "helft", "één", "eén"})
        self._maybe = frozenset({*ARTICLES[language], "de"})
        self._numbers = EN_WORDS if language == "en" else frozenset({"miljoen", "miljard"})
        self._is_dutch = language == "nl"

    def telling(self, words: Iterable[str]) -> frozenset[str]:
        """Give those of some words of which a sentence must hold one to hold a figure."""
        return frozenset(word for word in words if self[word] >= ALWAYS)

    def may_tell(self, bag: frozenset[str], telling: frozenset[str]) -> bool:
        """Answer whether a sentence with these words may hold a figure; `telling` are those of its text."""
        if not telling.isdisjoint(bag):
            return True
        return not (TIME_NOUNS.isdisjoint(bag) or BOUND.isdisjoint(bag) or self._maybe.isdisjoint(bag))

    def __missing__(self, word: str) -> int:
        """Look at a word for the first time."""
        is_dutch = self._is_dutch and (dutch_value(word) is not None or aged_value(word) is not None)
        is_number = word[:1].isdigit() or word in self._numbers or is_dutch
        is_always = is_number or (word in self._always and word not in self._maybe)
        is_hint = word in FRACTIONS or word.endswith("tal")
        mark = ALWAYS if is_always else MAYBE if word in self._maybe else HINT if is_hint else NEVER
        if len(self) < MOST_SEEN:
            self[word] = mark
        return mark


@cache
def begins(language: str) -> Begins:
    """Give what is remembered for a language."""
    return Begins(language)


def find_beginnings(words: Words, language: str) -> list[int]:
    """Give the tokens at which a figure may begin."""
    known = begins(language)
    marks = [known[word] for word in words.lower]
    return [
        index
        for index, mark in enumerate(marks)
        if mark and (mark == ALWAYS or (mark == MAYBE and _is_article(words, index)))
    ]


def _is_article(words: Words, at: int) -> bool:
    behind = words.at(at + 1)
    return (
        behind in BEHIND
        or words.at(at + 2) == "of"
        or behind.endswith("tal")
        or words.at(at - 1) in JOINTS
        or behind in TIME_NOUNS
        or words.at(at) in ("één", "one")
    )
