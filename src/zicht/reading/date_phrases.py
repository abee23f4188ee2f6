"""The phrases in which Dutch and English name dates, and what each says."""

import re
from collections.abc import Callable
from typing import NamedTuple

from zicht.reading import calendar as reckon
from zicht.reading.calendar import Base
from zicht.reading.values import dutch_value, words_value

YEAR = r"(?:1[5-9]|20)\d\d"
MONTHS = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6,
    "july": 7, "august": 8, "october": 10, "jan": 1, "feb": 2, "mrt": 3, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
NL_MONTHS = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"(?:jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?)"
)
EN_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
PARTS = {
    "begin": "begin",
    "half": "middle",
    "medio": "middle",
    "midden": "middle",
    "halverwege": "middle",
    "eind": "end",
    "einde": "end",
    "early": "begin",
    "mid": "middle",
    "late": "end",
    "the beginning of": "begin",
    "the end of": "end",
}
SEASONS = {
    "lente": "spring",
    "voorjaar": "spring",
    "zomer": "summer",
    "herfst": "autumn",
    "najaar": "autumn",
    "winter": "winter",
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
}
SHIFTS = {
    "vorig": -1,
    "vorige": -1,
    "afgelopen": -1,
    "verleden": -1,
    "dit": 0,
    "deze": 0,
    "volgend": 1,
    "volgende": 1,
    "komend": 1,
    "komende": 1,
    "last": -1,
    "this": 0,
    "next": 1,
    "past": -1,
}
DAYS = {
    "vandaag": 0,
    "gisteren": -1,
    "gisteravond": -1,
    "eergisteren": -2,
    "morgen": 1,
    "overmorgen": 2,
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "vanochtend": 0,
    "vanmorgen": 0,
    "vanmiddag": 0,
    "vanavond": 0,
}
DECADES = {
    "twintig": 2,
    "dertig": 3,
    "veertig": 4,
    "vijftig": 5,
    "zestig": 6,
    "zeventig": 7,
    "tachtig": 8,
    "negentig": 9,
}
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
WEEKDAYS = {
    "maandag": 0,
    "dinsdag": 1,
    "woensdag": 2,
    "donderdag": 3,
    "vrijdag": 4,
    "zaterdag": 5,
    "zondag": 6,
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
}
SHORT = 30  # two digits of a year: up to here this century


