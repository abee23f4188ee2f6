"""Read UNODC's file of figures on trafficking in persons (.xlsx, .csv or .csv.gz) and show it from then on."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zicht.figures.actions import Allowed, Imported, import_glotip
from zicht.figures.errors import ImportRefused, NotOneFile
from zicht.figures.models import OutsideEdition
from zicht.figures.sentences import count


class Command(BaseCommand):
    """Import one file, all of it or nothing."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, its date where the file does not say it, and the steps back somebody wants."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dated", type=_day, metavar="YYYY-MM-DD", help="the date UNODC gives the file")
        fewer = "also when it has fewer rows than the one in use, or is a part of UNODC's file"
        parser.add_argument("--fewer-rows", action="store_true", help=fewer)
        parser.add_argument("--older", action="store_true", help="also when it is older than the one in use")

    def handle(self, *args: object, **options: Any) -> None:
        """Import and say what was imported, or say why not."""
        allowed = Allowed(fewer_rows=options["fewer_rows"], older=options["older"])
        try:
            if len(options["files"]) != 1:
                raise NotOneFile(count=len(options["files"]))
            imported = import_glotip(options["files"][0], dated=options["dated"], allowed=allowed, tell=self.tell)
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        finally:
            self.end_telling()
        self.stdout.write(describe(imported))

    def tell(self, rows: int) -> None:
        """Show how far the reading is, to somebody who sits and waits."""
        if self.stderr.isatty():
            self.stderr.write("\r" + _("%(rows)s rows read") % {"rows": count(rows)}, ending="")
            self.stderr.flush()

    def end_telling(self) -> None:
        """Go to a new line after the last number of rows."""
        if self.stderr.isatty():
            self.stderr.write("")


def describe(imported: Imported) -> str:
    """Say what is in use now."""
    edition = imported.edition
    values = {"rows": count(edition.rows), "masked": count(imported.censored)}
    lines = [_("Imported %(rows)s rows, %(masked)s of them masked.") % values, _reach_of(imported), _date_of(edition)]
    left_out = _("Left out %(rows)s rows of %(place)s, which has no country code.")
    lines += [left_out % {"rows": rows, "place": place} for place, rows in imported.left_out.items()]
    return "\n".join(lines)


def _reach_of(imported: Imported) -> str:
    first, last = imported.first_year, imported.last_year
    years = f"{first}–{last}" if first < last else str(first)
    return _("Countries: %(countries)s. Years: %(years)s.") % {"countries": count(imported.countries), "years": years}


def _date_of(edition: OutsideEdition) -> str:
    if edition.dated:
        return _("The file is of %(dated)s.") % {"dated": edition.dated.isoformat()}
    return _("The file does not say of which date it is; to have that shown, import it again with --dated YYYY-MM-DD.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("write the date as YYYY-MM-DD")) from error
