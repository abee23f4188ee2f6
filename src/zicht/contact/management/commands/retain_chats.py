"""Destroy the chats whose time is over, their keys first, and old contact records; run it every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zicht.contact.chat.retaining import NoKeysError, retain
from zicht.contact.records.retaining import erase_old


class Command(BaseCommand):
    """Close, destroy and sweep; what was broken off is ended by the next run."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it and say how many; nothing in it says which, and nothing tells of a news desk."""
        try:
            done = retain()
        except NoKeysError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Closed {done.closed} chats that nobody had closed.")
        self.stdout.write(f"Destroyed {done.destroyed} chats; ended {done.ended} that were broken off.")
        self.stdout.write(f"Destroyed the wraps of {done.epochs} keys of desks, and keys of nothing.")
        self.stdout.write(f"Erased {erase_old()} contact records at the end of their term.")
