"""Hold names against the lists of sanctions that came in; decides nothing and stores nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zicht.evidence.screening.errors import NoListError
from zicht.evidence.screening.findings import Finding, find
from zicht.evidence.screening.lists import current_versions
from zicht.evidence.screening.wording import reasons_in_words
from zicht.linkage.screening import THRESHOLD, Asked
from zicht.people.code_fields import label_of

KINDS = ("person", "body", "vessel", "aircraft")


class Command(BaseCommand):
    """Screen some names."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the names and what is known beside them."""
        parser.add_argument(
            "names", nargs="+", metavar="NAME", help="a number may stand behind it: “Star 3 IMO 9074729”"
        )
        parser.add_argument("--kind", choices=KINDS, default="", help="what is asked about (otherwise all kinds)")
        parser.add_argument("--imo", default="", metavar="NUMBER", help="the IMO number of a ship")
        parser.add_argument("--threshold", type=float, default=THRESHOLD, help=f"least score, 0 to 1 ({THRESHOLD})")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: object, **options: Any) -> None:
        """Print what was found for each name."""
        versions = current_versions()
        try:
            if not versions:
                raise NoListError
        except NoListError as error:
            raise CommandError(str(error)) from error
        asked = [Asked.read(name, options["kind"], options["imo"]) for name in options["names"]]
        found = [(one, find(one, versions, options["threshold"])) for one in asked]
        if options["json"]:
            told = {
                "lists": [
                    {"list": one.which, "version": one.number, "dated": one.dated or None, "sha256": one.sha256}
                    for one in versions
                ],
                "threshold": options["threshold"],
                "screened": [
                    {"name": one.name, "imo": one.imo or None, "candidates": [each.described() for each in findings]}
                    for one, findings in found
                ],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one, findings in found:
            self.stdout.write("\n".join([one.name, *(_line(each) for each in findings)] if findings else _nobody(one)))


def _nobody(asked: Asked) -> list[str]:
    return [asked.name, "  " + _("nobody on the lists at this threshold")]


def _line(finding: Finding) -> str:
    where = f"{label_of('sanctions_list_name', finding.which)}, {finding.key}"
    number = f", IMO {finding.imo}" if finding.imo else ""
    scores = _("score %(score)s, letters %(letters)s") % {
        "score": f"{finding.score:.2f}",
        "letters": f"{finding.letters:.2f}",
    }
    return "\n".join(
        [f"  {finding.name} ({where}{number}): {scores}", *(f"    {one}" for one in reasons_in_words(finding))]
    )
