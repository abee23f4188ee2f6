"""Create the tables of barriers, and guard what stays as it was with triggers."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
from zicht.barriers import guards
from zicht.people.migrating import CreateTogether


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_one_model_of_a_key"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="BarrierModel",
                    fields=[
                        (
                            "model_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("process", models.CharField(max_length=20)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            zicht.people.code_fields.CodeField(
                                "model_state", default="draft", max_length=60, strict=True
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        ("made_on", models.DateField()),
                        ("published_on", models.DateField(blank=True, null=True)),
                        ("content", models.JSONField()),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="barriers.barriermodel",
                            ),
                        ),
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("org", "process", "number"), name="versions_of_a_model_in_order"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("org", "process"),
                                name="one_draft_of_a_model",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("org", "process"),
                                name="one_model_of_a_process_in_use",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_on", None), ("state", "draft")),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        ("published_by__isnull", False),
                                        ("published_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="model_published_by_somebody_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BarrierAction",
                    fields=[
                        (
                            "action_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("process", models.CharField(max_length=20)),
                        ("step", models.CharField(max_length=20)),
                        ("barrier", models.CharField(max_length=20)),
                        ("area_code", models.CharField(max_length=60)),
                        ("lead_role", models.CharField(blank=True, max_length=200)),
                        ("what", models.TextField()),
                        (
                            "state",
                            zicht.people.code_fields.CodeField(
                                "action_state", default="idea", max_length=60, strict=True
                            ),
                        ),
                        ("start_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("measure", models.TextField(blank=True)),
                        ("measure_before", models.TextField(blank=True)),
                        ("measure_after", models.TextField(blank=True)),
                        ("evaluate_on", models.DateField(blank=True, null=True)),
                        ("evaluated_on", models.DateField(blank=True, null=True)),
                        (
                            "effect",
                            zicht.people.code_fields.CodeField(
                                "barrier_effect", blank=True, max_length=60, strict=True
                            ),
                        ),
                        ("evaluation", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "lead_account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead_org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "partners",
                            models.ManyToManyField(
                                blank=True,
                                db_table="barriers_action_partner",
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="barriers.barriermodel",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["org", "process", "step"], name="barrier_actions_by_step"),
                            models.Index(fields=["org", "state", "due_on"], name="barrier_actions_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
                    fields=[
                        (
                            "holding_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("reports", models.JSONField(blank=True, default=list)),
                        ("made_on", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="cases.case"
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
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="barriers.barriermodel",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "model"), name="case_held_once_against_a_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        (
                            "finding_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("step_code", models.CharField(max_length=20)),
                        ("barrier_code", models.CharField(blank=True, max_length=20)),
                        (
                            "standing",
                            zicht.people.code_fields.CodeField("barrier_standing", max_length=60, strict=True),
                        ),
                        ("state", zicht.people.code_fields.CodeField("finding_state", max_length=60, strict=True)),
                        ("decided_on", models.DateField()),
                        (
                            "action",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="barriers.barrieraction",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "holding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="barriers.holding",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("holding", "step_code"), name="one_finding_of_a_step")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "meeting_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("area_code", models.CharField(max_length=60)),
                        ("held_on", models.DateField()),
                        ("closed_at", models.DateTimeField()),
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
                        "indexes": [
                            models.Index(fields=["org", "area_code", "-closed_at"], name="meetings_of_an_area")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Policy",
                    fields=[
                        (
                            "policy_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("municipality", models.CharField(max_length=60)),
                        ("state", zicht.people.code_fields.CodeField("policy_state", max_length=60, strict=True)),
                        ("source", models.CharField(max_length=200)),
                        ("checked_on", models.DateField()),
                        ("adopted_on", models.DateField(blank=True, null=True)),
                        (
                            "contact_role",
                            zicht.people.code_fields.CodeField(
                                "policy_contact", blank=True, default="not_asked", max_length=60
                            ),
                        ),
                        ("contact_point", models.BooleanField(blank=True, null=True)),
                        ("care_coordinator", models.BooleanField(blank=True, null=True)),
                        ("staff_trained", models.PositiveIntegerField(blank=True, null=True)),
                        ("inspections", models.PositiveIntegerField(blank=True, null=True)),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["org", "look_again_on"], name="policies_to_look_at_again")],
                        "constraints": [
                            models.UniqueConstraint(fields=("org", "municipality"), name="one_policy_of_a_municipality")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sum",
                    fields=[
                        (
                            "sum_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("barrier_sum_kind", max_length=60, strict=True)),
                        ("period", models.CharField(max_length=6)),
                        ("least", models.PositiveSmallIntegerField()),
                        ("made_on", models.DateField()),
                        ("counts", models.JSONField()),
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
                                fields=("org", "kind", "period"), name="sums_of_a_half_year_made_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BarrierEvent",
                    fields=[
                        (
                            "event_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("deed", zicht.people.code_fields.CodeField("barrier_deed", max_length=60, strict=True)),
                        ("record_ref", models.UUIDField()),
                        ("subject", models.CharField(max_length=60)),
                        ("before", models.CharField(blank=True, max_length=60)),
                        ("after", models.CharField(blank=True, max_length=60)),
                        ("area_code", models.CharField(blank=True, max_length=60)),
                        ("happened_at", models.DateTimeField()),
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
                        "indexes": [models.Index(fields=["org", "-happened_at"], name="barrier_events_newest")],
                    },
                ),
            ]
        ),
        migrations.RunPython(put_up, take_down),
    ]
