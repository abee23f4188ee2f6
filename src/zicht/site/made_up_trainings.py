"""Made-up training of a municipality: some topics were given, one is long ago, others are missing."""

import datetime as dt
from uuid import uuid4

from django.utils import timezone

from zicht.people.models import Account
from zicht.signals.training.actions import record_training
from zicht.signals.training.queries import list_trainings

GIVEN = (
    (("recognise", "report"), ("municipality",), 40, 14),
    (("recognise",), ("municipality", "school"), 300, 22),
    (("talk",), ("municipality",), 900, 9),
)  # topics, audience, days ago, participants


def make_trainings(by: Account) -> None:
    """Make the records, unless there are any."""
    if list_trainings(by).exists():
        return
    for topics, audience, days, participants in GIVEN:
        values = {
            "org": by.org,
            "by_org": None,
            "topics": list(topics),
            "audience": list(audience),
            "given_on": timezone.localdate() - dt.timedelta(days=days),
            "participants": participants,
        }
        record_training(by, values, training_id=uuid4())