class Phrase(NamedTuple):
    """A way to name a date: its pattern and what turns a match into EDTF (nothing where it cannot be known)."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Base], str]
    needs: frozenset[str]  # kinds of word of which one must be there; “year” is a numeral of four digits


def month_number(word: str) -> int:
    """Give the number of a month by its name."""
    return MONTHS[word.lower().rstrip(".")]


def _day(match: re.Match[str], base: Base) -> str:
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else reckon.nearest_year(base, month)
    if not year:
        return f"XXXX-{month:02}-{int(match['day']):02}"
    return reckon.year_month(year, month, int(match["day"]))


def _days(match: re.Match[str], base: Base) -> str:
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else reckon.nearest_year(base, month)
    return reckon.between(
        reckon.year_month(year, month, int(match["first"])), reckon.year_month(year, month, int(match["day"]))
    )


def _whole_days(match: re.Match[str], base: Base) -> str:
    last = int(match["year2"])
    first = int(match["year"]) if match["year"] else last
    return reckon.between(
        reckon.year_month(first, month_number(match["month"]), int(match["day"])),
        reckon.year_month(last, month_number(match["month2"]), int(match["day2"])),
    )


def _month(match: re.Match[str], base: Base) -> str:
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else reckon.nearest_year(base, month)
    if not year:
        return f"XXXX-{month:02}"
    part = PARTS.get((match["part"] or "").lower().rstrip("- "))
    return reckon.part_of_month(year, month, part) if part else reckon.year_month(year, month)


def _months(match: re.Match[str], base: Base) -> str:
    year = int(match["year"])
    return reckon.between(
        reckon.year_month(year, month_number(match["month"])), reckon.year_month(year, month_number(match["month2"]))
    )


def _iso(match: re.Match[str], base: Base) -> str:
    return reckon.year_month(int(match["year"]), int(match["month"]), int(match["day"] or 0))


def _numeric(match: re.Match[str], base: Base) -> str:
    year = int(match["year"])
    if year < 100:
        year += 2000 if year <= SHORT else 1900
    day, month = int(match["day"]), int(match["month"])
    if month > 12:
        day, month = month, day
    return reckon.year_month(year, month, day)


def _quarter(match: re.Match[str], base: Base) -> str:
    word = match["ordinal"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    year = _year_or_base(match, base)
    if not year or not 1 <= number <= 4:
        return ""
    months = 6 if match["span"] in ("helft", "half") else 3
    return reckon.between(reckon.year_month(year, months * (number - 1) + 1), reckon.year_month(year, months * number))


def _year_or_base(match: re.Match[str], base: Base) -> int:
    if match["year"]:
        return int(match["year"])
    return base.year + SHIFTS[match["shift"].lower()] if base.year and match["shift"] else base.year


def _season(match: re.Match[str], base: Base) -> str:
    year = _year_or_base(match, base)
    return reckon.season_of(year, SEASONS[match["season"].lower()]) if year else ""


def _years(match: re.Match[str], base: Base) -> str:
    last = match["last"]
    if len(last) == 2:
        last = match["year"][:2] + last
    return reckon.between(match["year"], last)


def _decade(match: re.Match[str], base: Base) -> str:
    word = match["decade"].lower().strip("'’")
    digit = DECADES.get(word, int(word[-2]) if word[-2:].isdigit() else -1)
    century = word[:2] if len(word) == 4 else "19" if digit > 2 else "20"
    return f"{century}{digit}X"


def _part_of_year(match: re.Match[str], base: Base) -> str:
    year = _year_or_base(match, base)
    part = PARTS.get((match["part"] or "").lower().rstrip("- "))
    if not year:
        return ""
    return reckon.part_of_year(year, part) if part else reckon.year_month(year)


def _year(match: re.Match[str], base: Base) -> str:
    return match["year"]


def _relative_day(match: re.Match[str], base: Base) -> str:
    return reckon.shift_days(base, DAYS[match["word"].lower()])


def _relative_month(match: re.Match[str], base: Base) -> str:
    shift = SHIFTS[match["shift"].lower()]
    return reckon.week_of(base, shift) if match["span"].startswith("we") else reckon.shift_months(base, shift)


def _month_beside(match: re.Match[str], base: Base) -> str:
    """Read “afgelopen december”, “last June”: the last one before the publication, or the next one after it."""
    month, shift = month_number(match["month"]), SHIFTS[match["shift"].lower()]
    if not base.month:
        return ""
    is_later = month >= base.month
    year = base.year - (1 if shift < 0 and is_later else 0) + (1 if shift > 0 and not is_later else 0)
    return reckon.year_month(year, month)


def _ago(match: re.Match[str], base: Base) -> str:
    word = match["count"].lower()
    count = (
        float(word)
        if word.isdigit()
        else dutch_value(word) or (1 if word in ("een", "a", "one") else words_value(word, "en"))
    )
    if count is None or count != int(count):
        return ""
    span = match["span"].lower()
    if span[0] in "jy":
        return reckon.shift_years(base, -int(count))
    if span[0] == "m":
        return reckon.shift_months(base, -int(count))
    return reckon.shift_days(base, -int(count) * (7 if span[0] == "w" else 1))


def _weekday(match: re.Match[str], base: Base) -> str:
    return reckon.weekday_of(
        base, WEEKDAYS[match["weekday"].lower()], SHIFTS.get((match["shift"] or "").lower(), -1) > 0
    )


NEEDS: dict[Callable[[re.Match[str], Base], str], frozenset[str]] = {
    **dict.fromkeys((_day, _days, _whole_days, _month, _months, _month_beside), frozenset({"month"})),
    **dict.fromkeys((_iso, _numeric, _years), frozenset({"digits"})),
    _season: frozenset({"season"}),
    _part_of_year: frozenset({"year", "span"}),
    _quarter: frozenset({"quarter"}),
    _decade: frozenset({"decade", "year"}),
    _relative_month: frozenset({"week"}),
    _ago: frozenset({"ago"}),
    _relative_day: frozenset({"day"}),
    _weekday: frozenset({"weekday"}),
}


def _phrases(*pairs: tuple[str, Callable[[re.Match[str], Base], str]]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(re.compile(pattern, re.IGNORECASE), read, NEEDS.get(read, frozenset({"year"})))
        for pattern, read in pairs
    )


_NL_PART = r"(?:(?P<part>begin|half|medio|midden|halverwege|einde?)\s+)"
_EN_PART = r"(?:(?P<part>early|mid|late|the beginning of|the end of)[\s-]+)"
_NL_COUNT = r"(?P<count>\d+|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig)"
_EN_COUNT = r"(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
NUMERIC = (
    (rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?:T[\d:.]+Z?)?\b(?![-/]\d)", _iso),
    (
        r"\b(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d|\d\d)\b(?![-/.]?\d)",
        _numeric,
    ),
    (rf"\b(?P<year>{YEAR})\s?[-–/]\s?(?P<last>{YEAR}|\d\d)\b(?![-/.]?\d|\s*(?:procent|euro|%))", _years),
)
DUTCH = _phrases(
    NUMERIC[0],
    NUMERIC[1],
    (
        rf"\b(?P<day>[0-3]?\d)\s+(?P<month>{NL_MONTHS})(?:\s+(?P<year>{YEAR}))?\s*(?:-|–|tot en met|t/m|tot)\s*"
        rf"(?P<day2>[0-3]?\d)\s+(?P<month2>{NL_MONTHS})\s+(?P<year2>{YEAR})\b",
        _whole_days,
    ),
    (
        rf"\b(?P<first>[0-3]?\d)\s*(?:-|–|tot en met|t/m|tot|en)\s*(?P<day>[0-3]?\d)\s+(?P<month>{NL_MONTHS})"
        rf"(?:\s+(?P<year>{YEAR}))?\b",
        _days,
    ),
    (rf"\b(?P<day>[0-3]?\d)(?:e|ste)?\s+(?P<month>{NL_MONTHS})(?!\w)(?:,?\s+(?P<year>{YEAR})\b)?", _day),
    (
        rf"\b(?P<month>{NL_MONTHS})\s*(?:-|–|tot en met|t/m|tot|en)\s*(?P<month2>{NL_MONTHS})\s+(?P<year>{YEAR})\b",
        _months,
    ),
    (rf"\b{_NL_PART}?(?P<month>{NL_MONTHS})(?!\w)\s+(?P<year>{YEAR})\b", _month),
    (
        rf"\b(?:in |van )?het (?P<ordinal>eerste|tweede|derde|vierde|[1-4]e) (?P<span>kwartaal)(?:\s+(?:van\s+)?"
        rf"(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend)\s+jaar))?\b",
        _quarter,
    ),
    (
        rf"\b(?:in |van )?de (?P<ordinal>eerste|tweede) (?P<span>helft)\s+van\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend)\s+jaar)\b",
        _quarter,
    ),
    (
        rf"\b(?:in |sinds |van )?(?:de |het )?(?P<season>lente|voorjaar|zomer|herfst|najaar|winter)\s+van\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend)\s+jaar)\b",
        _season,
    ),
    (
        rf"\b(?:tussen|van|in de (?:periode|jaren)|periode|jaren)\s+(?P<year>{YEAR})\s*(?:-|–|en|tot en met|t/m|tot)\s*"
        rf"(?P<last>{YEAR}|\d\d)\b",
        _years,
    ),
    NUMERIC[2],
    (
        r"\b(?:in |sinds |uit |van |vanaf )?(?:de |begin )?jaren\s+(?P<decade>['’]?\d0|19\d0|20\d0|"
        r"twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)\b",
        _decade,
    ),
    (rf"\b{_NL_PART}(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend|komend|afgelopen)\s+jaar)\b", _part_of_year),
    (rf"\b{_NL_PART}(?P<month>{NL_MONTHS})(?!\w)(?P<year>\b\B)?", _month),
    (
        rf"(?:\b(?:in|sinds|uit|vanaf|sedert|tot|tegen|rond|over|van|anno|voor|na)\s+(?:het jaar\s+)?)?"
        rf"(?<![\w.,/+:€$£-])(?P<year>{YEAR})\b"
        r"(?![.,:]?\d|[-/]\w|\s?[%€])",
        _year,
    ),
    (r"\b(?P<shift>afgelopen|vorige|komende|volgende)\s+(?P<month>" + NL_MONTHS + r")(?!\w)", _month_beside),
    (
        r"\b(?:in|sinds|vanaf|sedert|eind|begin|tot|voor|na|uit|tot en met|maand)\s+(?P<month>"
        + NL_MONTHS
        + r")(?!\w)(?P<year>\b\B)?(?P<part>\b\B)?",
        _month,
    ),
    (
        r"\b(?P<shift>vorig|dit|volgend|komend|afgelopen|verleden)\s+(?:kalender)?jaar\b(?P<year>\b\B)?(?P<part>\b\B)?",
        _part_of_year,
    ),
    (r"\b(?P<shift>vorige|deze|volgende|afgelopen|komende)\s+(?P<span>maand|week)\b", _relative_month),
    (
        rf"\b(?:bijna |ruim |zo['’]n |ongeveer )?{_NL_COUNT}\s+"
        r"(?P<span>jaar|maand(?:en)?|we(?:ek|ken)|dag(?:en)?)\s+(?:geleden|terug)\b",
        _ago,
    ),
    (
        rf"\b(?P<word>{'|'.join(word for word in DAYS if word not in ('today', 'yesterday', 'tomorrow'))})\b",
        _relative_day,
    ),
    (
        r"\b(?:(?P<shift>afgelopen|vorige|komende|volgende)\s+)?(?P<weekday>(?:maan|dins|woens|donder|vrij|zater|zon)dag)(?:ochtend|middag|avond|nacht)?\b",
        _weekday,
    ),
)
ENGLISH = _phrases(
    NUMERIC[0],
    NUMERIC[1],
    (
        rf"\b(?P<day>[0-3]?\d)\s+(?P<month>{EN_MONTHS})(?:\s+(?P<year>{YEAR}))?\s*(?:-|–|to|until)\s*"
        rf"(?P<day2>[0-3]?\d)\s+(?P<month2>{EN_MONTHS})\s+(?P<year2>{YEAR})\b",
        _whole_days,
    ),
    (
        rf"\b(?P<first>[0-3]?\d)\s*(?:-|–|to|and)\s*(?P<day>[0-3]?\d)\s+(?P<month>{EN_MONTHS})(?:,?\s+(?P<year>{YEAR}))?\b",
        _days,
    ),
    (
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{EN_MONTHS})(?!\w)(?:,?\s+(?P<year>{YEAR})\b)?",
        _day,
    ),
    (rf"\b(?P<month>{EN_MONTHS})\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*[%€$£])(?:,?\s+(?P<year>{YEAR})\b)?", _day),
    (rf"\b(?P<month>{EN_MONTHS})\s*(?:-|–|to|and)\s*(?P<month2>{EN_MONTHS})\s+(?P<year>{YEAR})\b", _months),
    (rf"\b(?:in |since )?{_EN_PART}?(?P<month>{EN_MONTHS})(?!\w),?\s+(?P<year>{YEAR})\b", _month),
    (
        rf"\b(?:in )?the (?P<ordinal>first|second|third|fourth) (?P<span>quarter|half)\s+of\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>this|last|next)\s+year)\b",
        _quarter,
    ),
    (
        rf"\b(?:in |since )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)\s+of\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>this|last|next)\s+year)\b",
        _season,
    ),
    (rf"\b(?:between|from)\s+(?P<year>{YEAR})\s*(?:-|–|and|to|until)\s*(?P<last>{YEAR}|\d\d)\b", _years),
    NUMERIC[2],
    (r"\b(?:in |since |from )?the\s+(?:early |late |mid-?)?(?P<decade>(?:19|20)\d0)s\b", _decade),
    (rf"\b(?:in )?{_EN_PART}(?:(?P<year>{YEAR})|(?P<shift>this|last|next)\s+year)\b", _part_of_year),
    (
        rf"(?:\b(?:in|since|from|by|until|of|during|for|before|after)\s+)?(?<![\w.,/+:€$£-])(?P<year>{YEAR})\b(?![.,:]?\d|[-/]\w|\s?[%€])",
        _year,
    ),
    (r"\b(?P<shift>last|next)\s+(?P<month>" + EN_MONTHS + r")(?!\w)", _month_beside),
    (
        r"\b(?:in|since|from|by|until|of|during|before|after|early|late)\s+(?P<month>"
        + EN_MONTHS
        + r")(?!\w)(?P<year>\b\B)?(?P<part>\b\B)?",
        _month,
    ),
    (r"\b(?P<shift>last|this|next)\s+year\b(?P<year>\b\B)?(?P<part>\b\B)?", _part_of_year),
    (r"\b(?P<shift>last|this|next)\s+(?P<span>month|week)\b", _relative_month),
    (
        rf"\b(?:almost |nearly |about |some |over )?{_EN_COUNT}\s+"
        r"(?P<span>years?|months?|weeks?|days?)\s+(?:ago|earlier)\b",
        _ago,
    ),
    (r"\b(?P<word>today|yesterday|tomorrow)\b", _relative_day),
    (r"\b(?:(?P<shift>last|next)\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b", _weekday),
)
PHRASES = {"nl": DUTCH, "en": ENGLISH}
