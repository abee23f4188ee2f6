"""Changing the register through its pages: two people at once, a form sent twice, and everything somebody may type."""

import datetime as dt
import re
from uuid import UUID, uuid4

import pytest
from tests.cases.cast import EPISODE, PERSON, Cast
from tests.cases.test_pages import code, join_team, main_of, of_case, of_episode, of_person, page, register_as_stored
from tests.people.conftest import SignIn

from zicht.cases import actions
from zicht.cases.models import Assessment, Case, Change, Exploitation, Person, PlaceEvent
from zicht.people.sealed import reveal

WHO = {
    "age_band": "16_17",
    "age_start_band": "not_asked",
    "gender": "f",
    "citizenship_group": "nl",
    "language": "not_asked",
}


def fresh(record: Case | Person | Exploitation) -> Case | Person | Exploitation:
    found: Case | Person | Exploitation = type(record).objects.get(pk=record.pk)
    return found


# --- one topic a page ---------------------------------------------------------------------------------------------
def test_a_topic_is_saved_and_leads_back_to_the_person(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    fields = {**WHO, "gender": "tf", "citizenship": ["NLD", "", "MAR"], "language": "ar", "version": 1}
    answer = browser.post(of_person("ask/who/")(cast), **fields)
    assert answer.headers["Location"] == f"/staff/cases/{cast.case.pk}/#{code(cast.person)}"
    person = Person.objects.get()
    assert (person.gender, person.citizenship, person.language) == ("tf", ["NLD", "MAR"], "ar")
    assert person.version == 2


def test_saving_may_lead_on_to_the_next_topic(cast: Cast, sign_in: SignIn) -> None:
    fields = {**WHO, "citizenship": ["not_asked"], "version": 1, "further": "1"}
    answer = sign_in(cast.case_worker).post(of_person("ask/who/")(cast), **fields)
    assert answer.headers["Location"] == of_person("ask/status/")(cast)


def test_a_save_that_changes_nothing_leaves_no_history(cast: Cast, sign_in: SignIn) -> None:
    address = of_person("ask/who/")(cast)
    before = register_as_stored()
    assert sign_in(cast.case_worker).post(address, **WHO, citizenship=["not_asked"], version=1).status_code == 302
    assert register_as_stored() == before


def test_what_does_not_fit_in_its_column_is_refused_in_words_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = of_person("ask/circumstances/")(cast)
    answer = browser.post(f"/en{address}", own_children="99999999", in_school="", version=1)
    assert "This number is too large to store." in answer.content.decode()
    assert 'value="99999999"' in answer.content.decode()
    assert Person.objects.get().version == 1


def test_an_organisation_is_chosen_by_its_name(cast: Cast, sign_in: SignIn) -> None:
    assert code(cast.case)
    other = cast.stranger.org
    fields = {"opened_on": "2026-03-02", "incoming_from": str(other.pk), "incoming_reason": "shelter", "version": 1}
    browser = sign_in(cast.case_worker)
    browser.post(of_case("ask/intake/")(cast), **fields)
    assert Case.objects.get().incoming_from == other
    assert other.org_name in page(browser, of_case("")(cast))


def test_an_episode_and_a_place_are_added_in_words(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    browser.post(of_person("episodes/add/")(cast), forms=["sexual", "criminal"], main_form="sexual")
    episode = Exploitation.objects.get()
    address = f"/staff/cases/{cast.case.pk}/episodes/{episode.pk}/places/add/"
    browser.post(address, event_kind="exploitation", level="municipality", place_code="amsterdam", period="2025-05")
    browser.post(address, event_kind="transit", level="country", place_code="België")
    assert {place.place_code for place in PlaceEvent.objects.all()} == {"GM0363", "BEL"}
    content = page(browser, of_case("")(cast))
    assert "Uitbuiting, Amsterdam, mei 2025" in content
    assert "Doorreis, België" in content


def test_a_place_that_does_not_exist_is_refused_in_words(cast: Cast, sign_in: SignIn) -> None:
    fields = {"event_kind": "transit", "level": "municipality", "place_code": "Dorpsstraat 3, Ons Dorp"}
    content = sign_in(cast.case_worker).post(f"/en{of_episode('places/add/')(cast)}", **fields).content.decode()
    assert "This is no code of the level" in content
    assert not PlaceEvent.objects.exists()


def test_a_place_is_taken_back_and_stays_in_the_history(cast: Cast, sign_in: SignIn) -> None:
    where = {"event_kind": "transit", "level": "country", "place_code": "BEL"}
    place = actions.add_place(cast.case_worker, cast.case, cast.episode, where)
    browser = sign_in(cast.case_worker)
    address = f"/staff/cases/{cast.case.pk}/places/{place.pk}/remove/"
    assert browser.get(address).status_code == 405
    for reader in (cast.stranger_case_worker, cast.analyst):
        assert sign_in(reader).post(address).status_code == 404
    assert PlaceEvent.objects.count() == 1
    assert browser.post(address).status_code == 302
    assert not PlaceEvent.objects.exists()
    assert page(browser, f"/en{of_case('history/')(cast)}").count("Belgium") == 2
    assert browser.post(address).status_code == 404


# --- the steps of a case ------------------------------------------------------------------------------------------
def test_closing_asks_why_and_names_what_follows(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = f"/en{of_case('close/')(cast)}"
    assert "begins on the day of closing" in page(browser, address)
    refused = browser.post(address, state="closed", closed_on="2026-03-09", closure_reason="", version=1)
    assert 'href="#id_closure_reason"' in refused.content.decode()
    assert Case.objects.get().is_open
    browser.post(address, state="closed", closed_on="2026-03-09", closure_reason="goals_met", version=1)
    case = Case.objects.get()
    assert (case.state, case.closed_on, case.closure_reason) == ("closed", dt.date(2026, 3, 9), "goals_met")


@pytest.mark.parametrize("day", ["2026-03-01", "2999-01-01", "", "soon"])
def test_a_case_is_not_closed_before_it_was_opened_or_in_the_future(cast: Cast, sign_in: SignIn, day: str) -> None:
    fields = {"state": "closed", "closed_on": day, "closure_reason": "lost", "version": 1}
    content = sign_in(cast.case_worker).post(of_case("close/")(cast), **fields).content.decode()
    assert 'href="#id_closed_on"' in content
    assert Case.objects.get().is_open


def test_a_case_cannot_be_closed_into_an_open_state(cast: Cast, sign_in: SignIn) -> None:
    fields = {"state": "follow_up", "closed_on": "2026-03-09", "closure_reason": "lost", "version": 1}
    content = sign_in(cast.case_worker).post(of_case("close/")(cast), **fields).content.decode()
    assert 'href="#id_state"' in content
    assert Case.objects.get().state == "active"


def test_a_case_goes_to_follow_up_and_a_closed_one_is_opened_again(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    browser.post(of_case("move/")(cast), state="follow_up", version=1)
    assert Case.objects.get().state == "follow_up"
    fields = {"state": "closed", "closed_on": "2026-03-09", "closure_reason": "lost", "version": 2}
    browser.post(of_case("close/")(cast), **fields)
    assert "Open this case again" in page(browser, f"/en{of_case('')(cast)}")
    assert browser.get(of_case("close/")(cast)).status_code == 302
    browser.post(of_case("move/")(cast), state="active", version=3)
    assert (Case.objects.get().state, Case.objects.get().closed_on) == ("active", None)


@pytest.mark.parametrize(
    "fields", [{"state": "closed", "version": 1}, {"state": "gone", "version": 1}, {"state": "follow_up"}]
)
def test_a_step_that_is_none_does_not_exist(cast: Cast, sign_in: SignIn, fields: dict[str, object]) -> None:
    assert sign_in(cast.case_worker).post(of_case("move/")(cast), **fields).status_code == 404
    assert Case.objects.get().state == "active"


def test_a_step_that_a_colleague_took_already_is_said(cast: Cast, sign_in: SignIn) -> None:
    actions.follow_up_case(cast.coordinator, cast.case, "follow_up", version=1)
    fields = {"state": "closed", "closed_on": "2026-03-09", "closure_reason": "lost", "version": 1}
    content = sign_in(cast.case_worker).post(f"/en{of_case('close/')(cast)}", **fields).content.decode()
    assert "Somebody else changed this meanwhile" in content
    assert Case.objects.get().state == "follow_up"


def test_owner_and_team_are_colleagues_who_work_on_such_cases(cast: Cast, sign_in: SignIn) -> None:
    assert {one.shown_as for one in (cast.coordinator, cast.shelter_worker, cast.analyst)}
    browser = sign_in(cast.case_worker)
    content = main_of(page(browser, of_case("team/")(cast)))
    assert "Carla" in content
    assert "Sofie" in content
    assert "Arend" not in content
    fields = {"owner": str(cast.coordinator.pk), "team": [str(cast.shelter_worker.pk)], "version": 1}
    browser.post(of_case("team/")(cast), **fields)
    case = Case.objects.get()
    assert (case.owner, list(case.team.all())) == (cast.coordinator, [cast.shelter_worker])


@pytest.mark.parametrize("who", ["analyst", "stranger_case_worker"])
def test_nobody_else_gets_into_a_team_by_a_forged_form(cast: Cast, sign_in: SignIn, who: str) -> None:
    fields = {"owner": str(cast.case_worker.pk), "team": [str(getattr(cast, who).pk)], "version": 1}
    browser = sign_in(cast.case_worker)
    content = browser.post(f"/en{of_case('team/')(cast)}", **fields).content.decode()
    assert "Choose among the colleagues" in content
    assert not Case.objects.get().team.exists()


# --- notes --------------------------------------------------------------------------------------------------------
def test_a_note_is_put_below_the_others_with_day_and_writer(cast: Cast, sign_in: SignIn) -> None:
    join_team(cast, cast.coordinator)
    sign_in(cast.case_worker).post(of_case("notes/")(cast), text="walked in on Monday")
    sign_in(cast.coordinator).post(of_case("notes/")(cast), text="called the shelter\r\ntwice")
    written = reveal(Case.objects.get(), "comments")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d, Wanda:\nwalked in on Monday\n\n\d{4}-\d\d-\d\d, Carla:\ncalled the shelter\ntwice", written
    )


def test_a_note_that_is_sent_twice_stands_there_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    for _ in range(2):
        assert browser.post(of_case("notes/")(cast), text="walked in").status_code == 302
    assert reveal(Case.objects.get(), "comments").count("walked in") == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001, "a\u202eb", "bell \x07"])
def test_a_note_that_cannot_be_kept_is_given_back(cast: Cast, sign_in: SignIn, text: str) -> None:
    content = sign_in(cast.case_worker).post(of_case("notes/")(cast), text=text).content.decode()
    assert 'href="#id_text"' in content
    assert not Case.objects.get().comments


def test_notes_that_are_full_say_how_much_fits_in_and_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    address = f"/en{of_case('notes/')(cast)}"
    browser.post(address, text="a" * 9_000)
    content = browser.post(address, text="b" * 2_000).content.decode()
    left = int(re.search(r"nearly full: (\d+) characters fit in", content)[1])  # type: ignore[index]
    assert "b" * 2_000 in content
    assert browser.post(address, text="c" * (left + 1)).status_code == 200
    assert browser.post(address, text="c" * left).status_code == 302
    assert "c" * left in reveal(Case.objects.get(), "comments")


def test_notes_hold_what_people_write_and_show_it_as_text(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    text = "<script>alert(1)</script> 👩‍👧 مرحبا \u200f =cmd|x"
    browser.post(of_case("notes/")(cast), text=text)
    assert text in reveal(Case.objects.get(), "comments")
    content = main_of(page(browser, of_case("")(cast)))
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


# --- assessments --------------------------------------------------------------------------------------------------
def test_an_assessment_is_kept_beside_earlier_ones_and_does_not_change_the_status(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    key = str(uuid4())
    fields = {"made_on": "2026-03-02", "conclusion": "identified", "reason": "three signals", "new_id": key}
    for _ in range(2):
        assert browser.post(of_person("assess/")(cast), **fields).status_code == 302
    browser.post(of_person("assess/")(cast), made_on="2026-03-03", conclusion="possible", reason="one was a mistake")
    assert Assessment.objects.count() == 2
    assert Person.objects.get().status == "possible"
    content = page(browser, of_case("")(cast))
    assert "three signals" in content
    assert "one was a mistake" in content


def test_the_identifier_of_a_strangers_assessment_makes_none_and_tells_nothing(cast: Cast, sign_in: SignIn) -> None:
    theirs = actions.open_case(cast.stranger_case_worker, {})
    person = actions.add_person(cast.stranger_case_worker, theirs, PERSON)
    made = actions.assess(
        cast.stranger_case_worker,
        theirs,
        person,
        {"made_on": theirs.opened_on, "conclusion": "possible", "reason": "x"},
    )
    fields = {"made_on": "2026-03-02", "conclusion": "possible", "reason": "y", "new_id": str(made.pk)}
    assert sign_in(cast.case_worker).post(of_person("assess/")(cast), **fields).status_code == 404
    assert Assessment.objects.count() == 1


# --- markers ------------------------------------------------------------------------------------------------------
def test_two_persons_share_a_household_by_code_and_are_shown_to_each_other(cast: Cast, sign_in: SignIn) -> None:
    other_case = actions.open_case(cast.case_worker, {})
    sister = actions.add_person(cast.case_worker, other_case, PERSON)
    browser = sign_in(cast.case_worker)
    browser.post(of_person("household/")(cast), code=code(sister).lower(), version=1)
    keys = {person.household_key for person in Person.objects.all()}
    assert len(keys) == 1
    assert isinstance(keys.pop(), UUID)
    assert code(sister) in page(browser, of_case("")(cast))
    browser.post(of_person("household/")(cast), leave="1", version=2)
    assert Person.objects.get(pk=cast.person.pk).household_key is None
    assert code(sister) not in page(browser, of_case("")(cast))


def test_a_household_shows_nobody_whom_the_reader_may_not_see(cast: Cast, sign_in: SignIn) -> None:
    own = actions.open_case(cast.counsellor, {})
    person = actions.add_person(cast.counsellor, own, PERSON)
    sign_in(cast.case_worker).post(of_person("household/")(cast), code=code(person), version=1)
    assert Person.objects.get(pk=person.pk).household_key is not None
    assert code(cast.person) not in page(sign_in(cast.counsellor), f"/staff/cases/{own.pk}/")


@pytest.mark.parametrize("who", ["own", "nobody", "stranger", "half"])
def test_a_code_that_leads_nowhere_is_said_and_marks_nothing(cast: Cast, sign_in: SignIn, who: str) -> None:
    theirs = actions.open_case(cast.stranger_case_worker, {})
    stranger = actions.add_person(cast.stranger_case_worker, theirs, PERSON)
    typed = {"own": code(cast.person), "nobody": "0000-0000", "stranger": code(stranger), "half": code(cast.person)[:4]}
    address = f"/en{of_person('household/')(cast)}"
    content = sign_in(cast.case_worker).post(address, code=typed[who], version=1).content.decode()
    assert "There is no other record with this code" in content
    assert not Person.objects.exclude(household_key=None).exists()


def test_two_episodes_are_marked_as_one_situation(cast: Cast, sign_in: SignIn) -> None:
    person = actions.add_person(cast.case_worker, cast.case, PERSON)
    other = actions.add_episode(cast.case_worker, cast.case, person, EPISODE)
    browser = sign_in(cast.case_worker)
    browser.post(of_episode("situation/")(cast), code=code(other), version=1)
    assert len({episode.situation_id for episode in Exploitation.objects.all()}) == 1
    assert Change.objects.filter(field="situation_id").count() == 2


def test_somebody_who_is_registered_already_is_put_in_a_further_case(cast: Cast, sign_in: SignIn) -> None:
    further = actions.open_case(cast.case_worker, {})
    browser = sign_in(cast.case_worker)
    address = f"/staff/cases/{further.pk}/persons/put/"
    assert address in page(browser, f"/staff/cases/{further.pk}/persons/add/")
    answer = browser.post(address, code=code(cast.person))
    assert answer.status_code == 302
    assert list(further.persons.all()) == [cast.person]


# --- two people at once -------------------------------------------------------------------------------------------
def test_a_colleagues_change_of_another_field_stays_and_is_told(cast: Cast, sign_in: SignIn) -> None:
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tf"}, version=1)
    browser = sign_in(cast.case_worker)
    answer = browser.client.post(
        f"/en{of_person('ask/who/')(cast)}",
        {**WHO, "citizenship": ["NLD"], "version": 1, "csrfmiddlewaretoken": browser.token},
        follow=True,
    )
    person = Person.objects.get()
    assert (person.gender, person.citizenship, person.version) == ("tf", ["NLD"], 3)
    assert "Meanwhile Carla changed: Gender" in answer.content.decode()


def clash(cast: Cast, sign_in: SignIn) -> tuple[object, str]:
    """Let two people change the same field, and give the browser and the answer of the second."""
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tf"}, version=1)
    browser = sign_in(cast.case_worker)
    fields = {**WHO, "gender": "nb", "citizenship": ["NLD", "MAR"], "version": 1}
    return browser, browser.post(f"/en{of_person('ask/who/')(cast)}", **fields).content.decode()


def fields_of(content: str) -> dict[str, list[str]]:
    """Give what a browser would send of the form on a page: hidden fields and chosen radio buttons."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", main_of(content)):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="radio"' not in tag:
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_two_who_changed_one_field_see_both_values_and_nothing_is_saved_yet(cast: Cast, sign_in: SignIn) -> None:
    _, content = clash(cast, sign_in)
    for text in (
        "Changed by two people",
        "Carla filled in",
        "Trans woman or girl",
        "Non-binary",
        "It was: Woman or girl",
    ):
        assert text in content, text
    person = Person.objects.get()
    assert (person.gender, person.citizenship, person.version) == ("tf", ["not_asked"], 2)


@pytest.mark.parametrize(("kept", "gender"), [("theirs", "tf"), ("mine", "nb")])
def test_the_choice_is_kept_and_the_rest_of_the_form_is_not_lost(
    cast: Cast, sign_in: SignIn, kept: str, gender: str
) -> None:
    browser, content = clash(cast, sign_in)
    fields = {**fields_of(content), "keep-gender": kept}
    answer = browser.post(of_person("ask/who/")(cast), **fields)  # type: ignore[attr-defined]
    assert answer.status_code == 302
    person = Person.objects.get()
    assert (person.gender, person.citizenship) == (gender, ["NLD", "MAR"])


def test_a_choice_that_was_not_made_is_asked_for_again(cast: Cast, sign_in: SignIn) -> None:
    browser, content = clash(cast, sign_in)
    assert "checked" not in main_of(content)
    answer = browser.post(f"/en{of_person('ask/who/')(cast)}", **fields_of(content))  # type: ignore[attr-defined]
    assert "Changed by two people" in answer.content.decode()
    person = Person.objects.get()
    assert (person.gender, person.citizenship) == ("tf", ["not_asked"])


def test_a_field_that_only_the_colleague_changed_is_not_turned_back_by_the_choice(cast: Cast, sign_in: SignIn) -> None:
    browser, content = clash(cast, sign_in)
    actions.change_person(cast.coordinator, cast.case, cast.person, {"age_band": "12_15"}, version=2)
    browser.post(of_person("ask/who/")(cast), **{**fields_of(content), "keep-gender": "mine"})  # type: ignore[attr-defined]
    person = Person.objects.get()
    assert (person.gender, person.age_band) == ("nb", "12_15")


def test_a_colleague_who_changes_the_field_once_more_is_asked_about_again(cast: Cast, sign_in: SignIn) -> None:
    browser, content = clash(cast, sign_in)
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tm"}, version=2)
    answer = browser.post(f"/en{of_person('ask/who/')(cast)}", **{**fields_of(content), "keep-gender": "mine"})  # type: ignore[attr-defined]
    assert "Trans man or boy" in answer.content.decode()
    assert Person.objects.get().gender == "tm"


def test_two_who_change_the_team_are_told_of_each_other_by_name(cast: Cast, sign_in: SignIn) -> None:
    join_team(cast, cast.shelter_worker)
    fields = {"owner": str(cast.case_worker.pk), "team": [str(cast.coordinator.pk)], "version": 1}
    content = sign_in(cast.second_case_worker).post(f"/en{of_case('team/')(cast)}", **fields).content.decode()
    assert "Wanda filled in: <strong>Sofie</strong>" in content
    assert "Filled in here: <strong>Carla</strong>" in content


# --- sent twice, sent wrongly -------------------------------------------------------------------------------------
def test_a_new_person_and_a_new_episode_are_made_once_by_a_form_that_is_sent_twice(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    person, episode = {"new_id": str(uuid4())}, {"new_id": str(uuid4())}
    status = {"status": "possible", "status_by": "ngo", "status_date": "2026-03-02"}
    for _ in range(2):
        browser.post(of_case("persons/add/")(cast), **status, **person)
        browser.post(of_person("episodes/add/")(cast), forms=["labour"], main_form="labour", **episode)
    assert (Person.objects.count(), Exploitation.objects.count()) == (2, 1)


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30])
def test_a_form_without_a_version_that_can_be_is_refused(cast: Cast, sign_in: SignIn, version: str) -> None:
    answer = sign_in(cast.case_worker).post(of_person("ask/who/")(cast), **{**WHO, "gender": "m", "version": version})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert Person.objects.get().gender == "f"


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        (of_person("ask/who/"), {"gender": "<script>alert(1)</script>", "version": 1}),
        (of_person("ask/who/"), {"citizenship": ["NLD"] * 300, "gender": "x" * 10_000, "version": 1}),
        (of_person("ask/circumstances/"), {"own_children": "9" * 10_000, "version": 1}),
        (of_person("ask/circumstances/"), {"own_children": "70000", "version": 1}),
        (of_episode("ask/law/"), {"law_version": "x" * 10_000, "offence_subs": ["not_asked"], "version": 1}),
        (of_episode("ask/law/"), {"law_version": "\u202e", "version": 1}),
        (of_episode("ask/when_where/"), {"start_month": "2025-05", "end_month": "2025-04", "version": 1}),
        (of_case("ask/intake/"), {"opened_on": "2026-02-30", "version": 1}),
    ],
)
def test_what_makes_no_sense_is_refused_on_the_page_and_nothing_is_stored(
    cast: Cast, sign_in: SignIn, part: object, fields: dict[str, object]
) -> None:
    address = part(cast)  # type: ignore[operator]
    browser = sign_in(cast.case_worker)
    before = register_as_stored()
    answer = browser.post(address, **fields)
    content = main_of(answer.content.decode())
    assert answer.status_code == 200
    assert "error-summary" in content
    assert "<script>" not in content
    assert register_as_stored() == before


def test_a_field_that_the_topic_does_not_have_is_left_out(cast: Cast, sign_in: SignIn) -> None:
    fields = {**WHO, "citizenship": ["not_asked"], "status": "identified", "restricted_on": "2026-03-02", "version": 1}
    sign_in(cast.case_worker).post(of_person("ask/who/")(cast), **fields)
    person = Person.objects.get()
    assert (person.status, person.restricted_on) == ("possible", None)


def test_a_record_that_was_deleted_meanwhile_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    address = of_episode("ask/what/")(cast)
    browser = sign_in(cast.case_worker)
    Exploitation.objects.all().delete()
    assert browser.post(address, forms=["labour"], main_form="labour", version=1).status_code == 404


def test_a_form_without_its_token_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    address = of_person("ask/who/")(cast)
    answer = sign_in(cast.case_worker).client.post(address, {**WHO, "gender": "m", "version": 1})
    assert answer.status_code == 403
    assert Person.objects.get().gender == "f"
