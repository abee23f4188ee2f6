"""Tell which numbers are no figures: parts of names, addresses, telephone numbers, laws, clocks, turns of phrase."""

import re

from zicht.reading.gazetteers import gazetteer
from zicht.reading.lexicon import Lexicon
from zicht.reading.tokens import Words
from zicht.reading.units import read_joined

Place = tuple[int, int]  # code points, end exclusive
HOURS = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
EN_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
PARTS_OF_DAY = "ochtend|morgen|middag|avond|nacht"
OF_DAY = (
    rf"(?:'s|’s|in de (?:vroege |late )?(?:{PARTS_OF_DAY})|des|vanochtend|vanavond|vannacht|vanmiddag|"
    rf"\w+(?:{PARTS_OF_DAY}))"
)
# Behind an hour, and not in “ten minutes to three hundred people”.
NOTHING_COUNTED = (
    r"(?![.,-]?\d|\s+(?:hundred|thousand|million|billion|dozen|percent|men|women|people|children"
    r"|(?!this\b|always\b|perhaps\b)\w{3,}s\b))"
)
# Each says what it is; the first that fits wins.
# At most places of a text the first look ahead fails, and with it all of them.
DIGITS = re.compile(
    r"(?=[\d(+§\[])(?:"
    + "|".join(
        (
            r"(?<![\w.])\+\d{1,3}(?:[\s().-]*\d){7,12}",  # +31 20 123 4567
            r"(?<![\w.,])\(?0\d{1,4}\)?\s?(?:[-–/]\s?|\s)\d(?:[\s-]?\d){3,8}\b",  # 020 - 123 45 67, 0900-8844
            r"(?<![\w.,])0\d{6,}\b",
            r"\b\d{4}\s?(?-i:[A-Z]{2})\b(?!\w)",  # a Dutch postcode
            r"\b(?:[01]?\d|2[0-4])[.:][0-5]\d\s?(?:uur|u\b|hours|am\b|pm\b|a\.m|p\.m)",
            r"\b(?:[01]?\d|2[0-4]):[0-5]\d\b",
            r"\b(?:[1-9]|1[0-2])\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)",
            r"(?<![\w-])\d+(?:\.\d+){2,}(?!\w|%)(?<!\.\d{3})",  # a version
            r"§+\s*\d[\d.]*",
            r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]",  # a footnote
            r"\b\d{2}/\d{3,6}(?:-\d{2})?\b",  # the number of a case in court
            r"(?<!\w)\d+\s?[x\u00d7]\s?\d+(?!\w)",
            r"\b14\s0\d{2,3}\b",  # of a Dutch municipality
            r"(?<=uur )op 24\b",
            r"\b95\s?(?:%|per cent|percent|procent)[\s-]?(?:CI|BI|confidence|betrouwbaarheid)\w*",
            r"\b\d{2}\+\d{1,2}(?!\w)",  # a minute of a match: 90+3
            r"\b\d{1,2}°(?=\s*(?:[,;:)]|en\b|of\b|jo\b|sr\b|lid\b|sub\b))",  # a part of an article of law: 1° en 4°
        )
    )
    + ")",
    re.IGNORECASE,
)
CODES = re.compile(
    r"\bECLI(?::[A-Z]+)+:\d[\d:.A-Z]*|"
    r"\b(?:ECLI|GM|IMO|ISBN|KvK|BSN|NL)\s?:?[A-Z]{0,4}[:\s-]?\d[\d:.A-Z-]*"
    r"|\b(?:Stb|Stcrt|Trb)\.?\s+\d{4},?\s+(?:nr\.?\s+)?\d+",  # official journals
    re.IGNORECASE,
)
CODE_WORDS = frozenset({"ecli", "imo", "isbn", "kvk", "bsn", "nl", "gm", "stb", "stcrt", "trb"})
CALLS = re.compile(
    r"\b(?:bel|bellen|belt|call|dial|phone|ring|tel\.?|telefoon(?:nummer)?|sms)\s+"
    r"(?:(?:in nood|nu|naar|met|of|direct|dan|gerust|gratis)\s+)*(?:\d{3} \d{3}\b|\d{3,4})"
    r"(?![\d-]|\s\d|\s+\w+(?:en|s)\b)",
    re.IGNORECASE,
)
EMERGENCY = re.compile(r"\b(?:nood|emergenc)\w*\b[^.\d]{0,20}\b(?:112|113|999|911)\b", re.IGNORECASE)
EMERGENCY_WORDS = frozenset({"112", "113", "999", "911"})
CALL_WORDS = frozenset(
    ["bel", "bellen", "belt", "call", "dial", "phone", "ring", "tel", "telefoon", "telefoonnummer", "sms"]
)
CLOCK = re.compile(
    "|".join(
        (
            rf"\b(?:\d{{1,2}}|{HOURS})\s+uur\s+{OF_DAY}(?:\s+\w+)?\s+tot\s+(?:\d{{1,2}}|{HOURS})\s+uur\b",
            rf"\b\w+\s+minutes?\s+(?:past|to)\s+(?:\d{{1,2}}|{EN_HOURS})\b{NOTHING_COUNTED}",
            rf"\b(?:from\s+)?(?:\d{{1,2}}|{EN_HOURS})\s+(?:at\s+night|in\s+the\s+(?:morning|evening|afternoon))"
            rf"(?:\s+(?:until|till|to)\s+(?:\d{{1,2}}|{EN_HOURS}))?\b",
            rf"\b\w+\s+(?:voor|over)\s+(?:half\s+)?(?:{HOURS})\s+{OF_DAY}",
            r"\b(?:evenings?|mornings?|nights?|afternoons?),?\s+(?:at|around|about)\s+\w+(?=[,.;])",
            rf"\b(?:om|at)\s+(?:[01]?\d|2[0-4])(?:[.:][0-5]\d\b|\s?(?:uur|u\b|am|pm|a\.m|p\.m)|(?=\s*[.;)](?!\d))|"
            rf"\s+{OF_DAY})",
            rf"\b(?:rond|tegen|vanaf|tot|voor|na|van|om|omstreeks)\s+(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?\s+uur\s+"
            rf"{OF_DAY}",
            rf"\b(?:(?:\d{{1,2}}|{HOURS})\s+(?:of|à|en|tot)\s+)?(?:\d{{1,2}}(?:[.:]\d\d)?|{HOURS})\s+uur\s+{OF_DAY}",
            rf"\b(?:tussen|van)\s+(?:\d{{1,2}}(?:[.:]\d\d)?|{HOURS})\s+(?:en|tot)\s+(?:\d{{1,2}}(?:[.:]\d\d)?|{HOURS})"
            r"\s+uur\b(?!\s+(?:per|lang|arbeid|taakstraf|werk|achter|later))",
            rf"\bom\s+(?:half\s+|kwart\s+(?:voor|over)\s+)?(?:{HOURS})"
            r"(?:\s+uur\b|(?=\s*(?:[.;)]|$))|\s+(?:'s|’s|in de))",
            rf"\b(?:half|kwart\s+(?:voor|over))\s+(?:{HOURS})\b(?!\s+jaar)",
            r"\bhalf\s+past\s+\w+",
            r"\b\w+\s+o['’]clock",
        )
    ),
    re.IGNORECASE,
)
CLOCK_WORDS = frozenset(
    {"uur", "om", "at", "half", "kwart", "o'clock", "o’clock", "'s", "around", "about", "minutes", "minute",
     "night", "morning", "evening", "afternoon"}
)  # fmt: skip
DASHES = ("-", "–")
HAS_DIGIT = re.compile(r"\d")
AGE_ENDINGS = ("jarig", "jarige", "jarigen", "year", "years", "plusser", "plussers", "plus")
LISTING = (",", "en", "and", "of", "or", "t/m", "-", "–", "&", "tot", "to", "onder", "lid", "sub", "aanhef")
NUMBERED = re.compile(r"\d+(?:\.\d+)*[a-z]?")
LONGEST_HEADING = 90  # signs
LIST_MARK = re.compile(r"(?:^|\n)[ \t]*\(?$")
VERSION = re.compile(r"\d+(?:\.\d{1,2})?")  # “Boeing 737”, “iOS 17.2”
SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")  # “1.1 Inleiding”
ROMAN = re.compile(r"[IVXLC]{2,6}")
CHANNEL = re.compile(r"[A-Z]{2,}\d*")
QUOTED = frozenset({'"', "“", "‘", "„", "'"})
CLOSINGS = frozenset(".!?’”\"'»")
NUMBERED_BY = frozenset(
    {"nr", "nrs", "art", "artikel", "artikelen", "article", "articles", "nummer", "resolution", "resolutions",
     "resolutie", "resoluties", "order", "orders", "kamerstuk", "staatsblad", "tier", "grade", "type",
     "phase", "category", "categorie", "fase", "klas"}
)  # fmt: skip
CHARGED = frozenset({"ten", "primair", "subsidiair", "bewezen", "tenlastegelegde", "vermelde", "genoemde", "meer"})
LONGEST_NOTE = 2  # digits of the number of a note


