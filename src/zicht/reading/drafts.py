"""Read what stands around one number into a draft of a figure: its bounds, its range, its measure, what it counts."""

from dataclasses import dataclass, replace

from zicht.reading.ages import is_age_ending
from zicht.reading.lexicon import TIMES, Lexicon, Unit
from zicht.reading.modifiers import Bounds, read_bounds, read_bounds_after
from zicht.reading.numbers import Form, Number, read_number
from zicht.reading.shares import read_share
from zicht.reading.tokens import Words
from zicht.reading.units import Counted, read_counted, read_measure, read_sign
from zicht.reading.values import aged_value

JOINTS = {
    "nl": (
        ("tot en met", 3),
        ("t/m", 3),
        ("tot wel", 2),
        ("tot", 1),
        ("à", 1),
        ("of", 1),
        ("-", 1),
        ("–", 1),
        ("en", 1),
    ),
    "en": (("up to", 2), ("to", 1), ("or", 1), ("-", 1), ("–", 1), ("and", 1)),
}
STARTS = {
    language: frozenset({phrase.split()[0] for phrase, _ in joints} | {"t"}) for language, joints in JOINTS.items()
}
BETWEEN = {"nl": ("tussen de", "tussen het", "tussen"), "en": ("between the ages of", "between")}
ONCE = {
    "nl": ("eens in de", "eens per", "één keer in de", "één keer per", "een keer in de", "een keer per"),
    "en": ("once every", "once in", "every"),
}
TON = 100_000  # euros
MONEYS = (
    "bedrag",
    "bedragen",
    "budget",
    "omzet",
    "subsidie",
    "gelden",
    "kosten",
    "schulden",
    "schuld",
    "geld",
    "subsidies",
)
TEN = 10
ROUND_WORDS = {"honderd": 100, "hundred": 100, "duizend": 1000, "thousand": 1000}
MILLION = 1_000_000
# Endings of Dutch words for more than one, and of measures, which have none.
PLURALS = ("en", "s", "a", "i", "x", "uur", "meter", "liter", "gram", "watt", "byte", "volt", "bar", "man")
PARTED = frozenset({"of", "en", "tot", "à", "or", "and", "to"})
SHARE = Unit("share", True)
WHICH = frozenset({"waarvan", "daarvan", "hiervan", "wie", "which", "whom"})
PUT = frozenset({"op", "in", "bij", "aan", "on", "at"})
AGE = Unit("age", True)
# What is so old or lasts so long and is no person.
AGED = frozenset(
    {"bestaan", "jubileum", "contract", "plan", "programma", "opleiding", "oorlog", "huwelijk", "traject", "project",
     "strijd", "relatie", "samenwerking", "periode", "programme", "program", "company", "firm", "law", "war",
     "marriage", "relationship", "building", "agreement", "conflict", "ship", "boat"}
)  # fmt: skip
NOTHING = Unit("", False, False)


@dataclass(slots=True)
class Draft:
    """A figure on its way: values, and tokens (ends exclusive) of its span, its number and what it counts."""

    low: float | None
    high: float | None
    is_approximate: bool
    form: Form
    start: int
    first: int  # where the number itself begins
    end: int
    number_end: int
    unit: Unit = NOTHING
    counted: Counted | None = None
    is_least: bool = False
    is_most: bool = False

    @property
    def value(self) -> float:
        """Give the number that was read, whatever bounds it."""
        return self.low if self.low is not None else self.high if self.high is not None else 0.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the measure or currency that belongs to it; tokens, end exclusive."""

    number: Number
    start: int
    end: int
    measure: Unit | None


def read_draft(words: Words, at: int, lexicon: Lexicon) -> Draft | None:
    """Give the draft of a figure whose number begins at a token, or None."""
    if (share := read_share(words, at, lexicon.language)) is not None:
        return _finish(
            words, Draft(share.value, share.value, False, Form.SCALED, at, at, share.end, share.end, SHARE), lexicon
        )
    if (some := _read_some(words, at, lexicon) or _read_bounded(words, at, lexicon)) is not None:
        return some
    first = read_quantity(words, at, lexicon)
    if first is None:
        return _read_one_more(words, at, lexicon)
    first = _with_centimetres(words, _with_months(words, first, lexicon), lexicon)
    joined = _read_range(words, first, lexicon)
    quantity = joined[1] if joined else first
    low = joined[0] if joined else first.number.value
    measure = quantity.measure or (first.measure if joined else None)
    draft = Draft(
        low,
        quantity.number.value,
        first.number.is_approximate,
        quantity.number.form if not joined or first.number.form is not Form.NUMERAL else first.number.form,
        first.start,
        first.number.start,
        quantity.end,
        quantity.number.end,
        measure or NOTHING,
    )
    if first.number.form is Form.VAGUE and first.number.is_approximate and _is_plural(words, first):
        draft.high = None
        _take_more(words, draft, lexicon)
    return None if _is_of_thing(words, draft, lexicon) else _finish(words, draft, lexicon)


def _take_more(words: Words, draft: Draft, lexicon: Lexicon) -> None:
    """Take “tot duizenden” along behind “honderden”: it bounds nothing."""
    if words.at(draft.end) in ("tot", "of", "to"):
        more = read_number(words, draft.end + 1, lexicon.language)
        if more is not None and more.form is Form.VAGUE:
            draft.end = draft.number_end = more.end


def _is_of_thing(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether “-jarig” or “-year-old” only describes a thing: “het 50-jarig bestaan”, “a two-year-old plan”."""
    if draft.unit != AGE or draft.first == draft.end - 1:
        return False
    word, unit = words.at(draft.end), lexicon.unit_of(words.at(draft.end))
    is_person = (unit is not None and unit.code == "person") or words.shown(draft.end)[:1].isupper()
    is_noun = word[:1].isalpha() and word not in lexicon.kinds["stop"] and word not in lexicon.kinds["adjective"]
    return word in AGED or (is_noun and unit is not None and not is_person)


