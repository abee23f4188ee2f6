"""Give a unit to a number that has no noun of its own: what its sentence, or the one before, speaks of."""

from bisect import bisect_left
from operator import itemgetter

from zicht.reading.ages import COLLECTIVES, PARENTS
from zicht.reading.drafts import NOTHING, Draft, is_part_of_said
from zicht.reading.lexicon import TIMES, Lexicon, Unit
from zicht.reading.never import Place, is_within
from zicht.reading.tokens import Words
from zicht.reading.units import read_counted

OF_THEM = frozenset({"van hen", "of them", "van ons", "of us"})
# “30 maanden, waarvan 10” are months; otherwise a length of time says nothing about the next number.
PART = frozenset({"waarvan", "daarvan", "hiervan", "which"})
# What others are counted by, and is not counted in “27 nationaliteiten, vooral uit Nigeria (19)”.
GROUPING = frozenset(
    {"landen", "nationaliteiten", "groepen", "provincies", "steden", "regio's", "countries", "nationalities", "groups",
     "provinces", "cities", "regions", "states", "municipality"}
)  # fmt: skip
PLACED = frozenset({"in", "on", "at", "op", "bij", "there", "daar"})
WE_ARE = frozenset({"we were", "they were", "we are", "we waren", "zij waren", "ze waren", "wij waren"})
TO_EACH = ("to a", "to each", "per", "op een", "op één", "in een", "in één", "in a", "in one")
ROOM_FOR = frozenset(
    {
        "kamer",
        "barak",
        "cel",
        "tent",
        "plaats",
        "plek",
        "ruimte",
        "bedoeld",
        "gebouwd",
        "built",
        "room",
        "space",
        "meant",
    }
)
LIVING = frozenset({"sliepen", "slapen", "woonden", "wonen", "verbleven", "verblijven", "stierven", "sterven"})
TO_STARTS = frozenset(phrase.split()[0] for phrase in TO_EACH)
ROOMS = frozenset(
    {"kamer", "slaapkamer", "bed", "cel", "matras", "tent", "hut", "barak", "caravan", "room", "bedroom", "cell",
     "mattress", "bunk", "dormitory"}
)  # fmt: skip
PERSON = Unit("person", False)
OF_WHOM = frozenset({"van wie", "onder wie", "of whom", "among whom"})
PUT_BEFORE = frozenset({"in", "uit", "bij", "op", "onder", "buiten", "binnen"})
CLAUSE_ENDS = frozenset({"", ",", ".", ";", ":", "(", ")", "en", "of", "maar", "die", "dat"})
FAR = 60  # tokens back to what is spoken of; few sentences are longer, and a list without end must not take for ever
# “Het aantal meldingen … steeg van 30 naar 40” counts what it is the number of.
NUMBER = frozenset({"aantal", "totaalaantal", "number", "numbers"})
LEADING = frozenset({"in", "op", "bij", "uit", "aan", "voor", "on", "at", "to", "via", "with", "met", "of", "from"})
OF = frozenset({"van", "of"})
PERCENTAGE = frozenset({"percentage", "percentages"})
PERCENTAGE_AT = frozenset({"op", "van", "naar", "tot", "is", "was", "at", "from", "to"})
NEAR = 12  # tokens
KINDS = frozenset(
    {"soort", "de", "het", "dit", "dat", "deze", "die", "the", "these", "those", "this", "all", "alle", "zulke", "such"}
)
WHOLES = frozenset(
    {"van de", "van", "of the", "of", "out of", "van alle", "van onze", "van hun", "van zijn", "van haar", "of our",
     "of its", "of their", "of his", "of her", "of all"}
)  # fmt: skip
PLURAL = ("en", "s")
# Told in passing: what is counted next is something else.
PASSING = frozenset(
    {
        "minuten",
        "minuut",
        "seconden",
        "seconde",
        "keer",
        "maal",
        "procentpunt",
        "procentpunten",
        "graden",
        "minutes",
        "times",
    }
)


def find_carried(
    words: Words, drafts: list[Draft], index: int, lexicon: Lexicon, spoken: list[tuple[int, Unit]], before: str
) -> Unit:
    """Give the unit of a number without a noun.

    `spoken` are those of `find_spoken`; `before` is the unit of the last figure before its sentence.
    """
    draft = drafts[index]
    return (
        unit_in_room(words, draft)
        or unit_of_persons(words, draft)
        or _unit_of_time(words, drafts, index)
        or _unit_through(words, draft, lexicon)
        or _unit_of_said(words, draft, lexicon)
        or _unit_of_which(words, draft, lexicon)
        or _unit_in_bracket(words, draft, lexicon)
        or _unit_of_percentage(words, draft)
        or _unit_before(words, drafts, index, lexicon, spoken, before)
    )


def unit_in_room(words: Words, draft: Draft) -> Unit | None:
    """Give persons for “three or four to a room”, “met tien op een kamer”."""
    at = draft.number_end
    if words.at(at) not in TO_STARTS:
        return None
    phrase = next((phrase for phrase in TO_EACH if words.phrase(at, len(phrase.split())) == phrase), "")
    is_we = words.pair(draft.start - 2) in WE_ARE  # “we were six to a cart”
    return PERSON if phrase and (is_we or words.at(at + len(phrase.split())) in ROOMS) else None


