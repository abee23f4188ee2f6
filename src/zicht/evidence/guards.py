"""Guard what was recorded as evidence with triggers on both databases: a row is added, never changed, never deleted.

What is withdrawn becomes unreadable because its key is destroyed, and not because a row goes. A migration that alters
one of these tables on SQLite builds it anew and so loses its triggers: such a migration starts with `take_down` and
ends with `put_up`.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

STAYS = "what was recorded as evidence is append-only: nothing in it is changed"
NEVER = "FALSE"
# Table without its prefix -> column of the identifier; whoever empties them goes from the first to the last.
TABLES = {
    "releasesource": "entry_id",
    "release": "release_id",
    "rightofreply": "reply_id",
    "claimpart": "part_id",
    "suggestiondecision": "decision_id",
    "curation": "curation_id",
    "assessment": "assessment_id",
    "attribution": "attribution_id",
    "statementanchor": "entry_id",
    "mention": "mention_id",
    "actorjudgement": "judgement_id",
    "sourcerelation": "relation_id",
    "derivation": "derivation_id",
    "statement": "statement_id",
    "anchor": "anchor_id",
    "suggestion": "suggestion_id",
    "textversion": "text_id",
    "custodyline": "line_id",
    "sourcewithdrawal": "withdrawal_id",
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def table_of(name: str) -> str:
    """Give the whole name of a table."""
    return f"evidence_{name}"


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [guard for name, key in TABLES.items() for guard in guards_of(connection, name, key)]


def guards_of(connection: BaseDatabaseWrapper, name: str, key: str) -> Iterator[Guard]:
    """Give the guards of one table, by which it is append-only."""
    table = table_of(name)
    # The rule of an INSERT is needed on SQLite only: INSERT OR REPLACE removes a row with the same identifier or hidden
    # number without asking the guard against DELETE.
    is_new = f"NOT EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR rowid = NEW.rowid)"  # noqa: S608 - constants
    is_empty = f"NOT EXISTS (SELECT 1 FROM {table})"  # noqa: S608 - a constant
    rules = {"UPDATE": NEVER, "DELETE": NEVER}
    if connection.vendor == "sqlite":
        rules["INSERT"] = is_new
    else:
        # An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
        rules["TRUNCATE"] = is_empty
    for event, rule in rules.items():
        yield Guard(f"zicht_evidence_{name}_{event.lower()}", table, event, rule, STAYS)
