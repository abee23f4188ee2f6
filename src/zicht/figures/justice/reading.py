"""Read what a justice partner delivers: a CSV of counts by year, stage, split and category; nothing about a person.

`stage` is a code of the list outside_indicator, `split` is total or one of the columns of standard table F13, and
`category` a code of it, or unknown. Each year and stage needs its total; no split counts more people than that.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from zicht.figures.errors import NoRows, NoSuchFile, quote
from zicht.figures.justice.errors import (
    DeliveryTooLarge,
    MoreThanTotal,
    NotACount,
    NotAYear,
    NotDelivered,
    NoTotal,
    Twice,
    UnknownWord,
)
from zicht.figures.justice.splits import STAGES, TOTAL, UNKNOWN, codes_of_split, splits

COLUMNS = ("year", "stage", "split", "category", "count")
LARGEST = 1024 * 1024  # bytes; fifty years with every category have some 150 kB
FIRST_YEAR = 1990
MOST = 10**7  # persons of one stage in one year


@dataclass(frozen=True, slots=True)
class Count:
    """Hold one row of a delivery."""

    row: int
    year: int
    stage: str
    split: str
    category: str
    value: int


def read_delivery(path: Path) -> tuple[bytes, list[Count]]:
    """Read a whole file, or raise ImportRefused."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoSuchFile(name=quote(path.name)) from error
    if len(data) > LARGEST:
        raise DeliveryTooLarge(size=len(data) // LARGEST + 1)
    counts = list(_rows(data))
    if not counts:
        raise NoRows
    _refuse_what_does_not_fit(counts)
    return data, counts


def _rows(data: bytes) -> Iterator[Count]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotDelivered(columns=", ".join(COLUMNS)) from error
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    if tuple(name.strip().lower() for name in next(rows, [])) != COLUMNS:
        raise NotDelivered(columns=", ".join(COLUMNS))
    for number, values in enumerate(rows, start=2):
        if any(values):
            yield _count(number, [value.strip() for value in values])


def _count(row: int, values: list[str]) -> Count:
    if len(values) != len(COLUMNS):
        raise NotDelivered(columns=", ".join(COLUMNS))
    year, stage, split, category, value = values
    if not (year.isdecimal() and FIRST_YEAR <= int(year[:9]) <= timezone.localdate().year):
        raise NotAYear(row=row, value=quote(year), first=FIRST_YEAR, last=timezone.localdate().year)
    _refuse_word(row, stage, STAGES)
    _refuse_word(row, split, [TOTAL, *splits()])
    _refuse_word(row, category, [TOTAL] if split == TOTAL else [*codes_of_split(split), UNKNOWN])
    if not (value.isdecimal() and int(value[:9]) <= MOST):
        raise NotACount(row=row, value=quote(value))
    return Count(row, int(year), stage, split, category, int(value))


def _refuse_word(row: int, word: str, known: "list[str] | tuple[str, ...]") -> None:
    if word not in known:
        raise UnknownWord(row=row, value=quote(word), known=", ".join(known))


def _refuse_what_does_not_fit(counts: list[Count]) -> None:
    """Refuse a number that is given twice, a stage without a total, and a split that counts more than its total."""
    totals: dict[tuple[int, str], int] = {}
    sums: dict[tuple[int, str, str], int] = defaultdict(int)
    seen: set[tuple[int, str, str, str]] = set()
    for one in counts:
        name = (one.year, one.stage, one.split, one.category)
        if name in seen:
            raise Twice(row=one.row)
        seen.add(name)
        if one.split == TOTAL:
            totals[one.year, one.stage] = one.value
        else:
            sums[one.year, one.stage, one.split] += one.value
    for (year, stage, split), value in sums.items():
        if (year, stage) not in totals:
            raise NoTotal(year=year, stage=stage)
        if value > totals[year, stage]:
            raise MoreThanTotal(year=year, stage=stage, split=split, found=value, total=totals[year, stage])
