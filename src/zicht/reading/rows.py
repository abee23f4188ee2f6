"""Tell what the numbers of a table count that stands in a text: its title or the head of a row names it."""

import re
from dataclasses import replace

from zicht.reading.carried import NUMBER, find_spoken
from zicht.reading.figures import Figure
from zicht.reading.lexicon import Lexicon
from zicht.reading.sentences import CELLS
from zicht.reading.tokens import Words
from zicht.reading.units import SIGNS
from zicht.reading.values import SCALES as VALUES

ROW = re.compile(CELLS)
CELL = re.compile(r"[|\t;]")
# Behind the head of a row: “(personen)”, “(x € 1.000)”, “(in miljoen euro)”.
IN_BRACKETS = re.compile(
    r"\((?:x |\u00d7 |in )?(?P<sign>[€$£])?\s?(?P<scale>1[.,]000(?:[.,]000)?|duizend|miljoen|mln|thousand|million)?"
    r"\s?(?P<noun>[^\W\d]*)\)"
)
SCALES = {"1000": 1e3, "duizend": 1e3, "thousand": 1e3, "1000000": 1e6, "miljoen": 1e6, "mln": 1e6, "million": 1e6}
LETTERS = re.compile(r"[^\W\d_]+")
SCALE_WORDS = frozenset({*VALUES["nl"], *VALUES["en"]})


def is_row_of_table(text: str, start: int, end: int) -> bool:
    """Answer whether a part of a text is a row of a table: cells with a bar, a tab or semicolons between."""
    return ROW.search(text, start, end) is not None


def unit_of_title(title: Words | None, lexicon: Lexicon) -> str:
    """Give what the title of a table counts: “Aantal slachtoffers naar vorm” persons; nothing where it names nothing.

    It is the noun behind “aantal”, or else the first that can be counted.
    """
    if title is None:
        return ""
    spoken = find_spoken(title, lexicon, [])
    number = next((at for at, word in enumerate(title.lower) if word in NUMBER), -1)
    return next((unit.code for at, unit in spoken if at > number), "")


def settle_row(figures: list[Figure], words: Words, lexicon: Lexicon) -> list[Figure]:
    """Give the figures of a row the unit and the scale that stand in brackets in its first cell."""
    first = CELL.search(words.text, words.start, words.end)
    told = IN_BRACKETS.search(words.text, words.start, first.start()) if first else None
    if first is None or told is None:
        return figures
    noun = lexicon.unit_of(told["noun"].lower())
    unit = SIGNS.get(told["sign"] or "", noun.code if noun is not None else "")
    scale = SCALES.get(re.sub(r"[.,]", "", told["scale"] or ""), 1.0)
    own = [one for one in figures if not told.start() <= one.start < told.end()]
    if words.text[told.end() : first.start()].strip():
        return own  # the brackets do not close the cell: a sentence before a bar is no head
    return [_in_cell(one, unit, scale) if one.start > first.start() else one for one in own]


def _in_cell(figure: Figure, unit: str, scale: float) -> Figure:
    """Give a figure the unit and scale of its row; where it has a scale word of its own, that one alone counts."""
    if not SCALE_WORDS.isdisjoint(LETTERS.findall(figure.text.lower())):
        scale = 1.0
    low, high = (None if value is None else value * scale for value in (figure.low, figure.high))
    return replace(figure, low=low, high=high, unit=unit or figure.unit)
