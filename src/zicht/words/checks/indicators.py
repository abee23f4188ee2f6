"""Indicators: terms that exist, one name a group, and never a word about origin or looks."""

import re
from collections import defaultdict
from collections.abc import Iterator

from zicht.words.content import Indicator
from zicht.words.errors import Mistake
from zicht.words.types import Label
from zicht.words.vocabulary import Vocabulary

FILE = "indicators.csv"
SEARCH_FILE = "search_words.csv"
ORIGIN = re.compile(
    r"\b(afri[ck]|asi[ae]|azi[ae]|roma\b|nigeria|roemeen|romania|bulgar|chinese|chinees|moslim|muslim|marokk|oost-?europ|"
    r"east(ern)? europ|zuid-amerik|south americ|nationali|skin|huid|headscarf|hoofddoek)",
    re.IGNORECASE,
)


def check_search_words(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that each word that people search with finds indicators that are offered."""
    for word, indicators in vocabulary.search_words.items():
        if word != word.strip().lower():
            yield Mistake(SEARCH_FILE, word, "is not written in small letters")
        for code in indicators:
            if code not in vocabulary.indicators or not vocabulary.indicators[code].is_active:
                yield Mistake(SEARCH_FILE, word, f"finds {code}, which is not offered")


def check_situations(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that each situation names groups of indicators that exist."""
    groups = {indicator.group for indicator in vocabulary.indicators.values()}
    situations = vocabulary.lists.get("situation")
    for situation in situations.codes.values() if situations else ():
        for group in situation.texts("groups"):
            if group not in groups:
                yield Mistake("codes.yaml", f"lists.situation.{situation.code}", f"there is no group {group}")


def check_indicators(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check every indicator of the catalogue."""
    names: dict[str, set[Label]] = defaultdict(set)
    for indicator in vocabulary.indicators.values():
        names[indicator.group].add(indicator.group_label)
        yield from (Mistake(FILE, indicator.code, what) for what in _describe_mistakes(vocabulary, indicator))
    for group, labels in names.items():
        if len(labels) > 1:
            yield Mistake(FILE, f"group {group}", "has different names")


def _describe_mistakes(vocabulary: Vocabulary, indicator: Indicator) -> Iterator[str]:
    if not re.fullmatch(re.escape(indicator.group) + r"\d\d", indicator.code):
        yield "the code is not its group and two digits"
    if indicator.dimension == "context" and indicator.strength == "strong":
        yield "a context indicator is never strong"
    if indicator.applies_to not in ("any", "minor", "adult"):
        yield f"applies_to: {indicator.applies_to} is not any, minor or adult"
    if ORIGIN.search(f"{indicator.label.en} {indicator.label.nl}"):
        yield "speaks of origin or looks, which are never a signal"
    for reference in indicator.seed_refs:
        if not re.fullmatch(r"seed:00[0-4]", reference):
            yield f"seed_refs: {reference} does not exist"
    yield from _describe_unknown_terms(vocabulary, indicator)
    yield from _describe_wrong_element(vocabulary, indicator)


def _describe_unknown_terms(vocabulary: Vocabulary, indicator: Indicator) -> Iterator[str]:
    named = {
        "dimension": ("dimension", (indicator.dimension,)),
        "strength": ("strength", (indicator.strength,)),
        "forms": ("form", tuple(form for form in indicator.forms if form != "any")),
        "observers": ("observer", indicator.observers),
        "suggests_means": ("means", indicator.suggests_means),
        "min_urgency": ("urgency", (indicator.min_urgency,) if indicator.min_urgency else ()),
    }
    for column, (list_name, terms) in named.items():
        for term in terms:
            if list_name not in vocabulary.lists or term not in vocabulary.lists[list_name].codes:
                yield f"{column}: list {list_name} has no {term}"


def _describe_wrong_element(vocabulary: Vocabulary, indicator: Indicator) -> Iterator[str]:
    dimensions = vocabulary.lists.get("dimension")
    dimension = dimensions.codes.get(indicator.dimension) if dimensions else None
    if dimension and indicator.palermo_element != dimension.text("element"):
        yield f"palermo_element {indicator.palermo_element} does not belong to dimension {dimension.code}"
