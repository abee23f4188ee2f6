"""Make the key that signs checkpoints of the access log."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.people import keys


class Command(BaseCommand):
    """Make the signing key once; replace it only when asked to."""

    help = "Make the key that signs checkpoints of the access log. A key that is there is left as it is."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the one option."""
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="make a new key and remove the private half of the old one; its public half stays, "
            "so that old checkpoints can still be checked",
        )

    def handle(self, *_args: Any, rotate: bool, verbosity: int, **_options: Any) -> None:
        """Make the key and say its id, which is worth writing down elsewhere."""
        folder = settings.KEYS_FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            if keys.has_signing_key(folder) and not rotate:
                key_id = keys.key_id_of(keys.signing_key(folder).public_key())
                self._say(f"There is a signing key already, {key_id}. Nothing was changed.", verbosity)
                return
            key_id = keys.make_signing_key(folder, replace=rotate)
        except (keys.KeysError, OSError) as error:
            raise CommandError(f"No key was made: {error}") from error
        self._say(f"Made the signing key {key_id}. Keep a copy of this id and of the .pub file elsewhere.", verbosity)

    def _say(self, sentence: str, verbosity: int) -> None:
        if verbosity:
            self.stdout.write(sentence)
