"""Actions are agreed on, taken further and evaluated; what waits is told, and table F22 counts what there is."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from tests.barriers.cast import TODAY, Cast

from zicht import words
from zicht.barriers.doing import actions, queries
from zicht.barriers.errors import NotEvaluatedYetError, NotInModelError, WrongActionStepError
from zicht.barriers.meeting.actions import close_meeting
from zicht.barriers.meeting.queries import page_of_meeting
from zicht.barriers.models import BarrierAction
from zicht.cases.errors import NotAllowedError, NotThereError


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_an_action_stands_at_the_step_of_its_barrier_and_goes_its_way(cast: Cast) -> None:
    action = cast.action()
    assert (action.process, action.step, action.state) == ("SEXMIN", "S1", "idea")
    for state in ("agreed", "running", "done"):
        action = actions.move_action(cast.keeper, action.pk, state)
    assert action.start_on == action.ended_on == TODAY
    with pytest.raises(WrongActionStepError):
        actions.move_action(cast.keeper, action.pk, "idea")


def test_the_same_form_sent_twice_is_one_action(cast: Cast) -> None:
    action = cast.action()
    again = actions.add_action(cast.keeper, cast.model.pk, {"barrier": "S1b"}, action_id=action.pk)
    assert again.pk == action.pk
    assert BarrierAction.objects.count() == 1


def test_a_barrier_or_an_area_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(NotInModelError):
        cast.action(barrier="X9z")
    with pytest.raises(ValidationError):
        cast.action(area_code="Atlantis")


def test_what_begins_after_its_day_is_late_and_not_refused(cast: Cast) -> None:
    action = cast.running(day(2), due_on=day(-1))
    assert (action.state, action.start_on, action.due) == ("running", TODAY, "overdue")


def test_what_does_not_run_yet_is_not_evaluated(cast: Cast) -> None:
    action = cast.action()
    with pytest.raises(NotEvaluatedYetError):
        actions.evaluate(cast.keeper, action.pk, {"effect": "works"}, version=action.version)


def test_who_only_looks_and_who_is_of_another_organisation_changes_nothing(cast: Cast) -> None:
    action = cast.action()
    with pytest.raises(NotAllowedError):
        actions.move_action(cast.case_worker, action.pk, "agreed")
    with pytest.raises(NotThereError):
        actions.move_action(cast.stranger_keeper, action.pk, "agreed")
    assert queries.find_action(cast.stranger_keeper, action.pk) is None


def test_what_is_late_or_must_be_evaluated_is_told_to_whoever_is_in_charge(cast: Cast) -> None:
    late = cast.action(due_on=day(-1), lead_account=cast.case_worker.pk)
    near = cast.running(day(-30), barrier="S2a", due_on=day(60), evaluate_on=day(10))
    cast.action(barrier="S3a", due_on=day(40))
    assert [one.action for one in queries.reminders_of(cast.case_worker)] == [late]
    told = queries.reminders_of(cast.keeper)
    assert [(one.action, one.is_evaluation) for one in told] == [(near, True)]
    actions.evaluate(cast.keeper, near.pk, {"effect": "partly"}, version=near.version)
    assert queries.reminders_of(cast.keeper) == []


def test_table_f22_counts_every_action_once_at_its_step_and_state(cast: Cast) -> None:
    cast.action()
    cast.action(barrier="S1a")
    cast.running(day(-3), barrier="S2a")
    states, rows = queries.table_f22(cast.keeper)
    numbers = {(process, step): dict(zip(states, found, strict=True)) for process, step, found in rows}
    assert numbers["SEXMIN", "S1"]["idea"] == 2
    assert numbers["SEXMIN", "S2"]["running"] == 1
    assert sum(sum(found.values()) for found in numbers.values()) == BarrierAction.objects.count()
    assert len(rows) == len(cast.model.steps.steps)


def test_a_meeting_about_a_town_sees_what_lies_in_it_and_around_it(cast: Cast) -> None:
    here, province = cast.action(), cast.action(barrier="S1a", area_code="Noord-Holland")
    cast.action(barrier="S1c", area_code="GM0014")
    assert set(page_of_meeting(cast.keeper, "GM0363").actions) == {here, province}
    assert set(page_of_meeting(cast.keeper, "Noord-Holland").actions) == {here, province}
    assert len(page_of_meeting(cast.keeper, "Nederland").actions) == 3


def test_an_action_that_moves_to_another_area_is_told_in_both(cast: Cast) -> None:
    action = cast.action()
    for area in ("GM0363", "GM0014"):
        close_meeting(cast.keeper, area)
    actions.change_action(cast.keeper, action.pk, {"area_code": "GM0014"}, version=action.version)
    for area in ("GM0363", "GM0014"):
        (change,) = page_of_meeting(cast.keeper, area).changes
        assert (change.tags, "Groningen" in change.where) == (["gewijzigd"], True)


def test_of_a_table_of_policy_a_meeting_is_told_how_many_and_of_a_few_which(cast: Cast) -> None:
    close_meeting(cast.keeper, "Nederland")
    cast.policy()
    assert [(one.what, one.tags) for one in page_of_meeting(cast.keeper, "Nederland").changes] == [
        ("Amsterdam", ["Vastgesteld"])
    ]
    for code in list(words.municipalities())[:10]:
        cast.policy(code)
    told = [one.what for one in page_of_meeting(cast.keeper, "Nederland").changes]
    assert len(told) == 1
    assert told[0].startswith("Beleid van ")
    action = cast.action()
    told = [one.what for one in page_of_meeting(cast.keeper, "Nederland").changes]
    assert (told[0], told[-1][:10]) == (action.what, "Beleid van"), "the newest first"


def test_the_next_meeting_is_told_only_what_changed_since_the_last(cast: Cast) -> None:
    action = cast.action()
    first = page_of_meeting(cast.keeper, "GM0363").changes
    assert [(one.what, one.tags) for one in first] == [
        (action.what, ["nieuw", "Voorgesteld"]),
        (cast.model.name, ["versie 1 in gebruik"]),
    ]
    close_meeting(cast.keeper, "GM0363")
    assert page_of_meeting(cast.keeper, "GM0363").changes == []
    actions.move_action(cast.keeper, action.pk, "agreed")
    actions.move_action(cast.keeper, action.pk, "running")
    (change,) = page_of_meeting(cast.keeper, "GM0363").changes
    assert (change.what, change.tags) == (action.what, ["In uitvoering"]), "one line, however often it changed"
    assert page_of_meeting(cast.keeper, "GM0014").changes[-1].tags == ["versie 1 in gebruik"]
    close_meeting(cast.keeper, "GM0363")
    assert page_of_meeting(cast.keeper, "GM0363").changes == []
    assert [one.tags for one in page_of_meeting(cast.keeper, "GM0363", is_further_back=True).changes] == [
        ["In uitvoering"]
    ]
    with pytest.raises(NotAllowedError):
        close_meeting(cast.case_worker, "GM0363")
