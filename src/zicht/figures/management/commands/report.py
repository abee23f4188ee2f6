"""Make the yearly report, pages, paper and data: `zicht report YEAR --release public --account LOGIN`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zicht.figures.errors import NoFigures, NotForAccount
from zicht.figures.models import YearlyReport
from zicht.figures.register.releasing import find_level
from zicht.figures.yearly import actions, queries
from zicht.figures.yearly.actions import Asked
from zicht.figures.yearly.package import names_in, unpack
from zicht.people.models import Account


class Command(BaseCommand):
    """Make one report, or approve the draft that is there."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which year, for whom, who asks, and where the files go."""
        parser.add_argument("year", metavar="YEAR", help="the year that is reported")
        parser.add_argument("--release", required=True, help="who will read it: public, partners or internal")
        parser.add_argument("--account", required=True, metavar="LOGIN", help="who asks; the access log gets a line")
        parser.add_argument("--reason", default="", help="what a correction corrects, and why")
        parser.add_argument("--out", type=Path, metavar="FOLDER", help="write every page and file of it there too")
        parser.add_argument("--approve", action="store_true", help="approve the draft that is there; make nothing")

    def handle(self, *args: object, **options: Any) -> None:
        """Make or approve, and say what is there now."""
        try:
            account = Account.objects.filter(login=options["account"]).first()
            if account is None:
                raise NotForAccount
            report = self.approve(account, options) if options["approve"] else self.make(account, options)
        except NoFigures as error:
            raise CommandError(str(error)) from error
        if options["out"]:
            write_files(report, options["out"])
        self.stdout.write(describe(report))

    def make(self, account: Account, options: dict[str, Any]) -> YearlyReport:
        """Make a draft."""
        return actions.make_report(account, Asked(options["year"], options["release"], options["reason"]))

    def approve(self, account: Account, options: dict[str, Any]) -> YearlyReport:
        """Approve the draft."""
        level = find_level(options["release"])
        draft = queries.draft_of(account.org, int(options["year"]), level) if options["year"].isdigit() else None
        if draft is None:
            raise CommandError(_("There is no draft of this year at this level."))
        return actions.approve(account, draft)


def write_files(report: YearlyReport, folder: Path) -> None:
    """Write every file of the package into a folder."""
    package = bytes(report.package)
    for name in names_in(package):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(unpack(package, name))


def describe(report: YearlyReport) -> str:
    """Say which version it is, its hash, and what it waits for."""
    values = {"year": report.year, "version": report.version, "level": report.release_level, "hash": report.sha256}
    made = _("Report on %(year)s, version %(version)s (%(level)s), SHA-256 %(hash)s.") % values
    state = _("Published.") if report.published_at else _("A draft: two people must approve it.")
    return f"{made}\n{state}"
