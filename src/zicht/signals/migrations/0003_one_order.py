"""Let what is closed stand in the order of the queue, and signals behind the wall of their report: for their indexes."""

import datetime as dt
from typing import Any

from django.db import migrations, models

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


def put_behind(apps: Any, _schema: Any) -> None:
    """Give each signal the organisation and wall of its report, as Intake.behind does."""
    signals = apps.get_model("signals", "Signal").objects
    walls = apps.get_model("signals", "Intake").objects.order_by().values_list("org_id", "compartment").distinct()
    for org_id, wall in list(walls):
        inside = signals.filter(intake__org_id=org_id, intake__compartment=wall)
        inside.update(behind=f"{org_id.hex} {wall}")


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_training_record")]

    operations = [
        migrations.RemoveIndex(model_name="intake", name="intake_newest_first"),
        migrations.RunPython(turn_round, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="signal", name="signals_by_indicator"),
        migrations.AddField(
            model_name="signal",
            name="behind",
            field=models.CharField(default="", editable=False, max_length=100),
            preserve_default=False,
        ),
        migrations.RunPython(put_behind, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(fields=["behind", "indicator", "state", "intake"], name="signals_behind_a_wall"),
        ),
    ]
