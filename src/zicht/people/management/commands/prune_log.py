"""Remove lines of the access log that are old enough, up to a signed checkpoint."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.people import keys, log, rules
from zicht.people.management.typed import is_typed
from zicht.people.models import Account, Organisation


class Command(BaseCommand):
    """Show what would go, ask, and remove it; the removal itself is sealed and recorded."""

    help = "Remove lines of the access log that are old enough, up to a signed checkpoint."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add age, preview, confirmation and who did it."""
        parser.add_argument(
            "--older-than",
            type=int,
            metavar="YEARS",
            help="whole years a line must be old; at least, and by default, the longest of the legal regimes here",
        )
        parser.add_argument("--dry-run", action="store_true", help="only show what would be removed")
        parser.add_argument("--yes", action="store_true", help="do not ask for a typed confirmation")
        parser.add_argument("--by", metavar="LOGIN", help="sign-in name of the person who does this")

    def handle(
        self, *_args: Any, older_than: int | None, dry_run: bool, yes: bool, by: str | None, **_options: Any
    ) -> None:
        """Prune, or say why not."""
        try:
            account = Account.objects.get(login=by, status="active") if by else None
            years = self._years(older_than)
            prunable = log.find_prunable(years)
            if prunable is None:
                self.stdout.write(f"No checkpoint has only lines of more than {years} years before it.")
                return
            self.stdout.write(str(prunable))
            if not dry_run:
                self._confirm(yes, prunable.lines)
                removed = log.prune(prunable.checkpoint, account, years=years)
                self.stdout.write(f"Removed {removed} lines.")
        except Account.DoesNotExist as error:
            raise CommandError("There is no active account with that sign-in name. Nothing was removed.") from error
        except (log.LogError, keys.KeysError) as error:
            raise CommandError(f"Nothing was removed: {error}") from error

    def _years(self, asked: int | None) -> int:
        """Give the age of lines that may go: all organisations share the log, so the longest regime decides."""
        regimes = Organisation.objects.values_list("legal_regime", flat=True).distinct()
        least = max([log.RETENTION_YEARS, *(rules.retention_under(regime).years or 0 for regime in regimes)])
        if asked is not None and asked < least:
            raise CommandError(f"Nothing was removed: lines are kept for at least {least} years here.")
        return asked or least

    def _confirm(self, yes: bool, lines: int) -> None:
        """Ask for the number of lines: a habit of typing yes does not help here."""
        question = "They cannot be brought back. Type the number of lines to go on: "
        if not yes and not is_typed(question, str(lines)):
            raise CommandError("Nothing was removed.")
