"""Store documents as sources with what is read in them: `zicht read FILE... --into demo`, or into an organisation."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from zicht.evidence import rules
from zicht.evidence.errors import EvidenceError
from zicht.evidence.sources.actions import MOST_READ, Received, receive
from zicht.people.models import Account
from zicht.reading.calendar import is_edtf
from zicht.reading.command import REFUSED
from zicht.reading.errors import DocumentError, WrongDate
from zicht.reading.formats.bounds import MEGABYTE, MOST_ON_DISK
from zicht.reading.lexicon import LANGUAGES

DEMO = "demo"
DEMO_LOGIN = "researcher"


class Command(BaseCommand):
    """Store some files; those that are there already stay as they are."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, where they go, and who answers for them."""
        parser.add_argument(
            "files", type=Path, nargs="+", metavar="FILE", help="text, PDF, Word (.docx), page, picture"
        )
        parser.add_argument(
            "--into", required=True, metavar="ORGANISATION", help="demo, or the name of an organisation"
        )
        parser.add_argument("--as", dest="login", default="", metavar="LOGIN", help="who answers for it")
        parser.add_argument("--kind", default="not_asked", metavar="CODE", help="of list source_kind")
        parser.add_argument("--language", choices=LANGUAGES, default="", help="of the documents (found out otherwise)")
        parser.add_argument("--published", default="", metavar="DATE", help="EDTF; on it “last year” builds")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: object, **options: Any) -> None:
        """Store one file after the other; a file that is refused stops the rest, and what was stored stays."""
        if options["published"] and not is_edtf(options["published"]):
            raise CommandError(str(WrongDate(given=options["published"])), returncode=REFUSED)
        by = account_for(options["into"], options["login"])
        values = {"kind": options["kind"], "language": options["language"], "published_edtf": options["published"]}
        stored = [(file, self.store(by, file, values)) for file in options["files"]]
        if options["json"]:
            self.stdout.write(json.dumps([describe(file, received) for file, received in stored], ensure_ascii=False))

    def store(self, by: Account, file: Path, values: dict[str, Any]) -> Received:
        """Store one file, or say why not."""
        try:
            received = receive(by, read_file(file), values)
        except (EvidenceError, DocumentError) as error:
            raise CommandError(f"{file.name}: {error}", returncode=REFUSED) from error
        except ValidationError as error:
            raise CommandError(f"{file.name}: {' '.join(error.messages)}", returncode=REFUSED) from error
        told = f"stored with {received.suggestions} suggestions" if received.is_new else "is there already"
        if received.is_read_in_part:
            told += f" in its first {MOST_READ} characters"
        self.stderr.write(f"{file.name}: {told}, /staff/evidence/{received.source.pk}/")
        return received


def account_for(into: str, login: str) -> Account:
    """Give who answers for what is stored: named, or the only one of the organisation who works with sources."""
    if into == DEMO and not settings.DEMO:
        raise CommandError("Run this as `zicht read FILE... --into demo`: that brings the settings of the demo.")
    accounts = Account.objects.filter(status="active").prefetch_related("grants")
    named = accounts.filter(login=login or DEMO_LOGIN) if into == DEMO else accounts.filter(org__org_name=into)
    able = [one for one in named if rules.walls_of(one) and login in ("", one.login)]
    if not able:
        wanted = "Run `zicht demo --no-serve` first." if into == DEMO else "Give the login with --as."
        raise CommandError(f"Nobody there works with sources. {wanted}", returncode=REFUSED)
    if len(able) > 1:
        raise CommandError(
            "More than one person there works with sources. Say who with --as LOGIN.", returncode=REFUSED
        )
    return able[0]


def read_file(file: Path) -> bytes:
    """Read a file whose size was looked at first."""
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise CommandError(f"{file.name} is no file.", returncode=REFUSED)
        if size > MOST_ON_DISK:
            most = MOST_ON_DISK // MEGABYTE
            raise CommandError(
                f"{file.name} has {size // MEGABYTE} MB; more than {most} MB is not read.", returncode=REFUSED
            )
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file.name} is not there, or may not be read.", returncode=REFUSED) from error


def describe(file: Path, received: Received) -> dict[str, Any]:
    """Give what is printed of one file."""
    return {
        "doc": file.name,
        "source": str(received.source.pk),
        "new": received.is_new,
        "sha256": received.source.sha256,
    }
