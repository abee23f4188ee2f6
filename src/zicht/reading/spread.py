"""Carry a claim over the sentences it speaks for: those before “Dat meldt X”, the rest of a quotation."""

import re
from dataclasses import replace
from typing import NamedTuple

from zicht.reading.claim import Claim, claim_words
from zicht.reading.claims import DOUBLED, find_claim, has_mark
from zicht.reading.names import Name
from zicht.reading.sentences import Span
from zicht.reading.speakers import Lists
from zicht.reading.tokens import Words

NOBODY = Claim()
OPENING = ('"', "“", "„", "«", ",,", "‘")
CURLED = ("“", "”", "„", "«", "»", ",,", *DOUBLED)
BYLINE = re.compile(
    r"(?:^|\s)(?:door|by|redacteur|correspondent|verslaggever|verslaggeefster|reporter)\s+$", re.IGNORECASE
)
LONGEST_BYLINE = 20  # signs
LONGEST_HEADING = 90  # signs
HEAD = 1  # the last paragraph of the head of a text
FAR = 12  # sentences over which a quotation goes on with whoever was quoted last
REACH = 1  # sentences of the next paragraph that a report at the head of a text still speaks for


class Told(NamedTuple):
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
    """Put for “ze” who spoke last, or the person named last before; for “het rapport” who spoke last, if no person."""
    settled: list[Claim | None] = []
    for index, claim in enumerate(own):
        if claim is None or not (claim.is_pronoun or claim.is_document):
            settled.append(claim)
        elif claim.is_document:
            settled.append(_settle_document(claim, settled))
        else:
            settled.append(_settle_pronoun(told, settled, index, claim))
    return settled


def _settle_document(claim: Claim, settled: list[Claim | None]) -> Claim | None:
    known = _last_of(settled)
    if known is None or known.is_person:
        return claim if claim.speaker else None
    return replace(known, is_lead=claim.is_lead, is_report=False)


def _settle_pronoun(told: list[Told], settled: list[Claim | None], index: int, claim: Claim) -> Claim | None:
    before = _last_of(settled)
    last = before.speaker if before is not None else ""
    if claim.via or before is None or not before.is_person:
        last = _last_person(told, index) or last
    else:
        last = _person_since(told, settled, index) or last
    known = _last_of(settled)
    is_known = known is not None and known.speaker == last
    via = claim.via or (known.via if known is not None and is_known else "")
    is_person = known.is_person if known is not None and is_known else True
    return replace(claim, speaker=last, via=via, is_person=is_person) if last else None


def _last_of(settled: list[Claim | None]) -> Claim | None:
    return next((claim for claim in reversed(settled[-6:]) if claim is not None and claim.speaker), None)


def _person_since(told: list[Told], settled: list[Claim | None], index: int) -> str:
    """Give the person named in this paragraph after the last claim, if any: she is who “ze” is now."""
    for at in range(index - 1, -1, -1):
        if settled[at] is not None or told[at].span.paragraph != told[index].span.paragraph:
            return ""
        if persons := _persons_of(told[at]):
            return persons[0]
    return ""


def _persons_of(one: Told) -> list[str]:
    """Give the persons that a sentence names; whoever wrote the text is none of those it tells of."""
    text, start = one.words.text, one.span.start
    return [
        name.text
        for name in one.names
        if name.type == "person" and not BYLINE.search(text, max(start, name.start - LONGEST_BYLINE), name.start)
    ]


def _last_person(told: list[Told], index: int) -> str:
    for one in reversed(told[max(0, index - 6) : index + 1]):
        if persons := _persons_of(one):
            return persons[0]
    return ""


