"""The page of a person and the pages behind it: who sees them and who does not, and what they tell."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.care.cast import BY_CONSENT, Cast
from tests.care.plan.test_support import JPEG, door_of, everything, task_for
from tests.conftest import QueryLimit
from tests.people.cast import Page
from tests.people.conftest import SignIn

from zicht.care.plan import actions, tasks
from zicht.care.plan.doors import find_received
from zicht.care.plan.errors import NoPlanError
from zicht.care.plan.mine import MOST, page_of_mine
from zicht.care.plan.models import (
    AccountVersion,
    Attachment,
    CarePlan,
    Conference,
    Goal,
    PlanEvent,
    SafeContact,
    Task,
)
from zicht.care.plan.whole import page_of_person
from zicht.care.referrals import actions as referrals
from zicht.cases.models import LegalClock
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.people.models import AccessLine
from zicht.people.short_codes import short_code

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


class Addresses:
    """The pages about a person of a case with one of each record, and the buttons on them."""

    def __init__(self, cast: Cast) -> None:
        everything(cast)
        root, conference = address_of(cast), Conference.objects.get()
        of_conference = f"{ROOT}/care/cases/{cast.case.pk}/conferences/{conference.pk}/"
        of_goal, of_task = f"{root}goals/{Goal.objects.get().pk}/", f"{root}tasks/{Task.objects.first().pk}/"  # type: ignore[union-attr]
        self.of_readers = [root, of_conference]
        self.of_the_team = [
            f"{root}plan/", f"{root}goals/add/", of_goal, f"{root}tasks/give/", of_task,
            f"{root}ask-approval/plan/", f"{root}approve/safety_plan/", f"{root}safety-plan/", f"{root}contact/",
            f"{root}clocks/start/", f"{root}accounts/", f"{root}accounts/write/", f"{root}files/add/",
            f"{root}files/{Attachment.objects.get().pk}/",
            f"{ROOT}/care/cases/{cast.case.pk}/conferences/write/", f"{of_conference}decisions/add/",
            f"{of_conference}answers/{cast.case.org_id}/",
        ]  # fmt: skip
        self.posts = [
            f"{root}plan/close/", f"{of_task}move/", f"{root}contact/make/", f"{root}contact/end/",
            f"{root}clocks/{LegalClock.objects.first().pk}/end/",  # type: ignore[union-attr]
            f"{root}accounts/{AccountVersion.objects.get().pk}/note/",
            f"{root}files/{Attachment.objects.get().pk}/remove/",
        ]  # fmt: skip


def test_the_team_opens_every_page_and_whoever_sees_the_case_alone_those_without_texts(
    cast: Cast, sign_in: SignIn
) -> None:
    pages, member, outsider = Addresses(cast), sign_in(cast.case_worker), sign_in(cast.coordinator)
    for address in (*pages.of_readers, *pages.of_the_team):
        assert member.get(address).status_code == 200, address
    for address in pages.of_readers:
        shown = text_of(outsider.get(address))
        for hidden in ("A room of her own.", "Write a letter.", "back door", "two weeks", "A wall.", "Ask the lawyer."):
            assert hidden not in shown
    for address in pages.of_the_team:
        assert outsider.get(address).status_code == 404, address
    for address in pages.posts:
        assert outsider.post(address, do="done").status_code == 404, address


@pytest.mark.parametrize("who", ["officer", "reporter", "stranger", "privacy_officer", "stranger_case_worker"])
def test_whoever_may_not_see_the_person_gets_a_page_that_does_not_exist(cast: Cast, sign_in: SignIn, who: str) -> None:
    browser, pages = sign_in(getattr(cast, who)), Addresses(cast)
    for address in (*pages.of_readers, *pages.of_the_team):
        assert browser.get(address).status_code == 404, address
    for address in pages.posts:
        assert browser.post(address, do="done").status_code == 404, address


def test_contact_is_offered_in_safe_hours_only_and_the_code_phrase_stands_on_no_other_page(
    cast: Cast, sign_in: SignIn
) -> None:
    pages, browser, address = Addresses(cast), sign_in(cast.case_worker), address_of(cast)
    page = text_of(browser.get(address))
    assert "Contact is possible now" in page
    assert "contact/make/" in page
    for other in (*pages.of_readers, *pages.of_the_team):
        assert "blue bicycle" not in browser.get(other).content.decode(errors="replace")
    assert "blue bicycle" in text_of(browser.post(f"{address}contact/make/"))
    assert AccessLine.objects.filter(subject="safe_contact", verb="seen").exists()
    never = {"channel": "none", "leave_message": "no", "checked_on": in_days(0), "must_not_know": ["partner"]}
    assert browser.post(f"{address}contact/", **never).status_code == 302
    page = text_of(browser.get(address))
    assert "Do not make contact." in page
    assert "contact/make/" not in page
    answer = browser.post(f"{address}contact/make/")
    assert answer.status_code == 302
    assert "Do not make contact now" in text_of(browser.get(address))


def test_a_number_in_a_code_phrase_is_refused_and_nothing_typed_is_lost(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.case_worker), address_of(cast)
    typed = {"channel": "call", "code_phrase": "Call 06 12345678", "leave_message": "no", "checked_on": in_days(0)}
    page = text_of(browser.post(f"{address}contact/", **typed, days_1=["0"], from_1="09:00", until_1="11:00"))
    assert "This looks like a telephone number" in page
    assert "Call 06 12345678" in page
    assert not SafeContact.objects.exists()
    good = {**typed, "code_phrase": "The blue bicycle"}
    assert browser.post(f"{address}contact/", **good, days_1=["0"], from_1="22:00", until_1="01:00").status_code == 302
    assert "Monday from 22:00 until 01:00 the next day" in text_of(browser.get(address))


def test_a_file_is_given_to_keep_under_no_name_of_its_own_and_never_shown(cast: Cast, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.case_worker), address_of(cast)
    file = SimpleUploadedFile("anna-jansen.jpg", JPEG, content_type="text/html")
    assert browser.post(f"{address}files/add/", kind="photo", note="A wall.", file=file).status_code == 302
    kept = Attachment.objects.get()
    answer = browser.get(f"{address}files/{kept.pk}/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{short_code(kept.pk)}.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"GPS" not in answer.content
    assert AccessLine.objects.filter(subject="attachment", verb="exported", subject_id=str(kept.pk)).exists()
    wrong = SimpleUploadedFile("page.jpg", b"<html></html>", content_type="image/jpeg")
    assert "This file cannot be kept" in text_of(browser.post(f"{address}files/add/", kind="photo", file=wrong))


def test_a_conference_is_written_down_decided_and_approved_from_page_to_page(cast: Cast, sign_in: SignIn) -> None:
    browser, root = sign_in(cast.case_worker), f"{ROOT}/care/cases/{cast.case.pk}/conferences/"
    orgs = [str(cast.case.org_id), str(cast.theirs.pk)]
    held = {"held_on": in_days(0), "chair_org": orgs[0], "participants": orgs, "roles": ["chair", "police"]}
    asked = {**held, "without_identity": "no", "basis": ["a6_public"], "decisions": "Where she can stay."}
    assert "needed to know" in text_of(browser.post(f"{root}write/", **asked))
    address = browser.post(f"{root}write/", **asked, necessity="To decide together.")["Location"]
    decided = {"domain": "legal", "kind": "legal", "what": "Ask the lawyer.", "due_on": in_days(3)}
    page = text_of(browser.post(f"{address}decisions/add/", **decided, by_org=orgs[0]))
    assert "Choose which colleague does it" in page
    browser.post(f"{address}decisions/add/", **decided, by_org=orgs[0], owner=str(cast.case_worker.pk))
    browser.post(f"{address}answers/{orgs[1]}/", state="approved")
    page = text_of(browser.get(address))
    for told in ("Where she can stay.", "Ask the lawyer.", "Approved", "Legal step"):
        assert told in page
    assert "Ask the lawyer." in text_of(browser.get(f"{ROOT}/tasks/"))


def test_my_tasks_show_what_is_late_first_and_what_else_waits(cast: Cast, sign_in: SignIn) -> None:
    door = everything(cast)
    tasks.give_task(cast.case_worker, door, {**task_for(cast.case_worker), "due_on": timezone.localdate()})
    page = text_of(sign_in(cast.case_worker).get(f"{ROOT}/tasks/"))
    assert page.index("Today") < page.index("Later")
    assert "Write a letter." in page
    approver = text_of(sign_in(cast.second_case_worker).get(f"{ROOT}/tasks/"))
    assert "Approve: Support plan" in approver
    assert "Write a letter." not in approver
    for nothing_of_theirs in (cast.coordinator, cast.analyst):
        assert "Nothing waits" in text_of(sign_in(nothing_of_theirs).get(f"{ROOT}/tasks/"))
    assert sign_in(cast.administrator).get(f"{ROOT}/tasks/").status_code == 404


def test_what_waits_for_a_receiver_is_gone_at_the_next_request_after_a_withdrawal(cast: Cast, sign_in: SignIn) -> None:
    referral = referrals.accept(cast.host, cast.refer(BY_CONSENT))
    browser, address = sign_in(cast.host), f"{ROOT}/care/referrals/{referral.pk}/person/"
    browser.post(f"{address}plan/", agreement="not_yet", review_on=in_days(30))
    given = {"kind": "other", "what": "Write a letter.", "assigned_to": str(cast.host.pk), "due_on": in_days(1)}
    browser.post(f"{address}tasks/give/", **given)
    browser.post(f"{address}ask-approval/plan/", colleague=str(cast.keeper.pk))
    assert "Write a letter." in text_of(browser.get(address))
    assert "Write a letter." in text_of(browser.get(f"{ROOT}/tasks/"))
    approver = sign_in(cast.keeper)
    page = approver.get(f"{ROOT}/tasks/").content.decode()
    assert "Approve: Support plan" in page
    assert f'href="{address.removeprefix("/en")}"' in page or f'href="{address}"' in page
    for who in (cast.case_worker, cast.officer, cast.stranger_case_worker):
        expected = 200 if who is cast.stranger_case_worker else 404
        assert sign_in(who).get(address).status_code == expected
    consent = referral.person.consents.get()
    day = dt.date(2026, 3, 3)
    withdraw_consent(cast.case_worker, referral.case, consent, given_by="self", withdrawn_on=day, version=1)
    for part in ("", "plan/", "tasks/give/"):
        assert browser.get(f"{address}{part}").status_code == 404
    assert "Write a letter." not in text_of(browser.get(f"{ROOT}/tasks/"))
    assert "Approve: Support plan" not in text_of(approver.get(f"{ROOT}/tasks/"))


def test_the_whole_way_takes_as_many_queries_for_twenty_goals_as_for_one(
    cast: Cast, at_most_queries: QueryLimit
) -> None:
    door = everything(cast)
    for _ in range(5):
        actions.add_goal(cast.case_worker, door, {"domain": "health", "support": "health", "objective": "Rest."})
        tasks.give_task(cast.case_worker, door, task_for(cast.case_worker))
    reader = type(cast.case_worker).objects.get(pk=cast.case_worker.pk)
    # A query for each kind of record that stands on the page.
    with at_most_queries(28):
        page_of_person(reader, door)
    with at_most_queries(12):
        page_of_mine(reader)


def test_the_side_that_referred_sees_the_referral_on_the_way_and_no_stay(cast: Cast, sign_in: SignIn) -> None:
    stay = cast.stay()
    address = f"{ROOT}/care/cases/{stay.referral.case_id}/persons/{stay.person_id}/"
    page = text_of(sign_in(cast.case_worker).get(address))
    assert "Referral to Shelter" in page
    assert str(stay.pk) not in page
    received = text_of(sign_in(cast.host).get(f"{ROOT}/care/referrals/{stay.referral_id}/person/"))
    assert "Referred by Helpline" in received
    assert "Stay" in received


def test_of_more_tasks_than_are_shown_the_latest_stand_first(cast: Cast, sign_in: SignIn) -> None:
    door, today = door_of(cast), timezone.localdate()
    late = {**task_for(cast.case_worker), "what": "Long ago.", "due_on": today - dt.timedelta(days=40)}
    later = {**task_for(cast.case_worker), "due_on": today + dt.timedelta(days=30)}
    for number in range(MOST + 5):
        tasks.give_task(cast.case_worker, door, {**later, "what": f"Number {number}."})
    tasks.give_task(cast.case_worker, door, late)
    page = page_of_mine(cast.case_worker)
    assert page.groups[0].tasks[0].shown.what == "Long ago."
    assert (sum(len(group.tasks) for group in page.groups), page.is_more) == (MOST, True)
    shown = text_of(sign_in(cast.case_worker).get(f"{ROOT}/tasks/"))
    assert shown.index("Long ago.") < shown.index("Number ")


def test_a_plan_of_whom_an_organisation_received_is_looked_at_again_by_those_who_help_there(cast: Cast) -> None:
    referral = referrals.accept(cast.host, cast.refer(BY_CONSENT))
    door = find_received(cast.host, referral.pk)
    assert door is not None
    with pytest.raises(NoPlanError):
        tasks.give_task(cast.host, door, task_for(cast.host))
    actions.open_plan(cast.host, door, {"agreement": "not_yet", "review_on": timezone.localdate()})
    tasks.give_task(cast.host, door, task_for(cast.host))
    for reader, known in ((cast.host, 1), (cast.keeper, 1), (cast.case_worker, 0), (cast.officer, 0)):
        assert len(page_of_mine(reader).reviews) == known, reader
    referrals.withdraw(cast.case_worker, referral.case, referral)
    assert page_of_mine(cast.host).is_empty


def test_what_was_planned_stands_there_again_when_somebody_comes_back_by_another_referral(
    cast: Cast, sign_in: SignIn
) -> None:
    first = referrals.accept(cast.host, cast.refer(BY_CONSENT))
    door = find_received(cast.host, first.pk)
    assert door is not None
    actions.open_plan(cast.host, door, {"agreement": "not_yet", "review_on": timezone.localdate()})
    tasks.give_task(cast.host, door, {**task_for(cast.host), "what": "Before."})
    referrals.give_back(cast.host, first)
    assert page_of_mine(cast.host).is_empty
    again = referrals.accept(cast.host, cast.send(first.case, first.person))
    assert again.pk != first.pk
    back = find_received(cast.host, again.pk)
    assert back is not None
    tasks.give_task(cast.host, back, {**task_for(cast.host), "what": "Since."})
    browser, address = sign_in(cast.host), f"{ROOT}/care/referrals/{again.pk}/person/"
    for page in (text_of(browser.get(address)), text_of(browser.get(f"{ROOT}/tasks/"))):
        assert "Before." in page
        assert "Since." in page
    mine = page_of_mine(cast.host)
    told = {task.address for group in mine.groups for task in group.tasks} | {one.address for one in mine.reviews}
    assert {one.removeprefix("/en") for one in told} == {address.removeprefix("/en")}