def find_places(words: Words, lexicon: Lexicon) -> list[Place]:
    """Give the parts of a sentence in which no number counts anything."""
    bag = words.bag
    patterns = []
    if HAS_DIGIT.search(words.text, words.start, words.end):
        patterns.append(DIGITS)
    for pattern, signs in (
        (CLOCK, CLOCK_WORDS),
        (CODES, CODE_WORDS),
        (CALLS, CALL_WORDS),
        (EMERGENCY, EMERGENCY_WORDS),
    ):
        if not signs.isdisjoint(bag):
            patterns.append(pattern)
    places = [match.span() for pattern in patterns for match in pattern.finditer(words.text, words.start, words.end)]
    # Without regard to capitals it would take three times as long.
    idioms = [match.span() for match in lexicon.idioms.finditer(words.small)]
    return places + [(words.start + start, words.start + end) for start, end in idioms]


def is_within(words: Words, at: int, places: list[Place]) -> bool:
    """Answer whether a token lies in one of some places of the text."""
    if not places:
        return False
    first, last = words.spans[at]
    return any(start < last and first < end for start, end in places)


def names_something(words: Words, at: int, end: int, lexicon: Lexicon, is_counting: bool) -> bool:
    """Answer whether the numeral at a token is part of a name, a code or a list.

    `end` is the token after the number; `is_counting` says that a known noun follows, which speaks for a figure.
    """
    is_measured = read_joined(words, end, lexicon) is not None
    if not words.at(at)[:1].isdigit():
        return not is_measured and _is_joined_word(words, at, end)
    return (
        (not is_measured and _is_glued(words, at, end))
        or _is_list_mark(words, at, end)
        or _is_note(words, at, end)
        or _is_file(words, at, end)
        or (
            (not is_counting or words.at(at - 1 - (words.at(at - 1) == ".")) in NUMBERED_BY)
            and _is_labelled(words, at, lexicon)
        )
        or (
            not is_counting and end == at + 1 and VERSION.fullmatch(words.at(at)) and _is_after_name(words, at, lexicon)
        )
        or _is_on_road(words, at, end, lexicon)
    )


