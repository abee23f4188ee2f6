"""Keep the forms of the report box in versions."""

import django.db.models.deletion
from django.db import migrations, models

import zicht.people.code_fields


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0005_desk_purpose"),
        ("people", "0003_api_token"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDefinition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form_id", models.UUIDField(editable=False)),
                ("version", models.PositiveIntegerField()),
                ("audience", zicht.people.code_fields.CodeField("form_audience", max_length=60, strict=True)),
                ("label_nl", models.CharField(max_length=80)),
                ("label_en", models.CharField(max_length=80)),
                ("target", models.CharField(max_length=80)),
                ("questions", models.TextField()),
                ("languages", zicht.people.code_fields.MultiCodeField("iso639", blank=True, default=list, strict=True)),
                (
                    "state",
                    zicht.people.code_fields.CodeField("form_state", default="draft", max_length=60, strict=True),
                ),
                ("in_use_from", models.DateField(blank=True, null=True)),
                (
                    "owner_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_forms",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["audience", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner_org", "form_id", "version"), name="form_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("owner_org", "form_id"), name="form_draft_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_use")),
                        fields=("owner_org", "form_id"),
                        name="form_in_use_once",
                    ),
                ],
            },
        ),
    ]
