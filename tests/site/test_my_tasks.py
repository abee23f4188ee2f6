"""One page tells a colleague what waits in every room, and each room tells only what the colleague may see there."""

import datetime as dt

import pytest
from tests.barriers.cast import TODAY, Cast
from tests.barriers.conftest import _empty_cache as _empty_cache
from tests.barriers.conftest import _own_language as _own_language
from tests.barriers.conftest import cast as cast
from tests.barriers.conftest import sign_in as sign_in
from tests.people.cast import Page, colleague
from tests.people.conftest import SignIn

from zicht.barriers.doing import queries
from zicht.barriers.models import BarrierAction, BarrierEvent
from zicht.care.plan import tasks
from zicht.care.plan.doors import find_own
from zicht.people.models import AccessLine

ADDRESS = "/en/staff/tasks/"


def text_of(page: Page) -> str:
    assert page.status_code == 200
    return page.content.decode()


def give_task(cast: Cast, what: str) -> None:
    door = find_own(cast.case_worker, cast.case.pk, cast.person.pk)
    assert door is not None
    due = TODAY + dt.timedelta(days=3)
    values = {"kind": "other", "what": what, "assigned_to": cast.case_worker.pk, "due_on": due}
    tasks.give_task(cast.case_worker, door, values)


def test_tasks_of_care_and_reminders_of_barriers_stand_on_one_page(cast: Cast, sign_in: SignIn) -> None:
    give_task(cast, "Write a letter.")
    cast.action(due_on=TODAY, lead_account=cast.case_worker.pk)
    page = text_of(sign_in(cast.case_worker).get(ADDRESS))
    assert "Write a letter." in page
    assert "Amsterdam" in page
    subjects = set(AccessLine.objects.filter(account=cast.case_worker, verb="listed").values_list("subject", flat=True))
    assert {"task", "barrier_action"} <= subjects


def test_who_keeps_policy_and_may_see_no_case_is_reminded_of_it_and_of_nothing_in_care(
    cast: Cast, sign_in: SignIn
) -> None:
    give_task(cast, "Write a letter.")
    cast.action(due_on=TODAY)  # of nobody in particular
    cast.policy("GM0014", look_again_on=TODAY)
    browser = sign_in(cast.keeper)
    page = text_of(browser.get(ADDRESS))
    assert not cast.keeper.has_perm("care.see_tasks")
    assert "Write a letter." not in page
    assert "Amsterdam" in page
    assert "Groningen" in page
    assert f'href="{ADDRESS}"' in text_of(browser.get("/en/staff/"))


def test_what_waits_at_another_organisation_is_not_told(cast: Cast, sign_in: SignIn) -> None:
    cast.action(due_on=TODAY)
    cast.policy("GM0014", look_again_on=TODAY)
    assert "Nothing waits" in text_of(sign_in(cast.stranger_keeper).get(ADDRESS))


@pytest.mark.parametrize("role", ["analyst", "rapporteur"])
def test_who_only_looks_at_barriers_is_told_of_own_actions_and_of_no_policy(
    cast: Cast, sign_in: SignIn, role: str
) -> None:
    looks = colleague(cast.administrator, "kijkt", role)
    cast.action(due_on=TODAY)
    cast.policy("GM0014", look_again_on=TODAY)
    browser = sign_in(looks)
    assert "Nothing waits" in text_of(browser.get(ADDRESS))
    cast.action(barrier="S1a", due_on=TODAY, lead_account=looks.pk)
    assert "S1a" in text_of(browser.get(ADDRESS))


def test_to_whom_nothing_can_be_given_the_page_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    cast.action(due_on=TODAY)
    for who in (cast.administrator, cast.privacy_officer):
        browser = sign_in(who)
        assert browser.get(ADDRESS).status_code == 404
        assert f'href="{ADDRESS}"' not in text_of(browser.get("/en/staff/"))
    assert sign_in(cast.case_worker).post(ADDRESS).status_code == 405


def test_of_many_reminders_those_with_the_nearest_day_are_told(cast: Cast) -> None:
    first = cast.action(due_on=TODAY)
    for number in range(queries.MOST_REMINDED + 1):
        day = TODAY + dt.timedelta(days=1 + number % 9)
        values = {"process": first.process, "model": first.model, "step": "S1", "barrier": "S1a", "due_on": day}
        BarrierAction.objects.create(org=first.org, lead_org=first.org, area_code="GM0363", what="x", **values)
    last = cast.action(barrier="S1c", due_on=TODAY - dt.timedelta(days=9))
    told = queries.reminders_of(cast.keeper)
    assert [one.action for one in told][:2] == [last, first]
    assert len(told) == queries.MOST_REMINDED
    assert BarrierEvent.objects.count() == 3
