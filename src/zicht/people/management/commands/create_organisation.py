"""Create an organisation and its first administrator, and print the set-up code for that person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from zicht import words
from zicht.people import actions
from zicht.people.addresses import set_up_address


class Command(BaseCommand):
    """Do what no page can do: let the first person in."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what an organisation must have; everything else is filled in later."""
        lists = words.vocabulary().lists
        parser.add_argument("name", help="name of the organisation")
        parser.add_argument("--type", required=True, choices=[code.code for code in lists["org_type"].offered()])
        parser.add_argument("--regime", required=True, choices=[code.code for code in lists["legal_regime"].offered()])
        parser.add_argument("--login", required=True, help="the word the first administrator signs in with")
        parser.add_argument("--shown-as", default="Administrator", help="what colleagues see; no name is needed")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Create both or nothing."""
        values = {"org_name": given["name"], "org_type": given["type"], "legal_regime": given["regime"]}
        try:
            with translation.override("en"):  # as all that commands say
                invitation = actions.create_organisation(values, login=given["login"], shown_as=given["shown_as"])
        except ValidationError as wrong:
            raise CommandError("Nothing was created. " + " ".join(wrong.messages)) from wrong
        self.stdout.write(f"Created {given['name']}. What its first administrator needs, once, within 72 hours:")
        self.stdout.write(set_up_address())
        self.stdout.write(invitation.code)