def _spread_back(told: list[Told], own: list[Claim | None], claims: list[Claim | None]) -> None:
    """Let “Dat meldt X” and “…, meldt X” speak for what stands before it in the paragraph, or the paragraph before."""
    for index, claim in enumerate(own):
        if claim is None or not claim.speaker or not (claim.is_lead or claim.is_report):
            continue
        back = index - 1
        paragraph = told[back].span.paragraph if back >= 0 else -1
        if claim.is_report and paragraph != told[index].span.paragraph:
            continue
        while back >= 0 and told[back].span.paragraph == paragraph and own[back] is None:
            claims[back] = claim
            back -= 1


def _spread_on(
    told: list[Told], own: list[Claim | None], claims: list[Claim | None], lists: Lists, quoted: list[bool]
) -> None:
    """Let a claim speak for what follows: the rest of its paragraph, of a quotation, of a reported text."""
    last, reach, is_over = NOBODY, 0, False  # `is_over`: past the end of the paragraph of the claim
    is_quoting = False  # whether the claim stood beside a quotation, behind which the writer goes on
    person, told_at = NOBODY, 0  # who was last quoted, and where
    for index, one in enumerate(told):
        is_new = index > 0 and one.span.paragraph != told[index - 1].span.paragraph
        is_over = is_over or is_new
        if is_new and _is_heading(told, index):
            last, reach = NOBODY, 0
        elif claims[index] is not None:
            last, is_over = claims[index] or NOBODY, False
            is_quoting = has_mark(one.words.text, one.span.start, one.span.end)
            person, told_at = (last, index) if last.is_person else (person, told_at)
            reach = REACH if last.is_lead or (last.is_report and one.span.paragraph <= HEAD) else 0
        elif _opens_quotation(one, quoted, index, last, is_over) and (speaker := _speaker_ahead(told, own, index)):
            claims[index] = speaker
        elif is_quoting and not quoted[index] and not _is_quotation(one) and one.words.bag.isdisjoint(lists["persons"]):
            last = NOBODY if is_new else last
        elif last.speaker and (quoted[index] or not is_over or _goes_on(one, last, reach, lists)):
            claims[index] = last
            reach -= is_over
        elif is_new and _is_quotation(one) and person.speaker and index - told_at <= FAR:
            claims[index] = last = person  # a quotation that names nobody goes on with whoever was quoted last
            is_over = False
        elif is_new:
            last, reach = NOBODY, 0


def _is_heading(told: list[Told], index: int) -> bool:
    """Answer whether a sentence stands alone in its paragraph and ends without a sign, as a heading does."""
    span = told[index].span
    is_alone = index + 1 == len(told) or told[index + 1].span.paragraph != span.paragraph
    return is_alone and span.end - span.start < LONGEST_HEADING and told[index].words.text[span.end - 1].isalnum()


def _goes_on(one: Told, last: Claim, reach: int, lists: Lists) -> bool:
    """Answer whether a claim goes on over the end of its paragraph."""
    if _is_quotation(one) or not one.words.bag.isdisjoint(lists["persons"]):
        return last.is_person
    return reach > 0 and one.words.at(0) not in ("er", "there")


def _opens_quotation(one: Told, quoted: list[bool], index: int, last: Claim, is_over: bool) -> bool:
    """Answer whether a quotation opens whose speaker is named further on: it goes on, or nobody spoke just before."""
    is_open = quoted[index + 1] or is_over or not last.is_person
    return _is_quotation(one) and not quoted[index] and is_open


def _is_quotation(one: Told) -> bool:
    return one.words.text.startswith(OPENING, one.span.start)


def _leaves_open(one: Told, was_open: bool) -> bool:
    """Answer whether a quotation goes on behind a sentence."""
    if not has_mark(one.words.text, one.span.start, one.span.end):
        return was_open
    text = one.words.text[one.span.start : one.span.end]
    if not any(mark in text for mark in CURLED):
        return was_open != (text.count('"') % 2 == 1)
    opened = max(text.rfind(mark) for mark in ("“", "„", "«", ",,"))
    closed = max(text.rfind(mark) for mark in ("”", "»", '"', *DOUBLED))
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
