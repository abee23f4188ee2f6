"""Every save, and every way round it, is checked against the words; every query stops at the walls."""

from typing import cast as typed
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import isolate_apps
from django.utils import timezone, translation
from tests.people.cast import Cast

from zicht import words
from zicht.people import actions
from zicht.people.code_fields import CODE_LENGTH, label_of
from zicht.people.models import AccessLine, Account, Organisation, RoleGrant
from zicht.people.records import CodeField, MultiCodeField, WalledQuerySet, WordsModel


def every_record() -> list[type[WordsModel]]:
    found: list[type[WordsModel]] = []
    waiting: list[type[WordsModel]] = list(WordsModel.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if not model._meta.abstract and model._meta.app_label != "test" and model not in found:
            found.append(model)
    return found


def an_organisation(**values: object) -> Organisation:
    return Organisation(**{"org_name": "Somewhere", "org_type": "shelter", "legal_regime": "care", **values})


# --- columns and fields -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", every_record(), ids=lambda model: model.__name__)
def test_the_columns_of_a_record_are_the_fields_of_its_entity(model: type[WordsModel]) -> None:
    assert not [error for error in model.check() if error.id == "people.E001"]
    fields = set(words.vocabulary().entities[model.words_entity].fields)
    kept = set(model.words_columns()) | model.words_relations()
    assert kept | model.words_left_out == fields
    assert not kept & model.words_left_out


def test_no_entity_is_kept_by_two_models() -> None:
    entities = [model.words_entity for model in every_record()]
    assert sorted(entities) == sorted(set(entities))


@isolate_apps("zicht.people")
def test_columns_that_disagree_with_the_words_stop_the_start() -> None:
    class Grant(WordsModel):
        words_entity = "role_grant"
        grant_id = models.UUIDField(primary_key=True)
        role = CodeField("access_verb", strict=True)
        nickname = models.CharField(max_length=10)

        class Meta:
            app_label = "test"

    texts = " ".join(error.msg for error in Grant.check() if error.id == "people.E001")
    assert "'granted_on' that is no column" in texts
    assert "'nickname' is no field" in texts
    assert "'role' and the field of the entity have different code lists" in texts


def test_no_term_stands_in_a_migration() -> None:
    for column in (CodeField("legal_regime", strict=True), MultiCodeField("support_type")):
        _name, path, args, options = column.deconstruct()
        assert path.startswith("zicht.people.")
        assert args == [column.list_name]
        assert "choices" not in options


def test_labels_and_choices_come_from_the_words_in_the_language_of_the_reader() -> None:
    organisation = an_organisation(legal_regime="press")
    field = Organisation._meta.get_field("legal_regime")
    for language, label in (("nl", "Journalistiek"), ("en", "Journalism")):
        with translation.override(language):
            assert label in organisation.get_legal_regime_display()  # type: ignore[attr-defined]
            labels = dict(field.formfield().choices)  # type: ignore[attr-defined]
            assert label in labels["press"]


@pytest.mark.parametrize(
    ("list_name", "code", "dutch", "english"),
    [
        ("iso639", "ar", "Arabisch", "Arabic"),
        ("iso3166", "MAR", "Marokko", "Morocco"),
        ("iso3166", "declined", "Wil het niet zeggen", "Person preferred not to say"),
        ("consent_answer", "by_guardian", "Door voogd of ouder gegeven", "Given by guardian"),
        ("gender", "not_asked", "(Nog) niet gevraagd", "Not asked (yet)"),
        ("gender", "from an older system", "from an older system", "from an older system"),
    ],
)
def test_a_term_is_shown_in_words_also_when_it_is_retired_or_missing(
    list_name: str, code: str, dutch: str, english: str
) -> None:
    for language, label in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert label_of(list_name, code) == label


def test_a_label_from_a_list_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(words.UnknownTermError):
        label_of("genders", "f")


def columns_for(entity: words.Entity) -> type[WordsModel]:
    """Make a record with a column for every field of an entity that holds terms."""
    kinds = {"code": CodeField, "multi": MultiCodeField}
    columns: dict[str, object] = {
        field.name: kinds[field.type](field.list_name, strict=field.strict)
        for field in entity.fields.values()
        if field.type in kinds
    }
    meta = type("Meta", (), {"app_label": "test"})
    about = {"words_entity": entity.name, "Meta": meta, "__module__": __name__}
    return type(entity.name.title().replace("_", ""), (WordsModel,), {**columns, **about})


def every_term(field: words.Field) -> set[str]:
    """Give everything that a field could hold, offered or not."""
    vocabulary = words.vocabulary()
    outside = {"iso639": words.languages_iso639(), "iso3166": words.countries(), "none": field.values}
    terms = outside.get(field.list_name) or vocabulary.lists[field.list_name].codes
    return {*terms, *vocabulary.missing_values, "", "no such term"}


@pytest.mark.parametrize("entity", words.vocabulary().entities.values(), ids=lambda entity: entity.name)
@isolate_apps("zicht.people")
def test_a_form_offers_exactly_what_the_words_accept(entity: words.Entity) -> None:
    for column in columns_for(entity)._meta.concrete_fields:
        if not isinstance(column, CodeField | MultiCodeField):
            continue
        field = entity.fields[column.name]
        choices = [code for code, _label in column.formfield().choices]  # type: ignore[attr-defined]
        accepted = {
            term
            for term in every_term(field) - {""}
            if words.check_value(entity.name, field.name, [term] if field.type == "multi" else term) is None
        }
        assert len(choices) == len(set(choices)), field.name
        assert set(choices) - {""} == accepted, field.name
        assert max(map(len, accepted)) <= CODE_LENGTH


def test_a_form_for_a_field_that_may_be_unknown_offers_the_missing_values() -> None:
    def codes(name: str) -> set[str]:
        field = typed(CodeField, Organisation._meta.get_field(name))
        return set(dict(field.formfield().choices))  # type: ignore[attr-defined]

    missing = set(words.vocabulary().missing_values)
    assert missing <= codes("list_group")
    assert not missing & codes("legal_regime")


# --- saving -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"org_type": "club"}, "org_type"),
        ({"legal_regime": "unknown"}, "legal_regime"),
        ({"org_name": " "}, "org_name"),
        ({"org_name": "turned\u202earound"}, "org_name"),
        ({"services": ["food", "food"]}, "services"),
        ({"services": "food"}, "services"),
        ({"services": ["food", "unknown"]}, "services"),
        ({"languages": ["xx-none"]}, "languages"),
        ({"mandatory_reporter": None}, "mandatory_reporter"),
    ],
)
def test_a_value_that_the_words_do_not_have_is_refused_at_every_door(wrong: dict[str, object], column: str) -> None:
    for store in (
        lambda: an_organisation(**wrong).save(),
        lambda: an_organisation(**wrong).clean(),
        lambda: Organisation.objects.bulk_create([an_organisation(org_name="Good"), an_organisation(**wrong)]),
        lambda: Organisation.objects.update(**wrong),
    ):
        with pytest.raises(ValidationError) as refusal:
            store()
        assert list(refusal.value.message_dict) == [column]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"), [("nl", "Kies een van de termen"), ("en", "Choose one of the terms")]
)
def test_a_refusal_is_a_sentence_in_the_language_of_the_reader_without_the_value(language: str, sentence: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refusal:
        an_organisation(org_type="my secret").refuse_if_wrong()
    text = str(refusal.value.message_dict)
    assert sentence in text
    assert "secret" not in text


@pytest.mark.django_db
def test_a_calculation_is_refused_because_nobody_can_tell_what_it_gives() -> None:
    an_organisation().save()
    for wrong in ({"org_type": F("legal_regime")}, {"org_name": Concat("org_name", Value("!"))}):
        with pytest.raises(ValidationError):
            Organisation.objects.update(**wrong)


@pytest.mark.django_db
def test_many_records_can_be_changed_at_once_to_what_the_words_allow() -> None:
    organisations = Organisation.objects.bulk_create([an_organisation(), an_organisation(org_name="Elsewhere")])
    assert Organisation.objects.update(org_type="legal") == 2
    for organisation in organisations:
        organisation.org_type = "school"
    assert Organisation.objects.bulk_update(organisations, ["org_type"]) == 2
    assert set(Organisation.objects.values_list("org_type", flat=True)) == {"school"}
    organisations[1].org_type = "club"
    with pytest.raises(ValidationError):
        Organisation.objects.bulk_update(organisations, ["org_type"])


def test_a_related_record_counts_as_its_key_in_a_change_of_many(cast: Cast) -> None:
    assert RoleGrant.objects.filter(account=cast.counsellor).update(granted_by=cast.administrator) == 1
    with pytest.raises(ValidationError):
        RoleGrant.objects.filter(account=cast.counsellor).update(role="emperor")
    with pytest.raises(ValidationError):
        cast.counsellor.grants.update(granted_on=None)


def test_the_ways_that_end_in_a_save_are_checked_too(cast: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        RoleGrant.objects.get_or_create(account=cast.counsellor, role="emperor", granted_on=today)
    with pytest.raises(ValidationError):
        RoleGrant.objects.update_or_create(account=cast.counsellor, defaults={"role": "emperor", "granted_on": today})


@isolate_apps("zicht.people")
def test_a_term_that_is_not_offered_any_more_stays_valid_in_an_old_record() -> None:
    class Answer(WordsModel):
        words_entity = "consent"
        consent_id = models.UUIDField(primary_key=True, default=uuid4)
        purpose = CodeField("sharing_purpose")
        answer = CodeField("consent_answer")
        given_by = CodeField("consent_giver")
        asked_on = models.DateField()
        wording_version = models.CharField(max_length=10)

        class Meta:
            app_label = "test"

    purpose = words.vocabulary().entities["consent"].fields["purpose"].list_name
    first = words.vocabulary().lists[purpose].offered()[0].code
    answer = Answer(
        purpose=first, answer="by_guardian", given_by="self", asked_on=timezone.localdate(), wording_version="1"
    )
    with pytest.raises(ValidationError) as refusal:
        answer.refuse_if_wrong()
    assert list(refusal.value.message_dict) == ["answer"]
    answer._state.adding = False
    answer.refuse_if_wrong()


# --- walls ------------------------------------------------------------------------------------------------------
def test_an_account_sees_its_own_organisation_behind_its_own_walls_only(cast: Cast) -> None:
    looked = {
        (who, wall): actions.record_access(who, "seen", "contact", compartment=wall).pk
        for who in (cast.counsellor, cast.officer, cast.reporter, cast.stranger)
        for wall in ("help", "enforce", "press", "public")
    }
    records = WalledQuerySet[AccessLine](AccessLine).filter(subject="contact")  # type: ignore[type-var]

    def seen(account: Account) -> set[int]:
        return set(records.visible_to(account).values_list("pk", flat=True))

    assert seen(cast.counsellor) == {looked[cast.counsellor, "help"]}
    assert seen(cast.officer) == {looked[cast.officer, "enforce"]}
    assert seen(cast.reporter) == {looked[cast.reporter, "press"]}
    assert seen(cast.administrator) == {looked[cast.counsellor, "public"]}
    assert seen(cast.stranger) == {looked[cast.stranger, "public"]}


def test_a_closed_or_invited_account_sees_no_record_at_all(cast: Cast) -> None:
    actions.record_access(cast.counsellor, "seen", "contact", compartment="help")
    records = WalledQuerySet[AccessLine](AccessLine)  # type: ignore[type-var]
    assert records.visible_to(cast.counsellor).exists()
    assert not records.visible_to(cast.closed).exists()
    assert not records.visible_to(cast.invited).exists()


# --- accounts ---------------------------------------------------------------------------------------------------
def test_there_is_no_account_that_may_everything(cast: Cast) -> None:
    names = {field.name for field in Account._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "email", "first_name", "last_name", "last_login", "groups"}


def test_the_rules_cost_an_account_one_query_however_often_they_are_asked(cast: Cast) -> None:
    account = Account.objects.get(pk=cast.counsellor.pk)
    before = len(connection.queries_log)
    connection.force_debug_cursor = True
    try:
        for _ in range(3):
            account.has_perm("people.invite")
            account.has_perm("people.see_organisation", account.org)
    finally:
        connection.force_debug_cursor = False
    assert len(connection.queries_log) - before == 1
