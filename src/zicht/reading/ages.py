"""Tell whether a number is somebody's age, and not a length of time or a count."""

from zicht.reading.date_readers import MONTHS
from zicht.reading.gazetteers import gazetteer
from zicht.reading.lexicon import Lexicon
from zicht.reading.tokens import Words
from zicht.reading.values import is_count

ENDINGS = ("jarig", "jarige", "jarigen", "plusser", "plussers")
OLDER = {
    "nl": ("oud", "jong", "en ouder", "of ouder", "of jonger", "en jonger"),
    "en": ("old", "and older", "or older", "and over", "or younger", "of age"),
}
YOUNGER = frozenset(
    {"or younger", "or older", "and older", "and younger", "of jonger", "of ouder", "en jonger", "en ouder"}
)
PREFIXES = {
    "nl": (
        "van",
        "vanaf",
        "tussen",
        "tussen de",
        "rond",
        "rond de",
        "van rond de",
        "van ongeveer",
        "van pas",
        "van amper",
        "van nog geen",
        "van net",
        "van bijna",
        "van krap",
    ),
    "en": ("aged", "age", "age of", "ages of", "from", "of", "between the ages of", "between", "ages"),
}
PREFIX_ENDS = frozenset({prefix.split()[-1] for prefixes in PREFIXES.values() for prefix in prefixes})
LIMITS = ("jonger dan", "ouder dan", "younger than", "older than", "aged under", "aged over")
SOFT_LIMITS = ("onder de", "boven de", "vanaf", "under", "over", "tot", "beneden de")
SUBJECTS = {
    "nl": frozenset(
        [
            "ik",
            "hij",
            "zij",
            "ze",
            "jij",
            "u",
            "wie",
            "die",
            "jongste",
            "oudste",
            "we",
            "wij",
            "meisje",
            "jongen",
            "dochter",
            "zoon",
            "zus",
            "broer",
            "zusje",
            "broertje",
        ]
    ),
    "en": frozenset(
        [
            "i",
            "he",
            "she",
            "they",
            "you",
            "who",
            "youngest",
            "oldest",
            "we",
            "boy",
            "girl",
            "daughter",
            "son",
            "sister",
            "brother",
        ]
    ),
}
SOON = frozenset(
    [
        "toen",
        "pas",
        "nog",
        "meestal",
        "vaak",
        "gemiddeld",
        "mostly",
        "usually",
        "often",
        "net",
        "destijds",
        "inmiddels",
        "nu",
        "maar",
        "slechts",
        "al",
        "bijna",
        "ruim",
        "amper",
        "just",
        "only",
        "barely",
        "then",
        "now",
        "still",
        "almost",
        "about",
        "some",
    ]
)
# A length of time, whoever it is told of.
OTHER_TIMES = frozenset(
    [
        "geëist",
        "opgelegd",
        "cel",
        "gevangenisstraf",
        "celstraf",
        "geleden",
        "lang",
        "bezig",
        "actief",
        "vermist",
        "samen",
        "getrouwd",
        "vast",
        "prison",
        "jail",
        "ago",
    ]
)
LISTED = frozenset({"en", "and", ","})
SOMEBODY = frozenset({"iemand", "niemand", "somebody", "someone", "anyone", "nobody"})
EXTREMES = frozenset({"oudste", "jongste", "oldest", "youngest"})
MODALS = frozenset({"mag", "mogen", "may", "must", "can", "cannot", "should"})
COLLECTIVES = frozenset(
    {
        "group",
        "groep",
        "groepje",
        "groepjes",
        "gang",
        "bende",
        "team",
        "family",
        "familie",
        "gezin",
        "crew",
        "bemanning",
    }
)
PARENTS = frozenset({"moeder", "vader", "ouders", "moeders", "vaders", "mother", "father", "parents", "oma", "opa"})
CHILDREN = frozenset(
    {
        "dochter",
        "zoon",
        "dochtertje",
        "zoontje",
        "zusje",
        "broertje",
        "meisje",
        "jongen",
        "daughter",
        "son",
        "girl",
        "boy",
    }
)
MOST_CHILDREN = 12
# “The toll stands at 40”
STANDING = frozenset(
    {"stands", "stood", "stand", "put", "puts", "estimated", "remains", "remained", "peaked", "set", "fixed", "capped",
     "valued", "is", "was", "are", "were", "arrive", "arrived", "priced", "sold", "start", "starts"}
)  # fmt: skip
ONES = frozenset({"i", "he", "she", "who", "him", "her"})
LIVING = frozenset(
    {"left", "leave", "leaves", "married", "marry", "marries", "died", "die", "dies", "weighed", "weigh", "retired",
     "retire", "born", "fled", "flee", "pregnant", "orphaned", "enlisted", "recruited", "trafficked", "enslaved",
     "work", "worked", "working", "school"}
)  # fmt: skip
MANY_OF_US = frozenset({"we", "they", "wij"})
SOME_OF_THEM = frozenset({"meesten", "allen", "velen", "sommigen", "anderen", "most", "many", "some", "all"})
SAID = frozenset({"said", "says", "told", "recalls", "explains", "zegt", "zei", "vertelt", "vertelde", "aldus"})
WHO = frozenset(
    {"a", "an", "the", "who", "whose", "die", "een", "uit", "from", "is", "was", "had", "moeder", "mother", "and", "en"}
)
# What is told in a sentence with one of these is a count, and nobody's age.
COUNTED = frozenset({"aantal", "totaal", "totaalaantal", "dodental", "number", "numbers", "total", "totals", "toll"})
PREPOSITIONS = frozenset(
    {"in", "at", "near", "from", "to", "of", "on", "for", "across", "uit", "bij", "op", "te", "naar", "van", "voor",
     "aan"}
)  # fmt: skip
FROM = frozenset({"uit", "in", "from", "of"})
# These end as more than one would.
SINGLE = frozenset({"jongen", "mens", "wees", "baas", "zus", "stiefzus", "gids", "prins", "secretaris", "notaris"})
MANY = frozenset({"men", "women", "people", "children"})
MOST = 110  # years
YOUNGEST = 10  # years, where only the form of a range tells of ages


