"""Prepare a made-up organisation in ./var/demo and serve it on 127.0.0.1:8000."""

from argparse import ArgumentParser
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from zicht.figures.actions import import_shipped_totals
from zicht.site import made_up, made_up_desk
from zicht.site.demo import kept_secret
from zicht.site.serving import refuse_taken_port, serve

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Make everything that is not there yet, say how to log in, and serve."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to serve and where."""
        parser.add_argument("--no-serve", action="store_true", help="prepare and stop")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, **options: object) -> None:
        """Prepare, print, serve."""
        if not settings.DEMO:
            raise CommandError("Run this as `zicht demo`: it brings its own settings and leaves other data alone.")
        port = int(str(options["port"]))
        if not options["no_serve"]:
            refuse_taken_port(HOST, port)
        password = kept_secret(settings.KEYS_FOLDER / "demo_password", 9)
        self.prepare(password)
        if not options["no_serve"]:  # half a minute, for somebody who looks
            self.step("made-up yearly report", made_up.make_yearly_reports)
        self.stdout.write(made_up.describe(f"http://{HOST}:{port}", password, made_up_desk.passphrase()))
        if not options["no_serve"]:
            serve(HOST, port)

    def prepare(self, password: str) -> None:
        """Take the steps one by one; each may be repeated after it was broken off."""
        quiet = {"verbosity": 0}
        self.step("database", lambda: call_command("migrate", interactive=False, **quiet))
        self.step("keys", lambda: call_command("make_keys", **quiet))
        self.step("organisations and accounts", lambda: made_up.make_organisations(password))
        self.step("partners", made_up.make_partners)
        self.step("made-up register", made_up.make_registers)
        self.step("made-up desk of the chat", made_up.make_desks)
        self.step("made-up checklist", made_up.make_checklist)
        self.step("made-up training", made_up.make_trainings)
        self.step("made-up contacts", made_up.make_contacts)
        self.step("made-up reports", made_up.make_intake)
        self.step("made-up shelter", made_up.make_care)
        self.step("made-up sources", made_up.make_evidence)
        self.step("made-up barriers", made_up.make_barriers)
        self.step("made-up commitments", made_up.make_commitments)
        self.step("figures from UNODC", import_shipped_totals)
        self.step("pages", lambda: call_command("collectstatic", interactive=False, **quiet))

    def step(self, name: str, take: Callable[[], object]) -> None:
        """Say what is being done while it is done."""
        self.stdout.write(f"  {name} …", ending="")
        self.stdout.flush()
        take()
        self.stdout.write(" ready")
