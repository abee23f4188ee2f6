"""Versions of public lists: packed as they are stored, and made ready to be asked."""

import json
import zlib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from uuid import UUID

from zicht.evidence.models import SanctionsList
from zicht.linkage.screening import Screener
from zicht.reading.lists.entries import Entry, ListedName

READY = 8  # versions that a process keeps ready; one of 100,000 entries takes about 300 MB


def pack(entries: Iterable[Entry]) -> bytes:
    """Pack entries for storing."""
    rows = [[one.key, one.kind, _names(one), one.imo, one.programmes, one.countries, one.listed_on] for one in entries]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def _names(entry: Entry) -> list[tuple[str, str]]:
    return [(name.text, name.quality) for name in entry.names]


def unpack(content: bytes) -> tuple[Entry, ...]:
    """Give the entries back."""
    return tuple(
        Entry(
            key, kind, tuple(ListedName(*name) for name in names), imo, tuple(programmes), tuple(countries), listed_on
        )
        for key, kind, names, imo, programmes, countries, listed_on in json.loads(zlib.decompress(content))
    )


class ReadyList:
    """A version whose entries can be asked for names."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.by_key = {entry.key: entry for entry in entries}

    @cached_property
    def screener(self) -> Screener:
        """Make the index of names only when a name is asked: a page of candidates needs the entries and no index."""
        return Screener(self.entries)


@lru_cache(maxsize=READY)
def ready(version_id: UUID) -> ReadyList:
    """Give a version ready to be asked; a version never changes, so its identifier is all that it depends on."""
    content = SanctionsList.objects.values_list("content", flat=True).get(pk=version_id)
    return ReadyList(unpack(bytes(content)))


def current_versions() -> list[SanctionsList]:
    """Give the newest version of every list, without what is on it."""
    newest: dict[str, SanctionsList] = {}
    for version in SanctionsList.objects.defer("content").order_by("which", "number"):
        newest[version.which] = version
    return list(newest.values())
