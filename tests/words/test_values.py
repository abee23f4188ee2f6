"""Values are checked against their fields before anything is stored."""

import datetime as dt
import string
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht import words
from zicht.words.texts import MOST_CHARACTERS

AMSTERDAM = dt.timezone(dt.timedelta(hours=2))
FIELDS = [
    (entity.name, field.name) for entity in words.vocabulary().entities.values() for field in entity.fields.values()
]
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.lists(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()))),
    st.dictionaries(st.text(), st.integers()),
)


def code_of(entity: str, field: str, value: object, **options: Any) -> str | None:
    problem = words.check_value(entity, field, value, **options)
    return problem.code if problem else None


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("organisation", "org_id", uuid4()),
        ("organisation", "org_id", 7),
        ("organisation", "org_id", "org-7_a.b:c"),
        ("case", "org_id", uuid4()),
        ("person", "gender", "f"),
        ("person", "gender", "not_asked"),
        ("person", "citizenship", ["NLD", "MAR"]),
        ("person", "citizenship", ("declined",)),
        ("person", "language", "ti"),
        ("person", "own_children", 0),
        ("person", "in_school", False),
        ("person", "first_registered", 2024),
        ("exploitation", "start_month", "2024-02"),
        ("exploitation", "perpetrator_count", "2_5"),
        ("case", "opened_on", dt.date(2024, 2, 29)),
        ("case", "opened_on", "2024-02-29"),
        ("case", "persons", [uuid4(), uuid4()]),
        ("contact", "received_at", dt.datetime(2024, 5, 31, 14, tzinfo=AMSTERDAM)),
        ("contact", "received_at", "2024-05-31T14:00:00+02:00"),
        ("access_line", "at", dt.datetime(2024, 5, 31, 14, 3, 59, tzinfo=AMSTERDAM)),
        ("access_line", "line_hash", "0" * 64),
        ("statement", "text", "First line\r\n\tsecond line, with Hebrew: \u200fשלום\u200f 👋🏽"),  # noqa: RUF001
        ("waiting_list_entry", "unsafe_areas", ["NL41", "NL42"]),
    ],
)
def test_a_value_that_fits_its_field_has_no_problem(entity: str, field: str, value: object) -> None:
    assert words.check_value(entity, field, value) is None


