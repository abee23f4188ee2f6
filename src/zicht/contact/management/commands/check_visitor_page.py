"""Check from outside that a page for visitors is the one that an organisation signed."""

import datetime as dt
from typing import Any
from urllib.parse import urljoin

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zicht.contact.page_check.checking import Address, check_page, read_fingerprint
from zicht.contact.page_check.fetching import CannotFetchError, folder_of
from zicht.contact.sealing.errors import DemoRootError, SealingError, WrongRootError

COULD_NOT_CHECK = 2
DESK_FOLDER = "/staff/desk/"


class Command(BaseCommand):
    """Fetch and compare; it needs no settings and no database, so that anybody can run it anywhere."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where the page is and whose it must be."""
        parser.add_argument("url", help="the address of the page, with https")
        parser.add_argument("--fingerprint", required=True, help="of the organisation's root, as its stewards say it")
        parser.add_argument("--desk", help=f"where the counsellors' page is ({DESK_FOLDER} of the same host)")
        parser.add_argument("--without-desk", action="store_true", help="leave the counsellors' page out")

    def handle(self, *_args: Any, url: str, **options: Any) -> None:
        """Print a line for each thing that is not as it must be."""
        try:
            visitors = folder_of(url)
            desk = folder_of(options["desk"] or urljoin(visitors, DESK_FOLDER))
            address = Address(visitors, None if options["without_desk"] else desk)
            checked = check_page(address, read_fingerprint(options["fingerprint"]))
        except DemoRootError as error:
            raise CommandError(
                "This page is signed by the root of the demo, which everybody has. It protects nobody."
            ) from error
        except WrongRootError as error:
            raise CommandError("This page is signed by another root than the one with this fingerprint.") from error
        except SealingError as error:
            raise CommandError(str(error)) from error
        except CannotFetchError as error:
            raise CommandError(str(error), returncode=COULD_NOT_CHECK) from error
        for finding in checked.findings:
            self.stdout.write(finding)
        if checked.findings:
            raise CommandError("The page is not as it was signed, or is not served as it must be.")
        made = dt.datetime.fromtimestamp(checked.manifest.made_at, dt.UTC)
        self.stdout.write(f"The page is the one signed on {made:%Y-%m-%d}: {len(checked.manifest.files)} files.")
