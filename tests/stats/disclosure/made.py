"""Tables to protect, made up, and the slow and obvious ways to judge what was made of them."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from zicht.stats.disclosure.published import Published, Wording, parse_published

Counts = NDArray[np.int64]
PLAIN = Wording()


def read(text: str, name: str = "table.csv", wording: Wording = PLAIN) -> Published:
    """Read a table from text."""
    return parse_published(text.encode(), name, wording)


def crosstab(counts: Sequence[Sequence[int]] | Counts, down: str = "region", across: str = "sex") -> str:
    """Give a crosstab with totals as CSV."""
    inner = np.array(counts)
    whole = np.vstack([np.column_stack([inner, inner.sum(1)]), [*inner.sum(0), inner.sum()]])
    heads = [f"{across}{number}" for number in range(inner.shape[1])]
    lines = [f"{down}\\{across},{','.join(heads)},total"]
    labels = [*(f"{down}{number}" for number in range(len(inner))), "total"]
    lines += [f"{label},{','.join(map(str, row))}" for label, row in zip(labels, whole.tolist(), strict=True)]
    return "\n".join(lines) + "\n"


def shown_in(text: str) -> list[list[int | None]]:
    """Give the counts of a protected crosstab, None where one is hidden."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return [[None if value == "x" else int(value) for value in row[1:]] for row in rows]


def inner_solutions(rows: int, columns: int, most: int) -> Counts:
    """Give every crosstab with inner counts up to `most`, with its totals, shape (solutions, rows + 1, columns + 1)."""
    inner = np.array(list(product(range(most + 1), repeat=rows * columns))).reshape(-1, rows, columns)
    wide = np.concatenate([inner, inner.sum(2, keepdims=True)], axis=2)
    return np.concatenate([wide, wide.sum(1, keepdims=True)], axis=1)


def joined(first: Counts, second: Counts) -> Counts:
    """Give every pair of crosstabs that have the same row totals, as flat rows of both."""
    found = []
    ends: dict[tuple[int, ...], list[int]] = {}
    for number, table in enumerate(second[:, :, -1]):
        ends.setdefault(tuple(table), []).append(number)
    for table in first:
        found += [
            np.concatenate([table.ravel(), second[number].ravel()]) for number in ends.get(tuple(table[:, -1]), [])
        ]
    return np.array(found)


def is_safe(solutions: Counts, truth: Counts, hidden: set[int], least: int) -> bool:
    """Tell whether a reader who tries every solution learns nothing; solutions have shape (solutions, counts)."""
    shown = [cell for cell in range(len(truth)) if cell not in hidden]
    possible = solutions[(solutions[:, shown] == truth[shown]).all(1)]
    for cell in hidden:
        values = set(possible[:, cell].tolist())
        if len(values) < 2 or (truth[cell] < least and not values >= set(range(least))):
            return False
    return True


def fewest(solutions: Counts, truth: Counts, twins: dict[int, int], least: int) -> tuple[int, int]:
    """Try everything: give the fewest counts that can be hidden, and among these the fewest persons.

    `twins` are counts that stand twice, the second as the first: they are hidden together and are one.
    """
    own = [cell for cell in range(len(truth)) if cell not in twins]
    small = {cell for cell in own if truth[cell] < least}
    for more in range(len(own) - len(small) + 1):
        found = [
            sum(int(truth[cell]) for cell in choice)
            for choice in _choices(own, small, more)
            if is_safe(solutions, truth, choice | {twin for twin, first in twins.items() if first in choice}, least)
        ]
        if found:
            return len(small) + more, min(found)
    raise AssertionError("everything hidden is safe")


def _choices(own: list[int], small: set[int], more: int) -> Iterator[set[int]]:
    for extra in combinations([cell for cell in own if cell not in small], more):
        yield small | set(extra)
