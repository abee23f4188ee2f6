"""What leaves: dossiers, who was heard about them, and every release with the sources in it."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from zicht.evidence.models import columns
from zicht.people.code_fields import CodeField
from zicht.people.records import SealedTextField, Walled, WordsModel


class Dossier(Walled):
    """Claims that are published together; its title is sealed with a key of its own."""

    words_entity = "dossier"

    dossier_id = columns.key()
    title = SealedTextField()
    made_by = columns.staff()
    made_at = columns.moment()

    @property
    def key_record(self) -> UUID:
        """It has a key of its own, which goes with any source it rests on."""
        return self.dossier_id


class DossierPart(WordsModel):
    """A claim in a dossier."""

    words_entity = "dossier_part"

    part_id = columns.key()
    dossier = columns.to("Dossier", "parts")
    claim = columns.to("Claim", "in_dossiers")
    number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "claim"], name="a_claim_once_in_a_dossier"),
        ]


class RightOfReply(WordsModel):
    """That somebody who is named was asked, and what they answered; the last row counts."""

    words_entity = "right_of_reply"

    reply_id = columns.key()
    dossier = columns.to("Dossier", "replies")
    actor = columns.to("Actor", "replies")
    state = CodeField("reply_state", strict=True)
    asked_on = models.DateField(null=True, blank=True)
    answer = SealedTextField()
    by = columns.staff()
    at = columns.moment()

    @property
    def key_record(self) -> UUID:
        """The key of the dossier seals it."""
        found: UUID = self.dossier_id
        return found


class Release(Walled):
    """That something left, in which form, with its hash."""

    words_entity = "release"

    release_id = columns.key()
    dossier = columns.to("Dossier", "releases", null=True, blank=True)
    format = CodeField("release_format", strict=True)
    sha256 = columns.digest()
    by = columns.staff()
    at = columns.moment()


class ReleaseSource(WordsModel):
    """A source that something which left rests on."""

    words_entity = "release_source"

    entry_id = columns.key()
    release = columns.to("Release", "sources")
    source = columns.to("Source", "releases")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "source"], name="a_source_once_in_a_release"),
        ]