def is_age_ending(words: Words, end: int) -> int:
    """Give the token after “-jarige” or “-year-old” behind a number, or 0."""
    at = end + 1 if words.at(end) == "-" and words.is_joined(end) else end
    if words.at(at) in ENDINGS and (words.is_joined(at) or words.at(at).startswith("jarig")):
        return at + 1
    if at > end and words.at(at) in ("year", "years"):
        return at + 3 if words.at(at + 1) == "-" and words.at(at + 2) in ("old", "olds") else 0
    return 0


def is_age(words: Words, first: int, start: int, end: int, value: float, lexicon: Lexicon, has_years: bool) -> bool:
    """Answer whether a number (tokens `first` to `end`; `start` with its bounds) is an age.

    `has_years` says that “jaar” or “years” belongs to it; without it more must speak for an age.
    """
    is_whole = value == int(value) or words.at(first).startswith("anderhal")
    if value > MOST or not (is_whole or (has_years and _is_about_age(words, start))):
        return False
    if words.phrase(end, 2) in YOUNGER or words.phrase(start, 4) == "between the ages of":
        return True
    if has_years and (_ends_as_age(words, end, lexicon) or _ends_as_age(words, end - 2, lexicon)):
        return True  # the span may hold “of jonger” already
    if words.phrase(end, 2) in ("to a", "to each", "of us", "of them", "van ons", "van hen") or words.at(end) == "per":
        return False  # “We were six to a cart”, “there were 12 of us”
    if words.at(start - 1) == "at" and value >= YOUNGEST and _is_at_age(words, start - 1, end, lexicon):
        return True  # “At twenty I weighed 43 kilos”, “left home at 15.”
    if has_years and words.at(start - 1) == "," and _is_person(words.at(start - 2), lexicon):
        return not _is_span_of_time(words, end)  # “een jongen, negentien jaar uit Bacău,”
    if words.at(start - 1) == "," and words.phrase(end, 2) == "inmiddels," and value >= MOST_CHILDREN:
        return True  # “hij woont bij een gezin, vijftien inmiddels, en …”
    if has_years and words.at(start - 1) in ("als", "as") and value >= YOUNGEST and _closes(words, end, lexicon):
        return True  # “hij stelde haar voor als 19 jaar”
    if _is_limit(words, first, start, end, lexicon, has_years):
        return True
    if _is_of_person(words, start, end, value, lexicon, has_years) or _is_in_brackets(
        words, first, end, lexicon, has_years
    ):
        return not _is_span_of_time(words, end)
    if _is_span_of_ages(words, start, end, value, has_years):
        return True
    return _is_said_of(words, start, end, lexicon, has_years) or _is_about_age(words, start)


