"""Read who made what a sentence stands on: “volgens X”, “blijkt uit een rapport van X”, “is de schatting van X”."""

from dataclasses import replace

from zicht.reading.claim import ESTIMATES, QUOTES, Claim, claim_at, is_named
from zicht.reading.names import Name
from zicht.reading.speakers import OF, PLACES, Lists
from zicht.reading.tokens import Words

TOLD = frozenset({"is", "was", "luidt", "luidde", "zijn", "are"})
OWN = frozenset({"its", "their", "zijn", "haar", "hun"})
BY_WHOM = frozenset({"door", "by", "van", "of", "from"})
ASKED = frozenset({"verzoek", "opdracht", "request", "behalf"})  # whoever asks for a document did not make it
ABOUT = frozenset({"naar", "over", "about", "into", "on"})
MOST_OF_SOURCE = 14  # tokens from a document to who made it
MOST_OF_BARE = 2  # words of a document whose maker is not named: “het rapport”


def read_according(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “volgens X”, “aldus X”, “according to X”."""
    if lists["opening"].isdisjoint(words.bag):
        return None
    for at, word in enumerate(words.lower):
        if word not in lists["opening"]:
            continue
        for length in (3, 2, 1):
            if " ".join(words.lower[at : at + length]) in lists["according"]:
                claim = _source_at(words, at + length, names, lists, words.at(0) in lists["that"] and at <= 2)
                is_behind = words.at(at - 1) == "," and words.at(at - 2) not in QUOTES and words.at(at) == "aldus"
                return replace(claim, is_report=True) if claim is not None and is_behind else claim
    return None


def read_shown(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “dat blijkt uit een rapport van X”, “uit cijfers van X blijkt” and “daaruit blijkt”."""
    if lists["shows"].isdisjoint(words.bag):
        return None
    is_lead = words.at(0) in lists["that"]
    for at, word in enumerate(words.lower):
        if word not in lists["shows"]:
            continue
        behind = at + 1
        while words.at(behind) in lists["when"]:
            behind += 1  # “blijkt donderdag uit”
        if words.at(behind) in ("uit", "in"):
            return _shown_in(words, behind + 1, names, lists, is_lead and at == 1)
        if words.at(at - 1) in lists["out_of_it"]:
            return Claim(is_document=True)
    if words.at(0) == "uit":
        return _shown_in(words, 1, names, lists, False)
    return None


def _shown_in(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool) -> Claim | None:
    """Read what shows something: a document with who made it, or whoever is named."""
    claim = _source_at(words, at, names, lists, is_lead)
    is_place = claim is not None and any(one.text == claim.speaker and one.type in PLACES for one in names)
    if is_place and lists["document"].isdisjoint(words.lower[: at + 3]):
        return None  # “Uit Peru komt 85 procent van de vis”
    is_named = claim is not None and (claim.speaker[:1].isupper() or claim.is_document or not claim.speaker)
    return claim if is_named or set(words.lower[: at + 3]) & lists["document"] else None


def _source_at(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool = False) -> Claim | None:
    """Read who made a document (“van X”, “vrijgegeven door X”, “die Y opvroeg bij X”), or else who is named."""
    if words.at(at) in OWN and not lists["document"].isdisjoint((words.at(at + 1), words.at(at + 2))):
        return Claim(is_document=True)  # “according to its own figures”
    claim = claim_at(words, at, names, lists, is_lead)
    if claim is None or not set(claim.speaker.lower().split()) & lists["document"]:
        return claim
    maker = _asked_for(words, at, names, lists, is_lead) or _made_by(words, at, names, lists, is_lead)
    if maker is not None:
        return maker
    if len(claim.speaker.split()) > MOST_OF_BARE or is_named(claim, names):
        return claim
    is_certain = words.at(at) in ("het", "de", "dat", "dit", "deze", "die", "the", "this", "that", "these")
    return replace(claim, is_document=True) if is_certain else Claim()


def _made_by(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool) -> Claim | None:
    """Read who is named behind a document: “een rapport dat in mei werd vrijgegeven door X”."""
    for here in range(at, min(len(words), at + MOST_OF_SOURCE)):
        is_about = words.at(here) in ABOUT and words.at(here - 1) in lists["document"]
        if here > at and (is_about or words.at(here) in lists["shows"]):
            return None
        if words.at(here) in BY_WHOM and words.at(here - 1) not in ASKED:
            claim = claim_at(words, here + 1, names, lists, is_lead)
            if claim is not None and (words.at(here) in ("door", "by") or is_named(claim, names)):
                return claim
    return None


def _asked_for(words: Words, at: int, names: list[Name], lists: Lists, is_lead: bool) -> Claim | None:
    """Read “cijfers die NRC opvroeg bij de Raad”: the Raad says it, through NRC."""
    for here in range(at, min(len(words), at + 4)):
        if words.at(here) not in ("die", "that", "which"):
            continue
        via = next((name.text for name in names if words.spans[min(here + 1, len(words) - 1)][0] == name.start), "")
        for bij in range(here + 2, min(len(words), here + 8)):
            if via and words.at(bij) in ("bij", "van", "from") and words.at(bij - 1) not in ASKED:
                claim = claim_at(words, bij + 1, names, lists, is_lead)
                return replace(claim, via=via) if claim is not None else None
        collector = claim_at(words, here + 1, names, lists, is_lead)
        return collector if collector is not None and is_named(collector, names) else None
    return None


def read_estimate(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “…, is de schatting van X”."""
    if ESTIMATES.isdisjoint(words.bag):
        return None
    for at, word in enumerate(words.lower):
        if (
            word in ESTIMATES
            and words.at(at + 1) in OF
            and (
                words.at(at - 1) in ("naar", "by")  # “naar schatting van X”
                or (words.at(at - 1) in ("de", "een", "the", "an") and words.at(at - 2) in TOLD)
            )
        ):
            claim = claim_at(words, at + 2, names, lists)
            return claim if claim is not None and is_named(claim, names) else None
    return None
