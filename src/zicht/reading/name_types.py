"""Guess what kind of thing bears a name, from its words and those around it."""

import re

from zicht.reading.chains import Chain
from zicht.reading.gazetteers import Gazetteer
from zicht.reading.joints import ACRONYM

EVENTS = ("werelddag", "week", "dag", "conferentie", "world day", "conference", "summit", "top")
LAWS = re.compile(r"\b(?:wet|wetboek|verdrag|protocol|act|convention|treaty|richtlijn|directive)\b", re.IGNORECASE)
BODIES = (
    "organisatie",
    "stichting",
    "partij",
    "krant",
    "zender",
    "bedrijf",
    "vereniging",
    "persbureau",
    "organisation",
    "company",
    "newspaper",
)
AGE = re.compile(r"\s?\(\d{2}\)")


def type_of(text: str, chain: Chain, known: Gazetteer) -> str:
    """Give the type of a name."""
    if chain.text in known.places:
        return known.places[chain.text]
    before = chain.before
    first = chain.words[0].lower()
    if first in known.kinds["family"]:
        return "group"
    if before == "head":
        return "place" if first in known.kinds["body_of_place"] else "organisation"
    if chain.text in known.organisations:
        return "organisation"
    if chain.text.isupper() and chain.text.title() in known.places:
        return known.places[chain.text.title()]
    if before in known.kinds["vessel"]:
        return "vessel"
    if LAWS.search(chain.text):
        return "law"
    if first.startswith(EVENTS) and len(chain.words) > 1:
        return "event"
    if _is_organisation(chain, known):
        return "organisation"
    return _type_of_rest(text, chain, known, before)


def _is_organisation(chain: Chain, known: Gazetteer) -> bool:
    heads = known.heads
    is_headed = any(word.lower() in heads for word in chain.words)
    return is_headed or any(map(ACRONYM.fullmatch, chain.words)) or len(chain.words) > 4


def _type_of_rest(text: str, chain: Chain, known: Gazetteer, before: str) -> str:
    if before.endswith(BODIES):
        return "organisation"
    if before.endswith(("jarige", "year-old")):
        return "person"
    if chain.words[0] in known.first_names or before in known.kinds["title"] or AGE.match(text, chain.end):
        return "person"
    if len(chain.words) == 1:
        return (
            "place"
            if before in known.kinds["in_place"]
            else "person"
            if before in ("zegt", "aldus", "says")
            else "organisation"
        )
    return "person" if len(chain.words) <= 3 else "organisation"
