"""Create the tables of the register."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zicht.cases.models
import zicht.people.code_fields
import zicht.people.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_guard_the_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("token_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=200)),
                ("scopes", zicht.people.code_fields.MultiCodeField("api_scope", blank=True, default=list, strict=True)),
                ("created_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("case_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("opened_on", models.DateField()),
                (
                    "state",
                    zicht.people.code_fields.CodeField("case_state", default="active", max_length=60, strict=True),
                ),
                ("incoming_date", models.DateField(blank=True, null=True)),
                (
                    "incoming_reason",
                    zicht.people.code_fields.CodeField(
                        "referral_reason", blank=True, default="not_asked", max_length=60
                    ),
                ),
                (
                    "procedures",
                    zicht.people.code_fields.MultiCodeField(
                        "procedure", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                ("registered_national", models.BooleanField(blank=True, null=True)),
                ("registered_basis", zicht.people.code_fields.CodeField("legal_basis", blank=True, max_length=60)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closure_reason", zicht.people.code_fields.CodeField("closure_reason", blank=True, max_length=60)),
                ("comments", zicht.people.sealed.SealedTextField(editable=True)),
                ("changed_on", models.DateField()),
                (
                    "incoming_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "team",
                    models.ManyToManyField(
                        blank=True, db_table="cases_team", related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["org", "compartment", "-opened_on", "case_id"], name="cases_newest_first"),
                    models.Index(
                        fields=["org", "compartment", "state", "-opened_on", "case_id"], name="cases_by_state"
                    ),
                    models.Index(fields=["owner", "state", "-opened_on"], name="cases_by_owner"),
                    models.Index(fields=["org", "closed_on"], name="cases_by_closing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("person_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("match_key", models.CharField(blank=True, max_length=128)),
                (
                    "age_band",
                    zicht.people.code_fields.CodeField("age_band", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "age_start_band",
                    zicht.people.code_fields.CodeField("age_band", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "gender",
                    zicht.people.code_fields.CodeField("gender", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "citizenship_group",
                    zicht.people.code_fields.CodeField(
                        "citizenship_group", blank=True, default="not_asked", max_length=60
                    ),
                ),
                (
                    "citizenship",
                    zicht.people.code_fields.MultiCodeField(
                        "iso3166", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                (
                    "language",
                    zicht.people.code_fields.CodeField("iso639", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "vulnerabilities",
                    zicht.people.code_fields.MultiCodeField(
                        "vulnerability", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                ("in_school", models.BooleanField(blank=True, null=True)),
                ("own_children", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("household_key", models.UUIDField(blank=True, null=True)),
                ("status", zicht.people.code_fields.CodeField("victim_status", max_length=60)),
                ("status_by", zicht.people.code_fields.CodeField("decision_body", max_length=60)),
                ("status_date", models.DateField()),
                ("first_registered", models.PositiveSmallIntegerField()),
                ("restricted_on", models.DateField(blank=True, null=True)),
                ("changed_on", models.DateField()),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="cases.person",
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
                    models.Index(
                        fields=["org", "compartment", "-first_registered", "person_id"], name="persons_newest_first"
                    ),
                    models.Index(fields=["org", "first_registered", "status"], name="persons_of_a_year"),
                    models.Index(
                        fields=["org", "compartment", "gender", "age_band", "citizenship_group"], name="persons_alike"
                    ),
                    models.Index(
                        fields=["org", "compartment", "status", "age_band", "gender"], name="persons_by_status"
                    ),
                    models.Index(fields=["org", "compartment", "age_band", "gender"], name="persons_by_age"),
                    models.Index(fields=["household_key"], name="persons_of_a_household"),
                    models.Index(fields=["match_key"], name="persons_by_match_key"),
                    models.Index(fields=["org", "changed_on"], name="persons_by_last_change"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("match_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reasons", models.TextField(blank=True)),
                ("state", zicht.people.code_fields.CodeField("match_state", max_length=60, strict=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
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
                    "person_a",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.person"),
                ),
                (
                    "person_b",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.person"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person_a", "person_b"), name="one_match_for_two_records"),
                    models.CheckConstraint(
                        condition=models.Q(("person_a__lt", models.F("person_b"))), name="match_in_one_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalClock",
            fields=[
                ("clock_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", zicht.people.code_fields.CodeField("clock_kind", max_length=60, strict=True)),
                ("record_ref", models.UUIDField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("law", models.CharField(max_length=200)),
                (
                    "state",
                    zicht.people.code_fields.CodeField("clock_state", default="running", max_length=60, strict=True),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
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
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["org", "state", "ends_at"], name="clocks_that_run"),
                    models.Index(fields=["record_ref"], name="clocks_of_a_record"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("case__isnull", False),
                            ("person__isnull", False),
                            ("record_ref__isnull", False),
                            _connector="OR",
                        ),
                        name="clock_belongs_to_a_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Exploitation",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "exploitation_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("situation_id", models.UUIDField(blank=True, null=True)),
                (
                    "acts",
                    zicht.people.code_fields.MultiCodeField("act", blank=True, default=zicht.cases.models.not_asked),
                ),
                (
                    "means",
                    zicht.people.code_fields.MultiCodeField("means", blank=True, default=zicht.cases.models.not_asked),
                ),
                (
                    "forms",
                    zicht.people.code_fields.MultiCodeField("form", blank=True, default=zicht.cases.models.not_asked),
                ),
                (
                    "main_form",
                    zicht.people.code_fields.CodeField("form", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "sex_settings",
                    zicht.people.code_fields.MultiCodeField(
                        "sex_setting", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                (
                    "industry",
                    zicht.people.code_fields.CodeField("industry", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "crime_kinds",
                    zicht.people.code_fields.MultiCodeField(
                        "crime_kind", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                (
                    "recruitment_channel",
                    zicht.people.code_fields.CodeField(
                        "recruitment_channel", blank=True, default="not_asked", max_length=60
                    ),
                ),
                (
                    "platform_kinds_recruit",
                    zicht.people.code_fields.MultiCodeField(
                        "platform_kind", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                (
                    "platform_kinds_exploit",
                    zicht.people.code_fields.MultiCodeField(
                        "platform_kind", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                (
                    "relations",
                    zicht.people.code_fields.MultiCodeField(
                        "relation", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                (
                    "perpetrator_count",
                    zicht.people.code_fields.CodeField("none", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "perpetrator_age_band",
                    zicht.people.code_fields.CodeField("age_band", blank=True, default="not_asked", max_length=60),
                ),
                ("start_month", models.CharField(blank=True, max_length=7)),
                ("end_month", models.CharField(blank=True, max_length=7)),
                (
                    "duration_band",
                    zicht.people.code_fields.CodeField("duration_band", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "grooming_interval",
                    zicht.people.code_fields.CodeField(
                        "grooming_interval", blank=True, default="not_asked", max_length=60
                    ),
                ),
                (
                    "route_kind",
                    zicht.people.code_fields.CodeField("route_kind", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "country_exploitation",
                    zicht.people.code_fields.CodeField("iso3166", blank=True, default="not_asked", max_length=60),
                ),
                (
                    "offence_subs",
                    zicht.people.code_fields.MultiCodeField(
                        "offence_sub", blank=True, default=zicht.cases.models.not_asked
                    ),
                ),
                ("law_version", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="episodes",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="episodes", to="cases.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["main_form", "case"], name="episodes_by_form"),
                    models.Index(fields=["situation_id"], name="episodes_of_a_situation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("consent_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                ("source_id", models.UUIDField(blank=True, null=True)),
                ("purpose", zicht.people.code_fields.CodeField("consent_purpose", max_length=60, strict=True)),
                ("answer", zicht.people.code_fields.CodeField("consent_answer", max_length=60, strict=True)),
                ("given_by", zicht.people.code_fields.CodeField("consent_giver", max_length=60, strict=True)),
                ("why_able", zicht.people.sealed.SealedTextField(editable=True)),
                ("asked_on", models.DateField()),
                ("wording_version", models.CharField(max_length=200)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("set_aside_on", models.DateField(blank=True, null=True)),
                (
                    "allowed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact_id__isnull", True), ("person__isnull", False), ("source_id__isnull", True)
                            ),
                            models.Q(
                                ("contact_id__isnull", False), ("person__isnull", True), ("source_id__isnull", True)
                            ),
                            models.Q(
                                ("contact_id__isnull", True), ("person__isnull", True), ("source_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="consent_is_about_exactly_one",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="persons",
            field=models.ManyToManyField(
                blank=True, db_table="cases_case_person", related_name="cases", to="cases.person"
            ),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "assessment_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("made_on", models.DateField()),
                ("dimension_results", zicht.people.sealed.SealedTextField(editable=True)),
                ("conclusion", zicht.people.code_fields.CodeField("victim_status", max_length=60)),
                ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="cases.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlaceEvent",
            fields=[
                (
                    "place_event_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("event_kind", zicht.people.code_fields.CodeField("event_kind", max_length=60)),
                ("level", zicht.people.code_fields.CodeField("place_level", max_length=60)),
                ("place_code", models.CharField(max_length=200)),
                ("period", models.CharField(blank=True, max_length=7)),
                (
                    "exploitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="cases.exploitation"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("rule_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("years", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("share_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("record_ref", models.UUIDField()),
                (
                    "basis",
                    zicht.people.code_fields.MultiCodeField("legal_basis", blank=True, default=list, strict=True),
                ),
                ("necessity", zicht.people.sealed.SealedTextField(editable=True)),
                ("person_informed", models.BooleanField(blank=True, null=True)),
                ("shared_at", models.DateTimeField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="shares",
                        to="cases.consent",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "to_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record_ref", "-shared_at"], name="shares_of_a_record"),
                    models.Index(fields=["org", "-shared_at"], name="shares_of_an_organisation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubjectRequest",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("request_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("contact_id", models.UUIDField(blank=True, null=True)),
                ("kind", zicht.people.code_fields.CodeField("request_kind", max_length=60, strict=True)),
                ("asked_by", zicht.people.code_fields.CodeField("consent_giver", max_length=60, strict=True)),
                ("checked_how", zicht.people.code_fields.CodeField("request_check", max_length=60, strict=True)),
                ("received_on", models.DateField()),
                ("outcome", zicht.people.code_fields.CodeField("request_outcome", blank=True, max_length=60)),
                ("reason", zicht.people.sealed.SealedTextField(editable=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField()),
                ("extended_on", models.DateField(blank=True, null=True)),
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
                    "handled_by",
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
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["org", "answered_on", "due_on"], name="requests_that_wait")],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("breach_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("found_at", models.DateTimeField()),
                ("kind", zicht.people.code_fields.CodeField("breach_kind", max_length=60, strict=True)),
                ("entities", models.JSONField(default=list)),
                ("persons_n", models.PositiveIntegerField(blank=True, null=True)),
                ("risk", zicht.people.code_fields.CodeField("breach_risk", max_length=60, strict=True)),
                ("facts", zicht.people.sealed.SealedTextField(editable=True)),
                ("authority_told_on", models.DateField(blank=True, null=True)),
                ("persons_told_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "handled_by",
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
                "indexes": [models.Index(fields=["org", "-found_at"], name="breaches_newest_first")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("change_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entity", models.CharField(max_length=60)),
                ("record_ref", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("field", models.CharField(max_length=60)),
                ("before", zicht.people.sealed.SealedTextField(editable=True)),
                ("after", zicht.people.sealed.SealedTextField(editable=True)),
                ("changed_at", models.DateTimeField()),
                ("cause", models.UUIDField(blank=True, null=True)),
                ("key_record", models.UUIDField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record_ref", "version"], name="changes_of_a_record"),
                    models.Index(fields=["key_record", "-changed_at"], name="changes_under_a_key"),
                    models.Index(fields=["cause"], name="changes_of_a_cause"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("erasure_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("entity", models.CharField(max_length=60)),
                ("record_ref", models.UUIDField()),
                ("reason", zicht.people.code_fields.CodeField("erasure_reason", max_length=60, strict=True)),
                ("erased_on", models.DateField()),
                (
                    "erased_by",
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
                "indexes": [models.Index(fields=["org", "record_ref"], name="erasures_by_record")],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("compartment", zicht.people.code_fields.CodeField("compartment", max_length=60, strict=True)),
                ("import_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("standard", models.CharField(max_length=20)),
                ("file_hash", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("persons", models.PositiveIntegerField()),
                ("imported_at", models.DateTimeField()),
                (
                    "imported_by",
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
                "indexes": [models.Index(fields=["org", "file_hash"], name="imports_by_file")],
            },
        ),
    ]
