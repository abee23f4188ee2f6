"""Tell other systems which records changed; run it every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from zicht.cases.webhooks.sending import send_waiting


class Command(BaseCommand):
    """Send what waits, and say how much went; quiet when there was nothing."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send."""
        done = send_waiting()
        if done.sent or done.put_off or done.given_up:
            self.stdout.write(f"{done.sent} notices sent, {done.put_off} put off, {done.given_up} given up.")
