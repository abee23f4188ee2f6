"""Sources: what was received, from where, who may see it, on what it rests, and every step of its custody.

A source has a key of its own (people/record_keys.py). Title, text, quotations and names are sealed with it, so that
all of them become unreadable together when the source is withdrawn.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from zicht.evidence.models import columns
from zicht.evidence.walls import OfSourceQuerySet, SourceQuerySet
from zicht.people.asked_fields import NOT_ASKED
from zicht.people.code_fields import CodeField, MultiCodeField, label_of
from zicht.people.records import SealedTextField, Walled, WordsModel


class OfSource(WordsModel):
    """Stand behind everything whose texts are sealed with the key of its source."""

    objects: ClassVar[Any] = OfSourceQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def key_record(self) -> UUID:
        """The key of the source seals it."""
        return self.source_id  # type: ignore[attr-defined,no-any-return]


class Source(Walled):
    """A document, interview, image or data set, with the walls around it."""

    words_entity = "source"
    # Custody has lines of its own, and assessments stand with the statements; a date can be uncertain.
    words_left_out = frozenset({"custody", "reliability", "published_on", "covers_from", "covers_to"})

    source_id = columns.key()
    kind = CodeField("source_kind")
    title = SealedTextField()
    publisher = SealedTextField()
    locator = SealedTextField()
    alias = SealedTextField()
    published_edtf = columns.edtf()
    language = CodeField("iso639", blank=True)
    collected_on = models.DateField()
    collected_by = columns.staff()
    captured_at = models.DateTimeField(null=True, blank=True)
    licence = SealedTextField()  # often with the name of whoever made it
    sha256 = columns.digest()
    protected = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    double_reading = models.BooleanField(default=False)
    state = CodeField("source_state", strict=True, default="open")

    objects: ClassVar[Any] = SourceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "compartment", "sha256"],
                condition=Q(state="open", restricted=False),
                name="one_source_of_the_same_bytes",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["org", "compartment", "-collected_on"], name="sources_newest")]

    @property
    def kind_told(self) -> str:
        """Name the kind; of one that nobody chose, such as of a file from the command line, say so."""
        return _("Kind not chosen yet") if self.kind == NOT_ASKED else label_of("source_kind", self.kind)

    @property
    def key_record(self) -> UUID:
        """It has a key of its own."""
        return self.source_id


class SourceReader(OfSource):
    """Somebody who may see a restricted source; ended, never deleted."""

    words_entity = "source_reader"

    entry_id = columns.key()
    source = columns.to("Source", "readers")
    account = columns.staff()
    added_by = columns.staff()
    added_at = columns.moment()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "account"], condition=Q(ended_at=None), name="somebody_reads_a_source_once"
            ),
        ]


class Original(OfSource):
    """The bytes as they came, sealed."""

    words_entity = "original"
    words_beside = frozenset({"body"})
    words_left_out = frozenset({"body"})

    original_id = columns.key()
    source = columns.to("Source", "originals")
    number = models.PositiveIntegerField(default=1)
    sha256 = columns.digest()
    media_type = CodeField("media_type", strict=True)
    size = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "number"], name="originals_of_a_source_in_order"),
        ]


class Interview(OfSource):
    """What a person who was interviewed agreed to; no name: at most an alias stands with the source."""

    words_entity = "interview"

    interview_id = columns.key()
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="interview")
    answer = CodeField("consent_answer", strict=True)
    purposes = MultiCodeField("consent_purpose", strict=True)
    asked_on = models.DateField()
    interviewer = columns.staff()
    conditions = SealedTextField()


class Derivation(OfSource):
    """That a source rests on another, such as a newspaper on a report."""

    words_entity = "derivation"

    derivation_id = columns.key()
    source = columns.to("Source", "rests_on")
    from_source = columns.to("Source", "rested_on_by")
    by = columns.staff()
    at = columns.moment()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "from_source"], name="one_derivation_of_a_pair"),
            models.CheckConstraint(condition=~Q(source=F("from_source")), name="no_source_rests_on_itself"),
        ]


class SourceRelation(OfSource):
    """What somebody judged about two sources: independent, or one root."""

    words_entity = "source_relation"

    relation_id = columns.key()
    source = columns.to("Source", "judged")
    other = columns.to("Source", "judged_beside")
    verdict = CodeField("independence", strict=True)
    reason = SealedTextField()
    by = columns.staff()
    at = columns.moment()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=F("other")), name="no_source_is_beside_itself"),
        ]


class CustodyLine(OfSource):
    """One step of the chain of custody; its hash holds the line before."""

    words_entity = "custody"

    line_id = columns.key()
    source = columns.to("Source", "custody")
    number = models.PositiveIntegerField()
    step = CodeField("custody_step", strict=True)
    happened_at = columns.moment()
    by = columns.staff(null=True, blank=True)
    about = columns.staff(null=True, blank=True)
    sha256 = columns.digest()
    line_hash = columns.digest()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "number"], name="custody_in_order"),
        ]


class SourceReading(OfSource):
    """That somebody reads a source on their own, beside another reader."""

    words_entity = "source_reading"

    reading_id = columns.key()
    source = columns.to("Source", "readings")
    reader = columns.staff()
    started_at = columns.moment()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "reader"], name="somebody_reads_for_agreement_once"),
        ]


class SourceWithdrawal(OfSource):
    """That a source was taken back. It names no text, so that it can stay when nothing else can be read."""

    words_entity = "source_withdrawal"
    # All of a source goes at once; which statements and claims stood on it is looked up, and no reason is asked.
    words_left_out = frozenset({"consent_id", "statements", "claims_affected", "outcome_reason"})

    withdrawal_id = columns.key()
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="withdrawal")
    asked_on = models.DateField()
    scope = CodeField("withdrawal_scope", strict=True, default="all")
    outcome = CodeField("withdrawal_outcome", blank=True)
    handled_on = models.DateField(null=True, blank=True)
    handled_by = columns.staff()
