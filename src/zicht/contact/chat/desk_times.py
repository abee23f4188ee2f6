"""Read in two queries what an opening has to know of its desk: the key it names, whether it is good, and the hours."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zicht.contact.chat.statements import stored
from zicht.contact.models import Desk, Epoch, Holiday, Hours

HOURS = ("weekday", "opens", "closes", "languages")
GOOD = """
    SELECT epoch.epoch_id, epoch.number, desk.desk_id, desk.org_id, desk.slug, desk.is_paused, desk.purpose
    FROM contact_epoch epoch JOIN contact_desk desk ON desk.desk_id = epoch.desk_id
    WHERE desk.slug = %s AND epoch.number = %s AND NOT epoch.is_taken_back
    AND epoch.not_before <= %s AND epoch.not_after >= %s
"""
TIMES = """
    SELECT weekday, opens, closes, languages, NULL FROM contact_hours WHERE desk_id = %s
    UNION ALL SELECT NULL, NULL, NULL, NULL, day FROM contact_holiday WHERE desk_id = %s
    ORDER BY 1, 2, 5
"""


def find_good_epoch(slug: str, number: int, begins_by: int, ends_from: int) -> Epoch | None:
    """Give the key of a desk that is good in a time, in seconds since 1970; its desk knows its hours already."""
    with connection.cursor() as cursor:
        cursor.execute(GOOD, [slug, number, begins_by, ends_from])
        row = cursor.fetchone()
    if row is None:
        return None
    epoch_id, number, desk_id, org_id, slug, is_paused, purpose = row
    desk = Desk(UUID(str(desk_id)), org_id=UUID(str(org_id)), slug=slug, is_paused=bool(is_paused), purpose=purpose)
    know_times(desk)
    return Epoch(UUID(str(epoch_id)), desk=desk, number=number)


def know_times(desk: Desk) -> None:
    """Read hours and holidays of a desk, as if they had been prefetched."""
    with connection.cursor() as cursor:
        cursor.execute(TIMES, [stored(desk.pk), stored(desk.pk)])
        rows = cursor.fetchall()
    hours = [Hours(**dict(zip(HOURS, _read(row), strict=True))) for row in rows if row[0] is not None]
    holidays = [Holiday(day=_as_date(row[4])) for row in rows if row[4] is not None]
    _keep(desk, "hours", desk.hours.all(), hours)
    _keep(desk, "holidays", desk.holidays.all(), holidays)


def _keep(desk: Desk, name: str, query: QuerySet[Any], found: list[Any]) -> None:
    query._result_cache = found
    vars(desk).setdefault("_prefetched_objects_cache", {})[name] = query


def _read(row: tuple[Any, ...]) -> tuple[Any, ...]:
    # SQLite has no types for times and lists, and gives what Django wrote.
    weekday, opens, closes, languages = row[:4]
    return weekday, _as_time(opens), _as_time(closes), json.loads(languages)


def _as_time(value: dt.time | str) -> dt.time:
    return dt.time.fromisoformat(value) if isinstance(value, str) else value


def _as_date(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
