"""Recognise what stands beside counts and was reckoned from them: shares, means, and the least or most of anybody.

Each of them can give a hidden count away: 12.5% of 40 are five.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zicht.stats.disclosure.errors import ShareInRow
from zicht.stats.errors import quote

SHARE, MEAN, EXTREME = "share", "mean", "extreme"
BY_NAME = -1  # in a crosstab: the count is found by the name of the column
_KINDS = (
    (SHARE, r"percent|percentage|perc|pct|procent|share|aandeel|proportion|proportie|ratio"),
    (MEAN, r"mean|average|avg|gemiddeld|gemiddelde|gem|median|mediaan|sd|std|stdev"),
    (EXTREME, r"min|max|minimum|maximum|oldest|youngest|oudste|jongste"),
)
_NAMED = [(kind, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)) for kind, words in _KINDS]
_FILLING = re.compile(r"[%()\[\]:_]|(?<![^\W_])(?:of|van|in|the|de|het|" + _KINDS[0][1] + r")(?![^\W_])", re.IGNORECASE)
NUMBER = re.compile(r"(-?[0-9]{1,12})(?:([.,])([0-9]{1,9}))?(\s*%)?")
NO_NUMBER = frozenset({"", ".", "..", "-", "–", "—", "x", "*", "…", "...", "n/a", "nvt", "n.v.t."})


@dataclass(frozen=True)
class Beside:
    """A value that was reckoned from counts: where it stands, its text, what it is, and the name of its column.

    `count` is the column of the count in the same row, or BY_NAME.
    """

    row: int
    column: int
    text: str
    kind: str
    name: str
    count: int


def kind_of(name: str, values: Sequence[str], asked: Collection[str]) -> str | None:
    """Tell what a column holds: shares, means, extremes, or None where it has labels or counts."""
    if not all(value.casefold() in NO_NUMBER or NUMBER.fullmatch(value) for value in values):
        return None
    found = next((kind for kind, words in _NAMED if words.search(name)), None)
    if found or "%" in name or any("%" in value for value in values):
        return found or SHARE
    return SHARE if name.casefold() in asked else None


def bare_name(name: str) -> str:
    """Take from the name of a column what says that it holds shares: of “% girls”, “girls”."""
    return " ".join(_FILLING.sub(" ", name).split()).casefold()


def refuse_share_in_row(labels: Sequence[str], name: str, row: int) -> None:
    """Refuse a row of shares among rows of counts: it would be taken for counts. Raises ShareInRow."""
    for label in labels:
        if label == "%" or (_NAMED[0][1].fullmatch(label) and label.casefold() != "ratio"):
            raise ShareInRow(name=name, row=row, value=quote(label))
