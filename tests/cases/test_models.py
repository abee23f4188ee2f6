"""The nouns of the register and the words agree, and texts lie in the database as boxes that only their key opens."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from tests.cases.cast import Cast

from zicht import words
from zicht.cases import actions, history, rules
from zicht.cases.models import Assessment, Case, Change, Kept, Person
from zicht.people.record_keys import KeyDestroyedError, store
from zicht.people.records import SealedTextField, WordsModel
from zicht.people.sealed import DoesNotOpenError, Sealed, reveal

REGISTER = ("case", "person", "exploitation", "place_event", "assessment", "consent", "share", "match")


def models_of_the_room() -> list[type[WordsModel]]:
    return [model for model in apps.get_app_config("cases").get_models() if issubclass(model, WordsModel)]


def test_every_noun_of_the_register_is_a_record() -> None:
    assert set(REGISTER) <= {model.words_entity for model in models_of_the_room()}


@pytest.mark.parametrize("model", models_of_the_room(), ids=lambda model: model.__name__)
def test_every_text_of_class_p3_is_sealed_and_no_other_field_is(model: type[WordsModel]) -> None:
    fields = words.vocabulary().entities[model.words_entity].fields
    columns = {column.attname: column for column in model._meta.concrete_fields}
    sealed = {name for name, column in model.words_columns().items() if isinstance(columns[column], SealedTextField)}
    assert sealed == {name for name, field in fields.items() if field.sensitivity == "P3"}


@pytest.mark.parametrize("entity", REGISTER)
def test_every_derived_value_has_a_rule(entity: str) -> None:
    for name in words.vocabulary().entities[entity].derived:
        assert callable(getattr(rules, name))


@pytest.mark.parametrize("model", [m for m in models_of_the_room() if issubclass(m, Kept)], ids=lambda m: m.__name__)
def test_what_is_not_asked_rests_as_not_asked(model: type[WordsModel]) -> None:
    fields = words.vocabulary().entities[model.words_entity].fields
    record = model()
    for name, column in model.words_columns().items():
        field = fields[name]
        if field.type in ("code", "multi") and not field.strict and not field.required:
            assert getattr(record, column) in ("not_asked", ["not_asked"], ""), name


@pytest.mark.django_db
def test_what_the_words_allow_and_a_column_does_not_hold_is_refused_by_every_way_to_store_it(cast: Cast) -> None:
    person, episode = cast.person, cast.episode
    person.own_children, episode.law_version = 2**15, "x" * 201
    with translation.override("en"):
        for store_it, sentence in (
            (person.save, "This number is too large to store."),
            (lambda: Person.objects.update(own_children=2**15), "This number is too large to store."),
            (episode.save, "This text has 201 characters; 200 is the most. Shorten it or divide it."),
        ):
            with pytest.raises(ValidationError) as refused:
                store_it()
            assert refused.value.messages == [sentence]
    person.own_children, episode.law_version = 2**15 - 1, "x" * 200
    person.save()
    episode.save()


@pytest.mark.django_db
def test_a_text_lies_sealed_in_the_database_and_opens_for_the_program(cast: Cast) -> None:
    case = actions.change_case(cast.case_worker, cast.case, {"comments": "walked in on Monday"}, version=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT comments FROM cases_case")
        (stored,) = cursor.fetchone()
    assert b"Monday" not in bytes(stored)
    found = Case.objects.get(pk=case.pk)
    assert isinstance(found.comments, Sealed)
    assert reveal(found, "comments") == "walked in on Monday"


@pytest.mark.django_db
def test_a_text_moved_to_another_record_does_not_open_there(cast: Cast) -> None:
    actions.change_case(cast.case_worker, cast.case, {"comments": "walked in"}, version=1)
    other = actions.open_case(cast.case_worker, {})
    store().destroy([other.pk])
    box = Case.objects.get(pk=cast.case.pk).comments
    assert isinstance(box, Sealed)
    Case.objects.filter(pk=other.pk).update(comments=box)
    with pytest.raises(KeyDestroyedError):
        reveal(Case.objects.get(pk=other.pk), "comments")
    store().make([other.pk])
    with pytest.raises(DoesNotOpenError):
        reveal(Case.objects.get(pk=other.pk), "comments")


@pytest.mark.django_db
def test_history_is_sealed_and_unreadable_once_the_key_is_destroyed(cast: Cast) -> None:
    actions.change_person(cast.case_worker, cast.case, cast.person, {"gender": "tm"}, version=1)
    change = Change.objects.get(field="gender")
    assert isinstance(change.before, Sealed)
    store().destroy([cast.person.pk])
    (told,) = history.told([change])
    assert (told.before, told.after) == (None, None)


@pytest.mark.django_db
def test_an_assessment_is_sealed_with_the_key_of_the_person(cast: Cast) -> None:
    values = {"made_on": cast.case.opened_on, "conclusion": "possible", "reason": "three strong signals"}
    made = actions.assess(cast.case_worker, cast.case, cast.person, values)
    assert reveal(Assessment.objects.get(pk=made.pk), "reason") == "three strong signals"
    store().destroy([cast.person.pk])
    with pytest.raises(KeyDestroyedError):
        reveal(Assessment.objects.get(pk=made.pk), "reason")