def unit_of_persons(words: Words, draft: Draft) -> Unit | None:
    """Give persons for “van wie twee”, “een gezin van zeven”, “een moeder van drie”, “we were about 300”."""
    before = [words.pair(at) for at in range(max(0, draft.start - 3), draft.start - 1)]
    is_of_whom = any(pair in OF_WHOM for pair in before)
    group = words.at(draft.start - 2)
    is_in_group = words.at(draft.start - 1) in OF and (group in PARENTS or group.removesuffix("s") in COLLECTIVES)
    behind = words.at(draft.number_end)
    is_told = words.pair(draft.start - 2) in WE_ARE and (not behind[:1].isalpha() or behind in PLACED)
    is_for = words.at(draft.start - 1) in ("voor", "for") and words.at(draft.start - 2) in ROOM_FOR
    is_living = words.at(draft.start - 1) == "er" and words.at(draft.start - 2) in LIVING
    return PERSON if is_of_whom or is_in_group or is_told or is_for or is_living else None


def _unit_of_time(words: Words, drafts: list[Draft], index: int) -> Unit | None:
    """Give the unit of the time of which some is told: “18 months, three of them in solitary confinement”."""
    draft, before = drafts[index], drafts[index - 1] if index else None
    if before is None or before.unit.code not in TIMES or words.phrase(before.end, draft.start - before.end) != ",":
        return None
    is_part = words.phrase(draft.number_end, 2) == "of them" or words.at(draft.number_end) in PART
    return before.unit if is_part else None


def _unit_of_said(words: Words, draft: Draft, lexicon: Lexicon) -> Unit | None:
    """Give the noun that opens “Van die adressen bleken er 230 fout te zijn”."""
    if not is_part_of_said(words, draft, lexicon):
        return None
    counted = read_counted(words, 2, lexicon)
    return counted.unit if counted is not None else None


def _unit_of_which(words: Words, draft: Draft, lexicon: Lexicon) -> Unit | None:
    """Give the unit of “672 van dit soort slachtoffers”, “12 of the vessels”."""
    at = draft.number_end
    if words.at(at) not in OF:
        return None
    while words.at(at + 1) in KINDS:
        at += 1
    counted = read_counted(words, at + 1, lexicon)
    is_many = counted is not None and words.at(counted.end - 1).endswith(PLURAL)
    return (
        counted.unit
        if counted is not None and is_many and counted.unit.is_known and not counted.unit.is_measure
        else None
    )


def _unit_in_bracket(words: Words, draft: Draft, lexicon: Lexicon) -> Unit | None:
    """Give the noun before a bracket that holds its number: “de telefoontjes (540.000)”."""
    at = draft.start - 2
    if words.at(at + 1) != "(" or words.at(at - 1) not in ("de", "deze", "the", "these"):
        return None
    noun = words.at(at)
    is_plain = (
        noun.isalpha() and words.shown(at).islower() and noun.endswith(PLURAL) and noun not in lexicon.kinds["stop"]
    )
    return (lexicon.unit_of(noun) or Unit(noun, False, False)) if is_plain else None


def _unit_of_percentage(words: Words, draft: Draft) -> Unit | None:
    """Give percent for “dat percentage ligt op 63”."""
    is_end = words.at(draft.start - 1) in PERCENTAGE_AT and draft.value <= 100
    is_told = is_end and not PERCENTAGE.isdisjoint(words.lower[max(0, draft.start - NEAR) : draft.start])
    return Unit("percent", True) if is_told else None


def _unit_of_rise(words: Words, start: int, lexicon: Lexicon) -> Unit | None:
    """Give what rose: the first noun of “Calls to the office rose by 4%, from 30 to 40” that no preposition leads."""
    if words.at(start - 1) not in ("van", "from", "naar", "to", "tot"):
        return None
    verb = next((at for at in range(start) if words.at(at) in lexicon.kinds["rose"]), 0)
    if not NUMBER.isdisjoint(words.lower[:start]):
        return None
    if verb and _is_many_unknown(words, verb - 1, lexicon):
        return Unit(words.at(verb - 1), False, False)
    for at in range(verb):
        is_led = not LEADING.isdisjoint(words.lower[max(0, at - 2) : at])
        unit = None if is_led or words.at(at) in lexicon.kinds["stop"] else lexicon.unit_of(words.at(at))
        if unit is not None and not unit.is_measure and words.at(at).endswith(PLURAL):
            return unit
    return None


def _is_many_unknown(words: Words, at: int, lexicon: Lexicon) -> bool:
    """Answer whether an unknown noun of more than one stands there: “student visas rose”."""
    word = words.at(at)
    is_noun = word.isalpha() and word.endswith("s") and lexicon.language == "en" and word not in lexicon.kinds["stop"]
    return is_noun and lexicon.unit_of(word) is None