def _is_joined_word(words: Words, at: int, end: int) -> bool:
    """Answer whether a number in words is a piece of a longer word: “drie-eenheid”, “two-way”."""
    is_before = words.is_joined(at) and words.at(at - 1) == "-"
    is_after = words.at(end) == "-" and words.is_joined(end) and words.is_joined(end + 1)
    return is_before or (is_after and not _is_age_behind(words, end + 1))


def _is_age_behind(words: Words, at: int) -> bool:
    """Answer whether “jarige” or “year-old” stands there, and not the “year” of “seven-year trial”."""
    return words.at(at) in AGE_ENDINGS and (words.at(at) not in ("year", "years") or words.at(at + 1) == "-")


def _is_glued(words: Words, at: int, end: int) -> bool:
    """Answer whether letters touch the numeral: AT5, F-16, 1300-deal, 20ste, 4G."""
    before, after = words.at(at - 1), words.at(end)
    if before == "/" and words.is_joined(at) and words.is_joined(at - 1):
        return True
    if words.is_joined(at) and (
        before.isalpha() or (before in ("-", "_") and words.is_joined(at - 1) and words.at(at - 2).isalpha())
    ):
        return before not in ("eur", "usd", "gbp", "k")
    if before in DASHES and words.is_joined(at) and words.at(at - 2)[:1].isdigit():
        return True  # “3-1”, where nothing is counted
    if not words.is_joined(end):
        return False
    if after in DASHES and words.is_joined(end + 1) and words.at(end + 1)[:1].isdigit():
        return True
    if after == "-" and words.is_joined(end + 1) and words.at(end + 1).isalpha():
        return not _is_age_behind(words, end + 1)
    return after.isalpha() and after not in (
        "k",
        "m",
        "mln",
        "bn",
        "t",
        "km",
        "kg",
        "euro",
        "ton",
        "x",
        "jarige",
        "jarig",
        "jarigen",
        "cm",
        "mn",
        "mld",
    )


def _is_list_mark(words: Words, at: int, end: int) -> bool:
    """Answer whether the numeral opens a line as “1.” or “(2)” does."""
    start = words.spans[at][0]
    is_first = at == 0 or bool(LIST_MARK.search(words.text, max(0, start - 40), start))
    title = words.shown(end + (words.at(end) in QUOTED))
    if is_first and SECTION.fullmatch(words.at(at)) and title[:1].isupper() and end == at + 1:
        return True
    if is_first and _opens_heading(words, at, end):
        return True
    is_short = len(words.at(at)) <= LONGEST_NOTE or SECTION.fullmatch(words.at(at)) is not None
    return is_first and words.at(end) in (".", ")") and words.is_joined(end) and is_short


def _is_note(words: Words, at: int, end: int) -> bool:
    """Answer whether the numeral points to a note: “leven.2 Daarna”, “24 november 1) en”."""
    if len(words.at(at)) > LONGEST_NOTE or end != at + 1:
        return False
    if words.at(end) == ")" and words.is_joined(end):
        return words.lower[:at].count("(") <= words.lower[:at].count(")")
    before = words.at(at - 1)
    is_close = words.is_joined(at) and words.is_joined(at - 1) and not words.is_joined(end)
    is_behind_end = before in CLOSINGS or (before == ":" and words.at(end) in ("‘", "“", "„"))
    return is_close and is_behind_end and words.at(at - 2)[:1].isalpha() and len(words.at(at - 2)) > 2


