"""The nouns of the register: cases, persons under a pseudonym, what happened to them, and what was decided about it.

Columns are the fields of the vocabulary. What no field says is `version`, by which two people who change one record at
the same time notice each other.
"""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zicht.cases import rules
from zicht.cases.walls import CaseQuerySet, OfPersonQuerySet, PersonQuerySet
from zicht.people.code_fields import language
from zicht.people.models import HASH_LENGTH, Account, Organisation
from zicht.people.records import CodeField, MultiCodeField, SealedTextField, Walled, WordsModel

MONTH_LENGTH = 7  # characters, as 2025-05
SHORT_TEXT = 200  # characters


def not_asked() -> list[str]:
    """Give the resting state of a field with several terms."""
    return ["not_asked"]


def _code(list_name: str) -> CodeField:
    return CodeField(list_name, default="not_asked", blank=True)


def _codes(list_name: str) -> MultiCodeField:
    return MultiCodeField(list_name, default=not_asked)


def _key() -> "models.UUIDField[UUID, UUID]":
    return models.UUIDField(primary_key=True, default=uuid4, editable=False)


def _month() -> "models.CharField[str, str]":
    return models.CharField(max_length=MONTH_LENGTH, blank=True)


def _staff(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", **options)


def _organisation(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", **options)


class Ruled(WordsModel):
    """Stand behind every record of this room: its constraints are checked with its words at each save."""

    class Meta:
        abstract = True

    def refuse_if_wrong(self) -> None:
        """Raise ValidationError for values that the words allow one by one and not together."""
        super().refuse_if_wrong()
        values = {name: getattr(self, column) for name, column in self.words_columns().items()}
        broken = rules.broken_constraints(self.words_entity, values, timezone.localdate())
        if broken:
            raise ValidationError({name: problem.in_language(language()) for name, problem in broken.items()})


class Kept(Ruled):
    """Stand behind the records that several people change: each change counts the version up."""

    words_beside = frozenset({"version"})

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Person(Kept, Walled):
    """A person of concern under a pseudonym; no name, birth date, number or address."""

    words_entity = "person"

    person_id = _key()
    match_key = models.CharField(max_length=2 * HASH_LENGTH, blank=True)
    age_band = _code("age_band")
    age_start_band = _code("age_band")
    gender = _code("gender")
    citizenship_group = _code("citizenship_group")
    citizenship = _codes("iso3166")
    language = _code("iso639")
    vulnerabilities = _codes("vulnerability")
    in_school = models.BooleanField(null=True, blank=True)
    own_children = models.PositiveSmallIntegerField(null=True, blank=True)
    household_key = models.UUIDField(null=True, blank=True)
    status = CodeField("victim_status")
    status_by = CodeField("decision_body")
    status_date = models.DateField()
    first_registered = models.PositiveSmallIntegerField()
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="merged", null=True, blank=True)
    restricted_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField()

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["org", "compartment", "-first_registered", "person_id"], name="persons_newest_first"),
            models.Index(fields=["org", "first_registered", "status"], name="persons_of_a_year"),
            # Two ways to who could be the same person, the newest first, so that a look-up can stop early.
            models.Index(
                fields=["org", "compartment", "gender", "citizenship_group", "-first_registered", "age_band"],
                name="persons_alike",
            ),
            models.Index(fields=["org", "compartment", "language", "-first_registered"], name="persons_by_language"),
            # Every trait that a list is narrowed by begins one of these, and the others of them stand in it.
            models.Index(fields=["org", "compartment", "status", "age_band", "gender"], name="persons_by_status"),
            models.Index(fields=["org", "compartment", "age_band", "gender"], name="persons_by_age"),
            models.Index(fields=["household_key"], name="persons_of_a_household"),
            models.Index(fields=["match_key"], name="persons_by_match_key"),
            models.Index(fields=["org", "changed_on"], name="persons_by_last_change"),
        ]

    @property
    def key_record(self) -> UUID:
        """Its own key seals what is written about the person."""
        return self.person_id


