"""The programming interface does what the pages do, for whoever has a key, and tells others nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cases.api.program import CASES, Program, case_at, episode_at, key, person_at, wrong_fields
from tests.cases.cast import Cast
from tests.conftest import QueryLimit

from zicht import words
from zicht.cases import actions
from zicht.cases.models import Case, Change, Exploitation, Person, PlaceEvent
from zicht.people import actions as people_actions
from zicht.people.models import AccessLine, ApiToken
from zicht.people.sealed import reveal

CASE: dict[str, Any] = {"opened_on": "2026-03-02", "incoming_reason": "not_asked"}
PERSON: dict[str, Any] = {
    "age_band": "16_17",
    "gender": "f",
    "status": "possible",
    "status_by": "ngo",
    "status_date": "2026-03-02",
    "first_registered": 2026,
}
EPISODE: dict[str, Any] = {"forms": ["sexual"], "main_form": "sexual", "means": ["threat_images"]}
PLACE: dict[str, Any] = {"event_kind": "exploitation", "level": "country", "place_code": "NLD"}
Call = Callable[[Program, Cast], Any]

CALLS: dict[str, Call] = {
    "list cases": lambda program, cast: program.get(CASES),
    "open case": lambda program, cast: program.post(CASES, CASE),
    "read case": lambda program, cast: program.get(case_at(cast.case)),
    "change case": lambda program, cast: program.patch(case_at(cast.case), {"version": 1, "procedures": ["complaint"]}),
    "move case": lambda program, cast: program.post(
        f"{case_at(cast.case)}/state", {"version": 1, "state": "follow_up"}
    ),
    "make many": lambda program, cast: program.post(f"{CASES}/bulk", {"cases": [CASE]}),
    "list persons": lambda program, cast: program.get(f"{case_at(cast.case)}/persons"),
    "add person": lambda program, cast: program.post(f"{case_at(cast.case)}/persons", PERSON),
    "read person": lambda program, cast: program.get(person_at(cast.case, cast.person)),
    "change person": lambda program, cast: program.patch(
        person_at(cast.case, cast.person), {"version": 1, "gender": "m"}
    ),
    "list episodes": lambda program, cast: program.get(f"{person_at(cast.case, cast.person)}/episodes"),
    "add episode": lambda program, cast: program.post(f"{person_at(cast.case, cast.person)}/episodes", EPISODE),
    "read episode": lambda program, cast: program.get(episode_at(cast.case, cast.person, cast.episode)),
    "change episode": lambda program, cast: program.patch(
        episode_at(cast.case, cast.person, cast.episode), {"version": 1, "means": ["threat_harm"]}
    ),
    "add place": lambda program, cast: program.post(
        f"{episode_at(cast.case, cast.person, cast.episode)}/places", PLACE
    ),
    "remove place": lambda program, cast: program.delete(
        f"{episode_at(cast.case, cast.person, cast.episode)}/places/{place_of(cast).pk}"
    ),
}
READING = {"list cases", "read case", "list persons", "read person", "list episodes", "read episode"}
OF_NOBODY_ELSE = sorted(CALLS.keys() - {"list cases", "open case", "make many"})


def place_of(cast: Cast) -> PlaceEvent:
    found = cast.episode.places.first()
    return found or actions.add_place(cast.case_worker, cast.case, cast.episode, PLACE)


def register() -> list[object]:
    models = (Case, Person, Exploitation, PlaceEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


# --- who may --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(CALLS))
def test_every_operation_works_for_whoever_works_on_cases(cast: Cast, name: str) -> None:
    assert CALLS[name](Program(cast.case_worker), cast).status_code in (200, 201, 204)


def test_without_a_good_key_every_operation_gives_one_answer(cast: Cast) -> None:
    strangers = [Program(None), Program(cast.case_worker), Program(cast.second_case_worker), Program(cast.coordinator)]
    strangers[1].headers["authorization"] += "x"
    ApiToken.objects.filter(account=cast.second_case_worker).update(ended_on=timezone.localdate())
    ApiToken.objects.filter(account=cast.coordinator).update(expires_on=dt.date(2026, 1, 1))
    place_of(cast)
    before = register()
    asked = {(name, number): CALLS[name](one, cast) for name in CALLS for number, one in enumerate(strangers)}
    assert {name: answer.status_code for name, answer in asked.items()} == dict.fromkeys(asked, 401)
    assert len({answer.content for answer in asked.values()}) == 1
    assert register() == before


def test_a_key_does_no_more_than_its_scopes_say(cast: Cast) -> None:
    writing = Program(cast.case_worker, "write_cases", "export_cases")
    reading = Program(cast.case_worker, "read_cases", "export_cases")
    place_of(cast)
    before = register()
    answers = {name: call(writing if name in READING else reading, cast) for name, call in CALLS.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(CALLS, 403)
    assert register() == before


@pytest.mark.parametrize("who", ["stranger_case_worker", "officer", "analyst", "counsellor", "administrator"])
def test_for_whoever_may_not_see_a_case_it_is_not_there(cast: Cast, who: str) -> None:
    place_of(cast)
    program = Program(getattr(cast, who))
    before = register()
    answers = {name: CALLS[name](program, cast) for name in OF_NOBODY_ELSE}
    absent = program.get(f"{CASES}/{uuid4()}").content
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(OF_NOBODY_ELSE, 404)
    assert {name: answer.content for name, answer in answers.items()} == dict.fromkeys(OF_NOBODY_ELSE, absent)
    assert register() == before


@pytest.mark.parametrize("name", sorted(set(OF_NOBODY_ELSE) - READING))
def test_somebody_in_the_team_who_may_only_see_changes_nothing(cast: Cast, name: str) -> None:
    actions.set_team(cast.case_worker, cast.case, cast.case_worker, [cast.shelter_worker], version=1)
    place_of(cast)
    program = Program(cast.shelter_worker)
    before = register()
    assert program.get(case_at(cast.case)).status_code == 200
    assert CALLS[name](program, cast).status_code == 404
    assert register() == before


def test_a_list_holds_the_cases_of_the_account_and_no_others(cast: Cast) -> None:
    own = actions.open_case(cast.counsellor, {})
    assert [item["case_id"] for item in Program(cast.counsellor).get(CASES).json()["items"]] == [str(own.pk)]
    both = {str(own.pk), str(cast.case.pk)}
    assert {item["case_id"] for item in Program(cast.case_worker).get(CASES).json()["items"]} == both
    assert Program(cast.stranger_case_worker).get(CASES).json()["items"] == []


@pytest.mark.parametrize("who", ["analyst", "shelter_worker", "administrator"])
def test_whoever_may_open_no_case_opens_none(cast: Cast, who: str) -> None:
    program = Program(getattr(cast, who))
    for answer in (program.post(CASES, CASE), program.post(f"{CASES}/bulk", {"cases": [CASE]})):
        assert answer.status_code == 404
    assert not Case.objects.exists()


def test_a_key_is_worth_nothing_once_its_account_is_closed(cast: Cast) -> None:
    program = Program(cast.case_worker)
    people_actions.close_account(cast.administrator, cast.case_worker)
    assert program.get(CASES).status_code == 401


def test_the_interface_knows_no_session_and_sets_no_cookie(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.case_worker)
    answer = client.get(CASES)
    assert answer.status_code == 401
    assert not answer.cookies
    assert not hasattr(answer.wsgi_request, "session")


def test_every_look_and_every_change_stands_in_the_log_once(cast: Cast) -> None:
    program = Program(cast.case_worker)
    place_of(cast)
    for name, call in CALLS.items():
        before = AccessLine.objects.count()
        assert call(program, cast).status_code in (200, 201, 204), name
        made = list(AccessLine.objects.order_by("sequence")[before:])
        assert len(made) == 1, name
        assert made[0].account == cast.case_worker
        # Each change of this case counted its version up: the next one reads it first.
        Case.objects.filter(pk=cast.case.pk).update(version=1)


# --- texts ----------------------------------------------------------------------------------------------------------
def test_notes_are_told_to_the_team_and_withheld_from_others(cast: Cast) -> None:
    actions.change_case(cast.case_worker, cast.case, {"comments": "walked in"}, version=1)
    own = Program(cast.case_worker).get(case_at(cast.case)).json()
    others = Program(cast.second_case_worker).get(case_at(cast.case)).json()
    assert (own["comments"], own["withheld"]) == ("walked in", [])
    assert (others["comments"], others["withheld"]) == (None, ["comments"])
    assert Program(cast.case_worker).get(CASES).json()["items"][0]["comments"] is None


def test_whoever_does_not_read_notes_does_not_overwrite_them(cast: Cast) -> None:
    actions.change_case(cast.case_worker, cast.case, {"comments": "walked in"}, version=1)
    answer = Program(cast.second_case_worker).patch(case_at(cast.case), {"version": 2, "comments": "gone"})
    assert answer.status_code == 422
    assert set(wrong_fields(answer)) == {"comments"}
    assert reveal(Case.objects.get(), "comments") == "walked in"


def test_a_clash_about_notes_tells_them_to_the_team_only(cast: Cast) -> None:
    actions.change_case(cast.case_worker, cast.case, {"comments": "walked in"}, version=1)
    clash = Program(cast.case_worker).patch(case_at(cast.case), {"version": 1, "comments": "called"})
    assert clash.status_code == 409
    assert clash.json()["fields"][0]["value"] == "walked in"
    assert Program(cast.coordinator).patch(case_at(cast.case), {"version": 1, "comments": "x"}).status_code == 422


def test_with_whom_somebody_is_counted_is_told_where_that_record_may_be_seen(cast: Cast) -> None:
    own = actions.open_case(cast.counsellor, {})
    values = {**PERSON, "status_date": dt.date(2026, 3, 2)}
    theirs = actions.add_person(cast.counsellor, own, values)
    Person.objects.filter(pk=theirs.pk).update(merged_into=cast.person.pk)
    address = person_at(own, theirs)
    assert Program(cast.case_worker).get(address).json()["merged_into"] == str(cast.person.pk)
    assert Program(cast.counsellor).get(address).json()["merged_into"] is None


# --- making and changing --------------------------------------------------------------------------------------------
def test_the_same_request_sent_twice_makes_one_record(cast: Cast) -> None:
    program = Program(cast.case_worker)
    keys = [str(uuid4()) for _ in range(4)]
    case, person = f"{CASES}/{keys[0]}", f"{CASES}/{keys[0]}/persons/{keys[1]}"
    for status in (201, 200):
        answers = [
            program.post(CASES, {**CASE, "case_id": keys[0]}),
            program.post(f"{case}/persons", {**PERSON, "person_id": keys[1]}),
            program.post(f"{person}/episodes", {**EPISODE, "exploitation_id": keys[2]}),
            program.post(f"{person}/episodes/{keys[2]}/places", {**PLACE, "place_event_id": keys[3]}),
        ]
        assert [answer.status_code for answer in answers] == [status] * 4
    assert [model.objects.count() for model in (Case, Person, Exploitation, PlaceEvent)] == [1, 1, 1, 1]


def test_an_identifier_of_a_strangers_record_makes_nothing_and_tells_nothing(cast: Cast) -> None:
    theirs = actions.open_case(cast.stranger_case_worker, {})
    answer = Program(cast.case_worker).post(CASES, {**CASE, "case_id": str(theirs.pk)})
    assert answer.status_code == 404
    assert Case.objects.count() == 1


def test_a_record_comes_back_as_it_was_sent(cast: Cast) -> None:
    program = Program(cast.case_worker)
    sent = {**EPISODE, "start_month": "2024-05", "country_exploitation": "NLD", "situation_id": key(7)}
    made = program.post(f"{person_at(cast.case, cast.person)}/episodes", sent).json()
    read = program.get(f"{person_at(cast.case, cast.person)}/episodes/{made['exploitation_id']}").json()
    assert read == made
    assert {name: read[name] for name in sent} == sent
    assert (read["image_threat"], read["end_month"], read["acts"]) == (True, None, ["not_asked"])


def test_a_field_that_a_colleague_changed_meanwhile_gives_what_stands_there_now(cast: Cast) -> None:
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tf", "language": "so"}, version=1)
    program = Program(cast.case_worker)
    clash = program.patch(person_at(cast.case, cast.person), {"version": 1, "gender": "m", "in_school": True})
    assert clash.status_code == 409
    told = clash.json()
    assert told["version"] == 2
    assert [(one["field"], one["value"], one["by"]) for one in told["fields"]] == [("gender", "tf", "Carla")]
    beside = program.patch(person_at(cast.case, cast.person), {"version": 1, "in_school": True}).json()
    assert (beside["gender"], beside["in_school"], beside["version"]) == ("tf", True, 3)


def test_nothing_can_be_said_again_about_a_field(cast: Cast) -> None:
    program = Program(cast.case_worker)
    program.patch(person_at(cast.case, cast.person), {"version": 1, "in_school": True})
    again = program.patch(person_at(cast.case, cast.person), {"version": 2, "in_school": None, "gender": "not_asked"})
    assert (again.json()["in_school"], again.json()["gender"]) == (None, "not_asked")


def test_a_case_moves_along_its_states(cast: Cast) -> None:
    program, state = Program(cast.case_worker), f"{case_at(cast.case)}/state"
    incomplete = program.post(state, {"version": 1, "state": "closed"})
    assert set(wrong_fields(incomplete)) == {"closed_on", "closure_reason"}
    closing = {"version": 1, "state": "closed", "closed_on": "2026-03-09", "closure_reason": "goals_met"}
    assert program.post(state, closing).json()["closed_on"] == "2026-03-09"
    assert program.post(state, {"version": 2, "state": "active"}).json()["closed_on"] is None


def test_data_whose_use_is_limited_are_not_changed(cast: Cast) -> None:
    Person.objects.filter(pk=cast.person.pk).update(restricted_on=dt.date(2026, 3, 3))
    answer = Program(cast.case_worker).patch(person_at(cast.case, cast.person), {"version": 1, "gender": "m"})
    assert answer.status_code == 422
    assert "limited" in answer.json()["sentence"]


# --- wrong input ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("age_band", "17", "not_in_list"),
        ("gender", "nk", "term_import_only"),
        ("citizenship", ["NLD", "NLD"], "given_twice"),
        ("citizenship", ["NLD", "unknown"], "missing_beside_terms"),
        ("citizenship", [], "required"),
        ("status_date", "2026-02-30", "not_a_date"),
        ("status_date", "2099-01-01", "in_the_future"),
        ("status_date", None, "required"),
        ("first_registered", "2026", "not_a_year"),
        ("in_school", "yes", "not_yes_or_no"),
        ("own_children", -1, "not_a_whole_number"),
        ("own_children", 40_000, "number_too_large"),
        ("household_key", "not-a-uuid", "not_an_identifier"),
        ("vulnerabilities", {"a": 1}, "not_many"),
    ],
)
def test_a_wrong_value_gets_the_sentence_of_the_words_in_the_language_that_was_asked(
    cast: Cast, field: str, value: object, problem: str
) -> None:
    found = words.Problem(problem) if problem in ("required", "not_many") else None
    for language in ("nl", "en"):
        program = Program(cast.case_worker, language=f"{language}-XX, fr;q=0.1")
        answer = program.post(f"{case_at(cast.case)}/persons", {**PERSON, field: value})
        assert answer.status_code == 422
        assert set(wrong_fields(answer)) == {field}
        told = wrong_fields(answer)[field]
        shape = words.problems.SENTENCES[problem].in_language(language)
        assert told == found.in_language(language) if found else told[:4] == shape[:4] or "“" in shape[:1]
    assert not Person.objects.exists()


def test_everything_wrong_is_said_at_once_and_a_value_is_never_repeated(cast: Cast) -> None:
    sent = {**PERSON, "age_band": "secret-1", "gender": "secret-2", "nickname": "secret-3"}
    answer = Program(cast.case_worker).post(f"{case_at(cast.case)}/persons", sent)
    assert set(wrong_fields(answer)) == {"age_band", "gender", "nickname"}
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "a\u202eb", "x" * 10_001, "\ud800", "   ", ""],
    ids=["zero", "turned", "long", "half", "blank", "empty"],
)
def test_a_text_that_could_mislead_or_not_be_stored_is_refused(cast: Cast, text: str) -> None:
    answer = Program(cast.case_worker).patch(case_at(cast.case), {"version": 1, "comments": text})
    assert answer.status_code == 422
    assert set(wrong_fields(answer)) == {"comments"}


def test_a_text_that_looks_like_a_script_or_a_formula_is_only_a_text(cast: Cast) -> None:
    program = Program(cast.case_worker)
    for version, text in enumerate(["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "😀 كلمة"], start=1):
        told = program.patch(case_at(cast.case), {"version": version, "comments": text}).json()
        assert told["comments"] == text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 5000, b'{"age_band": NaN}'])
def test_what_is_no_json_object_is_refused(cast: Cast, body: bytes) -> None:
    answer = Program(cast.case_worker).post(f"{case_at(cast.case)}/persons", body)
    assert answer.status_code in (400, 422)
    assert answer.json()["sentence"]


def test_too_much_at_once_is_refused(cast: Cast) -> None:
    body = b'{"comments": "' + b"x" * 3 * 1024 * 1024 + b'"}'
    assert Program(cast.case_worker).patch(case_at(cast.case), body).status_code == 413


def test_an_organisation_that_is_not_known_is_refused(cast: Cast) -> None:
    answer = Program(cast.case_worker).post(CASES, {**CASE, "incoming_from": str(uuid4())})
    assert set(wrong_fields(answer)) == {"incoming_from"}


@pytest.mark.parametrize("field", ["state", "closed_on", "owner", "org_id", "version", "case_id"])
def test_what_has_a_step_of_its_own_is_no_field_of_a_change(cast: Cast, field: str) -> None:
    value = {"version": 1} if field == "version" else {"version": 1, field: key(1)}
    answer = Program(cast.case_worker).patch(case_at(cast.case), value)
    assert answer.status_code == (200 if field == "version" else 422)
    assert Case.objects.get().version == 1


# --- many at once ---------------------------------------------------------------------------------------------------
def many(**wrong: object) -> dict[str, Any]:
    episode = {**EPISODE, "places": [PLACE]}
    return {"cases": [{**CASE, "persons": [{**PERSON, "episodes": [episode]}, {**PERSON, **wrong}]} for _ in range(3)]}


def test_many_cases_are_made_in_one_request(cast: Cast) -> None:
    answer = Program(cast.case_worker).post(f"{CASES}/bulk", many())
    assert answer.status_code == 201
    assert [len(answer.json()[kind]) for kind in ("cases", "persons", "episodes")] == [3, 6, 3]
    assert [model.objects.count() for model in (Case, Person, Exploitation, PlaceEvent)] == [3, 6, 3, 3]


@pytest.mark.parametrize(
    "wrong", [{"age_band": "17"}, {"status_date": "2099-01-01"}], ids=["by itself", "by the rules"]
)
def test_one_wrong_record_of_many_stops_all_and_is_named_by_its_place(cast: Cast, wrong: dict[str, object]) -> None:
    answer = Program(cast.case_worker).post(f"{CASES}/bulk", many(**wrong))
    assert answer.status_code == 422
    (field,) = wrong
    assert f"cases.0.persons.1.{field}" in wrong_fields(answer)
    assert not Case.objects.exists()
    assert not Change.objects.exists()


def test_more_than_a_hundred_cases_at_once_are_refused(cast: Cast) -> None:
    answer = Program(cast.case_worker).post(f"{CASES}/bulk", {"cases": [CASE] * 101})
    assert answer.status_code == 422
    assert not Case.objects.exists()


# --- lists ----------------------------------------------------------------------------------------------------------
def test_a_list_goes_on_where_the_page_before_ended(cast: Cast) -> None:
    days = [dt.date(2026, 3, day) for day in (1, 2, 2, 2, 3)]
    made = {str(actions.open_case(cast.case_worker, {"opened_on": day}).pk) for day in days}
    program, read = Program(cast.case_worker), []
    after: dict[str, str] = {}
    while True:
        page = program.get(CASES, limit="2", **after).json()
        read += page["items"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert {item["case_id"] for item in read} == made
    assert [item["opened_on"] for item in read] == sorted((item["opened_on"] for item in read), reverse=True)
    assert len(read) == 5


def test_a_later_page_of_a_list_begins_at_its_day_and_is_not_read_from_the_first_one_on(cast: Cast) -> None:
    for day in (1, 2, 3):
        actions.open_case(cast.case_worker, {"opened_on": dt.date(2026, 3, day)})
    program = Program(cast.case_worker)
    begin = program.get(CASES, limit="1").json()["next"]
    with CaptureQueriesContext(connection) as asked:
        assert program.get(CASES, limit="1", after=begin).json()["items"][0]["opened_on"] == "2026-03-02"
    (listed,) = [query["sql"] for query in asked if 'ORDER BY "cases_case"."opened_on" DESC' in query["sql"]]
    assert '"opened_on" <= ' in listed


def test_a_list_is_narrowed_by_state_and_day(cast: Cast) -> None:
    old = actions.open_case(cast.case_worker, {"opened_on": dt.date(2025, 1, 1)})
    actions.follow_up_case(cast.case_worker, old, "follow_up", version=1)
    assert cast.case.pk != old.pk
    program = Program(cast.case_worker)
    for asked in ({"state": "follow_up"}, {"to_day": "2025-12-31"}):
        assert [item["case_id"] for item in program.get(CASES, **asked).json()["items"]] == [str(old.pk)]
    assert [item["case_id"] for item in program.get(CASES, from_day="2026-01-01").json()["items"]] == [
        str(cast.case.pk)
    ]


@pytest.mark.parametrize(
    "asked", [{"limit": "0"}, {"limit": "201"}, {"after": "x"}, {"after": "99999999" + "0" * 32}, {"state": "x"}]
)
def test_a_page_that_cannot_be_is_refused(cast: Cast, asked: dict[str, str]) -> None:
    assert Program(cast.case_worker).get(CASES, **asked).status_code == 422


def test_no_list_needs_more_queries_for_more_records(cast: Cast, at_most_queries: QueryLimit) -> None:
    program = Program(cast.case_worker)
    program.post(f"{CASES}/bulk", {"cases": [{**CASE, "persons": [PERSON] * 20}] * 3})
    first = Case.objects.first()
    assert first is not None
    for address in (CASES, f"{case_at(first)}/persons"):
        with at_most_queries():
            assert program.get(address).status_code == 200


# --- description ----------------------------------------------------------------------------------------------------
def test_the_description_offers_the_terms_of_the_words_and_no_retired_one(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    for schema, entity in (("NewPerson", "person"), ("NewEpisode", "exploitation"), ("NewPlace", "place_event")):
        for name, told in described[schema]["properties"].items():
            field = words.vocabulary().entities[entity].fields.get(name)
            if field and field.type == "code":
                offered = {code for code, _ in words.value_choices(field, "en")} - {"withheld"}
                terms = told["enum"] if "enum" in told else told["anyOf"][0]["enum"]
                assert set(terms) == offered, name


def test_every_field_that_pages_ask_can_be_sent(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    for schema, entity in (
        ("NewCase", "case"),
        ("NewPerson", "person"),
        ("NewEpisode", "exploitation"),
        ("NewPlace", "place_event"),
    ):
        asked = {name for topic in words.vocabulary().entities[entity].topics.values() for name in topic.fields}
        assert asked <= described[schema]["properties"].keys()
