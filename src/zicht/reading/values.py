"""Values of single words and numerals: “1.137” and “vijfentwintig” in Dutch, “1,137” and “forty” in English."""

import re
from functools import lru_cache

from babel.numbers import NumberFormatError, parse_decimal
from text_to_num import text2num

SCALES = {
    "nl": {
        "duizend": 1e3, "miljoen": 1e6, "miljoenen": 1e6, "mln": 1e6, "miljard": 1e9, "miljarden": 1e9, "mld": 1e9,
        "mrd": 1e9, "biljoen": 1e12,
    },
    "en": {
        "thousand": 1e3, "million": 1e6, "millions": 1e6, "mln": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9,
        "billions": 1e9, "trillion": 1e12, "k": 1e3,
    },
}  # fmt: skip
# At least so many, as the word says it: “duizenden” are 1,000 and more.
VAGUE = {
    "nl": {
        "tientallen": 10, "honderden": 100, "duizenden": 1e3, "tienduizenden": 1e4, "honderdduizenden": 1e5,
        "miljoenen": 1e6, "miljarden": 1e9,
    },
    "en": {"dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9},
}  # fmt: skip
GROUPS = {
    "dozijn": (12, False),
    "tiental": (10, True),
    "drietal": (3, False),
    "viertal": (4, False),
    "vijftal": (5, False),
    "zestal": (6, False),
    "zevental": (7, False),
    "achttal": (8, False),
    "tweetal": (2, False),
    "dozen": (12, False),
}
HALVES = {"anderhalf": 1.5, "anderhalve": 1.5}
NL_ROOTS = (
    "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|"
    "achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend"
)
NL_STARTS = frozenset(root[:2] for root in NL_ROOTS.split("|"))  # looked at first: most words are no numbers
NL_WORD = re.compile(rf"(?:(?:{NL_ROOTS})(?:en|ën)?)+")
NL_HALF = re.compile(rf"({NL_ROOTS})(?:en|ën)(?:een)?(?:half|halve)")
NL_JOINT = re.compile(r"(?<=twee|drie)en(?=twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)")
EN_WORDS = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
    ]
)
DUTCH_NUMERAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
ENGLISH_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
NUMERALS = {"nl": DUTCH_NUMERAL, "en": ENGLISH_NUMERAL}
OTHER = {"nl": "en", "en": "nl"}
JARIG = frozenset({"jarig", "jarige", "jarigen"})
LONGEST = 40  # signs of a numeral; longer ones are codes


@lru_cache(maxsize=65536)
def numeral_value(text: str, language: str) -> float | None:
    """Give the value of a numeral, or None for what is none: a version, a date, a clock.

    The language decides what a comma is; “5,000” in Dutch and “1.000.000” in English can only be thousands.
    """
    if len(text) > LONGEST:
        return None
    other = NUMERALS[OTHER[language]].fullmatch(text)
    is_thousands = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+|\d{1,3},000", text)
    reader = OTHER[language] if other and is_thousands and language == "nl" and "," in text else language
    if not NUMERALS[reader].fullmatch(text):
        if not other:
            return None
        reader = OTHER[language]
    try:
        return float(parse_decimal(text, locale=reader))
    except NumberFormatError:
        return None


@lru_cache(maxsize=65536)
def dutch_value(word: str) -> float | None:
    """Give the value of a Dutch number in one word, such as “tweeëntwintig” or “tweeënhalf”; None for other words."""
    if word[:2] not in NL_STARTS:
        return HALVES.get(word)
    if half := NL_HALF.fullmatch(word):
        whole = dutch_value(half[1])
        return None if whole is None else whole + 0.5
    if word in ("een", "en") or not NL_WORD.fullmatch(word):
        return None
    return words_value(NL_JOINT.sub("ën", word).replace("één", "een"), "nl")


def aged_value(word: str) -> float | None:
    """Give the age in a word such as “negentienjarige”; None for other words."""
    at = word.rfind("jarig")
    return dutch_value(word[:at]) if at > 0 and word[at:] in JARIG else None


def is_count(word: str) -> bool:
    """Answer whether a word in small letters counts: “dertien”, “tienduizenden”, “forty”."""
    return word in VAGUE["nl"] or word in VAGUE["en"] or word in EN_WORDS or dutch_value(word) is not None


@lru_cache(maxsize=65536)
def words_value(words: str, language: str) -> float | None:
    """Give the value of a number in words, or None."""
    try:
        return float(text2num(words, language))
    except ValueError:
        return None
