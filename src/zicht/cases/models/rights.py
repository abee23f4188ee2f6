"""What a person may decide or ask, how long records are kept, and what an organisation owes by law."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from zicht.cases.models.columns import SHORT_TEXT, Kept, Ruled, key, organisation, staff
from zicht.cases.models.persons import Case, OfPerson, Person
from zicht.people.records import CodeField, MultiCodeField, SealedTextField, Walled, WordsModel


class Consent(OfPerson, Kept):
    """What a person, or somebody for them, answered for one purpose."""

    words_entity = "consent"

    consent_id = key()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", null=True, blank=True)
    # Rooms before and after this one keep contacts and sources; here stands only which.
    contact_id = models.UUIDField(null=True, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    purpose = CodeField("consent_purpose", strict=True)
    recipient = organisation(null=True, blank=True)
    answer = CodeField("consent_answer", strict=True)
    given_by = CodeField("consent_giver", strict=True)
    why_able = SealedTextField()
    asked_on = models.DateField()
    wording_version = models.CharField(max_length=SHORT_TEXT)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = CodeField("consent_giver", strict=True, blank=True)
    allowed_by = staff(null=True, blank=True)
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

    share_id = key()
    what = models.TextField()
    record_ref = models.UUIDField()
    to_org = organisation()
    basis = MultiCodeField("legal_basis", strict=True)
    necessity = SealedTextField()
    person_informed = models.BooleanField(null=True, blank=True)
    shared_at = models.DateTimeField()
    by = staff()
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


class LegalClock(WordsModel):
    """A term set by law that runs from a moment, such as the 72 hours of a breach."""

    words_entity = "legal_clock"
    kept_by = "org"

    clock_id = key()
    org = organisation()
    kind = CodeField("clock_kind", strict=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks", null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="clocks", null=True, blank=True)
    record_ref = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    law = models.CharField(max_length=SHORT_TEXT)
    state = CodeField("clock_state", strict=True, default="running")
    set_by = staff()

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

    request_id = key()
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
    handled_by = staff()
    decided_by = staff(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "answered_on", "due_on"], name="requests_that_wait")]

    @property
    def key_record(self) -> UUID:
        """Its own key: the answer to a request to erase outlives the person's record."""
        return self.request_id


class Breach(Kept):
    """That personal data were lost, seen or sent by mistake."""

    words_entity = "breach"

    breach_id = key()
    org = organisation()
    found_at = models.DateTimeField()
    kind = CodeField("breach_kind", strict=True)
    entities = models.JSONField(default=list)
    persons_n = models.PositiveIntegerField(null=True, blank=True)
    risk = CodeField("breach_risk", strict=True)
    facts = SealedTextField()
    authority_told_on = models.DateField(null=True, blank=True)
    persons_told_on = models.DateField(null=True, blank=True)
    handled_by = staff()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "-found_at"], name="breaches_newest_first")]

    @property
    def key_record(self) -> UUID:
        """Its own key."""
        return self.breach_id


class RetentionRule(WordsModel):
    """For how many years an organisation keeps its records, with the reason; the newest one holds."""

    words_entity = "retention_rule"

    rule_id = key()
    org = organisation()
    years = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_by = staff()
    set_at = models.DateTimeField()


class Erasure(Walled):
    """That a record was erased and why; nothing of what it held."""

    words_entity = "erasure"

    erasure_id = key()
    entity = models.CharField(max_length=60)
    record_ref = models.UUIDField()
    reason = CodeField("erasure_reason", strict=True)
    erased_on = models.DateField()
    erased_by = staff(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "record_ref"], name="erasures_by_record")]
