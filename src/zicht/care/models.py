"""The nouns of care: referrals, shelters without an address, holds and stays, and every step in a log of its own.

The records hold what is the case now; `CareEvent` holds how it came about, and no line of it is ever changed
(guards.py).
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from zicht.care import rules
from zicht.care.columns import Ruled
from zicht.care.plan import models as plan_models  # noqa: F401 - Django finds the models of a room here
from zicht.cases.models import Case, Consent, Person, Share
from zicht.cases.models.columns import key, organisation, staff
from zicht.people.keys import ID_LENGTH
from zicht.people.models import HASH_LENGTH, Organisation
from zicht.people.records import CodeField, MultiCodeField, SealedTextField, WordsModel

REGION_LENGTH = 60  # characters; the longest province has half of that


class Referral(Ruled):
    """That a person of a case is referred to an organisation; what goes along stands in the share it rests on."""

    words_entity = "referral"
    kept_by = "case__org"

    referral_id = key()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="referrals")
    # Who sent it: the case may go to another organisation later.
    from_org = organisation()
    to_org = organisation()
    reason = CodeField("referral_reason")
    support = MultiCodeField("support_type")
    place_kind = CodeField("place_kind", blank=True)
    urgency = CodeField("urgency", blank=True)
    state = CodeField("referral_state", strict=True)
    sent_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    refusal_reason = CodeField("refusal_reason", blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    # A share is told for longer than the record may live, and is never deleted while the record is there.
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "to_org"],
                condition=Q(state__in=rules.RUNNING),
                name="one_referral_to_an_organisation_runs",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_org", "state", "sent_on"], name="referrals_received"),
            models.Index(fields=["from_org", "sent_on"], name="referrals_sent"),
        ]


class SealedDossier(WordsModel):
    """That a dossier was made for a partner outside Zicht; neither the file nor its code is kept."""

    words_entity = "sealed_dossier"
    kept_by = "referral__from_org"

    sealed_dossier_id = key()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="dossiers")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    by = staff()
    expires_on = models.DateField()
    key_id = models.CharField(max_length=ID_LENGTH)
    file_hash = models.CharField(max_length=HASH_LENGTH)


class Transfer(WordsModel):
    """That a case goes to another organisation: asked by one side, answered once by the other."""

    words_entity = "transfer"
    kept_by = "case__org"

    transfer_id = key()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transfers")
    from_org = organisation()
    to_org = organisation()
    asked_by_org = organisation()
    asked_by = staff()
    asked_at = models.DateTimeField()
    state = CodeField("transfer_state", strict=True, default="asked")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = staff(null=True, blank=True)
    from_owner = staff(null=True, blank=True)
    to_owner = staff(null=True, blank=True)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="asked"), name="one_transfer_of_a_case_asked"),
        ]
        indexes: ClassVar = [models.Index(fields=["to_org", "state"], name="transfers_to")]

    @property
    def is_asked_by_receiver(self) -> bool:
        """Tell whether the organisation that would get the case asked for it."""
        return self.asked_by_org_id == self.to_org_id


class Shelter(Ruled):
    """A shelter as a resource: what it offers and to whom, and never where it is."""

    words_entity = "shelter"

    shelter_id = key()
    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shelters")
    place_kind = CodeField("place_kind")
    capacity = models.PositiveSmallIntegerField()
    max_stay_days = models.PositiveSmallIntegerField(null=True, blank=True)
    accepts_age_bands = MultiCodeField("age_band")
    accepts_genders = MultiCodeField("gender")
    region = models.CharField(max_length=REGION_LENGTH, blank=True)
    placing_org = organisation(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["placing_org", "place_kind"], name="shelters_by_who_places")]


class Hold(Ruled):
    """A place kept free for a referral until a moment; when that has passed it holds nothing, whoever looks."""

    words_entity = "hold"
    kept_by = "referral__to_org"

    hold_id = key()
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="holds")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="holds")
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    by = staff()
    state = CodeField("hold_state", strict=True, default="held")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral"], condition=Q(state="held"), name="one_hold_of_a_referral"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("held_at")), name="hold_ends_after_it_begins"),
        ]
        indexes: ClassVar = [models.Index(fields=["shelter", "expires_at"], name="holds_of_a_shelter")]


class Stay(Ruled):
    """That a person stays in a shelter; the texts are sealed with the key of the person."""

    words_entity = "stay"
    kept_by = "shelter__org"
    goes_on = Q(until_date=None)  # a bed in which somebody sleeps would look free

    stay_id = key()
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="stays")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stays")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="stays")
    from_date = models.DateField()
    planned_until = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    end_reason = CodeField("stay_end", blank=True)
    extension_reason = SealedTextField()
    handover = SealedTextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(until_date=None), name="one_open_stay_of_a_person"),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")), name="stay_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["shelter", "planned_until"], condition=Q(until_date=None), name="stays_by_leaving"),
            models.Index(fields=["shelter", "from_date"], name="stays_by_coming"),
        ]

    @property
    def key_record(self) -> UUID:
        """The key of the person seals it, so that both become unreadable together."""
        return self.person_id


class WaitingListEntry(Ruled):
    """That somebody who was referred waits for a kind of place; regions that are not safe are sealed."""

    words_entity = "waiting_list_entry"
    kept_by = "referral__to_org"
    # The words have a list of codes of class P3; it is kept sealed, so in a column of another kind.
    words_left_out = frozenset({"unsafe_areas"})
    words_beside = frozenset({"unsafe"})

    waiting_id = key()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="waits")
    place_kind = CodeField("place_kind")
    urgency = CodeField("urgency", strict=True)
    asked_on = models.DateField()
    unsafe = SealedTextField()
    state = CodeField("waiting_state", strict=True, default="waiting")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state__in=rules.ON_THE_LIST), name="one_wait_of_a_referral"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "urgency", "asked_on"], name="waiting_list")]

    @property
    def key_record(self) -> UUID:
        """The key of the person seals it."""
        person: UUID = self.referral.person_id
        return person


class CareEvent(WordsModel):
    """One step: who did what with a referral or a shelter, by the hour. It is added and never changed."""

    words_entity = "care_event"

    event_id = key()
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events", null=True, blank=True)
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="events", null=True, blank=True)
    number = models.PositiveIntegerField()
    step = CodeField("care_step", strict=True)
    happened_at = models.DateTimeField()
    by = staff()
    by_org = organisation()
    record_ref = models.UUIDField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    # What the record itself tells only of the last time.
    max_stay_days = models.PositiveSmallIntegerField(null=True, blank=True)
    refusal_reason = CodeField("refusal_reason", blank=True)
    planned_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "number"], name="steps_of_a_referral_in_order"),
            models.UniqueConstraint(
                fields=["shelter", "number"], condition=Q(referral=None), name="steps_of_a_shelter_in_order"
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=False) | Q(shelter__isnull=False), name="step_is_of_something"
            ),
        ]