def _read_one_more(words: Words, at: int, lexicon: Lexicon) -> Draft | None:
    """Count “een vrouw” behind “zeven mannen en”: an article counts only where a number was just given."""
    if words.at(at) not in ("een", "a", "an") or words.at(at - 1) not in ("en", "and"):
        return None
    before, counted = lexicon.unit_of(words.at(at - 2)), read_counted(words, at + 1, lexicon)
    if before is None or before.code != "person" or counted is None or counted.unit.code != "person":
        return None
    is_counted = any(
        read_number(words, back, lexicon.language) is not None
        for back in range(max(0, at - 6), at - 2)
        if words.at(back) != "een"
    )
    one = Draft(1.0, 1.0, False, Form.WORDS, at, at, counted.end, at + 1, counted.unit, counted)
    return one if is_counted else None


def _read_some(words: Words, at: int, lexicon: Lexicon) -> Draft | None:
    """Read “een maand of vier”, “een man of tien”: about so many."""
    if words.at(at) != "een" or words.at(at + 1) == "stuk" or words.at(at + 2) != "of":
        return None
    number, unit = read_number(words, at + 3, lexicon.language), lexicon.unit_of(words.at(at + 1))
    if number is None or number.form is Form.VAGUE or unit is None or unit.is_money:
        return None
    return Draft(number.value, number.value, True, Form.SCALED, at, at, number.end, number.end, unit)


def _read_bounded(words: Words, at: int, lexicon: Lexicon) -> Draft | None:
    """Read “langer dan een jaar” and “ruim een ton”: an article counts where something bounds it."""
    unit = lexicon.unit_of(words.at(at + 1)) if words.at(at) in ("een", "a", "an") else None
    if unit is None or words.at(at + 2) in ("of", "or", "half"):
        return None
    one = Draft(1.0, 1.0, False, Form.SCALED, at, at, at + 2, at + 1, unit)
    bounds = read_bounds(words, at, lexicon)
    is_bounded = unit.code in TIMES and (bounds.is_least or bounds.is_most)
    return _finish(words, one, lexicon) if is_bounded or _is_money(words, one, lexicon) else None


def _with_centimetres(words: Words, metres: Quantity, lexicon: Lexicon) -> Quantity:
    """Give “1 meter 85” as one length; in “op 10 meter 20 agenten” the second number counts."""
    rest = words.at(metres.end)
    if metres.measure is None or metres.measure.code != "meter" or len(rest) != 2 or not rest.isdigit():
        return metres
    counted = read_counted(words, metres.end + 1, lexicon)
    if counted is not None and (counted.unit.is_known or words.at(counted.end - 1).endswith(PLURALS)):
        return metres
    number = replace(metres.number, value=metres.number.value + int(rest) / 100, end=metres.end + 1)
    return Quantity(number, metres.start, metres.end + 1, metres.measure)


