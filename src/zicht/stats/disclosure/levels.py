"""Find what lies within what among the categories of one question: provinces in regions, 0-11 in 0-17, B1.2 in B1.

A list often has its subtotals among its categories. Four signs tell them: a category is the sum of those that follow
it (or stand before it) in every row and column, or stands in a list of such sums; its name begins theirs; its range of
ages contains theirs; it is called a total of something and is nowhere less than another. An office can also say it
(`read_levels`); the signs then tell of the others. A sign may be wrong, and a wrong level would stand in the place of a
true sum: so what is guessed stands beside the plain sum of all, wherever the true counts keep that (`Building`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from zicht.stats.disclosure.errors import LevelsUnclear
from zicht.stats.disclosure.formulas import unguard
from zicht.stats.disclosure.published import Place, Published, fold
from zicht.stats.errors import quote
from zicht.stats.table_files import read_bytes, read_rows

Above = dict[str, str]  # of a category, the one that it lies in
AGES = re.compile(r"(?:[^\d]*\s)?([0-9]{1,3})\s*(?:[-–]|t/m|tot|to)\s*([0-9]{1,3})(?:\s.*)?|([0-9]{1,3})\s*\+.*")
OLDEST = 999
TOTAL_WORD = re.compile(r"(?:total|totaal|all|alle|overall)(?![^\W_])", re.IGNORECASE)
PARTED = re.compile(r"[\W_]")
MOST_IN_BLOCKS = 100  # labels
MOST_LABELS = 2_000  # a list that is longer is told what lies within what, or has none of it
# For each category, its count for every combination of other answers; None where it is not there or not known.
Columns = Mapping[str, Sequence[int | None]]


def read_levels(path: Path) -> Above:
    """Read a file of two columns, a category and what it lies in, with a header. Raises TableRefused."""
    return parse_levels(read_bytes(path), path.name)


def parse_levels(data: bytes, name: str) -> Above:
    """Read the bytes of such a file."""
    above: Above = {}
    for line, values in list(read_rows(data))[1:]:
        lower, upper = [*(unguard(value.strip()) for value in values), "", ""][:2]
        if lower in above or not lower or not upper or lower in _upwards(upper, above):
            raise LevelsUnclear(row=line, name=quote(name))
        above[lower] = upper
    return above


def find_levels(tables: Sequence[Published], told: Above) -> dict[str, Above]:
    """Give for each dimension what lies within what."""
    labels: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    counts: dict[str, dict[tuple[int, Place], dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for number, table in enumerate(tables):
        for entry in table.entries:
            for pair in entry.place:
                rest = tuple(other for other in entry.place if other != pair)
                counts[pair[0]][number, rest][pair[1]] = entry.value
                labels[pair[0]][pair[1]].add(number)
    wholes = [{entry.place: entry.value for entry in table.entries} for table in tables]
    said = find_told(tables, told)
    found = {}
    for dimension, here in labels.items():
        groups = counts[dimension]
        # Where a table lists a category elsewhere only, nobody was counted in it here.
        columns = {
            label: [group.get(label, 0 if number in listed else None) for (number, _), group in groups.items()]
            for label, listed in here.items()
        }
        totals = [wholes[number].get(rest) for number, rest in groups]
        found[dimension] = _find(list(here), columns, totals, said[dimension])
    return {dimension: above for dimension, above in found.items() if above}


def find_told(tables: Sequence[Published], told: Above) -> dict[str, Above]:
    """Give for each dimension what an office said of its categories. Raises LevelsUnclear."""
    labels: dict[str, dict[str, None]] = defaultdict(dict)
    for table in tables:
        for entry in table.entries:
            for dimension, label in entry.place:
                labels[dimension][label] = None
    return {dimension: _told_of(list(here), told) for dimension, here in labels.items()}


def _told_of(labels: Sequence[str], told: Above) -> Above:
    """Find the categories that are named: by the very name, else by one that differs in capitals or spaces only."""
    named: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        named[fold(label)].append(label)
    above: Above = {}
    for row, pair in enumerate(told.items(), 2):
        # Where a list has both Utrecht and UTRECHT, only the very name says which.
        found = [[one] if one in labels else named.get(fold(one), []) for one in pair]
        if [len(one) for one in found] != [1, 1]:
            continue
        (lower,), (upper,) = found
        if above.get(lower) == upper:
            continue
        if lower in above or lower in _upwards(upper, above):
            raise LevelsUnclear(row=row, name=quote("--within"))
        above[lower] = upper
    return above


def _find(labels: Sequence[str], columns: Columns, totals: Sequence[int | None], said: Above) -> Above:
    """Add to what was said what the signs tell of the categories that it puts in no other one."""
    free = [label for label in labels if label not in said]
    if len(labels) > MOST_LABELS or _adds_up(columns, free, totals):
        return said
    above = Above()
    for lower, upper in [*_by_name(free, columns), *_by_age(free)]:
        if lower not in above and lower not in _upwards(upper, above) and _lies_in(columns, lower, upper):
            above[lower] = upper
    by_sums = max((_by_sums(order, columns) for order in (free, free[::-1])), key=len)
    ways = [one for one in (above, by_sums, _by_blocks(free, columns), _by_word(free, columns)) if one]
    whole = [one for one in ways if _adds_up(columns, [label for label in free if label not in one], totals)]
    return said | (whole or ways or [{}])[0]


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
def _by_name(labels: Sequence[str], columns: Columns) -> list[tuple[str, str]]:
    """Pair each name with the longest other one that it begins with: 1.2 with 1, “Labour: farms” with “Labour”.

    NL11 lies in NL1 only where all that begin with NL1 add up to it: p10 does not lie in p1.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for label in (one for one in labels if not AGES.fullmatch(one)):
        shorter = [other for other in labels if other and label != other and label.startswith(other)]
        if shorter:
            found[max(shorter, key=len)].append(label)
    pairs = []
    for upper, lowers in found.items():
        parted = [one for one in lowers if PARTED.match(one[len(upper) :])]
        is_code = len(lowers) > 1 and all(one[len(upper) :].isalnum() and not one.isalpha() for one in lowers)
        adds_up = is_code and _sum_is(columns[upper], [columns[one] for one in lowers])
        pairs += [(lower, upper) for lower in (lowers if adds_up else parted)]
    return pairs


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


