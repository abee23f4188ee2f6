"""Find in one sentence who says what it tells, and through whom: “volgens de VN”, “vertelt ze aan CNN”."""

from zicht.reading.claim import QUOTES, Claim
from zicht.reading.names import Name
from zicht.reading.sources import read_according, read_estimate, read_shown
from zicht.reading.speakers import Lists, read_speaker
from zicht.reading.tokens import Words
from zicht.reading.verbs import read_spoken

MOST_BEHIND = 12  # tokens
OPENS, CLOSES = frozenset("“„«"), frozenset("”»")
CURLED = "“„«”»"
STRAIGHT = frozenset("'’")
DOUBLED = ("''", "’’")  # closes what ,, opened


def find_claim(words: Words, names: list[Name], lists: Lists, is_quoted: bool = False) -> Claim | None:
    """Give the claim of a sentence, or None where it names nobody who says it.

    `names` are those of the sentence; `is_quoted` says that it begins within a quotation.
    """
    if not _may_claim(words, lists):
        return None
    words = _without_quotes(words, is_quoted, lists)
    for finder in (read_according, read_shown, _labelled, read_estimate, read_spoken):
        if (claim := finder(words, names, lists)) is not None:
            return claim
    return None


def has_mark(text: str, start: int, end: int) -> bool:
    """Answer whether a mark of a quotation stands in a part of a text."""
    part = text[start:end]
    if '"' in part or ",," in part or "''" in part:
        return True
    return not part.isascii() and ("’’" in part or any(mark in part for mark in CURLED))


def _may_claim(words: Words, lists: Lists) -> bool:
    """Answer at a glance whether a sentence may hold a claim."""
    bag = words.bag
    if lists["glance"].isdisjoint(bag):
        return words.text.find(":", words.start, words.end) >= 0
    return (
        not lists["triggers"].isdisjoint(bag)
        or not (lists["pair_verbs"].isdisjoint(bag) or lists["pair_particles"].isdisjoint(bag))
        or words.text.find(":", words.start, words.end) >= 0
    )


def _without_quotes(words: Words, is_quoted: bool, lists: Lists) -> Words:
    """Leave out what is quoted: who says something there is told of by the speaker, and is not the speaker."""
    if not is_quoted and not has_mark(words.text, words.start, words.end):
        return words
    kept: list[int] = []
    opened = -1
    for index in range(len(words)):
        mark = words.at(index)
        opens = mark in OPENS or (mark == "," and words.at(index + 1) == "," and words.is_joined(index + 1))
        is_double = mark in STRAIGHT and words.at(index + 1) == mark and words.is_joined(index + 1)  # ,,Dutch''
        if mark in CLOSES or (is_quoted and (mark == '"' or is_double)):
            is_quoted = False
            kept.append(index)
        elif opens or mark == '"':
            is_quoted, opened = True, index
            kept.append(index)
        elif not is_quoted:
            kept.append(index)
    if is_quoted and opened >= 0:
        kept += _behind_unclosed(words, opened, lists)
    return words if len(kept) == len(words) else words.pick(kept)


def _behind_unclosed(words: Words, opened: int, lists: Lists) -> range:
    """Give the tokens of “, zegt X” at the end of a quotation that the writer forgot to close."""
    for at in range(len(words) - 1, opened, -1):
        if words.at(at) == "," and words.at(at + 1) in lists["say"]:
            return range(at, len(words)) if len(words) - at <= MOST_BEHIND else range(0)
    return range(0)


def _labelled(words: Words, names: list[Name], lists: Lists) -> Claim | None:
    """Read “Vos: “…””."""
    for at in range(1, min(len(words) - 1, 7)):
        if words.at(at) == ":" and words.at(at + 1) in set(QUOTES) | {","}:
            speaker = read_speaker(words, 0, at, names, lists)
            return Claim(speaker.text, "", speaker.is_person) if speaker is not None and names else None
    return None
