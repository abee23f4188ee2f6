"""A form of the register asks what the words say, and says what a save would say."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.cast import Cast

from zicht import words
from zicht.cases import actions
from zicht.cases.forms import TopicForm
from zicht.cases.models import Person
from zicht.people.asked_fields import NO_ANSWER_TO_GIVE

OF_THE_REGISTER = (
    "case",
    "person",
    "exploitation",
    "place_event",
    "assessment",
    "consent",
    "subject_request",
    "breach",
)
TOPICS = [(name, topic) for name in OF_THE_REGISTER for topic in words.vocabulary().entities[name].topics]
STATUS = {"status": "possible", "status_by": "ngo", "status_date": "2026-03-02", "first_registered": "2026"}


def form(entity: str, topic: str, data: Any = None, **options: Any) -> TopicForm:
    """Give a form; organisations and entities are named, so that no database is asked."""
    fields = words.vocabulary().entities[entity].fields
    among = [name for name, field in fields.items() if field.type == "ref" or (field.many and field.type == "text")]
    return TopicForm(data, entity=entity, topic=topic, options={name: [] for name in among}, **options)


def sent(**fields: object) -> QueryDict:
    """Give fields as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, list(value) if isinstance(value, list) else [str(value)])
    return data


def flat(choices: Iterable[Any]) -> list[str]:
    """Give the values that may be chosen, those in groups too."""
    found: list[str] = []
    for value, label in choices:
        found += flat(label) if isinstance(label, list | tuple) else [value]
    return found


def errors_of(wrong: TopicForm) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in wrong.errors.items()}


# --- forms and words agree ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("entity", "topic"), TOPICS)
def test_every_field_of_a_topic_is_asked_under_its_label_but_markers_have_a_step_of_their_own(
    entity: str, topic: str
) -> None:
    fields = words.vocabulary().entities[entity].fields
    asked = form(entity, topic)
    for name in words.vocabulary().entities[entity].topics[topic].fields:
        if fields[name].type == "id":
            assert name not in asked.fields
        else:
            assert asked.fields[name].label == fields[name].label.nl


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("entity", "topic"), TOPICS)
def test_exactly_the_terms_that_a_new_record_may_have_are_offered(entity: str, topic: str, language: str) -> None:
    fields = words.vocabulary().entities[entity].fields
    with translation.override(language):
        asked = form(entity, topic)
        for name in asked.names:
            if fields[name].type in ("code", "multi"):
                offered = [value for value in flat(asked.fields[name].widget.choices) if value]
                allowed = {value for value, _ in words.value_choices(fields[name], language)} - NO_ANSWER_TO_GIVE
                allowed -= {"not_asked"} if fields[name].required else set()
                assert set(offered) == allowed, name
                assert len(offered) == len(set(offered)), name


@pytest.mark.parametrize(("entity", "topic"), TOPICS)
def test_a_form_left_as_it_is_gives_the_record_at_rest(entity: str, topic: str) -> None:
    asked = form(entity, topic)
    left = form(entity, topic, sent(**{name: asked[name].value() or "" for name in asked.names}))
    left.is_valid()
    for name in asked.names:
        field = words.vocabulary().entities[entity].fields[name]
        if field.required and field.type not in ("multi",):
            assert name in left.errors
        else:
            assert name not in left.errors
            assert left.cleaned_data[name] in (None, "", [], "not_asked", ["not_asked"]), name


def test_what_is_not_asked_needs_no_word_that_it_is_optional() -> None:
    asked = form("person", "who")
    assert all(field.required for name, field in asked.fields.items() if name in asked.names)


# --- what a form says ---------------------------------------------------------------------------------------------
WRONG: list[tuple[str, str, str, object]] = [
    ("person", "who", "age_band", "17"),
    ("person", "who", "gender", "nk"),
    ("person", "who", "citizenship", ["NLD", "XXX"]),
    ("person", "who", "citizenship", ["NLD", "unknown"]),
    ("person", "status", "status_date", "2099-01-01"),
    ("person", "status", "status_date", "31-12-2025"),
    ("person", "status", "first_registered", "twenty"),
    ("person", "circumstances", "own_children", "-1"),
    ("person", "circumstances", "own_children", "9" * 5000),
    ("person", "circumstances", "in_school", "perhaps"),
    ("exploitation", "what", "forms", []),
    ("exploitation", "when_where", "start_month", "2025-13"),
    ("exploitation", "law", "law_version", "a\u202eb"),
    ("exploitation", "law", "law_version", "x" * 10_001),
    ("assessment", "assessment", "reason", "bell \x07"),
]


