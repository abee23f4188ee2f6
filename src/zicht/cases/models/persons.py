"""Cases, persons under a pseudonym, and what is recorded of them; what was changed about it."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from zicht.cases import rules
from zicht.cases.models.columns import SHORT_TEXT, Kept, Ruled, code, codes, key, month, organisation, staff
from zicht.cases.walls import CaseQuerySet, OfPersonQuerySet, PersonQuerySet
from zicht.people.models import HASH_LENGTH, Account
from zicht.people.records import CodeField, SealedTextField, Walled, WordsModel


class Person(Kept, Walled):
    """A person of concern under a pseudonym; no name, birth date, number or address."""

    words_entity = "person"

    person_id = key()
    match_key = models.CharField(max_length=2 * HASH_LENGTH, blank=True)
    age_band = code("age_band")
    age_start_band = code("age_band")
    gender = code("gender")
    citizenship_group = code("citizenship_group")
    citizenship = codes("iso3166")
    language = code("iso639")
    vulnerabilities = codes("vulnerability")
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

    case_id = key()
    opened_on = models.DateField()
    state = CodeField("case_state", strict=True, default="active")
    owner = staff()
    team = models.ManyToManyField(Account, related_name="+", blank=True, db_table="cases_team")
    persons = models.ManyToManyField(Person, related_name="cases", blank=True, db_table="cases_case_person")
    incoming_from = organisation(null=True, blank=True)
    incoming_date = models.DateField(null=True, blank=True)
    incoming_reason = code("referral_reason")
    procedures = codes("procedure")
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

    exploitation_id = key()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="episodes")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, related_name="episodes", null=True, blank=True)
    situation_id = models.UUIDField(null=True, blank=True)
    acts = codes("act")
    means = codes("means")
    forms = codes("form")
    main_form = code("form")
    sex_settings = codes("sex_setting")
    industry = code("industry")
    crime_kinds = codes("crime_kind")
    recruitment_channel = code("recruitment_channel")
    platform_kinds_recruit = codes("platform_kind")
    platform_kinds_exploit = codes("platform_kind")
    relations = codes("relation")
    perpetrator_count = code("none")
    perpetrator_age_band = code("age_band")
    start_month = month()
    end_month = month()
    duration_band = code("duration_band")
    grooming_interval = code("grooming_interval")
    route_kind = code("route_kind")
    country_exploitation = code("iso3166")
    offence_subs = codes("offence_sub")
    law_version = models.CharField(max_length=SHORT_TEXT, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["main_form", "case"], name="episodes_by_form"),
            models.Index(fields=["situation_id"], name="episodes_of_a_situation"),
        ]


class PlaceEvent(Ruled):
    """Where something of an episode took place, as coarse as the words allow."""

    words_entity = "place_event"

    place_event_id = key()
    exploitation = models.ForeignKey(Exploitation, on_delete=models.CASCADE, related_name="places")
    event_kind = CodeField("event_kind")
    level = CodeField("place_level")
    place_code = models.CharField(max_length=SHORT_TEXT)
    period = month()


class Assessment(OfPerson):
    """What a named member of staff concluded about a person, and why; never changed, a new one is made beside it."""

    words_entity = "assessment"

    assessment_id = key()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assessments")
    made_on = models.DateField()
    dimension_results = SealedTextField()
    conclusion = CodeField("victim_status")
    decided_by = staff()
    reason = SealedTextField()


class Match(Ruled):
    """That two records are about one person, or are not: suggested by the program, decided by somebody."""

    words_entity = "match"

    match_id = key()
    person_a = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    person_b = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    state = CodeField("match_state", strict=True)
    decided_by = staff(null=True, blank=True)
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

    change_id = key()
    entity = models.CharField(max_length=60)
    record_ref = models.UUIDField()
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    before = SealedTextField()
    after = SealedTextField()
    changed_at = models.DateTimeField()
    changed_by = staff()
    cause = models.UUIDField(null=True, blank=True)
    # Whose key seals it; a change of an episode goes with its person.
    key_record = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_ref", "version"], name="changes_of_a_record"),
            models.Index(fields=["key_record", "-changed_at"], name="changes_under_a_key"),
            models.Index(fields=["cause"], name="changes_of_a_cause"),
        ]
