"""Actors: who does something or to whom it is done, by which names, and which of them are the same."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from zicht.evidence.models import columns
from zicht.evidence.models.sources import OfSource
from zicht.evidence.walls import ActorQuerySet
from zicht.people.code_fields import CodeField, MultiCodeField
from zicht.people.records import SealedTextField, Walled, WordsModel

ALIAS_LENGTH = 60
REGISTER_LENGTH = 60


class Actor(Walled):
    """A person, body, company, vessel or site; the names stand in `ActorName`, each with its source."""

    words_entity = "actor"
    words_left_out = frozenset({"aliases"})

    actor_id = columns.key()
    kind = CodeField("actor_kind", strict=True)
    # As the source spells it that names the actor first; sealed with the key of that source.
    label = SealedTextField()
    named_in = columns.to("Source", "named")
    country = CodeField("iso3166", blank=True)
    roles = MultiCodeField("role_in_process")
    public_actor = models.BooleanField(default=False)
    register_id = models.CharField(max_length=REGISTER_LENGTH, blank=True)
    protected = models.BooleanField(default=False)
    alias = models.CharField(max_length=ALIAS_LENGTH, blank=True)
    made_by = columns.staff()
    made_at = columns.moment()

    objects: ClassVar[Any] = ActorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(register_id="") | Q(public_actor=True), name="no_number_of_a_private_person"
            ),
            models.CheckConstraint(
                condition=Q(protected=False) | Q(public_actor=False), name="who_is_protected_is_not_public"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["org", "compartment", "kind"], name="actors_by_kind")]

    @property
    def key_record(self) -> UUID:
        """The key of the source that names it seals its label."""
        found: UUID = self.named_in_id
        return found


class ActorName(OfSource):
    """A name of an actor as one source spells it."""

    words_entity = "actor_name"

    entry_id = columns.key()
    actor = columns.to("Actor", "names")
    source = columns.to("Source", "names")
    called = SealedTextField()
    by = columns.staff()
    at = columns.moment()


class Mention(WordsModel):
    """That a person read an actor at a place of a text."""

    words_entity = "mention"

    mention_id = columns.key()
    anchor = columns.to("Anchor", "mentions")
    actor = columns.to("Actor", "mentions")
    detector = CodeField("mention_detector", strict=True, default="person")
    by = columns.staff()
    at = columns.moment()


class ActorJudgement(WordsModel):
    """What somebody judged about two actors; the last one of a pair counts, and undoing is one more."""

    words_entity = "actor_judgement"

    judgement_id = columns.key()
    # The lower identifier first, so that a pair is found whichever way round.
    actor_a = columns.to("Actor", "judged_a")
    actor_b = columns.to("Actor", "judged_b")
    verdict = CodeField("actor_verdict", strict=True)
    reasons = MultiCodeField("actor_reason", strict=True)
    by = columns.staff()
    at = columns.moment()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(actor_a__lt=models.F("actor_b")), name="pair_of_actors_in_order"),
        ]
