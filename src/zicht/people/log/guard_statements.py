"""Write guards as triggers of SQLite and of PostgreSQL: what a table refuses, and with which sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """What lets one kind of statement on a table pass, under a name; everything else is refused with the sentence."""

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE; on PostgreSQL TRUNCATE too
    rule: str  # SQL over NEW and OLD
    sentence: str


def put_up(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Create guards in place of those that are there."""
    every = list(guards)
    take_down(connection, every)
    with connection.cursor() as cursor:
        for guard in every:
            for statement in _statements(connection, guard):
                cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Remove guards; only for migrations and tests."""
    if connection.vendor == "postgresql":
        # It alters no table for which a check of foreign keys is still waiting.
        connection.check_constraints()
    with connection.cursor() as cursor:
        for guard in guards:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}")  # with another function, too
                cursor.execute(f"DROP FUNCTION IF EXISTS {guard.name} CASCADE")


def body(connection: BaseDatabaseWrapper, guard: Guard) -> str:
    """Give what the database keeps of a guard word for word: on SQLite all of it, on PostgreSQL its function."""
    if connection.vendor == "sqlite":
        return (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"WHEN ({guard.rule}) IS NOT TRUE BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
        )
    goes_on_with = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[guard.event]
    return (
        f"BEGIN IF ({guard.rule}) IS NOT TRUE THEN "
        f"RAISE integrity_constraint_violation USING MESSAGE = '{guard.sentence}'; END IF; RETURN {goes_on_with}; END"
    )


def trigger_on(guard: Guard) -> str:
    """Give the trigger on PostgreSQL, word for word as the database tells it."""
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    when = f"BEFORE {guard.event} ON {guard.table} FOR EACH {each}"
    return f"CREATE TRIGGER {guard.name} {when} EXECUTE FUNCTION {guard.name}()"


def search_path(connection: BaseDatabaseWrapper) -> str:
    """Give where the function of a guard looks for tables; nothing on SQLite, which has no such thing."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        # pg_temp is searched last, or a temporary table of the same name would be asked.
        return f"{cursor.fetchone()[0]}, pg_temp"


def _statements(connection: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    if connection.vendor == "sqlite":
        return [body(connection, guard)]
    return [
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {search_path(connection)} AS $${body(connection, guard)}$$",
        trigger_on(guard),
        f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}",
    ]
