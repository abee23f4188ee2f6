"""Values of the register in the words of the reader."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format, localize
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases.queries import short_code
from zicht.people.code_fields import entity_label, language
from zicht.people.models import Account, Organisation

MOST_PERSONS = 3  # of a case in a row of a list
Names = Mapping[str, str]  # key of an account or organisation -> the name that is shown
NOTHING: tuple[object, ...] = (None, "", [])
RESTING: tuple[object, ...] = (*NOTHING, "not_asked", ["not_asked"])


def in_words(entity: str, name: str, value: object, names: Names | None = None) -> str:
    """Give the value of a field as a reader sees it: terms by their labels, days in the language; empty for nothing."""
    field = words.vocabulary().entities[entity].fields[name]
    if isinstance(value, list | tuple):
        return ", ".join(_one(field, item, names or {}) for item in value)
    return "" if value in NOTHING else _one(field, value, names or {})


def label_of_field(entity: str, name: str) -> str:
    """Give the label of a field in the language of the reader."""
    return words.vocabulary().entities[entity].fields[name].label.in_language(language())


def person_in_words(person: Any) -> str:
    """Say in one line who a person is, from what is known."""
    gender, age = (in_words("person", name, _known(getattr(person, name))) for name in ("gender", "age_band"))
    return ", ".join(part for part in (gender or _("Person"), age) if part)


def kind_in_words(entity: str) -> str:
    """Name a kind of record as briefly as a line of a table needs it."""
    brief = {
        "case": _("Case"),
        "person": _("Person"),
        "exploitation": _("Exploitation"),
        "place_event": _("Place"),
    }
    return brief.get(entity) or entity_label(entity)


def status_in_words(person: Any) -> str:
    """Say which status somebody has, by whom and since when: never one without the other."""
    fields = ("status", "status_by", "status_date")
    return " · ".join(in_words("person", name, getattr(person, name)) for name in fields)


def form_in_words(episode: Any) -> str:
    """Name the form of exploitation of an episode: the main one, else all."""
    main = _known(episode.main_form)
    given = in_words("exploitation", "main_form", main) or in_words("exploitation", "forms", _known(episode.forms))
    return given or _("Form not asked yet")


@dataclass(frozen=True)
class CaseRow:
    """A case as a row of a list."""

    case: Any
    code: str
    persons: list[str]
    more: int
    forms: list[str]


def rows_of(cases: Iterable[Any]) -> list[CaseRow]:
    """Give the rows of a list for cases read with their persons and episodes."""
    return [_row(case) for case in cases]


def _row(case: Any) -> CaseRow:
    persons = list(case.persons.all())
    forms = [form_in_words(episode) for person in persons for episode in person.episodes.all()]
    shown = [person_in_words(person) for person in persons[:MOST_PERSONS]]
    return CaseRow(case, short_code(case.pk), shown, len(persons) - len(shown), list(dict.fromkeys(forms)))


def place_in_words(code: str) -> str:
    """Give the name of a country or a municipality by its code; other places are known by their name."""
    country, town = words.countries().get(code), words.municipalities().get(code)
    return country.label.in_language(language()) if country else town.name if town else code


def names_of_places() -> list[str]:
    """Give the names of municipalities, provinces and countries, to choose from while typing."""
    towns = words.municipalities().values()
    names = {town.name for town in towns} | {town.province for town in towns}
    return sorted(names | {country.label.in_language(language()) for country in words.countries().values()})


def code_of_place(level: str, typed: str) -> str:
    """Give the code of a place whose name was typed; what is no name of that level stays as it was typed."""
    wanted = typed.casefold()
    if level == "municipality":
        named = {town.name.casefold(): code for code, town in words.municipalities().items()}
    elif level == "country":
        named = {item.label.in_language(language()).casefold(): code for code, item in words.countries().items()}
    elif level == "province":
        named = {town.province.casefold(): town.province for town in words.municipalities().values()}
    else:
        named = {}
    return named.get(wanted) or (typed.upper() if level in ("municipality", "country") else typed)


def names_of(keys: Iterable[object]) -> dict[str, str]:
    """Give the names of accounts and organisations among keys, at most two queries for all of them."""
    wanted = {UUID(str(key)) for key in keys if key}
    if not wanted:
        return {}
    accounts = Account.objects.filter(pk__in=wanted).values_list("pk", "shown_as")
    organisations = Organisation.objects.filter(pk__in=wanted).values_list("pk", "org_name")
    return {str(key): name for key, name in [*accounts, *organisations]}


def list_in_words(parts: Iterable[str]) -> str:
    """Join words as a sentence does."""
    return get_text_list(list(parts), _("and"))


def _known(value: object) -> object:
    return "" if value in RESTING else value


def _one(field: words.Field, value: object, names: Names) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.type in ("code", "multi"):
        return words.value_label(field, str(value), language())
    if field.name == "place_code":
        return place_in_words(str(value))
    if field.type in ("date", "month"):
        return _day(str(value), field.type)
    if field.type in ("id", "ref"):
        return names.get(str(value)) or short_code(UUID(str(value)))
    return str(localize(value)) if field.type == "int" else str(value)


def _day(written: str, kind: str) -> str:
    day = dt.date.fromisoformat(written if kind == "date" else f"{written}-01")
    return date_format(day, "DATE_FORMAT" if kind == "date" else "YEAR_MONTH_FORMAT")
