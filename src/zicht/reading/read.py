"""Read a text: its language, figures, dates and names, each with the place that gives back its own words."""

import re
from dataclasses import dataclass, replace

from zicht.reading.begins import begins
from zicht.reading.calendar import Base, base_of
from zicht.reading.carried import PASSING, find_spoken
from zicht.reading.claim import Claim
from zicht.reading.dates import Date, find_dates, find_labelled, find_published, kinds_of
from zicht.reading.figures import MORE, WERE, Figure, find_figures
from zicht.reading.gazetteers import gazetteer
from zicht.reading.languages import language_of
from zicht.reading.lexicon import LANGUAGES, TIMES, Lexicon, lexicon
from zicht.reading.names import Name, find_mentions, first_of_each
from zicht.reading.periods import period_of
from zicht.reading.rows import is_row_of_table, settle_row, unit_of_title
from zicht.reading.sentences import Span, split_sentences
from zicht.reading.spread import Told, spread_claims
from zicht.reading.tokens import Words, bag_of, plain, tokenise
from zicht.reading.values import is_count

OF_THOSE = frozenset({"of those", "of these", "of them", "van hen", "van deze", "van die", "van degenen", "onder hen"})
NO_COUNT = TIMES | PASSING | {"percent", "share", "age"}
# An amount of money, and a bracket behind it.
CONVERTED = re.compile(
    r"(?:euro'?s?|dollars?|pond|pounds?|yuan|won|[€$£]\s?[\d.,]+(?:\s?\w+)?)\s*"
    r"(?:\(|, )(?:ongeveer |circa |about |around |zo'n |[€$£] ?)?$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of one text; places are code points of `text`, end exclusive."""

    text: str
    language: str
    published: str
    sentences: tuple[Span, ...]
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    names: tuple[Name, ...] = ()
    mentions: tuple[Name, ...] = ()


def read_text(text: str, language: str = "", published: str = "") -> Reading:
    """Read a text in Dutch or English; of any other language only the sentences are found.

    `language` is found out when it is empty; `published` (EDTF) is the base of relative dates, and is taken from
    the first line, or a line near the top that names it, when it is empty.
    """
    language = language or language_of(text)
    header = find_published(text)
    published = published or (header.edtf if header else "")
    sentences = split_sentences(text, header.end if header else 0)
    if language not in LANGUAGES:
        return Reading(text, language, published, tuple(sentences), (), ())
    published = published or find_labelled(text, language)
    mentions = find_mentions(text, sentences, language)
    peoples = gazetteer(language).peoples
    letters = plain(text)
    known = begins(language)
    telling = known.telling(bag_of(letters))
    told = _tell(text, sentences, [name for name in mentions if name.text not in peoples], letters)
    claims = spread_claims(told, language)
    figures: list[Figure] = []
    dates: list[Date] = [header] if header else []
    lists = lexicon(language)
    before, base = Before(lists), base_of(published)
    for one, claim in zip(told, claims, strict=True):
        here = _dates_of(one.words, one.span, language, base)
        dates += here
        may_tell = known.may_tell(one.words.bag, telling)
        unit = before.unit_for(one, may_tell)
        if not may_tell:
            continue
        found = find_figures(one.words, lists, [(date.start, date.end) for date in here], unit)
        if before.is_row:
            found = settle_row(found, one.words, lists)
        before.take(found)
        starts = [figure.start for figure in found]
        for figure in found:
            period = period_of(figure.start, figure.end, starts, here, published, text)
            figures.append(_complete(figure, claim, period, text))
    names = tuple(first_of_each(mentions))
    return Reading(text, language, published, tuple(sentences), tuple(figures), tuple(dates), names, tuple(mentions))


def read_beginning(text: str, most: int, language: str = "", published: str = "") -> Reading:
    """Read a text up to the last sentence within `most` code points; sentences are found in all of it."""
    if len(text) <= most:
        return read_text(text, language, published)
    header = find_published(text)
    sentences = split_sentences(text, header.end if header else 0)
    end = max((one.end for one in sentences if one.end <= most), default=most)
    return replace(read_text(text[:end], language, published), text=text, sentences=tuple(sentences))


def _tell(text: str, sentences: list[Span], mentions: list[Name], letters: str) -> list[Told]:
    """Give every sentence with its words and names."""
    told, at = [], 0
    for sentence in sentences:
        while at < len(mentions) and mentions[at].start < sentence.start:
            at += 1
        end = at
        while end < len(mentions) and mentions[end].start < sentence.end:
            end += 1
        told.append(Told(sentence, tokenise(text, sentence.start, sentence.end, letters), mentions[at:end]))
    return told


class Before:
    """Remember which unit was counted last in a paragraph, for a number that has no noun of its own."""

    def __init__(self, lists: Lexicon) -> None:
        self.unit, self.paragraph, self.title, self.lists, self.is_row = "", -1, "", lists, False
        self.words: Words | None = None  # of the sentence before

    def unit_for(self, one: Told, may_tell: bool) -> str:
        """Give the unit for a sentence that may hold a figure; nothing where a paragraph begins, save in a table."""
        if one.span.paragraph != self.paragraph:
            self.paragraph = one.span.paragraph
            self.is_row = is_row_of_table(one.words.text, one.span.start, one.span.end)
            self.title = (self.title or unit_of_title(self.words, self.lists)) if self.is_row else ""
            self.unit = self.title if self.is_row else self.unit if _tells_on(one.words) else ""
        elif may_tell and not self.unit and self.words is not None and "er" in one.words.bag and not self.is_row:
            # “Kinderen raken uit beeld. Elke maand verdwijnen er twaalf.”
            self.unit = _plural_of(self.words, self.lists)
        self.words = one.words
        return self.unit

    def take(self, figures: list[Figure]) -> None:
        """Remember the last unit of a sentence."""
        counted = [
            figure.unit for figure in figures if figure.unit and figure.unit not in NO_COUNT and not is_money(figure)
        ]
        self.unit = counted[-1] if counted else self.unit


def _plural_of(words: Words, lists: Lexicon) -> str:
    """Give what the last noun of more than one in a sentence counts, or nothing."""
    spoken = [unit.code for at, unit in find_spoken(words, lists, []) if words.at(at).endswith(("en", "s"))]
    return spoken[-1] if spoken else ""


def _tells_on(words: Words) -> bool:
    """Answer whether a paragraph opens with some of those just counted: “Five have been jailed”, “Van hen”."""
    if words.pair(0) in OF_THOSE:
        return True
    if words.bag.isdisjoint(WERE) or not is_count(words.at(0)):
        return False
    return words.at(1) in WERE or (words.at(1) in MORE and words.at(2) in WERE)


def is_money(figure: Figure) -> bool:
    """Answer whether a figure is an amount (ISO 4217)."""
    return len(figure.unit) == 3 and figure.unit.isupper()


def _complete(figure: Figure, claim: Claim, period: str, text: str) -> Figure:
    """Add the period, and who says it; an amount converted in brackets is the writer's own."""
    is_conversion = is_money(figure) and CONVERTED.search(text[max(0, figure.start - 40) : figure.start]) is not None
    said = Claim() if is_conversion else claim
    return replace(figure, period=period, attributed_to=said.speaker, via=said.via)


def _dates_of(tokens: Words, sentence: Span, language: str, base: Base) -> list[Date]:
    kinds = kinds_of(tokens.text, sentence, tokens.bag)
    return find_dates(tokens.text, sentence, language, base, kinds) if kinds else []