class Case(Kept, Walled):
    """A case: why it is open, who works on it, and which persons it is about."""

    words_entity = "case"

    case_id = _key()
    opened_on = models.DateField()
    state = CodeField("case_state", strict=True, default="active")
    owner = _staff()
    team = models.ManyToManyField(Account, related_name="+", blank=True, db_table="cases_team")
    persons = models.ManyToManyField(Person, related_name="cases", blank=True, db_table="cases_case_person")
    incoming_from = _organisation(null=True, blank=True)
    incoming_date = models.DateField(null=True, blank=True)
    incoming_reason = _code("referral_reason")
    procedures = _codes("procedure")
    registered_national = models.BooleanField(null=True, blank=True)
    registered_basis = CodeField("legal_basis", blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = CodeField("closure_reason", blank=True)
    comments = SealedTextField()
    changed_on = models.DateField()

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["org", "compartment", "-opened_on", "case_id"], name="cases_newest_first"),
            models.Index(fields=["org", "compartment", "state", "-opened_on", "case_id"], name="cases_by_state"),
            models.Index(fields=["owner", "state", "-opened_on"], name="cases_by_owner"),
            models.Index(fields=["org", "closed_on"], name="cases_by_closing"),
        ]

    @property
    def key_record(self) -> UUID:
        """Its own key seals its notes."""
        return self.case_id

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still works on it."""
        return rules.is_open(self.state)


class OfPerson(Ruled):
    """Stand behind what is recorded about a person and stands behind the person's walls and under the person's key."""

    objects: ClassVar[Any] = OfPersonQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def key_record(self) -> UUID:
        """The key of the person seals it, so that both become unreadable together."""
        person: UUID = self.person_id  # type: ignore[attr-defined]
        return person


class Exploitation(OfPerson, Kept):
    """One episode of exploitation of one person."""

    words_entity = "exploitation"

    exploitation_id = _key()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="episodes")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, related_name="episodes", null=True, blank=True)
    situation_id = models.UUIDField(null=True, blank=True)
    acts = _codes("act")
    means = _codes("means")
    forms = _codes("form")
    main_form = _code("form")
    sex_settings = _codes("sex_setting")
    industry = _code("industry")
    crime_kinds = _codes("crime_kind")
    recruitment_channel = _code("recruitment_channel")
    platform_kinds_recruit = _codes("platform_kind")
    platform_kinds_exploit = _codes("platform_kind")
    relations = _codes("relation")
    perpetrator_count = _code("none")
    perpetrator_age_band = _code("age_band")
    start_month = _month()
    end_month = _month()
    duration_band = _code("duration_band")
    grooming_interval = _code("grooming_interval")
    route_kind = _code("route_kind")
    country_exploitation = _code("iso3166")
    offence_subs = _codes("offence_sub")
    law_version = models.CharField(max_length=SHORT_TEXT, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["main_form", "case"], name="episodes_by_form"),
            models.Index(fields=["situation_id"], name="episodes_of_a_situation"),
        ]


class PlaceEvent(Ruled):
    """Where something of an episode took place, as coarse as the words allow."""

    words_entity = "place_event"

    place_event_id = _key()
    exploitation = models.ForeignKey(Exploitation, on_delete=models.CASCADE, related_name="places")
    event_kind = CodeField("event_kind")
    level = CodeField("place_level")
    place_code = models.CharField(max_length=SHORT_TEXT)
    period = _month()


class Assessment(OfPerson):
    """What a named member of staff concluded about a person, and why; never changed, a new one is made beside it."""

    words_entity = "assessment"

    assessment_id = _key()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assessments")
    made_on = models.DateField()
    dimension_results = SealedTextField()
    conclusion = CodeField("victim_status")
    decided_by = _staff()
    reason = SealedTextField()


class Consent(OfPerson, Kept):
    """What a person, or somebody for them, answered for one purpose."""

    words_entity = "consent"

    consent_id = _key()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", null=True, blank=True)
    # Rooms before and after this one keep contacts and sources; here stands only which.
    contact_id = models.UUIDField(null=True, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    purpose = CodeField("consent_purpose", strict=True)
    recipient = _organisation(null=True, blank=True)
    answer = CodeField("consent_answer", strict=True)
    given_by = CodeField("consent_giver", strict=True)
    why_able = SealedTextField()
    asked_on = models.DateField()
    wording_version = models.CharField(max_length=SHORT_TEXT)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = CodeField("consent_giver", strict=True, blank=True)
    allowed_by = _staff(null=True, blank=True)
    set_aside_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, contact_id__isnull=True, source_id__isnull=True)
                | Q(person__isnull=True, contact_id__isnull=False, source_id__isnull=True)
                | Q(person__isnull=True, contact_id__isnull=True, source_id__isnull=False),
                name="consent_is_about_exactly_one",
            ),
        ]


class Share(Ruled, Walled):
    """That data about one record went to somebody, and on which legal basis."""

    words_entity = "share"

    share_id = _key()
    what = models.TextField()
    record_ref = models.UUIDField()
    to_org = _organisation()
    basis = MultiCodeField("legal_basis", strict=True)
    necessity = SealedTextField()
    person_informed = models.BooleanField(null=True, blank=True)
    shared_at = models.DateTimeField()
    by = _staff()
    consent = models.ForeignKey(Consent, on_delete=models.SET_NULL, related_name="shares", null=True, blank=True)
    locked = models.BooleanField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_ref", "-shared_at"], name="shares_of_a_record"),
            models.Index(fields=["org", "-shared_at"], name="shares_of_an_organisation"),
        ]

    @property
    def key_record(self) -> UUID:
        """Its own key: that something was shared must be told for longer than the record may live."""
        return self.share_id


class Match(Ruled):
    """That two records are about one person, or are not: suggested by the program, decided by somebody."""

    words_entity = "match"

    match_id = _key()
    person_a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    person_b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    state = CodeField("match_state", strict=True)
    decided_by = _staff(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_a", "person_b"], name="one_match_for_two_records"),
            # In one order, so that the constraint above holds for both.
            models.CheckConstraint(condition=Q(person_a__lt=F("person_b")), name="match_in_one_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-score", "match_id"], condition=Q(decided_on=None), name="matches_that_wait"),
        ]


class Change(WordsModel):
    """The value of one field before and after a change, sealed with the key of its record."""

    words_entity = "change"
    words_beside = frozenset({"key_record"})

    change_id = _key()
    entity = models.CharField(max_length=60)
    record_ref = models.UUIDField()
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    before = SealedTextField()
    after = SealedTextField()
    changed_at = models.DateTimeField()
    changed_by = _staff()
    cause = models.UUIDField(null=True, blank=True)
    # Whose key seals it; a change of an episode goes with its person.
    key_record = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_ref", "version"], name="changes_of_a_record"),
            models.Index(fields=["key_record", "-changed_at"], name="changes_under_a_key"),
            models.Index(fields=["cause"], name="changes_of_a_cause"),
        ]


class LegalClock(WordsModel):
    """A term set by law that runs from a moment, such as the 72 hours of a breach."""

    words_entity = "legal_clock"
    kept_by = "org"

    clock_id = _key()
    org = _organisation()
    kind = CodeField("clock_kind", strict=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks", null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="clocks", null=True, blank=True)
    record_ref = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    law = models.CharField(max_length=SHORT_TEXT)
    state = CodeField("clock_state", strict=True, default="running")
    set_by = _staff()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["org", "state", "ends_at"], name="clocks_that_run"),
            models.Index(fields=["record_ref"], name="clocks_of_a_record"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(person__isnull=False) | Q(record_ref__isnull=False),
                name="clock_belongs_to_a_record",
            ),
        ]


class SubjectRequest(Kept, Walled):
    """What a person, or somebody for them, asks about their own data."""

    words_entity = "subject_request"

    request_id = _key()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="requests", null=True, blank=True)
    contact_id = models.UUIDField(null=True, blank=True)
    kind = CodeField("request_kind", strict=True)
    asked_by = CodeField("consent_giver", strict=True)
    checked_how = CodeField("request_check", strict=True)
    received_on = models.DateField()
    outcome = CodeField("request_outcome", blank=True)
    reason = SealedTextField()
    answered_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    extended_on = models.DateField(null=True, blank=True)
    handled_by = _staff()
    decided_by = _staff(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "answered_on", "due_on"], name="requests_that_wait")]

    @property
    def key_record(self) -> UUID:
        """Its own key: the answer to a request to erase outlives the person's record."""
        return self.request_id


