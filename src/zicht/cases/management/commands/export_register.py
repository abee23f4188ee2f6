"""Write records of the register to a file for a recipient, with what may leave, and note each in the log of shares."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from zicht import words
from zicht.cases import rules
from zicht.cases.errors import CasesError
from zicht.cases.exchange import accounts, exporting
from zicht.cases.exchange.exporting import Contents, Order


class Command(BaseCommand):
    """Make the file, or say why not."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take for whom, why and what."""
        lists = words.vocabulary().lists
        bases = [code.code for code in lists["legal_basis"].offered() if code.code not in rules.NOT_A_BASIS]
        parser.add_argument("file", type=Path, metavar="FILE", help="to write; its ending says the kind")
        parser.add_argument("--as", dest="standard", required=True, choices=exporting.STANDARDS, help="the form")
        parser.add_argument("--account", required=True, metavar="LOGIN", help="who exports")
        parser.add_argument("--to", required=True, metavar="NAME", help="name of the organisation that gets it")
        parser.add_argument("--basis", action="append", default=[], choices=bases, help="legal basis; may be repeated")
        parser.add_argument("--necessity", default="", metavar="TEXT", help="why needed, and why no less would do")
        parser.add_argument("--purpose", default="", choices=["", *lists["consent_purpose"].codes], help="of consent")
        parser.add_argument("--compartment", help="the wall behind which the records stand, where there are several")
        parser.add_argument("--from-year", type=int, help="first year of registration")
        parser.add_argument("--to-year", type=int, help="last year of registration")
        parser.add_argument("--lock", action="store_true", help="write FILE.zip, and show its password this one time")
        parser.add_argument("--dry-run", action="store_true", help="only say what would leave")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Look or write."""
        with translation.override("en"):  # as all that commands say
            try:
                self._write(given)
            except CasesError as refusal:
                raise CommandError(str(refusal)) from refusal

    def _write(self, given: dict[str, Any]) -> None:
        by = accounts.find(given["account"])
        order = Order(
            recipient=accounts.find_organisation(given["to"]),
            compartment=accounts.wall_of(by, given["compartment"] or ""),
            standard=given["standard"],
            kind=given["file"].suffix.removeprefix("."),
            basis=tuple(given["basis"]),
            necessity=given["necessity"],
            purpose=given["purpose"],
            first_year=given["from_year"],
            last_year=given["to_year"],
            locked=given["lock"],
        )
        if given["dry_run"]:
            return self._say(exporting.look(by, order), "Nothing left. The file would hold:")
        path = given["file"].with_name(f"{given['file'].name}.zip") if order.locked else given["file"]
        if path.exists():
            raise CommandError(f"There is a file {path.name} already. Nothing was exported.")
        file, contents = exporting.export(by, order)
        path.touch(mode=0o600)
        path.write_bytes(file.content)
        self._say(contents, f"Wrote {path.name}:")
        if file.password:
            self.stdout.write(f"  Its password, shown this one time: {file.password}")
        return None

    def _say(self, contents: Contents, head: str) -> None:
        self.stdout.write(head)
        self.stdout.write(f"  {len(contents.persons):,} persons in {len(contents.rows):,} rows.")
        self.stdout.write(
            f"  Left out: {contents.without_consent:,} without consent, {contents.restricted:,} whose use is limited, "
            f"{contents.counted_with_another:,} counted with another record."
        )
        for line in contents.report.lines():
            self.stdout.write(f"  {line.field}: {line.sentence} {line.examples}".rstrip())
