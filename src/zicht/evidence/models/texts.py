"""Texts that never change, places in them, and what the reading rules suggest."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from zicht.evidence.models import columns
from zicht.evidence.models.sources import OfSource
from zicht.people.code_fields import CodeField
from zicht.people.records import SealedTextField, WordsModel

EXTRACTOR_LENGTH = 60
REGION_LENGTH = 60  # four numbers of seven digits


class TextVersion(OfSource):
    """The text that one extraction gave; another extraction is another row."""

    words_entity = "text_version"
    words_beside = frozenset({"body", "sentences"})
    words_left_out = words_beside

    text_id = columns.key()
    source = columns.to("Source", "texts")
    original = columns.to("Original", "texts")
    number = models.PositiveIntegerField()
    extractor = models.CharField(max_length=EXTRACTOR_LENGTH)
    sha256 = columns.digest()
    length = models.PositiveIntegerField()
    # Pairs of start and end in code points, end exclusive.
    sentences = models.JSONField(default=list)
    body = models.BinaryField()
    made_by = columns.staff()
    made_at = columns.moment()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "number"], name="texts_of_a_source_in_order")
        ]


class Anchor(OfSource):
    """A place in a text (code points, end exclusive) with its words and what stands around them, or part of a picture.

    W3C Web Annotation Data Model: TextPositionSelector with TextQuoteSelector; for a picture a FragmentSelector.
    """

    words_entity = "anchor"
    # Words of a document may hold signs that a form refuses.
    words_beside = frozenset({"exact", "prefix", "suffix"})
    words_left_out = words_beside

    anchor_id = columns.key()
    source = columns.to("Source", "anchors")
    text_version = columns.to("TextVersion", "anchors", null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    exact = SealedTextField()
    prefix = SealedTextField()
    suffix = SealedTextField()
    region = models.CharField(max_length=REGION_LENGTH, blank=True)
    status = CodeField("anchor_status", strict=True, default="placed")
    previous = columns.to("Anchor", "next_ones", null=True, blank=True)
    placed_by = columns.staff()
    placed_at = columns.moment()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(end__gt=models.F("start")), name="anchor_has_a_length"
            ),
            models.CheckConstraint(
                condition=Q(text_version=None) ^ Q(region=""), name="anchor_is_in_a_text_or_in_a_picture"
            ),
            models.CheckConstraint(
                condition=~Q(region="", start=None) | Q(status="lost"), name="anchor_without_a_place_is_lost"
            ),
        ]


class Suggestion(OfSource):
    """What the reading rules found in a text. It becomes nothing by itself."""

    words_entity = "suggestion"
    words_beside = frozenset({"told", "source"})
    words_left_out = frozenset({"told"})

    suggestion_id = columns.key()
    # Beside its text, so that walls ask one table.
    source = columns.to("Source", "suggestions")
    text_version = columns.to("TextVersion", "suggestions")
    kind = CodeField("suggestion_kind", strict=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    told = SealedTextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["text_version", "start"], name="suggestions_in_a_text")]


class SuggestionDecision(WordsModel):
    """What a named person did with a suggestion."""

    words_entity = "suggestion_decision"

    decision_id = columns.key()
    suggestion = columns.to("Suggestion", "decisions")
    verdict = CodeField("suggestion_verdict", strict=True)
    statement = columns.to("Statement", "promoted_from", null=True, blank=True)
    mention = columns.to("Mention", "promoted_from", null=True, blank=True)
    by = columns.staff()
    at = columns.moment()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["suggestion", "by"], name="somebody_decides_once_on_a_suggestion"),
        ]

    @property
    def key_record(self) -> UUID:
        """The key of the source seals what it is about."""
        found: UUID = self.suggestion.source_id
        return found
