"""Find the words that begin with a capital, and whether they do because a sentence or quotation begins there."""

import re
from dataclasses import dataclass

from zicht.reading.sentences import Span

WORD = re.compile(r"(?<![\w@])(?:[A-Z]\.){2,}|(?<![\w@])(?:'s-)?[A-ZÀ-ÖØ-Þ][\w]*(?:[-'’&.](?=\w)[\w]+)*")
OPENS = re.compile(r"(?:^|[\"“„‘«»”:;•*|]|,,|[-–—]\s|[.!?…]['’\"”)]?\s)\s*['\"“„‘«(]*$")
POSSESSIVE = re.compile(r"['’]s?$|(?<=[a-z])['’]s\b")


@dataclass(frozen=True, slots=True)
class Capital:
    """A word with a capital: place (code points), text, and whether it opens a sentence or quotation."""

    start: int
    end: int
    text: str
    is_opening: bool
    sentence: int


def find_capitals(text: str, sentences: list[Span]) -> list[Capital]:
    """Give the words with a capital in order; what the possessive adds (“Jan’s”) is left off."""
    found, number, last = [], -1, len(sentences) - 1
    for match in WORD.finditer(text):
        start = match.start()
        while number < last and sentences[number + 1].start <= start:
            number += 1
        word = match.group()
        if word[-1] in "'’" or word[-2:-1] in ("'", "’"):
            word = POSSESSIVE.sub("", word)
        if number >= 0 and word and start < sentences[number].end:
            is_opening = _opens(text, start, sentences[number].start)
            found.append(Capital(start, start + len(word), word, is_opening, number))
    return found


def _opens(text: str, at: int, start: int) -> bool:
    if at == start:
        return True
    if text[at - 1] == " " and (text[at - 2].isalnum() or text[at - 2] == ","):
        return False
    return OPENS.search(text[max(start, at - 4) : at]) is not None or not text[start:at].strip("\"“„‘«'’,.([-–—•* ")
