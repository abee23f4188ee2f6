"""Seal the access log with a signed checkpoint."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.people import keys, log
from zicht.people.management.typed import is_typed

RESTORE_QUESTION = (
    "Seals about lines behind the backup will no longer stand, and every later report says so.\n"
    "Type 'restored' to go on: "
)


class Command(BaseCommand):
    """Seal the log up to its newest line; fit to run every hour."""

    help = "Seal the access log with a signed checkpoint. Says nothing when no line came since the last one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what is needed after a backup was put back."""
        parser.add_argument(
            "--after-restore",
            action="store_true",
            help="state that the database was put back from a backup and so lacks the newest checkpoints",
        )
        parser.add_argument("--yes", action="store_true", help="do not ask for a typed confirmation")

    def handle(self, *_args: Any, after_restore: bool, yes: bool, **_options: Any) -> None:
        """Seal, and print the place to write down on paper."""
        try:
            if after_restore:
                self._acknowledge(yes)
                return
            checkpoint = log.sign_checkpoint()
        except (log.LogError, keys.KeysError) as error:
            raise CommandError(f"No checkpoint was made: {error}") from error
        if checkpoint:
            self.stdout.write(f"Sealed through line {checkpoint.through_sequence}:{checkpoint.line_hash}")

    def _acknowledge(self, yes: bool) -> None:
        if not yes and not is_typed(RESTORE_QUESTION, "restored"):
            raise CommandError("Nothing was changed.")
        seal = log.acknowledge_restore()
        self.stdout.write(f"Recorded that the database was put back; it ends at line {seal.end}")
