"""What is changed in the register is checked, remembered, logged, and never overwrites what a colleague did."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from tests.cases.cast import EPISODE, PERSON, Cast

from zicht.cases import actions, history, queries
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError, NotThereError, RestrictedError, WrongStepError
from zicht.cases.models import Case, Change, Exploitation, Person
from zicht.people.models import AccessLine

CLOSING = {"state": "closed", "closed_on": dt.date(2026, 3, 9), "closure_reason": "goals_met"}


# --- opening ------------------------------------------------------------------------------------------------------
def test_a_case_belongs_to_whoever_opened_it_behind_the_wall_of_their_role(cast: Cast) -> None:
    assert (cast.case.owner, cast.case.org, cast.case.compartment) == (cast.case_worker, cast.case_worker.org, "help")
    assert (cast.case.state, cast.case.incoming_reason, cast.case.procedures) == ("active", "not_asked", ["not_asked"])


def test_a_counsellor_may_open_a_case(cast: Cast) -> None:
    assert actions.open_case(cast.counsellor, {}).owner == cast.counsellor


@pytest.mark.parametrize("who", ["analyst", "administrator", "privacy_officer", "shelter_worker", "reporter", "closed"])
def test_whoever_does_not_work_on_cases_cannot_open_one(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        actions.open_case(getattr(cast, who), {})
    assert not Case.objects.exists()


def test_the_same_form_sent_twice_makes_one_case_one_person_and_one_episode(cast: Cast) -> None:
    keys = [uuid4() for _ in range(3)]
    for _ in range(2):
        case = actions.open_case(cast.case_worker, {}, case_id=keys[0])
        person = actions.add_person(cast.case_worker, case, PERSON, person_id=keys[1])
        actions.add_episode(cast.case_worker, case, person, EPISODE, episode_id=keys[2])
    assert [model.objects.count() for model in (Case, Person, Exploitation)] == [1, 1, 1]
    assert Change.objects.filter(field=history.CREATED).count() == 3


def test_the_identifier_of_a_strangers_case_makes_no_case_and_tells_nothing(cast: Cast) -> None:
    theirs = actions.open_case(cast.stranger_case_worker, {})
    with pytest.raises(NotThereError):
        actions.open_case(cast.case_worker, {}, case_id=theirs.pk)
    assert list(Case.objects.all()) == [theirs]


# --- changing -----------------------------------------------------------------------------------------------------
def test_a_change_counts_the_version_up_and_keeps_what_was_there_before(cast: Cast) -> None:
    changed = actions.change_person(cast.case_worker, cast.case, cast.person, {"age_band": "12_15"}, version=1)
    assert (changed.age_band, changed.version) == ("12_15", 2)
    (told,) = history.told(Change.objects.filter(record_ref=changed.pk, field="age_band"))
    assert (told.before, told.after, told.change.changed_by) == ("16_17", "12_15", cast.case_worker)


def test_saving_what_is_there_already_changes_nothing(cast: Cast) -> None:
    same = actions.change_person(cast.case_worker, cast.case, cast.person, dict(PERSON), version=1)
    assert same.version == 1
    assert not Change.objects.exclude(field=history.CREATED).exists()


def test_a_field_that_a_colleague_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tf", "age_band": "12_15"}, version=1)
    with pytest.raises(ChangedMeanwhileError) as refused:
        actions.change_person(cast.case_worker, cast.case, cast.person, {"gender": "nb", "language": "nl"}, version=1)
    assert set(refused.value.theirs) == {"gender"}
    cast.person.refresh_from_db()
    assert (cast.person.gender, cast.person.language) == ("tf", "not_asked")


def test_another_field_than_a_colleague_changed_is_saved_beside_it(cast: Cast) -> None:
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tf"}, version=1)
    saved = actions.change_person(cast.case_worker, cast.case, cast.person, {"language": "nl"}, version=1)
    assert (saved.gender, saved.language, saved.version) == ("tf", "nl", 3)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"age_band": "17"}, "age_band"),
        ({"status_date": dt.date(2099, 1, 1)}, "status_date"),
        ({"nickname": "x"}, "nickname"),
        ({"gender": "nk"}, "gender"),
        ({"citizenship": ["NLD", "NLD"]}, "citizenship"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_stored(cast: Cast, values: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_person(cast.case_worker, cast.case, {**PERSON, **values})
    assert field in refused.value.message_dict
    assert not Person.objects.exists()


def test_a_case_moves_along_its_states_only(cast: Cast) -> None:
    case = actions.close_case(cast.case_worker, cast.case, CLOSING, version=1)
    assert not case.is_open
    with pytest.raises(WrongStepError):
        actions.follow_up_case(cast.case_worker, case, "follow_up", version=2)
    again = actions.reopen_case(cast.case_worker, case, version=2)
    assert (again.state, again.closed_on, again.closure_reason) == ("active", None, "")


def test_a_case_is_not_closed_without_a_reason(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.close_case(cast.case_worker, cast.case, {"state": "closed"}, version=1)
    assert set(refused.value.message_dict) == {"closed_on", "closure_reason"}


def test_data_whose_use_is_limited_are_not_changed(cast: Cast) -> None:
    Person.objects.filter(pk=cast.person.pk).update(restricted_on=dt.date(2026, 3, 3))
    with pytest.raises(RestrictedError):
        actions.change_person(cast.case_worker, cast.case, cast.person, {"gender": "m"}, version=1)


# --- walls --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "who", ["stranger_case_worker", "officer", "reporter", "analyst", "shelter_worker", "counsellor"]
)
def test_whoever_does_not_see_a_case_changes_nothing_in_it(cast: Cast, who: str) -> None:
    account = getattr(cast, who)
    with pytest.raises(NotThereError):
        actions.change_case(account, cast.case, {"procedures": ["complaint"]}, version=1)
    with pytest.raises(NotThereError):
        actions.change_person(account, cast.case, cast.person, {"gender": "m"}, version=1)
    with pytest.raises(NotThereError):
        actions.change_episode(account, cast.case, cast.episode, {"main_form": "labour"}, version=1)


def test_somebody_in_the_team_sees_the_case_and_its_persons_and_nothing_else(cast: Cast) -> None:
    other = actions.open_case(cast.case_worker, {})
    person = cast.person
    actions.set_team(cast.case_worker, cast.case, cast.case_worker, [cast.shelter_worker], version=1)
    assert list(Case.objects.visible_to(cast.shelter_worker)) == [cast.case]
    assert list(Person.objects.visible_to(cast.shelter_worker)) == [person]
    assert queries.find_case(cast.shelter_worker, other.pk) is None
    with pytest.raises(NotAllowedError):
        actions.change_case(cast.shelter_worker, cast.case, {"procedures": ["complaint"]}, version=2)


def test_nobody_of_elsewhere_gets_into_a_team(cast: Cast) -> None:
    for account in (cast.stranger_case_worker, cast.analyst, cast.reporter):
        with pytest.raises(NotAllowedError):
            actions.set_team(cast.case_worker, cast.case, cast.case_worker, [account], version=1)


def test_only_the_team_reads_texts(cast: Cast) -> None:
    assert queries.may_read_text(cast.case_worker, cast.case)
    assert not queries.may_read_text(cast.second_case_worker, cast.case)
    actions.set_team(cast.case_worker, cast.case, cast.case_worker, [cast.second_case_worker], version=1)
    assert queries.may_read_text(cast.second_case_worker, cast.case)


# --- log ----------------------------------------------------------------------------------------------------------
def test_every_change_writes_a_line_in_the_access_log(cast: Cast) -> None:
    actions.change_person(cast.case_worker, cast.case, cast.person, {"gender": "m"}, version=1)
    lines = AccessLine.objects.filter(account=cast.case_worker, compartment="help")
    told = [(line.verb, line.subject, line.subject_id) for line in lines.order_by("sequence")]
    assert told == [
        ("opened", "case", str(cast.case.pk)),
        ("opened", "person", str(cast.person.pk)),
        ("changed", "person", str(cast.person.pk)),
    ]
