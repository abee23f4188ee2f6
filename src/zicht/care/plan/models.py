"""The nouns of support: plans with goals and tasks, safety, conferences, accounts as told, files, and every step.

What the organisation of a case keeps about a person is sealed with the key of the person, so that all of it becomes
unreadable together; the plan of whoever received the person by a referral has a key of its own.

What is kept in versions (safety plan, conference, decision, approval, account, step) is never changed (guards.py); what
changes (plan, goal, task) keeps its history as the records of the register do.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from zicht.care.columns import Ruled
from zicht.cases.models import Case, Kept, OfPerson, Person
from zicht.cases.models.columns import key, organisation, staff
from zicht.people.models import Organisation
from zicht.people.records import CodeField, MultiCodeField, SealedTextField, WordsModel


def _case(related_name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Case, on_delete=models.CASCADE, related_name=related_name)


def _person(related_name: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Person, on_delete=models.CASCADE, related_name=related_name, **options)


# --- plan ---------------------------------------------------------------------------------------------------------
class CarePlan(Ruled, OfPerson, Kept):
    """The support plan of one person at one organisation; its version counts up with every change in it."""

    words_entity = "care_plan"
    kept_by = "org"
    words_beside = frozenset[str]()

    care_plan_id = key()
    org = organisation()
    case = _case("plans")
    person = _person("plans")
    referral = models.ForeignKey("care.Referral", on_delete=models.CASCADE, related_name="plans", null=True, blank=True)
    opened_on = models.DateField()
    agreement = CodeField("plan_agreement", strict=True)
    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "org"], condition=Q(closed_on=None), name="one_open_plan_at_an_organisation"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["org", "review_on"], name="plans_to_review")]

    @property
    def key_record(self) -> UUID:
        """The key of the person seals it; of an organisation that the person was referred to, a key of its own.

        The history of a person lies under the person's key, and those who referred read it.
        """
        key: UUID = self.pk if self.referral_id else self.person_id
        return key


class Goal(Ruled, OfPerson, Kept):
    """One goal of a plan: what the person wants in a domain of life, and what is done for it."""

    words_entity = "support_plan"
    kept_by = "care_plan__org"

    plan_id = key()
    case = _case("goals")
    care_plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="goals")
    person = _person("goals")
    domain = CodeField("goal_domain", strict=True)
    support = CodeField("support_type")
    objective = SealedTextField()
    action = SealedTextField()
    by_org = organisation(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    actual_end = models.DateField(null=True, blank=True)
    outcome = CodeField("goal_outcome", strict=True, blank=True)
    risk_level = CodeField("none", blank=True)

    @property
    def key_record(self) -> UUID:
        """The key of its plan seals it."""
        return self.care_plan.key_record


class Task(Ruled, Kept):
    """Something that a colleague does by a day."""

    words_entity = "task"
    kept_by = "assigned_org"

    task_id = key()
    kind = CodeField("task_kind", strict=True)
    case = _case("tasks")
    person = _person("tasks", null=True, blank=True)
    care_plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="tasks", null=True, blank=True)
    decision = models.ForeignKey("care.Decision", on_delete=models.CASCADE, related_name="tasks", null=True, blank=True)
    what = SealedTextField()
    assigned_org = organisation()
    assigned_to = staff(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = CodeField("task_state", strict=True, default="open")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["assigned_to", "due_on"], condition=Q(done_on=None), name="tasks_of_a_colleague"),
        ]

    @property
    def key_record(self) -> UUID:
        """The key of its plan seals it; else that of the person, or of the case where it is about nobody."""
        key: UUID = self.care_plan.key_record if self.care_plan else self.person_id or self.case_id
        return key


class Approval(Ruled):
    """That somebody was asked to approve a version of something, or answered."""

    words_entity = "approval"

    approval_id = key()
    case = _case("approvals")
    subject = CodeField("approval_subject", strict=True)
    record_ref = models.UUIDField()
    record_version = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    org = organisation()
    asked_of = staff(null=True, blank=True)
    state = CodeField("approval_state", strict=True)
    by = staff()
    given_on = models.DateField()
    reason = SealedTextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asked_of", "state"], name="approvals_asked"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_ref", "number"], name="approvals_in_order"),
        ]

    @property
    def key_record(self) -> UUID:
        """The key of the case seals it."""
        key: UUID = self.case_id
        return key


class PlanEvent(WordsModel):
    """One step in the support of a person: who did what, by the hour. It is added and never changed."""

    words_entity = "plan_event"
    kept_by = "org"

    event_id = key()
    org = organisation()
    case = _case("support_steps")
    person = _person("support_steps", null=True, blank=True)
    number = models.PositiveIntegerField()
    step = CodeField("plan_step", strict=True)
    happened_at = models.DateTimeField()
    by = staff()
    record_ref = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="support_steps_in_order"),
            models.UniqueConstraint(
                fields=["case", "number"], condition=Q(person=None), name="support_steps_of_a_case_in_order"
            ),
        ]


# --- safety -------------------------------------------------------------------------------------------------------
class SafetyPlan(Ruled, OfPerson):
    """One version of what was agreed to keep a person safe."""

    words_entity = "safety_plan"
    kept_by = "case__org"

    safety_plan_id = key()
    case = _case("safety_plans")
    person = _person("safety_plans")
    version = models.PositiveIntegerField()
    risks = MultiCodeField("safety_risk")
    warning_signs = SealedTextField()
    steps = SealedTextField()
    who_does = SealedTextField()
    made_with_person = models.BooleanField()
    made_on = models.DateField()
    review_on = models.DateField()
    made_by = staff()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version"], name="safety_plans_in_order"),
        ]


class SafeContact(Ruled, OfPerson):
    """How and when somebody can be reached without danger; never a number or an address."""

    words_entity = "safe_contact"
    kept_by = "person__org"

    safe_contact_id = key()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safe_contact")
    contact_id = models.UUIDField(null=True, blank=True)
    channel = CodeField("safe_channel", strict=True)
    hours = SealedTextField()
    code_phrase = SealedTextField()
    must_not_know = MultiCodeField("relation")
    leave_message = models.BooleanField(default=False)
    checked_on = models.DateField()


# --- conferences --------------------------------------------------------------------------------------------------
class Conference(Ruled):
    """A case conference: which organisations and roles took part; never who."""

    words_entity = "case_conference"
    kept_by = "case__org"
    words_left_out = frozenset({"tasks"})  # each task names the conference

    conference_id = key()
    case = _case("conferences")
    held_on = models.DateField()
    chair_org = organisation()
    participants = models.ManyToManyField(Organisation, related_name="+", db_table="care_conference_participants")
    roles = MultiCodeField("conference_role", strict=True)
    without_identity = models.BooleanField()
    basis = MultiCodeField("legal_basis", strict=True)
    person_informed = models.BooleanField(null=True, blank=True)
    decisions = SealedTextField()
    written_by = staff()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-held_on"], name="conferences_of_a_case")]

    @property
    def key_record(self) -> UUID:
        """The key of the case seals it: it can be about several persons."""
        key: UUID = self.case_id
        return key


class Decision(Ruled):
    """One decision of a conference, with who does it by when."""

    words_entity = "decision"

    decision_id = key()
    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="decided")
    number = models.PositiveSmallIntegerField()
    domain = CodeField("goal_domain", strict=True)
    kind = CodeField("conference_decision", strict=True)
    what = SealedTextField()
    by_org = organisation()
    owner = staff(null=True, blank=True)
    due_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "number"], name="decisions_in_order"),
        ]

    @property
    def key_record(self) -> UUID:
        """The key of the case seals it."""
        key: UUID = self.conference.case_id
        return key


# --- accounts and files -------------------------------------------------------------------------------------------
class AccountVersion(Ruled, OfPerson):
    """What a person told at one time, as told; never changed, the next one stands beside it."""

    words_entity = "account_version"
    kept_by = "case__org"

    account_version_id = key()
    person = _person("accounts")
    case = _case("accounts")
    version = models.PositiveIntegerField()
    told_on = models.DateField()
    told_to = CodeField("told_to", strict=True)
    setting = CodeField("telling_setting", strict=True)
    language = CodeField("iso639")
    interpreter = models.BooleanField()
    text = SealedTextField()
    state = CodeField("account_state", strict=True)
    written_by = staff()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version"], name="accounts_in_order"),
        ]


class Attachment(Ruled, OfPerson):
    """A file about a person; what stands in the file is sealed in a table of its own, so that lists stay light."""

    words_entity = "attachment"
    kept_by = "case__org"

    attachment_id = key()
    person = _person("attachments")
    case = _case("attachments")
    kind = CodeField("attachment_kind", strict=True)
    form = CodeField("attachment_form", strict=True)
    size = models.PositiveIntegerField()
    note = SealedTextField()
    added_on = models.DateField()
    added_by = staff()


class AttachmentBox(models.Model):
    """The sealed bytes of a file."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, primary_key=True, related_name="box")
    sealed = models.BinaryField()
