"""Which fields of a report a column of a table can hold, which column that probably is, and what a cell says."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from zicht import words
from zicht.people.wording import code_of_place

REFERENCE, POSTCODE, HOUSE, SIGNALS, BASIS = "reference", "postcode", "house_number", "signals", "basis"
ASKED_ALWAYS = (REFERENCE, "received_on", "channel", "kind", "urgency")
OWN = "source"  # what comes from a table says so itself
LANGUAGES = ("nl", "en")
EXPLAINED = re.compile(r"[(:]")
BETWEEN = re.compile(r"\s*[;|\n]\s*")
# As it is written in the Netherlands. With strokes it could be the other way round, so that is refused.
DUTCH_DAY = re.compile(r"([0-3]?\d)[-.]([01]?\d)[-.](\d{4})")
NAMES: Mapping[str, tuple[str, ...]] = {
    REFERENCE: ("referentie", "kenmerk", "zaaknummer", "meldingsnummer", "reference", "id", "nummer", "nr"),
    POSTCODE: ("postcode", "postal code", "zip"),
    HOUSE: ("huisnummer", "house number", "huisnr"),
    SIGNALS: ("signalen", "signals", "indicatoren", "indicators"),
    BASIS: ("berust op", "basis"),
    "received_on": ("datum", "date", "ontvangen", "received"),
    "forms": ("vormen", "vorm", "forms", "form"),
    "place_code": ("gemeente", "municipality", "plaats"),
}


def fields_of_a_row() -> list[str]:
    """Give what a column can hold: what must be known first, then every other topic of a report, spot and signals."""
    topics = words.vocabulary().entities["intake"].topics
    named = [name for topic in ("arrived", "about", "where") for name in topics[topic].fields]
    others = [name for name in named if name not in ASKED_ALWAYS and name != OWN]
    return [*ASKED_ALWAYS, *others, POSTCODE, HOUSE, SIGNALS, BASIS]


def field_named(name: str) -> words.Field | None:
    """Give the field of the words; none for what only a table has."""
    if name == BASIS:
        return words.vocabulary().entities["signal"].fields[BASIS]
    return words.vocabulary().entities["intake"].fields.get(name)


def guess(columns: Iterable[str]) -> dict[str, str]:
    """Give for each field the column that is called by its name or label; somebody looks at it before it is used."""
    by_name = {_plain(column): column for column in columns}
    found: dict[str, str] = {}
    for name in fields_of_a_row():
        field = field_named(name)
        labels = [field.label.in_language(language) for language in LANGUAGES] if field else []
        column = next(
            (by_name[one] for one in map(_plain, (name, *labels, *NAMES.get(name, ()))) if one in by_name), ""
        )
        if column and column not in found.values():
            found[name] = column
    return found


def read_cell(name: str, text: str) -> object:
    """Give the value of a field; what cannot be read stays as it is, for the words to refuse."""
    text, field = text.strip(), field_named(name)
    if field is None:
        return text
    if name == "place_code":
        return code_of_place("municipality", text) if text else ""
    if field.type == "multi":
        return [_code(field, item) for item in BETWEEN.split(text) if item]
    if not text:
        return "" if field.type in ("code", "text") else None
    if field.type == "code":
        return _code(field, text)
    if field.type == "date":
        return _day(text)
    return int(text) if field.type == "int" and text.isascii() and text.isdigit() else text


def read_signals(text: str) -> list[str]:
    """Give the codes of signals in a cell."""
    return list(dict.fromkeys(item.upper() for item in BETWEEN.split(text.strip()) if item))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _code(field: words.Field, text: str) -> str:
    return _codes(field.list_name).get(_plain(text), text)


@lru_cache(maxsize=50)
def _codes(list_name: str) -> Mapping[str, str]:
    """Give the code of each term by its code and by its labels, with and without what explains them behind."""
    terms = [(code.code, code.label) for code in words.vocabulary().lists[list_name].offered()]
    terms += list(words.vocabulary().missing_values.items())
    told = [(code, label.in_language(language)) for code, label in terms for language in LANGUAGES]
    short = {_plain(EXPLAINED.split(label)[0]): code for code, label in told}
    return short | {_plain(label): code for code, label in told} | {_plain(code): code for code, _label in terms}


def _day(text: str) -> object:
    found = DUTCH_DAY.fullmatch(text)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else dt.date.fromisoformat(text[:10])
    except ValueError:
        return text
