"""Serve Zicht on this machine, behind a reverse proxy that does TLS."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zicht.site.serving import serve


class Command(BaseCommand):
    """Check that the database and the static files are ready, then serve."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, **options: object) -> None:
        """Refuse what would fail at the first visitor."""
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("The static files are not there yet. Run: zicht collectstatic --no-input")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not up to date. Run: zicht migrate")
        serve(str(options["host"]), int(str(options["port"])))
