"""Make up records like those of persons, for exploring: `zicht synthesize records.csv --year 2025 …`."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zicht.stats.disclosure import synthetic_command
from zicht.stats.errors import StatsError
from zicht.stats.writing import REFUSED


class Command(BaseCommand):
    """Make up records."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the command without Django takes."""
        synthetic_command.add_arguments(parser)

    def handle(self, *args: object, **options: Any) -> None:
        """Write the records, or say why there are none."""
        try:
            synthetic_command.run(Namespace(**options), self.stdout, sys.stderr)
        except StatsError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