@pytest.mark.parametrize(
    ("entity", "field", "value", "code"),
    [
        ("person", "gender", "female", "not_in_list"),
        ("person", "gender", ["f"], "not_in_list"),
        ("person", "gender", 1, "not_in_list"),
        ("organisation", "org_type", "unknown", "missing_not_allowed"),
        ("person", "gender", "nk", "term_import_only"),
        ("consent", "answer", "by_guardian", "term_retired"),
        ("person", "citizenship", "NLD", "not_many"),
        ("person", "citizenship", ["NL"], "not_in_list"),
        ("person", "citizenship", ["NLD", "NLD"], "given_twice"),
        ("person", "citizenship", ["NLD", "unknown"], "missing_beside_terms"),
        ("person", "language", "klingonish", "not_in_list"),
        ("person", "language", "und", "not_in_list"),
        ("exploitation", "perpetrator_count", "3", "not_in_values"),
        ("case", "opened_on", "31-05-2024", "not_a_date"),
        ("case", "opened_on", "2023-02-29", "not_a_date"),
        ("case", "opened_on", "20240531", "not_a_date"),
        ("case", "opened_on", 20240531, "not_a_date"),
        ("case", "opened_on", dt.date(1024, 5, 31), "not_a_year"),
        ("case", "opened_on", dt.datetime(2024, 5, 31, tzinfo=dt.UTC), "not_rounded_to_day"),
        ("exploitation", "start_month", "2024-13", "not_a_month"),
        ("exploitation", "start_month", "2024-2", "not_a_month"),
        ("exploitation", "start_month", dt.date(2024, 2, 1), "not_a_month"),
        ("person", "first_registered", 24, "not_a_year"),
        ("person", "first_registered", True, "not_a_year"),
        ("person", "first_registered", "2024", "not_a_year"),
        ("contact", "received_at", "yesterday", "not_a_time"),
        ("contact", "received_at", "2024-05-31T14:00:00", "not_a_time"),
        ("contact", "received_at", dt.datetime(2024, 5, 31, 14, 1, tzinfo=dt.UTC), "not_rounded_to_hour"),
        ("contact", "received_at", "2024-05-31T14:00:01+02:00", "not_rounded_to_hour"),
        ("person", "own_children", -1, "not_a_whole_number"),
        ("person", "own_children", 1.0, "not_a_whole_number"),
        ("person", "own_children", True, "not_a_whole_number"),
        ("person", "own_children", 2**63, "number_too_large"),
        ("person", "in_school", "yes", "not_yes_or_no"),
        ("person", "in_school", 1, "not_yes_or_no"),
        ("organisation", "org_id", 0, "not_an_identifier"),
        ("organisation", "org_id", True, "not_an_identifier"),
        ("organisation", "org_id", "two words", "not_an_identifier"),
        ("organisation", "org_id", "../secret", "not_an_identifier"),
        ("organisation", "org_id", "x" * 101, "not_an_identifier"),
        ("source", "sha256", "A" * 64, "not_a_hash"),
        ("source", "sha256", "0" * 63, "not_a_hash"),
        ("source", "sha256", b"0" * 64, "not_a_hash"),
        ("source", "title", 7, "not_a_text"),
        ("source", "title", "x" * (MOST_CHARACTERS + 1), "too_long"),
        ("source", "title", "a\x00b", "control_character"),
        ("source", "title", "a\rb", "control_character"),
        ("source", "title", "a\x9fb", "control_character"),
        ("source", "title", "a\u202eb", "hidden_direction"),
        ("source", "title", "a\u2066b", "hidden_direction"),
        ("source", "title", "a\ud800b", "broken_character"),
        ("case", "persons", uuid4(), "not_many"),
        ("case", "persons", ["a", "a"], "given_twice"),
        ("case", "persons", ["a", "b c"], "not_an_identifier"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(entity: str, field: str, value: object, code: str) -> None:
    assert code_of(entity, field, value) == code


@pytest.mark.parametrize("value", [None, "", "   ", "\n", [], ()])
def test_nothing_filled_in_is_a_problem_only_where_it_is_required(value: object) -> None:
    assert code_of("organisation", "org_name", value) == "required"
    assert code_of("organisation", "opening", value) is None


def test_no_and_nought_are_answers() -> None:
    assert code_of("case_conference", "without_identity", False) is None
    assert code_of("training_record", "participants", 0) is None


def test_old_records_and_imports_may_hold_retired_and_import_only_terms() -> None:
    assert code_of("consent", "answer", "by_guardian", is_new=False) is None
    assert code_of("person", "gender", "nk", is_new=False) is None
    assert code_of("person", "gender", "female", is_new=False) == "not_in_list"


@pytest.mark.parametrize(
    ("entity", "field", "past", "future"),
    [
        ("case", "opened_on", dt.date(2026, 3, 2), dt.date(2026, 3, 3)),
        ("exploitation", "start_month", "2026-03", "2026-04"),
        ("person", "first_registered", 2026, 2027),
        ("access_line", "at", "2026-03-02T23:59:59+01:00", "2026-03-03T00:00:00+01:00"),
    ],
)
def test_the_future_is_refused_only_for_who_asks(
    entity: str, field: str, past: object, future: object, today: dt.date
) -> None:
    assert code_of(entity, field, past, today=today) is None
    assert code_of(entity, field, future, today=today) == "in_the_future"
    assert code_of(entity, field, future) is None


def test_a_hidden_character_is_named_with_its_place() -> None:
    problem = words.check_value("source", "title", "see\r\nthis \u202etxt.exe")
    assert problem is not None
    assert problem.in_language("en") == (
        "Character 11 is invisible and changes the order in which text is read "
        "(RIGHT-TO-LEFT OVERRIDE U+202E). Remove it."
    )
    assert problem.in_language("nl").startswith("Teken 11 is onzichtbaar en verandert de leesvolgorde")


def test_a_long_text_is_told_how_long_it_may_be_with_the_separators_of_the_language() -> None:
    problem = words.check_value("source", "title", "x" * 12_345)
    assert problem is not None
    assert "12,345 characters; 10,000" in problem.in_language("en")
    assert "12.345 tekens; het maximum is 10.000" in problem.in_language("nl-NL")


def test_a_retired_term_names_what_replaces_it() -> None:
    problem = words.check_value("consent", "answer", "by_guardian")
    assert problem is not None
    assert "“Given by guardian”" in problem.in_language("en")
    assert "given_by parent or guardian" in problem.in_language("en")


def test_an_unknown_entity_or_field_is_a_mistake_of_the_program() -> None:
    with pytest.raises(words.UnknownTermError, match="no entity 'perso'"):
        words.check_value("perso", "gender", "f")
    with pytest.raises(words.UnknownTermError, match=r"no field 'person\.sex'"):
        words.check_value("person", "sex", "f")
    with pytest.raises(words.WordsError):
        words.check_record("perso", {})


def test_a_record_is_checked_whole() -> None:
    record = {
        "request_id": "r1",
        "org_id": "o1",
        "kind": "erase",
        "asked_by": "unknown",
        "received_on": "2026-03-01",
        "due_on": "2026-04-01",
        "handled_by": "a1",
        "compartment": "help",
        "email": "x",
    }
    problems = words.check_record("subject_request", record)
    assert {name: problem.code for name, problem in problems.items()} == {
        "asked_by": "missing_not_allowed",
        "checked_how": "required",
        "email": "unknown_field",
    }


def test_a_record_that_is_in_order_has_no_problems() -> None:
    record = {
        "org_id": uuid4(),
        "org_name": "Made-up Foundation",
        "org_type": "shelter",
        "legal_regime": "care",
        "mandatory_reporter": False,
        "services": ["shelter", "legal"],
        "languages": ["nl", "prs"],
    }
    assert words.check_record("organisation", record) == {}


@given(place=st.sampled_from(FIELDS), value=ANYTHING, is_new=st.booleans())
def test_no_value_makes_the_check_stumble_and_every_problem_has_a_sentence(
    place: tuple[str, str], value: object, is_new: bool
) -> None:
    problem = words.check_value(*place, value, is_new=is_new, today=dt.date(2026, 3, 2))
    if problem:
        for language in ("en", "nl"):
            sentence = problem.in_language(language)
            assert sentence.endswith(".")
            assert "{" not in sentence


@given(value=st.text(alphabet=string.ascii_lowercase, min_size=25, max_size=40), place=st.sampled_from(FIELDS))
def test_no_sentence_repeats_the_value(value: str, place: tuple[str, str]) -> None:
    problem = words.check_value(*place, value)
    assert problem is None or value not in problem.in_language("en") + problem.in_language("nl")


@given(st.data())
def test_every_offered_term_fits_its_field_and_no_other_word_does(data: st.DataObject) -> None:
    entity, name = data.draw(st.sampled_from(FIELDS))
    field = words.vocabulary().entities[entity].fields[name]
    if field.type != "code" or field.list_name == "none":
        return
    offered = [code for code, _ in words.choices(field.list_name, "en")]
    assert code_of(entity, name, data.draw(st.sampled_from(offered))) is None
    word = data.draw(st.text(min_size=1).filter(str.strip))
    assert code_of(entity, name, word) is not None or word in {*offered, *words.vocabulary().missing_values}


@given(st.integers(min_value=0, max_value=60 * 60 * 24 * 365 * 100))
def test_a_time_fits_once_it_is_rounded_down_and_never_lies_later(seconds: int) -> None:
    time = dt.datetime(1990, 1, 1, tzinfo=AMSTERDAM) + dt.timedelta(seconds=seconds)
    field = words.vocabulary().entities["contact"].fields["received_at"]
    rounded = words.round_down(field, time)
    assert words.check_value("contact", "received_at", rounded) is None
    assert words.round_down(field, rounded) == rounded
    assert dt.timedelta(0) <= time - rounded < dt.timedelta(hours=1)
    assert (code_of("contact", "received_at", time) is None) == (time == rounded)


@given(
    text=st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1),
    at=st.integers(min_value=0),
    bad=st.sampled_from("\x00\x08\x1b\x7f\u0085\u202a\u202d\u2067"),
)
def test_one_bad_character_anywhere_spoils_a_text(text: str, at: int, bad: str) -> None:
    assert words.check_value("source", "title", text) is None
    position = at % (len(text) + 1)
    problem = words.check_value("source", "title", text[:position] + bad + text[position:])
    assert problem is not None
    assert problem.params["position"] == position + 1
