"""The chain of custody of a source: each line holds a hash of itself and of the line before."""

import hashlib
from collections.abc import Iterable

from django.utils import timezone

from zicht.evidence.models import CustodyLine, Source
from zicht.people.models import Account

START = "0" * 64


def add_line(source: Source, step: str, by: Account | None, *, sha256: str = "", about: Account | None = None) -> None:
    """Add a line; the caller has locked the row of the source, so that the numbers run on without a gap."""
    last = source.custody.order_by("-number").first()
    line = CustodyLine(source=source, number=(last.number if last else 0) + 1, step=step, by=by, about=about)
    line.happened_at, line.sha256 = timezone.now(), sha256 or source.sha256
    line.line_hash = hash_of(line, last.line_hash if last else START)
    line.save(force_insert=True)


def hash_of(line: CustodyLine, before: str) -> str:
    """Give the SHA-256 of a line and the hash before it."""
    told = (before, line.source_id, line.number, line.step, line.happened_at.isoformat(), line.by_id, line.about_id)
    return hashlib.sha256("|".join(map(str, (*told, line.sha256))).encode()).hexdigest()


def is_whole(lines: Iterable[CustodyLine]) -> bool:
    """Tell whether no line is missing, changed or moved; the lines come in order."""
    before = START
    for number, line in enumerate(lines, start=1):
        before = hash_of(line, before)
        if line.number != number or line.line_hash != before:
            return False
    return True
