"""Create the tables of organisations, accounts, roles and the access log."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zicht.people.code_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("account_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("login", models.CharField(max_length=40, unique=True)),
                ("shown_as", models.CharField(max_length=60)),
                (
                    "status",
                    zicht.people.code_fields.CodeField("account_status", default="invited", max_length=60, strict=True),
                ),
                ("created_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LogCheckpoint",
            fields=[
                (
                    "checkpoint_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("through_sequence", models.BigIntegerField()),
                ("line_hash", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=64)),
                ("signature", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("org_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("org_name", models.CharField(max_length=200, unique=True)),
                ("org_type", zicht.people.code_fields.CodeField("org_type", max_length=60, strict=True)),
                ("list_group", zicht.people.code_fields.CodeField("list_group", blank=True, max_length=60)),
                ("legal_regime", zicht.people.code_fields.CodeField("legal_regime", max_length=60, strict=True)),
                ("mandatory_reporter", models.BooleanField(default=False)),
                ("region", zicht.people.code_fields.CodeField("place_level", blank=True, max_length=60)),
                ("area_code", models.CharField(blank=True, max_length=20)),
                ("services", zicht.people.code_fields.MultiCodeField("support_type", blank=True, default=list)),
                ("languages", zicht.people.code_fields.MultiCodeField("iso639", blank=True, default=list)),
                ("opening", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SetUpCode",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="set_up_code",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("valid_until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LogPruning",
            fields=[
                ("pruning_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("through_sequence", models.BigIntegerField()),
                ("pruned_at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prunings", to="people.logcheckpoint"
                    ),
                ),
                (
                    "pruned_by",
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
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="account",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="people.organisation"
            ),
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("grant_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("role", zicht.people.code_fields.CodeField("staff_role", max_length=60, strict=True)),
                ("granted_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccessLine",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "compartment",
                    zicht.people.code_fields.CodeField("compartment", blank=True, max_length=60, strict=True),
                ),
                ("verb", zicht.people.code_fields.CodeField("access_verb", max_length=60, strict=True)),
                ("subject", models.CharField(max_length=60)),
                ("subject_id", models.CharField(blank=True, max_length=60)),
                ("purpose", zicht.people.code_fields.CodeField("access_purpose", max_length=60, strict=True)),
                ("previous_hash", models.CharField(max_length=64)),
                ("line_hash", models.CharField(max_length=64)),
                (
                    "account",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-sequence"],
                "indexes": [
                    models.Index(fields=["org", "-sequence"], name="log_of_an_organisation"),
                    models.Index(fields=["account", "-sequence"], name="log_of_an_account"),
                    models.Index(fields=["subject", "subject_id"], name="log_of_a_record"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("status", "closed")),
                    models.Q(models.Q(("status", "closed"), _negated=True), ("closed_on__isnull", True)),
                    _connector="OR",
                ),
                name="account_closed_on_exactly_when_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("account", "role"),
                name="role_held_once_at_a_time",
            ),
        ),
    ]
