"""The overlap table: what it holds, how lists are merged and left out, and the order that does not depend on a file."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.stats.errors import (
    CountsNotWhole,
    NobodyCounted,
    NoOverlap,
    TooFewLists,
    TooManyPersons,
    UnknownList,
    UnseenCounted,
)
from zicht.stats.tables import (
    OverlapTable,
    leave_out,
    list_sizes,
    make_table,
    merge_lists,
    overlaps,
    put_in_canonical_order,
)

three_lists = st.lists(st.integers(0, 50), min_size=7, max_size=7).map(lambda counts: [0, *counts])


def table_of(counts: list[int]) -> OverlapTable:
    counts[3] += 1  # so that there is some overlap
    return make_table(("A", "B", "C"), counts)


@given(three_lists)
def test_overlaps_are_what_counting_one_by_one_gives(counts: list[int]) -> None:
    table = table_of(counts)
    for asked in range(8):
        slow = sum(int(count) for history, count in enumerate(table.counts) if history & asked == asked)
        assert overlaps(table)[asked] == slow


@given(three_lists)
def test_merging_two_lists_is_one_list_of_everybody_on_either(counts: list[int]) -> None:
    table = table_of(counts)
    try:
        merged = merge_lists(table, ["A", "C"], "AC")
    except NoOverlap:
        assert not any(table.counts[[3, 6, 7]])
        return
    assert merged.lists == ("AC", "B")
    assert merged.observed == table.observed
    on_either = sum(int(count) for history, count in enumerate(table.counts) if history & 0b101)
    assert list_sizes(merged).tolist() == [on_either, list_sizes(table)[1]]


def test_leaving_out_a_list_makes_unseen_who_was_on_that_list_alone() -> None:
    table = make_table(("A", "B", "C"), [0, 10, 20, 3, 30, 4, 5, 6])
    without = leave_out(table, "C")
    assert without.lists == ("A", "B")
    assert without.counts.tolist() == [0, 14, 25, 9]


def test_leaving_out_one_of_two_lists_is_refused() -> None:
    with pytest.raises(TooFewLists):
        leave_out(make_table(("A", "B"), [0, 1, 2, 3]), "A")
    with pytest.raises(UnknownList, match="The lists are: A, B"):
        leave_out(make_table(("A", "B"), [0, 1, 2, 3]), "Z")


@given(three_lists)
def test_the_canonical_order_does_not_depend_on_the_order_of_the_lists(counts: list[int]) -> None:
    table = table_of(counts)
    first, _ = put_in_canonical_order(table)
    for order in permutations(range(3)):
        moved = [0] * 8
        for history, count in enumerate(table.counts.tolist()):
            moved[sum((history >> old & 1) << new for new, old in enumerate(order))] = count
        again, _ = put_in_canonical_order(make_table([table.lists[old] for old in order], moved))
        assert again.lists == first.lists
        assert again.counts.tolist() == first.counts.tolist()


def test_counts_cannot_be_written_to() -> None:
    table = make_table(("A", "B"), [0, 1, 2, 3])
    with pytest.raises(ValueError, match="read-only"):
        table.counts[1] = 5


@pytest.mark.parametrize(
    ("counts", "error"),
    [
        ([0, 1, -2, 3], CountsNotWhole),
        ([0, 1, 2.5, 3], CountsNotWhole),
        ([0, 1, float("nan"), 3], CountsNotWhole),
        ([0, 1, float("inf"), 3], CountsNotWhole),
        ([0, 10**30, 1, 3], CountsNotWhole),
        ([0, 10**9, 1, 3], TooManyPersons),
        ([7, 1, 2, 3], UnseenCounted),
        ([0, 0, 0, 0], NobodyCounted),
        ([0, 10, 20, 0], NoOverlap),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: list[int], error: type[Exception]) -> None:
    with pytest.raises(error):
        make_table(("A", "B"), counts)
