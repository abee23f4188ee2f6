"""What support keeps: who may, what is refused, what stays, and what goes when somebody takes back their yes."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.care.cast import BY_CONSENT, Cast
from tests.cases.cast import PERSON

from zicht.care.accounts import actions as accounts
from zicht.care.accounts.errors import AlreadyNotedError
from zicht.care.attachments import actions as attachments
from zicht.care.attachments.errors import TooLargeError, WrongFileError
from zicht.care.attachments.sealing import open_file
from zicht.care.clocks import actions as clocks
from zicht.care.clocks.errors import ClockIsOverError, ClockRunsError, NotYetInForceError
from zicht.care.conferences import actions as conferences
from zicht.care.conferences.errors import AlreadyApprovedError, NotPresentError
from zicht.care.conferences.forms import ConferenceForm
from zicht.care.errors import NoConsentError, NotALegalBasisError
from zicht.care.models import Referral
from zicht.care.plan import actions, approvals, tasks
from zicht.care.plan.doors import Door, find_own, find_received
from zicht.care.plan.errors import HasPlanError, NotAColleagueError, NothingAskedError, OwnApprovalError
from zicht.care.plan.guards import MAY_GO, TABLES
from zicht.care.plan.models import (
    AccountVersion,
    Approval,
    Attachment,
    CarePlan,
    Conference,
    Decision,
    PlanEvent,
    SafeContact,
    SafetyPlan,
    Task,
)
from zicht.care.referrals import actions as referrals
from zicht.care.safety import actions as safety
from zicht.care.safety.errors import NotSafeNowError, WayToReachError
from zicht.care.safety.reaching import way_to_reach
from zicht.cases import actions as cases
from zicht.cases.errors import NotAllowedError, NotThereError, RestrictedError
from zicht.cases.models import Change, LegalClock, Person, Share
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.cases.rights.erasing import erase
from zicht.cases.rights.requests.copying import copy_for_person
from zicht.people.models import Account
from zicht.people.record_keys import KeyDestroyedError
from zicht.people.sealed import reveal

Commits = Callable[..., AbstractContextManager[object]]
PLAN: dict[str, object] = {"agreement": "not_yet", "review_on": dt.date(2099, 1, 1)}
GOAL: dict[str, object] = {"domain": "housing", "support": "shelter", "objective": "A room of her own."}
SAFE: dict[str, object] = {
    "risks": ["contact_sought"],
    "steps": "Leave by the back door.",
    "who_does": "The shelter calls.",
    "made_with_person": True,
    "review_on": dt.date(2099, 1, 1),
}
ALWAYS = "mon,tue,wed,thu,fri,sat,sun 00:00-00:00"
CONTACT: dict[str, object] = {
    "channel": "via_helper",
    "hours": ALWAYS,
    "code_phrase": "How is the blue bicycle?",
    "must_not_know": ["partner"],
    "leave_message": False,
    "checked_on": dt.date(2026, 3, 2),
}
TOLD: dict[str, object] = {
    "told_on": dt.date(2026, 3, 2),
    "told_to": "writer",
    "setting": "talk_alone",
    "language": "nl",
    "interpreter": False,
    "text": "I was there for two weeks.",
}
HELD: dict[str, object] = {
    "held_on": dt.date(2026, 3, 2),
    "roles": ["chair", "police"],
    "without_identity": True,
    "basis": ["a6_public"],
}
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04JF\xff\xe1\x00\x0aExifGPS!\xff\xfe\x00\x06seen\xff\xda\x00\x02pixels\xff\xd9"
    b"<script>alert(1)</script>"
)
PICTURE: dict[str, object] = {"kind": "photo", "note": "A wall."}


def door_of(cast: Cast, reader: Account | None = None) -> Door:
    found = find_own(reader or cast.case_worker, cast.case.pk, cast.person.pk)
    assert found is not None
    return found


def joins(cast: Cast, colleague: Account) -> Account:
    cases.set_team(cast.case_worker, cast.case, cast.case_worker, [colleague], version=1)
    return colleague


def task_for(colleague: Account) -> dict[str, object]:
    return {"kind": "other", "what": "Write a letter.", "assigned_to": colleague.pk, "due_on": dt.date(2099, 1, 1)}


# --- plan and tasks -----------------------------------------------------------------------------------------------
def test_a_plan_is_one_at_an_organisation_and_its_history_tells_what_was_before(cast: Cast) -> None:
    door = door_of(cast)
    plan = actions.open_plan(cast.case_worker, door, PLAN)
    with pytest.raises(HasPlanError):
        actions.open_plan(cast.case_worker, door, PLAN)
    goal = actions.add_goal(cast.case_worker, door, GOAL)
    actions.change_goal(cast.case_worker, door, goal.pk, {"objective": "A flat."}, version=1)
    change = Change.objects.get(record_ref=goal.pk, field="objective")
    assert reveal(change, "before") == '"A room of her own."'
    assert reveal(change, "after") == '"A flat."'
    actions.close_plan(cast.case_worker, door, version=CarePlan.objects.get().version)
    assert actions.open_plan(cast.case_worker, door, PLAN).pk != plan.pk


def test_only_the_team_writes_and_whoever_sees_the_case_alone_reads_no_text(cast: Cast) -> None:
    door = door_of(cast)
    with pytest.raises(NotAllowedError):
        actions.open_plan(cast.coordinator, door, PLAN)
    assert not door_of(cast, cast.coordinator).reads_texts
    actions.open_plan(joins(cast, cast.shelter_worker), door, PLAN)
    for stranger in (cast.officer, cast.stranger_case_worker, cast.reporter):
        with pytest.raises(NotThereError):
            actions.add_goal(stranger, door, GOAL)


def test_nothing_is_written_while_the_use_of_the_data_is_limited(cast: Cast) -> None:
    door = door_of(cast)
    Person.objects.filter(pk=cast.person.pk).update(restricted_on=dt.date(2026, 3, 2))
    with pytest.raises(RestrictedError):
        actions.open_plan(cast.case_worker, door, PLAN)


def test_a_task_goes_to_a_colleague_who_sees_the_person_and_to_nobody_else(cast: Cast) -> None:
    door = door_of(cast)
    for stranger in (cast.officer, cast.coordinator, cast.stranger_case_worker):
        with pytest.raises(NotAColleagueError):
            tasks.give_task(cast.case_worker, door, task_for(stranger))
    colleague = joins(cast, cast.shelter_worker)
    task = tasks.give_task(cast.case_worker, door, task_for(colleague))
    assert tasks.move_task(colleague, door, task.pk, "doing").state == "doing"
    assert tasks.move_task(colleague, door, task.pk, "done").done_on == timezone.localdate()


# --- approvals ----------------------------------------------------------------------------------------------------
def test_a_second_person_approves_one_version_and_nobody_what_they_asked(cast: Cast) -> None:
    door, colleague = door_of(cast), joins(cast, cast.second_case_worker)
    actions.open_plan(cast.case_worker, door, PLAN)
    with pytest.raises(NothingAskedError):
        approvals.answer_approval(colleague, door, "plan", "approved")
    with pytest.raises(OwnApprovalError):
        approvals.ask_approval(cast.case_worker, door, "plan", cast.case_worker.pk)
    approvals.ask_approval(cast.case_worker, door, "plan", colleague.pk)
    with pytest.raises(OwnApprovalError):
        approvals.answer_approval(cast.case_worker, door, "plan", "approved")
    approvals.answer_approval(colleague, door, "plan", "approved")
    actions.add_goal(cast.case_worker, door, GOAL)
    with pytest.raises(NothingAskedError):
        approvals.answer_approval(colleague, door, "plan", "approved")
    assert [line.record_version for line in Approval.objects.order_by("number")] == [1, 1]


# --- safety -------------------------------------------------------------------------------------------------------
def test_a_safety_plan_is_the_next_version_and_the_one_before_stays(cast: Cast) -> None:
    door = door_of(cast)
    safety.make_safety_plan(cast.case_worker, door, SAFE)
    safety.make_safety_plan(cast.case_worker, door, {**SAFE, "steps": "Stay with a friend."})
    plans = SafetyPlan.objects.order_by("version")
    assert [(one.version, reveal(one, "steps")) for one in plans] == [
        (1, "Leave by the back door."),
        (2, "Stay with a friend."),
    ]


def test_the_code_phrase_is_given_in_safe_hours_only_and_each_time_is_written_down(cast: Cast) -> None:
    door = door_of(cast)
    safety.agree_contact(cast.case_worker, door, CONTACT)
    assert safety.open_contact(cast.case_worker, door) == "How is the blue bicycle?"
    assert PlanEvent.objects.filter(step="contact_shown").count() == 1
    now = timezone.localtime()
    later = (now + dt.timedelta(hours=2)).strftime("%H:%M")
    end = (now + dt.timedelta(hours=3)).strftime("%H:%M")
    day = (now + dt.timedelta(hours=2)).strftime("%a").lower()
    safety.agree_contact(cast.case_worker, door, {**CONTACT, "hours": f"{day} {later}-{end}"})
    with pytest.raises(NotSafeNowError):
        safety.open_contact(cast.case_worker, door)
    assert PlanEvent.objects.filter(step="contact_shown").count() == 1
    assert SafeContact.objects.count() == 1, "the agreement before is deleted at once"
    with pytest.raises(NotAllowedError):
        safety.open_contact(cast.coordinator, door)
    with pytest.raises(NotThereError):
        safety.open_contact(cast.officer, door)


def test_who_agrees_anew_keeps_the_code_phrase_without_seeing_it_unless_nobody_begins(cast: Cast) -> None:
    door = door_of(cast)
    safety.agree_contact(cast.case_worker, door, CONTACT)
    safety.agree_contact(cast.case_worker, door, {**CONTACT, "code_phrase": "", "channel": "call"})
    assert safety.open_contact(cast.case_worker, door) == "How is the blue bicycle?"
    safety.agree_contact(cast.case_worker, door, {**CONTACT, "code_phrase": "Another one."})
    assert safety.open_contact(cast.case_worker, door) == "Another one."
    safety.agree_contact(cast.case_worker, door, {**CONTACT, "code_phrase": "", "channel": "return_code"})
    assert not SafeContact.objects.get().code_phrase


def test_an_agreement_on_contact_ends_with_its_case(cast: Cast) -> None:
    safety.agree_contact(cast.case_worker, door_of(cast), CONTACT)
    values = {"state": "closed", "closed_on": dt.date(2026, 3, 3), "closure_reason": "goals_met"}
    cases.close_case(cast.case_worker, cast.case, values, version=1)
    with pytest.raises(NotThereError):
        safety.open_contact(cast.case_worker, door_of(cast))
    assert safety.delete_ended() == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call 06 12345678", "number"),
        ("+31 6 1234-5678", "number"),
        ("030-1234567 of 06-12345678", "number"),
        ("nul zes een twee drie vier vijf", "number"),
        ("NL91 ABNA 0417 1643 00", "number"),
        ("write to her@example.org", "mail"),
        ("her (at) example.org", "mail"),
        ("find @bluebird_22", "account"),
        ("wa.me/3161234", "account"),
        ("Dorpsstraat 12", "place"),
        ("1234 AB", "place"),
        ("12 Station Road", "place"),
        ("How is the blue bicycle?", ""),
        ("On 2026-03-02 and 05-04-2026 at 10:30", ""),
        ("In 2026 is er plek voor 12 mensen", ""),
        ("Article 273f, since 2005", ""),
    ],
)
def test_a_number_an_address_and_an_account_are_recognised_and_a_day_is_none(text: str, kind: str) -> None:
    assert way_to_reach(text) == kind


def test_a_code_phrase_with_a_number_is_refused_by_a_sentence(cast: Cast) -> None:
    with pytest.raises(WayToReachError, match=r"telefoonnummer|telephone number"):
        safety.agree_contact(cast.case_worker, door_of(cast), {**CONTACT, "code_phrase": "Call 06 12345678"})


# --- legal terms --------------------------------------------------------------------------------------------------
def test_a_reflection_period_runs_with_the_decision_on_reporting_and_is_ended_once(cast: Cast) -> None:
    door = door_of(cast)
    clock = clocks.start_clock(cast.case_worker, door, "reflection_3m", dt.date(2026, 1, 31))
    assert set(LegalClock.objects.values_list("kind", flat=True)) == {"reflection", "police_report"}
    assert clock.ends_at == dt.datetime(2026, 4, 30, 22, tzinfo=dt.UTC), "midnight in Amsterdam, in summer time"
    with pytest.raises(ClockRunsError):
        clocks.start_clock(cast.case_worker, door, "reflection_dublin", dt.date(2026, 1, 31))
    clocks.end_clock(cast.case_worker, door, clock.pk, "stopped")
    with pytest.raises(ClockIsOverError):
        clocks.end_clock(cast.case_worker, door, clock.pk, "met")
    with pytest.raises(NotYetInForceError):
        clocks.start_clock(cast.case_worker, door, "reflection_3m", dt.date(2023, 5, 17))
    with pytest.raises(NotThereError):
        clocks.end_clock(cast.officer, door, clock.pk, "met")


# --- conferences --------------------------------------------------------------------------------------------------
def held(cast: Cast, **values: object) -> Conference:
    values = {**HELD, "chair_org": cast.case.org_id, **values}
    present = (cast.case.org_id, cast.theirs.pk)
    return conferences.write_conference(cast.case_worker, cast.case, values, conferences.Held(present, "To decide."))


def decision_for(cast: Cast, **values: object) -> dict[str, object]:
    decided = {"domain": "legal", "kind": "legal", "what": "Ask the lawyer.", "due_on": dt.date(2099, 1, 1)}
    return {**decided, "by_org": cast.case.org_id, "owner": cast.case_worker.pk, **values}


def test_a_decision_becomes_a_task_and_none_is_added_to_what_was_approved(cast: Cast) -> None:
    conference, person = held(cast), cast.person
    decision = conferences.add_decision(cast.case_worker, cast.case, conference.pk, decision_for(cast))
    task = Task.objects.get(decision=decision)
    assert (task.kind, task.assigned_to, task.person) == ("legal", cast.case_worker, person)
    with pytest.raises(NotPresentError):
        conferences.answer(cast.case_worker, cast.case, conference.pk, cast.officer.org_id, "approved")
    conferences.answer(cast.case_worker, cast.case, conference.pk, cast.theirs.pk, "declined", "Not enough.")
    with pytest.raises(AlreadyApprovedError):
        conferences.add_decision(cast.case_worker, cast.case, conference.pk, decision_for(cast))
    with pytest.raises(NotAllowedError):
        conferences.write_conference(cast.coordinator, cast.case, HELD, conferences.Held(()))


def test_a_decision_about_several_people_is_a_task_about_nobody_that_can_be_done(cast: Cast) -> None:
    assert cast.person in cast.case.persons.all()
    cases.add_person(cast.case_worker, cast.case, PERSON)
    conference = held(cast)
    conferences.add_decision(cast.case_worker, cast.case, conference.pk, decision_for(cast))
    task = Task.objects.get(person=None)
    with pytest.raises(NotAllowedError):
        conferences.move_task(cast.coordinator, cast.case, conference.pk, task.pk, "done")
    assert conferences.move_task(cast.case_worker, cast.case, conference.pk, task.pk, "done").state == "done"


def test_naming_the_person_is_written_down_for_each_organisation_and_needs_its_ground(cast: Cast) -> None:
    assert cast.person in cast.case.persons.all()
    with pytest.raises(NotALegalBasisError):
        held(cast, basis=["a9_vital"])
    with pytest.raises(NoConsentError):
        held(cast, without_identity=False, basis=["a6_consent"])
    held(cast)
    assert not Share.objects.exists()
    held(cast, without_identity=False)
    share = Share.objects.get()
    assert (share.to_org, share.record_ref, share.what) == (cast.theirs, cast.person.pk, "case conference")


# --- accounts and files -------------------------------------------------------------------------------------------
def test_a_news_desk_takes_no_part_in_a_conference(cast: Cast) -> None:
    present = conferences.Held((cast.case.org_id, cast.reporter.org_id))
    with pytest.raises(NotThereError):
        conferences.write_conference(cast.case_worker, cast.case, {**HELD, "chair_org": cast.case.org_id}, present)
    assert not Conference.objects.exists()
    form = ConferenceForm(own=cast.case.org).as_p()
    assert str(cast.case.org_id) in form
    assert str(cast.reporter.org_id) not in form


def test_an_account_stands_beside_the_one_before_and_what_is_noted_changes_nothing_in_it(cast: Cast) -> None:
    door = door_of(cast)
    first = accounts.write_account(cast.case_worker, door, TOLD)
    accounts.write_account(cast.case_worker, door, {**TOLD, "text": "It was three weeks."})
    accounts.note(cast.case_worker, door, first.pk, "read_back")
    accounts.note(cast.case_worker, door, first.pk, "withdrawn")
    with pytest.raises(AlreadyNotedError):
        accounts.note(cast.case_worker, door, first.pk, "read_back")
    told = AccountVersion.objects.order_by("version")
    assert [(one.state, reveal(one, "text")) for one in told] == [
        ("as_told", "I was there for two weeks."),
        ("as_told", "It was three weeks."),
    ]


def test_a_file_is_kept_sealed_without_its_traces_and_is_gone_with_the_key_of_the_person(cast: Cast) -> None:
    door = door_of(cast)
    kept = attachments.add_file(cast.case_worker, door, PICTURE, JPEG)
    stored = bytes(kept.box.sealed)
    assert b"pixels" not in stored
    assert attachments.read_file(door, kept) == b"\xff\xd8\xff\xe0\x00\x04JF\xff\xda\x00\x02pixels\xff\xd9"
    with pytest.raises(NotAllowedError):
        attachments.read_file(door_of(cast, cast.coordinator), kept)
    attachments.remove_file(cast.case_worker, door, kept.pk)
    assert not Attachment.objects.exists()
    assert PlanEvent.objects.filter(step="file_removed", record_ref=kept.pk).exists()


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"MZ\x90", b"PK\x03\x04", b"", b"\xff\xd8\xff\xe1\x00", b"ID3"]
)
def test_a_file_that_can_carry_a_program_or_is_broken_is_refused(cast: Cast, content: bytes) -> None:
    with pytest.raises(WrongFileError):
        attachments.add_file(cast.case_worker, door_of(cast), PICTURE, content)


def test_a_file_that_is_too_large_is_refused(cast: Cast) -> None:
    with pytest.raises(TooLargeError):
        attachments.add_file(cast.case_worker, door_of(cast), PICTURE, b"%PDF-" + bytes(attachments.LARGEST))


# --- what stays, and what goes ------------------------------------------------------------------------------------
def everything(cast: Cast) -> Door:
    """Let there be one of each record."""
    door, worker = door_of(cast), cast.case_worker
    colleague = joins(cast, cast.second_case_worker)
    actions.open_plan(worker, door, PLAN)
    actions.add_goal(worker, door, GOAL)
    tasks.give_task(worker, door, task_for(worker))
    approvals.ask_approval(worker, door, "plan", colleague.pk)
    safety.make_safety_plan(worker, door, SAFE)
    safety.agree_contact(worker, door, CONTACT)
    clocks.start_clock(worker, door, "reflection_3m", dt.date(2026, 1, 31))
    conferences.add_decision(worker, cast.case, held(cast).pk, decision_for(cast))
    accounts.write_account(worker, door, TOLD)
    attachments.add_file(worker, door, PICTURE, JPEG)
    return door


def test_nothing_that_is_kept_in_versions_can_be_changed_or_deleted(cast: Cast) -> None:
    everything(cast)
    for table, (key, rule) in TABLES.items():
        removes = [] if rule == MAY_GO else [f"DELETE FROM {table}"]
        for statement in (f"UPDATE {table} SET {key} = {key}", *removes):
            refused = pytest.raises((IntegrityError, DatabaseError), match=r"append-only|goes only with")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_erasing_a_person_takes_everything_along_with_its_history_and_its_key(
    cast: Cast, django_capture_on_commit_callbacks: Commits
) -> None:
    everything(cast)
    kept = Attachment.objects.select_related("box").get()
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.case_worker, [cast.person.pk], [], reason="request")
    for model in (CarePlan, SafetyPlan, SafeContact, AccountVersion, Attachment, LegalClock):
        assert not model._default_manager.exists(), model
    assert not Task.objects.exclude(person=None).exists()
    assert not PlanEvent.objects.exclude(person=None).exists()
    assert not Change.objects.filter(entity__in=["support_plan", "care_plan", "account_version", "task"]).exists()
    with pytest.raises(KeyDestroyedError):
        open_file(kept, bytes(kept.box.sealed))


def test_erasing_a_case_takes_what_is_about_it_from_a_person_who_stays(cast: Cast) -> None:
    everything(cast)
    erase(cast.case_worker, [], [cast.case.pk], reason="request")
    for model in (CarePlan, Task, SafetyPlan, Conference, Decision, Approval, AccountVersion, Attachment, PlanEvent):
        assert not model._default_manager.exists(), model
    assert not Change.objects.filter(entity__in=["support_plan", "care_plan", "account_version", "task"]).exists()
    assert Person.objects.filter(pk=cast.person.pk).exists()


def test_the_copy_for_a_person_has_all_of_it_and_a_parent_gets_nothing_that_keeps_the_person_safe(cast: Cast) -> None:
    everything(cast)
    copied = str(copy_for_person(cast.case_worker, [cast.person]).as_json())
    for told in ("A room of her own.", "Write a letter.", "back door", "blue bicycle", "two weeks", "Bedenktijd"):
        assert told in copied
    parents = str(copy_for_person(cast.case_worker, [cast.person], for_somebody_else=True).as_json())
    assert "two weeks" in parents
    for hidden in ("back door", "blue bicycle"):
        assert hidden not in parents


# --- the side that received ---------------------------------------------------------------------------------------
def test_a_receiver_has_a_plan_of_its_own_and_loses_it_when_consent_is_withdrawn(cast: Cast) -> None:
    referral = referrals.accept(cast.host, cast.refer(BY_CONSENT))
    door = find_received(cast.host, referral.pk)
    assert door is not None
    plan = actions.open_plan(cast.host, door, PLAN)
    actions.add_goal(cast.host, door, GOAL)
    tasks.give_task(cast.host, door, task_for(cast.keeper))
    own = find_own(cast.case_worker, referral.case_id, referral.person_id)
    assert own is not None
    assert not tasks.tasks_behind(own).exists(), "what a receiver does is not seen by who referred"
    assert not Change.objects.filter(key_record=referral.person_id, record_ref=plan.pk).exists()
    assert "A room of her own." not in str(copy_for_person(cast.case_worker, [referral.person]).as_json())
    consent = referral.person.consents.get()
    day = dt.date(2026, 3, 3)
    withdraw_consent(cast.case_worker, referral.case, consent, given_by="self", withdrawn_on=day, version=1)
    assert find_received(cast.host, referral.pk) is None
    with pytest.raises(NotThereError):
        actions.add_goal(cast.host, door, GOAL)


def test_a_referral_that_is_not_accepted_opens_no_plan(cast: Cast) -> None:
    referral: Referral = cast.refer()
    assert find_received(cast.host, referral.pk) is None
    assert find_received(cast.officer, referral.pk) is None
