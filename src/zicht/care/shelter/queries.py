"""What is read about places: which are taken, held and free, who waits, and whether there is room for somebody."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from zicht.care import rules
from zicht.care.models import CareEvent, Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.people.models import Account, Organisation


@dataclass(frozen=True, slots=True)
class Room:
    """Answer whether there is room for somebody: at once, from a day, or not; never where."""

    from_day: dt.date | None

    @property
    def is_now(self) -> bool:
        """Tell whether a place is free today."""
        return self.from_day == timezone.localdate()


# Of a referral that was taken back, answered with no, or whose share was ended, nothing is held and nobody waits: the
# receiver does not see it any more, and could not give the place back.
STANDS = Q(referral__state__in=rules.SEEN_BY_RECEIVER) & (Q(referral__share=None) | Q(referral__share__ended_on=None))


class StayLine(NamedTuple):
    """A stay that runs, as plain values."""

    stay_id: UUID
    shelter_id: UUID
    planned_until: dt.date
    referral_id: UUID


class HoldLine(NamedTuple):
    """A hold that has not run out, as plain values."""

    shelter_id: UUID
    expires_at: dt.datetime
    referral_id: UUID


class LeftLine(NamedTuple):
    """A stay that ended, as plain values."""

    stay_id: UUID
    until_date: dt.date
    end_reason: str
    referral_id: UUID


class WaitLine(NamedTuple):
    """A place on the waiting list, as plain values."""

    place_kind: str
    urgency: str
    asked_on: dt.date
    state: str
    referral_id: UUID


# --- shelters -----------------------------------------------------------------------------------------------------
def shelters_of(reader: Account) -> QuerySet[Shelter]:
    """Give the shelters in which the reader's organisation places people, those out of use left out."""
    return placed_by(reader.org).order_by("place_kind", "shelter_id")


def placed_by(organisation: Organisation) -> QuerySet[Shelter]:
    """Give the shelters in use in which an organisation decides on placement: where nobody is named, its own."""
    return _ever_placed_by(organisation).filter(closed_on=None)


def _ever_placed_by(organisation: Organisation) -> QuerySet[Shelter]:
    return Shelter.objects.filter(Q(placing_org=organisation) | Q(placing_org=None, org=organisation))


def numbers_of(organisation: Organisation) -> Mapping[UUID, int]:
    """Give each shelter a number within its kind, in the order in which they were opened; 0 where it is the only one.

    None has a name that could tell where it is. Those out of use are counted too, so that a number stays the same when
    others open later or close. Of two that were opened in the same hour no record tells which came first, and one that
    becomes of another kind, or is placed in by others, leaves its number to the next.
    """
    opened = CareEvent.objects.filter(shelter=OuterRef("pk"), step="shelter_opened").values("happened_at")[:1]
    found = _ever_placed_by(organisation).order_by(Subquery(opened), "pk").values_list("place_kind", "pk")
    of_a_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, key in found:
        of_a_kind[kind].append(key)
    return {key: n if len(keys) > 1 else 0 for keys in of_a_kind.values() for n, key in enumerate(keys, start=1)}


def shelters_in_order(reader: Account) -> tuple[list[Shelter], Mapping[UUID, int]]:
    """Give the shelters of a reader by kind and number, and the numbers: read last, so that a new one has one too."""
    found = list(shelters_of(reader))
    numbers = numbers_of(reader.org)
    known = (one for one in found if one.pk in numbers)
    return sorted(known, key=lambda one: (one.place_kind, numbers[one.pk])), numbers


def find_shelter(reader: Account, shelter_id: UUID) -> Shelter | None:
    """Find a shelter in which the reader may place people."""
    return shelters_of(reader).filter(pk=shelter_id).first() if reader.has_perm("care.place") else None


# --- places -------------------------------------------------------------------------------------------------------
def open_stays(shelters: Iterable[Shelter]) -> QuerySet[Stay]:
    """Give who stays in some shelters, who leaves first in front."""
    found = Stay.objects.filter(shelter__in=list(shelters), until_date=None)
    return found.order_by("planned_until", "from_date", "stay_id")


def open_holds(shelters: Iterable[Shelter]) -> QuerySet[Hold]:
    """Give the holds that have not run out and whose referral stands, the first to run out in front."""
    found = Hold.objects.filter(STANDS, shelter__in=list(shelters), state="held", expires_at__gt=timezone.now())
    return found.order_by("expires_at", "hold_id")


def taken(shelter: Shelter) -> int:
    """Count the places of a shelter that are taken or held now."""
    return open_stays([shelter]).count() + open_holds([shelter]).count()


def taken_by_shelter(shelters: Iterable[Shelter]) -> Counter[UUID]:
    """Count the places that are taken or held now, in two queries for all shelters."""
    every = list(shelters)
    found = Counter(open_stays(every).values_list("shelter_id", flat=True))
    found.update(open_holds(every).values_list("shelter_id", flat=True))
    return found


