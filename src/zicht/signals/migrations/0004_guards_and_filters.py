"""Guard what was done with a report, and let the indexes of the queue hold everything it is narrowed by."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from zicht.signals import guards

BEHIND, ORDER = ("org", "compartment", "shelf"), ("sorts_at", "intake_id")
NARROWED_BY = ("urgency", "source", "police_unit", "place_code", "state", "handler", "district")
QUEUES = {
    "intake_queue": (),
    "intake_by_urgency": ("urgency",),
    "intake_by_source": ("source",),
    "intake_by_unit": ("police_unit",),
    "intake_by_handler": ("handler",),
    "intake_by_place": ("place_code",),
}


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection)


def found_by(name: str, traits: tuple[str, ...]) -> models.Index:
    """Give the index of a queue, as it was made then."""
    beside = [one for one in NARROWED_BY if one not in traits]
    return models.Index(fields=[*BEHIND, *traits, *ORDER, *beside], name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_api_token"),
        ("signals", "0003_one_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.RemoveIndex(model_name="intake", name=name) for name in QUEUES),
        *(migrations.AddIndex(model_name="intake", index=found_by(name, by)) for name, by in QUEUES.items()),
        migrations.RunPython(put_up, take_down),
    ]
