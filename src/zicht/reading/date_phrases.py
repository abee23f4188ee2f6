"""The phrases in which Dutch and English name dates, the most telling first."""

import re
from collections.abc import Callable
from typing import NamedTuple

from zicht.reading.calendar import Base
from zicht.reading.date_readers import (
    DAYS,
    EN_MONTHS,
    NL_MONTHS,
    YEAR,
    read_ago,
    read_day,
    read_days,
    read_decade,
    read_iso,
    read_month,
    read_month_beside,
    read_months,
    read_months_of_years,
    read_numeric,
    read_part_of_year,
    read_quarter,
    read_relative_day,
    read_relative_month,
    read_season,
    read_weekday,
    read_whole_days,
    read_year,
    read_years,
)


class Phrase(NamedTuple):
    """A way to name a date: its pattern and what turns a match into EDTF (nothing where it cannot be known)."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Base], str]
    needs: frozenset[str]  # kinds of word of which one must be there; “year” is a numeral of four digits


NEEDS: dict[Callable[[re.Match[str], Base], str], frozenset[str]] = {
    **dict.fromkeys(
        (read_day, read_days, read_whole_days, read_months_of_years, read_month, read_months, read_month_beside),
        frozenset({"month"}),
    ),
    **dict.fromkeys((read_iso, read_numeric, read_years), frozenset({"digits"})),
    read_season: frozenset({"season"}),
    read_part_of_year: frozenset({"year", "span"}),
    read_quarter: frozenset({"quarter"}),
    read_decade: frozenset({"decade", "year"}),
    read_relative_month: frozenset({"week"}),
    read_ago: frozenset({"ago"}),
    read_relative_day: frozenset({"day"}),
    read_weekday: frozenset({"weekday"}),
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
# A word behind “in 20243” that tells that the last digit is a note's number.
NOTED = (
    r"(?=\d(?:[.,;:)]|$|\s+(?:en|is|was|zijn|waren|werd|werden|heeft|hebben|had|in|op|van|bij|door|met|voor|nam|steeg|"
    r"daalde|er|het|de|ze|zij|kwamen|kreeg|kregen|and|are|were|has|have|by|with|for|there|it|they|the|a|this)\b))"
)
NUMERIC = (
    (rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?(?:T[\d:.]+Z?)?\b(?![-/]\d)", read_iso),
    (
        r"\b(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d|\d\d)\b(?![-/.]?\d)",
        read_numeric,
    ),
    (rf"\b(?P<year>{YEAR})\s?[-–/]\s?(?P<last>{YEAR}|\d\d)\b(?![-/.]?\d|\s*(?:procent|euro|%))", read_years),
)
DUTCH = _phrases(
    NUMERIC[0],
    NUMERIC[1],
    (
        rf"\b(?P<day>[0-3]?\d)\s+(?P<month>{NL_MONTHS})(?:\s+(?P<year>{YEAR}))?\s*(?:-|–|tot en met|t/m|tot)\s*"
        rf"(?P<day2>[0-3]?\d)\s+(?P<month2>{NL_MONTHS})\s+(?P<year2>{YEAR})\b",
        read_whole_days,
    ),
    (
        rf"\b(?P<first>[0-3]?\d)(?:,\s*[0-3]?\d)*\s*(?:-|–|tot en met|t/m|tot|en)\s*(?P<day>[0-3]?\d)\s+"
        rf"(?P<month>{NL_MONTHS})(?:\s+(?P<year>{YEAR}))?\b",
        read_days,
    ),
    (rf"\b(?P<day>[0-3]?\d)(?:e|ste|\.)?\s+(?P<month>{NL_MONTHS})(?!\w)(?:,?\s+(?P<year>{YEAR})\b)?", read_day),
    (
        rf"\b(?P<month>{NL_MONTHS})\s*(?:-|–|tot en met|t/m|tot|en)\s*(?P<month2>{NL_MONTHS})\s+(?P<year>{YEAR})\b",
        read_months,
    ),
    (
        rf"\b(?:tussen|van)\s+(?P<month>{NL_MONTHS})\s+(?P<year>{YEAR})\s+(?:en|tot en met|t/m|tot)\s+"
        rf"(?P<month2>{NL_MONTHS})\s+(?P<year2>{YEAR})\b",
        read_months_of_years,
    ),
    (rf"\b{_NL_PART}?(?P<month>{NL_MONTHS})(?!\w)\s+(?P<year>{YEAR})\b", read_month),
    (
        rf"\b(?:in |van )?het (?P<ordinal>eerste|tweede|derde|vierde|[1-4]e) (?P<span>kwartaal)(?:\s+(?:van\s+)?"
        rf"(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend)\s+jaar))?\b",
        read_quarter,
    ),
    (
        rf"\b(?:in |van )?(?:de|het) (?P<ordinal>eerste|tweede) (?P<span>helft|half\s?jaar)\s+van\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend)\s+jaar)\b",
        read_quarter,
    ),
    (
        rf"\b(?:in |sinds |van )?(?:de |het )?(?P<season>lente|voorjaar|zomer|herfst|najaar|winter)\s+van\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend)\s+jaar)\b",
        read_season,
    ),
    (
        rf"\b(?:tussen|van|in de (?:periode|jaren)|periode|jaren)\s+(?P<year>{YEAR})\s*(?:-|–|en|tot en met|t/m|tot)\s*"
        rf"(?P<last>{YEAR}|\d\d)\b",
        read_years,
    ),
    NUMERIC[2],
    (
        r"\b(?:in |sinds |uit |van |vanaf )?(?:de |begin )?jaren\s+(?P<decade>['’]?\d0|19\d0|20\d0|"
        r"twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)\b",
        read_decade,
    ),
    (rf"\b{_NL_PART}(?:(?P<year>{YEAR})|(?P<shift>dit|vorig|volgend|komend|afgelopen)\s+jaar)\b", read_part_of_year),
    (rf"\b{_NL_PART}(?P<month>{NL_MONTHS})(?!\w)(?P<year>\b\B)?", read_month),
    (
        rf"(?:\b(?:in|sinds|uit|vanaf|sedert|tot|tegen|rond|over|van|anno|voor|na)\s+(?:het jaar\s+)?)?"
        rf"(?<![\w.,/+:€$£-])(?P<year>{YEAR})\b"
        r"(?![.,:]?\d|[-/]\w|\s?%|\s?€(?!\s?\d))",
        read_year,
    ),
    (
        rf"\b(?:in|sinds|uit|vanaf|eind|begin|medio|tot|over)\s+(?P<year>(?:19|20)\d\d){NOTED}",
        read_year,
    ),
    (rf"\b(?P<month>{NL_MONTHS})\s+(?P<year>(?:19|20)\d\d){NOTED}(?P<part>\b\B)?", read_month),
    (r"\b(?P<shift>afgelopen|vorige|komende|volgende)\s+(?P<month>" + NL_MONTHS + r")(?!\w)", read_month_beside),
    (
        r"\b(?:in|sinds|vanaf|sedert|eind|begin|tot|voor|na|uit|tot en met|maand)\s+(?P<month>"
        + NL_MONTHS
        + r")(?!\w)(?P<year>\b\B)?(?P<part>\b\B)?",
        read_month,
    ),
    (
        r"\b(?P<shift>vorig|dit|volgend|komend|afgelopen|verleden)\s+(?:kalender)?jaar\b(?P<year>\b\B)?(?P<part>\b\B)?",
        read_part_of_year,
    ),
    (r"\b(?P<shift>vorige|deze|volgende|afgelopen|komende)\s+(?P<span>maand|week)\b", read_relative_month),
    (
        rf"\b(?:bijna |ruim |zo['’]n |ongeveer )?{_NL_COUNT}\s+"
        r"(?P<span>jaar|maand(?:en)?|we(?:ek|ken)|dag(?:en)?)\s+(?:geleden|terug)\b",
        read_ago,
    ),
    (
        rf"\b(?P<word>{'|'.join(word for word in DAYS if word not in ('today', 'yesterday', 'tomorrow'))})\b",
        read_relative_day,
    ),
    (
        r"\b(?:(?P<shift>afgelopen|vorige|komende|volgende)\s+)?(?P<weekday>(?:maan|dins|woens|donder|vrij|zater|zon)dag)(?:ochtend|middag|avond|nacht)?\b",
        read_weekday,
    ),
)
ENGLISH = _phrases(
    NUMERIC[0],
    NUMERIC[1],
    (
        rf"\b(?P<month>{EN_MONTHS})\s+(?P<first>[0-3]?\d)\s*(?:-|–|to|and)\s*(?P<day>[0-3]?\d)\b(?:,?\s+(?P<year>{YEAR})\b)?",
        read_days,
    ),
    (
        rf"\b(?P<day>[0-3]?\d)\s+(?P<month>{EN_MONTHS})(?:\s+(?P<year>{YEAR}))?\s*(?:-|–|to|until)\s*"
        rf"(?P<day2>[0-3]?\d)\s+(?P<month2>{EN_MONTHS})\s+(?P<year2>{YEAR})\b",
        read_whole_days,
    ),
    (
        rf"\b(?P<first>[0-3]?\d)(?:,\s*[0-3]?\d)*,?\s*(?:-|–|to|and)\s*(?P<day>[0-3]?\d)\s+(?P<month>{EN_MONTHS})"
        rf"(?:,?\s+(?P<year>{YEAR}))?\b",
        read_days,
    ),
    (
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{EN_MONTHS})(?!\w)(?:,?\s+(?P<year>{YEAR})\b)?",
        read_day,
    ),
    (
        rf"\b(?P<month>{EN_MONTHS})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*[%€$£])(?:,?\s+(?P<year>{YEAR})\b)?",
        read_day,
    ),
    (rf"\b(?P<month>{EN_MONTHS})\s*(?:-|–|to|and)\s*(?P<month2>{EN_MONTHS})\s+(?P<year>{YEAR})\b", read_months),
    (
        rf"\b(?:between|from)\s+(?P<month>{EN_MONTHS})\s+(?P<year>{YEAR})\s+(?:and|to|until)\s+"
        rf"(?P<month2>{EN_MONTHS})\s+(?P<year2>{YEAR})\b",
        read_months_of_years,
    ),
    (rf"\b(?:in |since )?{_EN_PART}?(?P<month>{EN_MONTHS})(?!\w),?\s+(?P<year>{YEAR})\b", read_month),
    (
        rf"\b(?:in )?the (?P<ordinal>first|second|third|fourth) (?P<span>quarter|half)\s+of\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>this|last|next)\s+year)\b",
        read_quarter,
    ),
    (
        rf"\b(?:in |since )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)\s+of\s+"
        rf"(?:(?P<year>{YEAR})|(?P<shift>this|last|next)\s+year)\b",
        read_season,
    ),
    (rf"\b(?:between|from)\s+(?P<year>{YEAR})\s*(?:-|–|and|to|until)\s*(?P<last>{YEAR}|\d\d)\b", read_years),
    NUMERIC[2],
    (r"\b(?:in |since |from )?the\s+(?:early |late |mid-?)?(?P<decade>(?:19|20)\d0)s\b", read_decade),
    (rf"\b(?:in )?{_EN_PART}(?:(?P<year>{YEAR})|(?P<shift>this|last|next)\s+year)\b", read_part_of_year),
    (
        rf"(?:\b(?:in|since|from|by|until|of|during|for|before|after)\s+)?(?<![\w.,/+:€$£-])(?P<year>{YEAR})\b(?![.,:]?\d|[-/]\w|\s?%|\s?€(?!\s?\d))",
        read_year,
    ),
    (rf"\b(?:in|since|from|by|until|during|of)\s+(?P<year>(?:19|20)\d\d){NOTED}", read_year),
    (rf"\b(?P<month>{EN_MONTHS})\s+(?P<year>(?:19|20)\d\d){NOTED}(?P<part>\b\B)?", read_month),
    (r"\b(?P<shift>last|next)\s+(?P<month>" + EN_MONTHS + r")(?!\w)", read_month_beside),
    (
        r"\b(?:in|since|from|by|until|of|during|before|after|early|late)\s+(?P<month>"
        + EN_MONTHS
        + r")(?!\w)(?P<year>\b\B)?(?P<part>\b\B)?",
        read_month,
    ),
    (r"\b(?P<shift>last|this|next)\s+year\b(?P<year>\b\B)?(?P<part>\b\B)?", read_part_of_year),
    (r"\b(?P<shift>last|this|next)\s+(?P<span>month|week)\b", read_relative_month),
    (
        rf"\b(?:almost |nearly |about |some |over )?{_EN_COUNT}\s+"
        r"(?P<span>years?|months?|weeks?|days?)\s+ago\b",
        read_ago,
    ),
    (r"\b(?P<word>today|yesterday|tomorrow)\b", read_relative_day),
    (r"\b(?:(?P<shift>last|next)\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b", read_weekday),
)
PHRASES = {"nl": DUTCH, "en": ENGLISH}