def _is_at_age(words: Words, at: int, end: int, lexicon: Lexicon) -> bool:
    """Answer whether “at 15” is an age: of somebody, or of what people do in a life, and not where a count stands."""
    if words.at(end) in ("i", "he", "she", "they"):
        return True
    if words.at(end) not in (",", ".", "") or words.at(at - 1) in STANDING:
        return False
    return not LIVING.isdisjoint(words.lower[:at]) or any(_is_one(words, here, lexicon) for here in range(at))


def _is_one(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a token tells of one person who does something: “she”, “the girl”, “Musa”; not “of women”."""
    word, known = words.at(at), gazetteer(lexicon.language)
    if word in ONES or words.shown(at) in known.first_names:
        return True
    before = words.at(at - 1 - (words.at(at - 1) in ("a", "an", "the", "her", "his", "my")))
    is_of = before in PREPOSITIONS
    is_single = word not in MANY and not word.endswith("s") and _is_person(word, lexicon)
    return not is_of and (is_single or (at > 0 and words.shown(at).istitle() and _ends_name(words, at, lexicon)))


def _is_span_of_ages(words: Words, start: int, end: int, value: float, has_years: bool) -> bool:
    """Answer whether “tussen de 30 en 50 jaar” are ages: with “de” so large a length of time is hardly told."""
    is_between = has_years and words.at(start) == "tussen" and words.at(start + 1) == "de" and value >= YOUNGEST
    return is_between and not any(words.at(ahead) in OTHER_TIMES for ahead in range(end, end + 7))


def _ends_as_age(words: Words, end: int, lexicon: Lexicon) -> bool:
    return any(words.phrase(end, length) in OLDER[lexicon.language] for length in (1, 2))


def _is_limit(words: Words, first: int, start: int, end: int, lexicon: Lexicon, has_years: bool) -> bool:
    """Answer whether an age is bounded: “jonger dan 18”, “onder de 18 jaar”, “under 12”."""
    bound = words.phrase(start, first - start) if first > start else ""
    if bound in LIMITS:
        return True
    if bound not in SOFT_LIMITS:
        return False
    if bound in ("onder de", "boven de", "beneden de") and has_years:
        return True
    if start == 0 and has_years and words.at(end) in lexicon.kinds["be"]:
        return True  # “Tot twaalf jaar zijn het jongens”
    before = lexicon.unit_of(words.at(start - 1))
    is_of_person = before is not None and before.code == "person"
    closes = words.at(end) in ("", ".", ",", ")", *MODALS) or words.at(end) in lexicon.kinds["stop"]
    closes = closes or (lexicon.unit_of(words.at(end)) is None and words.at(end).endswith(("made", "ed")))
    is_said = words.at(start - 1) in lexicon.kinds["be"] and closes and not has_years  # “one in four was under 18”
    return (
        is_said
        or (is_of_person and (has_years or closes))
        or (bound == "vanaf" and has_years and words.at(end) in ("mag", "mogen", "kan", "kunnen"))
    )


def _is_of_person(words: Words, start: int, end: int, value: float, lexicon: Lexicon, has_years: bool) -> bool:
    """Answer whether a person is said to be so old: “een man van 43 jaar”, “girls aged 14”, “een vrouw van 38”."""
    for prefix in PREFIXES[lexicon.language] if words.at(start - 1) in PREFIX_ENDS else ():
        at = start - len(prefix.split())
        if at < 0 or words.phrase(at, start - at) != prefix:
            continue
        at -= words.at(at - 1) == "("  # “drie mannen (van 21, 23 en 34 jaar)”
        if prefix.startswith(("age", "between the ages")) or (prefix == "van" and _is_another(words, at, lexicon)):
            return True
        is_group = words.at(at - 1) in COLLECTIVES or (words.at(at - 1) in PARENTS and value <= MOST_CHILDREN)
        if is_group and not has_years:
            return False  # “een moeder van drie”, “a crew of five”
        is_one = words.at(at - 1) in CHILDREN or words.at(at - 2) in ("een", "a", "an")
        is_closed = _closes(words, end, lexicon) or (is_one and _is_alone(words, end, lexicon))
        return _is_person(words.at(at - 1), lexicon) and (has_years or (prefix.startswith(("van", "of")) and is_closed))
    is_range = words.at(start) in ("tussen", "between")
    is_of_some = words.at(start - 1) in SOME_OF_THEM and words.at(start + 1) in ("de", "the")
    if is_range and is_of_some and lexicon.unit_of(words.at(end)) is None:
        return True  # “40 vrouwen, de meesten tussen de 20 en 30”
    # In “jongeren tussen de 16 en 18 beschermt de wet” nothing is counted, which would stand behind the range.
    is_alone = words.at(start + 1) in ("de", "the") and lexicon.unit_of(words.at(end)) is None
    return is_range and (has_years or is_alone) and _is_person(words.at(start - 1), lexicon)


def _is_alone(words: Words, end: int, lexicon: Lexicon) -> bool:
    """Answer whether nothing that is counted follows: “mijn dochter van dertien meenemen”."""
    word = words.at(end)
    is_many = lexicon.language == "en" and word.endswith("s")
    return word[:1].islower() and not is_many and lexicon.unit_of(word) is None


def _is_another(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether one more of those persons is told of: “een man van 21 en een van 26 jaar”."""
    if words.at(at - 1) not in ("een", "één") or words.at(at - 2) not in LISTED:
        return False
    before = at - 3 - (words.at(at - 3) == "jaar")
    is_number = words.at(before).isdigit() or is_count(words.at(before))
    return is_number and words.at(before - 1) == "van" and _is_person(words.at(before - 2), lexicon)


def _closes(words: Words, end: int, lexicon: Lexicon) -> bool:
    word = words.at(end)
    return not word or not word[0].isalnum() or word in lexicon.kinds["stop"]


def _in_bracket(words: Words, first: int, end: int) -> tuple[int, int]:
    """Give the tokens of a list of numbers that the number stands in: “zoons (21 en 24)”."""
    while words.at(first - 1) in LISTED and words.at(first - 2).isdigit():
        first -= 2
    while words.at(end) in LISTED and words.at(end + 1).isdigit():
        end += 2
    return first, end


def _is_in_brackets(words: Words, first: int, end: int, lexicon: Lexicon, has_years: bool) -> bool:
    """Answer whether the number stands in brackets or commas behind a name or person: “Mehmet (29)”."""
    end -= has_years and words.at(end - 1).isalpha()
    first, last = _in_bracket(words, first, end)
    is_now = words.at(first - 1) in SOON and words.at(first - 2) == ","  # “Mehmet, nu 44,”
    first -= is_now
    before, after = words.at(first - 1), words.at(last + (1 if has_years else 0))
    is_last = (before, after) in ((",", "."), (",", "")) and words.at(first - 3) in SAID  # “…,” said Tuan, 16.
    if not (is_last or (before, after) in (("(", ")"), (",", ","))) or not words.at(end - 1).isdigit():
        return False
    at = first - 2
    if before == "," and words.at(at - 1) == "-" and _is_person(words.at(at), lexicon):
        return True  # “Viktor, oud-directeur, 72,”
    while words.at(at) == "." or words.is_joined(at):  # “K.”, “Dong-hyuk”
        at -= 1
    many = (last - first + 1) // 2
    if before == "(" and _are_so_many(words, at, many, lexicon, has_years):
        return True
    unit = lexicon.unit_of(words.at(at))
    if unit is not None and unit.code == "person":
        return before == "," or has_years  # in brackets they are a count: “de meeste slachtoffers (62)”
    known = gazetteer(lexicon.language)
    if words.at(at - 1) in SAID:
        return True  # “vertelt Milan (17)”
    if before == "," and words.at(at - 1) in ("in", "at", "near", "te"):
        return False  # “Arrests rose in Coalville, 43, and in Millbrook, 12”
    if (
        (before == "(" and words.shown(at) in known.peoples)
        or known.is_known(words.shown(at))
        or known.is_known(f"{words.shown(at - 1)} {words.shown(at)}")
    ):
        return False  # “uit Nigeria (41)”, “Sierra Leone (22)”
    is_told_of = len(words.at(end - 1)) == 2 and (at <= 1 or words.at(last + 1) in WHO)  # “Kim, 43, woont”
    is_told_of = is_told_of or is_now or is_last
    is_name = words.shown(at)[:1].isupper() and (before == "(" or is_told_of or words.shown(at - 1)[:1].isupper())
    return is_name and (not words.shown(at).isupper() or len(words.shown(at)) == 1)


def _are_so_many(words: Words, at: int, many: int, lexicon: Lexicon, has_years: bool) -> bool:
    """Answer whether as many persons are told of as numbers stand behind: “twee broers uit Eindhoven (28 en 32)”."""
    if words.at(at - 1) in FROM:
        at -= 2
    word = words.at(at)
    unit = lexicon.unit_of(word)
    if unit is None or unit.code != "person":
        return False
    is_many = word in MANY or (word.endswith(("en", "s")) and not word.endswith("ss") and word not in SINGLE)
    return is_many == (many > 1) or has_years


def _is_span_of_time(words: Words, end: int) -> bool:
    return words.at(end) in ("lang", "cel", "gevangenisstraf", "celstraf", "geleden", "ervaring")


def _is_said_of(words: Words, start: int, end: int, lexicon: Lexicon, has_years: bool) -> bool:
    """Answer whether somebody is, was or became so old: “zij was zestien”, “toen ik twaalf was”, “de oudste 45”."""
    at = start - 1
    while words.at(at) in SOON:
        at -= 1
    at = _before_date(words, at)  # “die op 14 april twee werd”, “wordt in mei zes”
    subjects = SUBJECTS[lexicon.language]
    if words.at(at) in EXTREMES or (words.at(at - 1) in EXTREMES and _is_person(words.at(at), lexicon)):
        return True
    if words.phrase(at - 2, 3) in ("as young as", "as old as"):
        return True
    if words.at(at) in subjects and words.at(end) in lexicon.kinds["be"]:
        return has_years or _closes(words, end + 1, lexicon)
    if words.at(at) not in lexicon.kinds["be"]:
        return False
    if any(words.at(ahead) in OTHER_TIMES for ahead in range(end, end + 7)):
        return False
    if words.at(at - 1) in MANY_OF_US and not has_years:
        return False  # “we are seven”
    subject = words.at(at - 1)
    unit = lexicon.unit_of(subject)
    is_person = (
        subject in subjects
        or (unit is not None and unit.code == "person")
        or _is_verb_first(words, at, lexicon)
        or _ends_name(
            words, at - 1 - (subject in (",", "en", "and")), lexicon
        )  # “Dylan was 22”, “hij heette Dylan, was 22 en …”
    )
    return is_person and (has_years or _closes(words, end, lexicon))


def _before_date(words: Words, at: int) -> int:
    """Give the token before a day or a month that ends at a token; the token itself where none does."""
    if words.at(at) not in MONTHS:
        return at
    at -= 1 + words.at(at - 1).isdigit()
    return at - 1 if words.at(at) in ("op", "in", "on") else at


def _ends_name(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a name ends at a token that is not known to be that of a place or a body."""
    shown, known = words.shown(at), gazetteer(lexicon.language)
    is_counted = shown not in known.first_names and not COUNTED.isdisjoint(words.bag)
    if is_counted or _is_placed(words, at, lexicon):
        return False  # “Het aantal doden in Wateringen was 12”, “Turnout at Millbrook was 40”
    is_name = shown[:1].isupper() and not shown.isupper() and not known.is_known(shown)
    is_first = at == 0 or not words.at(at - 1)[:1].isalnum()
    return is_name and shown not in known.organisations and not (is_first and shown in known.openings)


def _is_placed(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether a preposition stands before the name that ends at a token: “in Den Haag”, not “zoon van Jan”."""
    while words.shown(at)[:1].isupper() or words.at(at) in (".", "-"):
        at -= 1
    return words.at(at) in PREPOSITIONS and not _is_person(words.at(at - 1), lexicon)


def _is_person(word: str, lexicon: Lexicon) -> bool:
    """Answer whether a word tells of a person: “meisje”, “iemand”."""
    unit = lexicon.unit_of(word)
    return word in SOMEBODY or (unit is not None and unit.code == "person")


def _is_verb_first(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether the verb stands before its subject or a list of ages: “was zij zestien”."""
    return words.at(at + 1) in SUBJECTS[lexicon.language]


def _is_about_age(words: Words, start: int) -> bool:
    """Answer whether the words just before speak of an age: “gemiddelde leeftijd was 27”, “age was 27”."""
    before = [words.at(at) for at in range(max(0, start - 6), start)]
    return any(
        word.endswith(("leeftijd", "leeftijden", "leeftijdsgrens")) or word in ("age", "ages", "aged")
        for word in before
    )
