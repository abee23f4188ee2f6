"""Guard the tables of the access log with triggers, so that no mistake and no single injected statement rewrites them.

- A line is never changed, removed only up to the last pruning, and added only behind the last line with its hash.
- A checkpoint names a line that is there with that hash; a pruning goes exactly up to its checkpoint. Both stay.

A guard checks no signature: made-up records of a checkpoint and a pruning pass, and let lines go; `zicht verify-log`
notices that. Who may change the database itself can take the guards away; that shows in `zicht verify-log`, and the
seals in the chain show what was done behind their back. A migration that alters one of the three tables on SQLite
builds it anew and so loses its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import catalogue
from zicht.people.log.catalogue import Trigger

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
    take_down(connection)
    with connection.cursor() as cursor:
        for table, event, rule, sentence in _rules(connection):
            body = _body(connection, table, event, rule, sentence)
            for statement in _statements(connection, table, event, body):
                cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    if connection.vendor == "postgresql":
        # It alters no table for which a check of foreign keys is still waiting.
        connection.check_constraints()
    with connection.cursor() as cursor:
        for table, event, _rule, _sentence in _rules(connection):
            name = name_of(table, event)
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")  # one with another function, too
                cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Give the names of guards that are gone, switched off or other than this program made them."""
    standing = {(trigger.table, trigger.name): trigger for trigger in catalogue.triggers(connection, TABLES)}
    search_path = _search_path(connection)
    lacking = []
    for table, event, rule, sentence in _rules(connection):
        body = _body(connection, table, event, rule, sentence)
        name = name_of(table, event)
        if standing.get((table, name)) != _expected(connection, table, event, body, search_path):
            lacking.append(name)
    return sorted(lacking)


def foreign(connection: BaseDatabaseWrapper) -> list[str]:
    """Describe what else stands on the three tables and could swallow, alter or hide lines."""
    ours = {(table, name_of(table, event)) for table, event, _rule, _sentence in _rules(connection)}
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


def _body(connection: BaseDatabaseWrapper, table: str, event: str, rule: str, sentence: str) -> str:
    """Give what the database keeps of a guard word for word: on SQLite all of it, on PostgreSQL its function."""
    if connection.vendor == "sqlite":
        return (
            f"CREATE TRIGGER {name_of(table, event)} BEFORE {event} ON {table} "
            f"WHEN ({rule}) IS NOT TRUE BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
    goes_on_with = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[event]
    return (
        f"BEGIN IF ({rule}) IS NOT TRUE THEN "
        f"RAISE integrity_constraint_violation USING MESSAGE = '{sentence}'; END IF; RETURN {goes_on_with}; END"
    )


def _statements(connection: BaseDatabaseWrapper, table: str, event: str, body: str) -> list[str]:
    if connection.vendor == "sqlite":
        return [body]
    name = name_of(table, event)
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {_search_path(connection)} AS $${body}$$",
        _on_table(table, event),
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


def _on_table(table: str, event: str) -> str:
    """Give the trigger on PostgreSQL, word for word as the database tells it."""
    name = name_of(table, event)
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"


def _search_path(connection: BaseDatabaseWrapper) -> str:
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        # pg_temp is searched last, or a temporary table of the same name would be asked.
        return f"{cursor.fetchone()[0]}, pg_temp"


def _expected(connection: BaseDatabaseWrapper, table: str, event: str, body: str, search_path: str) -> Trigger:
    name = name_of(table, event)
    if connection.vendor == "sqlite":
        return Trigger(table, name, body)
    # 'A' means: fires always, also for a session that poses as a replica, where ordinary triggers are silent.
    function = (body, "plpgsql", False, [f"search_path={search_path}"])
    return Trigger(table, name, _on_table(table, event), "A", function)
