"""Write the static page for visitors of one organisation, signed by its root key."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.contact.key_ceremony.talking import ask_password
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.page_manifest import DEMO_ROOT, fingerprint, public_half
from zicht.contact.visitor_page.building import build_page
from zicht.contact.visitor_page.content import ContentError, read_content
from zicht.contact.visitor_page.root_key import RootKeyError, read_root_key


class Command(BaseCommand):
    """Build a page; nothing is asked of the database, so that it can be done where the root key is."""

    help = "Write the files of the page for visitors into a folder. Only the demo does without a root key of its own."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the page is made of and where it goes."""
        parser.add_argument("content", type=Path, help="a JSON file with desks, hours, numbers and words")
        parser.add_argument("folder", type=Path, help="a folder that is not there yet, or empty")
        parser.add_argument("--root-key", type=Path, help="the organisation's private root key in PEM")

    def handle(self, *_args: Any, content: Path, folder: Path, root_key: Path | None, **_options: Any) -> None:
        """Write every file, and say the fingerprint that people compare."""
        try:
            root = self._root(root_key)
            made = build_page(read_content(content), root, made_at=int(time.time()), is_demo=settings.DEMO)
            if folder.exists() and any(folder.iterdir()):
                raise CommandError("The folder is not empty. Nothing was written.")
            folder.mkdir(parents=True, exist_ok=True)
            for name, one in made.items():
                (folder / name).write_bytes(one)
        except (ContentError, RootKeyError, SealingError, OSError) as error:
            raise CommandError(f"The page was not made: {error}") from error
        self.stdout.write(f"Wrote {len(made)} files. The root of this page: {fingerprint(public_half(root))}")

    def _root(self, file: Path | None) -> bytes:
        if file:
            return read_root_key(file, ask_password)
        if settings.DEMO:
            return DEMO_ROOT
        raise RootKeyError("Name the organisation's root key with --root-key.")
