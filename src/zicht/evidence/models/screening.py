"""Versions of public lists, what a screening against one found, and the verdicts of people. Nothing is ever changed.

What a screening found is sealed with the key of the source that has the name: a candidate tells who the source names.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models

from zicht.evidence.models import columns
from zicht.evidence.models.sources import OfSource
from zicht.people.code_fields import CodeField
from zicht.people.records import SealedTextField, Walled, WordsModel

DATED_LENGTH = 30


class SanctionsList(WordsModel):
    """A version of a public list, whole, so that a verdict can be understood years later."""

    words_entity = "sanctions_list"
    words_beside = frozenset({"content"})

    version_id = columns.key()
    which = CodeField("sanctions_list_name", strict=True)
    number = models.PositiveIntegerField()
    form = CodeField("sanctions_list_form", strict=True)
    dated = models.CharField(max_length=DATED_LENGTH, blank=True)
    sha256 = columns.digest()
    entries = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    at = columns.moment()
    # The entries as JSON, packed with zlib.
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["which", "number"], name="versions_of_a_list_in_order"),
            models.UniqueConstraint(fields=["which", "sha256"], name="the_same_list_comes_in_once"),
        ]


class Screening(Walled):
    """That the actors behind a wall were held against a version of a list; by nobody when the list changed."""

    words_entity = "screening"

    screening_id = columns.key()
    version = columns.to("SanctionsList", "screenings")
    threshold = models.PositiveSmallIntegerField()
    by = columns.staff(null=True, blank=True)
    at = columns.moment()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "compartment", "version"], name="screenings_of_a_version")]


class ScreeningCandidate(OfSource):
    """An entry of a list that may be an actor, by a name of the actor in one source."""

    words_entity = "screening_candidate"

    candidate_id = columns.key()
    screening = columns.to("Screening", "candidates")
    actor = columns.to("Actor", "candidates")
    source = columns.to("Source", "candidates")
    told = SealedTextField()


class ScreeningVerdict(WordsModel):
    """What a named person decided about a candidate; the last one counts."""

    words_entity = "screening_verdict"

    verdict_id = columns.key()
    candidate = columns.to("ScreeningCandidate", "verdicts")
    verdict = CodeField("screening_verdict", strict=True)
    reason = SealedTextField()
    by = columns.staff()
    at = columns.moment()

    @property
    def key_record(self) -> UUID:
        """The key of the source of the name seals it."""
        found: UUID = self.candidate.source_id
        return found
