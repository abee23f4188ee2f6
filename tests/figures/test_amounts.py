"""Counts and intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.figures.amounts import Amount, add_up, exactly, fewer_than, read_count

counts = st.integers(min_value=0, max_value=999_999_999)
bounds = st.integers(min_value=2, max_value=9_999)


@st.composite
def cells(draw: st.DrawFn) -> tuple[Amount, int]:
    """Draw an amount together with the true number that hides in it."""
    if draw(st.booleans()):
        number = draw(st.integers(0, 100_000))
        return exactly(number), number
    bound = draw(st.integers(2, 50))
    return fewer_than(bound), draw(st.integers(0, bound - 1))


@given(counts)
def test_a_count_is_read_with_and_without_separators(number: int) -> None:
    assert read_count(str(number)) == read_count(f"{number:,}") == exactly(number)


@given(bounds)
def test_a_censored_count_stays_an_interval_from_zero_to_just_under_the_bound(bound: int) -> None:
    amount = read_count(f"<{bound}")
    assert amount == Amount(0, bound - 1, bound)
    assert amount.value is None or bound == 1


@pytest.mark.parametrize(
    "text",
    ["", " 5", "5 ", "-5", "+5", "5.0", "1.222", "12,22", "1,2222", ",222", "1,222,", "< 5", "<0", "<1", "<", ">5",
     "5>", "\N{ARABIC-INDIC DIGIT FIVE}", "1e3", "NaN", "five", "<1,000", "1234567890", "1\u00a0222", "<5\n"],
)  # fmt: skip
def test_anything_else_is_not_a_count(text: str) -> None:
    assert read_count(text) is None


@given(st.text())
def test_reading_a_count_never_raises(text: str) -> None:
    read_count(text)


@given(st.lists(cells(), min_size=1))
def test_the_true_sum_lies_within_the_sum_of_the_amounts(parts: list[tuple[Amount, int]]) -> None:
    total = add_up([amount for amount, _ in parts])
    assert total is not None
    assert total.low <= sum(number for _, number in parts) <= total.high
    assert total.low == sum(amount.low for amount, _ in parts)
    assert total.high == sum(amount.high for amount, _ in parts)


@given(cells(), cells())
def test_the_true_rest_lies_within_what_is_left(whole: tuple[Amount, int], part: tuple[Amount, int]) -> None:
    rest = whole[0].less(part[0])
    assert rest.low <= max(0, whole[1] - part[1]) <= rest.high


def test_five_or_less_and_eleven_are_eleven_to_fifteen() -> None:
    total = add_up([fewer_than(5), exactly(11)])
    assert total == Amount(11, 15)


def test_one_part_stays_as_it_was_printed_and_no_part_is_no_figure() -> None:
    assert add_up([fewer_than(5)]) == fewer_than(5)
    assert add_up([]) is None


def test_two_censored_counts_together_are_no_longer_under_five() -> None:
    assert add_up([fewer_than(5), fewer_than(5)]) == Amount(0, 8, below=None)
