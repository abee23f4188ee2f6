"""Statements: what one source says, the words it stands on, who says it, and what people make of it.

None of these rows is ever changed (guards.py). A correction is a new statement that supersedes the one before.
"""

from typing import ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from zicht.evidence.models import columns
from zicht.evidence.models.sources import OfSource
from zicht.people.code_fields import CodeField
from zicht.people.records import SealedTextField, Walled, WordsModel

PLACE_LENGTH = 20


class Statement(OfSource):
    """Who does what to whom, or how many of what, when and where, as one source says it."""

    words_entity = "statement"
    # The quotation and its page stand in anchors, the credibility in assessments, the period in EDTF.
    words_left_out = frozenset({"locator", "quote", "credibility", "about_period"})

    statement_id = columns.key()
    source = columns.to("Source", "statements")
    text = SealedTextField()
    subject = columns.to("Actor", "as_subject")
    predicate = CodeField("link_kind", strict=True, blank=True)
    wording = SealedTextField()
    object = columns.to("Actor", "as_object", null=True, blank=True)
    value = SealedTextField()
    polarity = CodeField("polarity", strict=True, default="affirmed")
    modality = CodeField("modality", strict=True, default="fact")
    closeness = CodeField("source_link")
    qty_low = models.CharField(max_length=columns.NUMBER_LENGTH, blank=True)
    qty_high = models.CharField(max_length=columns.NUMBER_LENGTH, blank=True)
    qty_approx = models.BooleanField(default=False)
    unit = SealedTextField()
    counts_what = SealedTextField()
    per = SealedTextField()
    when_edtf = columns.edtf()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    place_code = models.CharField(max_length=PLACE_LENGTH, blank=True)
    method = CodeField("statement_method", strict=True)
    recorded_by = columns.staff()
    recorded_at = columns.moment()
    status = CodeField("statement_status", strict=True, default="stands")
    supersedes = columns.to("Statement", "superseded_by", null=True, blank=True)
    reason = SealedTextField()
    anchors = models.ManyToManyField("evidence.Anchor", through="evidence.StatementAnchor", related_name="statements")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supersedes"], condition=Q(supersedes__isnull=False), name="a_statement_is_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(earliest=None) | Q(latest=None) | Q(latest__gte=models.F("earliest")),
                name="statement_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject", "object"], name="statements_of_a_line"),
            models.Index(fields=["source", "recorded_at"], name="statements_of_a_source"),
        ]

    @classmethod
    def words_relations(cls) -> frozenset[str]:
        """Anchors are rows of their own in the words too."""
        return frozenset()


class StatementAnchor(WordsModel):
    """A quotation under a statement."""

    words_entity = "statement_anchor"

    entry_id = columns.key()
    statement = columns.to("Statement", "stands_on")
    anchor = columns.to("Anchor", "carries")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "anchor"], name="one_quotation_once_under_a_statement"),
        ]


class Attribution(WordsModel):
    """A link in the chain of who says it: number 1 said it first."""

    words_entity = "attribution"

    attribution_id = columns.key()
    statement = columns.to("Statement", "chain")
    number = models.PositiveSmallIntegerField()
    claimant = columns.to("Actor", "claims", null=True, blank=True)
    unnamed = SealedTextField()
    role = CodeField("claimant_role", strict=True)
    basis = CodeField("source_link", strict=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "number"], name="chain_in_order"),
            models.CheckConstraint(
                condition=Q(claimant__isnull=False) | Q(unnamed__isnull=False), name="somebody_says_it"
            ),
        ]

    @property
    def key_record(self) -> UUID:
        """The key of the source seals it."""
        found: UUID = self.statement.source_id
        return found


class Assessment(WordsModel):
    """How reliable the source and how credible the statement is, in the eyes of one person at one moment."""

    words_entity = "statement_assessment"

    assessment_id = columns.key()
    statement = columns.to("Statement", "assessments")
    reliability = CodeField("reliability", strict=True)
    credibility = CodeField("credibility", strict=True)
    reason = SealedTextField()
    by = columns.staff()
    at = columns.moment()

    @property
    def key_record(self) -> UUID:
        """The key of the source seals it."""
        found: UUID = self.statement.source_id
        return found


class Curation(WordsModel):
    """What somebody who is none of the readers decided about a statement."""

    words_entity = "curation"

    curation_id = columns.key()
    statement = columns.to("Statement", "curations")
    verdict = CodeField("curation_verdict", strict=True)
    reason = SealedTextField()
    by = columns.staff()
    at = columns.moment()

    @property
    def key_record(self) -> UUID:
        """The key of the source seals it."""
        found: UUID = self.statement.source_id
        return found


class Claim(Walled):
    """What several statements say together; its words are those of the statement it began with."""

    words_entity = "claim"
    # Which statements are for or against it stands in rows of their own, each with who put it there.
    words_left_out = frozenset({"supported_by", "contradicted_by"})

    claim_id = columns.key()
    first = columns.to("Statement", "begins")
    text = SealedTextField()
    state = CodeField("claim_state", strict=True, default="single")
    reviewed_by = columns.staff(null=True, blank=True)
    made_at = columns.moment()

    def refuse_if_wrong(self) -> None:
        """Raise ValidationError as the words say; the statement it begins with is the first that supports it."""
        try:
            super().refuse_if_wrong()
        except ValidationError as wrong:
            others = {name: errors for name, errors in wrong.error_dict.items() if name != "supported_by"}
            if others:
                raise ValidationError(others) from wrong

    @property
    def key_record(self) -> UUID:
        """The key of the source of its first statement seals its words."""
        found: UUID = self.first.source_id
        return found


class ClaimPart(WordsModel):
    """What a statement means for a claim; the last row of a statement counts."""

    words_entity = "claim_part"

    part_id = columns.key()
    claim = columns.to("Claim", "parts")
    statement = columns.to("Statement", "in_claims")
    stance = CodeField("claim_stance", strict=True)
    by = columns.staff()
    at = columns.moment()
