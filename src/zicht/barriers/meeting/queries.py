"""What a meeting of partners looks at: open actions, signals by step, and what changed since last time."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from zicht.barriers.doing.queries import Reminder, in_area, list_actions, reminders_of
from zicht.barriers.holding.leaks import LeakTable, periods_of, tables_of
from zicht.barriers.meeting.changes import Change, changes_of
from zicht.barriers.models import BarrierAction, BarrierEvent, Meeting
from zicht.barriers.rules import EVERYWHERE, areas_around
from zicht.people.models import Account
from zicht.people.wording import place_in_words

MOST_CHANGES = 50  # lines on the screen
MOST_EVENTS = 1_000  # read for them: taking in a table of policy is one for each municipality
MOST_ACTIONS = 100
SINCE_THE_BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class MeetingPage:
    """The whole screen; `before` is the meeting before the last one, for whoever looks further back."""

    area: str
    last: Meeting | None
    before: Meeting | None
    actions: list[BarrierAction]
    reminders: list[Reminder]
    tables: list[LeakTable]
    period: str
    changes: list[Change]
    is_more: bool


def page_of_meeting(reader: Account, area: str, *, is_further_back: bool = False) -> MeetingPage:
    """Read what a meeting about an area looks at; further back, what changed since the meeting before the last one."""
    held = list(Meeting.objects.visible_to(reader).filter(area_code=area).order_by("-closed_at", "meeting_id")[:2])
    if is_further_back:
        held = held[1:]
    last, before = [*held, None, None][:2]
    events = _events(reader, area, last)
    changes = changes_of(reader, events)
    period = next(iter(periods_of(reader)), "")
    return MeetingPage(
        area=place_in_words(area),
        last=last,
        before=before,
        actions=list(list_actions(reader, {"area": area})[:MOST_ACTIONS]),
        reminders=[one for one in reminders_of(reader) if _is_about(one.action.area_code, area)],
        tables=tables_of(reader, period, area_of_sums(area)) if period else [],
        period=period,
        changes=changes[:MOST_CHANGES],
        is_more=len(changes) > MOST_CHANGES or len(events) == MOST_EVENTS,
    )


def area_of_sums(area: str) -> str:
    """Give the smallest area that sums are shown for: the province of a municipality."""
    around = areas_around(area)
    return around[-2] if len(around) > 1 else EVERYWHERE


def _is_about(code: str, area: str) -> bool:
    return area == EVERYWHERE or area in areas_around(code) or code in areas_around(area)


def _events(reader: Account, area: str, last: Meeting | None) -> list[BarrierEvent]:
    """Give what happened in an area since a meeting, the newest first; a model is of every area."""
    since = last.closed_at if last else SINCE_THE_BEGINNING
    found = BarrierEvent.objects.visible_to(reader).filter(happened_at__gt=since)
    about = found.filter(in_area(area) | Q(area_code="")) if area != EVERYWHERE else found
    return list(about.order_by("-happened_at", "event_id")[:MOST_EVENTS])
