"""Cut text into words, numbers and signs; every token knows where it stands (code points of the whole text)."""

import re
from dataclasses import dataclass
from typing import NamedTuple

# A number keeps its separators, a word its apostrophe (zo'n, auto's); everything else stands alone, hyphens too.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")


class Token(NamedTuple):
    """One word, number or sign with its place in the text, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one sentence; `lower` has their texts in small letters with straight apostrophes."""

    text: str
    tokens: list[Token]
    lower: list[str]

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, index: int) -> str:
        """Give the text in small letters at an index, or nothing outside the sentence."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def shown(self, index: int) -> str:
        """Give the text as it stands at an index, or nothing outside the sentence."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def is_joined(self, index: int) -> bool:
        """Answer whether the token at an index touches the one before it."""
        return 0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start

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
    found = TOKEN.finditer(text, start, len(text) if end is None else end)
    tokens = [Token(match.start(), match.end(), match.group()) for match in found]
    return Words(text, tokens, [token.text.lower().replace("’", "'") for token in tokens])
