"""Find dates and write them in EDTF; the publication date is the base of those that are told relative to it."""

import re
from dataclasses import dataclass
from functools import cache

from zicht.reading.calendar import Base, base_of
from zicht.reading.date_phrases import PHRASES, Phrase
from zicht.reading.date_readers import DAYS, MONTHS, SEASONS, WEEKDAYS
from zicht.reading.lexicon import Lexicon, lexicon
from zicht.reading.sentences import Span
from zicht.reading.values import is_count as is_counting

# A document may open with its own date: “date 2019-06”, “Gepubliceerd: 3-6-2019”.
HEADER = re.compile(
    r"\s*(?:date|datum|published|gepubliceerd(?: op)?|publicatiedatum|publication date)\s*:?\s*"
    r"(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T[\d:.]+Z?)?\b",
    re.IGNORECASE,
)
# Or a line near its top says when it came out: “Gepubliceerd op 14 maart 2023”, “Published 9 June 2021”.
LABEL = re.compile(
    r"^\W{0,3}(?:gepubliceerd|geplaatst|verschenen|gedateerd|publicatiedatum|datum(?: van publicatie)?"
    r"|published|posted|issued|publication date|date(?: of publication)?)(?:\s+(?:op|on|in))?\s*[:|,]?\s+",
    re.IGNORECASE | re.MULTILINE,
)
EARLY = "1800"  # without a word such as “in” before it, an earlier year is rather a number
TOP = 1500  # code points in which that line stands
# Which kinds of words a sentence holds: without them no phrase that needs them is searched in it.
KINDS = {
    **dict.fromkeys(MONTHS, "month"),
    **dict.fromkeys(DAYS, "day"),
    **dict.fromkeys(SEASONS, "season"),
    **{f"{day}{part}": "weekday" for day in WEEKDAYS for part in ("", "ochtend", "middag", "avond", "nacht")},
    **dict.fromkeys(("jaar", "kalenderjaar", "year"), "span"),
    **dict.fromkeys(("geleden", "terug", "ago"), "ago"),
    **dict.fromkeys(("maand", "month", "week"), "week"),
    **dict.fromkeys(("kwartaal", "quarter", "helft", "half"), "quarter"),
    "jaren": "decade",
}
NAMING = frozenset(KINDS)
NONE: frozenset[str] = frozenset()
YEARS = frozenset({"year", "digits"})
ALL = frozenset({*KINDS.values(), "year", "digits"})
DIGIT = re.compile(r"[0-9]")  # three times as fast as all digits there are; dates are written with these
DIGITS = re.compile(r"\d{4}|\d[-/.]\d{1,2}[-/.]\d|\d0s\b")
# Before a bare year that counts: in “van 2000 slachtoffers” it is a number, in “in 2000 slachtoffers” a year.
FIRM = re.compile(r"(?:in|sinds|uit|vanaf|sedert|tot|anno|since|by|until|during|het jaar)\s+$", re.IGNORECASE)
# Of two years side by side the first is a count: “vergeleken met 1770 in 2017”.
COMPARED = re.compile(r"\s+in\s+(?:19|20)\d\d\b")
# Behind a number that is no year: “respectievelijk 3969 en 1844”.
BESIDE = re.compile(r"\b(?:[3-9]\d{3}|2[1-9]\d\d|\d{1,3}[.,]\d{3}|\d{5,})\s+(?:en|and)\s+$")
# Behind one of these a year that a noun of more than one follows is a number: “naar schatting 1500 Oeigoeren”.
BOUNDED = re.compile(
    r"\b(?:schatting|ruim|zo['’]n|ongeveer|bijna|minstens|zeker|hooguit|about|some|nearly|almost|roughly|least)\s+$",
    re.IGNORECASE,
)
LONGEST_BESIDE = 20  # signs
# A word of the same line, or of the next one where the line only goes on there.
NEXT_WORD = re.compile(r"(?:[^\S\n]+|\n(?=[a-z]))([^\W\d_]+)(?:\s+([^\W\d_]+))?")


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: its place (code points, end exclusive), its words, and EDTF (nothing if it cannot be known)."""

    start: int
    end: int
    text: str
    edtf: str


def find_published(text: str) -> Date | None:
    """Give the date that a document opens with, or None."""
    match = HEADER.match(text)
    if match is None or not base_of(match["date"]).year:
        return None
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Date(start, match.end(), text[start : match.end()], match["date"])


def find_labelled(text: str, language: str) -> str:
    """Give in EDTF the date that a line near the top of a document gives it; nothing where there is none."""
    for label in LABEL.finditer(text[:TOP]):
        line = text.find("\n", label.end())
        span = Span(label.end(), line if line >= 0 else len(text), 0)
        for date in find_dates(text, span, language, Base()):
            if date.start == label.end() and re.fullmatch(r"\d{4}(?:-\d\d){0,2}", date.edtf):
                return date.edtf
    return ""


def find_dates(text: str, sentence: Span, language: str, base: Base, kinds: frozenset[str] = ALL) -> list[Date]:
    """Give the dates of a sentence in order; none of them overlap, and the most telling phrase wins.

    `kinds` are those of `kinds_of`, which spare most of the search.
    """
    found: list[Date] = []
    for phrase in _phrases_of(language, kinds):
        for match in phrase.pattern.finditer(text, sentence.start, sentence.end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if _is_count(match, text, language):
                continue
            found.append(Date(match.start(), match.end(), match.group(), phrase.read(match, base)))
    return sorted(found, key=lambda date: date.start)


@cache
def _phrases_of(language: str, kinds: frozenset[str]) -> tuple[Phrase, ...]:
    """Give the phrases that may stand in a sentence with some kinds of words; of these kinds there are few."""
    return tuple(phrase for phrase in PHRASES[language] if not kinds.isdisjoint(phrase.needs))


def kinds_of(text: str, sentence: Span, words: frozenset[str]) -> frozenset[str]:
    """Give which kinds of words for dates a sentence holds; nothing for one that names no date."""
    kinds = NONE if words.isdisjoint(NAMING) else frozenset([KINDS[word] for word in words & NAMING])
    if DIGIT.search(text, sentence.start, sentence.end) and DIGITS.search(text, sentence.start, sentence.end):
        return kinds | YEARS
    return kinds


def _is_many(word: str, words: Lexicon) -> bool:
    """Answer whether a word looks like a noun of more than one: “1500 adressen”."""
    return word.islower() and word.endswith(("en", "s")) and word not in words.kinds["stop"]


def _is_bounded(text: str, start: int) -> bool:
    return BOUNDED.search(text, max(0, start - LONGEST_BESIDE), start) is not None


def _is_beside(text: str, start: int) -> bool:
    return BESIDE.search(text, max(0, start - LONGEST_BESIDE), start) is not None


def _is_count(match: re.Match[str], text: str, language: str) -> bool:
    """Answer whether what looks like a bare year counts something: “2000 euro”, “2010 slachtoffers”."""
    year = match.groupdict().get("year")
    if year is None or not match.group().endswith(year) or not year.isdigit():
        return False
    if match.group() == year and (COMPARED.match(text, match.end()) or _is_beside(text, match.start())):
        return True
    following = NEXT_WORD.match(text, match.end())
    if following is None:
        return False
    if match.group() == year and following[1].endswith(("en", "s")) and _is_bounded(text, match.start()):
        return True
    words = lexicon(language)
    unit = words.unit_of(following[1].lower())
    is_named = following[1][:1].isupper() and unit is not None and unit.code != "person"
    if is_named or is_counting(following[1].lower()):
        return False  # “Jaarverslag 2022 Stichting Kust”, “voor eind 2023 drie gebouwen”
    if unit is None and following[2] and following[1].lower().endswith("e"):
        unit = words.unit_of(following[2].lower())
    if unit is None:
        return match.group() == year and year < EARLY and _is_many(following[1], words)
    if match.group() != year and unit.code in ("year", "month", "week", "day"):
        return False
    return match.group() == year or not FIRM.match(match.group()[: -len(year)])
