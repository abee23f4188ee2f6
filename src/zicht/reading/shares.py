"""Read a share of a whole: “een kwart”, “twee derde”, “de helft”, “1 op de 7”, “nine out of ten”."""

import re
from dataclasses import dataclass

from zicht.reading.numbers import Form, read_number
from zicht.reading.tokens import Words
from zicht.reading.values import SCALES

PARTS = {
    "nl": {"kwart": 4, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8, "tiende": 10,
           "honderdste": 100, "duizendste": 1000},
    "en": {"quarter": 4, "quarters": 4, "third": 3, "thirds": 3, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
           "sixth": 6, "sixths": 6, "tenth": 10, "tenths": 10, "eighth": 8, "eighths": 8},
}  # fmt: skip
ONE_WORD = {"driekwart": 0.75, "tweederde": 2 / 3, "eenderde": 1 / 3, "eenvijfde": 0.2, "drievijfde": 0.6,
            "viervijfde": 0.8, "tweevijfde": 0.4, "eenvierde": 0.25, "drievierde": 0.75, "eentiende": 0.1}  # fmt: skip
# “vier van de tien” is a share, “vier van de zeven verdachten” counts people.
WHOLES = frozenset({10, 100, 1000})
OF_CASES = frozenset({"gevallen", "cases"})  # “in een van de zeven gevallen”
# What a share is of; without it “een derde” is the third of a row.
OF = {
    "nl": ("van", "minder", "meer", "daarvan", "hiervan", "ervan", "lager", "hoger", "waarvan"),
    "en": ("of", "less", "more", "fewer", "lower", "higher"),
}
CHANGED = frozenset({"ten", "in", "compared", "over", "tot", "naar", "to", "on", "op"})
MANY_ARE = frozenset({"were", "are", "waren", "zijn", "hadden", "hebben"})
BE = frozenset({"is", "was", "zijn", "waren", "are", "were"})
HAVE = frozenset({"heeft", "had", "kreeg", "krijgt", "zegt", "geeft", "has", "said", "says"})
# Beside one of these “een derde onderging het” is a share too.
SHARES = frozenset({"procent", "percent", "helft", "kwart", "tweederde", "driekwart"})
WHOLE = frozenset({"of", "the", "their", "them", "are", "were", "all", "his", "her", "its", "our", "my"})
BOUNDING = frozenset({"over", "than", "nearly", "almost", "about", "around", "roughly", "under", "by", "to"})
BESIDE = frozenset({"aan", "bij", "door", "tegen", "namens"})  # before who is no party
BOUNDS = frozenset({"bijna", "ruim", "ongeveer", "circa", "nearly", "almost", "about", "around", "roughly"})
NO_SHARE = frozenset({"", "persoon", "man", "vrouw", "keer", "time"})
VERBS_BEFORE = frozenset({"kan", "komt", "kwam", "kwamen", "komen", "wordt", "werd", "gaat", "ging", "moet"})
RATIO = frozenset({"op", "van", "in", "out", "of"})
PART_WORDS = frozenset({*PARTS["nl"], *PARTS["en"]})
HALVES_OF = re.compile(r"(?:eerste|tweede|first|second|latter|laatste|last|other|andere|eigen)$")


@dataclass(frozen=True, slots=True)
class Share:
    """A share: its value between 0 and 1 and its tokens, end exclusive."""

    value: float
    start: int
    end: int


def read_share(words: Words, at: int, language: str) -> Share | None:
    """Give the share that begins at a token, or None."""
    readers = (
        (_read_ratio, _read_half, _read_fraction)
        if language == "nl"
        else (_read_ratio_en, _read_half_en, _read_fraction)
    )
    for reader in readers:
        if (share := reader(words, at)) is not None:
            return share
    return None


def _small(words: Words, at: int, language: str) -> tuple[float, int] | None:
    """Read a whole number, also “een” and “one”; gives it with the token after it."""
    if words.at(at) in ("een", "één", "eén", "one"):
        return 1, at + 1
    number = read_number(words, at, language)
    if number is None or number.form not in (Form.NUMERAL, Form.WORDS) or number.value != int(number.value):
        return None
    return number.value, number.end


def _ratio(words: Words, at: int, language: str, joints: tuple[str, ...], counted: tuple[str, ...]) -> Share | None:
    if RATIO.isdisjoint(words.lower[at + 1 : at + 5]):
        return None
    first = _small(words, at, language)
    if first is None:
        return None
    part, joint = first
    if words.at(joint) not in ("op", "van", "in", "out", "of"):
        return None
    for phrase in (*joints, *counted):
        length = len(phrase.split())
        if words.phrase(joint, length) == phrase and (whole := _small(words, joint + length, language)):
            is_share = phrase in joints or whole[0] in WHOLES or words.at(whole[1]) in OF_CASES
            if is_share and 0 < part < whole[0] and not words.at(joint + length)[:2].startswith("0"):
                return Share(part / whole[0], at, whole[1])
    return None


