"""What the phrases for dates say: each reader turns a match into EDTF, or nothing where it cannot be known."""

import re

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
    r"(?:January|February|March|April|(?-i:May)|June|July|August|September|October|November|December|"
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


def month_number(word: str) -> int:
    """Give the number of a month by its name."""
    return MONTHS[word.lower().rstrip(".")]


def read_day(match: re.Match[str], base: Base) -> str:
    """Read a day of a month, with a year or the nearest."""
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else reckon.nearest_year(base, month)
    if not year:
        return f"XXXX-{month:02}-{int(match['day']):02}"
    return reckon.year_month(year, month, int(match["day"]))


def read_days(match: re.Match[str], base: Base) -> str:
    """Read some days of one month."""
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else reckon.nearest_year(base, month)
    return reckon.between(
        reckon.year_month(year, month, int(match["first"])), reckon.year_month(year, month, int(match["day"]))
    )


def read_whole_days(match: re.Match[str], base: Base) -> str:
    """Read from one day to another, each with its month."""
    last = int(match["year2"])
    first = int(match["year"]) if match["year"] else last
    return reckon.between(
        reckon.year_month(first, month_number(match["month"]), int(match["day"])),
        reckon.year_month(last, month_number(match["month2"]), int(match["day2"])),
    )


def read_month(match: re.Match[str], base: Base) -> str:
    """Read a month, or its beginning, middle or end."""
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else reckon.nearest_year(base, month)
    if not year:
        return f"XXXX-{month:02}"
    part = PARTS.get((match["part"] or "").lower().rstrip("- "))
    return reckon.part_of_month(year, month, part) if part else reckon.year_month(year, month)


def read_months(match: re.Match[str], base: Base) -> str:
    """Read some months of one year."""
    year = int(match["year"])
    return reckon.between(
        reckon.year_month(year, month_number(match["month"])), reckon.year_month(year, month_number(match["month2"]))
    )


def read_months_of_years(match: re.Match[str], base: Base) -> str:
    """Read from a month of one year to a month of another."""
    return reckon.between(
        reckon.year_month(int(match["year"]), month_number(match["month"])),
        reckon.year_month(int(match["year2"]), month_number(match["month2"])),
    )


def read_iso(match: re.Match[str], base: Base) -> str:
    """Read a date that is written as ISO 8601."""
    return reckon.year_month(int(match["year"]), int(match["month"]), int(match["day"] or 0))


def read_numeric(match: re.Match[str], base: Base) -> str:
    """Read a date in numbers, the day first."""
    year = int(match["year"])
    if year < 100:
        year += 2000 if year <= SHORT else 1900
    day, month = int(match["day"]), int(match["month"])
    if month > 12:
        day, month = month, day
    return reckon.year_month(year, month, day)


def read_quarter(match: re.Match[str], base: Base) -> str:
    """Read a quarter or half of a year."""
    word = match["ordinal"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    year = year_or_base(match, base)
    if not year or not 1 <= number <= 4:
        return ""
    months = 6 if match["span"].startswith(("helft", "half")) else 3
    return reckon.between(reckon.year_month(year, months * (number - 1) + 1), reckon.year_month(year, months * number))


def year_or_base(match: re.Match[str], base: Base) -> int:
    """Give the year that is named, or the one told relative to the publication; 0 if not known."""
    if match["year"]:
        return int(match["year"])
    return base.year + SHIFTS[match["shift"].lower()] if base.year and match["shift"] else base.year


def read_season(match: re.Match[str], base: Base) -> str:
    """Read a season of a year."""
    year = year_or_base(match, base)
    return reckon.season_of(year, SEASONS[match["season"].lower()]) if year else ""


def read_years(match: re.Match[str], base: Base) -> str:
    """Read from one year to another."""
    last = match["last"]
    if len(last) == 2:
        last = match["year"][:2] + last
    return reckon.between(match["year"], last)


def read_decade(match: re.Match[str], base: Base) -> str:
    """Read a decade."""
    word = match["decade"].lower().strip("'’")
    digit = DECADES.get(word, int(word[-2]) if word[-2:].isdigit() else -1)
    century = word[:2] if len(word) == 4 else "19" if digit > 2 else "20"
    return f"{century}{digit}X"


def read_part_of_year(match: re.Match[str], base: Base) -> str:
    """Read a year, or its beginning, middle or end."""
    year = year_or_base(match, base)
    part = PARTS.get((match["part"] or "").lower().rstrip("- "))
    if not year:
        return ""
    return reckon.part_of_year(year, part) if part else reckon.year_month(year)


def read_year(match: re.Match[str], base: Base) -> str:
    """Read a year."""
    return match["year"]


def read_relative_day(match: re.Match[str], base: Base) -> str:
    """Read “gisteren”, “today”."""
    return reckon.shift_days(base, DAYS[match["word"].lower()])


def read_relative_month(match: re.Match[str], base: Base) -> str:
    """Read “vorige maand”, “this week”."""
    shift = SHIFTS[match["shift"].lower()]
    return reckon.week_of(base, shift) if match["span"].startswith("we") else reckon.shift_months(base, shift)


def read_month_beside(match: re.Match[str], base: Base) -> str:
    """Read “afgelopen december”, “last June”: the last one before the publication, or the next one after it."""
    month, shift = month_number(match["month"]), SHIFTS[match["shift"].lower()]
    if not base.month:
        return ""
    is_later = month >= base.month
    year = base.year - (1 if shift < 0 and is_later else 0) + (1 if shift > 0 and not is_later else 0)
    return reckon.year_month(year, month)


def read_ago(match: re.Match[str], base: Base) -> str:
    """Read “drie jaar geleden”, “two weeks ago”."""
    word = match["count"].lower()
    count = (
        float(word)
        if word.isdigit()
        else dutch_value(word) or (1.0 if word in ("een", "a", "one") else words_value(word, "en"))
    )
    if count is None or not count.is_integer():
        return ""
    span = match["span"].lower()
    if span[0] in "jy":
        return reckon.shift_years(base, -int(count))
    if span[0] == "m":
        return reckon.shift_months(base, -int(count))
    return reckon.shift_days(base, -int(count) * (7 if span[0] == "w" else 1))


def read_weekday(match: re.Match[str], base: Base) -> str:
    """Read a day of the week."""
    return reckon.weekday_of(
        base, WEEKDAYS[match["weekday"].lower()], SHIFTS.get((match["shift"] or "").lower(), -1) > 0
    )
