"""Decide what may stand beside counts that go out: a share only where a reader could reckon it from them.

A share is shown where its count and its denominator are shown, and hidden otherwise; after rounding, blurring or noise
it is reckoned anew from what is shown. What its denominator is, is told by the numbers: the total of which it is that
share. Where several totals would do, all must be shown; where none does, it is hidden. A mean or median is shown where
its count is shown as it is. The least and the most of anybody tell of one person and are always hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from zicht.stats.disclosure.beside import BY_NAME, MEAN, NO_NUMBER, NUMBER, SHARE, Beside, bare_name
from zicht.stats.disclosure.building import Key
from zicht.stats.disclosure.linking import Linked
from zicht.stats.disclosure.published import Published
from zicht.stats.results import Caution

MARK, NOTHING = "x", "."
HALF = 0.5000001  # of the last decimal; a half may have been rounded either way
HIDDEN_TOO = (
    "%(hidden)s of %(all)s shares, means and such beside the counts are hidden, because a count can be told from them."
)
ANEW = "Shares were reckoned anew from the counts that are shown here."
Texts = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Shown:
    """What goes out: counts by their place in the linked tables, what is hidden, and whether they are the true ones."""

    values: NDArray[np.int64]
    hidden: frozenset[int]
    is_true: bool
    least: int


def reckon(linked: Linked, tables: Sequence[Published], shown: Shown) -> tuple[list[Texts], list[Caution]]:
    """Give for each table what stands beside the counts that go out, by row and column, and what to say of it."""
    at = {key: cell for cell, key in enumerate(linked.keys)}
    texts = [_of_table(linked, at, number, table, shown) for number, table in enumerate(tables)]
    all_ = [text for one in texts for text in one.values()]
    hidden = sum(text == MARK for text in all_)
    notes = [Caution(HIDDEN_TOO, {"hidden": hidden, "all": len(all_)})] if hidden else []
    if any(text not in (MARK, NOTHING) for text in all_) and not shown.is_true:
        notes.append(Caution(ANEW))
    return texts, notes


def _of_table(linked: Linked, at: Mapping[Key, int], number: int, table: Published, shown: Shown) -> Texts:
    found: Texts = {}
    for one in table.beside:
        if one.text.casefold() not in NO_NUMBER:
            cell = _count_of(linked, number, table, one)
            found[one.row, one.column] = MARK if cell is None else _text(linked, at, cell, one, shown)
    return found


def _count_of(linked: Linked, number: int, table: Published, one: Beside) -> int | None:
    """Find the count of which something was reckoned: in its row, and in a crosstab by the name of the column."""
    column = one.count
    if column == BY_NAME:
        header = table.rows[0]
        columns = {entry.column for entry in table.entries}
        named = [place for place in columns if header[place].casefold() == bare_name(one.name)]
        left = [place for place in columns if place < one.column]
        column = named[0] if named else max(left, default=BY_NAME)
    return linked.cells.get((number, one.row, column))


def _text(linked: Linked, at: Mapping[Key, int], cell: int, one: Beside, shown: Shown) -> str:
    if cell in shown.hidden:
        return MARK
    if one.kind == MEAN and shown.is_true and linked.values[cell] >= shown.least:
        return one.text
    wholes = _denominators(linked, at, cell, one.text) if one.kind == SHARE else []
    if not wholes or shown.hidden.intersection(wholes):
        return MARK
    return (
        one.text
        if shown.is_true
        else _anew(one.text, linked.values[[cell, wholes[0]]], shown.values[[cell, wholes[0]]])
    )


def _denominators(linked: Linked, at: Mapping[Key, int], cell: int, text: str) -> list[int]:
    """Find the totals of which a count is this share, the nearest first."""
    pairs = sorted(linked.keys[cell])
    value, decimals = _number(text)
    found = []
    for size in range(len(pairs), -1, -1):
        for kept in combinations(pairs, size):
            whole = at.get(frozenset(kept))
            if whole is not None and linked.values[whole] and whole not in found:
                share = linked.values[cell] / linked.values[whole]
                if any(abs(share * scale - value) <= HALF * 10.0**-decimals for scale in _scales(text, value)):
                    found.append(whole)
    # A count is its own whole only where it is said to be: 100%.
    return [whole for whole in found if whole != cell] or found


def _number(text: str) -> tuple[float, int]:
    whole, _, decimals, _ = NUMBER.findall(text)[0]  # a column of shares holds numbers alone
    return float(f"{whole}.{decimals or 0}"), len(decimals)


def _scales(text: str, value: float) -> tuple[float, ...]:
    """Give what a share is out of: 100, or 1 where it has decimals and is at most that."""
    told = NUMBER.fullmatch(text)
    return (100.0, 1.0) if told and told[3] and not told[4] and value <= 1 else (100.0,)


def _anew(text: str, true: NDArray[np.int64], shown: NDArray[np.int64]) -> str:
    """Reckon a share from what is shown, written as it was; both are a count and its denominator."""
    if shown[1] == 0:
        return NOTHING
    value, decimals = _number(text)
    scale = min(_scales(text, value), key=lambda one: abs(true[0] / true[1] * one - value))
    told = NUMBER.fullmatch(text)
    point, sign = (told[2] or ".", told[4] or "") if told else (".", "")
    return f"{shown[0] / shown[1] * scale:.{decimals}f}".replace(".", point) + sign
