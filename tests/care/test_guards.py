"""What somebody may ask about later stays: which tables of care the database guards, and what it refuses in them."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.care.cast import BY_CONSENT, Cast

from zicht.care import guards
from zicht.care.models import CareEvent, Stay
from zicht.care.plan import guards as support_guards
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import actions
from zicht.cases.models import Kept
from zicht.people.sealed import reveal

# Why nothing guards the others: each change of these is kept, with what was before, in the history of the register,
# which is guarded itself (cases/guards.py).
KEPT_IN_HISTORY = {"care_careplan", "care_goal", "care_task"}
EVENTS = ("INSERT", "UPDATE", "DELETE")


def guarded() -> set[str]:
    return {*guards.GUARDED, *support_guards.TABLES}


def test_every_table_of_the_room_is_guarded_or_keeps_its_history_elsewhere() -> None:
    config = apps.get_app_config("care")
    tables = {model._meta.db_table for model in config.get_models(include_auto_created=True)}
    assert tables == guarded() | KEPT_IN_HISTORY
    kept = {model._meta.db_table for model in config.get_models() if issubclass(model, Kept)}
    assert kept == KEPT_IN_HISTORY


def test_each_of_them_has_its_guards_in_the_database(db: None) -> None:
    names = {"sqlite": "SELECT name FROM sqlite_master", "postgresql": "SELECT tgname FROM pg_trigger"}
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    made = [*guards._guards(connection, guards.GUARDED), *support_guards._guards(connection)]
    assert {guard.name for guard in made} <= found
    assert {(guard.table, guard.event) for guard in made} >= {(table, event) for table in guarded() for event in EVENTS}


class Records:
    """One of each record of the way, as it is at the end of it, and one that still goes on."""

    def __init__(self, cast: Cast) -> None:
        first = cast.accepted()
        actions.put_on_list(cast.host, first, {"place_kind": "crisis_minor", "urgency": "u1_now"}, ["Groningen"])
        actions.hold_place(cast.host, first, cast.house, 4)
        self.ended = actions.begin_stay(cast.host, first)
        later = self.ended.planned_until + dt.timedelta(days=5)
        actions.extend_stay(cast.host, self.ended, later, "Not ready yet.")
        self.ended = actions.end_stay(cast.host, self.ended, "moved_on", timezone.localdate(), "Calls on Monday.")
        self.runs = cast.stay()
        self.held = cast.held()
        house = actions.open_shelter(cast.keeper, {"place_kind": "crisis_minor", "capacity": 1, "max_stay_days": 42})
        self.closed = actions.close_shelter(cast.keeper, house)


# Each names what would be another one later, in a record that is there.
CHANGES = (
    "UPDATE care_stay SET end_reason = 'left' WHERE until_date IS NOT NULL",
    "UPDATE care_stay SET until_date = NULL WHERE until_date IS NOT NULL",
    "UPDATE care_stay SET handover = NULL WHERE until_date IS NOT NULL",
    "UPDATE care_stay SET extension_reason = NULL",
    "UPDATE care_stay SET from_date = '2026-01-01' WHERE until_date IS NULL",
    "UPDATE care_stay SET planned_until = from_date WHERE until_date IS NULL",
    "UPDATE care_stay SET person_id = (SELECT p.person_id FROM cases_person p WHERE p.person_id <> care_stay.person_id "
    "LIMIT 1) WHERE until_date IS NULL",
    "UPDATE care_hold SET state = 'held' WHERE state <> 'held'",
    "UPDATE care_hold SET expires_at = '2036-01-01 00:00:00+00:00' WHERE state = 'held'",
    "UPDATE care_waitinglistentry SET state = 'waiting'",
    "UPDATE care_waitinglistentry SET asked_on = '2026-01-01'",
    "UPDATE care_referral SET reason = 'legal'",
    "UPDATE care_referral SET to_org_id = from_org_id",
    "UPDATE care_shelter SET closed_on = NULL WHERE closed_on IS NOT NULL",
    "UPDATE care_shelter SET capacity = 9 WHERE closed_on IS NOT NULL",
    *(f"DELETE FROM care_{name}" for name in ("stay", "hold", "waitinglistentry", "referral", "shelter")),
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_refuses_to_change_what_was(cast: Cast, statement: str) -> None:
    records = Records(cast)
    before = list(Stay.objects.order_by("pk").values_list())
    refused = pytest.raises(DatabaseError, match=r"only|once|not changed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Stay.objects.order_by("pk").values_list()) == before
    assert reveal(Stay.objects.get(pk=records.ended.pk), "handover") == "Calls on Monday."


@pytest.mark.parametrize("table", ["stay", "hold", "waitinglistentry", "referral", "shelter"])
def test_no_line_is_put_in_the_place_of_another(cast: Cast, table: str) -> None:
    Records(cast)
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows a statement that replaces a line")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO care_{table} SELECT * FROM care_{table}")


def test_what_may_be_another_one_later_stands_in_its_step(cast: Cast) -> None:
    records = Records(cast)
    steps = CareEvent.objects.filter(record_ref=records.ended.pk).order_by("number")
    begun = records.ended.from_date + dt.timedelta(days=42)
    later = begun + dt.timedelta(days=5)
    assert list(steps.values_list("step", "planned_until")) == [("began", begun), ("extended", later), ("ended", later)]
    actions.change_shelter(cast.keeper, cast.house, {"max_stay_days": 30})
    told = CareEvent.objects.filter(shelter=cast.house, referral=None).order_by("number")
    assert list(told.values_list("step", "places", "max_stay_days")) == [
        ("shelter_opened", 7, 42),
        ("shelter_changed", 7, 30),
    ]


def test_why_somebody_was_refused_stays_when_they_are_sent_again_and_refused_for_another_reason(cast: Cast) -> None:
    referral = cast.refer(BY_CONSENT)
    for reason in ("full", "care_need"):
        referrals.refuse(cast.host, referral, reason)
        if reason == "full":
            referral = referrals.send(cast.case_worker, referral.case, referral, BY_CONSENT)
    refused = CareEvent.objects.filter(referral=referral, step="refused").order_by("number")
    assert list(refused.values_list("refusal_reason", flat=True)) == ["full", "care_need"]
