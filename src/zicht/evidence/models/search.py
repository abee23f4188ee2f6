"""Places that searching can find. Which words stand there is beside them as keyed hashes (search/terms.py)."""

from typing import ClassVar

from django.db import models

from zicht.evidence.models import columns
from zicht.evidence.models.sources import OfSource
from zicht.people.code_fields import CodeField


class SearchRow(OfSource):
    """A part of a text, a statement or an actor, in one source; deleted with it."""

    words_entity = "search_row"

    # A number and not a UUID: SQLite's full-text search refers to rows by number.
    row_id = models.BigAutoField(primary_key=True)
    source = columns.to("Source", "search_rows")
    kind = CodeField("search_kind", strict=True)
    subject = models.UUIDField()
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject"], name="search_rows_of_a_subject")]
