"""Read a text: its language, figures, dates and names, each with the place that gives back its own words."""

from dataclasses import dataclass, replace

from zicht.reading.calendar import Base
from zicht.reading.dates import Date, base_for, find_dates, find_published, may_hold_date
from zicht.reading.figures import Figure, find_figures
from zicht.reading.languages import language_of
from zicht.reading.lexicon import LANGUAGES, lexicon
from zicht.reading.names import Name, find_mentions, first_of_each
from zicht.reading.periods import period_of
from zicht.reading.sentences import Span, split_sentences
from zicht.reading.tokens import Words, tokenise


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

    `language` is found out when it is empty; `published` (EDTF) is the base of relative dates, and is taken from the
    first line when it is empty and stands there.
    """
    language = language or language_of(text)
    header = find_published(text)
    published = published or (header.edtf if header else "")
    sentences = split_sentences(text, header.end if header else 0)
    if language not in LANGUAGES:
        return Reading(text, language, published, tuple(sentences), (), ())
    words = lexicon(language)
    base = base_for(published)
    figures: list[Figure] = []
    dates: list[Date] = [header] if header else []
    before, paragraph = "", -1
    for sentence in sentences:
        tokens = tokenise(text, sentence.start, sentence.end)
        here = _dates_of(tokens, sentence, language, base)
        dates += here
        if sentence.paragraph != paragraph:
            before, paragraph = "", sentence.paragraph
        places = [(date.start, date.end) for date in here]
        found = find_figures(tokens, words, places, before)
        figures += [replace(one, period=period_of(one.start, one.end, here, published)) for one in found]
        before = next((one.unit for one in reversed(found) if one.unit not in ("percent", "share", "age")), before)
    mentions = find_mentions(text, sentences, language)
    names = tuple(first_of_each(mentions))
    return Reading(text, language, published, tuple(sentences), tuple(figures), tuple(dates), names, tuple(mentions))


def _dates_of(tokens: Words, sentence: Span, language: str, base: Base) -> list[Date]:
    if not may_hold_date(tokens.text[sentence.start : sentence.end], set(tokens.lower)):
        return []
    return find_dates(tokens.text, sentence, language, base)
