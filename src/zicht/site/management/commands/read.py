"""Read figures, dates and names in documents, each with its place: `zicht read FILE... --json`."""

from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zicht.reading import command
from zicht.reading.errors import DocumentError


class Command(BaseCommand):
    """Read some files."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the command without Django takes."""
        command.add_arguments(parser)

    def handle(self, *args: object, **options: Any) -> None:
        """Print what was read, or say why nothing was."""
        try:
            command.run(Namespace(**options), self.stdout)
        except DocumentError as error:
            raise CommandError(str(error), returncode=command.REFUSED) from error