def _unit_of_number(words: Words, start: int, lexicon: Lexicon) -> Unit | None:
    """Give what a sentence tells the number of, where it does before a token."""
    for at in range(start - 1, max(-1, start - 1 - FAR), -1):
        if words.at(at) not in NUMBER:
            continue
        if words.at(at + 1) in lexicon.kinds["rose"]:
            return None  # “het aantal steeg”
        counted = read_counted(words, at + (2 if words.at(at + 1) == "of" else 1), lexicon)
        if counted is not None and counted.end <= start and not counted.unit.is_measure:
            return counted.unit
    return None


def _unit_through(words: Words, draft: Draft, lexicon: Lexicon) -> Unit | None:
    """Give the unit behind what is put before its noun: “140 in Nederland werkzame arbeiders”."""
    if lexicon.language != "nl" or words.at(draft.number_end) not in PUT_BEFORE or words.at(draft.start - 1) == "er":
        return None
    for at in range(draft.number_end + 2, draft.number_end + 7):
        word = words.at(at)
        if word in CLAUSE_ENDS:
            return None
        if word.endswith(("e", "en")) and word not in lexicon.kinds["stop"] and lexicon.unit_of(word) is None:
            unit = lexicon.unit_of(words.at(at + 1))
            if unit is not None and not unit.is_measure and words.at(at + 1) not in lexicon.kinds["stop"]:
                return unit
    return None


def _unit_before(
    words: Words, drafts: list[Draft], index: int, lexicon: Lexicon, spoken: list[tuple[int, Unit]], before: str
) -> Unit:
    """Give the unit that was spoken of last: of the figure before in the sentence, or of a known noun before it."""
    if (own := _unit_of_whole(words, drafts, index)) is not None:
        return own
    if words.phrase(drafts[index].number_end, 2) in OF_THEM:
        return PERSON
    if (risen := _unit_of_rise(words, drafts[index].start, lexicon)) is not None:
        return risen
    if not NUMBER.isdisjoint(words.bag) and (told := _unit_of_number(words, drafts[index].start, lexicon)) is not None:
        return told
    from_last = drafts[index - 1].end if index else drafts[index].start - 3
    is_part = not PART.isdisjoint(words.lower[max(0, from_last) : drafts[index].start])
    # What a number without a unit found nothing in, this one finds nothing in either.
    is_told = index and (is_part or drafts[index - 1].unit is not NOTHING)
    is_of_group = words.at(drafts[index].start - 1) == "("  # “uit Nigeria (19)”
    for draft in reversed(drafts[:index]) if is_told else ():
        is_passing = draft.unit.code in TIMES or draft.unit.code in PASSING
        if is_of_group and draft.unit.code in GROUPING:
            continue
        has_other = any(not one.unit.is_money and one.counted is not None for one in drafts[:index])
        is_passing = is_passing or (draft.unit.is_money and (has_other or words.at(drafts[index].start - 1) != "er"))
        if draft.unit.code not in ("percent", "share", "age", "") and (is_part or not is_passing):
            return draft.unit
    if is_of_group:
        spoken = [(at, unit) for at, unit in spoken if unit.code not in GROUPING]
        before = "" if before in GROUPING else before
    return _unit_near(drafts, index, spoken) or (Unit(before, False) if before else NOTHING)


def find_spoken(words: Words, lexicon: Lexicon, taken: list[Place]) -> list[tuple[int, Unit]]:
    """Give the nouns of a sentence that are known and may be counted, with their tokens."""
    found = []
    for at, word in enumerate(words.lower):
        unit = None if word[:1].isdigit() or word in lexicon.kinds["stop"] else lexicon.unit_of(word)
        if word in COLLECTIVES:
            unit = PERSON  # “een kleinere groep (50)”
        is_many = word in COLLECTIVES or lexicon.units.keys().isdisjoint((f"{word}s", f"{word}en"))
        if unit is not None and not is_many:
            continue  # “in a report the number was put at 50 million”: one of them is not counted
        is_counted = unit is not None and unit.code not in TIMES and unit.code not in ("percent", "tonne")
        if unit is not None and is_counted and not unit.is_money and not is_within(words, at, taken):
            found.append((at, unit))
    return found


def _unit_near(drafts: list[Draft], index: int, spoken: list[tuple[int, Unit]]) -> Unit | None:
    """Give the noun last spoken of before a number, which no number before it counts."""
    start = drafts[index].start
    for place in range(bisect_left(spoken, start, key=itemgetter(0)) - 1, -1, -1):
        at, unit = spoken[place]
        if at < start - FAR:
            return None
        if not any(draft.start <= at < draft.end for draft in drafts[max(0, index - FAR) : index]):
            return unit
    return None


def _unit_of_whole(words: Words, drafts: list[Draft], index: int) -> Unit | None:
    """Give the unit of the whole in “zes van de acht verdachten”."""
    if index + 1 >= len(drafts):
        return None
    draft, following = drafts[index], drafts[index + 1]
    between = words.phrase(draft.number_end, following.start - draft.number_end)
    return following.unit if between in WHOLES and following.unit is not NOTHING else None
