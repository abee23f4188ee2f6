"""Make the index of search anew, such as after a new secret key: `zicht reindex-search`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from zicht.evidence import rules
from zicht.evidence.models import Source
from zicht.evidence.search.index import index_source


class Command(BaseCommand):
    """Index every source that is in use, one after the other; meanwhile people can search and record."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which organisation, where it is not all of them."""
        parser.add_argument("--organisation", default="", metavar="NAME", help="only of this one")

    def handle(self, *args: object, **options: Any) -> None:
        """Index, and say how many."""
        sources = Source.objects.filter(state=rules.IN_USE)
        if options["organisation"]:
            sources = sources.filter(org__org_name=options["organisation"])
        keys = list(sources.order_by("pk").values_list("pk", flat=True))
        for key in keys:
            with transaction.atomic():
                # Taken in turn, so that nothing is recorded in it meanwhile and left out.
                index_source(Source.objects.select_for_update(no_key=True).get(pk=key))
        self.stdout.write(f"Sources indexed: {len(keys)}.")
