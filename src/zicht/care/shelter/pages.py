"""Bring together what the pages of shelter places show: the board, a stay, and the places for one referral."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from zicht.care import rules
from zicht.care.models import Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.care.referrals.queries import standing
from zicht.care.shelter import queries
from zicht.care.shelter.drawing import Bar, draw_places
from zicht.cases.rules import terms
from zicht.people.models import Account
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words

P = TypeVar("P", Stay, Hold)
MOST_SHOWN = 100  # waits on the board
SOON = 7  # days


@dataclass(frozen=True)
class StayShown:
    """Somebody who stays: the code of the case as long as it is shared, and when they leave."""

    record: Stay
    code: str
    days_left: int

    @property
    def when(self) -> str:
        """Say when somebody leaves, counted from today."""
        return _in_days(self.days_left, get_language())

    @property
    def look(self) -> str:
        """Give how that is shown: as something late, as soon, or plainly."""
        if self.days_left > SOON:
            return "muted"
        return "tag tag--stop" if self.days_left < 0 else "tag tag--waiting"


@dataclass(frozen=True)
class HoldShown:
    """A place that is held."""

    record: Hold
    code: str


@dataclass(frozen=True)
class ShelterShown:
    """A shelter with its places; `number` tells shelters of one kind apart, since none has a name."""

    record: Shelter
    number: int
    kind: str
    takes: str
    free: int
    next_free: dt.date | None
    stays: list[StayShown]
    holds: list[HoldShown]
    bar: Bar

    @property
    def taken(self) -> int:
        """Give how many places are taken."""
        return len(self.stays)


@dataclass(frozen=True)
class WaitShown:
    """Somebody who waits."""

    record: WaitingListEntry
    code: str
    kind: str
    urgency: str
    days: int


@dataclass(frozen=True)
class Board:
    """All that the bed board shows."""

    shelters: list[ShelterShown]
    waits: list[WaitShown]
    may_keep: bool

    @property
    def free(self) -> int:
        """Give the free places of all shelters."""
        return sum(one.free for one in self.shelters)

    @property
    def places(self) -> int:
        """Give all places."""
        return sum(one.record.capacity for one in self.shelters)

    @property
    def has_kinds(self) -> bool:
        """Tell whether it matters for which kind of place somebody waits."""
        return len({one.record.place_kind for one in self.shelters}) > 1

    @property
    def leaving(self) -> list[StayShown]:
        """Give who leaves within a week or should have left, the first in front."""
        stays = [stay for one in self.shelters for stay in one.stays if stay.days_left <= SOON]
        return sorted(stays, key=lambda stay: stay.days_left)

    @property
    def running_out(self) -> list[tuple[ShelterShown, HoldShown]]:
        """Give the holds, the first to run out in front."""
        pairs = [(one, hold) for one in self.shelters for hold in one.holds]
        return sorted(pairs, key=lambda pair: pair[1].record.expires_at)


@lru_cache(maxsize=1000)
def _in_days(days: int, _language: str | None) -> str:
    """Say in how many days; remembered by language, since a board says it hundreds of times."""
    if days < 0:
        return gettext("should have left")
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days} if days else gettext("today")


def board(reader: Account) -> Board:
    """Read the board in a fixed number of queries, however many places there are."""
    shelters = list(queries.shelters_of(reader))
    stays = list(
        queries.open_stays(shelters).select_related(*_OF_REFERRAL).only("shelter_id", "planned_until", *_COLUMNS)
    )
    holds = list(queries.open_holds(shelters).select_related(*_OF_REFERRAL).only("shelter_id", "expires_at", *_COLUMNS))
    waits = list(
        queries.waiting_list(reader)
        .select_related(*_OF_REFERRAL)
        .only("place_kind", "urgency", "asked_on", "state", *_COLUMNS)
    )
    referrals = [*(one.referral for one in stays), *(one.referral for one in holds), *(one.referral for one in waits)]
    shown = {one.pk for one in standing(referrals)}
    days = queries.next_free_days(reader.org, shelters)
    found = _Found(_by_shelter(stays), _by_shelter(holds), shown, days)
    return Board(
        shelters=[_shelter(one, number, found) for one, number in numbered(shelters)],
        waits=[_wait(one) for one in waits if one.referral_id in shown][:MOST_SHOWN],
        may_keep=reader.has_perm("care.keep_shelters"),
    )


_OF_REFERRAL = ("referral__share", "referral__to_org", "referral__person")
# What the board needs of each: of a person only whether the use of data is limited.
_COLUMNS = (
    "referral__case_id", "referral__state", "referral__person_id", "referral__person__restricted_on",
    "referral__person__org_id", "referral__share__basis", "referral__share__ended_on", "referral__to_org__org_id",
)  # fmt: skip


@dataclass(frozen=True)
class _Found:
    stays: Mapping[UUID, list[Stay]]
    holds: Mapping[UUID, list[Hold]]
    standing: set[UUID]
    days: Mapping[UUID, dt.date | None]

    def code_of(self, referral: Referral) -> str:
        """Give the code of a case as long as its sender shares it."""
        return short_code(referral.case_id) if referral.pk in self.standing else ""


def _by_shelter(records: Iterable[P]) -> dict[UUID, list[P]]:
    found: dict[UUID, list[P]] = defaultdict(list)
    for record in records:
        found[record.shelter_id].append(record)
    return found


def numbered(shelters: list[Shelter]) -> list[tuple[Shelter, int]]:
    """Give each shelter a number within its kind: none has a name that could tell where it is."""
    counts: dict[str, int] = defaultdict(int)
    found = []
    for shelter in shelters:
        counts[shelter.place_kind] += 1
        found.append((shelter, counts[shelter.place_kind]))
    return found


def _shelter(shelter: Shelter, number: int, found: _Found) -> ShelterShown:
    stays, holds = found.stays.get(shelter.pk, []), found.holds.get(shelter.pk, [])
    return ShelterShown(
        record=shelter,
        number=number,
        kind=in_words("shelter", "place_kind", shelter.place_kind),
        takes=takes_in_words(shelter),
        free=max(0, shelter.capacity - len(stays) - len(holds)),
        next_free=found.days.get(shelter.pk),
        stays=[_stay(stay, found.code_of(stay.referral)) for stay in stays],
        holds=[HoldShown(hold, found.code_of(hold.referral)) for hold in holds],
        bar=draw_places(shelter.capacity, len(stays), len(holds)),
    )


def takes_in_words(shelter: Shelter) -> str:
    """Say whom a shelter takes."""
    named = (
        in_words("shelter", name, getattr(shelter, name))
        for name in ("accepts_age_bands", "accepts_genders")
        if terms(getattr(shelter, name))
    )
    return "; ".join([*named, shelter.region] if shelter.region else named)


def _stay(stay: Stay, code: str) -> StayShown:
    return StayShown(stay, code, (stay.planned_until - timezone.localdate()).days)


def _wait(entry: WaitingListEntry) -> WaitShown:
    return WaitShown(
        record=entry,
        code=short_code(entry.referral.case_id),
        kind=in_words("waiting_list_entry", "place_kind", entry.place_kind),
        urgency=in_words("waiting_list_entry", "urgency", entry.urgency),
        days=(timezone.localdate() - entry.asked_on).days,
    )


# --- one stay, one referral -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class StayPage:
    """All that the page of a stay shows."""

    record: Stay
    code: str
    kind: str
    days_left: int
    latest: dt.date | None
    end_reason: str
    extension_reason: str
    handover: str
    is_shared: bool


def page_of_stay(stay: Stay) -> StayPage:
    """Read a stay with its texts."""
    is_shared = bool(standing([stay.referral]))
    return StayPage(
        record=stay,
        code=short_code(stay.referral.case_id) if is_shared else "",
        kind=in_words("shelter", "place_kind", stay.shelter.place_kind),
        days_left=(stay.planned_until - timezone.localdate()).days,
        latest=rules.last_day(stay.shelter, stay.from_date),
        end_reason=in_words("stay", "end_reason", stay.end_reason),
        extension_reason=reveal(stay, "extension_reason"),
        handover=reveal(stay, "handover"),
        is_shared=is_shared,
    )


@dataclass(frozen=True)
class Places:
    """What can be done about a place for one referral."""

    hold: Hold | None
    stay: Stay | None
    wait: WaitingListEntry | None
    may_place: bool


def places_for(reader: Account, referral: Referral) -> Places:
    """Read whether a place is held or taken for a referral, and whether it waits for one."""
    may_place = reader.has_perm("care.place") and referral.state in rules.MAY_BE_PLACED
    return Places(
        hold=queries.find_hold(reader, referral),
        stay=referral.stays.filter(until_date=None).first(),
        wait=queries.find_wait(referral),
        may_place=may_place,
    )
