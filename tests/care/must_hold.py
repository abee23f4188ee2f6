"""What must hold of referrals and places whatever was done, read as plain values and checked the obvious way."""

import datetime as dt
from itertools import groupby, pairwise
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from zicht.care import rules
from zicht.care.models import CareEvent, Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.care.referrals import queries as referrals
from zicht.care.shelter import queries
from zicht.people.models import Account

# What a step begins, and which steps end it; a new hold takes the place of the one before.
ENDED_BY = {"held": ("released", "began"), "began": ("ended",), "waiting": ("off_list", "began")}
OF_REFERRAL = ("referral_id", "state", "person_id", "person__restricted_on", "share_id", "share__ended_on")
OF_STAY = ("stay_id", "shelter_id", "person_id", "referral_id", "from_date", "planned_until", "until_date")
OF_HOLD = ("hold_id", "shelter_id", "referral_id", "state", "expires_at")
OF_STEP = ("referral_id", "shelter_id", "number", "step", "record_ref", "places")

Rows = list[tuple[object, ...]]


class ReferralRow(NamedTuple):
    """A referral, and whether its share goes on."""

    key: UUID
    state: str
    person: UUID
    limited_on: dt.date | None
    share: UUID | None
    ended_on: dt.date | None


class StayRow(NamedTuple):
    """A stay."""

    key: UUID
    shelter: UUID
    person: UUID
    referral: UUID
    begin: dt.date
    planned: dt.date
    until: dt.date | None


class HoldRow(NamedTuple):
    """A hold."""

    key: UUID
    shelter: UUID
    referral: UUID
    state: str
    expires_at: dt.datetime


class Step(NamedTuple):
    """A line of the log: of a referral, or of a shelter alone."""

    referral: UUID | None
    shelter: UUID | None
    number: int
    step: str
    record: UUID | None
    places: int | None


class Facts(NamedTuple):
    """Everything that the records and the log say at one moment."""

    referrals: list[ReferralRow]
    stays: list[StayRow]
    holds: list[HoldRow]
    waits: list[tuple[UUID, UUID, str]]
    shelters: list[tuple[UUID, int, dt.date | None]]
    steps: list[Step]


def read_facts() -> Facts:
    """Read them."""
    waits = WaitingListEntry.objects.order_by("waiting_id").values_list("referral_id", "waiting_id", "state")
    shelters = Shelter.objects.order_by("shelter_id").values_list("shelter_id", "capacity", "closed_on")
    return Facts(
        [ReferralRow._make(row) for row in Referral.objects.order_by("referral_id").values_list(*OF_REFERRAL)],
        [StayRow._make(row) for row in Stay.objects.order_by("stay_id").values_list(*OF_STAY)],
        [HoldRow._make(row) for row in Hold.objects.order_by("hold_id").values_list(*OF_HOLD)],
        list(waits),
        list(shelters),
        [Step._make(row) for row in CareEvent.objects.order_by("referral", "number", "shelter").values_list(*OF_STEP)],
    )


def find_broken(facts: Facts, host: Account) -> None:
    """Raise AssertionError where anything is broken that must hold."""
    in_force = {one.pk for one in queries.open_holds([Shelter(pk=key) for key, _n, _day in facts.shelters])}
    seen = {one.pk for one in referrals.standing(referrals.received(host))}
    _places_are_enough_on_every_day(facts, in_force)
    _nobody_is_in_two_places(facts)
    _a_hold_that_ran_out_or_whose_referral_ended_holds_nothing(facts, in_force)
    _every_referral_is_where_its_steps_led_it_and_seen_only_there(facts, seen)
    _the_steps_alone_tell_who_holds_stays_and_waits(facts)


def _places_are_enough_on_every_day(facts: Facts, in_force: set[UUID]) -> None:
    today = timezone.localdate()
    for house, capacity, _closed_on in facts.shelters:
        stays = [one for one in facts.stays if one.shelter == house]
        held = sum(one.shelter == house and one.key in in_force for one in facts.holds)
        most = max(one.places or 0 for one in facts.steps if one.referral is None and one.shelter == house)
        for day in {one.begin for one in stays} | {today}:
            there = sum(one.begin <= day and (one.until is None or one.until > day) for one in stays)
            assert there + (held if day == today else 0) <= (capacity if day == today else most)


def _nobody_is_in_two_places(facts: Facts) -> None:
    here = [one.person for one in facts.stays if one.until is None]
    assert len(here) == len(set(here))
    assert all(one.planned >= one.begin for one in facts.stays)
    kept = [one.referral for one in facts.holds if one.state == "held"]
    assert len(kept) == len(set(kept))


def _a_hold_that_ran_out_or_whose_referral_ended_holds_nothing(facts: Facts, in_force: set[UUID]) -> None:
    now = timezone.now()
    stands = {one.key for one in facts.referrals if one.state in rules.SEEN_BY_RECEIVER and not one.ended_on}
    expected = {
        one.key for one in facts.holds if one.state == "held" and one.expires_at > now and one.referral in stands
    }
    assert in_force == expected


def _every_referral_is_where_its_steps_led_it_and_seen_only_there(facts: Facts, seen: set[UUID]) -> None:
    told = rules.steps_for_sender()
    steps = {key: list(lines) for key, lines in groupby(facts.steps, lambda one: one.referral)}
    for referral in facts.referrals:
        lines = steps[referral.key]
        assert [line.number for line in lines] == list(range(1, len(lines) + 1))
        way = [line.step for line in lines if line.step in told]
        assert way[-1] == referral.state
        for before, after in pairwise(way):
            assert rules.may_follow(before, after) or (before, after) == ("proposed", "sent")
        is_over = referral.state not in rules.SEEN_BY_RECEIVER
        if is_over or referral.limited_on or not referral.share or referral.ended_on:
            assert referral.key not in seen


def _the_steps_alone_tell_who_holds_stays_and_waits(facts: Facts) -> None:
    """Play all steps once more, in the order of each referral, and find the same as the records say."""
    now = replay(facts.steps)
    assert now["held"] == {one.referral: one.key for one in facts.holds if one.state == "held"}
    assert now["began"] == {one.referral: one.key for one in facts.stays if one.until is None}
    assert now["waiting"] == {referral: key for referral, key, state in facts.waits if state in rules.ON_THE_LIST}
    for house, capacity, closed_on in facts.shelters:
        lines = [one for one in facts.steps if one.referral is None and one.shelter == house]
        assert [line.number for line in lines] == list(range(1, len(lines) + 1))
        assert lines[-1].places == capacity
        assert (lines[-1].step == "shelter_closed") is (closed_on is not None)


def replay(steps: list[Step]) -> dict[str, dict[UUID, UUID]]:
    """Give by the log alone which hold, stay and place on the list each referral has."""
    now: dict[str, dict[UUID, UUID]] = {begins: {} for begins in ENDED_BY}
    for line in steps:
        for begins, ends in ENDED_BY.items():
            if line.referral and line.step in ends:
                now[begins].pop(line.referral, None)
            if line.referral and line.record and line.step == begins:
                now[begins][line.referral] = line.record
    return now
