"""The columns and tables of full-text search, which each database has in a way of its own.

PostgreSQL: a column of type tsvector with a GIN index. SQLite: a table of FTS5, kept in step by a trigger, since a
table of that kind knows no foreign key.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

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


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create what searching needs beside the rows."""
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove it; on PostgreSQL it goes with the table of the rows."""
    _run(connection, SQLITE_AWAY if connection.vendor == "sqlite" else ())


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
