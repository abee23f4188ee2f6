"""Make the organisation's root key, and sign with it whom the desks of the chat may trust."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.contact.key_ceremony import requests
from zicht.contact.key_ceremony.root_file import make_root_file, public_file_of, read_public_root, write_new
from zicht.contact.key_ceremony.talking import ask_password, ask_shown, give_halves
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.page_manifest import fingerprint, public_half, refuse_demo_root
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.six_words import LANGUAGES, words_of_key
from zicht.contact.sealing.statements import Signed, sign_lead
from zicht.contact.sealing.vouching import sign_approval
from zicht.contact.visitor_page.root_key import RootKeyError, read_root_key

DAYS = 90


class Command(BaseCommand):
    """Do one of four things, for two stewards at a machine without a network; it needs no settings and no database."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what can be done."""
        doing = parser.add_subparsers(dest="what", required=True)
        root = doing.add_parser("root", help="make the root key; two stewards get a half each of what opens it")
        root.add_argument("file", type=Path, help="a file that is not there yet; FILE.pub gets the public half")
        show = doing.add_parser("show", help="print the public half, its fingerprint and its six words")
        show.add_argument("file", type=Path, help="FILE.pub, or the root key itself")
        for name, about in (
            ("certificate", "sign who leads which desks"),
            ("approve", "sign, as a steward, that a member gets keys of a desk"),
        ):
            signing = doing.add_parser(name, help=about)
            signing.add_argument("file", type=Path, help="the root key")
            signing.add_argument("request", type=Path, help="the file that the browser made")
            signing.add_argument("--write", type=Path, help="write what was signed to a new file instead of the screen")
            if name == "certificate":
                signing.add_argument("--days", type=int, default=DAYS, help="for how long, at most 90 days")

    def handle(self, *_args: Any, what: str, **options: Any) -> None:
        """Do it, or say in a sentence why not."""
        doing = {"root": self._make, "show": self._show, "certificate": self._certify, "approve": self._approve}
        try:
            doing[what](options)
        except (RootKeyError, SealingError) as error:
            raise CommandError(str(error)) from error

    def _make(self, options: dict[str, Any]) -> None:
        file = options["file"]
        if file.exists() or public_file_of(file).exists():
            raise RootKeyError(f"{file.name} is there already and stays as it is.")
        root = make_root_file(file, *give_halves(self.stdout))
        self.stdout.write(f"Wrote {file.name} and {public_file_of(file).name}. A copy opens with the same two halves.")
        self._tell(root)

    def _show(self, options: dict[str, Any]) -> None:
        file = options["file"]
        is_private = file.is_file() and b"PRIVATE KEY" in file.read_bytes()
        self._tell(public_half(read_root_key(file, ask_password)) if is_private else read_public_root(file))

    def _tell(self, root: bytes) -> None:
        self.stdout.write(f"Root: {encode(root)}")
        self.stdout.write(f"Fingerprint: {fingerprint(root)}")
        for language in LANGUAGES:
            self.stdout.write(f"Six words ({language}): {words_of_key(root, language)}")

    def _certify(self, options: dict[str, Any]) -> None:
        asked = requests.read_request(options["request"], requests.LEAD_FIELDS)
        lead = requests.certificate_of(asked, options["days"], int(time.time()))
        self._agree(requests.tell_certificate(lead))
        self._give(sign_lead(self._root(options), lead), options)

    def _approve(self, options: dict[str, Any]) -> None:
        asked = requests.read_request(options["request"], requests.APPROVAL_FIELDS)
        approval = requests.approval_of(asked, int(time.time()))
        self._agree(requests.tell_approval(approval))
        self._give(sign_approval(self._root(options), approval), options)

    def _root(self, options: dict[str, Any]) -> bytes:
        root = read_root_key(options["file"], ask_password)
        refuse_demo_root(public_half(root), is_demo=False)
        return root

    def _agree(self, sentences: list[str]) -> None:
        """Sign nothing that the stewards have not read and compared."""
        sys.stderr.write("".join(f"{sentence}\n" for sentence in sentences))
        if ask_shown("Are these the words on her screen? Type yes to sign: ").strip().lower() != "yes":
            raise RootKeyError("Nothing was signed.")

    def _give(self, signed: Signed, options: dict[str, Any]) -> None:
        written = json.dumps(signed.to_json(), indent=1)
        if options["write"]:
            write_new(options["write"], f"{written}\n".encode())
            self.stdout.write(f"Wrote {options['write'].name}.")
        else:
            self.stdout.write(written)
