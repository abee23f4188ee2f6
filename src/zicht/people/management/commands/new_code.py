"""Make a new set-up code for an account whose means of signing in are lost, when no other administrator can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from zicht.people import actions
from zicht.people.addresses import set_up_address
from zicht.people.errors import PeopleError
from zicht.people.models import Account


class Command(BaseCommand):
    """Wipe password and second factor of one account, and print a code that sets a new password."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose it is."""
        parser.add_argument("login", help="the word the person signs in with")

    def handle(self, *_args: Any, login: str, **_options: Any) -> None:
        """Wipe and print."""
        account = Account.objects.filter(login=login.lower()).first()
        if account is None:
            raise CommandError("There is no account with this sign-in name. Nothing was changed.")
        try:
            invitation = actions.reset_second_factor(None, account)
        except PeopleError as refusal:
            with translation.override("en"):  # as all that commands say
                raise CommandError(f"Nothing was changed. {refusal}") from refusal
        self.stdout.write("Password and second factor are wiped. What sets a new password, once, within 72 hours:")
        self.stdout.write(set_up_address())
        self.stdout.write(invitation.code)