class Breach(Kept):
    """That personal data were lost, seen or sent by mistake."""

    words_entity = "breach"

    breach_id = _key()
    org = _organisation()
    found_at = models.DateTimeField()
    kind = CodeField("breach_kind", strict=True)
    entities = models.JSONField(default=list)
    persons_n = models.PositiveIntegerField(null=True, blank=True)
    risk = CodeField("breach_risk", strict=True)
    facts = SealedTextField()
    authority_told_on = models.DateField(null=True, blank=True)
    persons_told_on = models.DateField(null=True, blank=True)
    handled_by = _staff()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "-found_at"], name="breaches_newest_first")]

    @property
    def key_record(self) -> UUID:
        """Its own key."""
        return self.breach_id


class ImportRun(Walled):
    """That a file was read into the register."""

    words_entity = "import_run"

    import_id = _key()
    standard = models.CharField(max_length=20)
    file_hash = models.CharField(max_length=HASH_LENGTH)
    rows = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    imported_at = models.DateTimeField()
    imported_by = _staff()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "file_hash"], name="imports_by_file")]


class RetentionRule(WordsModel):
    """For how many years an organisation keeps its records, with the reason; the newest one holds."""

    words_entity = "retention_rule"

    rule_id = _key()
    org = _organisation()
    years = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_by = _staff()
    set_at = models.DateTimeField()


