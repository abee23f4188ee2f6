"""The page of a person and the pages behind it: who sees them and who does not, and what they tell."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.care.cast import Cast
from tests.people.cast import Page
from tests.people.conftest import SignIn

from zicht.care.plan.models import CarePlan, Goal, PlanEvent, Task

ROOT = "/en/staff"


def text_of(page: Page) -> str:
    return page.content.decode()


def address_of(cast: Cast) -> str:
    return f"{ROOT}/care/cases/{cast.case.pk}/persons/{cast.person.pk}/"


def in_days(days: int) -> str:
    return str(timezone.localdate() + dt.timedelta(days=days))


def test_a_plan_is_opened_with_a_goal_and_a_task_that_stand_on_the_page_of_the_person(
    cast: Cast, sign_in: SignIn
) -> None:
    browser, address = sign_in(cast.case_worker), address_of(cast)
    assert "There is no support plan here yet" in text_of(browser.get(address))
    plan = {"agreement": "together", "agreed_on": in_days(0), "review_on": in_days(60)}
    assert browser.post(f"{address}plan/", **plan)["Location"] == address
    goal = {"domain": "housing", "support": "shelter", "objective": "A room of her own."}
    assert browser.post(f"{address}goals/add/", **goal)["Location"] == f"{address}#plan"
    task = {"kind": "legal", "what": "Ask the lawyer.", "assigned_to": str(cast.case_worker.pk), "due_on": in_days(-1)}
    assert browser.post(f"{address}tasks/give/", **task)["Location"] == f"{address}#tasks"
    page = text_of(browser.get(address))
    for told in ("Made together", "A room of her own.", "Ask the lawyer.", "too late", "version 2", "Goal added"):
        assert told in page
    assert CarePlan.objects.get().version == 2
    assert [line.step for line in PlanEvent.objects.order_by("number")] == ["plan_opened", "goal_added", "task_added"]
    given = Task.objects.get()
    browser.post(f"{address}tasks/{given.pk}/move/", do="done")
    assert Task.objects.get().done_on == timezone.localdate()
    changed = {**goal, "outcome": "reached", "actual_end": in_days(0), "version": "1"}
    browser.post(f"{address}goals/{Goal.objects.get().pk}/", **changed)
    assert Goal.objects.get().outcome == "reached"


@pytest.mark.parametrize("who", ["officer", "reporter", "stranger", "privacy_officer", "stranger_case_worker"])
def test_whoever_may_not_see_the_person_gets_a_page_that_does_not_exist(cast: Cast, sign_in: SignIn, who: str) -> None:
    browser, address = sign_in(getattr(cast, who)), address_of(cast)
    for part in ("", "plan/", "goals/add/", "tasks/give/"):
        assert browser.get(f"{address}{part}").status_code == 404, part
        assert browser.post(f"{address}{part}").status_code in (404, 405), part
