"""Find the figures of a sentence: every number that counts or measures, with value, bounds, unit and what it counts."""

from dataclasses import dataclass, replace
from itertools import pairwise

from zicht.reading.ages import COLLECTIVES, YOUNGER, is_age
from zicht.reading.begins import find_beginnings
from zicht.reading.carried import OF_THEM, PERSON, WHOLES, find_carried, find_spoken, unit_in_room, unit_of_persons
from zicht.reading.drafts import AGE, MILLION, NOTHING, Draft, read_draft
from zicht.reading.lexicon import CODES, TIMES, Lexicon
from zicht.reading.never import Place, find_places, is_within, names_something
from zicht.reading.numbers import Form
from zicht.reading.per import read_per
from zicht.reading.tokens import Words
from zicht.reading.units import read_counted
from zicht.reading.values import is_count

LIST = {
    "nl": (",", "en", "of", "naar", "tot", "en de", "respectievelijk", "in plaats van"),
    "en": (",", "and", "or", "to", "instead of", "rather than"),
}
# Between a measure and another of the same: “twaalf uur, soms achttien”, “327 days, from 189”.
SOMETIMES = frozenset(
    {", soms", "en soms", ", sometimes", "and sometimes", ", from", "from", ", up from", "up from", ", down from",
     "down from", ", tegen", "tegen", ", tegenover", "tegenover", ", vergeleken met", ", compared with",
     "compared with", ", against", "against"}
)  # fmt: skip
PLACING = frozenset({"bij", "in", "uit", "naar", "voor", "op", "via", "aan", "at", "to", "from", "for", "on", "by"})
AVERAGE = frozenset({"gemiddelde", "gemiddeld", "average", "mean", "median"})
FAR_AVERAGE = 12  # tokens
TOLD = frozenset({"said", "told", "went", "came", "took", "left", "died", "fell", "saw", "knew", "wanted"})
MOST_TIMES = 100  # as many of one thing are hardly told beside so few of it
AGAINST = frozenset({"tegen", "tegenover", "against", "from"})  # “214 dagen bij ons, tegen 187 in 2021”
TOWARDS = frozenset({"to", "and", "en", "naar", "tot", "from", "van"})  # “to €12.4 million and to 14.1 million”
NAMING = frozenset({"in", "met", "na", "van", "with", "over", "for", "during", "of"})
FIRST = frozenset({"eerste", "first"})
THERE = frozenset({"er", "daarvan", "waarvan", "hiervan", "ervan", "wie", "whom", "which", "them"})


