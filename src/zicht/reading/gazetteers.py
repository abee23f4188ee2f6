"""What is known of names beforehand: countries, their people, places, first names, and words that open a name."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from zicht.reading.wordlists import read_sections

PARTS_OF_WORLD = "QR"  # a code that ISO 3166 leaves to users; for words such as “Europees”
SHORTEST_TITLE = 7  # letters of a title by which a longer word is one: “asielminister”
NO_COUNTRIES = frozenset({"UN", "EU", "EZ", "QO"})


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of one language; `places` gives the kind of each, `peoples` the country (ISO 3166) of a word."""

    places: dict[str, str]
    countries: dict[str, str]
    peoples: dict[str, str]
    first_names: frozenset[str]
    organisations: frozenset[str]
    kinds: dict[str, frozenset[str]]
    openings: frozenset[str]
    heads: frozenset[str]
    place_starts: frozenset[str]
    folk: frozenset[str]  # more than one of a people: “Koreanen”
    long_titles: tuple[str, ...]  # by which a compound is known as one
    media: frozenset[str]
    longest: int  # letters of the longest name of a place or organisation

    def is_known(self, name: str) -> bool:
        """Answer whether a name is that of a place or country."""
        return name in self.places


@cache
def gazetteer(language: str) -> Gazetteer:
    """Give the gazetteer of `nl` or `en`; names of places are known in both languages."""
    words = _words_around(language)
    countries = _countries()
    organisations = frozenset(read_sections("organisations.txt")["organisation"])
    places = dict.fromkeys(countries, "country")
    for kind, names in (*read_sections("places.txt").items(), *read_sections("municipalities.txt").items()):
        places |= {name: "place" if kind == "city" else kind for name in names if name not in places}
    starts = frozenset(re.split(r"[ -]", name)[0] for name in (*places, *organisations) if " " in name)
    return Gazetteer(
        places,
        countries,
        {word: code for code, of_code in read_sections("countries.txt").items() for word in of_code},
        frozenset(read_sections("people.txt")["first"]),
        organisations,
        {kind: frozenset(of_kind) for kind, of_kind in words.items()},
        frozenset(words["opening"]),
        frozenset((*words["organisation"], *words["lower_organisation"], *words["body_of_place"])),
        starts,
        frozenset(noun for noun in read_sections(f"{language}_units.txt")["person"] if noun[:1].isupper()),
        tuple(title for title in words["title"] if len(title) >= SHORTEST_TITLE),
        frozenset(read_sections("organisations.txt")["media"]),
        max(map(len, (*places, *organisations))),
    )


def _words_around(language: str) -> dict[str, tuple[str, ...]]:
    """Give the words around names; a Dutch text names English organisations, and the other way round."""
    words = read_sections(f"{language}_names.txt")
    other = read_sections(f"{'en' if language == 'nl' else 'nl'}_names.txt")
    # “Oprichter”, “Rechercheur” before a name; English has too many that are something else as well.
    persons = read_sections("nl_units.txt")["person"] if language == "nl" else ()
    titles = (*words["title"], *(noun for noun in persons if noun.islower()))
    heads = (*words["organisation"], *other["organisation"])
    return words | {"organisation": heads, "title": titles, "honorific": words["title"]}


def _countries() -> dict[str, str]:
    """Give the code of every name of a country, from CLDR and our own list of usual names."""
    usual = {
        "VS": "US", "V.S.": "US", "USA": "US", "U.S.": "US", "US": "US", "Amerika": "US", "Verenigde Staten": "US",
        "United States": "US", "VK": "GB", "UK": "GB", "Engeland": "GB", "England": "GB", "Groot-Brittannië": "GB",
        "Britain": "GB", "Schotland": "GB", "Scotland": "GB", "Holland": "NL", "Noord-Korea": "KP", "North Korea": "KP",
        "Zuid-Korea": "KR", "South Korea": "KR", "Vietnam": "VN", "Birma": "MM", "Burma": "MM", "Turkey": "TR",
    }  # fmt: skip
    named = {
        name: code
        for language in ("nl", "en")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES and name[:1].isupper()
    }
    return named | usual
