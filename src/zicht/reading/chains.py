"""Join words with a capital into names: “Jan van der Berg”, “Raad voor de Kinderbescherming”, “Bergen op Zoom”."""

import re
from itertools import pairwise
from typing import NamedTuple

from zicht.reading.capitals import Capital
from zicht.reading.gazetteers import Gazetteer
from zicht.reading.joints import ACRONYM, has_title, is_head, joins
from zicht.reading.values import is_count

LAST_WORD = re.compile(r"[\w-]+$")
LAST_OF_JOINTS = frozenset({"van", "de", "het", "of", "the"})
MOST_WORDS = 9
LONGEST_KNOWN = 6  # words with a capital in a name that is known
NUMBER = re.compile(r" \d{1,4}\b(?![.,]?\d| ?%| procent| euro)")
# A number behind one of these belongs to the name: “Unit 12”.
NUMBERED = frozenset({"kamp", "bureau", "camp", "office", "room", "kantoor", "boeing", "airbus", "eenheid", "unit"})


# What one of these is for belongs to its name, also in small letters: “Raad voor de rechtspraak”.
COUNCILS = frozenset({"raad", "inspectie", "autoriteit", "bureau", "commissie", "centrum", "dienst", "fonds"})
FIELD = re.compile(r" voor (?:de |het )?[a-zà-ÿ]{5,}")
MOST_OF_FIELD = 40  # signs


