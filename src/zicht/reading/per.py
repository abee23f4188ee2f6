"""Find what a figure is counted by: “per jaar”, “ieder jaar”, “a day”, “per persoon”."""

from itertools import takewhile

from zicht.reading.drafts import Draft
from zicht.reading.lexicon import TIMES, Lexicon
from zicht.reading.tokens import Words

NEAR = 6  # tokens between a figure and the “per” that follows
LONGER = ("hour", "day", "week", "month", "year")  # each is counted by one behind it: “80 uur per week”
# “For over a year” is a length of time.
WITHIN = frozenset(["for", "over", "in", "than", "within", "once", "of", "after", "about", "nearly", "almost", "half"])


def read_per(words: Words, draft: Draft, lexicon: Lexicon, drafts: list[Draft]) -> str:
    """Give what a figure is counted by, or nothing: behind it, or before it at the start of what is said."""
    if lexicon.per_starts.isdisjoint(words.bag):
        return ""
    found, unit = _read_per(words, draft, lexicon, drafts), draft.unit.code
    is_shorter = unit in TIMES and found in TIMES and LONGER.index(found) <= LONGER.index(unit)
    return "" if is_shorter else found


def _read_per(words: Words, draft: Draft, lexicon: Lexicon, drafts: list[Draft]) -> str:
    behind = draft.counted.end if draft.counted is not None else max(draft.end, draft.number_end)
    next_start = min((other.start for other in drafts if other.start >= draft.end), default=len(words))
    if draft.unit.code in ("age", "share"):
        return ""
    for at in range(behind, min(behind + NEAR, next_start, len(words))):
        if words.at(at) in (".", ";", ","):
            break
        if found := _per_at(words, at, lexicon):
            return found
    if words.at(draft.start - 1) in lexicon.per:
        return lexicon.per[words.at(draft.start - 1)]  # “vier jaar lang jaarlijks 250.000 euro”
    if draft.unit.code == "percent" or (draft.unit.code in TIMES and words.at(0) != "per"):
        return ""
    is_first = all(other.start >= draft.start for other in drafts)
    before = takewhile(lambda at: words.at(at) != ",", range(draft.start - 1, -1, -1)) if is_first else iter(())
    found = next((found for at in before if (found := _per_at(words, at, lexicon))), "")
    return found or _far_behind(words, behind, next_start, lexicon)


def _far_behind(words: Words, start: int, end: int, lexicon: Lexicon) -> str:
    return next((found for at in range(start, min(end, len(words))) if (found := _adverb_at(words, at, lexicon))), "")


def _adverb_at(words: Words, at: int, lexicon: Lexicon) -> str:
    phrase = words.phrase(at, 2)
    return lexicon.per.get(phrase, "") if phrase.split()[0:1] not in (["per"], ["a"]) else ""


def _per_at(words: Words, at: int, lexicon: Lexicon) -> str:
    if words.at(at) not in lexicon.per_starts:
        return ""
    for length in (2, 1):
        phrase = words.phrase(at, length)
        is_moment = words.at(at + length) in ("earlier", "later", "ago", "before", "eerder", "later", "geleden")
        if phrase in lexicon.per and not (phrase.startswith("a") and (is_moment or words.at(at - 1) in WITHIN)):
            return lexicon.per[words.phrase(at, length)]
    if words.at(at) not in ("per", "voor elke", "voor"):
        return ""
    if words.at(at) == "voor" and words.at(at + 1) not in ("elke", "ieder", "iedere", "elk"):
        return ""
    step = 2 if words.at(at) == "voor" else 1
    for noun in range(at + step, at + step + 3):
        if (unit := lexicon.unit_of(words.at(noun))) is not None:
            return unit.code if unit.code else words.at(noun)
    return words.at(at + step) if words.at(at + step).isalpha() and words.at(at) == "per" else ""
