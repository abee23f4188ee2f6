"""Places: nobody gets one that is not there, holds run out by themselves, stays end in time or for a reason."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.care.cast import PLACES, WISH, Cast
from tests.guards import put_back

from zicht.care import rules
from zicht.care.dossiers.actions import make_dossier
from zicht.care.errors import (
    AlreadyStaysError,
    DoesNotFitError,
    HoldIsOverError,
    NoPlaceError,
    NotSafeThereError,
    StayIsOverError,
    TooFewPlacesError,
    WrongReferralStepError,
)
from zicht.care.models import CareEvent, Hold, Shelter, Stay
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import actions, queries
from zicht.care.shelter.board import board
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Case, Person
from zicht.cases.related import with_something_going_on
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.cases.rights.erasing import erase
from zicht.cases.rights.errors import StillGoesOnError
from zicht.cases.rights.requests.copying import copy_for_person
from zicht.cases.rights.retention.actions import erase_due, set_retention
from zicht.cases.rights.retention.queries import find_due
from zicht.people import keys
from zicht.people.code_fields import entity_label
from zicht.people.sealed import reveal

WAIT = {"place_kind": "crisis_minor", "urgency": "u2_today"}


def today() -> dt.date:
    return timezone.localdate()


def run_out(*holds: Hold) -> None:
    """Let the time of holds pass."""
    past = rules.whole_hour(timezone.now())
    for hold in holds:
        put_back(hold, held_at=past - dt.timedelta(hours=9), expires_at=past)


# --- the thread -------------------------------------------------------------------------------------------------------
def test_a_held_place_becomes_a_stay_that_ends_with_a_reason_and_a_handover(cast: Cast) -> None:
    stay = cast.stay()
    assert (stay.from_date, stay.planned_until) == (today(), today() + dt.timedelta(days=42))
    assert stay.referral.state == "arrived"
    assert queries.taken(cast.house) == 1
    ended = actions.end_stay(cast.host, stay, "moved_on", today(), "Follow-on place from today.")
    assert (ended.end_reason, reveal(ended, "handover")) == ("moved_on", "Follow-on place from today.")
    assert queries.taken(cast.house) == 0
    told = stay.referral.events.order_by("number").values_list("step", flat=True)
    assert list(told) == ["proposed", "sent", "accepted", "held", "arrived", "began", "ended"]


# --- how many ---------------------------------------------------------------------------------------------------------
def test_the_last_place_is_given_once(cast: Cast) -> None:
    actions.change_shelter(cast.keeper, cast.house, {"capacity": 2})
    cast.held()
    cast.stay()
    with pytest.raises(NoPlaceError):
        cast.held()
    assert queries.taken(cast.house) == 2


def test_a_hold_that_ran_out_makes_room_though_nobody_did_anything(cast: Cast) -> None:
    actions.change_shelter(cast.keeper, cast.house, {"capacity": 1})
    first = cast.held()
    run_out(first)
    second = cast.held()
    assert list(queries.open_holds([cast.house])) == [second]
    with pytest.raises(HoldIsOverError):
        actions.begin_stay(cast.host, first.referral)
    actions.release_place(cast.host, second.referral)
    again = actions.hold_place(cast.host, first.referral, cast.house, 4)
    assert set(Hold.objects.values_list("pk", "state")) == {
        (first.pk, "expired"),
        (second.pk, "released"),
        (again.pk, "held"),
    }


@pytest.mark.parametrize("ends", ["taken back", "consent withdrawn"])
def test_a_place_that_was_held_is_free_and_nobody_waits_as_soon_as_the_referral_ends(cast: Cast, ends: str) -> None:
    case, person = cast.somebody()
    consent = cast.says(person, case=case)
    waiting = referrals.accept(cast.host, cast.send(case, person))
    actions.put_on_list(cast.host, waiting, WAIT)
    actions.change_shelter(cast.keeper, cast.house, {"capacity": 1})
    actions.hold_place(cast.host, waiting, cast.house, 72)
    assert not queries.room_for(cast.theirs, "crisis_minor", "16_17", "f").is_now
    if ends == "taken back":
        referrals.withdraw(cast.case_worker, case, waiting)
    else:
        withdraw_consent(
            cast.case_worker, case, consent, given_by="self", withdrawn_on=today(), version=consent.version
        )
    assert queries.room_for(cast.theirs, "crisis_minor", "16_17", "f").is_now
    assert queries.wait_lines(cast.host) == []
    assert cast.held().shelter == cast.house


def test_whose_hold_ran_out_waits_again(cast: Cast) -> None:
    first, second = cast.accepted(), cast.accepted()
    actions.change_shelter(cast.keeper, cast.house, {"capacity": 1})
    actions.put_on_list(cast.host, first, WAIT)
    run_out(actions.hold_place(cast.host, first, cast.house, 4))
    (shown,) = board(cast.host).waits
    assert not shown.is_offered
    # Who waits comes first: for one more there is no place today.
    assert not queries.room_for(cast.theirs, "crisis_minor", "16_17", "f").is_now
    actions.take_off_list(cast.host, first)
    assert actions.hold_place(cast.host, second, cast.house, 4).shelter == cast.house


def test_a_referral_holds_one_place_and_asking_twice_holds_it_once(cast: Cast) -> None:
    hold = cast.held()
    assert actions.hold_place(cast.host, hold.referral, cast.house, 48) == hold
    other = actions.open_shelter(cast.keeper, PLACES)
    moved = actions.hold_place(cast.host, hold.referral, other, 4)
    assert list(queries.open_holds([cast.house, other])) == [moved]


def test_a_shelter_never_gets_fewer_places_than_are_taken_and_closes_only_empty(cast: Cast) -> None:
    cast.held()
    stay = cast.stay()
    with pytest.raises(TooFewPlacesError):
        actions.change_shelter(cast.keeper, cast.house, {"capacity": 1})
    with pytest.raises(TooFewPlacesError):
        actions.close_shelter(cast.keeper, cast.house)
    actions.end_stay(cast.host, stay, "left", today())
    assert actions.change_shelter(cast.keeper, cast.house, {"capacity": 1}).capacity == 1
    told = list(cast.house.events.filter(referral=None).order_by("number").values_list("step", "places"))
    assert told == [("shelter_opened", 7), ("shelter_changed", 1)]


# --- for whom ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("age_band", "gender", "is_taken"),
    [("16_17", "f", True), ("18_20", "f", False), ("not_asked", "f", True), ("16_17", "m", False), ("16_17", "", True)],
)
def test_a_shelter_takes_whom_it_names_and_those_of_whom_it_is_not_known(
    age_band: str, gender: str, is_taken: bool
) -> None:
    shelter = Shelter(accepts_age_bands=["12_15", "16_17"], accepts_genders=["f"])
    assert rules.fits(shelter, age_band, gender) is is_taken


def test_nobody_is_placed_where_they_do_not_fit_or_are_not_safe(cast: Cast) -> None:
    actions.change_shelter(cast.keeper, cast.house, {"accepts_genders": ["m"]})
    with pytest.raises(DoesNotFitError):
        cast.held()
    actions.change_shelter(cast.keeper, cast.house, {"accepts_genders": []})
    referral = cast.accepted()
    entry = actions.put_on_list(cast.host, referral, WAIT, ["Utrecht"])
    with pytest.raises(NotSafeThereError):
        actions.hold_place(cast.host, referral, cast.house, 4)
    entry.refresh_from_db()
    assert "Utrecht" not in str(entry.unsafe)


def test_a_place_is_held_only_for_whom_the_shelter_said_yes_to(cast: Cast) -> None:
    with pytest.raises(WrongReferralStepError):
        actions.hold_place(cast.host, cast.refer(), cast.house, 4)


@pytest.mark.parametrize("region", ["Kerkstraat 1", "Amsterdam", "1012 AB"])
def test_the_region_of_a_shelter_is_a_province_and_no_place_in_it(cast: Cast, region: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.open_shelter(cast.keeper, {**PLACES, "region": region})
    assert set(refused.value.message_dict) == {"region"}


def test_no_column_of_a_shelter_can_hold_an_address_or_a_name() -> None:
    texts = [field.name for field in Shelter._meta.concrete_fields if field.get_internal_type() == "TextField"]
    assert texts == []
    assert {field.name for field in Shelter._meta.concrete_fields} == {
        "shelter_id", "org", "place_kind", "capacity", "max_stay_days", "accepts_age_bands", "accepts_genders",
        "region", "placing_org", "closed_on",
    }  # fmt: skip


# --- how long ---------------------------------------------------------------------------------------------------------
def test_longer_than_the_longest_stay_needs_a_reason(cast: Cast) -> None:
    stay = cast.stay()
    later = stay.planned_until + dt.timedelta(days=7)
    with pytest.raises(ValidationError):
        actions.extend_stay(cast.host, stay, later, " ")
    longer = actions.extend_stay(cast.host, stay, later, "Follow-on place is free in a week.")
    again = actions.extend_stay(cast.host, longer, later + dt.timedelta(days=1), "One day more.")
    text = reveal(again, "extension_reason")
    assert "free in a week" in text
    assert text.endswith("One day more.")


def test_a_stay_is_planned_within_the_longest_stay_and_never_shortened_to_the_past(cast: Cast) -> None:
    hold = cast.held()
    with pytest.raises(ValidationError):
        actions.begin_stay(cast.host, hold.referral, today() + dt.timedelta(days=43))
    stay = actions.begin_stay(cast.host, hold.referral, today() + dt.timedelta(days=10))
    with pytest.raises(ValidationError):
        actions.extend_stay(cast.host, stay, today() + dt.timedelta(days=9), "x")
    assert actions.extend_stay(cast.host, stay, today() + dt.timedelta(days=42), "").extension_reason is None


@pytest.mark.parametrize("days", [-1, 1])
def test_a_stay_ends_on_a_day_between_its_beginning_and_today(cast: Cast, days: int) -> None:
    with pytest.raises(ValidationError):
        actions.end_stay(cast.host, cast.stay(), "left", today() + dt.timedelta(days=days))


def test_a_stay_ends_once_and_with_a_reason(cast: Cast) -> None:
    stay = cast.stay()
    with pytest.raises(ValidationError):
        actions.end_stay(cast.host, stay, "", today())
    actions.end_stay(cast.host, stay, "home", today())
    with pytest.raises(StayIsOverError):
        actions.end_stay(cast.host, stay, "left", today())


def test_a_person_stays_in_one_place_at_a_time(cast: Cast) -> None:
    stay = cast.stay()
    other = actions.open_shelter(cast.keeper, PLACES)
    actions.hold_place(cast.host, stay.referral, other, 4)
    with pytest.raises(AlreadyStaysError):
        actions.begin_stay(cast.host, stay.referral)
    actions.end_stay(cast.host, stay, "transfer", today())
    assert actions.begin_stay(cast.host, stay.referral).shelter == other
    assert Stay.objects.filter(person=stay.person_id).count() == 2


# --- waiting and room -------------------------------------------------------------------------------------------------
def test_the_waiting_list_stands_by_urgency_and_then_by_day(cast: Cast) -> None:
    for urgency, days in (("u3_week", 9), ("u2_today", 1), ("u1_now", 0), ("u2_today", 4)):
        entry = actions.put_on_list(cast.host, cast.refer(), {**WAIT, "urgency": urgency})
        put_back(entry, asked_on=today() - dt.timedelta(days=days))
    told = [(one.urgency, (today() - one.asked_on).days) for one in queries.waiting_list(cast.host)]
    assert told == [("u1_now", 0), ("u2_today", 4), ("u2_today", 1), ("u3_week", 9)]


def test_somebody_leaves_the_waiting_list_when_the_stay_begins(cast: Cast) -> None:
    referral = cast.accepted()
    entry = actions.put_on_list(cast.host, referral, WAIT)
    assert actions.put_on_list(cast.host, referral, WAIT) == entry
    states = []
    for act in (
        lambda: actions.hold_place(cast.host, referral, cast.house, 4),
        lambda: actions.begin_stay(cast.host, referral),
    ):
        act()
        entry.refresh_from_db()
        states.append((entry.state, entry.ended_on is not None))
    assert states == [("offered", False), ("placed", True)]


def test_whoever_refers_learns_whether_there_is_room_and_from_which_day(cast: Cast) -> None:
    def room(age_band: str = "16_17") -> dt.date | None:
        return queries.room_for(cast.theirs, str(WISH["place_kind"]), age_band, "f").from_day

    actions.change_shelter(cast.keeper, cast.house, {"capacity": 1})
    assert (room(), room("21_24")) == (today(), None)
    stay = cast.stay()
    assert room() == stay.planned_until
    actions.put_on_list(cast.host, cast.accepted(), WAIT)
    assert room() is None
    put_back(stay, planned_until=today())
    actions.change_shelter(cast.keeper, cast.house, {"capacity": 2})
    assert room() == today() + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("capacity", "leaving", "waiting", "day"),
    [(2, [3], 0, 0), (2, [3, 9], 0, 3), (2, [9, 3], 1, 9), (2, [3, 9], 2, None), (1, [], 1, None), (0, [], 0, None)],
)
def test_the_next_free_place_comes_after_those_who_wait(
    capacity: int, leaving: list[int], waiting: int, day: int | None
) -> None:
    begin = dt.date(2026, 3, 2)
    days = [begin + dt.timedelta(days=one) for one in leaving]
    expected = None if day is None else begin + dt.timedelta(days=day)
    assert rules.next_free(capacity, days, waiting, begin) == expected


# --- walls ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["case_worker", "officer", "stranger", "stranger_privacy_officer"])
def test_whoever_does_not_place_people_there_changes_nothing(cast: Cast, who: str) -> None:
    hold, account = cast.held(), getattr(cast, who)
    stay = cast.stay()
    for act in (
        lambda: actions.begin_stay(account, hold.referral),
        lambda: actions.hold_place(account, hold.referral, cast.house, 4),
        lambda: actions.put_on_list(account, hold.referral, WAIT),
        lambda: actions.end_stay(account, stay, "left", today()),
        lambda: actions.change_shelter(account, cast.house, {"capacity": 1}),
    ):
        with pytest.raises((NotThereError, NotAllowedError)):
            act()


def test_who_places_people_does_not_say_how_many_places_there_are(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        actions.change_shelter(cast.host, cast.house, {"capacity": 70})


# --- erasing ----------------------------------------------------------------------------------------------------------
def test_nobody_is_erased_while_they_have_a_place_to_stay(cast: Cast) -> None:
    stay = cast.stay()
    with pytest.raises(StillGoesOnError):
        erase(cast.case_worker, [stay.person_id], [stay.referral.case_id], reason="request")
    assert queries.taken(cast.house) == 1
    assert with_something_going_on([stay.person_id]) == {stay.person_id}
    actions.end_stay(cast.host, stay, "moved_on", today())
    erase(cast.case_worker, [stay.person_id], [stay.referral.case_id], reason="request")
    assert not Stay.objects.exists()


def test_the_daily_task_leaves_somebody_with_an_open_stay_and_takes_them_along_later(cast: Cast) -> None:
    stay = cast.stay()
    long_ago = dt.date(2001, 1, 1)
    closed = {"state": "closed", "opened_on": long_ago, "closed_on": long_ago, "closure_reason": "goals_met"}
    Case.objects.filter(pk=stay.referral.case_id).update(**closed, changed_on=long_ago)
    Person.objects.filter(pk=stay.person_id).update(changed_on=long_ago)
    set_retention(cast.privacy_officer, 5, "Agreed in writing.")
    assert {one.key for one in find_due(cast.case_worker.org).persons} == {stay.person_id}
    erase_due(cast.privacy_officer)
    assert Person.objects.filter(pk=stay.person_id).exists()
    assert queries.taken(cast.house) == 1
    actions.end_stay(cast.host, stay, "moved_on", today())
    erase_due(cast.privacy_officer)
    assert not Person.objects.filter(pk=stay.person_id).exists()
    assert not Stay.objects.exists()


def test_the_copy_of_somebodys_data_leaves_out_what_another_organisation_keeps(cast: Cast) -> None:
    stay = cast.stay()
    actions.end_stay(cast.host, stay, "moved_on", today(), "Follow-on place in another town.")
    copied = copy_for_person(cast.case_worker, [stay.person])
    assert "Follow-on place in another town." not in str(copied.as_json())
    assert entity_label("stay") not in {section.title for section in copied.sections}


def test_the_copy_of_somebodys_data_names_referrals_and_dossiers(cast: Cast, tmp_path: Path, settings: object) -> None:
    settings.KEYS_FOLDER = tmp_path  # type: ignore[attr-defined]
    keys.make_signing_key(tmp_path)
    referral = cast.refer_outside()
    make_dossier(cast.case_worker, referral.case, referral, 3)
    copied = copy_for_person(cast.case_worker, [referral.person])
    titles = {section.title for section in copied.sections}
    assert {entity_label("referral"), entity_label("sealed_dossier"), entity_label("share")} <= titles


def test_a_shelter_keeps_its_number_when_others_are_opened_or_taken_out_of_use(cast: Cast) -> None:
    assert queries.numbers_of(cast.theirs) == {}
    first = cast.house
    assert queries.numbers_of(cast.theirs) == {first.pk: 0}, "the only one of its kind needs none"
    older = Shelter(org=cast.theirs, place_kind="crisis_minor", capacity=2)
    older.save(force_insert=True)
    opened = dt.datetime(2025, 3, 2, 10, tzinfo=dt.UTC)
    line = CareEvent(shelter=older, number=1, step="shelter_opened", happened_at=opened, by=cast.keeper, places=2)
    line.by_org_id = cast.keeper.org_id
    line.save(force_insert=True)
    adult = actions.open_shelter(cast.keeper, {**PLACES, "place_kind": "cosm"})
    numbers = {older.pk: 1, first.pk: 2, adult.pk: 0}
    assert queries.numbers_of(cast.theirs) == numbers
    actions.close_shelter(cast.keeper, older)
    assert queries.numbers_of(cast.theirs) == numbers
    assert [one.heading.endswith("(2)") for one in board(cast.keeper).shelters] == [False, True]
