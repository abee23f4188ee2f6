"""Add lines to the access log, one behind the other."""

import re
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from zicht import words
from zicht.people.log import chain, stored
from zicht.people.log.chain import Broken, End, Line, Link, LogError
from zicht.people.models import AccessLine, Account, Organisation

# Number of the lock on PostgreSQL, the same in every version of the program: two versions may run during an update.
TURN: Final = int.from_bytes(b"zichtlog")
# A UUID, or a short code such as NL-0363: no name, number of a document or telephone, or word of a search fits in.
SUBJECT_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{1,4}-[0-9]{1,7}")

# What the installation itself does for an organisation and in nobody's name: at the end of a term, or after a change.
OF_THE_DAILY_TASK: Final = frozenset({"erased", "key_destroyed", "notified", "screened"})


class WrongLine(LogError, ValueError):
    """Report a line that may not be written; names the field and never repeats the value."""


class NotWritten(LogError):
    """Report that the database took a line and did not keep it: what the line tells of must not go on."""

    def __init__(self) -> None:
        super().__init__("The access log did not keep the line that was written to it. Run: zicht verify-log")


def append(
    account: Account | None,
    verb: str,
    subject: str,
    subject_id: str | UUID = "",
    *,
    purpose: str,
    compartment: str = "",
    org: Organisation | None = None,
) -> AccessLine:
    """Add one line: who did what to which record, behind which wall, and why.

    `org` is the organisation whose record it is; without it, that of the account. Without an account there are only a
    failed sign-in on a word that is nobody's, and what the installation itself did every day.
    Raises WrongLine for anything that is no term, no entity or no identifier, NotWritten when the line is not there
    afterwards.
    """
    owner = org.pk if org else account.org_id if account else None
    line = AccessLine(
        at=timezone.now().replace(microsecond=0),
        account=account,
        org_id=owner,
        compartment=compartment,
        verb=verb,
        subject=subject,
        subject_id=str(subject_id),
        purpose=purpose,
    )
    _refuse_if_wrong(line)
    # Without a savepoint: a line that cannot be written takes along the transaction that it tells of.
    with transaction.atomic(savepoint=False):
        take_turn()
        _chain(line, stored.last_end())
        line.save(force_insert=True)
        _refuse_unless_written(line)
    return line


def _refuse_if_wrong(line: AccessLine) -> None:
    if line.subject not in words.vocabulary().entities:
        raise WrongLine("subject: must be the name of an entity of the vocabulary.")
    if line.subject_id and not SUBJECT_ID.fullmatch(line.subject_id):
        raise WrongLine("subject_id: must be a UUID or a short code such as NL-0363.")
    is_of_the_house = line.verb in OF_THE_DAILY_TASK and line.org_id is not None
    if line.account_id is None and line.verb != "sign_in_failed" and not is_of_the_house:
        raise WrongLine(
            "account: only a failed sign-in, or what the installation itself does, may be without an account."
        )
    for name in ("verb", "purpose", "compartment"):
        if words.check_value("access_line", name, getattr(line, name)):
            raise WrongLine(f"{name}: must be a term of the vocabulary.")


def take_turn() -> None:
    """Wait for every other writer; on SQLite the transaction, which begins IMMEDIATE, has done so already.

    On PostgreSQL the last line must be read by a statement after this one: at READ COMMITTED each statement sees what
    was committed before it began. In a stricter transaction the unique number refuses a second line, so nothing forks.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _chain(line: AccessLine, end: End) -> None:
    line.sequence = end.sequence + 1
    line.previous_hash = end.line_hash
    line.line_hash = chain.link(end.line_hash, _line(line))


def _refuse_unless_written(line: AccessLine) -> None:
    """Read the line back: a trigger or a rule can swallow or alter it without an error, even report it as inserted."""
    try:
        written = next(stored.links(line.sequence - 1, line.sequence), None)
    except Broken as broken:
        raise NotWritten from broken
    if written != Link(_line(line), line.previous_hash, line.line_hash):
        raise NotWritten


def _line(line: AccessLine) -> Line:
    return Line(
        sequence=line.sequence,
        at=line.at,
        account_id=str(line.account_id or ""),
        org_id=str(line.org_id or ""),
        compartment=line.compartment,
        verb=line.verb,
        subject=line.subject,
        subject_id=line.subject_id,
        purpose=line.purpose,
    )