def _with_months(words: Words, years: Quantity, lexicon: Lexicon) -> Quantity:
    """Give “vier jaar en twee maanden” as one length of time, in months."""
    if years.measure is None or years.measure.code != "year" or words.at(years.end) not in ("en", "and"):
        return years
    months = read_quantity(words, years.end + 1, lexicon)
    if months is None or months.measure is None or months.measure.code != "month":
        return years
    value = 12 * years.number.value + months.number.value
    return Quantity(replace(years.number, value=value, end=months.number.end), years.start, months.end, months.measure)


def _is_plural(words: Words, quantity: Quantity) -> bool:
    """Answer whether a vague number is open above: “tientallen” is, “een tiental” is not."""
    return not words.at(quantity.number.end - 1).endswith("tal")


def read_quantity(words: Words, at: int, lexicon: Lexicon) -> Quantity | None:
    """Give the number at a token with its sign or measure, or None; “-jarige” behind it makes it an age."""
    number = read_number(words, at, lexicon.language)
    if number is None:
        return _read_aged(words, at, lexicon)
    sign = read_sign(words, number.start)
    if sign is not None:
        end = _end_of_price(words, number.end)
        return Quantity(number, sign[1], end, Unit(sign[0], True))
    if end_of_age := is_age_ending(words, number.end):
        return Quantity(number, number.start, end_of_age, AGE)
    measure = read_measure(words, number.end, lexicon)
    if measure is None:
        return Quantity(number, number.start, number.end, None)
    return Quantity(number, number.start, measure.end, measure.unit)


def _read_aged(words: Words, at: int, lexicon: Lexicon) -> Quantity | None:
    """Read “negentienjarige”: an age where a person or nothing is told of; “een driejarig plan” has none."""
    value = aged_value(words.at(at)) if lexicon.language == "nl" else None
    if value is None:
        return None
    following = words.at(at + 1)
    unit = lexicon.unit_of(following) or lexicon.unit_of(words.at(at + 2))
    is_alone = not following[:1].isalpha() or following in lexicon.kinds["stop"]
    is_told = (unit is not None and unit.code == "person") or words.shown(at + 1)[:1].isupper()
    is_age = is_told or words.at(at).endswith("n") or (is_alone and words.at(at).endswith("e"))
    return Quantity(Number(value, at, at + 1, Form.NUMERAL), at, at + 1, AGE) if is_age else None


def _end_of_price(words: Words, end: int) -> int:
    """Take “,-” behind a price along."""
    if (
        words.at(end) in (",", ".")
        and words.at(end + 1) in ("-", "–", "—")
        and words.is_joined(end)
        and words.is_joined(end + 1)
    ):
        return end + 2
    return end


def _read_range(words: Words, first: Quantity, lexicon: Lexicon) -> tuple[float, Quantity] | None:
    """Give the low value and the second quantity where a range stands: “2 tot 3 miljoen”, “between $150 and $200”."""
    if words.at(first.end) == "-" and words.at(first.end + 1) in PARTED:
        return _read_parted(words, first, lexicon)
    if words.at(first.end) not in STARTS[lexicon.language]:
        return None
    is_between = any(
        words.phrase(first.start - len(phrase.split()), len(phrase.split())) == phrase
        for phrase in BETWEEN[lexicon.language]
    )
    for phrase, length in JOINTS[lexicon.language]:
        if words.phrase(first.end, length) != phrase and not (phrase == "t/m" and words.phrase(first.end, 3) == "t/m"):
            continue
        at = first.end + length
        if words.at(at) in ("€", "$", "£") or words.at(at) == "us":
            at += 2 if words.at(at) == "us" else 1
        if is_between and words.at(at) in ("de", "het", "the"):
            at += 1  # “tussen de 13 en de 15”
        if phrase in ("tot", "to") and words.at(at) in ("wel", "soms", "zelfs", "de", "even"):
            at += 1
        second = read_quantity(words, at, lexicon)
        if second is None:
            return None
        low = _spread_scale(first, second, words.at(second.number.end - 1))
        return (low, second) if _is_range(words, first, second, low, phrase, is_between, lexicon) else None
    return None


def _read_parted(words: Words, first: Quantity, lexicon: Lexicon) -> tuple[float, Quantity] | None:
    """Read “16- of 17-jarige” and “vier- of vijfhonderd”, whose end counts for both."""
    second = read_quantity(words, first.end + 2, lexicon)
    low = first.number.value
    if second is None:
        return None
    if second.measure == AGE and low < second.number.value:
        return low, second
    scale = 1000 if second.number.value >= 1000 else 100
    is_scaled = words.at(second.number.end - 1).endswith(("honderd", "duizend"))
    return (low * scale, second) if is_scaled and low * scale < second.number.value else None


