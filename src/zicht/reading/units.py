"""Find what a number counts: the unit behind it, through adjectives, and the end of the words that name it."""

from dataclasses import dataclass

from zicht.reading.lexicon import TIMES, Lexicon, Unit
from zicht.reading.tokens import Words
from zicht.reading.values import EN_WORDS, dutch_value

MOST_ADJECTIVES = 5
LONGEST_UNIT = 5  # tokens of a unit: “Noord-Koreaanse won” has four
# “A nine-year trial” only describes, “a nine-year sentence” tells how long.
# Stand between a number and a measure: “vijf volle dagen”, “ten working days”.
LENGTHENED = frozenset(
    {"volle", "hele", "lange", "full", "whole", "long", "calendar", "working", "business", "consecutive", "straight"}
)
MANY = frozenset({"people", "men", "women", "children"})
LONGEST_CODE = 2  # signs of each part: “B8 permits”
LASTING = frozenset(
    {"sentence", "sentences", "term", "prison", "jail", "ban", "shift", "shifts", "week", "weeks", "day", "days"}
)
QUOTES = frozenset("‘’'“”\"„")
PEOPLES = ("en", "ers", "ërs", "ans", "ese", "is", "ya", "i's", "a's", "i", "rds")  # endings of more than one of them
AGENTS = (
    "ers",
    "isten",
    "aars",
    "eurs",
    "agogen",
    "ologen",
    "ists",
    "tors",
    "sors",
)  # endings of those who do something: “hackers”
PARTICIPLES = ("ge", "ver", "be", "ont")
VERBS = ("t", "te", "ten", "de", "den", "en", "s'")  # endings of what may be a verb before the noun that it tells of
PREFIXES = ("ge", "ver", "be", "ont", "her", "over", "onder", "aan", "op", "af", "uit")
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "eur": "EUR", "usd": "USD", "gbp": "GBP", "chf": "CHF"}
SIGN_STARTS = {("us", "$"): "USD", ("a", "$"): "AUD", ("c", "$"): "CAD", ("ca", "$"): "CAD", ("au", "$"): "AUD"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the unit, and its words, end exclusive (with the adjectives before the noun)."""

    unit: Unit
    start: int
    end: int


def read_sign(words: Words, at: int) -> tuple[str, int] | None:
    """Give the currency whose sign stands before the token at which a number begins, and where the sign starts."""
    sign = words.at(at - 1)
    if sign not in SIGNS:
        return None
    if sign == "$" and words.is_joined(at - 1) and (words.at(at - 2), sign) in SIGN_STARTS:
        return SIGN_STARTS[words.at(at - 2), sign], at - 2
    return SIGNS[sign], at - 1


def read_measure(words: Words, at: int, lexicon: Lexicon) -> Counted | None:
    """Give the measure that stands directly behind a number: percent, money, time, weight."""
    is_sign = words.at(at) in ("€", "$", "£") and not words.at(at + 1)[:1].isdigit()
    if is_sign and words.spans[at][0] - words.spans[at - 1][1] <= 1:
        return Counted(Unit(SIGNS[words.at(at)], True), at, at + 1)
    if words.phrase(at, 4) == "u.s.":
        at += 4  # “316 million U.S. dollars”
    if words.at(at) == "t" and words.is_joined(at) and not words.is_joined(at + 1):
        return Counted(Unit("tonne", True), at, at + 1)  # “26,500t of coal”
    if words.at(at) == "°" and words.at(at + 1) in ("c", "f"):
        return Counted(Unit(words.phrase(at, 2).upper(), True), at, at + 2)
    if (joined := read_joined(words, at, lexicon)) is not None:
        return joined
    at_noun = at + 1 if words.at(at) in LENGTHENED else at
    found = _lookup(words, at_noun, lexicon)
    return Counted(found.unit, at, found.end) if found is not None and found.unit.is_measure else None


def read_joined(words: Words, at: int, lexicon: Lexicon) -> Counted | None:
    """Give the measure that a hyphen joins to an English number: “3-metre seas”, “a five-year sentence”."""
    is_joined = lexicon.language == "en" and words.at(at) == "-" and words.is_joined(at) and words.is_joined(at + 1)
    found = _lookup(words, at + 1, lexicon) if is_joined else None
    if found is None or not found.unit.is_measure or words.at(found.end) == "-":
        return None
    is_told = found.unit.code not in TIMES or not LASTING.isdisjoint(
        (words.at(found.end), words.at(found.end + 1) if words.at(found.end)[:1].isalpha() else "")
    )
    return Counted(found.unit, at, found.end) if is_told else None


def read_counted(words: Words, at: int, lexicon: Lexicon) -> Counted | None:
    """Give what is counted behind a number: a known noun through its adjectives, or the first other noun."""
    here = at
    for _ in range(MOST_ADJECTIVES):
        while words.at(here) in QUOTES or _is_code(words, here):
            here += 1  # “83 ‘bekende’ bedrijven”, “660 B8 permits”
        word = words.at(here)
        if (
            not word[:1].isalpha()
            or _is_number(word, lexicon)
            or (
                word in lexicon.kinds["stop"]
                and word not in lexicon.kinds["adjective"]
                and not _lookup_long(words, here, lexicon)
            )
        ):
            return _last_adjective(words, at, here, lexicon)
        found = _lookup(words, here, lexicon)
        if (
            lexicon.language == "en"
            and word in lexicon.kinds["adjective"]
            and _has_noun_ahead(words, here + 1, lexicon)
        ):
            here += 1
            continue  # “27 official detention centres”
        if found is not None and not _is_before_noun(words, found.end - 1, lexicon):
            return Counted(found.unit, at, found.end)
        if found is not None and found.end == here + 1:
            here = found.end
            continue
        end = _end_of_word(words, here)
        if (named := _behind_name(words, here, end, lexicon)) is not None:
            return Counted(named[0], at, named[1])
        if words.at(end) in ("en", "of", "and", "or") and _is_pair(words, here, end, lexicon):
            here = end + 1
            continue
        if end > here + 1 and (unit := lexicon.unit_of(words.at(end - 1))) is not None:
            if lexicon.language == "en" and not words.at(end - 1).endswith("s") and words.at(end).endswith("s"):
                here = end  # “16 ship-to-ship transfers”
                continue
            return Counted(unit, at, end)
        if not _is_adjective(words, end, lexicon):
            is_told = here == at and _is_verb(word, words.at(end), lexicon)  # behind an adjective no verb stands
            is_noun = not is_told and _may_be_many(words, end - 1, lexicon)
            return Counted(_unknown(words, here, end, lexicon), at, end) if is_noun else None
        here = end
        if words.at(here) in (",", "en", "and", "of", "or") and _is_adjective(words, here + 2, lexicon):
            here += 1
    return None


def _is_code(words: Words, at: int) -> bool:
    """Answer whether a capital and digits that touch it stand there, before a noun."""
    if len(words.at(at)) > LONGEST_CODE:
        return False
    is_letter = words.shown(at).isupper() and words.is_joined(at + 1) and words.at(at + 1).isdigit()
    is_digit = at > 0 and words.at(at).isdigit() and words.is_joined(at) and words.shown(at - 1).isupper()
    return (is_letter and words.at(at + 2).isalpha()) or (is_digit and words.at(at + 1).isalpha())


def _behind_name(words: Words, at: int, end: int, lexicon: Lexicon) -> tuple[Unit, int] | None:
    """Give the noun behind a name that only describes it, and its end: “vijf Michael Kors tassen”."""
    if not words.shown(at)[:1].isupper() or not words.shown(end)[:1].isupper():
        return None
    while words.shown(end)[:1].isupper():
        end = _end_of_word(words, end)
    noun = words.at(end - 1)
    if words.shown(end - 1)[:1].isupper():
        noun, end = words.at(end), end + 1
    is_noun = noun.isalpha() and noun.endswith(("en", "s")) and noun not in lexicon.kinds["stop"]
    return (lexicon.unit_of(noun) or Unit(noun, False, False), end) if is_noun else None


def _may_be_many(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether an unknown word may name more than one: in English it ends on an s, or is a people."""
    return (
        lexicon.language != "en"
        or words.at(at).endswith(("s", "i", "ae", "ese", "folk"))
        or words.shown(at)[:1].isupper()
    )


def _is_number(word: str, lexicon: Lexicon) -> bool:
    return word in EN_WORDS if lexicon.language == "en" else dutch_value(word) is not None


def _unknown(words: Words, start: int, end: int, lexicon: Lexicon) -> Unit:
    """Give the unit of an unknown noun: itself, or persons where a people or those who do something are named."""
    shown = words.shown(end - 1)
    is_people = shown[:1].isupper() and not shown.isupper() and shown.endswith(PEOPLES)
    is_agent = (
        shown.islower() and shown.endswith(AGENTS) and len(shown) > 5 and not shown.endswith(("kisten", "wisten"))
    )
    is_agent = is_agent and not _is_thing(shown, lexicon)
    return Unit("person", False) if is_people or is_agent else Unit(words.phrase(start, end - start), False, False)


def _is_thing(word: str, lexicon: Lexicon) -> bool:
    """Answer whether a word is known to be no person: “layers”, and not “bricklayers”.

    In Dutch it may end a longer word, “zeecontainers”, but not behind the beginning of a verb: “opvoeders”.
    """
    things = lexicon.kinds["no_person"]
    if word in things or lexicon.language == "en":
        return word in things
    return any(word[at:] in things and word[:at] not in PREFIXES for at in range(2, len(word) - 4))


def _lookup(words: Words, at: int, lexicon: Lexicon) -> Counted | None:
    if words.at(at + 1) == "-" and words.is_joined(at + 1) and words.is_joined(at + 2):
        lengths = range(LONGEST_UNIT, 1, -1)  # the first part alone is no word
    else:
        lengths = range(LONGEST_UNIT if words.at(at) in lexicon.unit_starts else 1, 0, -1)
    for length in lengths:
        if length > 1 and at + length > len(words):
            continue
        unit = lexicon.unit_of(words.phrase(at, length)) if length == 1 else lexicon.units.get(words.phrase(at, length))
        if unit is not None:
            return Counted(unit, at, at + length)
    return None


def _lookup_long(words: Words, at: int, lexicon: Lexicon) -> bool:
    return any(words.phrase(at, length) in lexicon.units for length in (2, 3))


def _is_before_noun(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a known word here only describes: “minderjarige” in “twee minderjarige meisjes”."""
    following = words.at(at + 1)
    if lexicon.language == "nl" and not words.at(at).endswith("e"):
        return False
    unit = lexicon.unit_of(following)
    if words.at(at) in MANY and (unit is None or unit.code != "person"):
        return False  # “took 346 people home”
    if lexicon.language == "en" and unit is None:
        return _is_in_compound(words, at, lexicon)
    return unit is not None and not unit.is_measure and following not in lexicon.kinds["stop"]


def _is_in_compound(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether an English noun of one stands before what is counted: “221 tanker deliveries”."""
    word, following = words.at(at), words.at(at + 1)
    is_single = not lexicon.units.keys().isdisjoint((f"{word}s", f"{word}es")) and words.at(at - 1) not in (
        "one",
        "1",
        "a",
    )
    return is_single and len(following) > 3 and following.endswith("s") and following not in lexicon.kinds["stop"]


def _end_of_word(words: Words, at: int) -> int:
    """Give the token after a word that hyphens may hold together, such as “Noord-Koreaanse”."""
    end = at + 1
    while (
        words.at(end) == "-" and words.is_joined(end) and words.is_joined(end + 1) and words.at(end + 1)[:1].isalpha()
    ):
        end += 2
    return end


def _is_pair(words: Words, at: int, end: int, lexicon: Lexicon) -> bool:
    """Answer whether two adjectives are joined: “64 Filipijnse en Indonesische zeelieden”."""
    if lexicon.language == "en":
        return words.shown(at)[:1].isupper() and words.shown(end + 1)[:1].isupper()
    is_alike = words.at(end - 1).endswith("e") and words.at(end + 1).endswith("e")
    return is_alike and lexicon.unit_of(words.at(end - 1)) is None and words.at(end + 1) not in lexicon.kinds["stop"]


def _is_adjective(words: Words, end: int, lexicon: Lexicon) -> bool:
    word = words.at(end - 1)
    if word in lexicon.kinds["adjective"]:
        return True
    follows = words.at(end)
    if not follows[:1].isalpha() or follows in lexicon.kinds["stop"]:
        return False
    if lexicon.language == "nl":
        if word.endswith("en") and word.startswith(PARTICIPLES) and lexicon.unit_of(word) is None:
            return follows.endswith("e") or lexicon.unit_of(follows) is not None  # “verdwenen”, “gestolen”
        if lexicon.unit_of(word) is None and len(word) > 3 and not word.endswith(VERBS):
            unit = lexicon.unit_of(follows)
            if unit is not None and not unit.is_measure and words.at(end - 1).isalpha():
                return True  # “eerstelijns professionals”
        return (word.endswith("e") and len(word) > 3 and lexicon.unit_of(word) is None) or word.endswith(
            ("jarige", "se")
        )
    if word.endswith("s") and not word.endswith(("ss", "ous")) and not follows.endswith("s"):
        return False  # “470 providers lost theirs”: more than one describes nothing
    return word.endswith(
        ("ese", "ish", "ian", "ean", "al", "ed", "ous", "ful", "ive", "ern", "ic", "less", "ing", "er")
    ) or _has_noun_ahead(words, end, lexicon)


def _has_noun_ahead(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether an English noun of more than one follows, through others: “five fish processing plants”."""
    for here in range(at, at + 5):
        word = words.at(here)
        if word == "-" and words.is_joined(here) and words.is_joined(here + 1):
            continue  # “border-crossing”
        if not word.isalpha() or word in lexicon.kinds["stop"]:
            return False
        if lexicon.unit_of(word) is not None or (word.endswith("s") and not word.endswith("ss")):
            return True
    return False


def _last_adjective(words: Words, at: int, here: int, lexicon: Lexicon) -> Counted | None:
    """Take an adjective for a noun where none follows: “vier zieke”."""
    if here == at:
        return None
    found = _lookup(words, here - 1, lexicon)
    return Counted(found.unit, at, found.end) if found is not None else None


def _is_verb(word: str, follows: str, lexicon: Lexicon) -> bool:
    """Answer whether an unknown word looks like a participle, which ends what could be counted."""
    if lexicon.language == "en":
        return word.endswith(("ed", "ly")) and len(word) > 4
    if word in lexicon.kinds["told"] or follows in ("er", "zich") or (word.startswith("ge") and word.endswith("en")):
        return not word.endswith(("heden", "ingen", "issen"))
    is_told_with = (
        "ge" in word and word.endswith("en") and word.startswith(("aange", "opge", "uitge", "afge", "overge"))
    )
    return is_told_with or (word.startswith(PREFIXES) and word.endswith(("d", "t")) and not word.endswith("teit"))
