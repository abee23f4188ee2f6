"""Sums over the lattice against counting one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zicht.stats.lattice import has_subset, has_superset, sum_subsets, sum_supersets, undo_sum_subsets

cells = st.sampled_from([2, 4, 8, 32]).flatmap(lambda size: arrays(np.int64, (2, size), elements=st.integers(-9, 9)))


@given(cells)
def test_sums_over_supersets_and_subsets_are_what_counting_one_by_one_gives(values: np.ndarray) -> None:
    size = values.shape[1]
    above = [[c for c in range(size) if c & a == a] for a in range(size)]
    below = [[c for c in range(size) if c | a == a] for a in range(size)]
    assert sum_supersets(values).tolist() == [[int(row[one].sum()) for one in above] for row in values]
    assert sum_subsets(values).tolist() == [[int(row[one].sum()) for one in below] for row in values]
    marks = values > 5
    assert has_superset(marks).tolist() == [[bool(row[one].any()) for one in above] for row in marks]
    assert has_subset(marks).tolist() == [[bool(row[one].any()) for one in below] for row in marks]


@given(cells)
def test_the_moebius_transform_undoes_the_sums(values: np.ndarray) -> None:
    assert undo_sum_subsets(sum_subsets(values)).tolist() == values.tolist()


def test_minus_infinity_takes_every_cell_above_it_along() -> None:
    logs = sum_subsets(np.array([1.0, 2.0, -np.inf, 3.0]))
    assert logs.tolist() == [1.0, 3.0, -np.inf, -np.inf]
