"""Find a quotation in another extraction of its text: by place, by its words, by what stands around it, or nearly.

W3C Web Annotation Data Model, TextPositionSelector and TextQuoteSelector: https://www.w3.org/TR/annotation-model/.
Places are code points, end exclusive. No database, no request.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

AROUND = 32  # characters kept before and behind a quotation
CLOSE_ENOUGH = 0.9  # share of characters that agree, below which a quotation counts as lost
MOST_TRIED = 50  # places at which nearly the same words are looked for
MOST_OCCURRENCES = 1_000  # of the same words in one text
# Where two extractions differ most: line ends and indents.
GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its place and what stands around it."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands in another text, and how it was found there (a code of list anchor_status)."""

    status: str
    start: int | None = None
    end: int | None = None


LOST = Found("lost")


def quote_at(text: str, start: int, end: int) -> Quote:
    """Take a quotation out of a text; raise ValueError for a place that is not in it."""
    if not 0 <= start < end <= len(text):
        raise ValueError("a quotation lies within its text")
    return Quote(start, end, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def find_again(quote: Quote, text: str) -> Found:
    """Find a quotation in another text; whatever is not exactly where it was gets a status that is shown."""
    if _stands_where_it_was(quote, text):
        return Found("kept", quote.start, quote.end)
    places = _occurrences(quote.exact, text)
    if len(places) == 1:
        return _at("unique", places[0], quote)
    if places:
        best = _best(places, lambda place: _agreement_around(quote, text, place))
        return LOST if best is None else _at("context", best, quote)
    return _find_nearly(quote, text)


def _stands_where_it_was(quote: Quote, text: str) -> bool:
    """Ask for the same words and one side of what stood around them: a short word can be at a place by chance."""
    if text[quote.start : quote.end] != quote.exact:
        return False
    before = text[max(0, quote.start - len(quote.prefix)) : quote.start]
    behind = text[quote.end : quote.end + len(quote.suffix)]
    around = [(before, quote.prefix), (behind, quote.suffix)]
    return not any(kept for _now, kept in around) or any(kept and now == kept for now, kept in around)


def _at(status: str, place: int, quote: Quote) -> Found:
    return Found(status, place, place + len(quote.exact))


def _occurrences(words: str, text: str) -> list[int]:
    places: list[int] = []
    at = text.find(words)
    while at >= 0 and len(places) < MOST_OCCURRENCES:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _agreement_around(quote: Quote, text: str, place: int) -> int:
    """Count how many characters before and behind a place are those that stood around the quotation."""
    before, behind = text[:place][-AROUND:], text[place + len(quote.exact) :][:AROUND]
    return _common(before[::-1], quote.prefix[::-1]) + _common(behind, quote.suffix)


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _best(places: list[int], score: Callable[[int], int]) -> int | None:
    """Give the place with the highest score, or None when there is no single one: guessing would move it silently."""
    scored = sorted(((score(place), place) for place in places), reverse=True)
    if scored[0][0] == 0 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


# --- nearly the same words ----------------------------------------------------------------------------------------
def _find_nearly(quote: Quote, text: str) -> Found:
    """Find the place whose words agree for nine tenths, white space apart; two equally good places are none."""
    flat, places = _flatten(text)
    wanted = GAP.sub(" ", quote.exact).strip()
    if not wanted:
        return LOST
    tried = {_closeness(wanted, flat, start) for start in _seeds(wanted, flat)}
    good = sorted((one for one in tried if one[0] >= CLOSE_ENOUGH), reverse=True)
    # Starts beside each other are one place.
    others = [start for ratio, start, _end in good[1:] if ratio == good[0][0] and abs(start - good[0][1]) > len(wanted)]
    if not good or others:
        return LOST
    _ratio, start, end = good[0]
    return Found("fuzzy", places[start], places[end - 1] + 1)


@lru_cache(maxsize=1)
def _flatten(text: str) -> tuple[str, list[int]]:
    """Give a text with single spaces, and for each of its characters the place in the text."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for gap in GAP.finditer(text):
        parts += [text[at : gap.start()], " "]
        places += [*range(at, gap.start()), gap.start()]
        at = gap.end()
    return "".join([*parts, text[at:]]), [*places, *range(at, len(text))]


def _seeds(wanted: str, flat: str) -> Iterator[int]:
    """Give starts worth trying: of n edits and n + 1 pieces, one piece is untouched (pigeonhole)."""
    pieces = int(len(wanted) * (1 - CLOSE_ENOUGH) * 2) + 2
    size = max(1, len(wanted) // pieces)
    seen: list[int] = []
    for offset in range(0, len(wanted) - size + 1, size):
        for place in _occurrences(wanted[offset : offset + size], flat)[:MOST_TRIED]:
            start = max(0, place - offset)
            if start not in seen and len(seen) < MOST_TRIED * pieces:
                seen.append(start)
                yield start


def _closeness(wanted: str, flat: str, start: int) -> tuple[float, int, int]:
    """Give how far the words from about a start agree (2 x same / both lengths), and the stretch that does."""
    window = flat[start : start + len(wanted) + max(2, len(wanted) // 5)]
    matcher = SequenceMatcher(None, wanted, window, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return 0.0, start, start + 1
    first, last = blocks[0], blocks[-1]
    # Letters that differ at either end belong to the quotation too.
    begin = max(0, first.b - first.a)
    end = min(len(window), last.b + last.size + len(wanted) - last.a - last.size)
    return 2 * sum(block.size for block in blocks) / (len(wanted) + end - begin), start + begin, start + end


# --- pages --------------------------------------------------------------------------------------------------------
def page_of(text: str, start: int) -> int | None:
    """Give the page of a place, from 1; None for a text without pages. A form feed stands between two pages."""
    breaks = [place for place, sign in enumerate(text) if sign == "\f"] if "\f" in text else []
    return bisect_right(breaks, start) + 1 if breaks else None
