"""A case goes to another organisation when both sides say so, at once and as a whole; who owned it when stays."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.care.cast import BY_CONSENT, BY_DUTY, WISH, Cast
from tests.care.plan.test_support import task_for
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht.care.errors import (
    AlreadyAskedError,
    NoConsentError,
    NotALegalBasisError,
    StillRunsError,
    TransferIsOverError,
    WrongReferralStepError,
)
from zicht.care.models import Referral, Transfer
from zicht.care.plan import actions as plans
from zicht.care.plan import tasks
from zicht.care.plan.doors import Door, find_own, find_received, open_plan_of
from zicht.care.plan.mine import page_of_mine
from zicht.care.referrals import actions as referrals
from zicht.care.referrals import queries as received
from zicht.care.transfers import actions, queries
from zicht.care.transfers.queries import WHAT
from zicht.cases import actions as cases
from zicht.cases import history
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.matching.candidates import in_order
from zicht.cases.models import Case, Change, Match, Person, Share, SubjectRequest
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.cases.rights.erasing import erase
from zicht.cases.sharing import Ground
from zicht.people.models import AccessLine, Account
from zicht.people.short_codes import short_code

DUTY = Ground(("a6_vital",), "They go on with all of it.")
AGREED = Ground(("a6_consent",), "They go on with all of it.")


def taker(cast: Cast) -> Account:
    """Give somebody of the shelter who may own cases."""
    return cast.stranger_case_worker


def asked_for(cast: Cast) -> tuple[Referral, Transfer]:
    referral = cast.refer()
    referrals.accept(cast.host, referral)
    return referral, actions.ask_for_case(taker(cast), referral)


def sees(account: Account, case: Case) -> bool:
    found: bool = Case.objects.visible_to(account).filter(pk=case.pk).exists()
    return found


# --- both ways --------------------------------------------------------------------------------------------------------
def test_a_case_that_was_asked_for_goes_over_when_its_owner_gives_it(cast: Cast) -> None:
    referral, asked = asked_for(cast)
    case = referral.case
    assert (sees(cast.case_worker, case), sees(taker(cast), case)) == (True, False)
    done = actions.give_case(cast.case_worker, asked, DUTY)
    assert (sees(cast.case_worker, case), sees(taker(cast), case)) == (False, True)
    assert (done.state, done.from_owner, done.to_owner) == ("agreed", cast.case_worker, taker(cast))
    person = Person.objects.get(pk=referral.person_id)
    assert (person.org, person.compartment) == (cast.theirs, Case.objects.get(pk=case.pk).compartment)
    assert done.share == Share.objects.get(what=WHAT)
    assert (done.share.org, done.share.to_org) == (cast.case_worker.org, cast.theirs)


def test_a_case_that_was_offered_goes_over_when_the_other_side_takes_it(cast: Cast) -> None:
    case, person = cast.somebody()
    cast.says(person, case=case)
    offered = actions.offer_case(cast.case_worker, case, cast.theirs, AGREED)
    assert sees(cast.case_worker, case)
    assert not sees(taker(cast), case)
    done = actions.take_case(taker(cast), offered)
    assert (sees(cast.case_worker, case), sees(taker(cast), case)) == (False, True)
    assert done.share is not None
    assert done.share.consent == person.consents.get()


def test_what_was_referred_to_the_new_owner_goes_on_without_a_share(cast: Cast) -> None:
    referral, asked = asked_for(cast)
    actions.give_case(cast.case_worker, asked, DUTY)
    referral.refresh_from_db()
    assert (referral.share, referral.from_org) == (None, cast.case_worker.org)
    assert received.find_received(cast.host, referral.pk) == referral
    assert referrals.note_arrival(cast.host, referral).state == "arrived"


def test_who_owned_it_when_stays_in_the_history_the_transfer_and_both_logs(cast: Cast) -> None:
    referral, asked = asked_for(cast)
    actions.give_case(cast.case_worker, asked, DUTY)
    lines = history.told(Change.objects.filter(record_ref=referral.case_id, field__in=("org_id", "owner")))
    told = {one.change.field: (one.before, one.after) for one in lines}
    assert told == {
        "org_id": (str(cast.case_worker.org_id), str(cast.theirs.pk)),
        "owner": (str(cast.case_worker.pk), str(taker(cast).pk)),
    }
    logs = AccessLine.objects.filter(subject="case", subject_id=str(referral.case_id), verb="changed")
    assert set(logs.values_list("org", flat=True)) == {cast.case_worker.org_id, cast.theirs.pk}
    assert list(queries.transfers_for(cast.case_worker)) == list(queries.transfers_for(taker(cast))) == [asked]


def test_a_case_goes_on_and_back_again(cast: Cast) -> None:
    referral, asked = asked_for(cast)
    actions.give_case(cast.case_worker, asked, DUTY)
    back = actions.offer_case(taker(cast), Case.objects.get(pk=referral.case_id), cast.case_worker.org, DUTY)
    actions.take_case(cast.case_worker, back)
    assert sees(cast.case_worker, referral.case)
    assert Transfer.objects.filter(case=referral.case_id, state="agreed").count() == 2


def _with_a_task(by: Account, door: Door | None) -> Door:
    assert door
    plans.open_plan(by, door, {"agreement": "not_yet", "review_on": timezone.localdate()})
    tasks.give_task(by, door, task_for(by))
    return door


def test_who_gave_a_case_and_gets_somebody_back_by_referral_writes_under_a_key_of_its_own(
    cast: Cast, sign_in: SignIn
) -> None:
    by, new_owner = cast.case_worker, taker(cast)
    case, person = cast.somebody()
    _with_a_task(by, find_own(by, case.pk, person.pk))
    actions.take_case(new_owner, actions.offer_case(by, case, cast.theirs, DUTY))
    assert page_of_mine(by).is_empty
    case, person = Case.objects.get(pk=case.pk), Person.objects.get(pk=person.pk)
    sent = referrals.send(new_owner, case, referrals.propose(new_owner, case, person, by.org, WISH), BY_DUTY)
    door = find_received(by, referrals.accept(by, sent).pk)
    assert door
    assert open_plan_of(door) is None
    assert not tasks.tasks_behind(door).exists()
    _with_a_task(by, door)
    task = tasks.tasks_behind(door).get()
    tasks.change_task(by, door, task.pk, {"what": "Call the lawyer."}, version=task.version)
    [[mine]] = [group.tasks for group in page_of_mine(by).groups]
    assert sign_in(by).get(mine.address).status_code == 200
    history_of_the_case = sign_in(new_owner).get(f"/en/staff/cases/{case.pk}/history/")
    assert history_of_the_case.status_code == 200
    assert "lawyer" not in history_of_the_case.content.decode()


def test_what_waits_for_the_new_owner_still_waits_when_the_referral_before_is_over(cast: Cast, sign_in: SignIn) -> None:
    referral, asked = asked_for(cast)
    door = _with_a_task(taker(cast), find_received(taker(cast), referral.pk))
    actions.give_case(cast.case_worker, asked, DUTY)
    own = reverse("care:person", kwargs={"case_id": door.case.pk, "person_id": door.person.pk})
    assert sign_in(taker(cast)).get(own).status_code == 200
    for end in (lambda: None, lambda: referrals.note_arrival(cast.host, referral), lambda: _give_back(cast, referral)):
        end()
        page = page_of_mine(taker(cast))
        addresses = [page.groups[0].tasks[0].address, page.reviews[0].address]
        assert addresses == [own, own]


def _give_back(cast: Cast, referral: Referral) -> None:
    referral.refresh_from_db()
    referrals.give_back(cast.host, referral)


# --- no ---------------------------------------------------------------------------------------------------------------
def test_either_side_says_no_or_takes_it_back_and_the_case_stays(cast: Cast) -> None:
    referral, asked = asked_for(cast)
    for act, by in ((actions.refuse_case, cast.case_worker), (actions.take_back, taker(cast))):
        assert act(by, asked).state in ("refused", "withdrawn")
        with pytest.raises(TransferIsOverError):
            actions.give_case(cast.case_worker, asked, DUTY)
        asked = actions.ask_for_case(taker(cast), referral)
    actions.take_back(taker(cast), asked)
    offered = actions.offer_case(cast.case_worker, referral.case, cast.theirs, DUTY)
    with pytest.raises(AlreadyAskedError):
        actions.ask_for_case(taker(cast), referral)
    actions.refuse_case(taker(cast), offered)
    assert Share.objects.get(what=WHAT).ended_on is not None
    assert sees(cast.case_worker, referral.case)


def test_consent_that_is_withdrawn_before_the_answer_keeps_the_case_where_it_is(cast: Cast) -> None:
    case, person = cast.somebody()
    consent = cast.says(person, case=case)
    offered = actions.offer_case(cast.case_worker, case, cast.theirs, AGREED)
    day = dt.date(2026, 3, 3)
    withdraw_consent(cast.case_worker, case, consent, given_by="self", withdrawn_on=day, version=1)
    with pytest.raises(NoConsentError):
        actions.take_case(taker(cast), offered)
    assert sees(cast.case_worker, case)


def test_consent_that_stopped_counting_keeps_the_case_where_it_is_though_no_share_ended(cast: Cast) -> None:
    case, person = cast.somebody()
    cast.says(person, case=case)
    offered = actions.offer_case(cast.case_worker, case, cast.theirs, AGREED)
    person.consents.update(set_aside_on=dt.date(2026, 3, 3))
    with pytest.raises(NoConsentError):
        actions.take_case(taker(cast), offered)


@pytest.mark.parametrize("ground", [Ground((), "x"), Ground(("a9_vital",), "x"), Ground(("a6_vital",), " ")])
def test_no_case_goes_without_a_basis_and_a_reason(cast: Cast, ground: Ground) -> None:
    case, _person = cast.somebody()
    with pytest.raises(NotALegalBasisError):
        actions.offer_case(cast.case_worker, case, cast.theirs, ground)


def in_two_cases(cast: Cast, case: Case, person: Person) -> None:
    cases.put_in_case(cast.case_worker, cast.case, person)


def counted_with_another(cast: Cast, _case: Case, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(merged_into=cast.person)


def another_counted_with(cast: Cast, _case: Case, person: Person) -> None:
    Person.objects.filter(pk=cast.person.pk).update(merged_into=person)


def limited(_cast: Cast, _case: Case, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(restricted_on=dt.date(2026, 3, 3))


def with_a_request(cast: Cast, case: Case, person: Person) -> None:
    day = dt.date(2026, 3, 3)
    SubjectRequest.objects.create(
        org=case.org, compartment=case.compartment, person=person, kind="access", asked_by="self",
        checked_how="known_helper", received_on=day, due_on=day, handled_by=cast.case_worker,
    )  # fmt: skip


@pytest.mark.parametrize("make", [in_two_cases, counted_with_another, another_counted_with, limited, with_a_request])
def test_nobody_is_torn_in_two(cast: Cast, make: Callable[[Cast, Case, Person], None]) -> None:
    case, person = cast.somebody()
    offered = actions.offer_case(cast.case_worker, case, cast.theirs, DUTY)
    make(cast, case, person)
    with pytest.raises(StillRunsError):
        actions.take_case(taker(cast), offered)
    assert Person.objects.get(pk=person.pk).org == cast.case_worker.org


def test_what_records_were_compared_with_stays_behind(cast: Cast) -> None:
    case, person = cast.somebody()
    _other, alike = cast.somebody()
    Match.objects.get_or_create(**in_order(person.pk, alike.pk), defaults={"state": "possible"})
    actions.take_case(taker(cast), actions.offer_case(cast.case_worker, case, cast.theirs, DUTY))
    assert not Match.objects.exists()


# --- who may ----------------------------------------------------------------------------------------------------------
def test_only_the_side_that_was_asked_answers_and_only_who_may(cast: Cast) -> None:
    _referral, asked = asked_for(cast)
    for who in (taker(cast), cast.host, cast.officer, cast.shelter_worker):
        with pytest.raises(NotThereError):
            actions.give_case(who, asked, DUTY)
    with pytest.raises(NotThereError):
        actions.take_case(taker(cast), asked)
    actions.refuse_case(cast.case_worker, asked)
    case, _person = cast.somebody()
    offered = actions.offer_case(cast.case_worker, case, cast.theirs, DUTY)
    for who in (cast.case_worker, cast.officer, cast.host):
        with pytest.raises(NotThereError):
            actions.take_case(who, offered)


def test_nobody_asks_for_a_case_without_a_referral_that_was_accepted(cast: Cast) -> None:
    referral = cast.refer()
    with pytest.raises(WrongReferralStepError):
        actions.ask_for_case(taker(cast), referral)
    referrals.accept(cast.host, referral)
    with pytest.raises(NotThereError):
        actions.ask_for_case(cast.officer, referral)
    with pytest.raises(NotAllowedError):
        actions.ask_for_case(cast.host, referral)


# --- append-only ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_transfer SET state = 'refused'",
        "UPDATE care_transfer SET to_owner_id = from_owner_id",
        "DELETE FROM care_transfer",
        "INSERT INTO care_transfer SELECT * FROM care_transfer",
    ],
)
def test_a_transfer_is_answered_once_and_never_changed(cast: Cast, statement: str) -> None:
    _referral, asked = asked_for(cast)
    actions.give_case(cast.case_worker, asked, DUTY)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Transfer.objects.get().state == "agreed"


def test_a_transfer_goes_with_its_case(cast: Cast) -> None:
    referral, asked = asked_for(cast)
    actions.give_case(cast.case_worker, asked, DUTY)
    erase(taker(cast), [referral.person_id], [referral.case_id], reason="request")
    assert not Transfer.objects.exists()
    assert Share.objects.filter(what=WHAT).exists()


# --- pages ------------------------------------------------------------------------------------------------------------
def test_a_case_goes_over_from_page_to_page_and_a_stranger_sees_none_of_them(cast: Cast, sign_in: SignIn) -> None:
    referral = referrals.accept(cast.host, cast.refer(BY_CONSENT))
    giver, getter = sign_in(cast.case_worker), sign_in(taker(cast))
    asking = f"/en/staff/care/referrals/{referral.pk}"
    assert "Ask to take the case over" in getter.get(f"{asking}/").content.decode()
    getter.post(f"{asking}/ask-for-case/")
    transfer = Transfer.objects.get()
    root = f"/en/staff/care/transfers/{transfer.pk}"
    assert short_code(referral.case_id) in giver.get("/en/staff/care/transfers/").content.decode()
    assert "asked that the case goes to" in giver.get(f"/en/staff/care/cases/{referral.case_id}/").content.decode()
    assert giver.get(f"{root}/give/").status_code == 200
    stranger, ours = sign_in(cast.officer), sign_in(cast.host)
    for browser in (stranger, ours, getter):
        assert browser.get(f"{root}/give/").status_code == 404
    assert stranger.post(f"{root}/answer/", do="refuse").status_code == 404
    assert stranger.get(f"/en/staff/care/cases/{referral.case_id}/offer/").status_code == 404
    assert stranger.post(f"{asking}/ask-for-case/").status_code == 404
    page = giver.post(f"{root}/give/", basis=["a6_consent"], necessity="They go on with it.", person_informed="yes")
    assert page["Location"] == "/en/staff/care/transfers/"
    assert giver.get(f"/en/staff/cases/{referral.case_id}/").status_code == 404
    assert getter.get(f"/en/staff/cases/{referral.case_id}/").status_code == 200
    case, _person = cast.somebody()
    offer = f"/en/staff/care/cases/{case.pk}/offer/"
    assert giver.get(offer).status_code == 200
    giver.post(offer, to_org=str(cast.theirs.pk), basis=["a6_vital"], necessity="They know her.")
    offered = Transfer.objects.get(state="asked")
    assert "Take it over" in getter.get("/en/staff/care/transfers/").content.decode()
    getter.post(f"/en/staff/care/transfers/{offered.pk}/answer/", do="take")
    assert giver.get(f"/en/staff/care/cases/{case.pk}/").status_code == 404


def test_a_counsellor_sees_the_transfers_of_her_own_cases_only(cast: Cast) -> None:
    _referral, asked = asked_for(cast)
    other = colleague(cast.administrator, "celia", "counsellor")
    assert list(queries.transfers_for(other)) == []
    assert list(queries.transfers_for(cast.case_worker)) == [asked]
