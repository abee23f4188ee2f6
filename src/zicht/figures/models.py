"""The nouns of this room: editions of outside data files, and their cells."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zicht.figures.cells import MOST_IN_CATEGORY
from zicht.people.records import CodeField, WordsModel

HASH_LENGTH = 64  # hexadecimal characters of SHA-256
WORD_LENGTH = 40  # characters; the longest word UNODC uses for a split has 28


class OutsideEdition(WordsModel):
    """One reading of one file; of all editions of a source the one read last is shown."""

    words_entity = "outside_edition"

    edition_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source_code = models.CharField(max_length=WORD_LENGTH)
    dated = models.DateField(null=True, blank=True)
    file_hash = models.CharField(max_length=HASH_LENGTH)
    rows = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    citation = models.TextField()

    def __str__(self) -> str:
        return f"{self.source_code} {self.dated or self.file_hash[:12]}"


class OutsideCell(WordsModel):
    """One row of such a file, as it is there; rows that differ only in their value are parts of one figure."""

    words_entity = "outside_cell"

    cell_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    edition = models.ForeignKey(OutsideEdition, on_delete=models.CASCADE, related_name="cells", db_index=False)
    country = CodeField("iso3166", strict=True, max_length=3)
    indicator = CodeField("outside_indicator", strict=True)
    dimension = models.CharField(max_length=WORD_LENGTH)
    category = models.CharField(max_length=MOST_IN_CATEGORY, blank=True)
    sex = models.CharField(max_length=WORD_LENGTH)
    age = models.CharField(max_length=WORD_LENGTH)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(null=True, blank=True)
    below = models.PositiveIntegerField(null=True, blank=True)
    row = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__isnull=True, below__isnull=False) | Q(value__isnull=False, below__isnull=True),
                name="outside_cell_exactly_one_of_value_and_below",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "country", "indicator", "dimension"], name="outside_cell_of_a_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.year} {self.indicator}"
