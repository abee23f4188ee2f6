"""Everything that writes in the log of training."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.signals.training.models import TrainingRecord

SUBJECT = "training_record"


@transaction.atomic
def record_training(by: Account, values: Mapping[str, Any], *, training_id: UUID) -> TrainingRecord:
    """Record a training; the same form sent twice is one record. Raises ValidationError for what the words refuse."""
    known = TrainingRecord.objects.filter(pk=training_id).first()
    if known:
        return known
    record = TrainingRecord(pk=training_id, **values)
    record.save(force_insert=True)
    record_access(by, "opened", SUBJECT, record.pk)
    return record


@transaction.atomic
def change_training(by: Account, record: TrainingRecord, values: Mapping[str, Any]) -> None:
    """Change what was recorded. Raises ValidationError for what the words refuse."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    record_access(by, "changed", SUBJECT, record.pk)
