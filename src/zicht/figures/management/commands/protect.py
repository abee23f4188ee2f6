"""Hide, round or blur counts so that tables may leave an office: `zicht protect TABLE.csv --release public`."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zicht.stats.disclosure import command
from zicht.stats.errors import StatsError
from zicht.stats.writing import REFUSED


class Command(BaseCommand):
    """Protect the tables of any office."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the command without Django takes."""
        command.add_arguments(parser)

    def handle(self, *args: object, **options: Any) -> None:
        """Print or write the tables, or say why there are none."""
        try:
            # The bar writes over itself, which Django's wrapper of the error output does not let through.
            command.run(Namespace(**options), self.stdout, sys.stderr)
        except StatsError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