def _spread_scale(first: Quantity, second: Quantity, scaled: str) -> float:
    """Let a scale word count for both ends: “2 tot 3 miljoen”."""
    low, high = first.number.value, second.number.value
    if first.number.form is Form.WORDS and second.number.form is Form.WORDS:
        times = next((many for word, many in ROUND_WORDS.items() if scaled.endswith(word)), 1)
        return low * times if low < TEN and low * times < high else low  # “five to seven hundred”
    is_shared = second.number.form is Form.SCALED and first.number.form is not Form.SCALED and low < 1000 <= high
    if not is_shared:
        return low
    for scale in (1e12, 1e9, 1e6, 1e3):
        if high >= scale:
            return low * scale if low * scale < high else low  # “€ 500 tot € 1,2 miljoen”
    return low


def _is_range(
    words: Words, first: Quantity, second: Quantity, low: float, phrase: str, is_between: bool, lexicon: Lexicon
) -> bool:
    if low >= second.number.value or Form.VAGUE in (first.number.form, second.number.form):
        return False
    if first.measure and second.measure and first.measure != second.measure:
        return False
    if first.measure is not None and first.measure.code == "percent" and second.measure is None:
        return False  # “fell 5% to 4,316”
    if first.measure is not None and not first.measure.is_money and second.measure is None:
        counted = read_counted(words, second.end, lexicon)
        if counted is not None and counted.unit.is_known:
            return False  # “gave ten minutes to 40 people”
    if phrase in ("en", "and"):
        return is_between
    if phrase in ("of", "or"):
        return second.number.value <= 2 * low and second.number.value - low <= max(5, low)
    if phrase in ("-", "–"):
        return _is_dash_between(words, first, second, lexicon)
    if phrase in ("tot", "to") and words.at(first.start - 1) in ("met", "by"):
        return False  # “groeide met 40 tot 320”
    if phrase in ("tot", "to", "tot wel", "up to") and words.at(first.start - 1) in ("van", "from"):
        return not _has_change(words, first.start, lexicon)
    return True


def _is_dash_between(words: Words, first: Quantity, second: Quantity, lexicon: Lexicon) -> bool:
    """Answer whether a dash joins the ends of a range, and not the goals of a match or the parts of a code."""
    is_written_alike = first.number.form is not Form.WORDS and second.number.form is not Form.WORDS
    has_noun = second.measure is not None or read_counted(words, second.end, lexicon) is not None
    return is_written_alike and has_noun and words.at(first.start - 1) not in ("-", "–", "/")


