"""Read what bounds a figure: “ruim” and “minstens” below, “tot” and “bijna” above, “zo'n” about."""

from dataclasses import dataclass

from zicht.reading.lexicon import TIMES, Lexicon
from zicht.reading.tokens import Words

LONGEST = 4  # tokens of a phrase; “op z'n minst” has three
MORE = {"nl": ("of meer", "en meer", "of ouder", "en ouder"), "en": ("or more", "and over", "and older", "or older")}
LESS = {"nl": ("of minder", "of jonger", "en jonger"), "en": ("or less", "or fewer", "and under", "or younger")}
# “De helft minder dan vijf jaar eerder” compares and bounds nothing.
COMPARED = frozenset(
    {"helft", "procent", "%", "kwart", "derde", "keer", "maal", "percent", "half", "times", "third", "quarter"}
)
CLAUSE = frozenset({",", ";", ":", ".", "(", ")"})
# “They hand over 70 per cent” bounds nothing.
PARTICLE_VERBS = frozenset(
    [
        "hand",
        "handed",
        "hands",
        "handing",
        "turn",
        "turned",
        "turning",
        "take",
        "took",
        "taken",
        "all",
        "went",
        "go",
        "goes",
        "get",
        "got",
        "spread",
        "divided",
        "distributed",
    ]
)
# Before “over five years” that is more than five; elsewhere it is the time in which something was done.
LASTED = frozenset(
    {"", "for", "of", "after", "took", "takes", "take", "lasted", "lasts", "waited", "was", "is", "been", "just",
     "well", "than", "with", "them", "and", ",", "spent", "in"}
)  # fmt: skip
FAR = 12  # tokens back to the verb that “tot” belongs to


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the words around a number say: where they start and whether the value is a least, a most, an about."""

    start: int
    is_least: bool = False
    is_most: bool = False
    is_approximate: bool = False


def read_bounds(words: Words, at: int, lexicon: Lexicon) -> Bounds:
    """Give the bounds that stand before the token at which a number begins."""
    found = Bounds(at)
    for _ in range(2):
        step = _read_one(words, found.start, lexicon)
        if step is None and words.at(found.start - 1) == "nog":
            step = _read_one(words, found.start - 1, lexicon)  # “naar schatting nog zo'n 40”
        if step is None:
            break
        start, kind = step
        found = Bounds(
            start,
            found.is_least or (kind == "low" and not found.is_most),
            found.is_most or (kind == "high" and not found.is_least),
            found.is_approximate or kind == "approx",
        )
    return found


def read_bounds_after(words: Words, at: int, lexicon: Lexicon) -> Bounds:
    """Give the bounds that stand from a token on: “of meer”, “or less”, a plus sign."""
    phrase = words.phrase(at, 2)
    is_plus = words.at(at) == "+" and words.is_joined(at)
    is_about = phrase in ("or so", "of zo")
    return Bounds(at, phrase in MORE[lexicon.language] or is_plus, phrase in LESS[lexicon.language], is_about)


def _read_one(words: Words, at: int, lexicon: Lexicon) -> tuple[int, str] | None:
    if words.at(at - 1) not in lexicon.modifier_ends:
        return None
    for length in range(LONGEST, 0, -1):
        start = at - length
        if start < 0:
            continue
        phrase = words.phrase(start, length)
        kind = lexicon.modifiers.get(phrase)
        if words.at(at - 1) == "." and length == 2 and words.at(start) in ("ca", "approx"):
            kind = "approx"
        if kind is not None and not _is_other(words, start, phrase, lexicon):
            return start, kind
    return None


def _is_other(words: Words, start: int, phrase: str, lexicon: Lexicon) -> bool:
    """Answer whether a word that may bound a number does something else here."""
    if phrase in ("tot", "tot aan"):
        return _is_end_of_change(words, start, lexicon)
    if phrase == "tegen de":
        return words.at(start + 3) == "-" and words.at(start + 4).startswith("jarig")  # “geëist tegen de 53-jarige”
    if phrase.endswith((" dan", " than")):
        return words.at(start - 1) in COMPARED
    if phrase in ("binnen", "within"):
        return not any(_is_time(words.at(start + ahead), lexicon) for ahead in (2, 3))
    if phrase == "zeker":
        return words.at(start - 1) in ("niet", "procent")
    if phrase == "up to":
        return words.at(start - 1) in lexicon.kinds["rose"]
    if phrase == "over":
        is_time = any(_is_time(words.at(start + ahead), lexicon) for ahead in (2, 3))
        return words.at(start - 1) in PARTICLE_VERBS or (is_time and words.at(start - 1) not in LASTED)
    return False


def _is_time(word: str, lexicon: Lexicon) -> bool:
    unit = lexicon.unit_of(word)
    return unit is not None and unit.code in TIMES


def _is_end_of_change(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether “tot” names what something came to (“steeg tot 200”, “veroordeeld tot zes jaar”)."""
    for back in range(at - 1, max(-1, at - FAR), -1):
        word = words.at(back)
        if word in lexicon.kinds["rose"]:
            return True
        if word in ("van", "from") and back < at - 1 and words.at(back + 1)[:1].isdigit():
            return True  # “van 4000 in 2005 tot 21.000 in 2007”
        if word in CLAUSE and not (word == "," and back == at - 1):
            return False  # “verdubbelde bijna, tot 1.045”
    return words.at(at - 1) in ("van", "vanaf") or any(
        words.at(ahead) in ("veroordeeld", "verhoogd", "verlaagd", "gestegen", "gedaald", "beperkt", "teruggebracht")
        for ahead in range(at + 2, min(len(words), at + 9))
    )
