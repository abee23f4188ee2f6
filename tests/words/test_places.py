"""Countries, languages and municipalities."""

import csv
import gzip
from pathlib import Path

from zicht import words


def test_countries_are_those_of_iso_3166_and_kosovo() -> None:
    countries = words.countries()
    assert len(countries) == 249 + 1
    assert countries["NLD"] == words.Country("NLD", "NL", words.Label("Netherlands", "Nederland"))
    assert countries["XKX"].alpha_2 == "XK"
    assert {"BES", "PRK", "TWN", "PSE", "SSD", "VAT"} <= set(countries)
    assert not {"EUR", "UNK", "XKK", "ZAR", "DDR", "SUN", "ANT", "ASC", "ZZZ"} & set(countries)


def test_every_country_has_two_codes_and_two_names_of_its_own() -> None:
    countries = list(words.countries().values())
    assert len({country.alpha_2 for country in countries}) == len(countries)
    assert len({country.label for country in countries}) == len(countries)
    assert all(country.label.en and country.label.nl for country in countries)


def test_every_country_in_the_file_of_unodc_is_known(shared: Path) -> None:
    with gzip.open(shared / "data" / "glotip" / "glotip_2025-04-14.csv.gz", "rt", encoding="utf-8-sig") as file:
        codes = {row["Iso3_code"] for row in csv.DictReader(file)}
    assert len(codes) == 198
    assert codes <= set(words.countries())


def test_every_indicator_in_the_file_of_unodc_has_a_term(shared: Path) -> None:
    with gzip.open(shared / "data" / "glotip" / "glotip_2025-04-14.csv.gz", "rt", encoding="utf-8-sig") as file:
        found = {row["Indicator"] for row in csv.DictReader(file)}
    terms = words.vocabulary().lists["outside_indicator"].codes.values()
    assert found == {term.text("glotip") for term in terms}


def test_languages_have_the_shortest_code_of_iso_639() -> None:
    languages = words.languages_iso639()
    assert languages["nl"] == words.Label("Dutch", "Nederlands")
    assert languages["ti"] == words.Label("Tigrinya", "Tigrinya")
    assert {"prs", "ckb", "kmr", "rom", "pcm", "sgn"} <= set(languages)
    assert not {"nld", "tir", "und", "mul", "zxx", "root", "nl_BE", "fa_AF"} & set(languages)
    assert all(2 <= len(code) <= 3 and code.isascii() and code.islower() for code in languages)


def test_there_are_342_municipalities_in_twelve_provinces() -> None:
    municipalities = words.municipalities()
    assert len(municipalities) == 342
    assert municipalities["GM0363"] == words.Municipality("GM0363", "Amsterdam", "Noord-Holland")
    assert municipalities["GM0820"].name == "Nuenen, Gerwen en Nederwetten"
    assert len({municipality.province for municipality in municipalities.values()}) == 12
