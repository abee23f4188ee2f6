"""Everything that changes places: shelters, the waiting list, holds and stays.

How many places are taken or held is asked and changed under one lock, the row of the shelter (`_lock_shelter`), so that
two people cannot take the last one. Rows are locked in one order: referral, then shelter.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht.care import events, rules
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
from zicht.care.models import Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import queries
from zicht.cases import saving
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.rights.consent.queries import same_person
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.sealed import reveal

Values = Mapping[str, object]  # field name of the entity -> value


# --- shelters -----------------------------------------------------------------------------------------------------
@transaction.atomic
def open_shelter(by: Account, values: Values, *, shelter_id: UUID | None = None) -> Shelter:
    """Take a shelter of the own organisation into use; the same `shelter_id` twice is the same shelter once."""
    _authorise_keeping(by)
    if shelter_id and (made := Shelter.objects.filter(pk=shelter_id, org=by.org_id).first()):
        return made
    shelter = Shelter(org=by.org)
    if shelter_id:
        shelter.shelter_id = shelter_id
    saving.fill(shelter, values)
    saving.refuse_if_taken(shelter)
    shelter.save(force_insert=True)
    return _remember_shelter(by, "shelter_opened", shelter)


@transaction.atomic
def change_shelter(by: Account, shelter: Shelter, values: Values) -> Shelter:
    """Change what a shelter offers; not to fewer places than are taken or held."""
    _authorise_keeping(by, shelter)
    shelter = _lock_shelter(by, shelter)
    saving.fill(shelter, values)
    if queries.taken(shelter) > shelter.capacity:
        raise TooFewPlacesError
    shelter.save()
    return _remember_shelter(by, "shelter_changed", shelter)


@transaction.atomic
def close_shelter(by: Account, shelter: Shelter) -> Shelter:
    """Take an empty shelter out of use."""
    _authorise_keeping(by, shelter)
    shelter = _lock_shelter(by, shelter)
    if queries.taken(shelter):
        raise TooFewPlacesError
    shelter.closed_on = timezone.localdate()
    shelter.save()
    return _remember_shelter(by, "shelter_closed", shelter)


# --- the waiting list ---------------------------------------------------------------------------------------------
@transaction.atomic
def put_on_list(by: Account, referral: Referral, values: Values, unsafe: Iterable[str] = ()) -> WaitingListEntry:
    """Put somebody who was referred on the waiting list; `unsafe` are regions that are not safe for the person."""
    referral = _lock_referral(by, referral)
    if (there := queries.find_wait(referral)) is not None:
        return there
    regions = list(unsafe)
    if not set(regions) <= set(rules.provinces()):
        raise ValidationError({"unsafe": [_("Choose among what is offered.")]})
    entry = WaitingListEntry(referral=referral, asked_on=timezone.localdate(), unsafe="\n".join(regions))
    saving.fill(entry, values)
    entry.save(force_insert=True)
    _remember(by, "waiting", referral, entry.pk)
    return entry


@transaction.atomic
def take_off_list(by: Account, referral: Referral) -> None:
    """Take somebody off the waiting list."""
    referral = _lock_referral(by, referral)
    entry = queries.find_wait(referral)
    if entry is None:
        raise NotThereError
    _end_wait(entry, "withdrawn")
    _remember(by, "off_list", referral, entry.pk)


# --- holds --------------------------------------------------------------------------------------------------------
@transaction.atomic
def hold_place(by: Account, referral: Referral, shelter: Shelter, hours: int) -> Hold:
    """Keep a place free for somebody who was referred, for some hours; a hold that ran out makes room by itself.

    Raises NoPlaceError when every place is taken or held, DoesNotFitError and NotSafeThereError for a shelter that is
    not for this person.
    """
    referral = _lock_referral(by, referral)
    if referral.state not in rules.MAY_BE_PLACED:
        raise WrongReferralStepError
    if hours not in rules.HOLD_HOURS:
        raise ValidationError({"hours": [_("Choose among what is offered.")]})
    shelter = _lock_shelter(by, shelter)
    if (held := queries.open_holds([shelter]).filter(referral=referral).first()) is not None:
        return held
    _refuse_if_not_for(referral, shelter)
    _forget_hold(referral)
    if queries.taken(shelter) >= shelter.capacity:
        raise NoPlaceError
    now = timezone.now()
    until = rules.hold_until(now, hours)
    hold = Hold(shelter=shelter, referral=referral, held_at=rules.whole_hour(now), expires_at=until, by=by)
    hold.save(force_insert=True)
    _move_wait(referral, "waiting", "offered")
    _remember(by, "held", referral, hold.pk, shelter)
    return hold


@transaction.atomic
def release_place(by: Account, referral: Referral) -> None:
    """Give a held place back before it runs out."""
    referral = _lock_referral(by, referral)
    hold = queries.find_hold(by, referral)
    if hold is None:
        raise HoldIsOverError
    hold.state = "released"
    hold.save()
    _move_wait(referral, "offered", "waiting")
    _remember(by, "released", referral, hold.pk, hold.shelter)


# --- stays --------------------------------------------------------------------------------------------------------
@transaction.atomic
def begin_stay(by: Account, referral: Referral, planned_until: dt.date | None = None) -> Stay:
    """Let a held place become a stay from today, which the person arrived for.

    Without a day it is planned until the longest stay of the shelter; longer is not planned, but extended later with a
    reason.
    """
    referral = _lock_referral(by, referral)
    shelter, hold = _lock_held_place(by, referral)
    today = timezone.localdate()
    records = same_person([referral.person_id])[referral.person_id]
    if Stay.objects.filter(person__in=records, until_date=None).exists():
        raise AlreadyStaysError
    latest = rules.last_day(shelter, today) or today + dt.timedelta(days=rules.LONGEST_STAY)
    until = planned_until or latest
    _refuse_day(until, today, latest)
    if referral.state == "accepted":
        referral = referrals.note_arrival(by, referral)
    hold.state = "confirmed"
    hold.save()
    stay = Stay(shelter=shelter, person=referral.person, referral=referral, from_date=today, planned_until=until)
    stay.save(force_insert=True)
    if (entry := queries.find_wait(referral)) is not None:
        _end_wait(entry, "placed")
    _remember_stay(by, "began", stay)
    return stay


@transaction.atomic
def extend_stay(by: Account, stay: Stay, planned_until: dt.date, reason: str) -> Stay:
    """Plan a longer stay; beyond the longest stay of the shelter only with a reason, which is added to earlier ones."""
    stay = _lock_stay(by, stay)
    latest = rules.last_day(stay.shelter, stay.from_date)
    is_beyond = latest is not None and planned_until > latest
    if is_beyond and not reason.strip():
        raise ValidationError({"extension_reason": [_("Write down why it is longer than the longest stay.")]})
    if planned_until <= stay.planned_until:
        raise ValidationError({"planned_until": [_("Choose a day after the one that is planned now.")]})
    _refuse_day(planned_until, stay.from_date, stay.from_date + dt.timedelta(days=rules.LONGEST_STAY))
    stay.planned_until = planned_until
    if reason.strip():
        dated = f"{timezone.localdate():%Y-%m-%d}, {by.shown_as}:\n{reason.strip()}"
        stay.extension_reason = "\n\n".join(part for part in (reveal(stay, "extension_reason"), dated) if part)
    stay.save()
    _remember_stay(by, "extended", stay)
    return stay


@transaction.atomic
def end_stay(by: Account, stay: Stay, end_reason: str, until_date: dt.date, handover: str = "") -> Stay:
    """End a stay on a day until today, with the reason and what was handed over to whoever goes on."""
    stay = _lock_stay(by, stay)
    stay.until_date, stay.end_reason, stay.handover = until_date, end_reason, handover.strip()
    stay.save()
    _remember_stay(by, "ended", stay)
    return stay


# --- parts --------------------------------------------------------------------------------------------------------
def _authorise_keeping(by: Account, shelter: Shelter | None = None) -> None:
    if not Account.objects.get(pk=by.pk).has_perm("care.keep_shelters", shelter):
        raise NotAllowedError


def _lock_shelter(by: Account, shelter: Shelter) -> Shelter:
    """Find a shelter, and let everybody else who takes or frees a place in it wait until the end of the transaction.

    no_key: a stay that refers to the row is stored by others meanwhile, and must not wait for this.
    """
    found = queries.shelters_of(by).select_for_update(of=("self",), no_key=True).filter(pk=shelter.pk).first()
    if found is None:
        raise NotThereError
    return found


def _lock_held_place(by: Account, referral: Referral) -> tuple[Shelter, Hold]:
    """Lock the shelter of a hold, and look once more: it may have run out while this waited for a colleague."""
    found = queries.find_hold(by, referral)
    shelter = _lock_shelter(by, found.shelter) if found else None
    hold = queries.find_hold(by, referral)
    if shelter is None or hold is None:
        raise HoldIsOverError
    return shelter, hold


def _lock_referral(by: Account, referral: Referral) -> Referral:
    if not Account.objects.get(pk=by.pk).has_perm("care.place"):
        raise NotAllowedError
    return referrals.lock_received(by, referral)


def _lock_stay(by: Account, stay: Stay) -> Stay:
    """Find a stay that still runs, with its shelter locked; that the sender shares no more does not end it."""
    Referral.objects.select_for_update(of=("self",)).filter(pk=stay.referral_id).first()
    found = queries.find_stay(Account.objects.get(pk=by.pk), stay.pk)
    if found is None:
        raise NotThereError
    _lock_shelter(by, found.shelter)
    if found.until_date is not None:
        raise StayIsOverError
    return found


def _refuse_if_not_for(referral: Referral, shelter: Shelter) -> None:
    person = referral.person
    if not rules.fits(shelter, person.age_band, person.gender):
        raise DoesNotFitError
    entry = queries.find_wait(referral)
    if entry is not None and shelter.region and shelter.region in reveal(entry, "unsafe").splitlines():
        raise NotSafeThereError


def _refuse_day(day: dt.date, first: dt.date, latest: dt.date) -> None:
    if not first <= day <= latest:
        told = {"first": first, "latest": latest}
        raise ValidationError({"planned_until": [_("Choose a day from %(first)s to %(latest)s.") % told]})


def _forget_hold(referral: Referral) -> None:
    """Store of an earlier hold what everybody could see already, that it ran out; one elsewhere makes way."""
    for hold in referral.holds.filter(state="held"):
        hold.state = rules.hold_state_now(hold.state, hold.expires_at, timezone.now())
        hold.state = "released" if hold.state == "held" else hold.state
        hold.save()


def _move_wait(referral: Referral, state: str, following: str) -> None:
    for entry in referral.waits.filter(state=state):
        entry.state = following
        entry.save()


def _end_wait(entry: WaitingListEntry, state: str) -> None:
    entry.state, entry.ended_on = state, timezone.localdate()
    entry.save()


def _remember(by: Account, step: str, referral: Referral, record: UUID, shelter: Shelter | None = None) -> None:
    """Write the step and the line in the access log; the last step, since other writers wait from here."""
    events.remember(by, step, referral, record=record, at=shelter)
    record_access(by, "changed", "referral", referral.pk)


def _remember_stay(by: Account, step: str, stay: Stay) -> None:
    planned = stay.planned_until
    events.remember(by, step, stay.referral, record=stay.pk, at=stay.shelter, planned_until=planned)
    record_access(by, "changed", "referral", stay.referral_id)


def _remember_shelter(by: Account, step: str, shelter: Shelter) -> Shelter:
    events.remember_of_shelter(by, step, shelter)
    record_access(by, "changed", "shelter", shelter.pk)
    return shelter
