"""Create the tables of care, and guard its steps with triggers."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
import zicht.people.sealed
from zicht.care import guards


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection, [guards.TABLE])


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection, [guards.TABLE])


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0006_one_model_of_a_key"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "referral_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", zicht.people.code_fields.CodeField("referral_reason", max_length=60)),
                ("support", zicht.people.code_fields.MultiCodeField("support_type", blank=True, default=list)),
                ("place_kind", zicht.people.code_fields.CodeField("place_kind", blank=True, max_length=60)),
                ("urgency", zicht.people.code_fields.CodeField("urgency", blank=True, max_length=60)),
                ("state", zicht.people.code_fields.CodeField("referral_state", max_length=60, strict=True)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("arrived_on", models.DateField(blank=True, null=True)),
                ("refusal_reason", zicht.people.code_fields.CodeField("refusal_reason", blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to="cases.case"
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.consent",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="referrals", to="cases.person"
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.share",
                    ),
                ),
                (
                    "to_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Shelter",
            fields=[
                ("shelter_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place_kind", zicht.people.code_fields.CodeField("place_kind", max_length=60)),
                ("capacity", models.PositiveSmallIntegerField()),
                ("max_stay_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("accepts_age_bands", zicht.people.code_fields.MultiCodeField("age_band", blank=True, default=list)),
                ("accepts_genders", zicht.people.code_fields.MultiCodeField("gender", blank=True, default=list)),
                ("region", models.CharField(blank=True, max_length=60)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shelters", to="people.organisation"
                    ),
                ),
                (
                    "placing_org",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("hold_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("state", zicht.people.code_fields.CodeField("hold_state", default="held", max_length=60, strict=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holds", to="care.referral"
                    ),
                ),
                (
                    "shelter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="care.shelter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CareEvent",
            fields=[
                ("event_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("step", zicht.people.code_fields.CodeField("care_step", max_length=60, strict=True)),
                ("happened_at", models.DateTimeField()),
                ("record_ref", models.UUIDField(blank=True, null=True)),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="care.referral",
                    ),
                ),
                (
                    "shelter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="care.shelter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("stay_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("from_date", models.DateField()),
                ("planned_until", models.DateField()),
                ("until_date", models.DateField(blank=True, null=True)),
                ("end_reason", zicht.people.code_fields.CodeField("stay_end", blank=True, max_length=60)),
                ("extension_reason", zicht.people.sealed.SealedTextField(editable=True)),
                ("handover", zicht.people.sealed.SealedTextField(editable=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stays", to="cases.person"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stays", to="care.referral"
                    ),
                ),
                (
                    "shelter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="care.shelter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaitingListEntry",
            fields=[
                ("waiting_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place_kind", zicht.people.code_fields.CodeField("place_kind", max_length=60)),
                ("urgency", zicht.people.code_fields.CodeField("urgency", max_length=60, strict=True)),
                ("asked_on", models.DateField()),
                ("unsafe", zicht.people.sealed.SealedTextField(editable=True)),
                (
                    "state",
                    zicht.people.code_fields.CodeField("waiting_state", default="waiting", max_length=60, strict=True),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waits", to="care.referral"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["to_org", "state", "sent_on"], name="referrals_received"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "agreed", "sent", "accepted"))),
                fields=("person", "to_org"),
                name="one_referral_to_an_organisation_runs",
            ),
        ),
        migrations.AddIndex(
            model_name="shelter",
            index=models.Index(fields=["placing_org", "place_kind"], name="shelters_by_who_places"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["shelter", "expires_at"], name="holds_of_a_shelter"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "held")), fields=("referral",), name="one_hold_of_a_referral"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("held_at"))), name="hold_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="careevent",
            constraint=models.UniqueConstraint(fields=("referral", "number"), name="steps_of_a_referral_in_order"),
        ),
        migrations.AddConstraint(
            model_name="careevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("referral", None)), fields=("shelter", "number"), name="steps_of_a_shelter_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="careevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("referral__isnull", False), ("shelter__isnull", False), _connector="OR"),
                name="step_is_of_something",
            ),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(
                condition=models.Q(("until_date", None)), fields=["shelter", "planned_until"], name="stays_by_leaving"
            ),
        ),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["shelter", "from_date"], name="stays_by_coming"),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_date", None)), fields=("person",), name="one_open_stay_of_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_date", None), ("until_date__gte", models.F("from_date")), _connector="OR"),
                name="stay_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="waitinglistentry",
            index=models.Index(fields=["state", "urgency", "asked_on"], name="waiting_list"),
        ),
        migrations.AddConstraint(
            model_name="waitinglistentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "offered"))),
                fields=("referral",),
                name="one_wait_of_a_referral",
            ),
        ),
        migrations.RunPython(put_up, take_down),
    ]
