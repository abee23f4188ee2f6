"""The only place of this room that writes: importing an edition of outside figures, all of it or nothing."""

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass
from io import BufferedReader
from operator import attrgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from zicht.figures import limits, queries
from zicht.figures.cells import CELL_FIELDS, Cell
from zicht.figures.errors import AlreadyImported, DateAhead, FewerRows, ImportBusy, OlderEdition, PartOfFile
from zicht.figures.glotip import CITATION, SOURCE_CODE, Reading, Tell, read_stream, tell_nobody
from zicht.figures.models import OutsideCell, OutsideEdition
from zicht.figures.tables import open_file

BATCH = 2_000  # cells written by one call
CELL_COLUMNS = ("cell_id", "edition_id", *CELL_FIELDS)
values_of = attrgetter(*CELL_FIELDS)
MOST_WAITING = 5_000  # milliseconds
# Any number will do, as long as no other room takes the same advisory lock in PostgreSQL.
IMPORT_LOCK = 7_103_001
SHIPPED_FILE = Path(__file__).parent / "data" / "glotip_netherlands_totals.csv"
SHIPPED_DATED = dt.date(2025, 4, 14)


@dataclass(frozen=True, slots=True)
class Imported:
    """Say what was imported, and which places were left out because they have no country code."""

    edition: OutsideEdition
    countries: int
    first_year: int
    last_year: int
    censored: int
    left_out: Counter[str]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Say which steps back somebody asked for by name."""

    fewer_rows: bool = False
    older: bool = False


def import_glotip(
    path: Path, *, dated: dt.date | None = None, allowed: Allowed = Allowed(), tell: Tell = tell_nobody
) -> Imported:
    """Read UNODC's file and make it the edition in use; raises ImportRefused and then has changed nothing.

    The whole file is read before the database is touched, so that others can write meanwhile. Cells of the edition
    before it go in the same transaction: the file is public and can be had again, and two editions side by side would
    invite adding them up. What stays of it is its line: which file it was, of which date, and when it was read.
    """
    with open_file(path) as file:
        file_hash = _hash(file)
        reading = read_stream(file, path.name, tell)
    edition = _edition(reading, dated or reading.dated, file_hash)
    _wait_shortly()
    try:
        with transaction.atomic():
            _lock()
            _refuse_step_back(edition, allowed)
            _refuse_part(reading.cells, allowed)
            _replace(edition, reading.cells)
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise ImportBusy from error
    return _imported(edition, reading)


def import_shipped_totals() -> OutsideEdition:
    """Import the Dutch totals that come with Zicht, unless there are figures already."""
    return queries.edition_in_use() or import_glotip(SHIPPED_FILE, dated=SHIPPED_DATED).edition


def _imported(edition: OutsideEdition, reading: Reading) -> Imported:
    years = {cell.year for cell in reading.cells}
    masked = sum(cell.below is not None for cell in reading.cells)
    return Imported(edition, _count_countries(reading.cells), min(years), max(years), masked, reading.left_out)


def _count_countries(cells: list[Cell]) -> int:
    return len({cell.country for cell in cells})


def _hash(file: BufferedReader) -> str:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _edition(reading: Reading, dated: dt.date | None, file_hash: str) -> OutsideEdition:
    if dated and dated > timezone.localdate():
        raise DateAhead(dated=date_format(dated))
    return OutsideEdition(
        source_code=SOURCE_CODE,
        dated=dated,
        file_hash=file_hash,
        rows=len(reading.cells),
        imported_at=timezone.now(),
        citation=CITATION,
    )


def _wait_shortly() -> None:
    """Wait less long for SQLite's one writer than a page does: behind another import it would mostly be in vain."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {MOST_WAITING}")


def _lock() -> None:
    """Let one import write at a time. SQLite has locked the whole file already: the transaction began as IMMEDIATE."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportBusy


def _refuse_step_back(edition: OutsideEdition, allowed: Allowed) -> None:
    in_use = queries.edition_in_use()
    if in_use is None:
        return
    if in_use.file_hash == edition.file_hash and (in_use.dated or not edition.dated):
        raise AlreadyImported(day=date_format(timezone.localdate(in_use.imported_at)))
    if edition.dated and in_use.dated and edition.dated < in_use.dated and not allowed.older:
        raise OlderEdition(dated=date_format(edition.dated), dated_in_use=date_format(in_use.dated))
    if edition.rows < in_use.rows and not allowed.fewer_rows:
        raise FewerRows(rows=edition.rows, rows_in_use=in_use.rows)


def _refuse_part(cells: list[Cell], allowed: Allowed) -> None:
    """Raise PartOfFile for what may be half a file: where nothing is in use there are no rows to compare it with."""
    countries = _count_countries(cells)
    if countries > 1 and len(cells) < limits.FEWEST_ROWS and not allowed.fewer_rows:
        raise PartOfFile(rows=len(cells), countries=countries, fewest=limits.FEWEST_ROWS)


def _replace(edition: OutsideEdition, cells: list[Cell]) -> None:
    OutsideCell.objects.all().delete()
    edition.save(force_insert=True)
    with connection.cursor() as cursor:
        for start in range(0, len(cells), BATCH):
            cursor.executemany(_insert(), _rows(edition, cells[start : start + BATCH]))


def _insert() -> str:
    """Give the statement that adds a cell.

    Cells go past the model, which would check each word of each row anew and take four times as long: the reader has
    looked up every word in the vocabulary already, and the constraints of the table hold here too.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in CELL_COLUMNS)
    marks = ", ".join(["%s"] * len(CELL_COLUMNS))
    table = quote(OutsideCell._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  only names of our own


def _rows(edition: OutsideEdition, cells: list[Cell]) -> list[tuple[Any, ...]]:
    identifier = OutsideCell._meta.pk
    edition_id = identifier.get_db_prep_value(edition.edition_id, connection)
    return [(identifier.get_db_prep_value(uuid4(), connection), edition_id, *values_of(cell)) for cell in cells]
