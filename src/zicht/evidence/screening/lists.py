"""Versions of public lists: packed as they are stored, and made ready to be asked."""

import json
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from uuid import UUID

from zicht.evidence.models import SanctionsList
from zicht.evidence.screening import kept_index
from zicht.evidence.screening.kept_index import KeptEntries, as_row, from_row
from zicht.linkage.screening import ListIndex, Screener
from zicht.reading.lists.entries import Entry

READY = 8  # versions that a process keeps ready


def pack(entries: Iterable[Entry]) -> bytes:
    """Pack entries for storing."""
    rows = [as_row(one) for one in entries]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(content: bytes) -> tuple[Entry, ...]:
    """Give the entries back."""
    return tuple(map(from_row, json.loads(zlib.decompress(content))))


class ReadyList:
    """A version whose entries can be asked for names."""

    def __init__(self, entries: Sequence[Entry], index: ListIndex | None = None) -> None:
        self.entries = entries
        self._index = index

    @cached_property
    def by_key(self) -> dict[str, int]:
        """Give the place of each entry by its key."""
        entries = self.entries
        keys = entries.keys if isinstance(entries, KeptEntries) else [entry.key for entry in entries]
        return {key: place for place, key in enumerate(keys)}

    @cached_property
    def screener(self) -> Screener:
        """Make the index of names only when a name is asked: a page of candidates needs the entries and no index."""
        return Screener(self.entries, self._index)

    def entry(self, key: str) -> Entry | None:
        """Give an entry by its key; None where the version has none."""
        place = self.by_key.get(key)
        return None if place is None else self.entries[place]


@lru_cache(maxsize=READY)
def ready(version_id: UUID) -> ReadyList:
    """Give a version ready to be asked; a version never changes, so its identifier is all that it depends on."""
    kept = kept_index.load(version_id)
    if kept is not None:
        return ReadyList(*kept)
    content = SanctionsList.objects.values_list("content", flat=True).get(pk=version_id)
    entries = unpack(bytes(content))
    return ReadyList(entries, kept_index.keep(version_id, entries))


def current_versions() -> list[SanctionsList]:
    """Give the newest version of every list, without what is on it."""
    newest: dict[str, SanctionsList] = {}
    for version in SanctionsList.objects.defer("content").order_by("which", "number"):
        newest[version.which] = version
    return list(newest.values())
