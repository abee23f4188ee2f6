"""Carry a claim over the sentences it speaks for: those before “Dat meldt X”, the rest of a quotation."""

from dataclasses import dataclass, replace

from zicht.reading.claims import MARK, Claim, claim_words, find_claim
from zicht.reading.names import Name
from zicht.reading.sentences import Span
from zicht.reading.speakers import Lists
from zicht.reading.tokens import Words

THEM = frozenset({"hen", "them", "these"})
NOBODY = Claim()
OPENING = ('"', "“", "„", "«", ",,", "‘")
REACH = 2  # sentences of the next paragraph that a report at the head of a text still speaks for


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its words and its names."""

    span: Span
    words: Words
    names: list[Name]


def spread_claims(told: list[Told], language: str) -> list[Claim]:
    """Give for each sentence who says what it tells; an empty claim where nobody is named."""
    lists = claim_words(language)
    own: list[Claim | None] = []
    quoted = [False]  # whether a sentence begins within a quotation
    for one in told:
        own.append(find_claim(one.words, one.names, lists, quoted[-1]))
        quoted.append(_leaves_open(one, quoted[-1]))
    settled = _settle_pronouns(told, own)
    claims = list(settled)
    _spread_back(told, settled, claims)
    _spread_on(told, settled, claims, lists, quoted)
    _spread_to_witness(told, settled, claims)
    return [claim or NOBODY for claim in claims]


def _settle_pronouns(told: list[Told], own: list[Claim | None]) -> list[Claim | None]:
    """Put for “ze” who spoke last, or the person named last before."""
    settled: list[Claim | None] = []
    for index, claim in enumerate(own):
        if claim is None or not claim.is_pronoun:
            settled.append(claim)
            continue
        before = _last_of(settled)
        last = before.speaker if before is not None else ""
        if claim.via or before is None or not before.is_person:
            last = _last_person(told, index) or last
        else:
            last = _person_since(told, settled, index) or last
        known = _last_of(settled)
        via = claim.via or (known.via if known is not None and known.speaker == last else "")
        is_person = known.is_person if known is not None and known.speaker == last else True
        settled.append(replace(claim, speaker=last, via=via, is_person=is_person) if last else None)
    return settled


def _last_of(settled: list[Claim | None]) -> Claim | None:
    return next((claim for claim in reversed(settled[-6:]) if claim is not None and claim.speaker), None)


def _person_since(told: list[Told], settled: list[Claim | None], index: int) -> str:
    """Give the person named in this paragraph after the last claim, if any: she is who “ze” is now."""
    for at in range(index - 1, -1, -1):
        if settled[at] is not None or told[at].span.paragraph != told[index].span.paragraph:
            return ""
        if persons := [name.text for name in told[at].names if name.type == "person"]:
            return persons[0]
    return ""


def _last_person(told: list[Told], index: int) -> str:
    for one in reversed(told[max(0, index - 6) : index + 1]):
        persons = [name.text for name in one.names if name.type == "person"]
        if persons:
            return persons[0]
    return ""


def _spread_back(told: list[Told], own: list[Claim | None], claims: list[Claim | None]) -> None:
    """Let “Dat meldt X” speak for the sentences before it in the paragraph, or for the paragraph before."""
    for index, claim in enumerate(own):
        if claim is None or not claim.is_lead or not claim.speaker:
            continue
        back = index - 1
        paragraph = told[back].span.paragraph if back >= 0 else -1
        while back >= 0 and told[back].span.paragraph == paragraph and own[back] is None:
            claims[back] = claim
            back -= 1


def _spread_on(
    told: list[Told], own: list[Claim | None], claims: list[Claim | None], lists: Lists, quoted: list[bool]
) -> None:
    """Let a claim speak for what follows: more of a quotation, “ze”, “daarvan”, and the body of a reported text."""
    last, reach = NOBODY, 0
    for index, one in enumerate(told):
        is_new = index > 0 and one.span.paragraph != told[index - 1].span.paragraph
        if claims[index] is not None:
            last = claims[index] or NOBODY
            reach = REACH if last.is_lead else 0
        elif last.speaker and (quoted[index] or _goes_on(one, last, is_new, reach, lists)):
            claims[index] = last
            reach -= 1 if is_new or reach < REACH else 0
        elif _is_quotation(one) and (speaker := _speaker_ahead(told, own, index)) is not None:
            claims[index] = speaker
        elif not is_new or reach <= 0:
            last, reach = (NOBODY if is_new else last), 0


def _goes_on(one: Told, last: Claim, is_new: bool, reach: int, lists: Lists) -> bool:
    words = one.words
    if _is_quotation(one):
        return not is_new or last.is_person
    if last.is_person and not words.bag.isdisjoint(lists["persons"]):
        return True
    if words.at(0) in ("er", "there") or (last.is_lead and reach > 0):
        return words.at(0) not in ("er", "there")
    if is_new:
        return False
    is_accused = not words.bag.isdisjoint(lists["accused"])
    is_part = words.pair(0) in lists["goes_on"] or (
        not words.bag.isdisjoint(THEM) and any(words.pair(at) in lists["goes_on"] for at in range(6))
    )
    return is_accused or is_part or words.at(0) in lists["goes_on"]


def _is_quotation(one: Told) -> bool:
    return one.words.text.startswith(OPENING, one.span.start)


def _leaves_open(one: Told, was_open: bool) -> bool:
    """Answer whether a quotation goes on behind a sentence."""
    if MARK.search(one.words.text, one.span.start, one.span.end) is None:
        return was_open
    text = one.words.text[one.span.start : one.span.end]
    opened = max(text.rfind(mark) for mark in ("“", "„", "«", ",,"))
    closed = max(text.rfind(mark) for mark in ("”", "»", '"'))
    if opened < 0 and closed < 0:
        return was_open
    return opened > closed


def _speaker_ahead(told: list[Told], own: list[Claim | None], index: int) -> Claim | None:
    """Give who is said to speak at the end of a quotation that begins here."""
    for ahead in range(index + 1, min(len(told), index + 4)):
        if told[ahead].span.paragraph != told[index].span.paragraph:
            return None
        if own[ahead] is not None:
            return own[ahead]
    return None


def _spread_to_witness(told: list[Told], own: list[Claim | None], claims: list[Claim | None]) -> None:
    """Let a person speak for the sentence that tells of her just before she is heard."""
    for index in range(1, len(told)):
        claim = own[index]
        if claim is None or not claim.is_person or claims[index - 1] is not None:
            continue
        before = told[index - 1]
        if before.span.paragraph == told[index].span.paragraph and any(
            name.text == claim.speaker for name in before.names
        ):
            claims[index - 1] = claim
