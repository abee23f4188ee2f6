"""Does a fit exist, and is it the only one? Exact answers, in whole numbers, remembered for each pattern of zeros.

Fienberg & Rinaldo (2012) Annals of Statistics 40(2) 996-1023; Chan, Silverman & Vincent (2021) JASA 116(535) 1297-1306.
After the cells above empty terms are deleted, an extended maximum likelihood estimate exists when some table with no
zeros at all has the same margins. It is identifiable when no change of the coefficients leaves all means as they are.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zicht.stats.lattice import has_subset, has_superset, orders, sum_subsets

Marks = NDArray[np.bool_]
Floats = NDArray[np.float64]
Whole: TypeAlias = NDArray[Any]  # whole numbers of 64 bits, or Python's own where these do not suffice

EXISTS, NO_ESTIMATE, NOT_IDENTIFIABLE = 0, 1, 2
NAMES = ("ok", "no extended estimate", "not identifiable", "no extended estimate and not identifiable")
SAFE = 2**30  # products of two numbers below this stay whole in 64 bits, and so does their difference
REMEMBERED = 100_000  # patterns; a few tens of megabytes at most


def find_status(support: Marks, model: Marks) -> int:
    """Give 0, or 1 for no extended estimate, or 2 for not identifiable, or 3 for both; shapes (2**K,).

    `support` marks the combinations of lists that occur, `model` the sets of lists that have a term.
    """
    identified = bool(_is_identifiable(support[np.newaxis], model[np.newaxis])[0])
    exists = _exists(support.tobytes(), model.tobytes())
    return (EXISTS if exists else NO_ESTIMATE) + (EXISTS if identified else NOT_IDENTIFIABLE)


def find_statuses(
    support: Marks, models: Marks, is_proven: Marks, near: Callable[[NDArray[np.intp]], Floats]
) -> NDArray[np.int8]:
    """Give the status of R fits, shape (R,); see `find_status` for one of them.

    `is_proven` marks fits whose last Newton step moved every log mean by less than one: means that are multiplied by
    one plus that step are positive and have exactly the margins asked for. `near` gives one more step for some rows. A
    fit without an estimate runs away along a direction that raises no log mean, leaves those with persons and lowers
    others; rounded to whole numbers, that direction is checked exactly. Only what both leave open needs a search.
    A model that is not identifiable has status 2 here, whether or not it has an estimate.
    """
    statuses = np.where(_is_identifiable(support, models), EXISTS, NOT_IDENTIFIABLE).astype(np.int8)
    rows = np.flatnonzero((statuses == EXISTS) & ~is_proven)
    if rows.size:
        runs_away = _is_recession(support[rows], models[rows], np.rint(near(rows)).astype(np.int64))
        statuses[rows[runs_away]] = NO_ESTIMATE
        for row in rows[~runs_away]:
            statuses[row] = EXISTS if _exists(support[row].tobytes(), models[row].tobytes()) else NO_ESTIMATE
    return statuses


def _split(support: Marks, models: Marks) -> tuple[Marks, Marks]:
    """Give which cells are kept, and which terms have a coefficient."""
    is_covered = has_superset(support)
    kept = ~has_subset(models & ~is_covered)
    kept[..., 0] = False
    return kept, models & is_covered


def _is_identifiable(support: Marks, models: Marks) -> Marks:
    """Tell for each row whether the intercept is determined.

    Every kept term is itself a kept cell, so only a change of the intercept can go unnoticed; it forces the change
    (-1)**|A| in every other term A, and is noticed where these do not add up to 0.
    """
    kept, live = _split(support, models)
    signs = np.where(orders(models.shape[-1]) % 2, -1, 1)
    found: Marks = (kept & (sum_subsets(np.where(live, signs, 0)) != 0)).any(axis=-1)
    return found


def _is_recession(support: Marks, models: Marks, direction: NDArray[np.int64]) -> Marks:
    kept, live = _split(support, models)
    moves = sum_subsets(np.where(live, direction, 0))
    leaves_support = np.where(support, moves, 0) == 0
    found: Marks = (leaves_support & (~kept | (moves <= 0))).all(axis=-1) & (kept & (moves < 0)).any(axis=-1)
    return found


@lru_cache(maxsize=REMEMBERED)
def _exists(support_bytes: bytes, model_bytes: bytes) -> bool:
    support, model = np.frombuffer(support_bytes, bool), np.frombuffer(model_bytes, bool)
    kept, live = _split(support, model)
    terms = np.flatnonzero(live)
    with_persons, without = np.flatnonzero(support), np.flatnonzero(kept & ~support)
    return is_inside(_design(with_persons, terms), _design(without, terms))


def _design(cells: NDArray[np.intp], terms: NDArray[np.intp]) -> NDArray[np.int64]:
    design: NDArray[np.int64] = ((cells[:, np.newaxis] & terms) == terms).astype(np.int64)
    return design


def is_inside(with_persons: NDArray[np.int64], without: NDArray[np.int64]) -> bool:
    """Tell whether the margins lie inside the cone that the rows of both designs span.

    They do when positive weights on the rows without persons can be made up for by the rows with persons (Stiemke's
    alternative to a direction of recession). Directions that rows with persons do not see are the free ones.
    """
    unseen_directions = without @ _null_space(with_persons)
    columns = unseen_directions[:, (unseen_directions != 0).any(axis=0)]
    if not columns.shape[1]:
        return True
    if columns.shape[1] == 1:
        return bool(columns.min() < 0 < columns.max())
    return _has_positive_weights(columns.T)


def _null_space(rows: NDArray[np.int64]) -> Whole:
    """Give whole columns that span what all rows send to zero."""
    work: Whole = rows.copy()
    unit, width = 1, rows.shape[1]
    taken: list[int] = []
    places: list[int] = []
    for column in range(width):
        open_rows = [row for row in np.flatnonzero(work[:, column]).tolist() if row not in taken]
        if open_rows:
            work, unit = _pivot(work, open_rows[0], column, unit)
            taken.append(open_rows[0])
            places.append(column)
    free = [column for column in range(width) if column not in places]
    null = np.zeros((width, len(free)), dtype=work.dtype)
    null[free, range(len(free))] = unit
    null[places] = -work[np.ix_(taken, free)]
    return null


def _has_positive_weights(equations: Whole) -> bool:
    """Tell whether equations @ x = 0 has a solution with every x at least 1: first phase of the simplex method.

    Pivots are whole (Edmonds 1967), so there is no rounding; Bland's rule keeps it from going round in circles.
    """
    right = -equations.sum(axis=1)
    work = np.column_stack([equations, right])
    work[right < 0] *= -1
    work = np.vstack([work, work.sum(axis=0)])  # what the artificial variables still have to give up
    height, width = equations.shape
    basis = [width + row for row in range(height)]
    unit = 1
    while work[-1, -1] > 0:
        entering = np.flatnonzero(work[-1, :-1] > 0)
        if not entering.size:
            return False
        column = int(entering[0])
        rows = [row for row in range(height) if work[row, column] > 0]
        leaving = min(rows, key=lambda row: (_Ratio(work[row, -1], work[row, column]), basis[row]))
        work, unit = _pivot(work, leaving, column, unit)
        basis[leaving] = column
    return True


class _Ratio(tuple[int, int]):
    """Compare fractions with positive denominators."""

    def __new__(cls, above: int, below: int) -> "_Ratio":
        return super().__new__(cls, (int(above), int(below)))

    def __lt__(self, other: tuple[int, ...]) -> bool:
        return self[0] * other[1] < other[0] * self[1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ratio) and self[0] * other[1] == other[0] * self[1]


def _pivot(work: Whole, row: int, column: int, unit: int) -> tuple[Whole, int]:
    """Eliminate a column from all other rows; numbers stay whole, and stand for themselves divided by `unit`."""
    if work.dtype != object and np.abs(work).max() >= SAFE:
        work = work.astype(object)  # Python's own whole numbers have no limit
    pivot = work[row, column]
    line = work[row] if pivot > 0 else -work[row]
    pivot = abs(pivot)
    after = (work * pivot - np.multiply.outer(work[:, column], line)) // unit
    after[row] = line
    return after, int(pivot)
