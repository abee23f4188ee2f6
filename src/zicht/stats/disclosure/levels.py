"""Find what lies within what among the categories of one question: provinces in regions, 0-11 in 0-17, B1.2 in B1.

A list often has its subtotals among its categories. Three signs tell them: a category is the sum of those that follow
it (or stand before it) in every row and column; its code begins theirs; its range of ages contains theirs. An office
can also say it (`read_levels`). A relation that the true counts keep may be wrong and does no harm: a reader is then
taken to know more than there is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from zicht.stats.disclosure.errors import LevelsUnclear
from zicht.stats.disclosure.formulas import unguard
from zicht.stats.disclosure.published import Place, Published
from zicht.stats.errors import quote
from zicht.stats.table_files import read_bytes, read_rows

Above = dict[str, str]  # of a category, the one that it lies in
AGES = re.compile(r"(?:[^\d]*\s)?([0-9]{1,3})\s*(?:[-–]|t/m|tot|to)\s*([0-9]{1,3})(?:\s.*)?|([0-9]{1,3})\s*\+.*")
OLDEST = 999
MOST_LABELS = 2_000  # a list that is longer is told what lies within what, or has none of it
# For each category, its count for every combination of other answers; None where it is not there or not known.
Columns = Mapping[str, Sequence[int | None]]


def read_levels(path: Path) -> Above:
    """Read a file of two columns, a category and what it lies in, with a header. Raises TableRefused."""
    above: Above = {}
    for line, values in list(read_rows(read_bytes(path)))[1:]:
        lower, upper = [*(unguard(value.strip()) for value in values), "", ""][:2]
        if lower in above or not lower or not upper or lower in _upwards(upper, above):
            raise LevelsUnclear(row=line, name=quote(path.name))
        above[lower] = upper
    return above


def find_levels(tables: Sequence[Published], told: Above) -> dict[str, Above]:
    """Give for each dimension what lies within what."""
    labels: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, dict[tuple[int, Place], dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for number, table in enumerate(tables):
        for entry in table.entries:
            for pair in entry.place:
                rest = tuple(other for other in entry.place if other != pair)
                counts[pair[0]][number, rest][pair[1]] = entry.value
        for dimension in table.dimensions:
            seen = dict.fromkeys(label for one in table.entries for name, label in one.place if name == dimension)
            labels[dimension] += [label for label in seen if label not in labels[dimension]]
    wholes = [{entry.place: entry.value for entry in table.entries} for table in tables]
    found = {}
    for dimension, here in labels.items():
        # Where a category is not listed nobody was counted in it.
        columns = {label: [group.get(label, 0) for group in counts[dimension].values()] for label in here}
        totals = [wholes[number].get(rest) for number, rest in counts[dimension]]
        found[dimension] = _find(here, columns, totals, told)
    return {dimension: above for dimension, above in found.items() if above}


def _find(labels: Sequence[str], columns: Columns, totals: Sequence[int | None], told: Above) -> Above:
    above = {label: told[label] for label in labels if told.get(label) in columns}
    if len(labels) > MOST_LABELS:
        return above
    for lower, upper in [*_by_code(labels), *_by_age(labels)]:
        if lower not in above and lower not in _upwards(upper, above) and _lies_in(columns, lower, upper):
            above[lower] = upper
    if above or _adds_up(columns, labels, totals):
        return above
    forwards, backwards = (_by_sums(order, columns) for order in (labels, labels[::-1]))
    return forwards if len(forwards) >= len(backwards) else backwards


def _upwards(label: str, above: Above) -> list[str]:
    found = [label]
    while found[-1] in above and above[found[-1]] not in found:
        found.append(above[found[-1]])
    return found


def _lies_in(columns: Columns, lower: str, upper: str) -> bool:
    pairs = zip(columns[lower], columns[upper], strict=True)
    return all(part is None or whole is None or part <= whole for part, whole in pairs)


def _adds_up(columns: Columns, labels: Sequence[str], totals: Sequence[int | None]) -> bool:
    """Tell whether all categories together are the total wherever that is known: then none lies in another."""
    sums = [sum(columns[label][at] or 0 for label in labels) for at in range(len(totals))]
    known = [at for at, total in enumerate(totals) if total is not None and total > 0]
    whole = [at for at in known if all(columns[label][at] is not None for label in labels)]
    return bool(whole) and all(sums[at] == totals[at] for at in whole)


# --- by their names -----------------------------------------------------------------------------------------------
def _by_code(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Pair each code with the longest other code that it begins with: 1.2.3 with 1.2, NL11 with NL1."""
    codes = {label for label in labels if re.fullmatch(r"[A-Za-z]{0,3}[0-9]*(?:[.\-/][A-Za-z0-9]+)*", label)}
    found = []
    for label in labels:
        if label in codes and re.search(r"[0-9]", label):
            shorter = [label[:end] for end in range(len(label) - 1, 0, -1) if label[:end].rstrip(".-/") in codes]
            found += [(label, shorter[0].rstrip(".-/"))] if shorter and not AGES.fullmatch(label) else []
    return found


def _by_age(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Pair each range of ages with the narrowest other one that contains it."""
    spans = {}
    for label in labels:
        if told := AGES.fullmatch(label):
            spans[label] = (int(told[1] or told[3]), int(told[2]) if told[2] else OLDEST)
    found = []
    for label, (low, high) in spans.items():
        wider = [
            (other_high - other_low, other)
            for other, (other_low, other_high) in spans.items()
            if other_low <= low and high <= other_high and (other_low, other_high) != (low, high)
        ]
        found += [(label, min(wider)[1])] if wider else []
    return found


# --- by their counts ----------------------------------------------------------------------------------------------
def _by_sums(labels: Sequence[str], columns: Columns) -> Above:
    """Find categories that are the sum of two or more that follow, from the last to the first."""
    above: Above = {}
    roots: list[str] = []
    for label in reversed(labels):
        parts = _parts_of(columns[label], roots, columns)
        above |= dict.fromkeys(roots[:parts], label)
        roots[:parts] = [label]
    return above


def _parts_of(whole: Sequence[int | None], roots: Sequence[str], columns: Columns) -> int:
    """Tell how many of the categories that follow add up to one; 0 where none do."""
    sums: list[int | None] = [0] * len(whole)
    if not any(whole):
        return 0
    for end, root in enumerate(roots, 1):
        sums = [
            None if one is None or more is None else one + more for one, more in zip(sums, columns[root], strict=True)
        ]
        known = [(one, of) for one, of in zip(sums, whole, strict=True) if one is not None and of is not None]
        if end > 1 and any(one for one, _ in known) and all(one == of for one, of in known):
            return end
        if any(one > of for one, of in known):
            return 0
    return 0
