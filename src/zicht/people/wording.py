"""Values of records in the words of the reader: terms by their labels, days in the language, places by name."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.formats import date_format, localize
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from zicht import words
from zicht.people.code_fields import label_of_field as label_of_field
from zicht.people.code_fields import language
from zicht.people.models import Account, Organisation
from zicht.people.short_codes import short_code

Names = Mapping[str, str]  # key of an account or organisation -> the name that is shown
NOTHING: tuple[object, ...] = (None, "", [])
RESTING: tuple[object, ...] = (*NOTHING, "not_asked", ["not_asked"])


def in_words(entity: str, name: str, value: object, names: Names | None = None) -> str:
    """Give the value of a field as a reader sees it: terms by their labels, days in the language; empty for nothing."""
    field = words.vocabulary().entities[entity].fields[name]
    if isinstance(value, list | tuple):
        return ", ".join(_one(field, item, names or {}) for item in value)
    return "" if value in NOTHING else _one(field, value, names or {})


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
