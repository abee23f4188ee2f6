"""Cut text into words, numbers and signs; every token knows where it stands (code points of the whole text)."""

import re
from typing import NamedTuple

# A number keeps its separators, a word its apostrophe (zo'n, auto's); everything else stands alone, hyphens too.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")


class Token(NamedTuple):
    """One word, number or sign with its place in the text, end exclusive."""

    start: int
    end: int
    text: str


class Words:
    """The tokens of one sentence; `lower` has their texts in small letters with straight apostrophes.

    Their places are looked up when somebody asks: most sentences hold nothing that is read.
    """

    __slots__ = ("_tokens", "end", "lower", "start", "text")

    def __init__(self, text: str, start: int, end: int, lower: list[str], tokens: list[Token] | None = None) -> None:
        self.text, self.start, self.end, self.lower = text, start, end, lower
        self._tokens = tokens

    @property
    def tokens(self) -> list[Token]:
        """Give the tokens with their places."""
        if self._tokens is None:
            found = TOKEN.finditer(self.text, self.start, self.end)
            self._tokens = [Token(match.start(), match.end(), match.group()) for match in found]
        return self._tokens

    def pick(self, kept: list[int]) -> "Words":
        """Give some of the tokens alone."""
        return Words(self.text, self.start, self.end, [self.lower[at] for at in kept], [self.tokens[at] for at in kept])

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, index: int) -> str:
        """Give the text in small letters at an index, or nothing outside the sentence."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def shown(self, index: int) -> str:
        """Give the text as it stands at an index, or nothing outside the sentence."""
        return self.tokens[index].text if 0 <= index < len(self.lower) else ""

    def is_joined(self, index: int) -> bool:
        """Answer whether the token at an index touches the one before it."""
        return 0 < index < len(self.lower) and self.tokens[index - 1].end == self.tokens[index].start

    def phrase(self, start: int, length: int) -> str:
        """Give some tokens in small letters, with a space between those that do not touch."""
        if length == 1 or start + length > len(self.lower):
            return self.at(start)
        parts = [self.lower[start]]
        for index in range(start + 1, start + length):
            parts.append(self.lower[index] if self.is_joined(index) else " " + self.lower[index])
        return "".join(parts)


def tokenise(text: str, start: int = 0, end: int | None = None) -> Words:
    """Give the tokens of a part of a text."""
    end = len(text) if end is None else end
    lower = [word.lower() for word in TOKEN.findall(text, start, end)]
    if text.find("’", start, end) >= 0:
        lower = [word.replace("’", "'") for word in lower]
    return Words(text, start, end, lower)