def _read_ratio(words: Words, at: int) -> Share | None:
    share = _ratio(words, at, "nl", ("op de", "op elke", "op iedere", "op"), ("van de", "van elke", "van iedere"))
    if share is not None and share.end - share.start == 3 and not _is_bare_ratio(words, share):
        return None
    return share


def _is_bare_ratio(words: Words, share: Share) -> bool:
    """Answer whether “1 op 3” is one: a month behind it would make it a date, another noun a count on something."""
    return share.value <= 0.5 or words.at(share.end) in ("", ".", ",") or words.at(share.end).isalpha()


def _read_ratio_en(words: Words, at: int) -> Share | None:
    joints = ("in every", "out of every", "in")
    share = _ratio(words, at, "en", joints, ("out of", "of every"))
    if share is None and (share := _ratio(words, at, "en", ("out of",), ())) is not None:
        return share
    if share is not None and words.at(share.end - 1)[:1].isdigit() and len(words.at(share.end - 1)) == 4:
        return None  # a year
    return share


def _read_half(words: Words, at: int) -> Share | None:
    start = at
    if words.at(at) in ("de", "een", "één"):
        at += 1
    if words.at(at) != "helft" or HALVES_OF.search(words.at(at - 1)):
        return None
    return Share(0.5, start, at + 1)


def _read_half_en(words: Words, at: int) -> Share | None:
    if words.at(at) != "half" or HALVES_OF.search(words.at(at - 1)):
        return None
    behind = words.at(at + 1)
    is_end = behind in ("", ".", ",", "(", ")", ";", '"', "”", "'") or behind in HAVE | BE or behind.endswith("ed")
    is_bounded = (words.at(at - 1) in BOUNDING or at == 0) and is_end
    return Share(0.5, at, at + 1) if words.at(at + 1) in WHOLE or is_bounded else None


def _read_fraction(words: Words, at: int) -> Share | None:
    """Read “een kwart”, “twee derde”, “three-quarters”, “driekwart”."""
    word = words.at(at)
    if word in ONE_WORD:
        return Share(ONE_WORD[word], at, at + 1)
    if PART_WORDS.isdisjoint(words.lower[at + 1 : at + 5]):
        return None
    language = "en" if word in ("a", "one") or any(words.at(at + k) in PARTS["en"] for k in (1, 2)) else "nl"
    first = (1.0, at + 1) if word in ("a", "een", "één") else _small(words, at, language)
    if first is None:
        return None
    part, end = first
    if words.at(end) == "-":
        end += 1
    whole = PARTS[language].get(words.at(end))
    behind = end + 1 + 2 * (words.pair(end + 1) == "of a")
    if words.at(behind) in SCALES[language]:
        return None  # “a quarter of a million” is a number
    if whole is None or part >= whole or not _is_part(words, end, part, language):
        return None
    return Share(part / whole, at, end + 1)


def _is_part(words: Words, at: int, part: float, language: str) -> bool:
    """Answer whether a word such as “derde” divides; alone behind “een” it may be the third of a row."""
    if part > 1 or words.at(at) in ("kwart", "quarter"):
        return words.at(at + 1) not in ("voor", "over", "to", "past")
    following = words.at(at + 1)
    is_change = words.at(at - 2) in ("met", "van", "by", "of") and following in CHANGED
    is_many = following in MANY_ARE  # “a third were under 25”, where the third of a row would be one
    is_said = is_many or (following in BE and (words.at(at - 1) in ("één", "one") or words.at(at - 2) in BOUNDS))
    is_beside = following not in NO_SHARE and not SHARES.isdisjoint(words.bag)
    is_owned = following in HAVE or (is_beside and words.at(at - 2) in ("en", "and", ",") and part == 1)
    if words.at(at - 2) in BESIDE and following not in OF[language]:
        return False  # “had het aan een derde uitbesteed”, “lagen bij een derde”
    is_about = words.at(at - 2) in BOUNDS and following not in NO_SHARE
    # “Maken een achtste uit van alles”, “kan een derde uit de regeling komen”.
    is_made = following == "uit" and (words.at(at + 2) == "van" or words.at(at - 2) in VERBS_BEFORE)
    return (
        is_about
        or is_made
        or is_change
        or is_said
        or is_owned
        or words.at(at + 1) in OF[language]
        or words.at(at + 1) in ("", ".", ",", ")")
    )
