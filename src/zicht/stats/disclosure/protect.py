"""Protect tables of counts for a release, by one of several methods, and say what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zicht.stats.disclosure.cell_keys import blur
from zicht.stats.disclosure.errors import NeedsTrueCounts
from zicht.stats.disclosure.groups import refuse_unknown
from zicht.stats.disclosure.levels import Above
from zicht.stats.disclosure.linking import Linked, link
from zicht.stats.disclosure.private import check_cap, distance, make_private, scale_of
from zicht.stats.disclosure.published import Published
from zicht.stats.disclosure.reckoned import MARK, Shown, Texts, reckon
from zicht.stats.disclosure.rounding import BASE, round_controlled
from zicht.stats.disclosure.suppress import USUAL_SECONDS, Tell, hide
from zicht.stats.errors import WrongSetting
from zicht.stats.release import FEWEST, INTERNAL
from zicht.stats.results import Caution, Json

SUPPRESS, ROUND, CELLKEY, PRIVATE = "suppress", "round", "cellkey", "dp"
METHODS = (SUPPRESS, ROUND, CELLKEY, PRIVATE)
USUAL_EPSILON = 1.0
NO_SUMS = "Counts are blurred one by one: they do not add up to their totals."
ROUNDED = "Counts are rounded to multiples of %(base)s; totals are the sums of what is rounded."
PRIVATELY = (
    "Noise was added to every count: epsilon %(epsilon)s for one person in one year, who stands in at most %(cap)s "
    "counts. 95%% of the counts are within %(distance)s of the truth, negative ones became 0, and they do not add up."
)
GAP = "The search was ended: %(hidden)s counts are hidden, and fewer than %(bound)s are not possible."


@dataclass(frozen=True)
class Asked:
    """What somebody wants: method, who will read it, and the settings of the methods."""

    method: str = SUPPRESS
    release: str = INTERNAL
    base: int = BASE
    secret: bytes = b""
    seconds: float = USUAL_SECONDS
    epsilon: float = USUAL_EPSILON
    cap: int | None = None
    sensitive: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """Give the least count that may be shown, in persons; 1 where everything may."""
        return FEWEST.get(self.release, 1)


@dataclass(frozen=True)
class Protected:
    """Hold tables that may leave: for each, every count by row and column, None where it is hidden."""

    tables: tuple[Published, ...]
    counts: tuple[dict[tuple[int, int], int | None], ...]
    asked: Asked
    hidden: int
    cells: int
    bound: int
    notes: tuple[Caution, ...]
    beside: tuple[Texts, ...] = ()

    def csv(self, number: int) -> str:
        """Give one of the tables as CSV."""
        return self.tables[number].write(self.shown(number))

    def shown(self, number: int) -> Texts:
        """Give what stands in one of the tables, by row and column, where it is not a label.

        What another office hid and marked in its own way keeps that mark.
        """
        table, texts = self.tables[number], dict(self.beside[number]) if self.beside else {}
        for entry in table.entries:
            count = self.counts[number][entry.row, entry.column]
            mark = table.rows[entry.row][entry.column] if entry.value is None else MARK
            texts[entry.row, entry.column] = mark if count is None else str(count)
        return texts

    def to_json(self) -> dict[str, Json]:
        """Give all tables and what was done; nothing in it tells small counts from others that are hidden."""
        return {
            "method": self.asked.method,
            "release": self.asked.release,
            "threshold": self.asked.least if self.asked.method == SUPPRESS else None,
            "cells": self.cells,
            "hidden": self.hidden,
            "bound": self.bound,
            "warnings": [str(note) for note in self.notes],
            "tables": [self._table(number) for number in range(len(self.tables))],
        }

    def _table(self, number: int) -> Json:
        table = self.tables[number]
        counts: dict[tuple[int, int], Json] = {
            place: None if text == MARK else text for place, text in self.shown(number).items()
        }
        counts |= {place: count for place, count in self.counts[number].items() if count is not None}
        rows: list[Json] = [
            [counts.get((row, column), value) for column, value in enumerate(values)]
            for row, values in enumerate(table.rows)
            if row
        ]
        return {"name": table.name, "columns": list(table.rows[0]), "rows": rows}


def protect_tables(
    tables: Sequence[Published],
    asked: Asked,
    earlier: Sequence[Published] = (),
    tell: Tell = lambda share: None,
    above: Above | None = None,
) -> Protected:
    """Protect tables that are read together, as one; `above` says what lies within what. Raises StatsError."""
    if asked.method not in METHODS:
        raise WrongSetting(name="method", value=asked.method, expected=", ".join(METHODS))
    if asked.release not in (INTERNAL, *FEWEST):
        raise WrongSetting(name="release", value=asked.release, expected=", ".join((INTERNAL, *FEWEST)))
    refuse_unknown(asked.sensitive, (*tables, *earlier))
    linked = link(tables, earlier, asked.least, above, is_crossed=asked.method == SUPPRESS)
    if linked.censored and (asked.method != SUPPRESS or asked.release == INTERNAL):
        raise NeedsTrueCounts(method=asked.method)
    values, hidden, bound, note = _apply(linked, asked, tell)
    counts = tuple(_counts(linked, number, table, values, hidden) for number, table in enumerate(tables))
    is_true = asked.method == SUPPRESS or asked.release == INTERNAL
    beside, said = reckon(linked, tables, Shown(values, hidden, is_true, asked.least))
    standing = set(linked.cells.values())
    return Protected(
        tables=tuple(tables),
        counts=counts,
        asked=asked,
        hidden=len(hidden.intersection(standing)),
        cells=len(standing),
        bound=bound,
        notes=(*linked.notes, *note, *said),
        beside=tuple(beside),
    )


def _apply(linked: Linked, asked: Asked, tell: Tell) -> tuple[NDArray[np.int64], frozenset[int], int, list[Caution]]:
    if asked.release == INTERNAL:
        return linked.values, frozenset(), 0, []
    if asked.method == ROUND:
        return round_controlled(linked, asked.base), frozenset(), 0, [Caution(ROUNDED, {"base": asked.base})]
    if asked.method == CELLKEY:
        return blur(linked, asked.secret), frozenset(), 0, [Caution(NO_SUMS)]
    if asked.method == PRIVATE:
        return _privately(linked, asked)
    found = hide(linked, asked.least, asked.seconds, tell, asked.sensitive)
    note = [Caution(GAP, {"hidden": len(found.cells), "bound": found.bound})] if found.bound < len(found.cells) else []
    return linked.values, found.cells, found.bound, note


def _privately(linked: Linked, asked: Asked) -> tuple[NDArray[np.int64], frozenset[int], int, list[Caution]]:
    cap = check_cap(linked, asked.cap)
    scale = scale_of(asked.epsilon, cap)
    told = {"epsilon": f"{asked.epsilon:g}", "cap": cap, "distance": distance(scale)}
    return make_private(linked, scale), frozenset(), 0, [Caution(PRIVATELY, told)]


def _counts(
    linked: Linked, number: int, table: Published, values: NDArray[np.int64], hidden: frozenset[int]
) -> dict[tuple[int, int], int | None]:
    found: dict[tuple[int, int], int | None] = {}
    for entry in table.entries:
        cell = linked.cells[number, entry.row, entry.column]
        found[entry.row, entry.column] = None if cell in hidden else int(values[cell])
    return found
