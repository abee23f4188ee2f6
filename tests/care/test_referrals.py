"""A referral goes only where it may, tells only what goes along, and is gone at once when it may not be seen."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from tests.care.cast import BY_CONSENT, BY_DUTY, WISH, Cast
from tests.people.cast import colleague, organisation

from zicht.care.errors import AlreadyReferredError, NoConsentError, NotALegalBasisError, WrongReferralStepError
from zicht.care.models import CareEvent, Referral
from zicht.care.referrals import actions, queries
from zicht.care.referrals.actions import Terms
from zicht.cases.errors import NotAllowedError, NotThereError, RestrictedError
from zicht.cases.models import Change, Person, Share
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.cases.rights.erasing import erase
from zicht.cases.sharing import Ground
from zicht.people.models import Account


def steps(referral: Referral) -> list[str]:
    return list(referral.events.order_by("number").values_list("step", flat=True))


def sees(reader: Account, referral: Referral) -> bool:
    return queries.find_received(reader, referral.pk) is not None


# --- the way of a referral --------------------------------------------------------------------------------------------
def test_a_referral_is_sent_accepted_and_arrives_and_every_step_is_written_down(cast: Cast) -> None:
    referral = cast.refer(BY_CONSENT)
    assert sees(cast.host, referral)
    actions.accept(cast.host, referral)
    arrived = actions.note_arrival(cast.host, referral)
    assert steps(arrived) == ["proposed", "agreed", "sent", "accepted", "arrived"]
    assert arrived.sent_on == arrived.decided_on == arrived.arrived_on is not None
    last = CareEvent.objects.get(referral=referral, step="arrived")
    assert (last.by, last.by_org, last.happened_at.minute) == (cast.host, cast.theirs, 0)


def test_what_is_only_proposed_is_seen_by_nobody_else(cast: Cast) -> None:
    proposed = actions.propose(cast.case_worker, cast.case, cast.person, cast.theirs, WISH)
    assert not sees(cast.host, proposed)
    assert not Share.objects.exists()


@pytest.mark.parametrize("act", [actions.note_no_show, actions.give_back])
def test_whoever_did_not_come_or_is_given_back_can_be_sent_again(cast: Cast, act: object) -> None:
    referral = cast.refer(BY_CONSENT)
    actions.accept(cast.host, referral)
    act(cast.host, referral)  # type: ignore[operator]
    assert not sees(cast.host, referral)
    again = actions.send(cast.case_worker, referral.case, referral, BY_CONSENT)
    assert (again.state, again.decided_on) == ("sent", None)
    assert sees(cast.host, again)
    assert Share.objects.filter(record_ref=referral.person_id).count() == 2


def test_a_refusal_has_a_reason_and_ends_what_the_receiver_sees(cast: Cast) -> None:
    referral = cast.refer()
    refused = actions.refuse(cast.host, referral, "full")
    assert (refused.refusal_reason, refused.share and refused.share.ended_on is not None) == ("full", True)
    assert not sees(cast.host, referral)


def test_no_step_leaves_the_states_that_may_follow(cast: Cast) -> None:
    referral = cast.refer()
    with pytest.raises(WrongReferralStepError):
        actions.note_arrival(cast.host, referral)
    actions.accept(cast.host, referral)
    with pytest.raises(WrongReferralStepError):
        actions.send(cast.case_worker, referral.case, referral, BY_DUTY)
    assert steps(referral) == ["proposed", "sent", "accepted"]


def test_one_referral_of_a_person_to_an_organisation_runs_at_a_time(cast: Cast) -> None:
    referral = cast.refer()
    with pytest.raises(AlreadyReferredError):
        actions.propose(cast.case_worker, referral.case, referral.person, cast.theirs, WISH)
    same = actions.propose(cast.case_worker, referral.case, referral.person, cast.theirs, WISH, referral_id=referral.pk)
    assert same == referral


def test_one_that_ended_is_not_sent_again_beside_one_that_runs(cast: Cast) -> None:
    ended = actions.refuse(cast.host, cast.refer(), "full")
    actions.propose(cast.case_worker, ended.case, ended.person, cast.theirs, WISH)
    with pytest.raises(AlreadyReferredError):
        actions.send(cast.case_worker, ended.case, ended, BY_DUTY)


# --- on which ground --------------------------------------------------------------------------------------------------
def test_without_consent_nothing_goes_on_consent(cast: Cast) -> None:
    proposed = actions.propose(cast.case_worker, cast.case, cast.person, cast.theirs, WISH)
    with pytest.raises(NoConsentError):
        actions.send(cast.case_worker, cast.case, proposed, BY_CONSENT)
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    "ground", [Ground((), "x"), Ground(("a6_vital",), " "), Ground(("anonymous",), "x"), Ground(("a9_vital",), "x")]
)
def test_nothing_goes_without_a_basis_and_a_reason(cast: Cast, ground: Ground) -> None:
    proposed = actions.propose(cast.case_worker, cast.case, cast.person, cast.theirs, WISH)
    with pytest.raises(NotALegalBasisError):
        actions.send(cast.case_worker, cast.case, proposed, Terms(ground=ground))


def test_the_share_says_which_fields_go_and_on_which_consent(cast: Cast) -> None:
    referral = cast.refer(BY_CONSENT)
    share = Share.objects.get(record_ref=referral.person_id)
    assert share.what == "referral: person.age_band, person.gender, person.language"
    assert (share.to_org, share.by, share.consent) == (cast.theirs, cast.case_worker, referral.consent)
    assert referral.share == share


def test_withdrawn_consent_closes_access_at_once(cast: Cast) -> None:
    referral = cast.refer(BY_CONSENT)
    consent = referral.person.consents.get()
    withdraw_consent(
        cast.case_worker, referral.case, consent, given_by="self", withdrawn_on=dt.date(2026, 3, 3), version=1
    )
    assert not sees(cast.host, referral)
    with pytest.raises(NotThereError):
        actions.accept(cast.host, referral)


def test_each_of_two_organisations_sees_a_person_as_long_as_that_person_agrees_to_it(cast: Cast) -> None:
    other = colleague(organisation("Other shelter", "shelter", "care", "otto"), "olga", "shelter_worker")
    first = cast.refer(BY_CONSENT)
    cast.says(first.person, case=first.case, to=other.org)
    proposed = actions.propose(cast.case_worker, first.case, first.person, other.org, WISH)
    second = actions.send(cast.case_worker, first.case, proposed, BY_CONSENT)
    assert set(queries.standing(queries.referrals_of(first.case))) == {first, second}
    first.person.consents.filter(recipient=other.org).update(set_aside_on=dt.date(2026, 3, 3))
    assert queries.standing(queries.referrals_of(first.case)) == [first]


def test_consent_that_stopped_counting_closes_access_though_nobody_ended_the_share(cast: Cast) -> None:
    referral = cast.refer(BY_CONSENT)
    referral.person.consents.update(set_aside_on=dt.date(2026, 3, 3))
    assert not Share.objects.exclude(ended_on=None).exists()
    assert not sees(cast.host, referral)


def test_data_whose_use_is_limited_are_neither_sent_nor_seen_and_can_be_taken_back(cast: Cast) -> None:
    referral = cast.refer(BY_CONSENT)
    case, other = cast.somebody()
    Person.objects.filter(pk__in=[referral.person_id, other.pk]).update(restricted_on=dt.date(2026, 3, 3))
    assert not sees(cast.host, referral)
    with pytest.raises(RestrictedError):
        actions.propose(cast.case_worker, case, other, cast.theirs, WISH)
    assert actions.withdraw(cast.case_worker, referral.case, referral).state == "withdrawn"


def test_a_referral_within_one_organisation_shares_nothing(cast: Cast) -> None:
    cast.coordinator  # noqa: B018 - somebody of the helpline works in care
    proposed = actions.propose(cast.case_worker, cast.case, cast.person, cast.case_worker.org, WISH)
    sent = actions.send(cast.case_worker, cast.case, proposed, Terms())
    assert (sent.share, sees(cast.coordinator, sent)) == (None, True)


# --- walls ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["officer", "reporter", "case_worker", "stranger", "stranger_privacy_officer"])
def test_whoever_is_not_the_receiver_sees_and_answers_nothing(cast: Cast, who: str) -> None:
    referral, account = cast.refer(), getattr(cast, who)
    assert not sees(account, referral)
    with pytest.raises(NotThereError):
        actions.accept(account, referral)


@pytest.mark.parametrize("who", ["stranger_case_worker", "counsellor", "shelter_worker"])
def test_whoever_does_not_see_the_case_refers_nobody(cast: Cast, who: str) -> None:
    with pytest.raises(NotThereError):
        actions.propose(getattr(cast, who), cast.case, cast.person, cast.theirs, WISH)


def test_a_news_desk_gets_no_referral(cast: Cast) -> None:
    with pytest.raises(NotThereError):
        actions.propose(cast.case_worker, cast.case, cast.person, cast.reporter.org, WISH)


def test_who_may_read_a_case_and_not_change_it_takes_nothing_back(cast: Cast) -> None:
    referral = cast.refer()
    with pytest.raises(NotAllowedError):
        actions.withdraw(cast.shelter_worker, referral.case, referral)


# --- append-only ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_careevent SET step = 'refused'",
        "DELETE FROM care_careevent",
        "INSERT INTO care_careevent SELECT * FROM care_careevent",
        # A new key and the number of a line that is there: SQLite would remove that line, and ask no other guard.
        "INSERT OR REPLACE INTO care_careevent "
        "(rowid, event_id, number, step, happened_at, by_id, by_org_id, referral_id) "
        "SELECT rowid, 'a' || substr(event_id, 2), 7, 'refused', happened_at, by_id, by_org_id, referral_id "
        "FROM care_careevent",
    ],
)
def test_no_statement_changes_or_removes_a_step(cast: Cast, statement: str) -> None:
    if "OR REPLACE" in statement and connection.vendor != "sqlite":
        pytest.skip("only SQLite knows this statement")
    referral = cast.refer()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert steps(referral) == ["proposed", "sent"]


def test_a_guard_looks_for_tables_where_it_was_made_and_nowhere_else(cast: Cast) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL looks for tables along a path")
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, proconfig FROM pg_proc WHERE proname LIKE 'zicht_care_%'")
        found = dict(cursor.fetchall())
        cursor.execute("SELECT quote_ident(current_schema())")
        here = cursor.fetchone()[0]
    assert len(found) >= 12  # three tables, and what inserts, updates, deletes and truncates
    assert set(map(tuple, found.values())) == {(f"search_path={here}, pg_temp",)}


def test_steps_go_with_the_person_they_are_about_and_with_nobody_else(cast: Cast) -> None:
    referral, other = cast.refer(), cast.refer()
    erase(cast.case_worker, [referral.person_id], [referral.case_id], reason="request")
    assert not CareEvent.objects.filter(referral=referral.pk).exists()
    assert not Change.objects.filter(key_record=referral.person_id).exists()
    assert steps(other) == ["proposed", "sent"]
