"""Tell which list a file is from what stands in it, and read it whole or not at all."""

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from zicht.reading.lists import bounds, ftm, ofac, un
from zicht.reading.lists.entries import Entry, Form, ReadList
from zicht.reading.lists.errors import EmptyList, ListTooLarge, NoSuchList, TooManyEntries, UnknownList
from zicht.reading.tables import COMMAS_IN_UTF_8, MEGABYTE, NoColumns, WrongFileType, read_table, read_tables

BOM, END_OF_FILE = b"\xef\xbb\xbf", b"\x1a"  # OFAC's CSV ends as files of MS-DOS did
Rows: TypeAlias = Iterator[tuple[int, list[str]]]
# Which columns tell a CSV, what it is then, and what reads it.
TABLES: tuple[tuple[frozenset[str], Form, Callable[[tuple[str, ...], Rows], Iterator[Entry]]], ...] = (
    (ofac.NEEDED, "ofac_csv", ofac.entries),
    (un.NEEDED, "un_csv", un.entries),
    (ftm.NEEDED, "opensanctions_csv", ftm.entries_of_csv),
)


def read_bytes(path: Path) -> bytes:
    """Give the content of a file of a size that can be read; raises NoSuchList and ListTooLarge."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NoSuchList(name=path.name)
        if size > bounds.MOST_ON_DISK:
            raise ListTooLarge(size=size // MEGABYTE, most=bounds.MOST_ON_DISK // MEGABYTE)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NoSuchList(name=path.name) from error


def read_list(content: bytes) -> ReadList:
    """Read a list, whatever its form.

    Raises ListError, and TableError for a CSV whose rows are wrong.
    """
    content = content.removeprefix(BOM).rstrip(END_OF_FILE)
    start = content[:200].lstrip()
    if start.startswith(b"<"):
        return _read_xml(content, start)
    if start.startswith((b"{", b"[")):
        return _collect("ftm_json", ftm.entries_of_json(content))
    return _read_csv(content)


def _read_xml(content: bytes, start: bytes) -> ReadList:
    if un.ROOT.encode() not in content[:2000] and b"<!DOCTYPE" not in start:
        raise UnknownList
    reader = un.XmlList()
    found = _collect("un_xml", reader.read(content))
    return ReadList(found.form, found.entries, reader.dated, found.left_out)


def _read_csv(content: bytes) -> ReadList:
    limits = bounds.of_a_table()
    try:
        first = next(next(read_tables(BytesIO(content), limits, COMMAS_IN_UTF_8)), (0, []))[1]
        if ofac.is_row(first):
            rows = next(read_tables(BytesIO(content), limits, COMMAS_IN_UTF_8))
            return _collect("ofac_csv", ofac.entries(ofac.COLUMNS, rows))
        columns = {value.strip().lower() for value in first}
        for needed, form, read in TABLES:
            if needed <= columns:
                table = read_table(BytesIO(content), limits, COMMAS_IN_UTF_8, needed.__contains__)
                return _collect(form, read(table.columns, table.rows))
    except (WrongFileType, NoColumns) as error:
        raise UnknownList from error
    raise UnknownList


def _collect(form: Form, entries: Iterator[Entry]) -> ReadList:
    found = list(islice(entries, bounds.MOST_ENTRIES + 1))
    if len(found) > bounds.MOST_ENTRIES:
        raise TooManyEntries(most=bounds.MOST_ENTRIES)
    named = {entry.key: entry for entry in found if entry.key and entry.names}
    if not named:
        raise EmptyList
    return ReadList(form, tuple(named.values()), left_out=len(found) - len(named))
