"""Find the words that begin with a capital, and whether they do because a sentence or quotation begins there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zicht.reading.sentences import Span

# Begins with a set of letters, for which the search is fast; what may stand before is looked at afterwards.
WORD = re.compile(r"[A-ZÀ-ÖØ-Þ](?:(?<=[A-Z])\.(?:[A-Z]\.)+|\w*(?:[-'’&.](?=\w)\w+)*)")
INSIDE = re.compile(r"(?<![\w@])[A-ZÀ-ÖØ-Þ]\w*(?:[-'’&.](?=\w)\w+)*")
OPENS = re.compile(r"(?:^|[\"“„‘«»”:;•*|]|,,|[-–—]\s|[.!?…]['’\"”)]?\s)\s*['\"“„‘«(]*$")
POSSESSIVE = re.compile(r"['’]s?$|(?<=[a-z])['’]s\b")


class Capital(NamedTuple):
    """A word with a capital: place (code points), text, and whether it opens a sentence or quotation."""

    start: int
    end: int
    text: str
    is_opening: bool
    sentence: int


def find_capitals(text: str, sentences: list[Span], common: frozenset[str]) -> list[Capital]:
    """Give the words with a capital in order; what the possessive adds (“Jan’s”) is left off.

    A word of `common` that opens a sentence is left out, unless another word with a capital follows.
    """
    found, number = [], -1
    if not sentences:
        return []
    begins, begin, close = [*(one.start for one in sentences[1:]), len(text) + 1], 0, 0
    for start, end in _find_words(text, sentences[0].start):
        while number < 0 or begins[number] <= start:
            number += 1
            begin, close = sentences[number].start, sentences[number].end
        word = text[start:end]
        if start == begin and word in common and not text[end + 1 : end + 2].isupper():
            continue
        if word[-1] in "'’" or word[-2:-1] in ("'", "’"):
            word = POSSESSIVE.sub("", word)
        if word and start < close:
            is_opening = _opens(text, start, begin)
            found.append(Capital(start, start + len(word), word, is_opening, number))
    return found


def _find_words(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Give the places of words with a capital from a place on, with the “'s-” before “Gravenhage”."""
    for match in WORD.finditer(text, begin):
        start, end = match.span()
        before = text[start - 1 : start]
        if before == " ":
            yield start, end
        elif before.isalnum() or before in ("_", "@"):
            yield from (inner.span() for inner in INSIDE.finditer(text, start + 1, end))  # “iPhone-Case”
        elif before == "-" and text[start - 3 : start] == "'s-" and not text[start - 4 : start - 3].isalnum():
            yield start - 3, end
        else:
            yield start, end


def _opens(text: str, at: int, start: int) -> bool:
    if at == start:
        return True
    if text[at - 1] == " " and (text[at - 2].isalnum() or text[at - 2] == ","):
        return False
    return OPENS.search(text[max(start, at - 4) : at]) is not None or not text[start:at].strip("\"“„‘«'’,.([-–—•* ")
