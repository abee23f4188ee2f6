"""Cut a text into paragraphs and sentences, by its punctuation and a list of abbreviations."""

import re
from typing import NamedTuple

# A sentence ends at . ! ? or …, with what closes a quotation, before white space and what opens a sentence.
END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘„'«(\[,–-]*[A-ZÀ-ÖØ-Þ0-9])")
# A paragraph ends at an empty line, before a row of a table, at a new page, or at a line end behind one of SIGNS.
# A row of a table: cells with a bar or a tab between, or numbers with a semicolon.
CELLS = r"[|\t]|;[ ]?\d[\d.,]*[ ]*(?:;|\n|\Z)"
PARAGRAPH = re.compile(rf"\n[ \t\r]*\n\s*|\n(?=[^\n]{{0,200}}(?:{CELLS}))|\f|(?P<line>\n)")
SIGNS = frozenset('.!?:;”"')
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘])(?:[A-Z]|[A-Z]\.[A-Z]|dhr|mevr|mw|mr|mrs|ms|dr|drs|ing|ir|prof|st|ca|bijv|bv|blz|nr|nrs|art|vgl|o\.a|"
    r"d\.w\.z|m\.n|jl|p|pp|no|vs|stb|stcrt|trb|zr|hr|zr\.ms|hr\.ms|etc|feb|aug|sept|sep|oct|okt|nov|dec|incl|excl|resp|fig|tab|par|approx|gen|sen|rep|gov|lt|col|sgt|jr|sr|[dmij]\.[a-z])\.$",
    re.IGNORECASE,
)
LONGEST = 2000  # characters; a longer sentence is a table or a list without punctuation and is cut at white space


class Span(NamedTuple):
    """A part of a text, in code points, end exclusive; `paragraph` numbers the paragraph it stands in."""

    start: int
    end: int
    paragraph: int = 0


def split_sentences(text: str, begin: int = 0) -> list[Span]:
    """Give the sentences of a text from `begin` on, in order; white space between them belongs to none."""
    sentences: list[Span] = []
    for number, (start, end) in enumerate(_split_paragraphs(text, begin)):
        at = start
        for match in END.finditer(text, start, end):
            before = match.start()
            # No abbreviation has seven letters.
            if text[before - 7 : before].isalpha() or not ABBREVIATION.search(
                text, max(at - 1, before - 8, 0), match.end()
            ):
                sentences += _cut(text, at, match.end(), number)
                at = match.end()
        sentences += _cut(text, at, end, number)
    return sentences


def _split_paragraphs(text: str, begin: int) -> list[tuple[int, int]]:
    parts, at = [], begin
    for match in PARAGRAPH.finditer(text, begin):
        start, end = match.span()
        if match["line"] and not _ends_line(text, start):
            continue
        parts.append((at, start))
        at = end
    return [*parts, (at, len(text))]


def _ends_line(text: str, at: int) -> bool:
    """Answer whether one of SIGNS stands last in the line before a line end."""
    while at > 0 and text[at - 1] in " \t\r":
        at -= 1
    return at > 0 and text[at - 1] in SIGNS


def _cut(text: str, start: int, end: int, paragraph: int) -> list[Span]:
    """Trim a sentence; nothing for an empty one, several for one of an unbearable length."""
    if 0 < end - start <= LONGEST and not text[end - 1].isspace():
        while text[start].isspace():
            start += 1
        return [Span(start, end, paragraph)]
    spans = []
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = space if space > start else start + LONGEST
        spans += _cut(text, start, at, paragraph)
        start = at
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return [*spans, Span(start, end, paragraph)] if start < end else spans
