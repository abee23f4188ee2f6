"""Find the line of column names in a table of UNODC, and the date above it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from zicht.figures.errors import ColumnsNotFound, ColumnTwice, WrongColumns, quote

COUNTRY_CODE, COUNTRY, INDICATOR, DIMENSION = "Iso3_code", "Country", "Indicator", "Dimension"
CATEGORY, SEX, AGE, YEAR = "Category", "Sex", "Age", "Year"
COLUMNS = (COUNTRY_CODE, COUNTRY, INDICATOR, DIMENSION, CATEGORY, SEX, AGE, YEAR)
VALUE = ("txtVALUE", "VALUE")  # the first holds `<5`; UNODC's other downloads use the second
# There in UNODC's files, and not needed.
OTHER_COLUMNS = ("Region", "Subregion", "Unit of measurement", "Source")
ROWS_LOOKED_AT = 10
ENOUGH_TO_BE_A_HEADER = 4  # names of UNODC in one row: then it is a header, and its names may be shown in an error
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/(20[0-9]{2})")  # as UNODC writes it in its sheet: 14/04/2025
ISO_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Header:
    """Say where each column stands, counted from 0, and of which date the file says it is."""

    row: int
    width: int
    places: dict[str, int]
    value_column: str
    dated: dt.date | None


def find_header(rows: Iterator[tuple[int, list[str]]]) -> Header:
    """Read up to the column names, and leave the rows at the first one under them."""
    dated = None
    for row, values in rows:
        names = [value.strip() for value in values]
        if len({*COLUMNS, *VALUE} & set(names)) >= ENOUGH_TO_BE_A_HEADER:
            return _header(row, names, dated)
        dated = dated or _day_above(names)
        if row >= ROWS_LOOKED_AT:
            break
    expected = ", ".join([*COLUMNS, VALUE[0]])
    raise ColumnsNotFound(rows=ROWS_LOOKED_AT, expected=expected)


def _header(row: int, names: list[str], dated: dt.date | None) -> Header:
    value_column = next((name for name in VALUE if name in names), VALUE[0])
    wanted = [*COLUMNS, value_column]
    missing = [name for name in wanted if name not in names]
    if missing:
        unknown = [quote(name) for name in names if name and name not in {*wanted, *OTHER_COLUMNS}]
        raise WrongColumns(row=row, missing=", ".join(missing), found=", ".join(unknown) or "–")
    twice = [name for name, count in Counter(names).items() if count > 1 and name in wanted]
    if twice:
        raise ColumnTwice(row=row, column=twice[0])
    return Header(row, len(names), {name: names.index(name) for name in wanted}, value_column, dated)


def _day_above(names: list[str]) -> dt.date | None:
    for name in names:
        if found := DAY.fullmatch(name):
            return _day(*map(int, reversed(found.groups())))
        if ISO_DAY.fullmatch(name):
            return day_in(name)
    return None


def day_in(text: str) -> dt.date | None:
    """Find a date such as 2025-04-14 in a text, for instance in the name of a file."""
    found = ISO_DAY.search(text)
    return _day(*map(int, found[0].split("-"))) if found else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
