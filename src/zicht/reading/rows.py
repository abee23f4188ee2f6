"""Tell what the numbers of a table count that stands in a text: its title names it, its rows do not."""

import re

from zicht.reading.carried import NUMBER, find_spoken
from zicht.reading.lexicon import Lexicon
from zicht.reading.tokens import Words

CELL = re.compile(r"[|\t]")


def is_row_of_table(text: str, start: int, end: int) -> bool:
    """Answer whether a part of a text is a row of a table: cells with a bar or a tab between."""
    return CELL.search(text, start, end) is not None


def unit_of_title(title: Words | None, lexicon: Lexicon) -> str:
    """Give what the title of a table counts: “Aantal slachtoffers naar vorm” persons; nothing where it names nothing.

    It is the noun behind “aantal”, or else the first that can be counted.
    """
    if title is None:
        return ""
    spoken = find_spoken(title, lexicon, [])
    number = next((at for at, word in enumerate(title.lower) if word in NUMBER), -1)
    return next((unit.code for at, unit in spoken if at > number), "")
