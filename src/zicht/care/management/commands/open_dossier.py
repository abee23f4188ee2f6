"""Open a dossier that another organisation sent, with the code it told by telephone."""

import datetime as dt
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from zicht.care.dossiers import sealing
from zicht.people.set_up_codes import normalise

WRONG: tuple[tuple[type[sealing.DossierError], str], ...] = (
    (sealing.NoDossierError, "This file is no dossier that this version of Zicht knows."),
    (sealing.WrongCodeError, "It does not open: the code is another one, or the file was changed on its way."),
    (sealing.WrongSignatureError, "It was not signed by that key, so nothing of it is shown. Ask who sent it."),
)


class Command(BaseCommand):
    """Show what a dossier says, and who signed it."""

    help = "Open a dossier that another organisation sent. Its code is asked for and never given on the command line."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, and the key that it must be signed with."""
        parser.add_argument("file", type=Path, help="the dossier")
        parser.add_argument("--key", type=Path, help="the sender's public key (.pub), which they gave you before")

    def handle(self, *_args: Any, file: Path, key: Path | None, **_options: Any) -> None:
        """Open it; nothing is shown of one that expired or whose signature is wrong."""
        content = _open(file, normalise(input("Code: ")), _read_key(key) if key else None)
        if dt.date.fromisoformat(content.expires_on) < timezone.localdate():
            raise CommandError(
                f"This dossier could be opened until {content.expires_on}. Ask the sender for a new one."
            )
        self.stdout.write(f"From {content.sender} to {content.receiver}, made on {content.made_on}.")
        self.stdout.write(f"Case {content.case}. It can be opened until {content.expires_on}; delete it after that.")
        for label, text in (*content.asked, *content.along):
            self.stdout.write(f"  {label}: {text}")
        told = "the key you gave" if key else "a key that you should compare with what the sender tells you"
        self.stdout.write(f"Signed with {told}: {content.key_id}")


def _open(file: Path, code: str, key: Ed25519PublicKey | None) -> sealing.Content:
    try:
        return sealing.unseal(file.read_bytes(), code, key)
    except OSError as error:
        raise CommandError(f"{file.name} cannot be read.") from error
    except sealing.DossierError as error:
        raise CommandError(next(told for kind, told in WRONG if isinstance(error, kind))) from error


def _read_key(file: Path) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise CommandError(f"{file.name} cannot be read as a key.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise CommandError(f"{file.name} is not an Ed25519 key.")
    return key
