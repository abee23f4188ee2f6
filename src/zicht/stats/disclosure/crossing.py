"""Count what no table shows: everybody by all questions at once, where tables go round in a circle.

Tables of region by sex, sex by age and region by age each leave room that all three together do not: behind them is one
table of region by sex by age, and only what has such a table behind it is possible. Where tables form no circle, what
they have in common says the same (Beeri, Fagin, Maier and Yannakakis, "On the desirability of acyclic database
schemes", JACM 30, 1983; Vorob'ev, "Consistent families of measures", 1962).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from zicht.stats.disclosure.building import Building, Margin, margin_of
from zicht.stats.disclosure.published import Place, Published

MOST_CROSSED = 400  # counts: more take long, and leave so much room that they tell next to nothing
MOST_NODES = 2_000  # of the search for one table that could be behind the others
CROSSED = ("", "crossed")


def add_crossing(building: Building, tables: Sequence[Published]) -> None:
    """Add the counts of everybody by all questions of a circle; none where there is no circle, or a large one."""
    places = _root_places(building, tables)
    circle = _circle(places)
    names = sorted(frozenset[str]().union(*circle.values()))
    labels = {name: _labels_of(name, places) for name in names}
    if not circle or np.prod([float(len(one)) for one in labels.values()]) > MOST_CROSSED:
        return
    possible = [frozenset(zip(names, answers, strict=True)) for answers in product(*labels.values())]
    lines: list[tuple[frozenset[tuple[str, str]], tuple[int, ...]]] = []
    for whole, margin in circle.items():
        groups: dict[frozenset[tuple[str, str]], list[int]] = defaultdict(list)
        for place in places[whole]:
            groups[frozenset(pair for pair in place if pair[0] in margin)].append(building.cell(place))
        # What a table does not list, nobody is.
        possible = [one for one in possible if frozenset(pair for pair in one if pair[0] in margin) in groups]
        lines += [(of, tuple(sorted(set(cells)))) for of, cells in groups.items()]
    _add(building, possible, lines)


def _root_places(building: Building, tables: Iterable[Published]) -> dict[Margin, list[Place]]:
    """Give the places of counts by what they are counted by, without those that lie in another category."""
    found: dict[Margin, list[Place]] = defaultdict(list)
    for table in tables:
        for entry in table.entries:
            if not any(label in building.levels.get(of, {}) for of, label in entry.place):
                found[margin_of(entry.place)].append(entry.place)
    return found


def _circle(margins: Iterable[Margin]) -> dict[Margin, Margin]:
    """Take away dimensions that stand in one margin only, and margins within others, until neither is there."""
    left = {margin: margin for margin in margins}
    while True:
        times: dict[str, int] = defaultdict(int)
        for margin in left.values():
            for name in margin:
                times[name] += 1
        shorter = {whole: frozenset(one for one in margin if times[one] > 1) for whole, margin in left.items()}
        kept: dict[Margin, Margin] = {}
        for whole, margin in sorted(shorter.items(), key=lambda one: (-len(one[1]), sorted(one[0]))):
            if not any(margin <= other for other in kept.values()):
                kept[whole] = margin
        if kept == left:
            return kept if len(kept) > 1 else {}
        left = kept


def _labels_of(name: str, places: Mapping[Margin, Sequence[Place]]) -> list[str]:
    return list(
        dict.fromkeys(label for found in places.values() for place in found for of, label in place if of == name)
    )


def _add(
    building: Building,
    possible: Sequence[frozenset[tuple[str, str]]],
    lines: Sequence[tuple[frozenset[tuple[str, str]], tuple[int, ...]]],
) -> None:
    """Add a count for each that is possible, with a value that fits; none where nothing fits."""
    if not possible:
        return
    parts = [tuple(at for at, pairs in enumerate(possible) if of <= pairs) for of, _ in lines]
    sums = np.array([float(sum(building.values[cell] for cell in cells)) for _, cells in lines])
    rows, columns = [row for row, found in enumerate(parts) for _ in found], [at for found in parts for at in found]
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(parts), len(possible)))
    solved = milp(
        np.zeros(len(possible)),
        constraints=LinearConstraint(matrix, sums, sums),
        integrality=np.ones(len(possible), int),
        options={"node_limit": MOST_NODES},
    )
    if solved.x is None:
        return
    found = [
        building.new(pairs | {CROSSED}, round(value)) for pairs, value in zip(possible, solved.x.tolist(), strict=True)
    ]
    building.unseen |= set(found)
    for (of, cells), own in zip(lines, parts, strict=True):
        total = cells[0]
        if len(cells) > 1:
            total = building.new(of | {CROSSED}, sum(building.values[cell] for cell in cells))
            building.unseen.add(total)
            building.sums.add((cells, total))
        building.sums.add((tuple(found[at] for at in own), total))