class Chain(NamedTuple):
    """Words that form one name: place (code points), its text and its words with a capital."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    is_opening: bool
    before: str  # the word before it, in small letters; “head” where that word is part of the name


def build_chains(text: str, capitals: list[Capital], known: Gazetteer, lower: frozenset[str]) -> list[Chain]:
    """Give the names that neighbouring words with a capital form; also names within names."""
    chains: list[Chain] = []
    at = 0
    while at < len(capitals):
        if _is_no_name(capitals, at, text, known, lower):
            at += 1
            continue
        end = _end_of_chain(text, capitals, at, known, lower)
        chains += _chains_of(text, capitals[at:end], known)
        at = end
    return chains


def _is_no_name(capitals: list[Capital], at: int, text: str, known: Gazetteer, lower: frozenset[str]) -> bool:
    """Answer whether a word is no beginning of a name: a title, an opening word, an abbreviation of another kind."""
    word = capitals[at]
    if has_title(word.text, known) and not ACRONYM.match(word.text):
        return True
    is_compound = word.is_opening and not ACRONYM.match(word.text) and _has_next(text, capitals, at)
    if is_compound and word.text.lower().endswith(known.long_titles):
        return True  # “Asielminister Smit”
    if word.is_opening and is_count(word.text.lower()):
        return True
    if (word.text.lower() in known.kinds["skip"] and not _is_title_of_paper(text, capitals, at)) or (
        len(word.text) == 1 and not _is_initial(text, word)
    ):
        return True
    if not word.is_opening:
        if word.text in known.openings and not (at + 1 < len(capitals) and _goes_on(text, capitals, at, known)):
            return True  # “het Tweede Kamerlid”
        is_after_title = (
            at and _has_next(text, capitals, at - 1) and capitals[at - 1].text.lower() in known.kinds["title"]
        )
        if (is_after_title and _has_next(text, capitals, at)) or ACRONYM.fullmatch(word.text):
            return False  # “minister Van Gennip”, “het OM”
        if word.text.lower() in lower and at and _has_next(text, capitals, at - 1) and capitals[at - 1].is_opening:
            return not is_head(word.text, known) and capitals[at - 1].text not in known.first_names
        return word.text.lower() in known.kinds["honorific"] and _has_next(text, capitals, at)
    may_be_place = word.text in known.place_starts or word.text.isupper()
    if may_be_place and _end_of_place(text, capitals, at, known) > at:
        return False
    if word.text in known.openings or (word.text.lower() in lower and not known.is_known(word.text)):
        return not _is_article_of(text, capitals, at, known)
    if not _has_next(text, capitals, at):
        return False
    following = capitals[at + 1].text
    if following.lower() in lower and following not in known.first_names and word.text not in known.first_names:
        return True
    opens_name = word.text.lower() in known.kinds["organisation"] or word.text in known.first_names
    is_plain = word.text.lower() in known.kinds["title"] or following in known.places or following in known.peoples
    return not opens_name and (is_plain or ACRONYM.fullmatch(following) is not None) and not known.is_known(word.text)


def _is_title_of_paper(text: str, capitals: list[Capital], at: int) -> bool:
    """Answer whether a day belongs to a name: “The Sunday Times”."""
    start = capitals[at].start
    return text[max(0, start - 4) : start] in ("The ", "the ") and _has_next(text, capitals, at)


def _goes_on(text: str, capitals: list[Capital], at: int, known: Gazetteer) -> bool:
    return _has_next(text, capitals, at) and capitals[at + 1].text.lower() not in known.kinds["skip"]


def _is_article_of(text: str, capitals: list[Capital], at: int, known: Gazetteer) -> bool:
    """Answer whether an opening “Den” or “New” is part of a known name."""
    return capitals[at].text in known.place_starts and any(
        known.is_known(text[capitals[at].start : other.end])
        for other in capitals[at + 1 : at + 4]
        if other.sentence == capitals[at].sentence
    )


def _has_next(text: str, capitals: list[Capital], at: int) -> bool:
    return at + 1 < len(capitals) and text[capitals[at].end : capitals[at + 1].start] in (" ", "\n", "\u00a0")


def _is_initial(text: str, word: Capital) -> bool:
    return text[word.end : word.end + 1] == "."


def _end_of_chain(text: str, capitals: list[Capital], at: int, known: Gazetteer, lower: frozenset[str]) -> int:
    """Give the index after the last word of the name that begins at `at`."""
    if capitals[at].text in known.peoples and _is_people_alone(capitals, at, known):
        return at + 1
    place = _end_of_place(text, capitals, at, known)
    end = max(at + 1, place)
    if place > at and text[capitals[at].start : capitals[place - 1].end] in known.organisations:
        return place
    while end < len(capitals) and end - at < MOST_WORDS and capitals[end].sentence == capitals[at].sentence:
        gap = text[capitals[end - 1].end : capitals[end].start]
        if not joins(text, gap, capitals, at, end, known, lower):
            break
        end += 1
    return end


def _is_people_alone(capitals: list[Capital], at: int, known: Gazetteer) -> bool:
    """Answer whether a word such as “Duitse” only describes the name behind it; “Nederlandse Spoorwegen” is one."""
    if at + 1 == len(capitals):
        return True
    following = capitals[at + 1].text
    is_plural = following.endswith(("en", "s")) and not known.is_known(following)
    run = [other for before, other in pairwise(capitals[at : at + 6]) if other.start == before.end + 1]
    return (
        not any(is_head(word.text, known) for word in run)
        and not is_plural
        and capitals[at].text.endswith(("se", "ese", "ish", "ian", "ean"))
    )


def _end_of_place(text: str, capitals: list[Capital], at: int, known: Gazetteer) -> int:
    """Give the index after the last word of a known name of several words, or `at`."""
    first = capitals[at].text
    if first not in known.place_starts and (not first.isupper() or first.title() not in known.place_starts):
        return at
    start = capitals[at].start
    for end in range(min(len(capitals), at + LONGEST_KNOWN), at + 1, -1):
        if capitals[end - 1].end - start > known.longest:
            continue
        name = text[start : capitals[end - 1].end]
        if known.is_known(name) or name in known.organisations or (name.isupper() and known.is_known(name.title())):
            return end
    return at


def _chains_of(text: str, words: list[Capital], known: Gazetteer) -> list[Chain]:
    """Give the name that some words form, and those before and within it that count by themselves."""
    words = [_without_acronym_tail(word) for word in words]
    first, last = words[0], words[-1]
    start, end = first.start, last.end
    if text[end : end + 1] == "." and len(last.text) == 1 and len(words) > 1:
        end += 1
    elif last.text.lower() in NUMBERED and (number := NUMBER.match(text[end : end + 8])):
        end += number.end()
    elif last.text.lower() in COUNCILS and (field := FIELD.match(text, end, end + MOST_OF_FIELD)):
        end = field.end()
    before = _word_before(text, start)
    chain = Chain(
        start,
        end,
        text[start:end],
        tuple(word.text for word in words),
        first.is_opening and len(words) == 1,
        before.lower(),
    )
    longer = _with_head(text, chain, before, known)
    is_kept = not longer or known.is_known(chain.text) or ACRONYM.fullmatch(chain.text) is not None
    return [*longer, chain] if is_kept else longer


def _without_acronym_tail(word: Capital) -> Capital:
    """Cut the common noun off a compound with an acronym: “VN-waarnemers” names the VN."""
    head, hyphen, tail = word.text.partition("-")
    if hyphen and tail[:1].islower() and (ACRONYM.fullmatch(head) is not None):
        return Capital(word.start, word.start + len(head), head, word.is_opening, word.sentence)
    return word


def _word_before(text: str, start: int) -> str:
    """Give the word that stands with a space before a place, or nothing."""
    if text[start - 1 : start] != " ":
        return ""
    part = text[max(0, start - 40) : start - 1]
    word = part[part.rfind(" ") + 1 :]
    if word.isalnum():
        return word
    match = LAST_WORD.search(part)
    return match[0] if match else ""


def _with_head(text: str, chain: Chain, before: str, known: Gazetteer) -> list[Chain]:
    """Give the longer name that a word in small letters opens: “gemeente Tilburg”, “ministerie van Justitie”."""
    kinds = known.kinds
    word = before.lower()
    if before and (word in kinds["body_of_place"] or word in kinds["family"]):
        return [_longer(text, chain, chain.start - len(before) - 1)]
    if word not in LAST_OF_JOINTS:
        return []
    for joint in (" van de ", " van het ", " van ", " of the ", " of "):
        if text[max(0, chain.start - len(joint)) : chain.start] == joint:
            head = _word_before(text, chain.start - len(joint) + 1)
            if head.lower() in kinds["lower_organisation"]:
                return [_longer(text, chain, chain.start - len(joint) - len(head))]
    return []


def _longer(text: str, chain: Chain, start: int) -> Chain:
    return Chain(
        start, chain.end, text[start : chain.end], (text[start : chain.start].strip(), *chain.words), False, "head"
    )
