"""Consent is recorded, withdrawn and set aside; a suspected perpetrator never stands in for the person."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from tests.cases.cast import EPISODE
from tests.cases.rights.cast import ASKED, CONSENT, Cast

from zicht.cases import actions, history
from zicht.cases.errors import ChangedMeanwhileError, NotThereError, RestrictedError
from zicht.cases.matching.actions import Pair, count_as_one
from zicht.cases.models import Change, Consent, Person, Share
from zicht.cases.rights.consent import actions as consent_actions
from zicht.cases.rights.consent import queries
from zicht.cases.rights.consent.setting_aside import set_aside_answers
from zicht.cases.rights.errors import NothingToDecideError, OwnDecisionError, SuspectedGiverError
from zicht.people.models import AccessLine
from zicht.people.sealed import reveal


def has_consent(cast: Cast, person: Person | None = None) -> bool:
    return queries.has_consent(person or cast.person, "referral", cast.recipient)


def has_ended(share: Share) -> bool:
    return Share.objects.get(pk=share.pk).ended_on is not None


# --- recording ----------------------------------------------------------------------------------------------------
def test_a_yes_of_somebody_of_17_is_consent_for_that_purpose_and_recipient_only(cast: Cast) -> None:
    cast.answer(cast.case_worker, cast.case, cast.person)
    assert has_consent(cast)
    assert not queries.has_consent(cast.person, "referral", cast.case_worker.org)
    assert not queries.has_consent(cast.person, "referral")
    assert not queries.has_consent(cast.person, "police", cast.recipient)


def test_a_yes_that_names_nobody_holds_for_every_recipient_of_a_purpose_that_names_none(cast: Cast) -> None:
    cast.answer(cast.case_worker, cast.case, cast.person, purpose="statistics", recipient=None)
    assert queries.has_consent(cast.person, "statistics", cast.recipient)
    assert queries.has_consent(cast.person, "statistics")


def test_a_referral_needs_the_name_of_an_organisation(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        cast.answer(cast.case_worker, cast.case, cast.person, recipient=None)
    assert set(refused.value.message_dict) == {"recipient"}


def test_for_a_minor_it_is_written_down_why_she_could_decide(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        cast.answer(cast.case_worker, cast.case, cast.person, why_able="")
    assert set(refused.value.message_dict) == {"why_able"}
    assert not Consent.objects.exists()


def test_an_adult_needs_no_reason(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="27_29")
    cast.answer(cast.case_worker, case, person, why_able="")
    assert has_consent(cast, person)


def test_why_somebody_could_decide_lies_sealed(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    assert reveal(Consent.objects.get(pk=made.pk), "why_able") == CONSENT["why_able"]
    assert str(Consent.objects.get(pk=made.pk).why_able) == ""


def test_the_same_form_sent_twice_is_one_consent(cast: Cast) -> None:
    key = uuid4()
    values = {**CONSENT, "recipient": cast.recipient.pk}
    for _ in range(2):
        consent_actions.record_consent(cast.case_worker, cast.case, cast.person, values, consent_id=key)
    assert Consent.objects.count() == 1


def test_whoever_does_not_see_the_case_records_nothing(cast: Cast) -> None:
    for account in (cast.stranger_case_worker, cast.analyst, cast.privacy_officer, cast.counsellor):
        with pytest.raises(NotThereError):
            cast.answer(account, cast.case, cast.person)
    assert not Consent.objects.exists()


def test_nothing_is_recorded_while_the_use_of_the_data_is_limited_and_no_consent_counts(cast: Cast) -> None:
    cast.answer(cast.case_worker, cast.case, cast.person)
    Person.objects.filter(pk=cast.person.pk).update(restricted_on=ASKED)
    assert not has_consent(cast)
    with pytest.raises(RestrictedError):
        cast.answer(cast.case_worker, cast.case, cast.person)


def test_in_care_a_person_of_14_and_a_parent_both_agree(cast: Cast) -> None:
    case, person = cast.person_of(cast.care_worker, age_band="12_15")
    cast.answer(cast.care_worker, case, person)
    assert not has_consent(cast, person)
    cast.answer(cast.care_worker, case, person, given_by="parent")
    assert has_consent(cast, person)


def test_a_person_of_14_alone_is_enough_in_care_when_another_colleague_decides_so(cast: Cast) -> None:
    case, person = cast.person_of(cast.care_worker, age_band="12_15")
    made = cast.answer(cast.care_worker, case, person)
    with pytest.raises(OwnDecisionError):
        consent_actions.allow_giver(cast.care_worker, case, made, "serious harm otherwise", version=1)
    consent_actions.allow_giver(cast.stranger_case_worker, case, made, "serious harm otherwise", version=1)
    assert has_consent(cast, person)


def test_a_yes_of_somebody_of_17_needs_no_decision_of_a_colleague(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    with pytest.raises(NothingToDecideError):
        consent_actions.allow_giver(cast.coordinator, cast.case, made, "why not", version=1)


# --- withdrawing --------------------------------------------------------------------------------------------------
def test_a_withdrawal_ends_the_consent_and_every_share_that_rests_on_it_at_once(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    resting, other = cast.share(cast.case_worker, cast.person, made), cast.share(cast.case_worker, cast.person)
    consent_actions.withdraw_consent(
        cast.case_worker, cast.case, made, given_by="self", withdrawn_on=dt.date(2026, 3, 5), version=1
    )
    assert not has_consent(cast)
    assert has_ended(resting)
    assert not has_ended(other)


def test_a_withdrawal_is_kept_in_the_history_and_in_the_log(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    consent_actions.withdraw_consent(
        cast.case_worker, cast.case, made, given_by="self", withdrawn_on=dt.date(2026, 3, 5), version=1
    )
    changed = {told.change.field: told.after for told in history.told(Change.objects.filter(record_ref=made.pk))}
    told = (changed["answer"], changed["withdrawn_on"], changed["withdrawn_by"])
    assert told == ("withdrawn", "2026-03-05", "self")
    assert AccessLine.objects.filter(subject="consent", subject_id=str(made.pk), verb="changed").exists()


def test_who_withdrew_stands_with_a_withdrawal_only(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    made.withdrawn_by = "parent"
    with pytest.raises(ValidationError) as refused:
        made.save()
    assert set(refused.value.message_dict) == {"withdrawn_by"}


def test_a_withdrawal_is_not_held_up_by_limited_use(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    Person.objects.filter(pk=cast.person.pk).update(restricted_on=ASKED)
    ended = consent_actions.withdraw_consent(
        cast.case_worker, cast.case, made, given_by="self", withdrawn_on=ASKED, version=1
    )
    assert ended.answer == "withdrawn"


def test_a_later_no_of_the_same_giver_takes_the_yes_and_its_shares_back(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    share = cast.share(cast.case_worker, cast.person, made)
    cast.answer(cast.case_worker, cast.case, cast.person, answer="no", asked_on=dt.date(2026, 3, 9))
    made.refresh_from_db()
    assert (made.answer, made.withdrawn_on, made.withdrawn_by) == ("withdrawn", dt.date(2026, 3, 9), "self")
    assert has_ended(share)
    assert not has_consent(cast)


def test_a_later_yes_after_a_no_is_consent_again(cast: Cast) -> None:
    cast.answer(cast.case_worker, cast.case, cast.person, answer="no")
    assert not has_consent(cast)
    cast.answer(cast.case_worker, cast.case, cast.person)
    assert has_consent(cast)


def test_a_consent_is_withdrawn_once(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person, answer="no")
    with pytest.raises(NothingToDecideError):
        consent_actions.withdraw_consent(
            cast.case_worker, cast.case, made, given_by="self", withdrawn_on=ASKED, version=1
        )


def test_a_withdrawal_does_not_overwrite_what_a_colleague_did(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person, given_by="parent")
    cast.name_a_parent(cast.case, cast.person)
    consent_actions.allow_giver(cast.coordinator, cast.case, made, "the other parent", version=2)
    with pytest.raises(ChangedMeanwhileError):
        consent_actions.keep_aside(
            cast.case_worker,
            cast.case,
            set_aside_answers(cast.case_worker, [cast.person.pk], even_allowed=True)[0],
            "same parent",
            version=1,
        )


# --- suspected parents --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("relation", ["parent", "step_parent", "foster_parent"])
@pytest.mark.parametrize("giver", ["parent", "guardian"])
def test_no_parent_or_guardian_answers_while_a_parent_is_suspected(cast: Cast, relation: str, giver: str) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    actions.add_episode(cast.case_worker, case, person, {**EPISODE, "relations": ["partner", relation]})
    with pytest.raises(SuspectedGiverError):
        cast.answer(cast.case_worker, case, person, given_by=giver)
    assert not Consent.objects.exists()


def test_a_suspected_parent_cannot_refuse_either(cast: Cast) -> None:
    cast.name_a_parent(cast.case, cast.person)
    with pytest.raises(SuspectedGiverError):
        cast.answer(cast.case_worker, cast.case, cast.person, given_by="parent", answer="no")


def test_a_suspected_parent_cannot_withdraw_what_the_person_said(cast: Cast) -> None:
    made = cast.answer(cast.case_worker, cast.case, cast.person)
    cast.name_a_parent(cast.case, cast.person)
    with pytest.raises(SuspectedGiverError):
        consent_actions.withdraw_consent(
            cast.case_worker, cast.case, made, given_by="parent", withdrawn_on=ASKED, version=1
        )
    assert has_consent(cast)


def test_any_episode_of_any_record_of_the_same_person_counts(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    other_case, other = cast.person_of(cast.case_worker, age_band="09_11")
    third_case, third = cast.person_of(cast.case_worker, age_band="09_11")
    Person.objects.filter(pk=other.pk).update(merged_into=person.pk)
    Person.objects.filter(pk=third.pk).update(merged_into=other.pk)
    cast.name_a_parent(third_case, third)
    for one_case, one in ((case, person), (other_case, other), (third_case, third)):
        with pytest.raises(SuspectedGiverError):
            cast.answer(cast.case_worker, one_case, one, given_by="guardian")


def test_another_parent_waits_aside_until_another_colleague_allows_them(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    cast.name_a_parent(case, person)
    values = {**CONSENT, "recipient": cast.recipient.pk, "given_by": "parent", "why_able": "the mother, who fled"}
    made = consent_actions.record_consent(cast.case_worker, case, person, values, ask_colleague=True)
    assert made.set_aside_on is not None
    assert not has_consent(cast, person)
    with pytest.raises(OwnDecisionError):
        consent_actions.allow_giver(cast.case_worker, case, made, "she is not suspected", version=1)
    with pytest.raises(ValidationError):
        consent_actions.allow_giver(cast.coordinator, case, made, " ", version=1)
    allowed = consent_actions.allow_giver(cast.coordinator, case, made, "she is not suspected", version=1)
    assert (allowed.allowed_by, allowed.set_aside_on) == (cast.coordinator, None)
    assert reveal(allowed, "why_able") == "the mother, who fled\nshe is not suspected"
    assert has_consent(cast, person)


def test_an_answer_of_a_parent_is_set_aside_when_a_parent_is_named_later_in_the_same_save(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    by_parent = cast.answer(cast.case_worker, case, person, given_by="parent")
    by_child = cast.answer(cast.case_worker, case, person, why_able="wants it too")
    assert has_consent(cast, person)
    episode = actions.add_episode(cast.case_worker, case, person, EPISODE)
    assert has_consent(cast, person)
    actions.change_episode(cast.coordinator, case, episode, {"relations": ["partner", "step_parent"]}, version=1)
    by_parent.refresh_from_db()
    by_child.refresh_from_db()
    assert by_parent.set_aside_on is not None
    assert by_child.set_aside_on is None
    assert not has_consent(cast, person)
    assert list(queries.to_look_at(cast.case_worker)) == [by_parent]
    assert not queries.to_look_at(cast.stranger_case_worker)


def test_a_giver_who_was_allowed_is_looked_at_again_when_a_further_parent_is_named(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    made = cast.answer(cast.case_worker, case, person, given_by="parent")
    episode = cast.name_a_parent(case, person)
    consent_actions.allow_giver(cast.coordinator, case, made, "the other parent", version=2)
    actions.change_episode(cast.case_worker, case, episode, {"means": ["threat_images", "debt"]}, version=1)
    assert has_consent(cast, person)
    actions.change_episode(cast.case_worker, case, episode, {"relations": ["parent", "step_parent"]}, version=2)
    assert not has_consent(cast, person)


def test_whoever_looked_can_leave_it_aside_for_good_and_end_its_shares(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    made = cast.answer(cast.case_worker, case, person, given_by="parent")
    share = cast.share(cast.case_worker, person, made)
    cast.name_a_parent(case, person)
    assert not has_ended(share)
    consent_actions.keep_aside(cast.case_worker, case, made, "it is the same parent", version=2)
    assert has_ended(share)
    assert not queries.to_look_at(cast.case_worker)


def test_an_import_can_set_aside_what_it_brought_in_after_everything_is_saved(cast: Cast) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    made = cast.answer(cast.case_worker, case, person, given_by="guardian")
    other_case, other = cast.person_of(cast.case_worker, age_band="09_11")
    cast.answer(cast.case_worker, other_case, other, given_by="guardian")
    person.episodes.create(relations=["foster_parent"], forms=["sexual"])
    assert not has_consent(cast, person)  # also before anybody looked
    assert set_aside_answers(cast.case_worker, [person.pk, other.pk]) == [made]


def test_whether_many_persons_agreed_is_asked_in_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    people = [cast.person_of(cast.case_worker, age_band="27_29") for _ in range(6)]
    for case, person in people[::2]:
        cast.answer(cast.case_worker, case, person)
    keys = [person.pk for _case, person in people]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        agreed = queries.with_consent(keys, "referral", cast.recipient)
    assert agreed == set(keys[::2])


def test_what_a_parent_said_in_one_record_is_set_aside_when_it_is_counted_as_one_with_a_record_that_names_one(
    cast: Cast,
) -> None:
    case, person = cast.person_of(cast.case_worker, age_band="09_11")
    other_case, other = cast.person_of(cast.case_worker, age_band="09_11")
    made = cast.answer(cast.case_worker, case, person, given_by="parent")
    cast.name_a_parent(other_case, other)
    assert has_consent(cast, person)
    pair = Pair(person.pk, other.pk, {})
    count_as_one(cast.case_worker, pair)
    assert not has_consent(cast, person)
    assert list(queries.to_look_at(cast.case_worker)) == [made]
