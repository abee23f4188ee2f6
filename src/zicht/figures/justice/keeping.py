"""Keep a delivery, and give the persons of a year as the tables count them."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from zicht.figures.bits import FIRST_MISSING, MISSING, Bits, Column
from zicht.figures.cells import TOTAL as WHOLE
from zicht.figures.errors import DateAhead
from zicht.figures.extract import Register
from zicht.figures.justice.errors import SourceNotNamed
from zicht.figures.justice.reading import Count, read_delivery
from zicht.figures.justice.splits import STAGE, STAGES, TOTAL, UNKNOWN, codes_of_split, splits
from zicht.figures.models import OutsideCell, OutsideEdition

SOURCE_CODE, COUNTRY = "JUSTICE", "NLD"
JUSTICE = "outside data"  # the universe of F13, as the standard tables call it
BATCH = 2_000
Counts = Mapping[str, Mapping[str, int]]  # by split and category


def import_delivery(path: Path, source: str, dated: dt.date | None = None) -> OutsideEdition:
    """Read a delivery and make it the one in use: all of it, in place of the one before. Raises ImportRefused."""
    if not source.strip():
        raise SourceNotNamed
    if dated and dated > timezone.localdate():
        raise DateAhead(dated=date_format(dated))
    data, counts = read_delivery(path)
    edition = OutsideEdition(
        source_code=SOURCE_CODE,
        dated=dated,
        file_hash=hashlib.sha256(data).hexdigest(),
        rows=len(counts),
        imported_at=timezone.now(),
        citation=source.strip(),
    )
    with transaction.atomic():
        OutsideCell.objects.filter(edition__source_code=SOURCE_CODE).delete()
        edition.save(force_insert=True)
        OutsideCell.objects.bulk_create([_cell(edition, one) for one in counts], BATCH)
    return edition


def _cell(edition: OutsideEdition, one: Count) -> OutsideCell:
    return OutsideCell(
        edition=edition,
        country=COUNTRY,
        indicator=one.stage,
        dimension=one.split,
        category=one.category,
        sex=WHOLE,
        age=WHOLE,
        year=one.year,
        value=one.value,
        row=one.row,
    )


def read_justice(year: int) -> Register:
    """Give the persons of a year, of whom nothing is known but stage and categories.

    Which category of one split goes with which of another was not delivered, and no table crosses them: any way to
    put them together gives the same tables.
    """
    edition = OutsideEdition.objects.filter(source_code=SOURCE_CODE).order_by("-imported_at").first()
    cells = OutsideCell.objects.filter(edition=edition, year=year).values_list(
        "indicator", "dimension", "category", "value"
    )
    told: dict[str, dict[str, dict[str, int]]] = {}
    for stage, split, category, value in cells if edition else ():
        told.setdefault(stage, {}).setdefault(split, {})[category] = value or 0
    numbers = [(stage, told[stage][TOTAL][TOTAL]) for stage in STAGES if stage in told]
    columns = {STAGE: _stages(numbers)}
    for split in splits():
        columns[split] = _column(split, [(told[stage].get(split, {}), number) for stage, number in numbers])
    persons = sum(number for _stage, number in numbers)
    return Register(year, persons, persons, columns, JUSTICE, source=_cite(edition))


def _cite(edition: OutsideEdition | None) -> str:
    if edition is None:
        return ""
    return f"{edition.citation}, {date_format(edition.dated)}" if edition.dated else edition.citation


def _stages(numbers: list[tuple[str, int]]) -> Column:
    bits = [np.full(number, 1 << place, np.uint64) for place, (_stage, number) in enumerate(numbers)]
    delivered = tuple(stage for stage, _number in numbers)
    return Column(delivered or STAGES, np.concatenate([np.zeros(0, np.uint64), *bits]))


def _column(split: str, stages: list[tuple[Mapping[str, int], int]]) -> Column:
    codes = codes_of_split(split)
    bits = [part for given, number in stages for part in _bits(codes, given, number)]
    return Column(codes, np.concatenate([np.zeros(0, np.uint64), *bits]))


def _bits(codes: tuple[str, ...], given: Mapping[str, int], number: int) -> Iterator[Bits]:
    """Give the persons of one stage category by category, and at last those of whom it is not known."""
    known = {code: value for code, value in given.items() if code != UNKNOWN}
    for code, value in known.items():
        yield np.full(value, 1 << codes.index(code), np.uint64)
    yield np.full(number - sum(known.values()), 1 << FIRST_MISSING + MISSING.index(UNKNOWN), np.uint64)
