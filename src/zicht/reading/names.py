"""Find names of persons, organisations, places, vessels and laws, by rules and gazetteers.

Dutch and English write names with capitals. What else begins with one is a word at the beginning of a sentence, a
heading, or (in English) a month, a day or a people; the rules tell these apart. No model is needed and none is used.
"""

import re
from dataclasses import dataclass

from zicht.reading.capitals import find_capitals
from zicht.reading.chains import Chain, build_chains
from zicht.reading.gazetteers import PARTS_OF_WORLD, Gazetteer, gazetteer
from zicht.reading.joints import stem_of
from zicht.reading.name_types import type_of
from zicht.reading.sentences import Span
from zicht.reading.tokens import spaced

AGED = re.compile(r" \(\d{2}\)")
LONGEST_PARTICLE = 8  # letters and a space: “van der ”
ENDS = ("de ", "den ", "der ", "ter ", "ten ", "van ", "al ", "el ", "von ", "du ", "la ", "le ")
SMALL = re.compile(r"(?<![\w])[a-zà-öø-ÿ]\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its place in the text (code points, end exclusive), its words, and what kind of thing bears it.

    `type` is person, organisation, country, region, province, place, vessel, law, group or event; a guess, no finding.
    """

    start: int
    end: int
    text: str
    type: str


def find_mentions(text: str, sentences: list[Span], language: str) -> list[Name]:
    """Give every mention of a name in order; a longer one may hold a shorter one (“gemeente Tilburg”)."""
    known = gazetteer(language)
    lower = _small_words(text)
    headings = _headings(text, sentences)
    capitals = [one for one in find_capitals(text, sentences, known.openings) if one.sentence not in headings]
    chains = build_chains(text, capitals, known, lower)
    chains = _confirm(text, chains, known, lower)
    types = [type_of(text, one, known) for one in chains]
    persons = _persons(chains, types)
    mentions = [
        Name(one.start, one.end, one.text, "person" if one.text in persons else kind)
        for one, kind in zip(chains, types, strict=True)
    ]
    return sorted(_settle_peoples(mentions, known), key=lambda name: (name.start, -name.end))


def _persons(chains: list[Chain], types: list[str]) -> frozenset[str]:
    """Give the first and last names of persons who are named in full elsewhere in the text."""
    whole = [one for one, kind in zip(chains, types, strict=True) if kind == "person" and len(one.words) > 1]
    return frozenset(word for one in whole for word in (one.words[0], one.words[-1]))


def first_of_each(mentions: list[Name]) -> list[Name]:
    """Give each distinct form once, where it stands first."""
    seen: dict[str, Name] = {}
    for mention in mentions:
        seen.setdefault(mention.text, mention)
    return list(seen.values())


def _small_words(text: str) -> frozenset[str]:
    """Give the words of a text that stand in it in small letters, and how the longer of them begin."""
    words = {word for part in set(spaced(text).split()) for word in SMALL.findall(part)}
    return frozenset(words | {stem_of(word) for word in words})


def _headings(text: str, sentences: list[Span]) -> frozenset[int]:
    """Give the sentences that are headings in which most words have a capital, which then says nothing."""
    return frozenset(number for number, sentence in enumerate(sentences) if _is_heading(text, sentence))


def _is_heading(text: str, sentence: Span) -> bool:
    if sentence.end - sentence.start > 160 or text[sentence.end - 1] in '.!?…”"':
        return False
    part = text[sentence.start : sentence.end]
    words = [one for one in part.split() if one[:1].isalpha()]
    return "," not in part and len(words) >= 4 and sum(one[0].isupper() for one in words) > 0.6 * len(words)


def _confirm(text: str, chains: list[Chain], known: Gazetteer, lower: frozenset[str]) -> list[Chain]:
    """Keep what is a name by itself, and what opens a sentence only when it is one elsewhere or is known."""
    sure = {one.text for one in chains if not one.is_opening}
    parts = {part for one in chains if not one.is_opening or len(one.words) > 1 for part in one.words}
    tails = {one.text[len(one.words[0]) + 1 :].lower() for one in chains if " " in one.text and len(one.words) > 1}
    whole = {one.text.partition(" ")[2]: one for one in chains if not one.is_opening and len(one.words) > 1}
    kept = []
    for chain in chains:
        is_aged = AGED.match(text, chain.end) is not None  # “Yassin (18)”
        is_named = is_aged or chain.text in sure or chain.text in parts or _is_known_alone(chain.text, known, lower)
        if not chain.is_opening or len(chain.words) > 1 or chain.text[-1:].isdigit() or is_named:
            kept.append(_with_first(text, _with_particle(text, chain, tails), whole))
    return kept


def _with_first(text: str, chain: Chain, whole: dict[str, Chain]) -> Chain:
    """Take the opening word along where both were named before: “Partner Stocznia” behind “bij Partner Stocznia”."""
    full = whole.get(chain.text)
    if full is None or not full.text[:1].isupper() or not text.endswith(full.text, 0, chain.end):
        return chain
    return full._replace(start=chain.end - len(full.text), end=chain.end)


def _with_particle(text: str, chain: Chain, tails: set[str]) -> Chain:
    """Take “De” along before “Boer” where “Jan de Boer” was named."""
    if len(chain.words) > 1:
        return chain
    if not text[max(0, chain.start - LONGEST_PARTICLE) : chain.start].lower().endswith(ENDS):
        return chain
    for length in range(3, LONGEST_PARTICLE + 1):
        start = chain.start - length
        longer = text[max(0, start) : chain.end]
        if start >= 0 and longer[:1].isupper() and longer.lower() in tails:
            return chain._replace(start=start, text=longer)
    return chain


def _is_known_alone(word: str, known: Gazetteer, lower: frozenset[str]) -> bool:
    is_acronym = len(word) > 1 and word.isupper() and word.isalpha()
    is_listed = (
        known.is_known(word) or word in known.peoples or word in known.first_names or word in known.organisations
    )
    return is_acronym or (is_listed and word.lower() not in lower)


def _settle_peoples(mentions: list[Name], known: Gazetteer) -> list[Name]:
    """Let “Britse” stand for a country only where nothing else names that country, and then once."""
    named = {known.countries[one.text] for one in mentions if one.text in known.countries}
    kept = []
    for mention in mentions:
        code = known.peoples.get(mention.text)
        if code is None:
            kept.append(mention)
        elif code not in named and code != PARTS_OF_WORLD:
            named.add(code)
            kept.append(Name(mention.start, mention.end, mention.text, "country"))
    return kept
