"""Write the checklist of signals for phones, signed by the root key of one organisation."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.contact.key_ceremony.talking import ask_password
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.page_manifest import DEMO_ROOT, fingerprint, public_half
from zicht.contact.visitor_page.content import ContentError, read_content
from zicht.contact.visitor_page.root_key import RootKeyError, read_root_key
from zicht.signals.checklist.building import build_checklist


class Command(BaseCommand):
    """Build the checklist where the root key is; nothing is asked of the database."""

    help = "Write the files of the checklist into a folder. Only the demo does without a root key of its own."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the page is made of, the desk that checklists go to, and where it is written."""
        parser.add_argument("content", type=Path, help="the JSON file that the page for visitors is made of")
        parser.add_argument("folder", type=Path, help="a folder that is not there yet, or empty")
        parser.add_argument("--desk", required=True, help="the name of the desk of intake that can open checklists")
        parser.add_argument("--root-key", type=Path, help="the organisation's private root key in PEM")

    def handle(
        self, *_args: Any, content: Path, folder: Path, desk: str, root_key: Path | None, **_options: Any
    ) -> None:
        """Write every file, and say the fingerprint that people compare."""
        try:
            root = self._root(root_key)
            made = build_checklist(read_content(content), desk, root, made_at=int(time.time()), is_demo=settings.DEMO)
            if folder.exists() and any(folder.iterdir()):
                raise CommandError("The folder is not empty. Nothing was written.")
            folder.mkdir(parents=True, exist_ok=True)
            for name, one in made.items():
                (folder / name).write_bytes(one)
        except (ContentError, RootKeyError, SealingError, OSError) as error:
            raise CommandError(f"The checklist was not made: {error}") from error
        self.stdout.write(f"Wrote {len(made)} files. The root of this page: {fingerprint(public_half(root))}")

    def _root(self, file: Path | None) -> bytes:
        if file:
            return read_root_key(file, ask_password)
        if settings.DEMO:
            return DEMO_ROOT
        raise CommandError("Name the file of the organisation's root key with --root-key.")
