"""The nouns of this room: what came in, the signals in it, what was done with it, earlier reports, the reporting code.

Columns are the fields of the vocabulary. What no field says is `version`, by which two people who decide at the same
moment notice each other, and the two columns by which the queue is found and sorted.
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from zicht.people.models import HASH_LENGTH, Account, Organisation
from zicht.people.records import (
    CodeField,
    MultiCodeField,
    RuledModel,
    SealedTextField,
    Walled,
    WalledQuerySet,
    WordsModel,
)
from zicht.people.rules import AccountLike
from zicht.signals import rules
from zicht.signals.training.models import TrainingRecord as TrainingRecord

PLACE_LENGTH = 60  # characters
BEHIND_LENGTH = 100  # characters: a key, a space and a code
# What the queue is narrowed by, and the indexes that find it: all of it in its order, and each trait that few may have.
NARROWED_BY = ("urgency", "source", "police_unit", "place_code", "state", "handler", "district")
QUEUES: Mapping[str, tuple[str, ...]] = {
    "intake_queue": (),
    "intake_by_urgency": ("urgency",),
    "intake_by_source": ("source",),
    "intake_by_unit": ("police_unit",),
    "intake_by_handler": ("handler",),
    "intake_by_place": ("place_code",),
}


def not_asked() -> list[str]:
    """Give the resting state of a field with several terms."""
    return ["not_asked"]


def _code(list_name: str) -> CodeField:
    return CodeField(list_name, default="not_asked", blank=True)


def _key() -> "models.UUIDField[UUID, UUID]":
    return models.UUIDField(primary_key=True, default=uuid4, editable=False)


def _found_by(name: str, *traits: str) -> models.Index:
    """Find one shelf in its order, the other traits beside it.

    Of several filters SQLite may follow the one that nearly all fit, such as "nobody yet". It finds the others in the
    index, and need not read a record for each.
    """
    beside = [one for one in NARROWED_BY if one not in traits]
    return models.Index(fields=["org", "compartment", "shelf", *traits, "sorts_at", "intake_id", *beside], name=name)


def _staff(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", **options)


def _day() -> "models.DateField[Any, Any]":
    return models.DateField(null=True, blank=True)


class Ruled(RuledModel):
    """Stand behind the records of this room."""

    broken_constraints = staticmethod(rules.broken_constraints)

    class Meta:
        abstract = True


class IntakeQuerySet(WalledQuerySet["Intake"]):
    """What came in, behind the walls of an organisation and of the roles that weigh there."""

    def visible_to(self, account: AccountLike) -> "IntakeQuerySet":
        """Keep what an account may weigh; for every other account, and a closed one, none."""
        return self.filter(org_id=account.org_id, compartment__in=sorted(rules.walls_of(account)))


class Intake(Ruled, Walled):
    """A contact, report, tip or call that somebody must weigh; no name, address or text of whoever reported."""

    words_entity = "intake"
    words_beside = frozenset({"version", "shelf", "sorts_at"})

    intake_id = _key()
    received_on = models.DateField()
    received_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    clock_from = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    source = CodeField("intake_source", strict=True)
    channel = CodeField("channel", strict=True)
    kind = CodeField("contact_kind", strict=True)
    role = _code("contact_role")
    urgency = CodeField("urgency", strict=True)
    forms = MultiCodeField("form", default=not_asked)
    timing = _code("timing")
    age_band = _code("age_band")
    observer = _code("observer")
    situation = _code("situation")
    place_code = models.CharField(max_length=PLACE_LENGTH, blank=True)
    police_unit = _code("police_unit")
    district = models.CharField(max_length=PLACE_LENGTH, blank=True)
    spot_mark = models.CharField(max_length=2 * HASH_LENGTH, blank=True)
    spot_mark_before = models.CharField(max_length=2 * HASH_LENGTH, blank=True)
    state = CodeField("intake_state", strict=True, default="new")
    handler = _staff(null=True, blank=True)
    outcome = CodeField("intake_outcome", strict=True, blank=True)
    reason = SealedTextField()
    decided_by = _staff(null=True, blank=True)
    decided_on = _day()
    source_yes = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # A text and no yes or no: SQLite looks no yes or no up in an index.
    shelf = models.CharField(max_length=6, default=rules.OPEN, editable=False)
    sorts_at = models.DateTimeField(editable=False)

    objects: ClassVar[Any] = IntakeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            *(_found_by(name, *by) for name, by in QUEUES.items()),
            # Earlier reports: by the mark of a spot, and by town around a day.
            models.Index(fields=["org", "compartment", "spot_mark"], name="intake_by_spot"),
            models.Index(fields=["org", "compartment", "spot_mark_before"], name="intake_by_spot_before"),
            models.Index(fields=["org", "compartment", "place_code", "received_on"], name="intake_by_town"),
            models.Index(fields=["org", "decided_on"], name="intake_by_closing"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(outcome=""),
                name="intake_closed_by_somebody_with_an_outcome",
            ),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the two columns of the queue in step with what they are made from."""
        self.shelf = rules.OPEN if self.is_open else rules.CLOSED
        self.sorts_at = rules.sorts_at(self.due_at, self.received_on, is_open=self.is_open)
        super().save(*args, **options)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to weigh it."""
        return self.state in rules.OPEN_STATES

    @property
    def behind(self) -> str:
        """Give organisation and wall in one, which never change."""
        return f"{self.org_id.hex} {self.compartment}"

    @property
    def key_record(self) -> UUID:
        """Its own key seals its reason and the texts of its reporting code."""
        return self.intake_id


class OfIntakeQuerySet(WalledQuerySet[Any]):
    """What is recorded about something that came in, behind its walls."""

    def visible_to(self, account: AccountLike) -> "OfIntakeQuerySet":
        """Keep what belongs to intake that the account may weigh."""
        return self.filter(intake__in=Intake.objects.visible_to(account))


class OfIntake(Ruled):
    """Stand behind what is recorded about something that came in."""

    objects: ClassVar[Any] = OfIntakeQuerySet.as_manager()

    class Meta:
        abstract = True


class Signal(OfIntake):
    """One indicator in one report: what it rests on, and whether a person confirmed or rejected it."""

    words_entity = "signal"
    words_beside = frozenset({"version", "behind"})
    words_left_out = frozenset({"contact_id", "case_id", "person_id", "place_code", "observer_org", "note"})

    signal_id = _key()
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="signals")
    indicator = models.CharField(max_length=20)
    basis = CodeField("signal_basis", strict=True)
    state = CodeField("signal_state", strict=True, default="noted")
    observed_on = _day()
    reviewer = _staff(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # That of its report: which signals are rare is asked behind one wall, and all reports there would be gone through.
    behind = models.CharField(max_length=BEHIND_LENGTH, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "indicator"], name="one_signal_of_a_kind_in_a_report"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["behind", "indicator", "state", "intake"], name="signals_behind_a_wall")
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """Stand behind the wall of its report."""
        self.behind = self.intake.behind
        super().save(*args, **options)


class IntakeStep(OfIntake):
    """A line of what somebody did: made, never changed, and gone with the report only."""

    words_entity = "intake_step"

    step_id = _key()
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="steps")
    made_at = models.DateTimeField()
    made_by = _staff()
    deed = CodeField("intake_deed", strict=True)
    detail_code = models.CharField(max_length=PLACE_LENGTH, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["intake", "-made_at"], name="steps_of_an_intake")]

    def save(self, *args: Any, **options: Any) -> None:
        """Refuse a change: the history is only added to."""
        if not self._state.adding:
            raise ValidationError("A step that was made is never changed.")
        super().save(*args, **options)


class ReportLink(Ruled):
    """Whether two reports behind one wall are about the same situation, as a named person decided."""

    words_entity = "report_link"
    words_beside = frozenset({"version"})

    link_id = _key()
    intake_a = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="+")
    intake_b = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="+")
    reasons = MultiCodeField("report_link_reason", strict=True)
    state = CodeField("report_link_state", strict=True)
    decided_by = _staff(null=True, blank=True)
    decided_on = _day()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake_a", "intake_b"], name="one_link_for_two_reports"),
            # In one order, so that the constraint above holds for both.
            models.CheckConstraint(condition=Q(intake_a__lt=F("intake_b")), name="link_in_one_order"),
        ]


class Meldcode(OfIntake):
    """The five steps of the Dutch reporting code, as far as somebody took them; nothing is sent from here."""

    words_entity = "meldcode"
    words_beside = frozenset({"version"})

    meldcode_id = _key()
    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="meldcode")
    mapped_on = _day()
    advice_on = _day()
    advice_of = MultiCodeField("meldcode_advice", strict=True)
    advice = SealedTextField()
    talked_on = _day()
    is_not_talked = models.BooleanField(null=True, blank=True)
    weighed_on = _day()
    weighing = CodeField("meldcode_weighing", strict=True, blank=True)
    grounds = SealedTextField()
    decided_on = _day()
    decision = CodeField("meldcode_decision", strict=True, blank=True)
    decided_by = _staff(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    @property
    def key_record(self) -> UUID:
        """The key of the report seals it, so that both become unreadable together."""
        key: UUID = self.intake_id
        return key


class PoliceDistrict(WordsModel):
    """In which police district a municipality lies, in the table that an organisation keeps itself."""

    words_entity = "police_district"

    entry_id = _key()
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    place_code = models.CharField(max_length=PLACE_LENGTH)
    district = models.CharField(max_length=PLACE_LENGTH)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "place_code"], name="one_district_for_a_municipality"),
        ]
