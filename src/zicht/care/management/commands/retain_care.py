"""Delete agreements on safe contact that ended with their case; run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from zicht.care.safety.actions import delete_ended


class Command(BaseCommand):
    """Delete them; nobody sees one from the moment that the case is closed."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it and say how many."""
        self.stdout.write(f"Deleted {delete_ended()} agreements on safe contact of closed cases.")
