"""Countries, languages and municipalities."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("town", "unit"),
    [
        ("Amsterdam", "amsterdam"),
        ("Haarlemmermeer", "noord_holland"),
        ("Gooise Meren", "midden_nederland"),
        ("Vijfheerenlanden", "midden_nederland"),
        ("Gouda", "den_haag"),
        ("Dordrecht", "rotterdam"),
        ("Altena", "zeeland_west_brabant"),
        ("Boxtel", "oost_brabant"),
        ("Mook en Middelaar", "limburg"),
        ("Buren", "oost_nederland"),
        ("Noordoostpolder", "midden_nederland"),
        ("Vlieland", "noord_nederland"),
    ],
)
def test_a_municipality_lies_in_one_unit_of_the_police_whatever_its_province(town: str, unit: str) -> None:
    codes = {place.name: code for code, place in words.municipalities().items()}
    assert words.police_unit_of(codes[town]) == unit


def test_each_municipality_lies_in_a_unit_and_each_unit_has_as_many_as_its_safety_regions() -> None:
    counted = Counter(words.police_unit_of(code) for code in words.municipalities())
    # Counted from Statistics Netherlands' municipalities by safety region, with those merged by 2025.
    assert counted == {
        "noord_nederland": 40,
        "oost_nederland": 76,
        "midden_nederland": 38,
        "noord_holland": 32,
        "amsterdam": 6,
        "den_haag": 27,
        "rotterdam": 23,
        "zeeland_west_brabant": 37,
        "oost_brabant": 32,
        "limburg": 31,
    }
    assert words.police_unit_of("Utrecht") == words.police_unit_of("") == ""
