"""The nouns of barriers: models in versions, actions, meetings, cases held against the steps, sums, municipal policy.

Columns are the fields of the vocabulary. Beside them stands what is no field: the steps of a version and the counts of
a sum, as plain lists, and `version`, by which two people who change one record notice each other.
"""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zicht.barriers import rules
from zicht.barriers.processes.content import read
from zicht.cases.models import Case
from zicht.people.code_fields import language
from zicht.people.models import Account, Organisation
from zicht.people.records import CodeField, RuledModel, WordsQuerySet
from zicht.people.rules import AccountLike
from zicht.people.wording import place_in_words
from zicht.words import Process

CODE_LENGTH = 20  # characters, of a process, step or barrier
AREA_LENGTH = 60  # characters; the longest name of a province has half of that
LINE_LENGTH = 200  # characters
PERIOD_LENGTH = 6  # characters, as 2026-1


def _key() -> "models.UUIDField[UUID, UUID]":
    return models.UUIDField(primary_key=True, default=uuid4, editable=False)


def _organisation(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, **{"related_name": "+", **options})


def _staff(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", **options)


def _day() -> "models.DateField[Any, Any]":
    return models.DateField(null=True, blank=True)


def _code() -> "models.CharField[str, str]":
    return models.CharField(max_length=CODE_LENGTH)


class OwnQuerySet(WordsQuerySet[Any]):
    """What an organisation keeps about barriers, for those of its people who may see it."""

    def visible_to(self, account: AccountLike) -> "OwnQuerySet":
        """Keep what the organisation of the account keeps; nothing for whose role has nothing to do with it."""
        return self.filter(org_id=account.org_id) if rules.may_look(account) else self.none()


class Ruled(RuledModel):
    """Stand behind the records of this room."""

    broken_constraints = staticmethod(rules.broken_constraints)

    class Meta:
        abstract = True


class Own(Ruled):
    """Stand behind what one organisation keeps."""

    org = _organisation()

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        abstract = True


class BarrierModel(Own):
    """One version of a process: a draft that is worked on, or published and from then on as it is."""

    words_entity = "barrier_model"
    words_beside = frozenset({"content", "version"})

    model_id = _key()
    process = _code()
    number = models.PositiveSmallIntegerField()
    state = CodeField("model_state", strict=True, default="draft")
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    why = models.TextField(blank=True)
    made_on = models.DateField()
    published_on = _day()
    published_by = _staff(null=True, blank=True)
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "process", "number"], name="versions_of_a_model_in_order"),
            models.UniqueConstraint(fields=["org", "process"], condition=Q(state="draft"), name="one_draft_of_a_model"),
            models.UniqueConstraint(
                fields=["org", "process"], condition=Q(state="published"), name="one_model_of_a_process_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_on=None)
                | (~Q(state="draft") & Q(published_on__isnull=False, published_by__isnull=False)),
                name="model_published_by_somebody_on_a_day",
            ),
        ]

    @property
    def name(self) -> str:
        """Give the name of the process in the language of the reader."""
        return self.steps.label.in_language(language())

    @property
    def steps(self) -> Process:
        """Give the process with its steps."""
        return read(self.process, self.content)


