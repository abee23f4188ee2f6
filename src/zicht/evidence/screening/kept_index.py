"""Keep the index of a long list in a file, since making one for 100,000 entries takes half a minute.

The file holds what a public list says and nothing of an organisation. It is made when a list comes in, or when it is
missing and a name is asked; it can be deleted at any time. Entries stand in it one by one, so that only those that are
shown are read.
"""

import json
import os
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, overload
from uuid import UUID
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from django.conf import settings

from zicht.linkage.index import NameIndex, Places
from zicht.linkage.screening import ListIndex
from zicht.reading.lists.entries import Entry, ListedName

SHORT = 2_000  # entries of a list that is ready in less than a second without a file
FORM = 1  # raised when the rules of names or the form of the file change
FOLDER = "screening"  # in the folder of the data


class KeptEntries(Sequence[Entry]):
    """The entries of a list, each read from the file when it is asked."""

    def __init__(self, told: bytes, ends: Places, keys: Sequence[str]) -> None:
        self._told, self._ends, self.keys = told, ends, keys

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        """Read one entry, or some."""
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        if not 0 <= place < len(self):
            raise IndexError(place)
        start = self._ends[place - 1] if place else 0
        return from_row(json.loads(self._told[start : self._ends[place]]))


def as_row(entry: Entry) -> list[Any]:
    """Give an entry as a row of JSON."""
    names = [(name.text, name.quality) for name in entry.names]
    return [entry.key, entry.kind, names, entry.imo, entry.programmes, entry.countries, entry.listed_on]


def from_row(row: list[Any]) -> Entry:
    """Give the entry back."""
    key, kind, names, imo, programmes, countries, listed_on = row
    listed = tuple(ListedName(*name) for name in names)
    return Entry(key, kind, listed, imo, tuple(programmes), tuple(countries), listed_on)


def keep(version_id: UUID, entries: Sequence[Entry]) -> ListIndex | None:
    """Make the index of a long list and keep it; None for a short one, which needs none."""
    if len(entries) <= SHORT:
        return None
    index = ListIndex.of(entries)
    rows = [json.dumps(as_row(entry), ensure_ascii=False).encode() for entry in entries]
    file = _file(version_id)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = file.with_name(f"{file.name}.{os.getpid()}.half")
    with half.open("wb") as out:
        np.savez(
            out,
            rows=_letters(b"".join(rows)),
            row_ends=np.array(list(accumulate(map(len, rows))), np.int32),
            keys=_letters(json.dumps([entry.key for entry in entries]).encode()),
            owners=index.owners,
            ships=_letters(json.dumps(index.ships).encode()),
            known=_letters(json.dumps(index.names.known).encode()),
            ends=index.names.ends,
            places=index.names.places,
            counts=index.names.counts,
        )
    half.replace(file)  # whoever reads it meanwhile sees all of it or nothing
    return index


def load(version_id: UUID) -> tuple[KeptEntries, ListIndex] | None:
    """Give the entries and the index of a version that are kept; None where there is no file, or a broken one."""
    try:
        with np.load(_file(version_id), allow_pickle=False) as told:
            entries = KeptEntries(told["rows"].tobytes(), told["row_ends"], _read(told["keys"]))
            names = NameIndex(_read(told["known"]), told["ends"], told["places"], told["counts"])
            return entries, ListIndex(names, told["owners"], _read(told["ships"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def forget_others(versions: Sequence[UUID]) -> None:
    """Delete the files of versions that are in use no longer."""
    kept = {_file(one) for one in versions}
    for file in set(_folder().glob("*.npz")) - kept:
        file.unlink(missing_ok=True)


def _letters(told: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(told, np.uint8)


def _read(letters: npt.NDArray[np.uint8]) -> Any:
    return json.loads(letters.tobytes())


def _folder() -> Path:
    return Path(settings.DATA_FOLDER) / FOLDER


def _file(version_id: UUID) -> Path:
    return _folder() / f"{version_id.hex}-{FORM}.npz"
