"""Let the database know what its tables hold, so that it takes the short way to what few records have."""

from django.db import connection

# Entries of each index that are looked at. SQLite's makers advise 100 to 1,000; for 100,000 persons it takes 10 ms.
# With a limit only counts are kept: without one, SQLite may copy values of records, which would outlive them.
LOOKED_AT = 400


def look_at_tables() -> None:
    """Let SQLite look at its tables anew, after much was added or removed; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