def _is_file(words: Words, at: int, end: int) -> bool:
    """Answer whether the numeral is that of a file, a charge or a channel: “32 123 XVII, nr. 7”, “NOS op 3”."""
    if ROMAN.fullmatch(words.shown(end)) or (words.at(end) == "," and words.at(end + 1) in ("nr", "nrs")):
        return True
    if words.at(at - 1) == "onder":
        return words.at(end) in CHARGED and len(words.at(at)) <= LONGEST_NOTE
    is_channel = words.at(at - 1) == "op" and CHANNEL.fullmatch(words.shown(at - 2)) is not None
    return is_channel and len(words.at(at)) == 1 and not words.at(end).endswith(("en", "s"))


def _opens_heading(words: Words, at: int, end: int) -> bool:
    """Answer whether a word follows as in a heading and not as behind a count: “2 Gaat het om meer?”, “3 Inleiding”."""
    word = words.shown(end)
    start = words.spans[at][0]
    is_line = start == 0 or words.text[start - 1] == "\n"
    is_short = words.end - words.start <= LONGEST_HEADING and words.text[words.end - 1] not in ".,;"
    return is_line and is_short and word[:1].isupper() and not word.endswith(("en", "ers", "s"))


def _is_labelled(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a word such as Kamp, Bureau or artikel stands before the numeral, also before a list of them."""
    here = at - 1
    for _ in range(12):
        word = words.at(here)
        if word in lexicon.kinds["label"] or word.endswith("nummer") or word.rstrip(".") in lexicon.kinds["label"]:
            return True
        is_bracket = word in ("(", ")") and here < at - 1  # “Resolutie 1718 (2006) en 2375”
        if (
            word == "."
            or is_bracket
            or word in LISTING
            or NUMBERED.fullmatch(word)
            or (word.isalpha() and len(word) == 1)
        ):
            here -= 1
            continue
        return False
    return False


def _is_after_name(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a capitalised word that does not open the sentence stands directly before: “Boeing 737”."""
    before = words.shown(at - 1)
    if at and "\t" in words.text[words.spans[at - 1][1] : words.spans[at][0]]:
        return False
    if not before.islower() and before[:1].islower():
        return True  # “iOS 17”
    if not before[:1].isupper() or at < 2 or words.at(at - 2) in (".", "!", "?", ":", "“", '"'):
        return (
            before[:1].isupper()
            and at == 1
            and len(words.at(at)) <= 4
            and _is_unknown(before, lexicon)
            and _goes_on(words, at, lexicon)
        )
    if words.at(at - 2) in (",", ";", "|", "(", "/"):
        return False  # a row of a table: “Noord 12, Zuid 18”
    if _is_in_place(words, at, lexicon):
        return False  # “34 vrouwen in Utrecht, in Den Haag 21”
    return words.at(at - 1) not in lexicon.kinds["stop"]


def _is_in_place(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a place with a preposition stands before a numeral, and another number before that."""
    is_known = gazetteer(lexicon.language).is_known
    for length in (1, 2):
        start = at - length - 1
        name = " ".join(words.shown(here) for here in range(start + 1, at))
        is_listed = words.at(start - 1) in (",", ";", "en", "and") and name[:1].isupper()
        if words.at(start) in ("in", "uit", "from") and (is_listed or is_known(name)):
            return any(word[:1].isdigit() for word in words.lower[:start])
    return False


def _is_unknown(word: str, lexicon: Lexicon) -> bool:
    lower = word.lower()
    is_small_word = lower in lexicon.kinds["stop"] or lower in lexicon.modifiers or lexicon.unit_of(lower) is not None
    return not is_small_word and not lower.endswith(("e", "en", "s", "lijks"))


def _goes_on(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether the sentence goes on after the numeral as after a name: with a verb, a preposition, an end."""
    following = words.at(at + 1)
    return not following or not following[0].isalnum() or following in lexicon.kinds["stop"] or following.endswith("t")


def _is_on_road(words: Words, at: int, end: int, lexicon: Lexicon) -> bool:
    """Answer whether the numeral is that of a house: “Kerkstraat 12”, “12 High Street”."""
    before = words.at(at - 1)
    if lexicon.language == "nl":
        is_name = words.shown(at - 1)[:1].isupper() and before not in lexicon.modifiers
        return is_name and before.endswith(tuple(lexicon.kinds["road"]))
    return words.shown(end)[:1].isupper() and any(words.at(end + step) in lexicon.kinds["road"] for step in (0, 1, 2))