def _by_blocks(labels: Sequence[str], columns: Columns) -> Above:
    """Find lists that stand below each other: all provinces, then the towns of the first, of the second and so on."""
    above: Above = {}
    end = len(labels)
    for start in range(len(labels) - 1 if len(labels) <= MOST_IN_BLOCKS else 0, 1, -1):
        for first in range(start - 1):
            found = _runs(labels[first:start], labels[start:end], columns)
            if found:
                above |= found
                end = start
                break
    return above


def _runs(uppers: Sequence[str], lowers: Sequence[str], columns: Columns) -> Above:
    """Put each category in the one of which it and its neighbours are the sum; nothing where one is left."""
    found, at = Above(), 0
    for upper in uppers:
        end = at + _first_that_add_up(columns[upper], [columns[one] for one in lowers[at:]])
        if end == at:
            return {}
        # Whom nobody is in may lie anywhere: it is taken along.
        while end < len(lowers) and not any(columns[lowers[end]]):
            end += 1
        found |= dict.fromkeys(lowers[at:end], upper)
        at = end
    is_whole = all(
        _sum_is(columns[upper], [columns[one] for one in lowers if found.get(one) == upper]) for upper in uppers
    )
    return {} if at < len(lowers) or not is_whole or len(lowers) <= len(uppers) else found


def _first_that_add_up(whole: Sequence[int | None], parts: Sequence[Sequence[int | None]]) -> int:
    """Tell how many parts, from the first, add up to a whole; 0 where they never do."""
    sums: list[int | None] = [0] * len(whole)
    for number, part in enumerate(parts, 1):
        sums = [None if one is None or more is None else one + more for one, more in zip(sums, part, strict=True)]
        known = [(of, one) for of, one in zip(whole, sums, strict=True) if of is not None and one is not None]
        if any(one > of for of, one in known):
            return 0
        if any(of for of, _ in known) and all(one == of for of, one in known):
            return number
    return 0


def _sum_is(whole: Sequence[int | None], parts: Sequence[Sequence[int | None]]) -> bool:
    """Tell whether parts add up to a whole wherever all of these are known, and somewhere to more than nothing."""
    known: list[tuple[int, int]] = []
    for of, *found in zip(whole, *parts, strict=True):
        numbers = [one for one in found if one is not None]
        if of is not None and len(numbers) == len(parts):
            known.append((of, sum(numbers)))
    return bool(parts) and any(of for of, _ in known) and all(of == one for of, one in known)


def _by_word(labels: Sequence[str], columns: Columns) -> Above:
    """Put everything in a category that is called “total ...”, where it is nowhere less than another."""
    for label in labels:
        others = [other for other in labels if other != label]
        if TOTAL_WORD.match(label) and others and all(_lies_in(columns, other, label) for other in others):
            return dict.fromkeys(others, label)
    return {}


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
