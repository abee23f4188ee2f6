"""Create the tables of screening and search, and guard what a screening found with triggers."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
from zicht.evidence.screening import guards
from zicht.evidence.search import structures


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards, and what searching needs beside the rows."""
    guards.put_up(schema_editor.connection)
    structures.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove both."""
    structures.take_down(schema_editor.connection)
    guards.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("row_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", zicht.people.code_fields.CodeField("search_kind", max_length=60, strict=True)),
                ("subject", models.UUIDField()),
                ("start", models.PositiveIntegerField(blank=True, null=True)),
                ("end", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="search_rows", to="evidence.source"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject"], name="search_rows_of_a_subject")],
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
