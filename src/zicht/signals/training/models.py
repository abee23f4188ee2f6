"""The record of a training: which organisation, what about, when, and how many took part; never who."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from zicht.people.models import Organisation
from zicht.people.records import MultiCodeField, WordsModel


class TrainingRecord(WordsModel):
    """A training that was given."""

    words_entity = "training_record"

    training_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by_org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    topics = MultiCodeField("training_topic", strict=True)
    audience = MultiCodeField("observer")
    given_on = models.DateField()
    participants = models.PositiveIntegerField()

    class Meta:
        app_label = "signals"
        indexes: ClassVar = [
            models.Index(fields=["org", "-given_on"], name="trainings_of_organisation"),
            models.Index(fields=["by_org", "-given_on"], name="trainings_by_organisation"),
        ]
