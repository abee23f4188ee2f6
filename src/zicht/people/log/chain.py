"""Chain the lines of the access log by hashes, so that a line that was changed, removed or slipped in shows.

Nothing here knows a database: lines go in, hashes come out. The byte form is part of what is promised to whoever keeps
a hash on paper, so it never changes; another form gets another name in FORMAT.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

FORMAT = "zicht access line 1"
NO_HASH = "0" * 64  # hex digits of SHA-256; stands before the first line


class LogError(Exception):
    """Stand above every error of the access log; the sentence says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what one line says: who (account) did what (verb) to which record, behind which wall, and why.

    `at` must know its time zone. A text is empty where the line has no account, organisation, compartment or record.
    """

    sequence: int
    at: dt.datetime
    account_id: str
    org_id: str
    compartment: str
    verb: str
    subject: str
    subject_id: str
    purpose: str

    def canonical(self) -> bytes:
        """Give the one byte form of this line: its format and its fields in fixed order, each as a netstring.

        A netstring is `length:bytes,` (D. J. Bernstein, 1997). Each length stands before its text, so no text can pose
        as the border between two fields: two different lines never give the same bytes.
        Raises ValueError when `at` does not know its time zone.
        """
        return b"".join(map(netstring, (FORMAT, str(self.sequence), moment(self.at), *self._texts())))

    def _texts(self) -> tuple[str, ...]:
        return (self.account_id, self.org_id, self.compartment, self.verb, self.subject, self.subject_id, self.purpose)


@dataclass(frozen=True, slots=True)
class End:
    """Name a place in the chain: a line and its hash."""

    sequence: int
    line_hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.line_hash}"


START = End(0, NO_HASH)


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a line as it was stored, with the two hashes that were stored beside it."""

    line: Line
    previous_hash: str
    line_hash: str

    @property
    def end(self) -> End:
        """Give the place in the chain behind this line."""
        return End(self.line.sequence, self.line_hash)


class Fault(StrEnum):
    """Name in which way a stored line does not fit the chain."""

    CHANGED = "changed"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    ORDER = "order"
    WRONG_START = "wrong_start"
    REPLACED = "replaced"


SENTENCES = {
    Fault.CHANGED: "Line {n} was changed: its content does not give the hash that stands beside it.",
    Fault.UNREADABLE: "Line {n} was changed: it holds a value that no line can hold.",
    Fault.MISSING: "Line {n} is missing.",
    Fault.ORDER: "Line {n} stands in the wrong place.",
    Fault.WRONG_START: "Line {n} is not the line that came next after the start of the log.",
    Fault.REPLACED: "Line {n} does not follow the line before it: one of the two was rewritten.",
}


class Broken(LogError):
    """Report the first place where a chain breaks."""

    def __init__(self, sequence: int, fault: Fault) -> None:
        super().__init__(SENTENCES[fault].format(n=sequence))
        self.sequence = sequence
        self.fault = fault


def netstring(text: str) -> bytes:
    """Give `length:bytes,` of a text in UTF-8."""
    data = text.encode()
    return b"%d:%s," % (len(data), data)


def moment(at: dt.datetime) -> str:
    """Write a moment in UTC to the microsecond, so that no part of a stored time can change unseen."""
    if at.tzinfo is None:
        raise ValueError("a moment in the access log must know its time zone")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def link(previous_hash: str, line: Line) -> str:
    """Give the hash of a line: SHA-256 over the hash before it and its canonical form, as 64 hex digits."""
    return hashlib.sha256(netstring(previous_hash) + line.canonical()).hexdigest()


def check(links: Iterable[Link], start: End = START) -> Iterator[Link]:
    """Give every line that follows soundly from `start`, one at a time; raise Broken at the first that does not."""
    end = start
    for stored in links:
        _refuse_unless_next(stored, end, start)
        yield stored
        end = stored.end


def _refuse_unless_next(stored: Link, end: End, start: End) -> None:
    if stored.line.sequence > end.sequence + 1:
        raise Broken(end.sequence + 1, Fault.MISSING)
    if stored.line.sequence <= end.sequence:
        raise Broken(stored.line.sequence, Fault.ORDER)
    fits = link(end.line_hash, stored.line) == stored.line_hash
    follows = stored.previous_hash == end.line_hash
    if fits and follows:
        return
    if fits or follows:  # only one of the two hashes is off, so it was this line that somebody touched
        raise Broken(stored.line.sequence, Fault.CHANGED)
    raise Broken(stored.line.sequence, Fault.WRONG_START if end == start else Fault.REPLACED)
