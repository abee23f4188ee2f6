"""Read what stands in a cell as a value of a field; what cannot be read stays as it is, for the words to refuse."""

import datetime as dt
import re

from zicht import words

YES = frozenset({"true", "yes", "ja", "1", "waar"})
NO = frozenset({"false", "no", "nee", "0", "onwaar"})
DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00)?)?")
MONTH_IN_DATE = re.compile(r"(\d{4}-\d\d)-01")  # what a spreadsheet makes of a month
YEAR = re.compile(r"\d{4}")
MONTH = re.compile(r"\d{4}-\d\d")
SEPARATORS = re.compile(r"\s*[;|\n]\s*")


def read_cell(field: words.Field, text: str) -> object:
    """Give the value of a field of ours: terms by their code, several of them with semicolons in between."""
    text = text.strip() if field.type != "text" else text
    if not text.strip():
        return () if field.type == "multi" or field.many else None
    if field.type == "multi" or field.many:
        return tuple(dict.fromkeys(item for item in SEPARATORS.split(text) if item))
    return READERS[field.type](text) if field.type in READERS else text


def read_day(text: str) -> object:
    """Give a day as 2025-05-31; anything else stays a text."""
    found = DATE.fullmatch(text)
    try:
        return dt.date.fromisoformat(found[1]) if found else text
    except ValueError:
        return text


def read_number(text: str) -> object:
    """Give a whole number; anything else stays a text."""
    return int(text) if text.isascii() and text.isdigit() else text


def read_answer(text: str) -> object:
    """Give yes or no; anything else stays a text."""
    plain = text.casefold()
    return True if plain in YES else False if plain in NO else text


def read_month(text: str) -> object:
    """Give a month as 2025-05, also out of what a spreadsheet makes of it: 2025-05-01."""
    found = MONTH_IN_DATE.fullmatch(text)
    return found[1] if found else text


def coarse_number(text: str) -> int | None:
    """Give the number of what is written as 3+: three or more; None for anything else."""
    number = read_number(text.removesuffix("+")) if text.endswith("+") else None
    return number if isinstance(number, int) else None


def first_day(text: str) -> dt.date | None:
    """Give the first day of a year or month that stands where a day should; None for anything else."""
    if YEAR.fullmatch(text):
        text += "-01"
    day = read_day(f"{text}-01") if MONTH.fullmatch(text) else None
    return day if isinstance(day, dt.date) else None


READERS = {"date": read_day, "int": read_number, "year": read_number, "bool": read_answer, "month": read_month}
