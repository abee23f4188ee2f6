"""The columns and tables of full-text search, which each database has in a way of its own.

PostgreSQL: a column of type tsvector with a GIN index. SQLite: a table of FTS5, kept in step by a trigger, since a
table of that kind knows no foreign key.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

R = TypeVar("R", bound=Model)

# Terms of a word of which one is enough, and those that together mean that it stands inside a longer one.
Choice = tuple[frozenset[str], frozenset[str]]

POSTGRESQL = (
    "ALTER TABLE evidence_searchrow ADD COLUMN terms tsvector",
    "CREATE INDEX evidence_search_terms ON evidence_searchrow USING gin (terms)",
)
SQLITE = (
    "CREATE VIRTUAL TABLE evidence_searchterms USING fts5(terms, detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER evidence_search_gone AFTER DELETE ON evidence_searchrow "
    "BEGIN DELETE FROM evidence_searchterms WHERE rowid = OLD.row_id; END",
)
SQLITE_AWAY = ("DROP TRIGGER IF EXISTS evidence_search_gone", "DROP TABLE IF EXISTS evidence_searchterms")


def put_up(database: BaseDatabaseWrapper) -> None:
    """Create what searching needs beside the rows."""
    _run(database, SQLITE if database.vendor == "sqlite" else POSTGRESQL)


def take_down(database: BaseDatabaseWrapper) -> None:
    """Remove it; on PostgreSQL it goes with the table of the rows."""
    _run(database, SQLITE_AWAY if database.vendor == "sqlite" else ())


def keep_with(rows: "QuerySet[R]", words: Iterable[Choice], *, is_each_needed: bool = True) -> "QuerySet[R]":
    """Keep the rows in which every word stands, or one of them, the newest first.

    On SQLite the full-text table is joined and gives its rows in order, so that for a common word it stops early.
    """
    if connection.vendor == "sqlite":
        question = _question(words, " OR ", " AND ", is_each_needed=is_each_needed)
        table, key = "evidence_searchterms", "evidence_searchterms.rowid"
        where = [f"{key} = evidence_searchrow.row_id", f"{table} MATCH %s"]
        return rows.extra(tables=[table], where=where, params=[question], order_by=[f"-{key}"])  # noqa: S610 - hashes
    question = _question(words, " | ", " & ", is_each_needed=is_each_needed)
    return rows.extra(where=["evidence_searchrow.terms @@ %s::tsquery"], params=[question]).order_by("-row_id")


def _question(words: Iterable[Choice], either: str, both: str, *, is_each_needed: bool) -> str:
    parts = []
    for whole, inside in words:
        choices = [*sorted(whole), *([f"({both.join(sorted(inside))})"] if inside else [])]
        parts.append(f"({either.join(choices)})")
    return (both if is_each_needed else either).join(parts)


def _run(database: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
