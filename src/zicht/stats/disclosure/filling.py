"""Give counts that another office hid one possible value each, so that the rest can be worked out around them.

What a reader can work out depends on what is shown and not on what is hidden; so any values with which everything adds
up will do. The smallest are taken: then what might be small is protected as if it were.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from zicht.stats.disclosure.building import Building, Key
from zicht.stats.disclosure.errors import CannotBeFilled
from zicht.stats.disclosure.published import Published
from zicht.stats.tables import MOST_PERSONS

MOST_SECONDS = 60.0
Line = tuple[tuple[int, ...], tuple[int, ...]]  # cells that are added, and cells that are taken off


def fill_in(building: Building, tables: Sequence[Published]) -> None:
    """Find a value for every hidden count of these tables. Raises CannotBeFilled."""
    for number, table in enumerate(tables):
        _raise_floors(building, number, table)
    if not building.censored:
        return
    cells = sorted(building.censored)
    constraints = [
        _constraint(building, cells, lines, is_equal=is_equal)
        for lines, is_equal in zip(_lines(building, tables), (True, False), strict=True)
        if lines
    ]
    spans = [building.spans.get(cell, (0, None)) for cell in cells]
    solved = milp(
        np.ones(len(cells)),
        constraints=constraints,
        bounds=Bounds([low for low, _ in spans], [MOST_PERSONS if high is None else high for _, high in spans]),
        integrality=np.ones(len(cells), int),
        options={"time_limit": MOST_SECONDS},
    )
    if solved.x is None:
        raise CannotBeFilled
    for cell, value in zip(cells, np.rint(solved.x).astype(int).tolist(), strict=True):
        building.values[cell] = value


def _raise_floors(building: Building, number: int, table: Published) -> None:
    """Read “<5” as 1 to 4 in a table that shows zeros: so does everybody."""
    if not any(entry.value == 0 for entry in table.entries):
        return
    for entry in table.entries:
        if entry.most is not None:
            cell = building.cells[number, entry.row, entry.column]
            building.spans[cell] = (1, building.spans[cell][1])


def _lines(building: Building, tables: Sequence[Published]) -> tuple[list[Line], list[Line]]:
    """Give what is equal, and what is at most something else, wherever a hidden count has to do with it."""
    equal: list[Line] = []
    less: list[Line] = []
    waiting: dict[Key, list[tuple[int, ...]]] = defaultdict(list)
    for table in tables:
        for dimension, key, parts in building.groups(table):
            total = building.at.get(key)
            if total is None:
                # Over several questions at once nothing says that another table counts the same persons.
                waiting[key] += [parts] if dimension in table.dimensions else []
            elif _shown(building, parts) <= building.values[total] or total in building.censored:
                equal.append((parts, (total,)))
            else:
                less += [((part,), (total,)) for part in parts]
    for found in waiting.values():
        equal += [(found[0], other) for other in found[1:] if other != found[0]]
    return [line for line in equal if _is_open(building, line)], [line for line in less if _is_open(building, line)]


def _shown(building: Building, cells: Sequence[int]) -> int:
    return sum(building.values[cell] for cell in cells if cell not in building.censored)


def _is_open(building: Building, line: Line) -> bool:
    return any(cell in building.censored for side in line for cell in side)


def _constraint(building: Building, cells: Sequence[int], lines: Sequence[Line], *, is_equal: bool) -> LinearConstraint:
    """Bring what is shown to the other side."""
    place = {cell: at for at, cell in enumerate(cells)}
    rows, columns, signs, right = [], [], [], np.zeros(len(lines))
    for row, (plus, minus) in enumerate(lines):
        for sign, side in ((1.0, plus), (-1.0, minus)):
            hidden = [place[cell] for cell in side if cell in place]
            rows += [row] * len(hidden)
            columns += hidden
            signs += [sign] * len(hidden)
            right[row] -= sign * _shown(building, side)
    matrix = csr_array((signs, (rows, columns)), shape=(len(lines), len(cells)))
    return LinearConstraint(matrix, right if is_equal else -np.inf, right)
