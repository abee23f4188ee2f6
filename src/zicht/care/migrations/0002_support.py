"""Create the tables of support, and guard what is kept in versions with triggers."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
import zicht.people.sealed
from zicht.care.plan import guards
from zicht.people.migrating import CreateTogether


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0001_initial"),
        ("cases", "0006_one_model_of_a_key"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "attachment_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("attachment_kind", max_length=60, strict=True)),
                        ("form", zicht.people.code_fields.CodeField("attachment_form", max_length=60, strict=True)),
                        ("size", models.PositiveIntegerField()),
                        ("note", zicht.people.sealed.SealedTextField(editable=True)),
                        ("added_on", models.DateField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="cases.case"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AttachmentBox",
                    fields=[
                        (
                            "attachment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="box",
                                serialize=False,
                                to="care.attachment",
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="CarePlan",
                    fields=[
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "care_plan_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("opened_on", models.DateField()),
                        ("agreement", zicht.people.code_fields.CodeField("plan_agreement", max_length=60, strict=True)),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        ("review_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="cases.case"
                            ),
                        ),
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="cases.person"
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="care.referral",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["org", "review_on"], name="plans_to_review")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on", None)),
                                fields=("person", "org"),
                                name="one_open_plan_at_an_organisation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conference",
                    fields=[
                        (
                            "conference_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("held_on", models.DateField()),
                        (
                            "roles",
                            zicht.people.code_fields.MultiCodeField(
                                "conference_role", blank=True, default=list, strict=True
                            ),
                        ),
                        ("without_identity", models.BooleanField()),
                        (
                            "basis",
                            zicht.people.code_fields.MultiCodeField(
                                "legal_basis", blank=True, default=list, strict=True
                            ),
                        ),
                        ("person_informed", models.BooleanField(blank=True, null=True)),
                        ("decisions", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="conferences", to="cases.case"
                            ),
                        ),
                        (
                            "chair_org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "participants",
                            models.ManyToManyField(
                                db_table="care_conference_participants", related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["case", "-held_on"], name="conferences_of_a_case")],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "decision_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("domain", zicht.people.code_fields.CodeField("goal_domain", max_length=60, strict=True)),
                        ("kind", zicht.people.code_fields.CodeField("conference_decision", max_length=60, strict=True)),
                        ("what", zicht.people.sealed.SealedTextField(editable=True)),
                        ("due_on", models.DateField()),
                        (
                            "by_org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "conference",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decided",
                                to="care.conference",
                            ),
                        ),
                        (
                            "owner",
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
                            models.UniqueConstraint(fields=("conference", "number"), name="decisions_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Goal",
                    fields=[
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "plan_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("domain", zicht.people.code_fields.CodeField("goal_domain", max_length=60, strict=True)),
                        ("support", zicht.people.code_fields.CodeField("support_type", max_length=60)),
                        ("objective", zicht.people.sealed.SealedTextField(editable=True)),
                        ("action", zicht.people.sealed.SealedTextField(editable=True)),
                        ("planned_end", models.DateField(blank=True, null=True)),
                        ("actual_end", models.DateField(blank=True, null=True)),
                        (
                            "outcome",
                            zicht.people.code_fields.CodeField("goal_outcome", blank=True, max_length=60, strict=True),
                        ),
                        ("risk_level", zicht.people.code_fields.CodeField("none", blank=True, max_length=60)),
                        (
                            "by_org",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "care_plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="care.careplan"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="cases.case"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="cases.person"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PlanEvent",
                    fields=[
                        (
                            "event_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("step", zicht.people.code_fields.CodeField("plan_step", max_length=60, strict=True)),
                        ("happened_at", models.DateTimeField()),
                        ("record_ref", models.UUIDField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="support_steps",
                                to="cases.case",
                            ),
                        ),
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="support_steps",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "number"), name="support_steps_in_order"),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("case", "number"),
                                name="support_steps_of_a_case_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafeContact",
                    fields=[
                        (
                            "safe_contact_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("contact_id", models.UUIDField(blank=True, null=True)),
                        ("channel", zicht.people.code_fields.CodeField("safe_channel", max_length=60, strict=True)),
                        ("hours", zicht.people.sealed.SealedTextField(editable=True)),
                        ("code_phrase", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "must_not_know",
                            zicht.people.code_fields.MultiCodeField("relation", blank=True, default=list),
                        ),
                        ("leave_message", models.BooleanField(default=False)),
                        ("checked_on", models.DateField()),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="safe_contact",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SafetyPlan",
                    fields=[
                        (
                            "safety_plan_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("risks", zicht.people.code_fields.MultiCodeField("safety_risk", blank=True, default=list)),
                        ("warning_signs", zicht.people.sealed.SealedTextField(editable=True)),
                        ("steps", zicht.people.sealed.SealedTextField(editable=True)),
                        ("who_does", zicht.people.sealed.SealedTextField(editable=True)),
                        ("made_with_person", models.BooleanField()),
                        ("made_on", models.DateField()),
                        ("review_on", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="safety_plans",
                                to="cases.case",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="safety_plans",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "version"), name="safety_plans_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "task_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("task_kind", max_length=60, strict=True)),
                        ("what", zicht.people.sealed.SealedTextField(editable=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            zicht.people.code_fields.CodeField(
                                "task_state", default="open", max_length=60, strict=True
                            ),
                        ),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "assigned_org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "care_plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="care.careplan",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="cases.case"
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="care.decision",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="cases.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_on", None)),
                                fields=["assigned_to", "due_on"],
                                name="tasks_of_a_colleague",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountVersion",
                    fields=[
                        (
                            "account_version_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("told_on", models.DateField()),
                        ("told_to", zicht.people.code_fields.CodeField("told_to", max_length=60, strict=True)),
                        ("setting", zicht.people.code_fields.CodeField("telling_setting", max_length=60, strict=True)),
                        ("language", zicht.people.code_fields.CodeField("iso639", max_length=60)),
                        ("interpreter", models.BooleanField()),
                        ("text", zicht.people.sealed.SealedTextField(editable=True)),
                        ("state", zicht.people.code_fields.CodeField("account_state", max_length=60, strict=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="accounts", to="cases.case"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="accounts", to="cases.person"
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "version"), name="accounts_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "approval_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("subject", zicht.people.code_fields.CodeField("approval_subject", max_length=60, strict=True)),
                        ("record_ref", models.UUIDField()),
                        ("record_version", models.PositiveIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("state", zicht.people.code_fields.CodeField("approval_state", max_length=60, strict=True)),
                        ("given_on", models.DateField()),
                        ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "asked_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="cases.case"
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
                        "indexes": [models.Index(fields=["asked_of", "state"], name="approvals_asked")],
                        "constraints": [
                            models.UniqueConstraint(fields=("record_ref", "number"), name="approvals_in_order")
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(put_up, take_down),
    ]
