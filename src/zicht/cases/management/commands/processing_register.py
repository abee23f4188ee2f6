"""Print a draft of the record of processing activities (GDPR art. 30), or of the impact assessment (art. 35)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import translation

from zicht.cases.rights.processing.document import markdown
from zicht.cases.rights.processing.drafts import DRAFTS
from zicht.people.models import Organisation


class Command(BaseCommand):
    """Write the draft for one organisation."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which draft, for whom, in which language and form."""
        parser.add_argument("--dpia", action="store_true", help="the impact assessment instead of the record")
        parser.add_argument("--organisation", metavar="NAME", help="for which one, where there are several")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="nl")
        parser.add_argument("--format", dest="form", choices=["markdown", "html"], default="markdown")

    def handle(
        self, *_args: Any, dpia: bool, organisation: str | None, language: str, form: str, **_options: Any
    ) -> None:
        """Print it, or say which organisation is meant."""
        found = _find(organisation)
        with translation.override(language):
            draft = DRAFTS["dpia" if dpia else "register"](found)
            page = {"document": draft, "language": language}
            text = markdown(draft) if form == "markdown" else render_to_string("cases/rights/draft_file.html", page)
        self.stdout.write(text, ending="")


def _find(name: str | None) -> Organisation:
    """Find the organisation: those without accounts are only named in records."""
    here = Organisation.objects.filter(accounts__isnull=False).distinct()
    found = here.filter(org_name=name) if name else here
    if len(found) != 1:
        raise CommandError("Say for which organisation, by its exact name: --organisation NAME")
    return found[0]
