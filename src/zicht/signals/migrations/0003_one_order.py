"""Let what is closed stand in the order of the queue, so that each index serves both lists."""

import datetime as dt
from typing import Any

from django.db import migrations

AT_ONCE = 1_000
NO_TERM = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def turn_round(apps: Any, _schema: Any) -> None:
    """Give what is closed the moment by which it stands newest first, as rules.sorts_at does."""
    intake = apps.get_model("signals", "Intake")
    some = []
    for one in intake.objects.filter(shelf="closed").only("received_on", "sorts_at").iterator(AT_ONCE):
        one.sorts_at = NO_TERM - dt.timedelta(days=one.received_on.toordinal())
        some.append(one)
    intake.objects.bulk_update(some, ["sorts_at"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_training_record")]

    operations = [
        migrations.RunPython(turn_round, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="intake", name="intake_newest_first"),
    ]
