"""Check that no line of the access log was changed or removed."""

import argparse
import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from zicht.people import log

PLACE = re.compile(r"([1-9][0-9]{0,18}):([0-9a-f]{64})")


def place(text: str) -> log.End:
    """Read SEQUENCE:HASH as it is printed by this command and by checkpoint-log."""
    found = PLACE.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError("must be the number of a line, a colon and a hash of 64 hex digits")
    return log.End(int(found[1]), found[2])


class Command(BaseCommand):
    """Check the log and end with 0 (sound), 1 (not sound) or 2 (could not be checked)."""

    help = "Check that no line of the access log was changed or removed. Exit code: 0 sound, 1 not, 2 cannot check."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the places that were kept elsewhere."""
        parser.add_argument(
            "--expect-head",
            type=place,
            action="append",
            default=[],
            metavar="SEQUENCE:HASH",
            help="a line and its hash that somebody kept elsewhere, such as on paper; may be given several times",
        )

    def handle(self, *_args: Any, expect_head: list[log.End], **_options: Any) -> None:
        """Print the report; only the exit code tells a scheduler."""
        try:
            report = log.verify(expect_head)
        except log.LogError as error:
            self.stderr.write(f"The access log could not be checked: {error}")
            sys.exit(log.State.UNCHECKED)
        except Error as error:  # its message may hold a value of the database
            self.stderr.write(f"The access log could not be checked: the database answered {type(error).__name__}.")
            sys.exit(log.State.UNCHECKED)
        for sentence in report.sentences():
            self.stdout.write(sentence)
        if report.state is not log.State.FINE:
            sys.exit(report.state)
