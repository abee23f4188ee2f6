"""Say of each referral who sent it; dossiers for partners outside Zicht, and cases that go to another organisation."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
from zicht.care import guards


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards that are there: SQLite builds the tables they name anew."""
    guards.take_down(schema_editor.connection, [guards.TABLE])


def put_up_steps(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards that were there before."""
    guards.put_up(schema_editor.connection, [guards.TABLE])


def take_down_all(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards of all tables."""
    guards.take_down(schema_editor.connection)


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def say_who_sent(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in who sent each referral: until now every case stayed where it was."""
    case = apps.get_model("cases", "Case").objects.filter(pk=models.OuterRef("case_id"))
    apps.get_model("care", "Referral").objects.update(from_org_id=models.Subquery(case.values("org_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0002_support"),
        ("cases", "0006_one_model_of_a_key"),
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_down, put_up_steps),
        migrations.AddField(
            model_name="referral",
            name="from_org",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
            ),
        ),
        migrations.RunPython(say_who_sent, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="referral",
            name="from_org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["from_org", "sent_on"], name="referrals_sent"),
        ),
        migrations.CreateModel(
            name="SealedDossier",
            fields=[
                (
                    "sealed_dossier_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                ("key_id", models.CharField(max_length=32)),
                ("file_hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dossiers", to="care.referral"
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.share"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "transfer_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    zicht.people.code_fields.CodeField("transfer_state", default="asked", max_length=60, strict=True),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_by_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transfers", to="cases.case"
                    ),
                ),
                (
                    "from_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "from_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "to_owner",
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
                "indexes": [models.Index(fields=["to_org", "state"], name="transfers_to")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("case",), name="one_transfer_of_a_case_asked"
                    )
                ],
            },
        ),
        migrations.RunPython(put_up, take_down_all),
    ]
