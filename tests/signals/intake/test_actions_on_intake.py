"""What actions on intake refuse, keep sealed and erase; and the queue as a slow sort shows it."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from tests.signals.intake.cast import Cast, report, steps

from zicht.people.models import AccessLine
from zicht.people.record_keys import KeyDestroyedError, store
from zicht.people.sealed import Sealed, reveal
from zicht.signals.intake import actions, queries, retaining
from zicht.signals.intake.errors import AlreadyNotedError, ChangedMeanwhileError, ClosedError, NotThereError
from zicht.signals.models import Intake, IntakeStep, Signal


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let eight reports fill a page: fifty would have to be made for each test."""
    monkeypatch.setattr(queries, "ON_A_PAGE", 8)


def test_the_queue_stands_by_its_term_with_what_is_late_first_and_page_after_page(
    cast: Cast, short_pages: None
) -> None:
    today = timezone.localdate()
    days = [today - dt.timedelta(days=number) for number in range(13)]
    urgencies = ["u1_now", "u2_today", "u3_week", "u4_info"]
    made = [
        report(cast.weigher, received_on=day, urgency=urgencies[place % 4], received_hour=None)
        for place, day in enumerate(days)
    ]
    first = queries.list_queue(cast.weigher, {})
    second = queries.list_queue(cast.weigher, {}, first.further)
    shown = [*first.rows, *second.rows]
    assert shown == sorted(made, key=lambda one: (one.sorts_at, one.pk))
    assert (len(first.rows), len(second.rows), second.further) == (8, 5, "")
    assert [one.urgency for one in shown[-3:]] == ["u4_info"] * 3
    late = queries.list_queue(cast.weigher, {"late": True}).rows
    assert {one.pk for one in late} == {one.pk for one in made if one.due_at and one.due_at <= timezone.now()}


def test_what_is_closed_stands_newest_first_page_after_page(cast: Cast, short_pages: None) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=(7 * number) % 10) for number in range(10)]
    made = [report(cast.weigher, received_on=day, urgency=("u1_now", "u4_info")[day.day % 2]) for day in days]
    for one in made:
        actions.close(cast.weigher, one, "no_action", "Why.", version=1)
    first = queries.list_queue(cast.weigher, {"state": "closed"})
    second = queries.list_queue(cast.weigher, {"state": "closed"}, first.further)
    shown = [one.received_on for one in (*first.rows, *second.rows)]
    assert shown == sorted(days, reverse=True)
    actions.open_again(cast.weigher, first.rows[0], version=2)
    assert [one.pk for one in queries.list_queue(cast.weigher, {}).rows] == [first.rows[0].pk]


def test_the_queue_is_narrowed_to_the_working_area_of_the_organisation(cast: Cast) -> None:
    here, there = report(cast.weigher), report(cast.weigher, place_code="GM0599")
    areas = {"municipality": "GM0599", "province": "Zuid-Holland", "region": "rotterdam"}
    for level, code in areas.items():
        cast.weigher.org.region, cast.weigher.org.area_code = level, code
        assert queries.list_queue(cast.weigher, {"area": "own"}).rows == [there], level
    cast.weigher.org.region = "country"
    assert len(queries.list_queue(cast.weigher, {"area": "own"}).rows) == 2
    assert here.police_unit == "amsterdam"


def test_alerts_are_immediate_danger_that_nobody_took_on_what_is_late_and_what_soon_will_be(cast: Cast) -> None:
    now = timezone.localtime()
    danger = report(cast.weigher, urgency="u1_now", received_on=now.date(), received_hour=now.hour)
    late = report(cast.weigher)
    soon = report(cast.weigher, urgency="u1_now", received_on=now.date(), received_hour=now.hour)
    actions.take_on(cast.weigher, soon, version=1)
    report(cast.weigher, urgency="u4_info")
    found = queries.alerts_for(cast.weigher)
    assert (found.danger, found.late, found.soon) == ([danger], [late], [soon])
    counts = queries.count_alerts(cast.weigher)
    assert (counts.danger, counts.late, counts.soon) == (1, 1, 1)
    # What a colleague works on is soon enough for that colleague.
    assert queries.alerts_for(cast.second_weigher).soon == []
    assert not queries.count_alerts(cast.journalist).any


