"""Terms of code lists: what may be chosen, and whether a value is one of them."""

import unicodedata
from collections.abc import Container, Mapping
from functools import cache

from zicht.words.errors import UnknownTermError
from zicht.words.load import vocabulary
from zicht.words.places import countries, languages_iso639
from zicht.words.problems import Problem
from zicht.words.types import Field, Label

OUTSIDE_LISTS = {
    "iso639": Label("Languages (ISO 639)", "Talen (ISO 639)"),
    "iso3166": Label("Countries (ISO 3166)", "Landen (ISO 3166)"),
}


def choices(list_name: str, language: str) -> list[tuple[str, str]]:
    """Give code and label of every term a new record may use: lists in their own order, ISO lists by label."""
    if list_name in OUTSIDE_LISTS:
        return list(_outside_choices(list_name, language))
    if list_name not in vocabulary().lists:
        raise UnknownTermError("list", list_name)
    return [(code.code, code.label.in_language(language)) for code in vocabulary().lists[list_name].offered()]


@cache
def _outside_choices(list_name: str, language: str) -> tuple[tuple[str, str], ...]:
    # Kept: sorting the languages of the world takes as long as drawing a page.
    pairs = [(code, label.in_language(language)) for code, label in _outside_labels(list_name).items()]
    return tuple(sorted(pairs, key=lambda pair: _sort_key(pair[1])))


def _sort_key(label: str) -> str:
    # Without accents, so that Åland stands under A and not after Z.
    return "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))


def _outside_labels(list_name: str) -> Mapping[str, Label]:
    if list_name == "iso639":
        return languages_iso639()
    return {code: country.label for code, country in countries().items()}


def label_of(list_name: str, code: str, language: str) -> str:
    """Give the label of a term, also of a retired one, or of a missing value; what is neither is shown as it is."""
    if list_name in OUTSIDE_LISTS:
        label = _outside_labels(list_name).get(code)
    elif list_name in vocabulary().lists:
        term = vocabulary().lists[list_name].codes.get(code)
        label = term.label if term else None
    else:
        raise UnknownTermError("list", list_name)
    label = label or vocabulary().missing_values.get(code)
    return label.in_language(language) if label else code


def value_label(field: Field, value: str, language: str) -> str:
    """Give the label of one value of a field of type code or multi, whether its terms are a list or its own."""
    if field.list_name != "none":
        return label_of(field.list_name, value, language)
    label = field.value_labels.get(value) or vocabulary().missing_values.get(value)
    return label.in_language(language) if label else value


def value_choices(field: Field, language: str) -> list[tuple[str, str]]:
    """Give value and label of everything a new record may have in a field, missing values last unless it is strict."""
    if field.list_name == "none":
        terms = [(value, value_label(field, value, language)) for value in field.values]
    else:
        terms = choices(field.list_name, language)
    return terms + ([] if field.strict else missing_choices(language))


def missing_choices(language: str) -> list[tuple[str, str]]:
    """Give code and label of the missing values, which a field that is not strict accepts beside its terms."""
    return [(code, label.in_language(language)) for code, label in vocabulary().missing_values.items()]


def check_term(field: Field, value: object, is_new: bool) -> Problem | None:
    """Check one value of a field of type code."""
    if not isinstance(value, str):
        return _not_in_list(field)
    missing = vocabulary().missing_values.get(value)
    if missing and not field.strict:
        return None
    if value in _terms(field):
        return _check_offered(field, value) if is_new else None
    return Problem("missing_not_allowed", {"term": missing}) if missing else _not_in_list(field)


def check_terms(field: Field, values: object, is_new: bool) -> Problem | None:
    """Check the list of values of a field of type multi; a missing value stands alone."""
    if not isinstance(values, list | tuple):
        return Problem("not_many")
    for value in values:
        if problem := check_term(field, value, is_new):
            return problem
    if len(set(values)) < len(values):
        return Problem("given_twice")
    missing = None if field.strict else next((value for value in values if value in vocabulary().missing_values), None)
    if missing and len(values) > 1:
        return Problem("missing_beside_terms", {"term": vocabulary().missing_values[missing]})
    return None


def _terms(field: Field) -> Container[str]:
    if field.list_name == "none":
        return field.values
    if field.list_name == "iso639":
        return languages_iso639()
    if field.list_name == "iso3166":
        return countries()
    return vocabulary().lists[field.list_name].codes


def _check_offered(field: Field, value: str) -> Problem | None:
    code_list = vocabulary().lists.get(field.list_name)
    code = code_list.codes[value] if code_list else None
    if code and not code.is_active:
        return Problem("term_retired", {"term": code.label, "use": code.text("use")})
    if code and code.import_only:
        return Problem("term_import_only", {"term": code.label})
    return None


def _not_in_list(field: Field) -> Problem:
    if field.list_name == "none":
        return Problem("not_in_values", {"values": ", ".join(field.values)})
    label = OUTSIDE_LISTS.get(field.list_name) or vocabulary().lists[field.list_name].label
    return Problem("not_in_list", {"list": label})
