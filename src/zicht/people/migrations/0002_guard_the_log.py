"""Guard the access log with triggers on both databases."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from zicht.people.log import guards


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    """Put the guards up behind the tables."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
