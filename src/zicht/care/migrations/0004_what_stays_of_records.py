"""Keep with each step what may be another one later, and guard referrals, holds, waits, stays, shelters and files."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
from zicht.care import guards
from zicht.care.plan import guards as support_guards

BEFORE = ("care_careevent", "care_transfer", "care_sealeddossier")  # tables that had guards already


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards that are there: SQLite builds the table of steps anew."""
    guards.take_down(schema_editor.connection)
    support_guards.take_down(schema_editor.connection)


def put_up_before(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards that were there before."""
    guards.put_up(schema_editor.connection, BEFORE)
    support_guards.put_up(schema_editor.connection)


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards of all tables."""
    guards.put_up(schema_editor.connection)
    support_guards.put_up(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("care", "0003_partners_and_transfers")]

    operations = [
        migrations.RunPython(take_down, put_up_before),
        migrations.AddField(
            model_name="careevent",
            name="max_stay_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="careevent",
            name="refusal_reason",
            field=zicht.people.code_fields.CodeField("refusal_reason", blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="careevent",
            name="planned_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(put_up, take_down),
    ]
