"""The page of an estimate beside tables that tell how long its lists are: a reader works out no small overlap."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from zicht.stats.loglinear import estimate_loglinear
from zicht.stats.release import FEWEST, TWO_LISTS_TELL, protect
from zicht.stats.results import Json
from zicht.stats.tables import OverlapTable, list_sizes, make_table
from zicht.stats.two_lists import estimate_two_lists

SHOWN = ("observed", "total", "lower", "upper", "unseen", "coverage", "coverage_lower", "coverage_upper", "models")
AROUND = 2  # steps of the attacker in each direction that changes no length


def page_of(table: OverlapTable, release: str) -> dict[str, Json]:
    """Give what a reader of a level sees of an estimate."""
    found = estimate_two_lists(table) if len(table.lists) == 2 else estimate_loglinear(table)
    told = protect(found, release)
    return {name: told[name] for name in SHOWN}


def others(counts: list[int]) -> Iterator[list[int]]:
    """Give tables of three lists with the same observed and the same lengths: A, B, AB, C, AC, BC and ABC."""
    kept = np.array([[-1, 0, 1, 0, 1, 0, -1], [0, -1, 1, 0, 0, 1, -1], [0, 0, 0, -1, 1, 1, -1]])
    for steps in product(range(-AROUND, AROUND + 1), repeat=len(kept)):
        moved = np.array(counts) + np.array(steps) @ kept
        if min(moved) >= 0:
            yield moved.tolist()


@pytest.mark.parametrize("release", sorted(FEWEST))
@examples(max_examples=5)
@given(st.lists(st.one_of(st.integers(1, 9), st.integers(10, 80)), min_size=7, max_size=7))
def test_of_three_lists_each_small_overlap_can_be_another(release: str, counts: list[int]) -> None:
    truth = page_of(make_table("ABC", [0, *counts]), release)
    seen: list[set[int]] = [set() for _ in counts]
    for number, table in enumerate(others(counts)):
        if number % 3 == 0 and page_of(make_table("ABC", [0, *table]), release) == truth:
            for values, count in zip(seen, table, strict=True):
                values.add(count)
    small = [values for values, count in zip(seen, counts, strict=True) if count < FEWEST[release]]
    assert all(len(values) > 1 for values in small)


@examples(max_examples=40)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.sampled_from(sorted(FEWEST)))
def test_two_lists_of_which_a_small_part_could_be_worked_out_are_not_shown(
    a: int, b: int, both: int, release: str
) -> None:
    table = make_table("AB", [0, a, b, both])
    found = estimate_two_lists(table)
    told = protect(found, release)
    if told["observed"] is None:
        assert told["total"] is None
        assert told["coverage"] is None
        return
    # Whoever knows how long both lists are takes these from each other.
    first, second = list_sizes(table)
    overlap = int(first) + int(second) - int(str(told["observed"]))
    assert min(overlap, int(first) - overlap, int(second) - overlap) >= FEWEST[release]


def test_why_nothing_is_shown_is_said() -> None:
    told = protect(estimate_two_lists(make_table("AB", [0, 40, 50, 4])), "public")
    assert told["warnings"] == [TWO_LISTS_TELL]
