"""Print figures for other programs: `zicht figures glotip` from UNODC, `zicht figures register` of the register."""

import csv
import io
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zicht.figures import queries
from zicht.figures.amounts import Amount
from zicht.figures.breakdowns import Amounts
from zicht.figures.errors import NoFigures, NotForAccount
from zicht.figures.register import exports
from zicht.figures.register.counting import ALL_TABLES
from zicht.figures.register.releasing import find_table, release_year
from zicht.figures.register.texts import as_text
from zicht.people.models import Account


class Command(BaseCommand):
    """Print one series of figures."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which figures, of which country, and how to write them."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="glotip|register")
        glotip = kinds.add_parser("glotip", help="totals by year from UNODC's file")
        glotip.add_argument("--country", required=True, metavar="NLD", help="country code of three letters")
        glotip.add_argument("--indicator", default=queries.VICTIMS, help="what is counted (default: %(default)s)")
        glotip.add_argument("--format", choices=["json", "csv"], default="json")
        register = kinds.add_parser("register", help="yearly tables of the own register")
        register.add_argument("--account", required=True, metavar="LOGIN", help="who asks; the access log gets a line")
        register.add_argument("--year", default="", help="year of first registration (default: the newest)")
        register.add_argument("--level", default="", help="release level (default: the one that shows least)")
        register.add_argument("--table", default="", metavar="F03", help="one table (default: all)")
        register.add_argument("--format", choices=["json", "csv", "text"], default="json")

    def handle(self, *args: object, **options: Any) -> None:
        """Print what was asked for, or say why it is not there."""
        if options["kind"] == "register":
            self.stdout.write(self.register(options), ending="")
        else:
            self.print_glotip(options)

    def register(self, options: dict[str, Any]) -> str:
        """Write tables of the register, for an account that may see them."""
        try:
            account = Account.objects.filter(login=options["account"]).first()
            if account is None:
                raise NotForAccount
            chosen = [find_table(options["table"])] if options["table"] else list(ALL_TABLES)
            release = release_year(account, options["year"], options["level"], "exported").release
        except NoFigures as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            return exports.as_json(account.org, release, chosen)
        return exports.as_csv(release, chosen) if options["format"] == "csv" else as_text(release, chosen)

    def print_glotip(self, options: dict[str, Any]) -> None:
        """Print the totals, or say why there are none."""
        try:
            totals = self.totals(options["country"], options["indicator"])
        except NoFigures as error:
            raise CommandError(str(error)) from error
        if not totals:
            # Somebody who reads it should know why there is nothing; a program gets its empty list.
            values = {"indicator": options["indicator"], "country": options["country"].upper()}
            self.stderr.write(_("UNODC's file gives no total of %(indicator)s for %(country)s.") % values)
        self.stdout.write(as_json(totals) if options["format"] == "json" else as_csv(totals), ending="")

    def totals(self, asked: str, indicator: str) -> Amounts:
        """Read the totals of a country."""
        edition = queries.edition_or_refuse()
        queries.refuse_unknown_indicator(indicator)
        country = queries.find_country(asked, queries.countries_with_figures(edition, indicator))
        return queries.totals(edition, country, indicator)


def as_json(totals: Amounts) -> str:
    """Write one array of years, the oldest first."""
    return json.dumps([{"year": year, **describe(amount)} for year, amount in sorted(totals.items())]) + "\n"


def as_csv(totals: Amounts) -> str:
    """Write a line a year, the oldest first; what does not apply stays empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["year", "value", "below", "low", "high"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"year": year, **describe(amount)} for year, amount in sorted(totals.items()))
    return out.getvalue()


def describe(amount: Amount) -> dict[str, int | None]:
    """Give an amount as values: a number, or none with the bound as printed, or with the interval of a sum."""
    if amount.is_exact:
        return {"value": amount.value}
    if amount.below is not None:
        return {"value": None, "below": amount.below}
    return {"value": None, "low": amount.low, "high": amount.high}
