"""Cut text into words, numbers and signs; every token knows where it stands (code points of the whole text)."""

import re
from collections.abc import Callable
from unicodedata import normalize

# A number keeps its separators, a word its apostrophe (zo'n, auto's); everything else stands alone, hyphens too.
# Marks and breaks within a word (accents that stand apart, soft hyphens, joiners) belong to it.
WITHIN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
ODD = re.compile(f"[{WITHIN}\ufb00-\ufb06]")  # and ligatures
BREAKS = re.compile("[\u00ad\u200b-\u200d\u2060]")
TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|(?<![^\W_])[kcd]?m[23]\b"
    rf"|[^\W\d_]+(?:[{WITHIN}]+[^\W\d_]*)*(?:['’][^\W\d_]+)*|\S"
)
PLACE = re.Match.span


# Signs that end a word; in their place a space lets a text be cut into words at once.
SIGNS = '.,;:!?"“”„«»()[]{}/|–—-…*•\n\t%€$£+=<>'


class Texts(dict[int, str]):
    """The texts of tokens by their index, and nothing for every other index."""

    def __missing__(self, index: int) -> str:
        """Give nothing for what lies outside."""
        return ""


class Words:
    """The tokens of one sentence: every word, number and sign with its place in the text.

    `lower` has their texts in small letters with straight apostrophes, `spans` their places (code points, end
    exclusive), `gaps` what stands before each; `small` is the whole sentence in small letters, of the same length.
    They are cut when somebody asks: most sentences hold nothing that is read, which their `bag` of words tells.
    """

    __slots__ = ("at", "bag", "end", "gaps", "lower", "small", "spans", "start", "text")
    lower: list[str]
    spans: list[tuple[int, int]]
    gaps: list[str]
    small: str
    at: Callable[[int], str]  # the text in small letters at an index, or nothing outside the sentence

    def __init__(self, text: str, start: int, end: int, bag: frozenset[str]) -> None:
        self.text, self.start, self.end, self.bag = text, start, end, bag

    def __getattr__(self, name: str) -> object:
        """Cut the sentence when its texts, its places, or the gaps between them are first asked for."""
        value: object
        if name == "lower":
            value = _cut_lower(self.text[self.start : self.end])
        elif name == "spans":
            value = list(map(PLACE, TOKEN.finditer(self.text, self.start, self.end)))
        elif name == "gaps":
            value = _gaps_between(self.spans, self.start)
        elif name == "small":
            value = small_letters(self.text[self.start : self.end])
        elif name == "at":
            value = Texts(enumerate(self.lower)).__getitem__  # asked for ten times as often as anything else
        else:
            raise AttributeError(name)
        setattr(self, name, value)
        return value

    def pick(self, kept: list[int]) -> "Words":
        """Give some of the tokens alone."""
        words = Words(self.text, self.start, self.end, self.bag)
        words.lower, words.spans = [self.lower[at] for at in kept], [self.spans[at] for at in kept]
        return words

    def __len__(self) -> int:
        return len(self.lower)

    def shown(self, index: int) -> str:
        """Give the text as it stands at an index, or nothing outside the sentence."""
        if not 0 <= index < len(self.lower):
            return ""
        start, end = self.spans[index]
        return self.text[start:end]

    def is_joined(self, index: int) -> bool:
        """Answer whether the token at an index touches the one before it."""
        return 0 < index < len(self.lower) and not self.gaps[index]

    def pair(self, at: int) -> str:
        """Give two tokens with a space between, whether they touch or not."""
        return f"{self.at(at)} {self.at(at + 1)}"

    def phrase(self, start: int, length: int) -> str:
        """Give some tokens in small letters, with a space between those that do not touch; none give nothing."""
        if length == 1:
            return self.at(start)
        if length < 1:
            return ""
        lower = self.lower
        if start < 0 or start + length > len(lower):
            return self.at(start)
        gaps = self.gaps
        if length == 2:
            return lower[start] + gaps[start + 1] + lower[start + 1]
        return lower[start] + "".join([gaps[at] + lower[at] for at in range(start + 1, start + length)])


def _cut_lower(text: str) -> list[str]:
    """Give the texts of the tokens in small letters, cut at once where no letter changes its length."""
    if ODD.search(text) is not None:
        return [usual(word) for word in TOKEN.findall(text)]
    lower = text.lower()
    if len(lower) == len(text):
        return TOKEN.findall(lower.replace("’", "'").replace("eén", "één"))
    return [word.lower().replace("’", "'").replace("eén", "één") for word in TOKEN.findall(text)]


def usual(word: str) -> str:
    """Give a word in small letters as it is usually written: without breaks, accents on their letters, no ligatures."""
    joined = normalize("NFKC", BREAKS.sub("", word) or word)
    return joined.lower().replace("’", "'").replace("eén", "één")


def _gaps_between(spans: list[tuple[int, int]], last: int) -> list[str]:
    """Give a space for every token that stands apart from the one before it."""
    gaps = []
    for start, end in spans:
        gaps.append("" if start == last else " ")
        last = end
    return gaps


def small_letters(text: str) -> str:
    """Give a text in small letters, of the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter if len(small := letter.lower()) != 1 else small for letter in text)  # İ becomes two


def spaced(text: str) -> str:
    """Give a text with a space for every sign, of the same length."""
    for sign in SIGNS:
        text = text.replace(sign, " ")  # faster than a table of all signs
    return text


def plain(text: str) -> str:
    """Give a text in small letters with a space for every sign, of the same length, to cut bags of words from."""
    return spaced(small_letters(text))


def tokenise(text: str, start: int = 0, end: int | None = None, plain_text: str = "") -> Words:
    """Give the tokens of a part of a text; `plain_text` is that of `plain`, made once for all sentences."""
    end = len(text) if end is None else end
    words = plain_text[start:end] if plain_text else plain(text[start:end])
    return Words(text, start, end, bag_of(words))


def bag_of(plain_text: str) -> frozenset[str]:
    """Give the words of a text of `plain`, as they are usually written."""
    words = plain_text.split()
    return frozenset(words if plain_text.isascii() or ODD.search(plain_text) is None else map(usual, words))
