"""Make all tables once, copy them, and empty them: making takes ten seconds, and each worker and server needs some.

`python -m tests.tables FOLDER [URL]` makes them in a SQLite file in a folder, or on a PostgreSQL server as a database
beside the one that the address names. `TABLES_MADE` then names the file or the database; without it nothing is copied.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection, transaction

MADE = "TABLES_MADE"
NAME = "zicht_tables"
FILE = "zicht.sqlite3"
# About the models, and the same for every test.
OF_DJANGO = {"django_content_type", "auth_permission"}


def are_made() -> bool:
    """Answer whether there is something to copy."""
    return MADE in os.environ


def make(folder: Path, url: str = "") -> None:
    """Run the migrations, as an installation does."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ZICHT_")}
    surroundings |= {
        "DJANGO_SETTINGS_MODULE": "zicht.site.settings",
        "ZICHT_SECRET_KEY": "made-up secret of the tests, of no use anywhere else",
        "ZICHT_HOSTS": "localhost",
        "ZICHT_DATA": str(folder),
        "ZICHT_KEYS": str(folder),
    }
    if url:
        _create(url, NAME)
        surroundings["ZICHT_DATABASE_URL"] = _beside(url, NAME)
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=surroundings, check=True)


def copy_to_file(file: Path) -> None:
    """Copy the tables to a SQLite file."""
    shutil.copyfile(os.environ[MADE], file)


@contextmanager
def copied_to_memory(name: str) -> Iterator[None]:
    """Copy the tables to a database in memory, by its name; it is there as long as somebody is connected."""
    with (
        closing(sqlite3.connect(os.environ[MADE])) as made,
        closing(sqlite3.connect(name, uri=True, check_same_thread=False)) as copy,
    ):
        made.backup(copy)
        yield


def copy_on_server(url: str, name: str) -> None:
    """Copy the tables to a new database on the PostgreSQL server of an address, in place of one of that name."""
    _create(url, name, f" TEMPLATE {os.environ[MADE]}")


def empty_what_is_filled() -> None:
    """Empty every table with something in it, whatever refers to it (PostgreSQL); the guards speak all the same.

    What the migrations wrote about the models themselves stays.
    """
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - OF_DJANGO)
    questions = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions))
        filled = [table for (table,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")


def _create(url: str, name: str, how: str = "") -> None:
    # The one that every server has: the named one is only made for the tests themselves, under another name.
    with psycopg.connect(_beside(url, "postgres"), autocommit=True) as server:
        # An earlier part of the run leaves its own behind: its worker had the same name.
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        server.execute(f"CREATE DATABASE {name}{how}".encode())


def _beside(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


if __name__ == "__main__":
    make(Path(sys.argv[1]), *sys.argv[2:])
