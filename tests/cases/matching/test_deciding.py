"""Two records are counted as one, or apart, by somebody who may change both; taken back, everything is as it was."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from tests.cases.cast import EPISODE, PERSON, Cast

from zicht.cases import actions as case_actions
from zicht.cases import history
from zicht.cases.errors import ChangedMeanwhileError, NotThereError, RestrictedError
from zicht.cases.matching import actions, queries
from zicht.cases.matching.actions import Pair
from zicht.cases.matching.errors import ContradictionError, DecidedAlreadyError
from zicht.cases.models import Case, Change, Match, Person
from zicht.cases.rights.erasing import erase
from zicht.people.models import AccessLine, Account

RARE: dict[str, object] = {**PERSON, "language": "so", "citizenship": ["SOM"], "citizenship_group": "non_eu"}


def add(cast: Cast, **values: object) -> Person:
    return case_actions.add_person(cast.case_worker, cast.case, {**RARE, **values})


def pair(one: Person, other: Person) -> Pair:
    return Pair(one.pk, other.pk, {})


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def counted(*persons: Person) -> list[UUID | None]:
    return [fresh(person).merged_into_id for person in persons]


# --- suggesting -----------------------------------------------------------------------------------------------------
def test_a_person_who_is_added_again_is_suggested_with_the_fields_that_agree(cast: Cast) -> None:
    for _ in range(12):
        add(cast, language="nl", citizenship=["NLD"], citizenship_group="nl", gender="m", age_band="30_38")
    first, second = add(cast), add(cast)
    match = Match.objects.get(person_a__in=[first, second], person_b__in=[first, second])
    assert match.state in ("likely", "possible")
    assert match.reasons.startswith("agree: gender, age_band, citizenship, citizenship_group, language; unknown: ")
    assert (match.decided_by, match.decided_on) == (None, None)


def test_a_suggestion_goes_when_nothing_speaks_for_it_any_more(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    assert Match.objects.count() == 1
    values = {"gender": "m", "age_band": "48_up", "citizenship": ["NLD"], "citizenship_group": "nl", "language": "nl"}
    case_actions.change_person(cast.case_worker, cast.case, second, values, version=1)
    assert not Match.objects.filter(person_a__in=[first, second]).exists()


def test_an_episode_that_agrees_makes_a_pair_more_alike(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    before = Match.objects.get().score
    for person in (first, second):
        case_actions.add_episode(cast.case_worker, cast.case, person, {**EPISODE, "start_month": "2024-05"})
    match = Match.objects.get()
    assert match.score is not None
    assert before is not None
    assert match.score > before
    assert "start_month" in match.reasons


def test_nothing_is_suggested_across_organisations_or_walls(cast: Cast) -> None:
    add(cast)
    theirs = case_actions.open_case(cast.stranger_case_worker, {})
    case_actions.add_person(cast.stranger_case_worker, theirs, RARE)
    police = case_actions.open_case(cast.officer, {})
    case_actions.add_person(cast.officer, police, RARE)
    assert not Match.objects.exists()


def test_nobody_whose_data_may_not_be_used_is_compared(cast: Cast) -> None:
    Person.objects.filter(pk=add(cast).pk).update(restricted_on=dt.date(2026, 3, 3))
    add(cast)
    assert not Match.objects.exists()


def test_a_decision_stays_whatever_is_changed_afterwards(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    actions.count_apart(cast.case_worker, pair(first, second))
    case_actions.change_person(cast.case_worker, cast.case, first, {"gender": "m"}, version=1)
    assert Match.objects.get().state == "different"


# --- deciding -------------------------------------------------------------------------------------------------------
def test_two_records_that_are_one_person_count_as_the_one_registered_first_and_both_stay_whole(cast: Cast) -> None:
    first, second = add(cast, first_registered=2026), add(cast, first_registered=2024)
    case_actions.add_episode(cast.case_worker, cast.case, first, EPISODE)
    actions.count_as_one(cast.case_worker, pair(first, second))
    assert counted(first, second) == [second.pk, None]
    assert fresh(first).episodes.count() == 1
    assert fresh(first).cases.get() == cast.case
    assert set(Person.objects.counted_once()) == {second}


def test_a_decision_names_who_made_it_and_is_logged(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    match = actions.count_as_one(cast.coordinator, pair(first, second))
    assert (match.decided_by, match.decided_on is not None) == (cast.coordinator, True)
    line = AccessLine.objects.get(verb="merged")
    assert (line.subject, line.subject_id, line.account) == ("match", str(match.pk), cast.coordinator)
    actions.undo(cast.case_worker, pair(first, second))
    assert AccessLine.objects.filter(verb="merged", subject_id=str(match.pk)).count() == 2


def test_three_records_point_at_one_and_never_at_each_other(cast: Cast) -> None:
    third, second, first = (add(cast, first_registered=year) for year in (2026, 2025, 2024))
    actions.count_as_one(cast.case_worker, pair(third, second))
    actions.count_as_one(cast.case_worker, pair(second, first))
    assert counted(third, second, first) == [first.pk, first.pk, None]
    actions.undo(cast.case_worker, pair(second, first))
    assert counted(third, second, first) == [second.pk, None, None]


def test_the_same_decision_sent_twice_is_one_decision(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    for _ in range(2):
        actions.count_as_one(cast.case_worker, pair(first, second))
    assert AccessLine.objects.filter(verb="merged").count() == 1


def test_another_decision_about_the_same_two_needs_the_first_to_be_taken_back(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    actions.count_as_one(cast.case_worker, pair(first, second))
    with pytest.raises(DecidedAlreadyError):
        actions.count_apart(cast.coordinator, pair(first, second))
    actions.undo(cast.coordinator, pair(first, second))
    actions.count_apart(cast.coordinator, pair(first, second))
    assert counted(first, second) == [None, None]


def test_decisions_that_contradict_each_other_through_a_third_record_are_refused(cast: Cast) -> None:
    one, two, three = (add(cast) for _ in range(3))
    actions.count_as_one(cast.case_worker, pair(one, two))
    actions.count_as_one(cast.case_worker, pair(two, three))
    with pytest.raises(ContradictionError):
        actions.count_apart(cast.case_worker, pair(one, three))
    actions.undo(cast.case_worker, pair(two, three))
    actions.count_apart(cast.case_worker, pair(one, three))
    with pytest.raises(ContradictionError):
        actions.count_as_one(cast.case_worker, pair(two, three))
    assert counted(three) == [None]


def test_two_records_can_be_one_person_without_a_suggestion_and_taking_it_back_leaves_none(cast: Cast) -> None:
    first = add(cast)
    unlike = {"gender": "m", "age_band": "48_up", "citizenship": ["NLD"], "citizenship_group": "nl", "language": "nl"}
    second = add(cast, **unlike)
    assert not Match.objects.exists()
    actions.count_as_one(cast.case_worker, pair(first, second))
    actions.undo(cast.case_worker, pair(first, second))
    assert not Match.objects.exists()


def test_a_record_is_not_the_same_as_itself(cast: Cast) -> None:
    one = add(cast)
    with pytest.raises(NotThereError):
        actions.count_as_one(cast.case_worker, pair(one, one))


# --- values ---------------------------------------------------------------------------------------------------------
def test_the_counted_record_gets_the_values_that_were_chosen_and_undo_gives_its_own_back(cast: Cast) -> None:
    first, second = add(cast, gender="f", in_school=True), add(cast, gender="tf", first_registered=2027 - 1)
    root, other = sorted([first, second], key=lambda person: person.pk)
    own = history.value_of(fresh(root), "gender")
    match = actions.count_as_one(cast.case_worker, pair(first, second), {"gender": other.pk})
    assert (fresh(root).gender, fresh(other).gender) == (other.gender, other.gender)
    (change,) = Change.objects.filter(record_ref=root.pk, field="gender")
    assert change.cause == match.pk
    actions.undo(cast.case_worker, pair(first, second))
    assert (fresh(root).gender, fresh(other).gender) == (own, other.gender)


def test_undo_leaves_a_value_that_somebody_changed_since(cast: Cast) -> None:
    first, second = add(cast, gender="f", first_registered=2020), add(cast, gender="tf", language="nl")
    actions.count_as_one(cast.case_worker, pair(first, second), {"gender": second.pk, "language": second.pk})
    version = fresh(first).version
    case_actions.change_person(cast.coordinator, cast.case, first, {"gender": "nb"}, version=version)
    actions.undo(cast.case_worker, pair(first, second))
    assert (fresh(first).gender, fresh(first).language) == ("nb", "so")


def test_a_decision_made_and_taken_back_twice_ends_where_it_began(cast: Cast) -> None:
    first, second = add(cast, gender="f", first_registered=2020), add(cast, gender="tf")
    actions.count_as_one(cast.case_worker, pair(first, second), {"gender": second.pk})
    actions.undo(cast.case_worker, pair(first, second))
    actions.count_as_one(cast.case_worker, pair(first, second))
    actions.undo(cast.case_worker, pair(first, second))
    assert fresh(first).gender == "f"


def test_a_decision_about_records_that_changed_since_the_page_was_opened_is_refused(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    seen = Pair(first.pk, second.pk, {first.pk: 1, second.pk: 1})
    case_actions.change_person(cast.coordinator, cast.case, second, {"in_school": True}, version=1)
    for decide in (actions.count_as_one, actions.count_apart):
        with pytest.raises(ChangedMeanwhileError):
            decide(cast.case_worker, seen)
    assert counted(first, second) == [None, None]


# --- who may not ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "who", ["stranger_case_worker", "officer", "reporter", "analyst", "shelter_worker", "counsellor", "administrator"]
)
def test_whoever_may_not_change_both_records_decides_nothing(cast: Cast, who: str) -> None:
    first, second = add(cast), add(cast)
    account: Account = getattr(cast, who)
    for decide in (actions.count_as_one, actions.count_apart, actions.undo):
        with pytest.raises(NotThereError):
            decide(account, pair(first, second))
    assert not AccessLine.objects.filter(verb="merged").exists()


def test_a_record_of_another_organisation_is_as_one_that_never_was(cast: Cast) -> None:
    theirs = case_actions.open_case(cast.stranger_case_worker, {})
    stranger = case_actions.add_person(cast.stranger_case_worker, theirs, RARE)
    own = add(cast)
    for other in (stranger.pk, uuid4()):
        with pytest.raises(NotThereError):
            actions.count_as_one(cast.case_worker, Pair(own.pk, other, {}))


def test_somebody_who_sees_only_own_cases_neither_learns_of_nor_decides_about_records_beyond_them(cast: Cast) -> None:
    own: Case = case_actions.open_case(cast.counsellor, {})
    one, two = (case_actions.add_person(cast.counsellor, own, RARE) for _ in range(2))
    assert [told.other for told in queries.matches_of(cast.counsellor, one)] == [two]
    hidden = add(cast, first_registered=2020)
    assert [told.other for told in queries.matches_of(cast.counsellor, one)] == [two]
    actions.count_as_one(cast.case_worker, pair(two, hidden))
    # Deciding about these two would now decide about the hidden one as well.
    assert queries.matches_of(cast.counsellor, one) == []
    assert queries.open_matches(cast.counsellor).matches == []
    assert queries.counted_with(cast.counsellor, [fresh(two)]) == {}
    with pytest.raises(NotThereError):
        actions.count_as_one(cast.counsellor, pair(one, two))


def test_nothing_is_decided_about_data_whose_use_is_limited(cast: Cast) -> None:
    first, second = add(cast), add(cast)
    Person.objects.filter(pk=second.pk).update(restricted_on=dt.date(2026, 3, 3))
    with pytest.raises(RestrictedError):
        actions.count_as_one(cast.case_worker, pair(first, second))
    assert queries.matches_of(cast.case_worker, first) == []


# --- reading --------------------------------------------------------------------------------------------------------
def test_what_is_counted_as_one_already_waits_for_nobody(cast: Cast) -> None:
    one, two, three = (add(cast) for _ in range(3))
    assert len(queries.open_matches(cast.case_worker).matches) == 3
    actions.count_as_one(cast.case_worker, pair(one, two))
    actions.count_as_one(cast.case_worker, pair(two, three))
    assert queries.open_matches(cast.case_worker).matches == []


def test_the_list_goes_on_where_the_page_before_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        add(cast)
    every = [told.match.pk for told in queries.open_matches(cast.case_worker).matches]
    monkeypatch.setattr(queries, "ON_A_PAGE", 3)
    read, begin = [], ""
    while True:
        page = queries.open_matches(cast.case_worker, begin)
        read += [told.match.pk for told in page.matches]
        begin = page.more
        if not begin:
            break
    assert read == every
    assert len(every) == 10


def test_a_record_that_is_erased_leaves_the_others_counted_without_it(cast: Cast) -> None:
    one, two, three = (add(cast, first_registered=year) for year in (2020, 2021, 2022))
    actions.count_as_one(cast.case_worker, pair(one, two))
    actions.count_as_one(cast.case_worker, pair(one, three))
    actions.count_as_one(cast.case_worker, pair(two, three))
    actions.take_out(one.org_id, [one.pk])
    one.delete()
    assert counted(two, three) == [None, two.pk]


def test_erasing_one_of_three_counts_the_others_anew(cast: Cast) -> None:
    one, two, three = (add(cast, first_registered=year) for year in (2020, 2021, 2022))
    actions.count_as_one(cast.case_worker, pair(one, two))
    actions.count_as_one(cast.case_worker, pair(two, three))
    erase(cast.case_worker, [one.pk], [], reason="request")
    assert counted(two, three) == [None, two.pk]
    assert not Match.objects.filter(state="same").exclude(person_a__in=[two, three], person_b__in=[two, three]).exists()
