"""An estimate that was taken into the reports on a year."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import zicht.people.code_fields


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0002_yearly_report"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Estimate",
            fields=[
                (
                    "estimate_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("release_level", zicht.people.code_fields.CodeField("release_level", max_length=60, strict=True)),
                ("population", models.CharField(max_length=200)),
                ("result", models.JSONField()),
                ("residents", models.PositiveIntegerField(blank=True, null=True)),
                ("residents_source", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["org", "year", "-at"], name="estimates_of_a_year")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("residents__isnull", True),
                            models.Q(("residents_source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="residents_have_a_source",
                    )
                ],
            },
        ),
    ]