WERE = frozenset(
    {"zijn", "waren", "werden", "worden", "hadden", "hebben", "zitten", "zaten", "kwamen", "komen", "kregen", "are",
     "were", "had", "have", "blijven", "bleven", "gaan", "gingen", "staan", "stonden", "werken", "wonen", "remain",
     "remained", "stayed", "stay"}
)  # fmt: skip
ALL_OF = frozenset({"de", "het", "die", "deze", "alle", "al", "hun", "the", "these", "those", "all", "their", "its"})
MORE = frozenset({"more", "others"})  # “Three more are missing”
# “Vijf jaar later” tells when something was, and measures nothing; “vijf jaar later dan gepland” does.
RELATIVE = frozenset(
    {"later", "eerder", "daarna", "daarvoor", "tevoren", "nadien", "voordien", "erna", "ervoor", "geleden", "earlier",
     "ago", "afterwards", "after that", "before that", "previously", "na dato"}
)  # fmt: skip
BILLION = 1_000_000_000
COMPARING = frozenset({"dan", "than", "als"})
WHOSE = frozenset(
    {
        "de",
        "deze",
        "die",
        "the",
        "these",
        "those",
        "zijn",
        "haar",
        "hun",
        "mijn",
        "onze",
        "ons",
        "their",
        "his",
        "her",
        "its",
        "our",
        "my",
    }
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: place in the text (code points, end exclusive), values, unit, and who says so.

    `low` and `high` are equal for an exact value; None leaves a side open. `unit` is a code of the closed list, an ISO
    4217 currency, or the counted noun. `per` is what it is counted by; `period` EDTF; `attributed_to` and `via` the
    words of the text.
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    approx: bool
    unit: str
    per: str = ""
    what: str = ""
    period: str = ""
    attributed_to: str = ""
    via: str = ""


def find_figures(words: Words, lexicon: Lexicon, taken: list[Place], before: str = "") -> list[Figure]:
    """Give the figures of one sentence in order.

    `taken` are places of dates; `before` is the unit of the last figure before this sentence, which a number without a
    noun may count on.
    """
    drafts = _apart(read_drafts(words, lexicon, taken))
    if not drafts:
        return []
    settle_units(words, drafts, lexicon, taken, before)
    kept = _apart([draft for draft in drafts if _counts(words, draft, lexicon)])
    figures = [_figure(words, draft, lexicon, kept) for draft in kept]
    return [_share_per(words, figures, kept, index, lexicon) for index in range(len(figures))]


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Leave out a draft that reaches into the next: “drie tientallen” does not count tens."""
    return [one for one, after in pairwise(drafts) if one.end <= after.start] + drafts[-1:]


def _share_per(words: Words, figures: list[Figure], drafts: list[Draft], index: int, lexicon: Lexicon) -> Figure:
    """Let “per ton” count for both in “van 60 naar 95 dollar per ton”."""
    figure = figures[index]
    if figure.per or index + 1 >= len(figures) or figures[index + 1].unit != figure.unit:
        return figure
    between = words.phrase(drafts[index].end, drafts[index + 1].start - drafts[index].end)
    return replace(figure, per=figures[index + 1].per) if between in LIST[lexicon.language] else figure


def read_drafts(words: Words, lexicon: Lexicon, taken: list[Place]) -> list[Draft]:
    """Give a draft for every number that is not part of a name, a date or a phrase."""
    beginnings = find_beginnings(words, lexicon.language)
    if not beginnings:
        return []
    places = taken + find_places(words, lexicon)
    drafts: list[Draft] = []
    free = 0  # the first token after the last draft
    for at in beginnings:
        if at < free or is_within(words, at, places):
            continue
        draft = read_draft(words, at, lexicon)
        if draft is None or any(is_within(words, at, places) for at in (draft.first, draft.number_end - 1)):
            continue
        free = max(draft.number_end, draft.end if draft.unit.is_measure else draft.number_end)
        if not names_something(words, draft.first, draft.number_end, lexicon, _is_counting(draft)):
            drafts.append(draft)
    return drafts


def _is_counting(draft: Draft) -> bool:
    return draft.unit.is_known and draft.unit is not NOTHING


def settle_units(words: Words, drafts: list[Draft], lexicon: Lexicon, taken: list[Place], before: str) -> None:
    """Decide ages, and give a unit to every number that has no noun of its own."""
    for index in range(len(drafts) - 1, -1, -1):
        _settle_age(words, drafts[index], lexicon)
        _take_from_list(words, drafts, index, lexicon)
    for index in range(1, len(drafts)):
        _take_from_before(words, drafts[index - 1], drafts[index])
    is_bare = any(draft.unit is NOTHING for draft in drafts)
    spoken = find_spoken(words, lexicon, taken) if is_bare else []
    for index, draft in enumerate(drafts):
        if (
            index
            and draft.unit.code == "year"
            and drafts[index - 1].unit == AGE
            and _is_listed(words, drafts, index, lexicon)
        ):
            draft.unit = AGE  # “broers van 19 en 24 jaar”
        if draft.unit is NOTHING:
            draft.unit = find_carried(words, drafts, index, lexicon, spoken, before)
        if not draft.unit.code and _is_subject(words, draft):
            draft.unit = PERSON  # nothing was spoken of: “Twenty-two had to hand over their passports”


def _settle_age(words: Words, draft: Draft, lexicon: Lexicon) -> None:
    has_years = draft.unit.code == "year"
    if draft.unit is NOTHING or has_years or not draft.unit.is_known:
        value = draft.value
        if draft.form in (Form.NUMERAL, Form.WORDS) and is_age(
            words, draft.first, draft.start, draft.end if has_years else draft.number_end, value, lexicon, has_years
        ):
            draft.unit, draft.counted = AGE, None
            length = 2 if words.phrase(draft.number_end, 2) in YOUNGER else 0
            draft.end = draft.end if has_years else draft.number_end + length


def _take_from_list(words: Words, drafts: list[Draft], index: int, lexicon: Lexicon) -> None:
    """Let the measure of the last of a list count for all: “24, 18 en 6 maanden”, “van 60 naar 95 dollar”."""
    if index + 1 >= len(drafts) or drafts[index].unit is not NOTHING:
        return
    draft, following = drafts[index], drafts[index + 1]
    _share_scale(words, draft, following)
    if _is_listed(words, drafts, index + 1, lexicon) and (
        following.unit.is_measure or following.unit.is_money or following.unit.code in CODES
    ):
        if draft.value > MOST_TIMES * following.value:
            return  # “paid out 2.3 million to 180 victims”
        draft.unit = following.unit
        draft.counted = draft.counted or following.counted


def _is_next_share(words: Words, draft: Draft) -> bool:
    """Answer whether a number goes on with shares: “21 procent ging over wonen en 17 over vervoer”."""
    behind = words.at(draft.number_end)
    is_listed = words.at(draft.start - 1) in ("en", "and", ",") and draft.value <= 100
    return is_listed and behind in PLACING | {"over", "about"} and behind in words.lower[: draft.start]


def _share_scale(words: Words, draft: Draft, following: Draft) -> None:
    """Let a scale word count for both in “van 4,2 naar 18,9 miljoen ton”."""
    is_change = words.phrase(draft.number_end, following.start - draft.number_end) in ("naar", "tot", "to")
    is_scaled = following.form is Form.SCALED and following.value >= MILLION and draft.form is Form.NUMERAL
    if is_change and is_scaled and draft.value < 1000 and words.at(draft.start - 1) in ("van", "from"):
        scale = BILLION if following.value >= BILLION else MILLION
        draft.low, draft.high = (None if one is None else one * scale for one in (draft.low, draft.high))


def _take_from_before(words: Words, before: Draft, draft: Draft) -> None:
    """Let a measure count for what it sometimes is: “twaalf uur, soms achttien”."""
    is_measured = before.unit.is_measure and before.unit not in (AGE, NOTHING)
    if before.unit.code == "percent" and words.at(before.start - 1) in ("by", "met"):
        return  # “rose by 19%, up from 9,779”
    between = words.phrase(before.end, draft.start - before.end)
    is_parallel = words.at(before.end) in PLACING and words.at(draft.number_end) == words.at(before.end)
    is_parallel = is_parallel and words.at(draft.start - 1) in ("en", "and")  # “zeven jaar voor hem en drie voor haar”
    is_against = words.at(draft.start - 1) in AGAINST and draft.start - before.end <= FAR_AVERAGE
    is_amount = before.unit.is_money and draft.value >= MILLION and words.at(draft.start - 1) in TOWARDS
    is_end = not words.at(draft.number_end)[:1].isalpha() and draft.start - before.end <= FAR_AVERAGE
    is_bound = (
        is_end and (draft.is_least or draft.is_most) and before.unit.code in TIMES
    )  # “39 hours, and got fewer than 15”
    is_more_of_it = words.at(draft.number_end) in ("meer", "minder", "more", "less") and between == ","
    is_each = words.at(draft.start - 2) == "per"  # “3.200 euro per vrouw, per gezin 5.400”
    is_amount = is_amount or (before.unit.is_money and (is_more_of_it or is_each))
    is_percent = before.unit.code == "percent" and _is_next_share(words, draft)
    is_more = before.unit.is_money and words.phrase(draft.start - 2, 2) in ("nog eens", "en nog", "plus another")
    is_average = (
        not AVERAGE.isdisjoint(words.lower[before.end : draft.start]) and draft.start - before.end <= FAR_AVERAGE
    )
    if (
        draft.unit is NOTHING
        and is_measured
        and (
            between in SOMETIMES
            or is_bound
            or is_amount
            or is_parallel
            or is_against
            or is_average
            or is_percent
            or is_more
        )
    ):
        draft.unit = before.unit


def _is_listed(words: Words, drafts: list[Draft], index: int, lexicon: Lexicon) -> bool:
    """Answer whether only a comma or “en” stands between a number and the one before it."""
    start, end = drafts[index - 1].number_end, drafts[index].start
    return words.phrase(start, end - start) in LIST[lexicon.language]


def _counts(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether a draft is a figure: a small number in words must have something to count."""
    if words.at(draft.first - 1) == "per" and draft.value >= 100:
        return False  # “3,5 per duizend”
    if words.pair(draft.first - 2) == "for every" and draft.value >= 100:
        return False
    if draft.unit.code in TIMES and (_tells_when(words, draft.end) or _is_first(words, draft)):
        return False
    if draft.form is not Form.WORDS:
        if draft.form is Form.VAGUE and draft.counted is None:
            _is_of_group(words, draft, lexicon)
        return True
    if draft.value == 0 and not draft.unit.is_known:
        return False  # “nul medelijden”
    is_one = draft.value == 1 and words.at(draft.first) in ("één", "one") and draft.number_end == draft.first + 1
    if is_one and (draft.counted is None or not (draft.unit.is_known or _is_stressed(words, draft))):
        return draft.unit.is_measure and (words.at(draft.first) != "one" or draft.unit.is_money)
    if draft.unit.code in TIMES and words.phrase(draft.number_end, 2) in OF_THEM:
        return _is_of_group(words, draft, lexicon)
    if draft.counted is not None or draft.unit.is_measure or draft.unit.is_money:
        return True
    if draft.unit.code == "person" and (unit_in_room(words, draft) or unit_of_persons(words, draft)):
        return True
    if draft.unit.code and words.phrase(draft.number_end, 2) in WHOLES and is_count(words.at(draft.number_end + 2)):
        return True  # “Nine of our ten cabins”
    return _is_of_group(words, draft, lexicon) or _is_on_purpose(words, draft, lexicon)


def _is_stressed(words: Words, draft: Draft) -> bool:
    """Answer whether “één” counts something unknown: “er was één douche”, and not “in één klap”."""
    return words.at(draft.first) == "één" and words.at(draft.first - 1) not in ("in", "op", "per", "met", "van", "om")


def _is_first(words: Words, draft: Draft) -> bool:
    """Answer whether a length of time names one: “in de eerste drie maanden”, not “het duurde de eerste weken”."""
    if words.at(draft.start - 1) not in FIRST:
        return False
    is_opening = draft.start == 2 and words.at(draft.end) in ("of", "van")  # “The first week of the year was quiet”
    return is_opening or words.at(draft.start - 3) in NAMING


def _tells_when(words: Words, at: int) -> bool:
    """Answer whether a length of time ends at a token that makes it a moment: “drie weken daarna”."""
    is_relative = words.at(at) in RELATIVE or words.phrase(at, 2) in RELATIVE
    return is_relative and words.at(at + 1) not in COMPARING


def _is_of_group(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether a number counts some of a group: “vijf van hen”; persons where nothing else was spoken of."""
    at = draft.number_end
    if words.at(at) not in ("van", "of") or words.at(at + 1) not in lexicon.kinds["anaphor"] | {"de", "the"}:
        return words.at(at) in lexicon.kinds["anaphor"]
    noun = lexicon.unit_of(words.at(at + 2))
    is_whose = words.at(at + 1) in WHOSE and words.at(at + 2)[:1].isalpha() and not is_count(words.at(at + 2))
    if words.at(draft.start - 1) == "er" and draft.unit.code and words.at(at + 1) in ("de", "het", "the"):
        return True  # “kwamen er drie van de politie”: where they are from, and not of what they are some
    if is_whose and words.at(at + 2) not in lexicon.kinds["stop"]:
        counted = read_counted(words, at + 2, lexicon)
        last = words.at(counted.end - 1) if counted is not None else ""
        if counted is not None and last in COLLECTIVES:
            draft.unit = draft.unit if draft.unit.is_known else PERSON
        elif counted is not None and last.endswith(("n", "s", "a", "i")):
            draft.unit = counted.unit  # and in “three of these took a new flag” no noun is counted
    elif words.at(at + 1) in ("hen", "ons", "hun", "them", "us", "whom", "you"):
        draft.unit = draft.unit if draft.unit.code == "person" or draft.unit.code in TIMES else PERSON
    elif noun is not None:
        draft.unit = noun
    return True


def _is_elliptic(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether a number leaves out what was counted: “vorig jaar ruim veertig”, “and charged five for it”."""
    behind = words.at(draft.number_end)
    is_end = not behind[:1].isalnum() or behind in lexicon.kinds["stop"]
    is_object = lexicon.language == "en" and words.at(draft.start - 1).endswith("ed")
    return is_end and (behind == "per" or draft.is_least or draft.is_most or draft.is_approximate or is_object)


def _is_subject(words: Words, draft: Draft) -> bool:
    """Answer whether a number without a noun does something: “Twee zijn vrij”, “Fifty-one reported it”."""
    verb = draft.number_end + (words.at(draft.number_end) in MORE)
    is_first = draft.start == 0 or words.pair(draft.start - 2) == "all but"
    is_told = is_first and ((words.at(verb).endswith("ed") and len(words.at(verb)) > 4) or words.at(verb) in TOLD)
    is_verb = words.at(verb) in WERE or is_told
    return draft.value >= 2 and draft.counted is None and is_verb and words.at(draft.start - 1) not in WHOSE


def _is_next(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether a number goes on with what was counted: “26 zaken bij de politie en tien bij de inspectie”."""
    if words.at(draft.start - 1) not in ("en", "and", ","):
        return False
    behind = words.at(draft.number_end)
    preposition = next((at for at in range(draft.start - 2, -1, -1) if words.at(at) == behind), -1)
    is_parallel = behind in PLACING and preposition >= 0
    is_told = (
        lexicon.language == "en" and behind.endswith("ed") and words.at(draft.number_end + 1) in ("a", "the", "an")
    )
    return is_parallel or is_told


def _is_on_purpose(words: Words, draft: Draft, lexicon: Lexicon) -> bool:
    """Answer whether a number without a noun still counts: “er zes”, “van acht naar twaalf medewerkers”."""
    if words.phrase(draft.number_end, 2) in ("in totaal", "in total", "in all"):
        return True
    before = {words.at(at) for at in range(max(0, draft.start - 3), draft.start)}
    is_span = draft.low != draft.high and None not in (draft.low, draft.high)
    if draft.unit.code and (is_span or _is_subject(words, draft)):
        return True  # “Twee zijn nog voortvluchtig”, “six were registered there”
    if draft.unit.code and draft.value >= 2 and _is_elliptic(words, draft, lexicon):
        return True
    if draft.unit.code and words.phrase(draft.number_end, 2) in ("meer dan", "minder dan", "more than", "fewer than"):
        return True  # “45.000 mensen, tienduizend meer dan werd aangenomen”
    if draft.unit.code and draft.value >= 2 and _is_next(words, draft, lexicon):
        return True
    if words.at(draft.number_end + 1) == "er":
        return True  # “tien scoren er matig”
    joins = {words.at(draft.start - 1), words.at(draft.number_end)}
    return bool(before & THERE) or bool(joins & {"naar", "from", "to"}) or words.at(draft.start - 1) in (":", "(")


def _figure(words: Words, draft: Draft, lexicon: Lexicon, kept: list[Draft]) -> Figure:
    start, end = words.spans[draft.start][0], words.spans[draft.end - 1][1]
    unit = draft.unit.code
    per, what = read_per(words, draft, lexicon, kept), _what(words, draft, lexicon)
    return Figure(start, end, words.text[start:end], draft.low, draft.high, draft.is_approximate, unit, per, what)


def _what(words: Words, draft: Draft, lexicon: Lexicon) -> str:
    """Give the words for what is counted, as the text has them."""
    if draft.counted is not None:
        return words.text[words.spans[draft.counted.start][0] : words.spans[draft.counted.end - 1][1]]
    if draft.unit.code in ("percent", "share") and words.at(draft.end) in ("van", "of"):
        return _whole(words, draft.end + 1, lexicon)
    return ""


def _whole(words: Words, at: int, lexicon: Lexicon) -> str:
    """Give the words for what a share is of: “alle meldingen”, “de 340 bewoners”."""
    noun = at
    while words.at(noun) in ALL_OF or words.at(noun)[:1].isdigit() or is_count(words.at(noun)):
        noun += 1
    counted = read_counted(words, noun, lexicon)
    return words.text[words.spans[at][0] : words.spans[counted.end - 1][1]] if counted is not None else ""
