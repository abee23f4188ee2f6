"""Create the tables of what comes in and is weighed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zicht.people.code_fields
import zicht.people.sealed
import zicht.signals.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("intake_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("received_on", models.DateField()),
                ("received_hour", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("clock_from", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("source", zicht.people.code_fields.CodeField("intake_source", max_length=60, strict=True)),
                ("channel", zicht.people.code_fields.CodeField("channel", max_length=60, strict=True)),
                ("kind", zicht.people.code_fields.CodeField("contact_kind", max_length=60, strict=True)),
                (
                    "role",
                    zicht.people.code_fields.CodeField("contact_role", blank=True, default="not_asked", max_length=60),
                ),
                ("urgency", zicht.people.code_fields.CodeField("urgency", max_length=60, strict=True)),
                (
                    "forms",
                    zicht.people.code_fields.MultiCodeField("form", blank=True, default=zicht.signals.models.not_asked),
                ),
                (
                    "timing",
                    zicht.people.code_fields.CodeField("timing", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "age_band",
                    zicht.people.code_fields.CodeField("age_band", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "observer",
                    zicht.people.code_fields.CodeField("observer", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "situation",
                    zicht.people.code_fields.CodeField("situation", blank=True, default="not_asked", max_length=60),
                ),
                ("place_code", models.CharField(blank=True, max_length=60)),
                (
                    "police_unit",
                    zicht.people.code_fields.CodeField("police_unit", blank=True, default="not_asked", max_length=60),
                ),
                ("district", models.CharField(blank=True, max_length=60)),
                ("spot_mark", models.CharField(blank=True, max_length=128)),
                ("spot_mark_before", models.CharField(blank=True, max_length=128)),
                (
                    "state",
                    zicht.people.code_fields.CodeField("intake_state", default="new", max_length=60, strict=True),
                ),
                (
                    "outcome",
                    zicht.people.code_fields.CodeField("intake_outcome", blank=True, max_length=60, strict=True),
                ),
                ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("source_yes", models.BooleanField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("shelf", models.CharField(default="open", editable=False, max_length=6)),
                ("sorts_at", models.DateTimeField(editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    models.Index(fields=["org", "compartment", "shelf", "sorts_at", "intake_id"], name="intake_queue"),
                    models.Index(
                        fields=["org", "compartment", "shelf", "urgency", "sorts_at", "intake_id"],
                        name="intake_by_urgency",
                    ),
                    models.Index(
                        fields=["org", "compartment", "shelf", "source", "sorts_at", "intake_id"],
                        name="intake_by_source",
                    ),
                    models.Index(
                        fields=["org", "compartment", "shelf", "police_unit", "sorts_at", "intake_id"],
                        name="intake_by_unit",
                    ),
                    models.Index(
                        fields=["org", "compartment", "shelf", "handler", "sorts_at", "intake_id"],
                        name="intake_by_handler",
                    ),
                    models.Index(
                        fields=["org", "compartment", "shelf", "place_code", "sorts_at", "intake_id"],
                        name="intake_by_place",
                    ),
                    models.Index(
                        fields=["org", "compartment", "shelf", "-received_on", "intake_id"], name="intake_newest_first"
                    ),
                    models.Index(fields=["org", "compartment", "spot_mark"], name="intake_by_spot"),
                    models.Index(fields=["org", "compartment", "spot_mark_before"], name="intake_by_spot_before"),
                    models.Index(fields=["org", "compartment", "place_code", "received_on"], name="intake_by_town"),
                    models.Index(fields=["org", "decided_on"], name="intake_by_closing"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="intake_closed_by_somebody_with_an_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeStep",
            fields=[
                ("step_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("deed", zicht.people.code_fields.CodeField("intake_deed", max_length=60, strict=True)),
                ("detail_code", models.CharField(blank=True, max_length=60)),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="signals.intake"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["intake", "-made_at"], name="steps_of_an_intake")],
            },
        ),
        migrations.CreateModel(
            name="Meldcode",
            fields=[
                (
                    "meldcode_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("mapped_on", models.DateField(blank=True, null=True)),
                ("advice_on", models.DateField(blank=True, null=True)),
                (
                    "advice_of",
                    zicht.people.code_fields.MultiCodeField("meldcode_advice", blank=True, default=list, strict=True),
                ),
                ("advice", zicht.people.sealed.SealedTextField(editable=True)),
                ("talked_on", models.DateField(blank=True, null=True)),
                ("is_not_talked", models.BooleanField(blank=True, null=True)),
                ("weighed_on", models.DateField(blank=True, null=True)),
                (
                    "weighing",
                    zicht.people.code_fields.CodeField("meldcode_weighing", blank=True, max_length=60, strict=True),
                ),
                ("grounds", zicht.people.sealed.SealedTextField(editable=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "decision",
                    zicht.people.code_fields.CodeField("meldcode_decision", blank=True, max_length=60, strict=True),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intake",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meldcode", to="signals.intake"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PoliceDistrict",
            fields=[
                ("entry_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place_code", models.CharField(max_length=60)),
                ("district", models.CharField(max_length=60)),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("org", "place_code"), name="one_district_for_a_municipality")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                ("link_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reasons",
                    zicht.people.code_fields.MultiCodeField(
                        "report_link_reason", blank=True, default=list, strict=True
                    ),
                ),
                ("state", zicht.people.code_fields.CodeField("report_link_state", max_length=60, strict=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "intake_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="signals.intake"
                    ),
                ),
                (
                    "intake_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="signals.intake"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("intake_a", "intake_b"), name="one_link_for_two_reports"),
                    models.CheckConstraint(
                        condition=models.Q(("intake_a__lt", models.F("intake_b"))), name="link_in_one_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("signal_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=20)),
                ("basis", zicht.people.code_fields.CodeField("signal_basis", max_length=60, strict=True)),
                (
                    "state",
                    zicht.people.code_fields.CodeField("signal_state", default="noted", max_length=60, strict=True),
                ),
                ("observed_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signals", to="signals.intake"
                    ),
                ),
                (
                    "reviewer",
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
                "indexes": [models.Index(fields=["indicator", "intake"], name="signals_by_indicator")],
                "constraints": [
                    models.UniqueConstraint(fields=("intake", "indicator"), name="one_signal_of_a_kind_in_a_report")
                ],
            },
        ),
    ]
