"""Read a page of a PDF in the order in which a person does, and mend the words that its lines broke.

One column comes after the other, also where both were drawn line by line.
"""

import re
from itertools import groupby
from typing import NamedTuple

from pypdfium2 import PdfPage, PdfTextPage

LEAST_LINES = 3  # with text on both sides, or a page has no columns
LEAST_WIDTH = 0.2  # of the page; the cells of a table are narrower
LEAST_GAP = 6.0  # points between two columns
WORD_GAP = 1.5  # heights of a line; what stands nearer than this belongs together
# Where a line ends within a word: pdfium writes a sign of its own for the hyphen.
BROKEN = re.compile("(?P<before>\\w)(?:[\x02\ufffe]\\n?|-[ \\t]*\\n)(?P<after>\\w+)")
SUSPENDED = frozenset({"en", "of", "tot", "and", "or", "to"})  # “in- en uitvoer”


class Piece(NamedTuple):
    """A stretch of text within one line, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Give its width."""
        return self.right - self.left


def read_page(page: PdfPage) -> str:
    """Give the text of a page, column by column where it has two."""
    text = page.get_textpage()
    lines = _find_lines(text)
    gutter = _find_gutter(lines, page.get_width())
    return mend_words(text.get_text_bounded() if gutter is None else _read_columns(text, lines, gutter))


def mend_words(text: str) -> str:
    """Put words together that were broken at the end of a line; “Noord-” before “Korea” keeps its hyphen."""
    return BROKEN.sub(_mend, text.replace("\r\n", "\n")).replace("\x02", "").replace("\ufffe", "")


def _mend(match: re.Match[str]) -> str:
    before, after = match["before"], match["after"]
    if after in SUSPENDED:
        return f"{before}- {after}"
    is_kept = after[0].isupper() or before.isdigit() or after[0].isdigit()
    return f"{before}-{after}" if is_kept else before + after


def _find_lines(text: PdfTextPage) -> list[list[Piece]]:
    """Give the lines of a page from top to bottom, each with its pieces from left to right."""
    pieces = [Piece(*text.get_rect(index)) for index in range(text.count_rects())]
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.top):
        middle = (piece.top + piece.bottom) / 2
        if lines and lines[-1][0].bottom <= middle <= lines[-1][0].top:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_join(sorted(line)) for line in lines]


def _join(line: list[Piece]) -> list[Piece]:
    """Join the pieces of a line between which no more than a space stands."""
    joined = line[:1]
    for piece in line[1:]:
        last = joined[-1]
        if piece.left - last.right > WORD_GAP * (piece.top - piece.bottom):
            joined.append(piece)
        else:
            bottom, top = min(last.bottom, piece.bottom), max(last.top, piece.top)
            joined[-1] = Piece(last.left, bottom, max(last.right, piece.right), top)
    return joined


def _find_gutter(lines: list[list[Piece]], width: float) -> float | None:
    """Give the middle of the space between two columns, or None where a page has one column, or more than two."""
    pairs = [line for line in lines if len(line) == 2 and min(one.width for one in line) >= LEAST_WIDTH * width]
    if len(pairs) < LEAST_LINES:
        return None
    left, right = max(line[0].right for line in pairs), min(line[1].left for line in pairs)
    return (left + right) / 2 if right - left >= LEAST_GAP else None


def _read_columns(text: PdfTextPage, lines: list[list[Piece]], gutter: float) -> str:
    """Give the text between lines that go over the whole page, left column first."""
    parts = []
    for crosses, group in groupby(lines, lambda line: any(one.left < gutter < one.right for one in line)):
        pieces = [one for line in group for one in line]
        order = pieces if crosses else sorted(pieces, key=lambda one: one.left >= gutter)
        parts += [text.get_text_bounded(*one).strip() for one in order]
    return "\n".join(part for part in parts if part)
