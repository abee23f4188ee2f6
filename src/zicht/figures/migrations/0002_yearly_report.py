"""The yearly report with its approvals, breaks in series, and commitments; and the guards of what was published."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
from zicht.figures import guards
from zicht.people.migrating import CreateTogether


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_initial"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "commitment_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("commitment_kind", max_length=60, strict=True)),
                        ("text_nl", models.CharField(max_length=2000)),
                        ("text_en", models.CharField(max_length=2000)),
                        ("made_to", models.CharField(max_length=200)),
                        ("source", models.CharField(max_length=2000)),
                        ("dated", models.DateField()),
                        ("due", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            zicht.people.code_fields.CodeField(
                                "commitment_state", default="open", max_length=60, strict=True
                            ),
                        ),
                        ("state_on", models.DateField()),
                        ("table_codes", models.CharField(max_length=200)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SeriesBreak",
                    fields=[
                        (
                            "break_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("table_codes", models.CharField(max_length=200)),
                        ("text_nl", models.CharField(max_length=2000)),
                        ("text_en", models.CharField(max_length=2000)),
                        ("source", models.CharField(blank=True, max_length=2000)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="YearlyReport",
                    fields=[
                        (
                            "report_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "release_level",
                            zicht.people.code_fields.CodeField("release_level", max_length=60, strict=True),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("reason", models.CharField(blank=True, max_length=2000)),
                        ("data_cutoff", models.DateField()),
                        ("definition_version", models.CharField(max_length=40)),
                        ("sha256", models.CharField(max_length=64)),
                        ("package", models.BinaryField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="figures.yearlyreport",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("org", "year", "release_level", "version"), name="yearly_report_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("corrects__isnull", True), ("version", 1)),
                                    models.Q(
                                        ("corrects__isnull", False),
                                        ("version__gt", 1),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="yearly_report_correction_says_why",
                            ),
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="ReportApproval",
                    fields=[
                        (
                            "approval_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="figures.yearlyreport",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "by"), name="report_approval_once_each")
                        ]
                    },
                ),
            ]
        ),
        migrations.RunPython(put_up, take_down),
    ]
