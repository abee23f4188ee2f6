"""Countries and languages as the Unicode CLDR names them, and Dutch municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from babel.core import Locale, get_global

from zicht.words.content import Municipality
from zicht.words.load import vocabulary
from zicht.words.types import Label

# Territories in CLDR that ISO 3166-1 does not list: unions, reserved codes, islands that belong to a country.
NOT_IN_ISO_3166 = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
# Codes of countries that no longer exist under that name, which CLDR maps to today's country.
WITHDRAWN_ALPHA_3 = frozenset(["BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"])
# ISO 3166-1 has no Kosovo. XK and XKX are what the European Union and the World Bank use; CLDR says XKK.
KOSOVO = {"XKK": "XKX"}
# Values of the standard that say nothing about a language: our missing values do that.
NOT_A_LANGUAGE = frozenset({"mul", "und", "zxx"})
# Languages interpreters are asked for and CLDR files under another code, and sign language, which it leaves out.
MORE_LANGUAGES = {
    "kmr": Label("Northern Kurdish (Kurmanji)", "Noord-Koerdisch (Kurmançi)"),
    "prs": Label("Dari", "Dari"),
    "sgn": Label("Sign language", "Gebarentaal"),
}


@dataclass(frozen=True, slots=True)
class Country:
    """Name a country by the codes of ISO 3166-1; records hold the code of three letters."""

    alpha_3: str
    alpha_2: str
    label: Label


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Give every country by its code of three letters, sorted by that code: ISO 3166-1 and Kosovo (XKX)."""
    english, dutch = Locale("en").territories, Locale("nl").territories
    found = {}
    for alias, territories in get_global("territory_aliases").items():
        alpha_2 = territories[0]
        is_alpha_3 = len(alias) == 3 and alias.isalpha() and alias not in WITHDRAWN_ALPHA_3
        if is_alpha_3 and len(territories) == 1 and alpha_2 in english and alpha_2 not in NOT_IN_ISO_3166:
            alpha_3 = KOSOVO.get(alias, alias)
            found[alpha_3] = Country(alpha_3, alpha_2, Label(english[alpha_2], dutch[alpha_2]))
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=1)
def languages_iso639() -> Mapping[str, Label]:
    """Give every language by its ISO 639 code: two letters where the standard has them, else three."""
    dutch = Locale("nl").languages
    found = dict(MORE_LANGUAGES)
    for code, english in Locale("en").languages.items():
        if isinstance(code, str) and "_" not in code and code in dutch and code not in NOT_A_LANGUAGE:
            found[code] = Label(english, dutch[code])
    return MappingProxyType(dict(sorted(found.items())))


def municipalities() -> Mapping[str, Municipality]:
    """Give the 342 Dutch municipalities of 2025 by their CBS code."""
    return vocabulary().municipalities


def police_unit_of(place: str) -> str:
    """Give the regional unit of the police of a municipality; empty for any other code."""
    return _units().get(place, "")


@lru_cache(maxsize=1)
def _units() -> Mapping[str, str]:
    """Give the unit of each municipality: the unit that names it, else the one that has its whole province."""
    units = vocabulary().lists["police_unit"].codes.values()
    by_province = {province: unit.code for unit in units for province in unit.texts("provinces")}
    named = {town: unit.code for unit in units for town in unit.texts("municipalities")}
    return {code: named.get(code, by_province[town.province]) for code, town in municipalities().items()}