class BarrierAction(Own):
    """Something that partners agreed to do against a step in an area, under one version of the model."""

    words_entity = "barrier_action"
    words_beside = frozenset({"version"})

    action_id = _key()
    model = models.ForeignKey(BarrierModel, on_delete=models.PROTECT, related_name="actions")
    process = _code()
    step = _code()
    barrier = _code()
    area_code = models.CharField(max_length=AREA_LENGTH)
    lead_org = _organisation()
    partners = models.ManyToManyField(Organisation, related_name="+", blank=True, db_table="barriers_action_partner")
    lead_account = _staff(null=True, blank=True)
    lead_role = models.CharField(max_length=LINE_LENGTH, blank=True)
    what = models.TextField()
    state = CodeField("action_state", strict=True, default="idea")
    start_on = _day()
    due_on = _day()
    ended_on = _day()
    measure = models.TextField(blank=True)
    measure_before = models.TextField(blank=True)
    measure_after = models.TextField(blank=True)
    evaluate_on = _day()
    evaluated_on = _day()
    effect = CodeField("barrier_effect", strict=True, blank=True)
    evaluation = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["org", "process", "step"], name="barrier_actions_by_step"),
            models.Index(fields=["org", "state", "due_on"], name="barrier_actions_by_day"),
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still does something."""
        return self.state in rules.OPEN_STATES

    @property
    def area_name(self) -> str:
        """Give the area by its name."""
        return place_in_words(self.area_code)

    @property
    def due(self) -> str:
        """Tell how near its day is; over when nothing is done any more."""
        return rules.due_state(self.due_on if self.is_open else None, timezone.localdate())


class BarrierEvent(Own):
    """One line of what happened: added, and never changed."""

    words_entity = "barrier_event"

    event_id = _key()
    deed = CodeField("barrier_deed", strict=True)
    record_ref = models.UUIDField()
    subject = models.CharField(max_length=AREA_LENGTH)
    before = models.CharField(max_length=AREA_LENGTH, blank=True)
    after = models.CharField(max_length=AREA_LENGTH, blank=True)
    area_code = models.CharField(max_length=AREA_LENGTH, blank=True)
    happened_at = models.DateTimeField()
    by = _staff()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "-happened_at"], name="barrier_events_newest")]


class Meeting(Own):
    """That partners met about an area; what changed since is told from here."""

    words_entity = "barrier_meeting"

    meeting_id = _key()
    area_code = models.CharField(max_length=AREA_LENGTH)
    held_on = models.DateField()
    closed_at = models.DateTimeField()
    by = _staff()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "area_code", "-closed_at"], name="meetings_of_an_area")]


class OfCaseQuerySet(WordsQuerySet[Any]):
    """What was decided about a case, behind the walls of the case."""

    def visible_to(self, account: AccountLike) -> "OfCaseQuerySet":
        """Keep what belongs to cases that the account may see."""
        return self.filter(**{f"{self._way}__in": Case.objects.visible_to(account)})

    @property
    def _way(self) -> str:
        return "case" if self.model is Holding else "holding__case"


class Holding(Ruled):
    """That somebody held a case against the steps of one version of a model, with reports of the same situation."""

    words_entity = "barrier_holding"
    kept_by = "case__org"

    holding_id = _key()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holdings")
    model = models.ForeignKey(BarrierModel, on_delete=models.PROTECT, related_name="+")
    # Reports may go before the case does; here stands only which.
    reports = models.JSONField(default=list, blank=True)
    made_on = models.DateField()
    made_by = _staff()

    objects: ClassVar[Any] = OfCaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "model"], name="case_held_once_against_a_version"),
        ]


class Finding(Ruled):
    """What a named person decided about one step of a case; sums tell it apart from what is only suggested."""

    words_entity = "barrier_finding"
    kept_by = "holding__case__org"

    finding_id = _key()
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="findings")
    step_code = _code()
    barrier_code = models.CharField(max_length=CODE_LENGTH, blank=True)
    standing = CodeField("barrier_standing", strict=True)
    action = models.ForeignKey(BarrierAction, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = CodeField("finding_state", strict=True)
    decided_by = _staff()
    decided_on = models.DateField()

    objects: ClassVar[Any] = OfCaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holding", "step_code"], name="one_finding_of_a_step"),
        ]

    @property
    def mark(self) -> str:
        """Give what tells this decision apart from a later one about the same step."""
        said = (self.state, self.standing, self.barrier_code, self.decided_by_id, self.decided_on)
        return "/".join(map(str, said))


class Sum(Own):
    """The counts of one half-year that disclosure control shows; made once, and never again."""

    words_entity = "barrier_sum"
    words_beside = frozenset({"counts"})

    sum_id = _key()
    kind = CodeField("barrier_sum_kind", strict=True)
    period = models.CharField(max_length=PERIOD_LENGTH)
    least = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    made_by = _staff()
    counts = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "kind", "period"], name="sums_of_a_half_year_made_once"),
        ]


class Policy(Own):
    """What is known about the policy of one municipality, and where that is stated."""

    words_entity = "policy"
    words_beside = frozenset({"version"})

    policy_id = _key()
    municipality = models.CharField(max_length=AREA_LENGTH)
    state = CodeField("policy_state", strict=True)
    source = models.CharField(max_length=LINE_LENGTH)
    checked_on = models.DateField()
    adopted_on = _day()
    contact_role = CodeField("policy_contact", default="not_asked", blank=True)
    contact_point = models.BooleanField(null=True, blank=True)
    care_coordinator = models.BooleanField(null=True, blank=True)
    staff_trained = models.PositiveIntegerField(null=True, blank=True)
    inspections = models.PositiveIntegerField(null=True, blank=True)
    look_again_on = _day()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "municipality"], name="one_policy_of_a_municipality"),
        ]
        indexes: ClassVar = [models.Index(fields=["org", "look_again_on"], name="policies_to_look_at_again")]

    @property
    def town_name(self) -> str:
        """Give the municipality by its name."""
        return place_in_words(self.municipality)
