"""What two versions of a release tell together to an attacker who has both; and two overlapping regions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.register.made import DAY, register_of
from tests.figures.register.test_protection import attack, small_tables, table

from zicht.figures.protection import Puzzle, hide
from zicht.figures.register.corrections import hide_correction, must_wait
from zicht.figures.register.releases import Release, make_release
from zicht.figures.yearly.cells import values_of

LEAST = 3


def changes(rows: int, cols: int) -> st.SearchStrategy[np.ndarray[Any, Any]]:
    """Give by how much each cell of a table changes between two versions."""
    each = st.sampled_from([0, 0, 0, 1, -1, 2, 4, 9])
    made = st.lists(each, min_size=rows * cols, max_size=rows * cols)
    return made.map(lambda found: np.array(found).reshape(rows, cols))


def shown(puzzle: Puzzle, hidden: Iterable[int]) -> dict[int, int | None]:
    return {place: None if place in hidden else value for place, value in enumerate(puzzle.values)}


@settings(max_examples=20)
@given(small_tables(3, 3), changes(3, 3))
def test_who_subtracts_one_version_from_the_other_finds_no_change_of_single_people(
    counts: np.ndarray[Any, Any], change: np.ndarray[Any, Any]
) -> None:
    (before, sums), (after, _) = table(counts), table(np.maximum(counts + change, 0))
    first = Puzzle(tuple(before), tuple(sums), ())
    told = shown(first, hide(first, LEAST))
    second = replace(first, values=tuple(after))
    if must_wait(second, told, [len(after) - 1], LEAST):
        return
    hidden = hide_correction(second, told, LEAST)
    now = shown(second, hidden)
    for place, value in now.items():
        assert value is None or value >= LEAST
        if value is not None:
            earlier = told[place]
            assert earlier is not None, "what was hidden stays hidden"
            assert value == earlier or abs(value - earlier) >= LEAST
    for total, parts in sums:
        known = [one for one in (total, *parts) if now[one] is not None]
        if total in known and len(known) <= len(parts):
            # What is hidden in the sum changed together by what is left of the change of its total.
            left = (now[total] or 0) - (told[total] or 0)
            left -= sum((now[one] or 0) - (told[one] or 0) for one in known if one != total)
            assert left == 0 or abs(left) >= LEAST


@settings(max_examples=20)
@given(small_tables(2, 2), changes(2, 2))
def test_by_brute_force_a_correction_hides_no_number_of_which_only_one_value_fits(
    counts: np.ndarray[Any, Any], change: np.ndarray[Any, Any]
) -> None:
    (before, sums), (after, _) = table(counts), table(np.maximum(counts + change, 0))
    first = Puzzle(tuple(before), tuple(sums), ())
    second = replace(first, values=tuple(after))
    hidden = hide_correction(second, shown(first, hide(first, LEAST)), LEAST)
    inside = [0, 1, 3, 4]
    for place, found in attack(second, hidden, inside).items():
        assert len(found) > 1, (place, after, sorted(hidden))


@settings(max_examples=20)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=3))
def test_by_brute_force_two_overlapping_regions_do_not_give_away_the_part_that_only_one_has(each: list[int]) -> None:
    # Districts a, b and c; one region has a and b, another has b and c; and everything together.
    a, b, c = each
    values = (a, b, c, a + b, b + c, a + b + c)
    puzzle = Puzzle(values, ((3, (0, 1)), (4, (1, 2)), (5, (0, 1, 2))), ())
    hidden = hide(puzzle, LEAST)
    for place, found in attack(puzzle, hidden, [0, 1, 2]).items():
        assert len(found) > 1, (place, values, sorted(hidden))


def release(people: list[dict[str, Any]], before: Release | None = None) -> Release:
    told = values_of(before) if before else None
    return make_release(register_of(people), "partners", DAY, before=told, is_narrow=True)


PEOPLE: list[dict[str, Any]] = [
    *[{"age_band": "12_15", "gender": "f", "means": ["threat_images"]}] * 40,
    *[{"age_band": "18_20", "gender": "m", "means": ["violence"]}] * 30,
    *[{"age_band": "unknown", "gender": "unknown"}] * 12,
]


def test_without_a_change_a_correction_shows_what_was_shown() -> None:
    first = release(PEOPLE)
    assert values_of(release(PEOPLE, first)) == values_of(first)


def test_one_person_more_changes_nothing_and_the_tables_say_that_they_wait() -> None:
    first = release(PEOPLE)
    second = release([*PEOPLE, PEOPLE[0]], first)
    assert values_of(second) == values_of(first)
    assert all(one.waits for one in second.tables.values())


def test_a_row_that_changed_by_few_is_hidden_with_every_other_that_tells_by_how_few() -> None:
    first = Puzzle((40, 30, 15, 85), ((3, (0, 1, 2)),), ())
    told = shown(first, hide(first, LEAST))
    more = replace(first, values=(60, 30, 15, 105))
    assert hide_correction(more, told, LEAST) == frozenset()
    few = replace(first, values=(60, 32, 15, 107))  # with 60 beside 107, two would be left of 22
    assert hide_correction(few, told, LEAST) == {0, 1}
