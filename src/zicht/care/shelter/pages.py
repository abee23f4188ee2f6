"""Bring together what the pages of a stay and of the places for one referral show; the board has a file of its own."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from zicht.care import rules
from zicht.care.models import Hold, Referral, Stay, WaitingListEntry
from zicht.care.referrals.pages import StepShown, steps_shown
from zicht.care.referrals.queries import standing
from zicht.care.shelter import queries
from zicht.people.models import Account
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words


@dataclass(frozen=True)
class StayPage:
    """All that the page of a stay shows."""

    record: Stay
    code: str
    kind: str
    nights: int  # until today, or until the end
    longest: int | None  # days
    days_left: int
    latest: dt.date | None
    end_reason: str
    extension_reason: str
    handover: str
    is_shared: bool
    may_plan: bool
    steps: list[StepShown]


def page_of_stay(reader: Account, stay: Stay) -> StayPage:
    """Read a stay with its texts and its steps."""
    is_shared = bool(standing([stay.referral]))
    steps = stay.referral.events.filter(record_ref=stay.pk).select_related("by_org").order_by("number")
    return StayPage(
        record=stay,
        code=short_code(stay.referral.case_id) if is_shared else "",
        kind=in_words("shelter", "place_kind", stay.shelter.place_kind),
        nights=((stay.until_date or timezone.localdate()) - stay.from_date).days,
        longest=stay.shelter.max_stay_days,
        days_left=(stay.planned_until - timezone.localdate()).days,
        latest=rules.last_day(stay.shelter, stay.from_date),
        end_reason=in_words("stay", "end_reason", stay.end_reason),
        extension_reason=reveal(stay, "extension_reason"),
        handover=reveal(stay, "handover"),
        is_shared=is_shared,
        may_plan=is_shared and stay.referral.state in rules.MAY_BE_PLACED and reader.has_perm("care.support"),
        steps=steps_shown(steps),
    )


@dataclass(frozen=True)
class Places:
    """What can be done about a place for one referral."""

    hold: Hold | None
    stay: Stay | None
    left: list[Stay]  # stays that ended
    wait: WaitingListEntry | None
    may_place: bool


def places_for(reader: Account, referral: Referral) -> Places:
    """Read whether a place is held or taken for a referral, and whether it waits for one."""
    may_place = reader.has_perm("care.place") and referral.state in rules.MAY_BE_PLACED
    stays = list(referral.stays.order_by("from_date", "stay_id"))
    return Places(
        hold=queries.find_hold(reader, referral),
        stay=next((one for one in stays if one.until_date is None), None),
        left=[one for one in stays if one.until_date is not None],
        wait=queries.find_wait(referral),
        may_place=may_place,
    )
