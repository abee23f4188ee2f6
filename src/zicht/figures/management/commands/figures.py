"""Print figures for other programs: `zicht figures glotip --country NLD --format json` gives victims by year."""

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
from zicht.figures.errors import NoFigures


class Command(BaseCommand):
    """Print one series of figures."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which figures, of which country, and how to write them."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="glotip")
        glotip = kinds.add_parser("glotip", help="totals by year from UNODC's file")
        glotip.add_argument("--country", required=True, metavar="NLD", help="country code of three letters")
        glotip.add_argument("--indicator", default=queries.VICTIMS, help="what is counted (default: %(default)s)")
        glotip.add_argument("--format", choices=["json", "csv"], default="json")

    def handle(self, *args: object, **options: Any) -> None:
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
