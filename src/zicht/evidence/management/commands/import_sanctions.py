"""Take in a public list of sanctions as its next version, and hold all actors against it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zicht import words
from zicht.evidence.screening.actions import Imported, import_list
from zicht.evidence.screening.errors import OlderListError
from zicht.people.code_fields import label_of, language
from zicht.reading.errors import ReadingError
from zicht.reading.lists.read import read_bytes


class Command(BaseCommand):
    """Read one file, all of it or nothing."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and which list it is where its form does not say so."""
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV, XML or JSON; the form is found out")
        parser.add_argument(
            "--list", choices=[code for code, _label in words.choices("sanctions_list_name", "en")], default="",
            dest="which", help="which list it is, where that does not follow from its form",
        )  # fmt: skip

    def handle(self, *args: object, **options: Any) -> None:
        """Read the list and say what came in, or say why nothing did."""
        try:
            imported = import_list(read_bytes(options["file"]), options["which"])
        except ReadingError as error:
            raise CommandError(error.in_language(language())) from error
        except OlderListError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(describe(imported))


def describe(imported: Imported) -> str:
    """Say what came in."""
    version = imported.version
    values = {
        "list": label_of("sanctions_list_name", version.which),
        "number": version.number,
        "entries": number_format(version.entries, use_l10n=True, force_grouping=True),
        "hash": version.sha256,
    }
    if not imported.is_new:
        return _("%(list)s: this file is version %(number)s, which is in use. Nothing was changed.") % values
    lines = [_("%(list)s: version %(number)s with %(entries)s entries. SHA-256: %(hash)s") % values]
    if version.left_out:
        lines.append(_("Left out %(count)s entries without a name or identifier.") % {"count": version.left_out})
    found = imported.candidates
    lines.append(
        ngettext("%(count)s new candidate among the actors.", "%(count)s new candidates among the actors.", found)
        % {"count": found}
    )
    return "\n".join(lines)