def find_stay(reader: Account, stay_id: UUID) -> Stay | None:
    """Find a stay in a shelter in which the reader may place people."""
    if not reader.has_perm("care.place"):
        return None
    found = Stay.objects.filter(pk=stay_id, shelter__in=shelters_of(reader))
    return found.select_related("shelter", "person", "referral__case", "referral__share", "referral__to_org").first()


def find_hold(reader: Account, referral: Referral) -> Hold | None:
    """Find the hold of a referral that has not run out, in a shelter in which the reader may place people."""
    return open_holds(shelters_of(reader)).filter(referral=referral).select_related("shelter").first()


def stay_lines(shelters: Iterable[Shelter]) -> list[StayLine]:
    """Give who stays in some shelters as plain values, who leaves first in front."""
    columns = ("stay_id", "shelter_id", "planned_until", "referral_id")
    return list(map(StayLine._make, open_stays(shelters).values_list(*columns)))


def left_lines(shelters: Iterable[Shelter], since: dt.date, most: int) -> list[LeftLine]:
    """Give who left some shelters since a day as plain values, at most so many, the last who did in front."""
    columns = ("stay_id", "until_date", "end_reason", "referral_id")
    left = Stay.objects.filter(shelter__in=list(shelters), until_date__gte=since).order_by("-until_date", "stay_id")
    return list(map(LeftLine._make, left.values_list(*columns)[:most]))


def hold_lines(shelters: Iterable[Shelter]) -> list[HoldLine]:
    """Give the holds that have not run out as plain values."""
    columns = ("shelter_id", "expires_at", "referral_id")
    return list(map(HoldLine._make, open_holds(shelters).values_list(*columns)))


# --- waiting ------------------------------------------------------------------------------------------------------
def waiting_list(reader: Account) -> QuerySet[WaitingListEntry]:
    """Give who waits for a place with the reader's organisation: by urgency, then by day."""
    found = waiting_with(reader.org)
    # The codes of urgency stand in their order: u1 before u4.
    return found.order_by("urgency", "asked_on", "waiting_id")


def waiting_with(organisation: Organisation) -> QuerySet[WaitingListEntry]:
    """Give who is on the waiting list of an organisation, as far as the referral stands."""
    return WaitingListEntry.objects.filter(STANDS, state__in=rules.ON_THE_LIST, referral__to_org=organisation)


def wait_lines(reader: Account) -> list[WaitLine]:
    """Give who waits as plain values."""
    columns = ("place_kind", "urgency", "asked_on", "state", "referral_id")
    return list(map(WaitLine._make, waiting_list(reader).values_list(*columns)))


def find_wait(referral: Referral) -> WaitingListEntry | None:
    """Find the place on the waiting list of a referral."""
    return referral.waits.filter(state__in=rules.ON_THE_LIST).first()


# --- room ---------------------------------------------------------------------------------------------------------
def room_for(organisation: Organisation, place_kind: str, age_band: str, gender: str) -> Room:
    """Tell whether an organisation has room for somebody, and from which day; never in which shelter."""
    kind = {"place_kind": place_kind} if place_kind else {}
    fitting = [one for one in placed_by(organisation).filter(**kind) if rules.fits(one, age_band, gender)]
    days = (day for day in next_free_days(organisation, fitting).values() if day)
    return Room(min(days, default=None))


def next_free_days(organisation: Organisation, shelters: Iterable[Shelter]) -> Mapping[UUID, dt.date | None]:
    """Give for each shelter the day from which there is a place for one more, in three queries."""
    every = list(shelters)
    return days_of(every, stay_lines(every), hold_lines(every), _waiting_by_kind(organisation))


def days_of(
    shelters: Iterable[Shelter], stays: Iterable[StayLine], holds: Iterable[HoldLine], waits: Mapping[str, int]
) -> Mapping[UUID, dt.date | None]:
    """Give the same for the stays and holds of these shelters that were read, and how many wait for each kind of place.

    Whoever waits for a kind of place is taken to come first in every shelter of that kind: a day is told rather too
    late than too early.
    """
    every, today = {one.pk: one for one in shelters}, timezone.localdate()
    leaving: dict[UUID, list[dt.date]] = defaultdict(list)
    for stay in stays:
        leaving[stay.shelter_id].append(rules.frees_on(stay.planned_until, today))
    for hold in holds:
        leaving[hold.shelter_id].append(rules.last_day(every[hold.shelter_id], today) or dt.date.max)
    return {
        one.pk: _day(rules.next_free(one.capacity, leaving[one.pk], waits.get(one.place_kind, 0), today))
        for one in every.values()
    }


def _day(day: dt.date | None) -> dt.date | None:
    return None if day == dt.date.max else day


def _waiting_by_kind(organisation: Organisation) -> dict[str, int]:
    """Count who waits and has no place held now: whose hold ran out waits again, whoever looks."""
    held = Hold.objects.filter(referral=OuterRef("referral"), state="held", expires_at__gt=timezone.now())
    waits = waiting_with(organisation).exclude(Exists(held))
    return dict(waits.values_list("place_kind").annotate(Count("pk")).order_by())