class Erasure(Walled):
    """That a record was erased and why; nothing of what it held."""

    words_entity = "erasure"

    erasure_id = _key()
    entity = models.CharField(max_length=60)
    record_ref = models.UUIDField()
    reason = CodeField("erasure_reason", strict=True)
    erased_on = models.DateField()
    erased_by = _staff(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "record_ref"], name="erasures_by_record")]


class Webhook(Ruled, Walled):
    """An address of another system that is told which records changed, and nothing of what stands in them."""

    words_entity = "webhook"
    words_beside = frozenset({"secret"})

    webhook_id = _key()
    label = models.CharField(max_length=SHORT_TEXT)
    endpoint = models.CharField(max_length=SHORT_TEXT)
    entities = models.JSONField(default=list)
    created_on = models.DateField()
    created_by = _staff()
    ended_on = models.DateField(null=True, blank=True)
    # Signs what is sent, so it must be read: sealed as the secrets of second factors are.
    secret = models.CharField(max_length=SHORT_TEXT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "compartment"], name="webhooks_of_a_wall")]


class WebhookNotice(WordsModel):
    """That a record changed, to be told to one address."""

    words_entity = "webhook_notice"

    notice_id = _key()
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="notices")
    entity = models.CharField(max_length=60)
    record_ref = models.UUIDField()
    changed_at = models.DateTimeField()
    state = CodeField("notice_state", strict=True, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            # Whoever reads a record after its notice sees every change until then: one that waits is enough.
            models.UniqueConstraint(
                fields=["webhook", "entity", "record_ref"], condition=Q(state="waiting"), name="one_notice_waits"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["webhook", "state", "next_at"], name="notices_to_send")]