def _has_change(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether “van … tot …” tells how something changed."""
    nearby = [words.at(here) for here in range(max(0, at - 9), min(len(words), at + 12))]
    if "uiteen" in nearby:
        return False  # “liep uiteen van € 500 tot € 1,2 miljoen”
    return any(word in lexicon.kinds["rose"] and word not in ("toe", "terug") for word in nearby)


def _finish(words: Words, draft: Draft, lexicon: Lexicon) -> Draft:
    """Add bounds, what is counted and the end of the span."""
    _add_bounds(words, draft, lexicon)
    if _is_money(words, draft, lexicon):
        draft.unit = Unit("EUR", True)
        draft.low, draft.high = (None if value is None else value * TON for value in (draft.low, draft.high))
    if not draft.unit.is_measure:
        draft.counted = _counted(words, draft, lexicon)
        if draft.counted is not None:
            draft.unit = draft.counted.unit
            if draft.form is Form.WORDS or draft.unit.is_money:
                draft.end = max(draft.end, draft.counted.end)
    if _is_bare_money(words, draft, lexicon):
        draft.unit = Unit("EUR", True)
    return draft


def _is_money(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether “twee ton” is 200,000 euros: nothing is weighed behind it, and the sentence speaks of money."""
    if draft.unit.code != "tonne" or words.at(draft.end - 1) != "ton" or lexicon.language != "nl":
        return False
    behind = words.at(draft.end)
    is_alone = not behind[:1].isalpha() or behind in lexicon.kinds["stop"] | lexicon.kinds["of_money"]
    return is_alone and _speaks_of_money(words, lexicon)


def _is_bare_money(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether millions without a noun are euros: “stelt 2 miljoen beschikbaar”."""
    if draft.unit is not NOTHING or draft.value < MILLION or lexicon.language != "nl" or draft.form is Form.VAGUE:
        return False
    return _speaks_of_money(words, lexicon) and WHICH.isdisjoint(words.bag)


def _speaks_of_money(words: Words, lexicon: Lexicon) -> bool:
    return not lexicon.kinds["of_money"].isdisjoint(words.bag) or any(word.endswith(MONEYS) for word in words.bag)


def _counted(words: Words, draft: Draft, lexicon: Lexicon) -> Counted | None:
    at = draft.number_end
    after = read_bounds_after(words, at, lexicon)
    if after.is_least or after.is_most or after.is_approximate:
        at += 1 if words.at(at) == "+" else 2  # “twee of meer personen”
    if draft.form is Form.VAGUE and words.at(at) in ("of", "van"):
        at += 1
    if words.at(at) in ("de", "deze", "die", "the", "these", "those") and at > draft.number_end:
        at += 1
    if words.at(at) == "(" and words.at(at + 1)[:1].isdigit() and words.at(at + 3) == ")":
        at += 4  # “80 (40%) winkels”
    counted = None if is_part_of_said(words, draft, lexicon) else read_counted(words, at, lexicon)
    if (
        counted is not None
        and not counted.unit.is_known
        and words.at(draft.start - 1) in PUT
        and (words.at(draft.start - 2) in WHICH)
    ):
        return None  # “300 telefoons, waarvan op ruim 70 materiaal stond”
    if counted is not None and _is_no_plural(words, draft, counted, lexicon):
        return None  # “21 arbeidsuitbuiting en 10 criminele uitbuiting”
    # “Mocht zij er 10 houden”: behind “er” an unknown word is no noun.
    is_unknown = counted is not None and not counted.unit.is_known and not words.at(counted.end - 1).endswith("s")
    is_end = counted is not None and words.at(counted.end) not in lexicon.kinds["be"]
    is_verb = is_unknown and is_end and words.at(draft.start - 1) == "er"
    return None if is_verb else counted


def _is_no_plural(words: Words, draft: Draft, counted: Counted, lexicon: Lexicon) -> bool:
    """Answer whether an unknown Dutch word is none that a number above one counts: “21 arbeidsuitbuiting”."""
    if lexicon.language != "nl" or counted.unit.is_known or draft.value == 1:
        return False
    return not words.at(counted.end - 1).endswith(PLURALS)


def is_part_of_said(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether “er” tells that what is counted was said: “Van die adressen bleken er 230 fout te zijn”."""
    if lexicon.language != "nl" or words.at(draft.start - 1) != "er":
        return False
    opens = words.at(0) == "van" and words.at(1) in ("de", "die", "deze", "onze", "hun", "alle")
    return opens and words.at(2).isalpha() and words.at(2).endswith(("en", "s"))


def _add_bounds(words: Words, draft: Draft, lexicon: Lexicon) -> None:
    start = _start_of_between(words, draft, lexicon)
    bounds = read_bounds(words, start, lexicon)
    if draft.low != draft.high and draft.low is not None and draft.high is not None:
        bounds = Bounds(bounds.start if bounds.is_approximate else start, False, False, bounds.is_approximate)
    after = read_bounds_after(words, draft.end, lexicon)
    draft.is_least, draft.is_most = bounds.is_least or after.is_least, bounds.is_most or after.is_most
    draft.is_approximate = draft.is_approximate or bounds.is_approximate or after.is_approximate
    if draft.is_least:
        draft.high = None
    elif draft.is_most and draft.high is not None:  # “hoogstens tientallen” says no more than about how many
        draft.low = None
    draft.start = _start_of_once(words, bounds.start, draft, lexicon)
    if (after.is_least or after.is_most) and words.at(draft.end) != "+":
        draft.end += 2


def _start_of_between(words: Words, draft: Draft, lexicon: Lexicon) -> int:
    for phrase in BETWEEN[lexicon.language]:
        length = len(phrase.split())
        if draft.low != draft.high and draft.start >= length and words.phrase(draft.start - length, length) == phrase:
            return draft.start - length
    return draft.start


def _start_of_once(words: Words, start: int, draft: Draft, lexicon: Lexicon) -> int:
    """Take “eens in de” before a length of time along: it is the figure's own way to tell how often."""
    if draft.unit.code not in TIMES or lexicon.language == "en":
        return start
    for phrase in ONCE[lexicon.language]:
        length = len(phrase.split())
        if start >= length and words.phrase(start - length, length) == phrase:
            return start - length
    return start
