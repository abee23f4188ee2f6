"""Read a file of HTCDS, CTDC or Zicht (.csv or .xlsx) into the register, all of it or nothing."""

import argparse
import gc
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from zicht.cases.errors import CasesError
from zicht.cases.exchange import accounts, importing
from zicht.cases.exchange.errors import WrongRows
from zicht.cases.exchange.findings import Findings
from zicht.cases.exchange.standards import STANDARDS
from zicht.reading import tables

WIDTH = 30  # characters of the bar
SEARCHED_AFTER = 50_000  # objects that came and did not go
ENCODINGS = {"utf-8": tables.UTF_8, "windows-1252": tables.WINDOWS_1252}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


class Command(BaseCommand):
    """Look at a file, say what it would become, and store it."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, its form, and in whose name it is read."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="standard", required=True, choices=STANDARDS, help="the form of the file")
        parser.add_argument("--account", required=True, metavar="LOGIN", help="who reads it in, and owns the cases")
        parser.add_argument("--compartment", help="the wall behind which the records stand, where there are several")
        parser.add_argument("--dry-run", action="store_true", help="only say what the file would become")
        parser.add_argument("--again", action="store_true", help="also when this very file was read before")
        parser.add_argument("--encoding", choices=ENCODINGS, default="utf-8", help="of a .csv")
        parser.add_argument("--separator", choices=SEPARATORS, help="of a .csv; found out when it is not given")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Read, or say why not."""
        # Searching for garbage, of which a row leaves none, takes about a tenth of the time.
        gc.freeze()
        gc.set_threshold(SEARCHED_AFTER)
        with translation.override("en"):  # as all that commands say
            try:
                self._read(argparse.Namespace(**given))
            except (CasesError, tables.TableError) as refusal:
                raise CommandError(str(refusal)) from refusal
            finally:
                self.end_telling()

    def _read(self, given: argparse.Namespace) -> None:
        by = accounts.find(given.account)
        wall = accounts.wall_of(by, given.compartment or "")
        form = tables.TextForm(ENCODINGS[given.encoding], SEPARATORS.get(given.separator, ""))
        with tables.open_file(given.file, importing.LIMITS) as file:
            source = importing.Source(file, given.standard, wall, form)
            if given.dry_run:
                findings = importing.examine(by, source, tell=self.tell)
                self._say(findings, "Nothing was stored. The file would become:")
                if findings.problem_count:
                    raise WrongRows(findings.problems, findings.problem_count)
                return
            _run, findings = importing.import_file(by, source, again=given.again, tell=self.tell)
        self._say(findings, "Read into the register:")

    def _say(self, findings: Findings, head: str) -> None:
        self.end_telling()
        counts = findings.counts
        self.stdout.write(head)
        self.stdout.write(
            f"  {findings.rows:,} rows: {counts['person']:,} persons, {counts['case']:,} cases, "
            f"{counts['exploitation']:,} episodes, {counts['place_event']:,} places."
        )
        for line in findings.report.lines():
            self.stdout.write(f"  {line.field}: {line.sentence} {line.examples}".rstrip())

    def tell(self, stage: str, rows: int) -> None:
        """Draw a bar for somebody who sits and waits; how long the file is shows when it was read once."""
        if self.stderr.isatty():
            filled = WIDTH * min(rows, importing.LIMITS.most_rows) // importing.LIMITS.most_rows
            bar = "#" * filled + "." * (WIDTH - filled)
            self.stderr.write(f"\r{stage:<9} [{bar}] {rows:,} rows", ending="")
            self.stderr.flush()

    def end_telling(self) -> None:
        """Go to a new line after the bar."""
        if self.stderr.isatty():
            self.stderr.write("")