def test_whoever_decides_second_is_told_and_nothing_is_closed_twice(cast: Cast) -> None:
    actions.close(cast.weigher, cast.intake, "no_action", "One.", version=1)
    with pytest.raises(ChangedMeanwhileError):
        actions.close(cast.second_weigher, cast.intake, "referred", "Two.", version=1)
    with pytest.raises(ClosedError):
        actions.close(cast.second_weigher, cast.intake, "referred", "Two.", version=2)
    found = Intake.objects.get()
    assert (found.outcome, reveal(found, "reason")) == ("no_action", "One.")
    assert steps(found) == ["taken_in", "closed"]


@pytest.mark.parametrize(
    ("outcome", "reason"), [("", "Why."), ("not_asked", "Why."), ("no_action", ""), ("no_action", "  ")]
)
def test_closing_without_outcome_or_reason_is_refused(cast: Cast, outcome: str, reason: str) -> None:
    with pytest.raises(ValidationError):
        actions.close(cast.weigher, cast.intake, outcome, reason, version=1)
    assert Intake.objects.get().state == "new"


def test_a_role_that_ended_weighs_nothing_any_more(cast: Cast) -> None:
    intake = cast.intake
    cast.weigher.grants.update(ended_on=timezone.localdate())
    with pytest.raises(NotThereError):
        actions.take_on(cast.weigher, intake, version=1)
    with pytest.raises(NotThereError):
        report(cast.weigher)


@pytest.mark.parametrize("name", ["state", "handler", "spot_mark", "org_id", "due_at", "reason", "nothing"])
def test_what_nobody_types_is_refused_in_a_forged_form(cast: Cast, name: str) -> None:
    with pytest.raises(ValidationError):
        actions.change(cast.weigher, cast.intake, {name: "closed"}, version=1)


def test_another_urgency_sets_another_term_from_the_same_beginning(cast: Cast) -> None:
    intake = report(cast.weigher, urgency="u4_info")
    changed = actions.change(cast.weigher, intake, {"urgency": "u1_now"}, version=1)
    assert changed.due_at == intake.clock_from + dt.timedelta(minutes=15)


def test_a_signal_stands_in_a_report_once(cast: Cast) -> None:
    intake = report(cast.weigher, "DOC01")
    with pytest.raises(AlreadyNotedError):
        actions.note_signals(cast.weigher, intake, [{"indicator": "DOC01", "basis": "told"}])
    assert Signal.objects.count() == 1


def test_the_reason_is_sealed_and_no_line_of_the_log_holds_content(cast: Cast) -> None:
    actions.close(cast.weigher, cast.intake, "no_action", "Reason that nobody else reads.", version=1)
    stored = Intake.objects.values_list("reason", flat=True).get()
    assert isinstance(stored, Sealed)
    assert b"Reason" not in stored.box
    lines = AccessLine.objects.filter(subject="intake").values_list("verb", "subject_id", "compartment")
    assert set(lines) == {(verb, str(cast.intake.pk), "help") for verb in ("opened", "changed")}


def test_the_history_is_only_added_to(cast: Cast) -> None:
    step = IntakeStep.objects.get(intake=cast.intake)
    step.deed = "closed"
    with pytest.raises(ValidationError):
        step.save()


@pytest.mark.django_db(transaction=True)
def test_a_report_is_erased_with_its_key_at_the_end_of_its_term_and_open_ones_never(cast: Cast, keys: Path) -> None:
    old, open_one = report(cast.weigher, "DOC01"), report(cast.weigher)
    actions.close(cast.weigher, old, "no_action", "Why.", version=1)
    actions.close(cast.journalist, cast.tip, "no_action", "Why.", version=1)
    today = timezone.localdate()
    Intake.objects.filter(pk__in=[old.pk, cast.tip.pk]).update(decided_on=today.replace(year=today.year - 5, day=1))
    assert retaining.old_reports(cast.weigher.org, None).count() == 0
    call_command("retain", yes=True)
    # A tip goes too, and whoever runs the daily task is not told of it.
    assert retaining.count_old_reports(cast.journalist.org, 5) == 0
    assert retaining.erase_old_reports(cast.journalist.org, 5) == 0
    assert list(Intake.objects.all()) == [open_one]
    assert Signal.objects.count() == 0
    with pytest.raises(KeyDestroyedError):
        store().key_of(old.pk)
    assert AccessLine.objects.filter(verb="erased", subject="intake", subject_id=str(old.pk)).count() == 1
