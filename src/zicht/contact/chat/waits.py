"""How long people wait: counted by weekday and hour, without a conversation, and told only when it is known."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from zicht.contact.chat import hub
from zicht.contact.models import Conversation, Desk, WaitCount

WEEKS = 4
FEWEST_CHATS = 20  # below that a median is chance: "we do not know"


@dataclass(frozen=True)
class Wait:
    """How long people waited at this hour, in minutes: half of them at most the median, nine in ten at most p90."""

    median: int
    p90: int
    chats: int

    def to_json(self) -> dict[str, int]:
        """Give the form in which it travels."""
        return {"median": self.median, "p90": self.p90, "chats": self.chats}


def count_wait(conversation: Conversation, *, is_gone: bool = False) -> None:
    """Count how long a chat waited, if this process saw it come."""
    running = hub.running()
    minutes = running.minutes_since(conversation.conv_id) if running else None
    if minutes is not None:
        add_wait(conversation.desk, timezone.localtime(), minutes, is_gone=is_gone)


def add_wait(desk: Desk, now: dt.datetime, minutes: int, *, is_gone: bool = False) -> None:
    """Add one to the count of an hour."""
    week = now.date() - dt.timedelta(days=now.weekday())
    count, _made = WaitCount.objects.get_or_create(
        desk=desk, week=week, weekday=now.isoweekday(), hour=now.hour, minutes=minutes
    )
    WaitCount.objects.filter(pk=count.pk).update(chats=F("chats") + 1, gone=F("gone") + int(is_gone))


def wait_at(desk: Desk, now: dt.datetime) -> Wait | None:
    """Give the wait at the same weekday and hour of the last weeks; None while there are too few to tell."""
    since = now.date() - dt.timedelta(weeks=WEEKS)
    rows = WaitCount.objects.filter(desk=desk, weekday=now.isoweekday(), hour=now.hour, week__gte=since)
    waits: Counter[int] = Counter()
    for minutes, chats in rows.values_list("minutes", "chats"):
        waits[minutes] += chats
    every = sorted(waits.elements())
    if len(every) < FEWEST_CHATS:
        return None
    return Wait(_share(every, 50), _share(every, 90), len(every))


def _share(every: list[int], percent: int) -> int:
    """Give the smallest wait that so many per cent did not exceed."""
    return every[-(-len(every) * percent // 100) - 1]
