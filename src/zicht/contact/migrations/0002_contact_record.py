"""Create the table of contact records."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zicht.people.code_fields


class Migration(migrations.Migration):
    dependencies = [
        ("contact", "0001_chat"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("contact_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("channel", zicht.people.code_fields.CodeField("channel", max_length=60, strict=True)),
                ("kind", zicht.people.code_fields.CodeField("contact_kind", max_length=60, strict=True)),
                ("role", zicht.people.code_fields.CodeField("contact_role", max_length=60)),
                ("repeat_visitor", models.BooleanField(blank=True, null=True)),
                (
                    "language",
                    zicht.people.code_fields.CodeField("iso639", blank=True, default="not_asked", max_length=60),
                ),
                ("about_thb", models.BooleanField()),
                (
                    "age_band",
                    zicht.people.code_fields.CodeField("age_band", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "disclosure_stage",
                    zicht.people.code_fields.CodeField(
                        "disclosure_stage", blank=True, default="not_asked", max_length=60
                    ),
                ),
                (
                    "timing",
                    zicht.people.code_fields.CodeField("timing", blank=True, default="not_asked", max_length=60),
                ),
                ("urgency", zicht.people.code_fields.CodeField("urgency", max_length=60)),
                ("outcome", zicht.people.code_fields.CodeField("contact_outcome", max_length=60)),
                (
                    "heard_via",
                    zicht.people.code_fields.CodeField("heard_via", blank=True, default="not_asked", max_length=60),
                ),
                ("exclude_from_stats", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["org", "compartment", "-received_at", "contact_id"], name="contacts_newest_first"
                    )
                ],
            },
        ),
    ]
