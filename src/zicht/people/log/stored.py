"""Read the access log from the database as the chain and its seals, in batches of bounded size."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from zicht.people.log.chain import START, Broken, End, Fault, Line, Link
from zicht.people.log.seals import Kind, Seal
from zicht.people.models import AccessLine, LogCheckpoint, LogPruning

BATCH = 5_000  # lines in memory at a time: about 10 MB
LOWEST = -(2**63)  # the smallest number both databases hold: a check also sees lines that stand before the start
COLUMNS = (
    "sequence",
    "at",
    "account_id",
    "org_id",
    "compartment",
    "verb",
    "subject",
    "subject_id",
    "purpose",
    "previous_hash",
    "line_hash",
)
# SQLite keeps moments and UUIDs as text, and several spellings of one value read alike: "+" gives what is there.
SPELT = ("at", "account_id", "org_id")
HIGHEST = 2**63 - 1
# What reading a row raises for a value that this program cannot have written (SQLite stores anything).
UNREADABLE = (ValueError, TypeError, AttributeError)


def links(after: int = LOWEST, through: int | None = None) -> Iterator[Link]:
    """Give the stored lines in the order of their numbers; raise Broken at one that cannot be read.

    Batches by number instead of one long cursor: on SQLite no writer has to wait for a check of the whole log.
    """
    size = BATCH
    while True:
        try:
            batch = _batch(after, through, size)
        except UNREADABLE as error:
            if size == 1:
                raise Broken(_next_number(after), Fault.UNREADABLE) from error
            size = 1  # find out which line of the batch it is
            continue
        if not batch:
            return
        yield from batch
        after = batch[-1].line.sequence


def prunings() -> list[tuple[End, dt.datetime]]:
    """Give every pruning, the oldest first: up to which line with which hash, and when."""
    rows = LogPruning.objects.order_by("through_sequence").select_related("checkpoint")
    return [(_end(row.through_sequence, row.checkpoint.line_hash), row.pruned_at) for row in rows]


def pruned_end() -> End:
    """Give the place up to which lines were removed: there the chain starts."""
    done = prunings()
    return done[-1][0] if done else START


def last_end() -> End:
    """Give the place behind the newest line."""
    newest = AccessLine.objects.order_by("-sequence").values_list("sequence", "line_hash").first()
    return End(*newest) if newest else pruned_end()


def checkpoints() -> Iterator[Seal]:
    """Give the seals of all checkpoints in the order of their lines."""
    for checkpoint in LogCheckpoint.objects.order_by("through_sequence").iterator(chunk_size=BATCH):
        yield seal_of(checkpoint)


def newest_checkpoints(count: int) -> list[LogCheckpoint]:
    """Give the checkpoints of the highest lines, the highest first."""
    return list(LogCheckpoint.objects.order_by("-through_sequence")[:count])


def seal_of(checkpoint: LogCheckpoint) -> Seal:
    """Give the statement that a checkpoint holds."""
    end = _end(checkpoint.through_sequence, checkpoint.line_hash)
    signed = (checkpoint.signed_at.astimezone(dt.UTC), checkpoint.key_id, checkpoint.signature)
    return Seal(Kind.CHECKPOINT, end.sequence, end.line_hash, *signed)


def _batch(after: int, through: int | None, size: int) -> list[Link]:
    # In SQL: each line is read back when it is written, and building the query took longer than asking it.
    is_spelt = connection.vendor == "sqlite"
    columns = ", ".join(f"+{name}" if is_spelt and name in SPELT else name for name in COLUMNS)
    table = connection.ops.quote_name(AccessLine._meta.db_table)
    read = f"SELECT {columns} FROM {table} WHERE sequence > %s AND sequence <= %s ORDER BY sequence LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(read, [after, HIGHEST if through is None else through, size])
        rows = cursor.fetchall()
    return [_link(*(_unspell(*row) if is_spelt else row)) for row in rows]


def _unspell(sequence: Any, at: Any, account: Any, org: Any, *texts: Any) -> tuple[Any, ...]:
    """Give the values of a row; another spelling of one gives the same hash, but no query would find that line."""
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    keys = [None if key is None else UUID(key) for key in (account, org)]
    if (at, account, org) != (connection.ops.adapt_datetimefield_value(moment), *(key and key.hex for key in keys)):
        raise ValueError("a moment or a UUID is not spelt as this program writes it")
    return sequence, moment, *keys, *texts


def _next_number(after: int) -> int:
    return AccessLine.objects.filter(sequence__gt=after).order_by("sequence").values_list("sequence", flat=True)[0]


def _end(sequence: int, line_hash: str) -> End:
    if type(sequence) is not int or not isinstance(line_hash, str):
        raise TypeError("a column holds another type than this program writes")
    return End(sequence, line_hash)


def _link(sequence: int, at: dt.datetime, account: UUID | None, org: UUID | None, *texts: str) -> Link:
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a column holds another type than this program writes")
    names = ("compartment", "verb", "subject", "subject_id", "purpose", "previous_hash", "line_hash")
    named = dict(zip(names, texts, strict=True))
    end = _end(sequence, named.pop("line_hash"))
    previous_hash = named.pop("previous_hash")
    line = Line(end.sequence, at.astimezone(dt.UTC), str(account or ""), str(org or ""), **named)
    return Link(line, previous_hash, end.line_hash)
