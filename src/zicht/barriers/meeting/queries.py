"""What a meeting of partners looks at: open actions, signals by step, and what changed since last time."""

import datetime as dt
from dataclasses import dataclass

from zicht.barriers.doing.queries import Reminder as Reminder
from zicht.barriers.doing.queries import in_area, list_actions, reminders_of
from zicht.barriers.holding.leaks import LeakTable, periods_of, tables_of
from zicht.barriers.models import BarrierAction, BarrierEvent, Meeting
from zicht.barriers.rules import EVERYWHERE, areas_around
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.wording import place_in_words

MOST_CHANGES = 50
MOST_ACTIONS = 100
SINCE_THE_BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LISTS = {"policy": "policy_state", "action_moved": "action_state", "action_added": "action_state",
         "action_evaluated": "barrier_effect"}  # fmt: skip


@dataclass(frozen=True)
class ChangeShown:
    """One thing that happened, in the words of the reader."""

    at: dt.datetime
    deed: str
    subject: str
    became: str
    by: str
    action: object


@dataclass(frozen=True)
class MeetingPage:
    """The whole screen."""

    area: str
    last: Meeting | None
    actions: list[BarrierAction]
    reminders: list[Reminder]
    tables: list[LeakTable]
    period: str
    changes: list[ChangeShown]
    is_more: bool


def page_of_meeting(reader: Account, area: str) -> MeetingPage:
    """Read what a meeting about an area looks at."""
    last = Meeting.objects.visible_to(reader).filter(area_code=area).order_by("-closed_at").first()
    changes = _changes(reader, area, last)
    period = next(iter(periods_of(reader)), "")
    return MeetingPage(
        area=place_in_words(area),
        last=last,
        actions=list(list_actions(reader, {"area": area})[:MOST_ACTIONS]),
        reminders=[one for one in reminders_of(reader) if _is_about(one.action.area_code, area)],
        tables=tables_of(reader, period, area_of_sums(area)) if period else [],
        period=period,
        changes=[_shown(one) for one in changes[:MOST_CHANGES]],
        is_more=len(changes) > MOST_CHANGES,
    )


def area_of_sums(area: str) -> str:
    """Give the smallest area that sums are shown for: the province of a municipality."""
    around = areas_around(area)
    return around[-2] if len(around) > 1 else EVERYWHERE


def _is_about(code: str, area: str) -> bool:
    return area == EVERYWHERE or area in areas_around(code) or code in areas_around(area)


def _changes(reader: Account, area: str, last: Meeting | None) -> list[BarrierEvent]:
    found = BarrierEvent.objects.visible_to(reader).filter(
        happened_at__gt=last.closed_at if last else SINCE_THE_BEGINNING
    )
    about = found.filter(in_area(area)) if area != EVERYWHERE else found
    return list(about.select_related("by").order_by("-happened_at", "event_id")[: MOST_CHANGES + 1])


def _shown(event: BarrierEvent) -> ChangeShown:
    is_policy = event.deed.startswith("policy")
    list_name = LISTS.get("policy" if is_policy else event.deed, "")
    return ChangeShown(
        at=event.happened_at,
        deed=label_of("barrier_deed", event.deed),
        subject=place_in_words(event.subject) if is_policy else event.subject,
        became=label_of(list_name, event.after) if list_name and event.after else event.after,
        by=str(event.by),
        action=event.record_ref if event.deed.startswith("action") else None,
    )
