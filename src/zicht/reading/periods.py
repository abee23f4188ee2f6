"""Give a figure the period that its sentence states."""

import re

from zicht.reading.calendar import between
from zicht.reading.dates import Date

SINCE = ("sinds ", "sedert ", "vanaf ", "since ")
UNTIL = ("tot ", "until ", "tot en met ")
CLAUSE = re.compile(r"[,;:()–—]")
BRACKET = re.compile(r"[^,;:()]{0,25}\(")  # “120 boten (2019)”
END = re.compile(r"[,;)]")  # of what a date is told for: “(2021: 89%)”
# What stands before a date that belongs to a document or an event: “het verdrag van 2000”, “founded in 1998”.
TOLD = re.compile(
    r"\b(?:wet|verdrag|rapport|besluit|richtlijn|vonnis|arrest|boek|protocol|resolutie|akkoord|act|convention|report|law|"
    r"treaty|opgericht|gebouwd|geboren|founded|established|built|born|created)\s*(?:van\s*|uit\s*|of\s*|from\s*|op\s*|in\s*)?$",
    re.IGNORECASE,
)
NAMED = re.compile(r"\b(?:the|het|de)\s+$", re.IGNORECASE)
NAME_BEFORE = re.compile(r"\s[A-Z][a-z]+\s+$")
TITLE = re.compile(r"\s+[A-Z]")
OF_NEXT = 3  # how far a date is that belongs to the next figure
NEAR = 40  # signs before a date


def period_of(start: int, end: int, starts: list[int], dates: list[Date], published: str, text: str) -> str:
    """Give the date of the sentence that a figure belongs to, or nothing.

    `starts` are those of all figures of the sentence. A date of the same clause comes first, then one that stands
    before, then one behind that no figure follows in its clause. A date told with “sinds” opens a period that lasts
    to the publication, written as finely as its beginning.
    """
    told = [date for date in dates if date.edtf and not _is_of_other(date, text)]
    if not told:
        return ""
    near = min(told, key=lambda date: _distance(start, end, starts, date, text))
    return _write(near, published) if _distance(start, end, starts, near, text)[0] < OF_NEXT else ""


def _is_of_other(date: Date, text: str) -> bool:
    """Answer whether a date belongs to a document, or tells when something was made."""
    is_title = date.text.isdigit() and NAMED.search(text, max(0, date.start - NEAR), date.start) is not None
    if is_title and TITLE.match(text, date.end):
        return True
    if date.text.isdigit() and NAME_BEFORE.search(text, max(0, date.start - NEAR), date.start):
        return True  # “het Voorschrift Vreemdelingen 2000”
    digits = re.search(r"\d", date.text)
    place = date.start + digits.start() if digits else date.start
    return TOLD.search(text[max(0, date.start - NEAR) : place]) is not None


def _distance(start: int, end: int, starts: list[int], date: Date, text: str) -> tuple[int, int]:
    """Give how far a date is from a figure: what separates them first, then the signs between."""
    if date.end <= start:
        return 1 if CLAUSE.search(text, date.end, start) else 0, start - date.end
    if date.start < end:
        return 0, 0
    is_in_bracket = text.startswith(")", date.end) and BRACKET.fullmatch(text, end, date.start) is not None
    if is_in_bracket or CLAUSE.search(text, end, date.start) is None:
        return 0, date.start - end
    stop = END.search(text, date.end)
    is_for_next = any(date.end <= other < (stop.start() if stop else len(text)) for other in starts)
    return OF_NEXT if is_for_next else 2, date.start - end


def _write(date: Date, published: str) -> str:
    words = date.text.lower()
    if words.startswith(SINCE) and "/" not in date.edtf:
        return between(date.edtf, published[: len(date.edtf)]) or f"{date.edtf}/.."
    if words.startswith(UNTIL) and "/" not in date.edtf:
        return f"../{date.edtf}"
    return date.edtf
