"""The nouns of this room: editions of outside data files with their cells, and the yearly report with what it says."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zicht.figures.cells import MOST_IN_CATEGORY
from zicht.people.models import Account, Organisation
from zicht.people.records import CodeField, WordsModel

HASH_LENGTH = 64  # hexadecimal characters of SHA-256
WORD_LENGTH = 40  # characters; the longest word UNODC uses for a split has 28
NAME_LENGTH = 200
CODES_LENGTH = 200  # characters of codes of tables with spaces between them; all of them have a hundred
TEXT_LENGTH = 2000


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


# --- the yearly report ------------------------------------------------------------------------------------------------
def _organisation() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")


def _staff() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")


class YearlyReport(WordsModel):
    """One version of the report on a year: its package holds every page and file, and never changes once published."""

    words_entity = "yearly_report"
    words_beside = frozenset({"package"})

    report_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = _organisation()
    year = models.PositiveSmallIntegerField()
    release_level = CodeField("release_level", strict=True)
    version = models.PositiveSmallIntegerField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=TEXT_LENGTH, blank=True)
    data_cutoff = models.DateField()
    definition_version = models.CharField(max_length=WORD_LENGTH)
    sha256 = models.CharField(max_length=HASH_LENGTH)
    package = models.BinaryField()
    made_by = _staff()
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "year", "release_level", "version"], name="yearly_report_version"),
            models.CheckConstraint(
                condition=Q(version=1, corrects__isnull=True)
                | (Q(version__gt=1, corrects__isnull=False) & ~Q(reason="")),
                name="yearly_report_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.release_level} {self.version}"


class ReportApproval(WordsModel):
    """One person's yes to one version, by its hash; two people are needed."""

    words_entity = "report_approval"

    approval_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(YearlyReport, on_delete=models.CASCADE, related_name="approvals")
    by = _staff()
    at = models.DateTimeField(default=timezone.now)
    sha256 = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "by"], name="report_approval_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"


class SeriesBreak(WordsModel):
    """A year from which some tables count differently."""

    words_entity = "series_break"

    break_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = _organisation()
    year = models.PositiveSmallIntegerField()
    table_codes = models.CharField(max_length=CODES_LENGTH)
    text_nl = models.CharField(max_length=TEXT_LENGTH)
    text_en = models.CharField(max_length=TEXT_LENGTH)
    source = models.CharField(max_length=TEXT_LENGTH, blank=True)
    by = _staff()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.year} {self.table_codes}"


class Estimate(WordsModel):
    """An estimate as its release allows it, taken into the reports on a year; the newest of a year counts."""

    words_entity = "estimate"
    words_beside = frozenset({"org", "release_level", "result", "residents", "residents_source", "by", "at"})
    # They stand together in the result, one for each method and group, protected as the release says.
    words_left_out = frozenset(
        {"method", "lists", "overlap_table", "observed_n", "estimate_n", "low", "high", "coverage", "alternatives"}
        | {"caveats"}
    )

    estimate_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = _organisation()
    year = models.PositiveSmallIntegerField()
    release_level = CodeField("release_level", strict=True)
    population = models.CharField(max_length=NAME_LENGTH)
    result = models.JSONField()
    residents = models.PositiveIntegerField(null=True, blank=True)
    residents_source = models.CharField(max_length=NAME_LENGTH, blank=True)
    by = _staff()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "year", "-at"], name="estimates_of_a_year")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(residents__isnull=True) | ~Q(residents_source=""), name="residents_have_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.release_level}"

    def refuse_if_wrong(self) -> None:
        """Raise ValidationError as the words say; numbers and methods stand in the result, for each method."""
        try:
            super().refuse_if_wrong()
        except ValidationError as wrong:
            others = {name: errors for name, errors in wrong.error_dict.items() if name not in self.words_left_out}
            if others:
                raise ValidationError(others) from wrong


class Commitment(WordsModel):
    """What an office promised or was asked, with the tables that show what came of it."""

    words_entity = "commitment"

    commitment_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = _organisation()
    kind = CodeField("commitment_kind", strict=True)
    text_nl = models.CharField(max_length=TEXT_LENGTH)
    text_en = models.CharField(max_length=TEXT_LENGTH)
    made_to = models.CharField(max_length=NAME_LENGTH)
    source = models.CharField(max_length=TEXT_LENGTH)
    dated = models.DateField()
    due = models.DateField(null=True, blank=True)
    state = CodeField("commitment_state", strict=True, default="open")
    state_on = models.DateField()
    table_codes = models.CharField(max_length=CODES_LENGTH)
    by = _staff()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.dated}"
