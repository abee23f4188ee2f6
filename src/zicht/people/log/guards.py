"""Guard the tables of the access log with triggers, so that no mistake and no single injected statement rewrites them.

- A line is never changed, removed only up to the last pruning, and added only behind the last line with its hash.
- A checkpoint names a line that is there with that hash; a pruning goes exactly up to its checkpoint. Both stay.

A guard checks no signature: made-up records of a checkpoint and a pruning pass, and let lines go; `zicht verify-log`
notices that. Who may change the database itself can take the guards away; that shows in `zicht verify-log`, and the
seals in the chain show what was done behind their back. A migration that alters one of the three tables on SQLite
builds it anew and so loses its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import catalogue, guard_statements
from zicht.people.log.catalogue import Trigger
from zicht.people.log.guard_statements import Guard

TABLES = ("people_accessline", "people_logcheckpoint", "people_logpruning")
STAYS = "the access log is append-only: nothing in it is changed"
PRUNED_ONLY = "a line of the access log is only removed by a pruning up to a signed checkpoint"
COMES_NEXT = "a line of the access log must follow the last one: next number, hash of the line before"
NAMES_A_LINE = "a checkpoint must name a line that is in the access log, behind the last checkpoint"
TO_CHECKPOINT = "a pruning must go exactly up to its checkpoint, behind the last pruning"

# What must hold for a new record, in words that both databases understand.
NEXT_LINE = """
    NEW.sequence = 1 + COALESCE(
        (SELECT max(sequence) FROM people_accessline),
        (SELECT max(through_sequence) FROM people_logpruning), 0)
    AND NEW.previous_hash = COALESCE(
        (SELECT line_hash FROM people_accessline ORDER BY sequence DESC LIMIT 1),
        (SELECT c.line_hash FROM people_logpruning p JOIN people_logcheckpoint c ON c.checkpoint_id = p.checkpoint_id
            ORDER BY p.through_sequence DESC LIMIT 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
"""
NEXT_CHECKPOINT = """
    EXISTS (SELECT 1 FROM people_accessline WHERE sequence = NEW.through_sequence AND line_hash = NEW.line_hash)
    AND NEW.through_sequence > COALESCE((SELECT max(through_sequence) FROM people_logcheckpoint), 0)
    AND NOT EXISTS (SELECT 1 FROM people_logcheckpoint WHERE checkpoint_id = NEW.checkpoint_id)
"""
NEXT_PRUNING = """
    EXISTS (SELECT 1 FROM people_logcheckpoint
        WHERE checkpoint_id = NEW.checkpoint_id AND through_sequence = NEW.through_sequence)
    AND NEW.through_sequence > COALESCE((SELECT max(through_sequence) FROM people_logpruning), 0)
    AND NOT EXISTS (SELECT 1 FROM people_logpruning WHERE pruning_id = NEW.pruning_id)
"""
PRUNED = "OLD.sequence <= COALESCE((SELECT max(through_sequence) FROM people_logpruning), 0)"
NEVER = "FALSE"
# Table, kind of statement, what must hold for each record it touches, and what is said when it does not.
RULES = (
    ("people_accessline", "INSERT", NEXT_LINE, COMES_NEXT),
    ("people_accessline", "UPDATE", NEVER, STAYS),
    ("people_accessline", "DELETE", PRUNED, PRUNED_ONLY),
    ("people_logcheckpoint", "INSERT", NEXT_CHECKPOINT, NAMES_A_LINE),
    ("people_logcheckpoint", "UPDATE", NEVER, STAYS),
    ("people_logcheckpoint", "DELETE", NEVER, STAYS),
    ("people_logpruning", "INSERT", NEXT_PRUNING, TO_CHECKPOINT),
    ("people_logpruning", "UPDATE", NEVER, STAYS),
    ("people_logpruning", "DELETE", NEVER, STAYS),
)
# SQLite: INSERT OR REPLACE removes a record with the same hidden number without asking the guard against DELETE.
HIDDEN_NUMBER_IS_FREE = {
    "people_accessline": "NOT EXISTS (SELECT 1 FROM people_accessline WHERE rowid = NEW.rowid)",
    "people_logcheckpoint": "NOT EXISTS (SELECT 1 FROM people_logcheckpoint WHERE rowid = NEW.rowid)",
    "people_logpruning": "NOT EXISTS (SELECT 1 FROM people_logpruning WHERE rowid = NEW.rowid)",
}
# PostgreSQL: an empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
IS_EMPTY = {
    "people_accessline": "NOT EXISTS (SELECT 1 FROM people_accessline)",
    "people_logcheckpoint": "NOT EXISTS (SELECT 1 FROM people_logcheckpoint)",
    "people_logpruning": "NOT EXISTS (SELECT 1 FROM people_logpruning)",
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Give the names of guards that are gone, switched off or other than this program made them."""
    standing = {(trigger.table, trigger.name): trigger for trigger in catalogue.triggers(connection, TABLES)}
    search_path = guard_statements.search_path(connection)
    return sorted(
        guard.name
        for guard in _guards(connection)
        if standing.get((guard.table, guard.name)) != _expected(connection, guard, search_path)
    )


def foreign(connection: BaseDatabaseWrapper) -> list[str]:
    """Describe what else stands on the three tables and could swallow, alter or hide lines."""
    ours = {(guard.table, guard.name) for guard in _guards(connection)}
    others = [one for one in catalogue.triggers(connection, TABLES) if (one.table, one.name) not in ours]
    found = [f"trigger {trigger.name!r} on {trigger.table}" for trigger in others]
    return sorted([*found, *catalogue.other_ways(connection, TABLES)])


def name_of(table: str, event: str) -> str:
    """Give the name of the guard of a table against one kind of statement."""
    return f"zicht_log_{table.removeprefix('people_')}_{event.lower()}"


def _rules(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
    if connection.vendor == "sqlite":
        return [
            (table, event, f"{rule} AND {HIDDEN_NUMBER_IS_FREE[table]}" if event == "INSERT" else rule, sentence)
            for table, event, rule, sentence in RULES
        ]
    if connection.vendor == "postgresql":
        return [*RULES, *((table, "TRUNCATE", rule, STAYS) for table, rule in IS_EMPTY.items())]
    raise NotImplementedError("the access log is guarded on SQLite and PostgreSQL only")


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [Guard(name_of(table, event), table, event, rule, said) for table, event, rule, said in _rules(connection)]


def _expected(connection: BaseDatabaseWrapper, guard: Guard, search_path: str) -> Trigger:
    body = guard_statements.body(connection, guard)
    if connection.vendor == "sqlite":
        return Trigger(guard.table, guard.name, body)
    # 'A' means: fires always, also for a session that poses as a replica, where ordinary triggers are silent.
    function = (body, "plpgsql", False, [f"search_path={search_path}"])
    return Trigger(guard.table, guard.name, guard_statements.trigger_on(guard), "A", function)