@pytest.mark.parametrize(("entity", "topic", "name", "value"), WRONG)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_wrong_value_gets_the_sentence_of_the_words(
    entity: str, topic: str, name: str, value: object, language: str
) -> None:
    with translation.override(language):
        asked = form(entity, topic, sent(**{**STATUS, name: value}))
        read = asked.fields[name].clean(value)
        problem = words.check_value(entity, name, read, today=dt.date(2026, 3, 2))
        assert problem is not None
        assert errors_of(asked)[name] == [problem.in_language(language)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"forms": ["labour"], "main_form": "sexual"},
        {"forms": ["nothing"]},
        {"forms": ["labour"], "main_form": "labour", "industry": "none"},
    ],
)
def test_a_form_says_what_a_save_would_say(cast: Cast, values: dict[str, object]) -> None:
    asked = form("exploitation", "what", sent(**values))
    assert not asked.is_valid()
    with pytest.raises(ValidationError) as refused:
        actions.add_episode(cast.case_worker, cast.case, cast.person, values)
    assert errors_of(asked) == refused.value.message_dict


@pytest.mark.django_db
def test_a_constraint_on_a_field_elsewhere_is_said_on_top_with_its_name(cast: Cast) -> None:
    values = {"state": "closed", "closed_on": dt.date(2026, 3, 9), "closure_reason": "goals_met"}
    case = actions.close_case(cast.case_worker, cast.case, values, version=1)
    asked = form("case", "intake", sent(opened_on="2026-03-20", version=2), record=case)
    assert not asked.is_valid()
    (sentence,) = errors_of(asked)["__all__"]
    assert sentence.startswith("Gesloten: ")


@pytest.mark.django_db
def test_what_was_wrong_before_is_not_the_business_of_another_topic(cast: Cast) -> None:
    case = cast.case
    case.state = "closed"  # without a day or a reason: refused when it is saved, but here from before
    asked = form("case", "protection", sent(procedures=["complaint"], registered_national="", version=1), record=case)
    assert asked.is_valid(), asked.errors


# --- missing values -----------------------------------------------------------------------------------------------
def test_not_asked_makes_way_for_a_term() -> None:
    asked = form("exploitation", "what", sent(forms=["not_asked", "labour"]))
    assert asked.is_valid(), asked.errors
    assert asked.values["forms"] == ["labour"]


def test_another_missing_value_beside_terms_is_refused_in_words() -> None:
    asked = form("exploitation", "what", sent(forms=["unknown", "labour"]))
    assert "kan niet naast andere termen" in errors_of(asked)["forms"][0]


def test_nothing_ticked_is_not_asked() -> None:
    asked = form("person", "circumstances", sent())
    assert asked.is_valid()
    assert asked.values == {"vulnerabilities": ["not_asked"], "in_school": None, "own_children": None}


# --- terms of old records -----------------------------------------------------------------------------------------
def test_an_import_only_term_stays_choosable_on_the_record_that_has_it_and_on_no_other() -> None:
    old = Person(gender="nk", citizenship=["NLD"])
    asked = form("person", "who", record=old)
    assert "nk" in flat(asked.fields["gender"].widget.choices)
    same = form("person", "who", sent(gender="nk", citizenship=["NLD"], version=1), record=old)
    assert same.is_valid(), same.errors
    assert not form("person", "who", sent(gender="nk", version=1), record=Person()).is_valid()


def test_a_value_that_is_hidden_from_readers_is_no_answer_to_give() -> None:
    asked = form("person", "who")
    assert "withheld" not in flat(asked.fields["age_band"].widget.choices)


# --- what is typed comes back as it was ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_form_that_is_sent_back_untouched_changes_nothing(cast: Cast) -> None:
    for record in (cast.case, cast.person, cast.episode):
        for topic in words.vocabulary().entities[record.words_entity].topics:
            if topic == "notes":
                continue
            opened = TopicForm(entity=record.words_entity, topic=topic, record=record)
            data = sent(
                **{name: opened[name].value() if opened[name].value() is not None else "" for name in opened.fields}
            )
            again = TopicForm(data, entity=record.words_entity, topic=topic, record=record)
            assert again.is_valid(), again.errors
            columns = record.words_columns()
            assert again.values == {name: getattr(record, columns[name]) for name in again.names}


@given(st.text(max_size=200))
def test_no_text_breaks_a_form(text: str) -> None:
    asked = form("exploitation", "law", sent(law_version=text))
    if asked.is_valid():
        assert asked.values["law_version"] in (text.replace("\r\n", "\n").strip(), "")
    else:
        assert "law_version" in asked.errors


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", '"><img src=x>', "👩‍👧 مرحبا \u200f"])
def test_what_was_typed_is_shown_again_as_text_and_never_as_markup(value: str) -> None:
    page = form("exploitation", "law", sent(law_version=value, offence_subs=["x"])).as_div()
    assert "<script>" not in page
    assert "<img" not in page


def test_a_reference_that_was_not_offered_is_refused() -> None:
    key = "7b0f2a5e-0000-4000-8000-000000000000"
    asked = TopicForm(
        sent(opened_on="2026-03-02", incoming_from=key), entity="case", topic="intake", options={"incoming_from": []}
    )
    assert "incoming_from" in asked.errors
    assert isinstance(asked.fields["incoming_from"].widget, forms.Select)
