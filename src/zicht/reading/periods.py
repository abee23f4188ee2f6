"""Give a figure the period that its sentence states."""

import re

from zicht.reading.calendar import between
from zicht.reading.dates import Date

SINCE = ("sinds ", "sedert ", "vanaf ", "since ")
UNTIL = ("tot ", "until ", "tot en met ")
CLAUSE = re.compile(r"[,;:()–—]")
BRACKET = re.compile(r"[^,;:()]{0,25}\(")  # “120 boten (2019)”
END = re.compile(r"[,;)]")  # of what a date is told for: “(2021: 89%)”
# What stands before the date of a document: “het verdrag van 2000”; “the law in 2021 protected” tells of that year.
DOCUMENT = re.compile(
    r"\b(?:wet|verdrag|rapport|besluit|richtlijn|vonnis|arrest|boek|protocol|resolutie|akkoord|act|convention|report|law|"
    r"treaty)\s*(?:van\s*|uit\s*|of\s*|from\s*|op\s*)?$",
    re.IGNORECASE,
)
# And before the date at which something began to be: “founded in 1998”.
MADE = re.compile(
    r"\b(?:opgericht|gebouwd|geboren|founded|established|built|born|created)\s*"
    r"(?:van\s*|uit\s*|of\s*|from\s*|op\s*|in\s*)?$",
    re.IGNORECASE,
)
# Between a figure and such a word where that is said of what is counted: “312 kinderen geboren in 2019”.
OF_COUNTED = re.compile(r"(?!.*\b(?:de|het|een|the|a|an)\b)(?:\s+[\w-]+){0,3}\s+", re.IGNORECASE)
NAMED = re.compile(r"\b(?:the|het|de)\s+$", re.IGNORECASE)
NAME_BEFORE = re.compile(r"\s[A-Z][a-z]+\s+$")
LAW_BEFORE = re.compile(
    r"\b\w*(?:[Ww]et|[Bb]esluit|[Vv]oorschrift|[Rr]egeling|[Vv]erdrag|[Rr]ichtlijn|[Vv]erordening|Act|Convention|Directive|"
    r"Regulations?|Treaty|Protocol)(?:\s+[A-Z]\w+){0,3}\s+$"
)
TITLE = re.compile(r"\s+[A-Z]")
OF_NEXT = 3  # how far a date is that belongs to the next figure
NEAR = 40  # signs before a date


def period_of(start: int, end: int, starts: list[int], dates: list[Date], published: str, text: str) -> str:
    """Give the date of the sentence that a figure belongs to, or nothing.

    `starts` are those of all figures of the sentence. A date of the same clause comes first, then one that stands
    before, then one behind that no figure follows in its clause. A date told with “sinds” opens a period that lasts
    to the publication, written as finely as its beginning.
    """
    told = [date for date in dates if date.edtf and not _is_of_other(start, end, date, text)]
    told = [date for date in told if not _is_in_name(date, text)] or told
    if not told:
        return ""
    near = min(told, key=lambda date: _distance(start, end, starts, date, text))
    return _write(near, published) if _distance(start, end, starts, near, text)[0] < OF_NEXT else ""


def _is_in_name(date: Date, text: str) -> bool:
    """Answer whether a year may be part of a name: “de Monitor Mensenhandel 2021”, where no other date is told."""
    return date.text.isdigit() and NAME_BEFORE.search(text, max(0, date.start - NEAR), date.start) is not None


def _is_of_other(start: int, end: int, date: Date, text: str) -> bool:
    """Answer whether a date belongs to a document, or tells when something was made that the figure does not count."""
    is_title = date.text.isdigit() and NAMED.search(text, max(0, date.start - NEAR), date.start) is not None
    if is_title and TITLE.match(text, date.end):
        return True
    if date.text.isdigit() and LAW_BEFORE.search(text, max(0, date.start - NEAR), date.start):
        return True  # “het Voorschrift Vreemdelingen 2000”
    digits = re.search(r"\d", date.text)
    place = date.start + digits.start() if digits else date.start
    first = max(0, date.start - NEAR)
    if DOCUMENT.search(text[first:place]):
        return True
    made = MADE.search(text[first:place])
    return made is not None and OF_COUNTED.fullmatch(text, end, max(end, first + made.start())) is None


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
