"""Read counts of suspects, prosecuted and convicted persons that a justice partner delivered, for table F13."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zicht.figures.errors import ImportRefused
from zicht.figures.justice.keeping import import_delivery
from zicht.figures.sentences import count


class Command(BaseCommand):
    """Import one delivery, all of it or nothing."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, who delivered it, and its date."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--source", default="", help="who delivered it, as it is to be cited")
        parser.add_argument("--dated", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="the day of the delivery")

    def handle(self, *args: object, **options: Any) -> None:
        """Import and say what was imported, or say why not."""
        try:
            edition = import_delivery(options["file"], options["source"], options["dated"])
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        told = _("Imported %(rows)s rows of %(source)s. Table F13 shows them from the next report on.")
        self.stdout.write(told % {"rows": count(edition.rows), "source": edition.citation})
