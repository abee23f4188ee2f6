"""Check from outside that the pages for visitors and the checklist are those that an organisation signed."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.contact.page_check.checking import Address, check_page, read_fingerprint
from zicht.contact.page_check.fetching import CannotFetchError, folder_of
from zicht.contact.page_check.kinds import PageKind, visitors_page
from zicht.contact.sealing.errors import DemoRootError, SealingError, WrongRootError
from zicht.signals.checklist.checking import checklist_page

COULD_NOT_CHECK = 2
DESK_FOLDER, CHECKLIST_FOLDER = "/staff/desk/", "/checklist/"
Checks = Iterator[tuple[str, Address, Callable[[], PageKind]]]


class Command(BaseCommand):
    """Fetch and compare; it needs no settings and no database, so that anybody can run it anywhere."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where the pages are and whose they must be."""
        parser.add_argument("url", help="the address of the page, with https; of the checklist, to check that alone")
        parser.add_argument("--fingerprint", required=True, help="of the organisation's root, as its stewards say it")
        parser.add_argument("--desk", help=f"where the counsellors' page is ({DESK_FOLDER} of the same host)")
        parser.add_argument("--without-desk", action="store_true", help="leave the counsellors' page out")
        parser.add_argument("--checklist", help=f"where the checklist is ({CHECKLIST_FOLDER} of the same host)")
        parser.add_argument("--without-checklist", action="store_true", help="leave the checklist out")

    def handle(self, *_args: Any, url: str, fingerprint: str, **options: Any) -> None:
        """Print a line for each thing that is not as it must be."""
        is_right = True
        for name, address, kind in _pages(url, options):
            is_right &= self._check(name, address, fingerprint, kind())
        if not is_right:
            raise CommandError("The page is not as it was signed, or is not served as it must be.")

    def _check(self, name: str, address: Address, typed: str, kind: PageKind) -> bool:
        try:
            checked = check_page(address, read_fingerprint(typed), kind)
        except DemoRootError as error:
            raise CommandError(
                f"{name} is signed by the root of the demo, which everybody has. It protects nobody."
            ) from error
        except WrongRootError as error:
            raise CommandError(f"{name} is signed by another root than the one with this fingerprint.") from error
        except SealingError as error:
            raise CommandError(str(error)) from error
        except CannotFetchError as error:
            raise CommandError(f"{name} could not be checked. {error}", returncode=COULD_NOT_CHECK) from error
        for finding in checked.findings:
            self.stdout.write(finding)
        if not checked.findings:
            made = dt.datetime.fromtimestamp(checked.manifest.made_at, dt.UTC)
            self.stdout.write(f"{name} is the one signed on {made:%Y-%m-%d}: {len(checked.manifest.files)} files.")
        return not checked.findings


def _pages(url: str, options: dict[str, Any]) -> Checks:
    """Give what is looked at: the page that was named, and the checklist of the same organisation."""
    try:
        named = folder_of(url)
        desk = folder_of(options["desk"] or urljoin(named, DESK_FOLDER))
        checklist = folder_of(options["checklist"] or urljoin(named, CHECKLIST_FOLDER))
    except CannotFetchError as error:
        raise CommandError(str(error), returncode=COULD_NOT_CHECK) from error
    if named != checklist:
        yield "The page", Address(named, None if options["without_desk"] else desk), visitors_page
    if named == checklist or not options["without_checklist"]:
        yield "The checklist", Address(checklist), checklist_page
