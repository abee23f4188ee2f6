"""Guard versions of lists, screenings and verdicts with triggers on both databases: a row is added and stays."""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.evidence.guards import guards_of
from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

# Table without its prefix -> column of the identifier; whoever empties them goes from the first to the last.
TABLES = {
    "screeningverdict": "verdict_id",
    "screeningcandidate": "candidate_id",
    "screening": "screening_id",
    "sanctionslist": "version_id",
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [guard for name, key in TABLES.items() for guard in guards_of(connection, name, key)]
