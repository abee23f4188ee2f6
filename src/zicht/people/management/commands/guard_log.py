"""Put the guards of the access log back into the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from zicht.people.log import guards


class Command(BaseCommand):
    """Create the triggers anew, after somebody or something took them away."""

    help = "Put the guards (triggers) of the access log back into the database, after zicht verify-log missed them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Put the guards up, say which were missing, and what else is there that does not belong."""
        missing = guards.missing(connection)
        if missing:
            with transaction.atomic():
                guards.put_up(connection)
        self.stdout.write(f"Put back: {', '.join(missing)}" if missing else "All guards are in place.")
        for other in guards.foreign(connection):
            self.stderr.write(f"Not of Zicht, and left alone; ask who put it there: {other}")
