"""Read the number that begins at a token: a numeral, words, a scale word behind it, or a vague “tientallen”."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from zicht.reading.tokens import Words
from zicht.reading.values import EN_WORDS, GROUPS, SCALES, VAGUE, dutch_value, numeral_value, words_value

HALF = {"nl": ("half", "halve"), "en": ("half",)}
QUARTER = {"nl": ("kwart",), "en": ("quarter",)}
FEW = {
    "nl": ("enkele", "een paar", "een aantal", "vele", "verscheidene", "meerdere", "enige"),
    "en": ("several", "a few", "many"),
}
FEW_STARTS = frozenset(phrase.split()[0] for phrases in FEW.values() for phrase in phrases)
ROUND = {
    "dozen": 12, "dozijn": 12, "honderd": 1e2, "duizend": 1e3, "miljoen": 1e6, "miljard": 1e9,
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
UNDER_TEN = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
ARTICLES = {"nl": ("een", "één"), "en": ("a", "an", "one")}
HALF_OF_TIME = frozenset(
    {
        "liter",
        "litre",
        "kilo",
        "meter",
        "metre",
        "kilometer",
        "kilometre",
        "mile",
        "jaar",
        "uur",
        "dag",
        "maand",
        "year",
        "hour",
        "day",
        "month",
        "century",
        "dozen",
        "dozijn",
    }
)


class Form(Enum):
    """How a number is written: it decides what belongs to the figure's own words."""

    NUMERAL = "numeral"
    WORDS = "words"
    SCALED = "scaled"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its value, its tokens (end exclusive), how it is written, and whether it says “about”, “and more”."""

    value: float
    start: int
    end: int
    form: Form
    is_approximate: bool = False


def read_number(words: Words, at: int, language: str) -> Number | None:
    """Give the number that begins at a token, or None."""
    for reader in READERS:
        if (number := reader(words, at, language)) is not None:
            return number
    return None


def _read_vague(words: Words, at: int, language: str) -> Number | None:
    """Read “enkele duizenden”, “tientallen miljoenen”, “tens of thousands”."""
    start, at = at, at + _length_of_few(words, at, language)
    value = VAGUE[language].get(words.at(at))
    if value is None and at > start:
        value = ROUND.get(words.at(at))  # “een paar honderd”, “several thousand”
    if value is None:
        return None
    end = at + 1
    gap = 1 if language == "en" and words.at(end) == "of" else 0
    more = VAGUE[language].get(words.at(end + gap)) or SCALES[language].get(words.at(end + gap))
    if more is not None and more > value and (gap or language == "nl"):
        value, end = value * more, end + gap + 1
    return Number(value, start, end, Form.VAGUE, True)


def _length_of_few(words: Words, at: int, language: str) -> int:
    if words.at(at) not in FEW_STARTS:
        return 0
    return next((length for length in (2, 1) if words.phrase(at, length) in FEW[language]), 0)


def _read_group(words: Words, at: int, language: str) -> Number | None:
    """Read “een dozijn”, “een twintigtal”, “a dozen”."""
    skip = 1 if words.at(at) in ARTICLES[language] else 0
    word = words.at(at + skip)
    if word in GROUPS and skip:
        value, is_approximate = GROUPS[word]
        return Number(value, at, at + skip + 1, Form.VAGUE if is_approximate else Form.WORDS, is_approximate)
    if skip and language == "nl" and word.endswith("tal") and (value_of := dutch_value(word[:-3])):
        return Number(value_of, at, at + skip + 1, Form.VAGUE, True)
    return None


def _read_half(words: Words, at: int, language: str) -> Number | None:
    """Read “een half miljoen”, “a quarter of a million”, “a half year”."""
    start, parts = at, (*HALF[language], *QUARTER[language])
    if words.at(at) in ARTICLES[language] and words.at(at + 1) in parts:
        at += 1
    if words.at(at) not in parts:
        return None
    is_half, end = words.at(at) in HALF[language], at + 1
    end += language == "en" and words.at(end) == "of"
    end += language == "en" and words.at(end) in ("a", "an")
    scale = SCALES[language].get(words.at(end))
    if scale is not None:
        return Number(scale / (2 if is_half else 4), start, end + 1, Form.SCALED)
    if is_half and words.at(end) in HALF_OF_TIME:
        return Number(0.5, start, end, Form.SCALED)
    return None


def _read_numeral(words: Words, at: int, language: str) -> Number | None:
    text = words.at(at)
    if not text[:1].isdigit():
        return None
    end = at + 1
    # “2 500”: groups of three with a space between, in one line.
    while len(text) <= 3 + 3 * (end - at - 1) and _is_group(words, end):
        text, end = text + words.at(end), end + 1
    value = numeral_value(text, language)
    if value is None or (len(text) > 1 and text[0] == "0" and text[1].isdigit()):
        return None
    return _scale(words, Number(value, at, end, Form.NUMERAL), language)


def _is_group(words: Words, at: int) -> bool:
    text = words.at(at)
    if len(text) != 3 or not text.isdigit():
        return False
    return words.text[words.spans[at - 1][1] : words.spans[at][0]] in (" ", "\u00a0", "\u202f", "\u2009")


def _read_dutch(words: Words, at: int, language: str) -> Number | None:
    if language != "nl":
        return None
    word = words.at(at)
    if word == "een" and words.at(at + 1) in ("tot", "à") and dutch_value(words.at(at + 2)) is not None:
        return Number(1, at, at + 1, Form.WORDS)  # “een tot twee miljoen”
    if word == "een" and SCALES["nl"].get(words.at(at + 1)):
        return _scale(words, Number(1, at, at + 1, Form.WORDS), "nl")
    value = dutch_value(word)
    if value is None:
        return _read_bare_scale(words, at)
    number = Number(value, at, at + 1, Form.WORDS)
    if words.phrase(at + 1, 3) in ("en een half", "en een halve", "en eenhalf"):
        number = Number(value + 0.5, at, at + 4, Form.WORDS)
    return _scale(words, _join(words, number), "nl")


def _read_bare_scale(words: Words, at: int) -> Number | None:
    word = words.at(at)
    if word in ("miljoen", "miljard") and not words.at(at - 1)[:1].isdigit():
        return Number(SCALES["nl"][word], at, at + 1, Form.SCALED)
    return None


def _join(words: Words, number: Number) -> Number:
    """Read on where a number is written in parts: “drie honderd”, “twee duizend vijfhonderd”."""
    end, value = number.end, number.value
    while (more := dutch_value(words.at(end))) is not None and value != int(value) + 0.5:
        if words.at(end).startswith(("honderd", "duizend")) and value < 100:
            joined = words_value(f"{int(value)}", "nl") or value
            value = joined * more if more in (100, 1000) else joined * _leading(more) + more - _leading(more)
        elif value % 1000 == 0 and value > 0 and more < 1000:
            value += more
        else:
            break
        end += 1
    return Number(value, number.start, end, number.form)


def _leading(value: float) -> float:
    return 1000 if value >= 1000 else 100


def _read_english(words: Words, at: int, language: str) -> Number | None:
    """Read “twenty-five”, “one hundred and twenty”, “two and a half”."""
    if language != "en" or (words.at(at) not in EN_WORDS and not _is_a_hundred(words, at)):
        return None
    end = at
    parts: list[str] = []
    while words.at(end) in EN_WORDS or (end == at and parts == [] and _is_a_hundred(words, at)):
        parts.append("one" if words.at(end) == "a" else words.at(end))
        end += 1
        if (words.at(end) == "-" and words.is_joined(end) and words.at(end + 1) in EN_WORDS) or (
            words.at(end) == "and" and parts[-1] in ("hundred", "thousand") and words.at(end + 1) in EN_WORDS
        ):
            end += 1
        elif parts[-1] in TENS and words.at(end) in UNDER_TEN:
            continue  # “twenty five men”
        elif parts[-1] not in ("hundred", "thousand") and words.at(end) not in ("hundred", "thousand"):
            break
    value = words_value(" ".join(parts), "en")
    if value is None:
        return None
    if words.phrase(end, 3) in ("and a half", "and a-half"):
        value, end = value + 0.5, end + 3
    elif words.phrase(end, 6) == "-and-a-half":
        value, end = value + 0.5, end + 6
    return _scale(words, Number(value, at, end, Form.WORDS), "en")


def _is_a_hundred(words: Words, at: int) -> bool:
    return words.at(at) == "a" and words.at(at + 1) in ("hundred", "thousand", "million", "billion")


def _scale(words: Words, number: Number, language: str) -> Number:
    """Read a scale word behind a number: “25 miljoen”, “1.5bn”."""
    if words.at(number.end) == "-" and words.is_joined(number.end) and words.at(number.end + 1) in SCALES["en"]:
        value = number.value * SCALES["en"][words.at(number.end + 1)]  # “316-million”
        return Number(value, number.start, number.end + 2, Form.SCALED)
    word = words.at(number.end)
    if word in ("dozen", "dozijn"):
        return Number(number.value * 12, number.start, number.end + 1, number.form)
    scale = SCALES[language].get(word)
    if scale is None or (len(word) < 3 and number.form is not Form.NUMERAL):
        return number
    is_counted = words.at(number.end + 1) == "people" or words.at(number.end + 1).endswith("s")
    is_price = words.at(number.start - 1) in ("$", "€", "£")
    if word in ("m", "k") and (not words.is_joined(number.end) or not (is_price or is_counted)):
        return number  # metres
    return Number(number.value * scale, number.start, number.end + 1, Form.SCALED)


READERS: tuple[Callable[[Words, int, str], Number | None], ...] = (
    _read_vague,
    _read_group,
    _read_half,
    _read_numeral,
    _read_dutch,
    _read_english,
)
