"""Create the tables of evidence, and guard what is recorded there with triggers."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.code_fields
import zicht.people.sealed
from zicht.evidence import guards
from zicht.people.migrating import CreateTogether


def put_up(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    guards.put_up(schema_editor.connection)


def take_down(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards."""
    guards.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_api_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                        (
                            "source_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("source_kind", max_length=60)),
                        ("title", zicht.people.sealed.SealedTextField(editable=True)),
                        ("publisher", zicht.people.sealed.SealedTextField(editable=True)),
                        ("locator", zicht.people.sealed.SealedTextField(editable=True)),
                        ("alias", zicht.people.sealed.SealedTextField(editable=True)),
                        ("published_edtf", models.CharField(blank=True, max_length=60)),
                        ("language", zicht.people.code_fields.CodeField("iso639", blank=True, max_length=60)),
                        ("collected_on", models.DateField()),
                        (
                            "collected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("captured_at", models.DateTimeField(blank=True, null=True)),
                        ("licence", models.CharField(blank=True, max_length=120)),
                        ("sha256", models.CharField(max_length=64)),
                        ("protected", models.BooleanField(default=False)),
                        ("restricted", models.BooleanField(default=False)),
                        ("double_reading", models.BooleanField(default=False)),
                        (
                            "state",
                            zicht.people.code_fields.CodeField(
                                "source_state", default="open", max_length=60, strict=True
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["org", "compartment", "-collected_on"], name="sources_newest")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("restricted", False), ("state", "open")),
                                fields=("org", "compartment", "sha256"),
                                name="one_source_of_the_same_bytes",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceReader",
                    fields=[
                        (
                            "entry_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readers",
                                to="evidence.source",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("source", "account"),
                                name="somebody_reads_a_source_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Original",
                    fields=[
                        (
                            "original_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="originals",
                                to="evidence.source",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1)),
                        ("sha256", models.CharField(max_length=64)),
                        ("media_type", zicht.people.code_fields.CodeField("media_type", max_length=60, strict=True)),
                        ("size", models.PositiveIntegerField()),
                        ("body", models.BinaryField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "number"), name="originals_of_a_source_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
                    fields=[
                        (
                            "interview_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interview",
                                to="evidence.source",
                            ),
                        ),
                        ("answer", zicht.people.code_fields.CodeField("consent_answer", max_length=60, strict=True)),
                        (
                            "purposes",
                            zicht.people.code_fields.MultiCodeField(
                                "consent_purpose", blank=True, default=list, strict=True
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        (
                            "interviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("conditions", zicht.people.sealed.SealedTextField(editable=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Derivation",
                    fields=[
                        (
                            "derivation_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rests_on",
                                to="evidence.source",
                            ),
                        ),
                        (
                            "from_source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rested_on_by",
                                to="evidence.source",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "from_source"), name="one_derivation_of_a_pair"),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("from_source")), _negated=True),
                                name="no_source_rests_on_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceRelation",
                    fields=[
                        (
                            "relation_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="judged", to="evidence.source"
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judged_beside",
                                to="evidence.source",
                            ),
                        ),
                        ("verdict", zicht.people.code_fields.CodeField("independence", max_length=60, strict=True)),
                        ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("other")), _negated=True),
                                name="no_source_is_beside_itself",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustodyLine",
                    fields=[
                        (
                            "line_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="custody",
                                to="evidence.source",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("step", zicht.people.code_fields.CodeField("custody_step", max_length=60, strict=True)),
                        ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("line_hash", models.CharField(max_length=64)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("source", "number"), name="custody_in_order")],
                    },
                ),
                migrations.CreateModel(
                    name="SourceReading",
                    fields=[
                        (
                            "reading_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="evidence.source",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "reader"), name="somebody_reads_for_agreement_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceWithdrawal",
                    fields=[
                        (
                            "withdrawal_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="evidence.source",
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        (
                            "scope",
                            zicht.people.code_fields.CodeField(
                                "withdrawal_scope", default="all", max_length=60, strict=True
                            ),
                        ),
                        (
                            "outcome",
                            zicht.people.code_fields.CodeField("withdrawal_outcome", blank=True, max_length=60),
                        ),
                        ("handled_on", models.DateField(blank=True, null=True)),
                        (
                            "handled_by",
                            models.ForeignKey(
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
                migrations.CreateModel(
                    name="Actor",
                    fields=[
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                        (
                            "actor_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("actor_kind", max_length=60, strict=True)),
                        ("label", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "named_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="named", to="evidence.source"
                            ),
                        ),
                        ("country", zicht.people.code_fields.CodeField("iso3166", blank=True, max_length=60)),
                        ("roles", zicht.people.code_fields.MultiCodeField("role_in_process", blank=True, default=list)),
                        ("public_actor", models.BooleanField(default=False)),
                        ("register_id", models.CharField(blank=True, max_length=60)),
                        ("protected", models.BooleanField(default=False)),
                        ("alias", models.CharField(blank=True, max_length=60)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["org", "compartment", "kind"], name="actors_by_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("register_id", ""), ("public_actor", True), _connector="OR"),
                                name="no_number_of_a_private_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("protected", False), ("public_actor", False), _connector="OR"),
                                name="who_is_protected_is_not_public",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActorName",
                    fields=[
                        (
                            "entry_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="names", to="evidence.actor"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="names", to="evidence.source"
                            ),
                        ),
                        ("called", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ActorJudgement",
                    fields=[
                        (
                            "judgement_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "actor_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judged_a",
                                to="evidence.actor",
                            ),
                        ),
                        (
                            "actor_b",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judged_b",
                                to="evidence.actor",
                            ),
                        ),
                        ("verdict", zicht.people.code_fields.CodeField("actor_verdict", max_length=60, strict=True)),
                        (
                            "reasons",
                            zicht.people.code_fields.MultiCodeField(
                                "actor_reason", blank=True, default=list, strict=True
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("actor_a__lt", models.F("actor_b"))), name="pair_of_actors_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dossier",
                    fields=[
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                        (
                            "dossier_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        ("title", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RightOfReply",
                    fields=[
                        (
                            "reply_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="evidence.dossier",
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="evidence.actor"
                            ),
                        ),
                        ("state", zicht.people.code_fields.CodeField("reply_state", max_length=60, strict=True)),
                        ("asked_on", models.DateField(blank=True, null=True)),
                        ("answer", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                        (
                            "release_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="evidence.dossier",
                            ),
                        ),
                        ("format", zicht.people.code_fields.CodeField("release_format", max_length=60, strict=True)),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseSource",
                    fields=[
                        (
                            "entry_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sources",
                                to="evidence.release",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="evidence.source",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("release", "source"), name="a_source_once_in_a_release")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SanctionsList",
                    fields=[
                        (
                            "version_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "which",
                            zicht.people.code_fields.CodeField("sanctions_list_name", max_length=60, strict=True),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("form", zicht.people.code_fields.CodeField("sanctions_list_form", max_length=60, strict=True)),
                        ("dated", models.CharField(blank=True, max_length=30)),
                        ("sha256", models.CharField(max_length=64)),
                        ("entries", models.PositiveIntegerField()),
                        ("left_out", models.PositiveIntegerField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("content", models.BinaryField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("which", "number"), name="versions_of_a_list_in_order"),
                            models.UniqueConstraint(fields=("which", "sha256"), name="the_same_list_comes_in_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Screening",
                    fields=[
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                        (
                            "screening_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="screenings",
                                to="evidence.sanctionslist",
                            ),
                        ),
                        ("threshold", models.PositiveSmallIntegerField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["org", "compartment", "version"], name="screenings_of_a_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScreeningCandidate",
                    fields=[
                        (
                            "candidate_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "screening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="evidence.screening",
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="evidence.actor",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="evidence.source",
                            ),
                        ),
                        ("told", zicht.people.sealed.SealedTextField(editable=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ScreeningVerdict",
                    fields=[
                        (
                            "verdict_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="evidence.screeningcandidate",
                            ),
                        ),
                        (
                            "verdict",
                            zicht.people.code_fields.CodeField("screening_verdict", max_length=60, strict=True),
                        ),
                        ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "statement_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="evidence.source",
                            ),
                        ),
                        ("text", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="as_subject",
                                to="evidence.actor",
                            ),
                        ),
                        (
                            "predicate",
                            zicht.people.code_fields.CodeField("link_kind", blank=True, max_length=60, strict=True),
                        ),
                        ("wording", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="as_object",
                                to="evidence.actor",
                            ),
                        ),
                        ("value", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "polarity",
                            zicht.people.code_fields.CodeField(
                                "polarity", default="affirmed", max_length=60, strict=True
                            ),
                        ),
                        (
                            "modality",
                            zicht.people.code_fields.CodeField("modality", default="fact", max_length=60, strict=True),
                        ),
                        ("closeness", zicht.people.code_fields.CodeField("source_link", max_length=60)),
                        ("qty_low", models.CharField(blank=True, max_length=40)),
                        ("qty_high", models.CharField(blank=True, max_length=40)),
                        ("qty_approx", models.BooleanField(default=False)),
                        ("unit", zicht.people.sealed.SealedTextField(editable=True)),
                        ("counts_what", zicht.people.sealed.SealedTextField(editable=True)),
                        ("per", zicht.people.sealed.SealedTextField(editable=True)),
                        ("when_edtf", models.CharField(blank=True, max_length=60)),
                        ("earliest", models.DateField(blank=True, null=True)),
                        ("latest", models.DateField(blank=True, null=True)),
                        ("place_code", models.CharField(blank=True, max_length=20)),
                        ("method", zicht.people.code_fields.CodeField("statement_method", max_length=60, strict=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "status",
                            zicht.people.code_fields.CodeField(
                                "statement_status", default="stands", max_length=60, strict=True
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="evidence.statement",
                            ),
                        ),
                        ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject", "object"], name="statements_of_a_line"),
                            models.Index(fields=["source", "recorded_at"], name="statements_of_a_source"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="a_statement_is_corrected_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("earliest", None),
                                    ("latest", None),
                                    ("latest__gte", models.F("earliest")),
                                    _connector="OR",
                                ),
                                name="statement_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attribution",
                    fields=[
                        (
                            "attribution_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chain",
                                to="evidence.statement",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "claimant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="evidence.actor",
                            ),
                        ),
                        ("unnamed", zicht.people.sealed.SealedTextField(editable=True)),
                        ("role", zicht.people.code_fields.CodeField("claimant_role", max_length=60, strict=True)),
                        (
                            "basis",
                            zicht.people.code_fields.CodeField("source_link", blank=True, max_length=60, strict=True),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("statement", "number"), name="chain_in_order"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("claimant__isnull", False), ("unnamed__isnull", False), _connector="OR"
                                ),
                                name="somebody_says_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "assessment_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="evidence.statement",
                            ),
                        ),
                        ("reliability", zicht.people.code_fields.CodeField("reliability", max_length=60, strict=True)),
                        ("credibility", zicht.people.code_fields.CodeField("credibility", max_length=60, strict=True)),
                        ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Curation",
                    fields=[
                        (
                            "curation_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="curations",
                                to="evidence.statement",
                            ),
                        ),
                        ("verdict", zicht.people.code_fields.CodeField("curation_verdict", max_length=60, strict=True)),
                        ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "org",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                            ),
                        ),
                        ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                        (
                            "claim_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="begins",
                                to="evidence.statement",
                            ),
                        ),
                        ("text", zicht.people.sealed.SealedTextField(editable=True)),
                        (
                            "state",
                            zicht.people.code_fields.CodeField(
                                "claim_state", default="single", max_length=60, strict=True
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ClaimPart",
                    fields=[
                        (
                            "part_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="evidence.claim"
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_claims",
                                to="evidence.statement",
                            ),
                        ),
                        ("stance", zicht.people.code_fields.CodeField("claim_stance", max_length=60, strict=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TextVersion",
                    fields=[
                        (
                            "text_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="evidence.source"
                            ),
                        ),
                        (
                            "original",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="texts",
                                to="evidence.original",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("extractor", models.CharField(max_length=60)),
                        ("sha256", models.CharField(max_length=64)),
                        ("length", models.PositiveIntegerField()),
                        ("sentences", models.JSONField(default=list)),
                        ("body", models.BinaryField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "number"), name="texts_of_a_source_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Anchor",
                    fields=[
                        (
                            "anchor_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anchors",
                                to="evidence.source",
                            ),
                        ),
                        (
                            "text_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anchors",
                                to="evidence.textversion",
                            ),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True)),
                        ("end", models.PositiveIntegerField(blank=True, null=True)),
                        ("page", models.PositiveIntegerField(blank=True, null=True)),
                        ("exact", zicht.people.sealed.SealedTextField(editable=True)),
                        ("prefix", zicht.people.sealed.SealedTextField(editable=True)),
                        ("suffix", zicht.people.sealed.SealedTextField(editable=True)),
                        ("region", models.CharField(blank=True, max_length=60)),
                        (
                            "status",
                            zicht.people.code_fields.CodeField(
                                "anchor_status", default="placed", max_length=60, strict=True
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_ones",
                                to="evidence.anchor",
                            ),
                        ),
                        (
                            "placed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end", None), ("start", None)),
                                    ("end__gt", models.F("start")),
                                    _connector="OR",
                                ),
                                name="anchor_has_a_length",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text_version", None), ("region", ""), _connector="XOR"),
                                name="anchor_is_in_a_text_or_in_a_picture",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("region", ""), ("start", None), _negated=True),
                                    ("status", "lost"),
                                    _connector="OR",
                                ),
                                name="anchor_without_a_place_is_lost",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
                    fields=[
                        (
                            "suggestion_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="evidence.source",
                            ),
                        ),
                        (
                            "text_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="evidence.textversion",
                            ),
                        ),
                        ("kind", zicht.people.code_fields.CodeField("suggestion_kind", max_length=60, strict=True)),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        ("told", zicht.people.sealed.SealedTextField(editable=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["text_version", "start"], name="suggestions_in_a_text")],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "mention_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "anchor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="evidence.anchor",
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="evidence.actor",
                            ),
                        ),
                        (
                            "detector",
                            zicht.people.code_fields.CodeField(
                                "mention_detector", default="person", max_length=60, strict=True
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DossierPart",
                    fields=[
                        (
                            "part_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="evidence.dossier"
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_dossiers",
                                to="evidence.claim",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("dossier", "claim"), name="a_claim_once_in_a_dossier")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementAnchor",
                    fields=[
                        (
                            "entry_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_on",
                                to="evidence.statement",
                            ),
                        ),
                        (
                            "anchor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carries",
                                to="evidence.anchor",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("statement", "anchor"), name="one_quotation_once_under_a_statement"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuggestionDecision",
                    fields=[
                        (
                            "decision_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="evidence.suggestion",
                            ),
                        ),
                        (
                            "verdict",
                            zicht.people.code_fields.CodeField("suggestion_verdict", max_length=60, strict=True),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promoted_from",
                                to="evidence.statement",
                            ),
                        ),
                        (
                            "mention",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promoted_from",
                                to="evidence.mention",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "by"), name="somebody_decides_once_on_a_suggestion"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="statement",
            name="anchors",
            field=models.ManyToManyField(
                related_name="statements", through="evidence.StatementAnchor", to="evidence.anchor"
            ),
        ),
        migrations.RunPython(put_up, take_down),
    ]
