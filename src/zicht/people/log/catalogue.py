"""Read from the database what stands on tables: triggers, and what else comes between a statement and its records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Temporary triggers are left out: they end with the session that made them, and only that session meets them.
SQLITE_TRIGGERS = "SELECT lower(tbl_name), name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1, 2"
SQLITE_TABLES = "SELECT lower(name) FROM sqlite_master WHERE type = 'table'"
# The internal ones are those of foreign keys. The function must stand in the same schema, whatever its name.
POSTGRESQL_TRIGGERS = """
    SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid, true), t.tgenabled::text,
        f.prosrc, l.lanname, f.prosecdef, f.proconfig, f.pronamespace = c.relnamespace
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid
        JOIN pg_language l ON l.oid = f.prolang
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal ORDER BY 1, 2
"""
POSTGRESQL_TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
"""
POSTGRESQL_RULES = """
    SELECT c.relname, r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relnamespace = current_schema()::regnamespace
"""
POSTGRESQL_ROW_SECURITY = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND (relrowsecurity OR relforcerowsecurity)
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Hold a trigger as the database tells it; on PostgreSQL also when it fires and what its function is."""

    table: str
    name: str
    definition: str
    enabled: str = ""
    function: tuple[Any, ...] = ()


def triggers(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> list[Trigger]:
    """Give every trigger on these tables."""
    if connection.vendor == "sqlite":
        return [Trigger(*row) for row in _rows(connection, SQLITE_TRIGGERS) if row[0] in tables]
    return [_trigger(*row) for row in _rows(connection, POSTGRESQL_TRIGGERS) if row[0] in tables]


def other_ways(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> list[str]:
    """Describe rules and row security on these tables, and which of them are no ordinary table."""
    is_sqlite = connection.vendor == "sqlite"
    real = {row[0] for row in _rows(connection, SQLITE_TABLES if is_sqlite else POSTGRESQL_TABLES)}
    found = [f"{table} is no ordinary table" for table in tables if table not in real]
    if is_sqlite:
        return found
    rules = _rows(connection, POSTGRESQL_RULES)
    found += [f"rule {name!r} on {table}" for table, name in rules if table in tables]
    hidden = {row[0] for row in _rows(connection, POSTGRESQL_ROW_SECURITY)}
    return found + [f"row security on {table}" for table in tables if table in hidden]


def _trigger(table: str, name: str, definition: str, enabled: str, *function: Any) -> Trigger:
    *told, is_beside_table = function
    return Trigger(table, name, definition, enabled, tuple(told) if is_beside_table else ())


def _rows(connection: BaseDatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
