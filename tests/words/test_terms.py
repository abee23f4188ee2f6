"""What a form offers, and how a term is shown."""

import pytest

from zicht import words


def test_a_list_is_offered_in_its_own_order_and_in_the_language_asked() -> None:
    assert words.choices("case_state", "nl") == [
        ("active", "Actief"),
        ("follow_up", "Nazorg"),
        ("closed", "Gesloten"),
        ("closed_referred", "Gesloten na overdracht"),
    ]
    assert words.choices("case_state", "en")[1] == ("follow_up", "Follow-up")


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "tlh"])
def test_every_language_but_dutch_gets_english(language: str) -> None:
    assert words.choices("signal_state", language)[0] == ("noted", "Noted")


def test_retired_and_import_only_terms_are_not_offered() -> None:
    assert "by_guardian" not in dict(words.choices("consent_answer", "nl"))
    assert "nk" not in dict(words.choices("gender", "nl"))


def test_countries_and_languages_are_offered_by_name_without_regard_for_accents() -> None:
    names = [label for _, label in words.choices("iso3166", "nl")]
    assert names[:3] == ["Afghanistan", "Åland", "Albanië"]
    assert words.choices("iso639", "en")[0][1].startswith("A")
    assert ("prs", "Dari") in words.choices("iso639", "nl")


def test_a_list_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(words.UnknownTermError, match="no list 'genders'"):
        words.choices("genders", "nl")
    with pytest.raises(words.UnknownTermError):
        words.label_of("genders", "f", "nl")


def test_missing_values_are_never_folded_together() -> None:
    assert [code for code, _ in words.missing_choices("nl")] == [
        "unknown",
        "not_asked",
        "declined",
        "not_applicable",
        "withheld",
    ]
    assert len({label for _, label in words.missing_choices("nl")}) == 5


@pytest.mark.parametrize(
    ("list_name", "code", "label"),
    [
        ("gender", "f", "Vrouw of meisje"),
        ("gender", "nk", "Niet opgegeven of onbekend"),
        ("consent_answer", "by_guardian", "Door voogd of ouder gegeven"),
        ("gender", "declined", "Wil het niet zeggen"),
        ("iso3166", "MAR", "Marokko"),
        ("iso639", "not_asked", "(Nog) niet gevraagd"),
        ("gender", "from an older system", "from an older system"),
    ],
)
def test_a_term_is_shown_by_its_label_also_when_it_is_retired_or_missing(list_name: str, code: str, label: str) -> None:
    assert words.label_of(list_name, code, "nl") == label


def test_fixed_values_of_a_field_have_wordings_and_missing_values_too() -> None:
    field = words.vocabulary().entities["exploitation"].fields["perpetrator_count"]
    assert words.value_label(field, "2_5", "nl") == "2 t/m 5"
    assert words.value_label(field, "declined", "en") == "Person preferred not to say"
    assert words.value_label(field, "no_such_value", "en") == "no_such_value"
    offered = dict(words.value_choices(field, "en"))
    assert list(offered)[:3] == ["1", "2_5", "6_up"]
    assert offered["not_asked"] == "Not asked (yet)"
