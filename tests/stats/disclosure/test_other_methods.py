"""Rounding keeps all sums; blurring keeps zero, no sums, and adds nothing on average."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.stats.disclosure.made import crosstab, read

from zicht.stats.disclosure.cell_keys import MOST, SPREAD, _distribution, blur
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.protect import Asked, protect_tables
from zicht.stats.disclosure.rounding import round_controlled

SECRET, OTHER = b"a" * 32, b"b" * 32


@examples(max_examples=30)
@given(
    st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4), st.sampled_from([3, 5, 10])
)
def test_rounded_counts_are_multiples_near_the_truth_and_still_add_up(counts: list[list[int]], base: int) -> None:
    linked = link([read(crosstab(counts))])
    rounded = round_controlled(linked, base)
    assert not (rounded % base).any()
    assert (np.abs(rounded - linked.values) < base).all()
    assert not (linked.sums @ rounded).any()


def test_three_linked_tables_round_so_that_shared_counts_are_the_same() -> None:
    tables = [read(crosstab([[7, 8], [9, 11]]), "a.csv"), read(crosstab([[6, 9], [3, 17]], across="age"), "b.csv")]
    protected = protect_tables(tables, Asked(method="round", release="public"))
    totals = [[counts[row, 3] for row in (1, 2, 3)] for counts in protected.counts]
    assert totals[0] == totals[1]


def test_the_same_secret_blurs_the_same_count_in_the_same_way_and_another_secret_otherwise() -> None:
    linked = link([read(crosstab(np.full((6, 6), 20)))])
    assert (blur(linked, SECRET) == blur(linked, SECRET)).all()
    assert (blur(linked, SECRET) != blur(linked, OTHER)).any()


def test_a_blurred_count_is_near_never_negative_and_zero_stays_zero() -> None:
    linked = link([read(crosstab([[0, 1, 2], [3, 50, 7]]))])
    blurred = blur(linked, SECRET)
    assert (np.abs(blurred - linked.values) <= MOST).all()
    assert (blurred >= 0).all()
    assert (blurred[linked.values == 0] == 0).all()


@pytest.mark.parametrize("value", [1, 2, 3, 4, MOST])
def test_on_average_blurring_adds_nothing(value: int) -> None:
    deviations, cumulated = _distribution(value)
    chances = np.diff(cumulated, prepend=0.0)
    assert chances @ deviations == pytest.approx(0, abs=1e-9)
    assert deviations.min() == -value
    if value == MOST:
        assert chances @ deviations**2 == pytest.approx(SPREAD, rel=0.05)
