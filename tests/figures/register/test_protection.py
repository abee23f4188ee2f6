"""What is hidden in a release, and what somebody who knows the rule and every shown number can still work out."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array
from tests.figures.register.made import DAY, register_of

from zicht import words
from zicht.figures.protection import Puzzle, Sum, hide
from zicht.figures.register.counting import Counter, count_tables
from zicht.figures.register.links import Numbers, find_links
from zicht.figures.register.releases import Release, make_release

FARTHEST = 7  # how much more than the truth the attacker below tries


def table(counts: np.ndarray[Any, Any]) -> tuple[list[int], list[Sum]]:
    """Give the cells of a table with its margins, and how they add up."""
    rows, cols = counts.shape
    whole = np.zeros((rows + 1, cols + 1), int)
    whole[:-1, :-1] = counts
    whole[-1, :-1], whole[:-1, -1], whole[-1, -1] = counts.sum(0), counts.sum(1), counts.sum()
    places = np.arange(whole.size).reshape(whole.shape)
    sums = [(int(line[-1]), tuple(map(int, line[:-1]))) for line in (*places[:-1], *places.T, places[-1])]
    return [int(value) for value in whole.flat], sums


def attack(puzzle: Puzzle, hidden: Iterable[int], inside: list[int]) -> dict[int, set[int]]:
    """Try every value of the hidden cells inside the tables, and give what each hidden number can be."""
    unknown = [place for place in inside if place in hidden]
    highest = max((puzzle.values[place] for place in unknown), default=0) + FARTHEST
    tries = (highest + 1) ** len(unknown)
    guesses = np.indices((highest + 1,) * len(unknown)).reshape(len(unknown), tries)  # one column a try
    values = {place: np.full(tries, value) for place, value in enumerate(puzzle.values) if place not in hidden}
    values |= dict(zip(unknown, guesses, strict=True))
    fits = np.ones(tries, bool)
    for total, parts in puzzle.sums:
        together = np.sum([values[part] for part in parts], axis=0)
        fits &= values.setdefault(total, together) == together
    return {place: set(values[place][fits].tolist()) for place in hidden}


def small_tables(rows: int, cols: int) -> st.SearchStrategy[np.ndarray[Any, Any]]:
    counts = st.lists(st.integers(0, 6), min_size=rows * cols, max_size=rows * cols)
    return counts.map(lambda found: np.array(found).reshape(rows, cols))


@settings(max_examples=60)
@given(small_tables(2, 2) | small_tables(1, 4) | small_tables(2, 3).filter(lambda one: (one < 3).sum() <= 3))
def test_by_brute_force_no_hidden_number_of_a_table_has_one_value_only(counts: np.ndarray[Any, Any]) -> None:
    values, sums = table(counts)
    puzzle = Puzzle(tuple(values), tuple(sums), ())
    hidden = hide(puzzle, 3)
    places = np.arange(len(values)).reshape(counts.shape[0] + 1, counts.shape[1] + 1)
    inside = [int(place) for place in places[:-1, :-1].flat]
    if sum(place in hidden for place in inside) <= 4:
        for place, found in attack(puzzle, hidden, inside).items():
            assert len(found) > 1, (place, values, sorted(hidden))
    assert all(values[place] >= 3 for place in range(len(values)) if place not in hidden)


@settings(max_examples=40)
@given(small_tables(2, 2), st.lists(st.integers(0, 6), min_size=2, max_size=2))
def test_by_brute_force_two_tables_with_a_common_margin_do_not_give_each_other_away(
    counts: np.ndarray[Any, Any], split: list[int]
) -> None:
    # The rows of the first table are split once more, by something else.
    values, sums = table(counts)
    margins = [values[2], values[5]]
    parts = [[min(one, margin), margin - min(one, margin)] for one, margin in zip(split, margins, strict=True)]
    first = len(values)
    values += [value for pair in parts for value in pair]
    sums += [(2, (first, first + 1)), (5, (first + 2, first + 3))]
    puzzle = Puzzle(tuple(values), tuple(sums), ())
    hidden = hide(puzzle, 3)
    inside = [0, 1, 3, 4, *range(first, first + 4)]
    if sum(place in hidden for place in inside) <= 5:
        for place, found in attack(puzzle, hidden, inside).items():
            assert len(found) > 1, (place, values, sorted(hidden))


def test_a_sum_of_which_all_hidden_parts_are_zero_hides_one_more() -> None:
    puzzle = Puzzle((30, 18, 12, 0, 0), ((0, (1, 2, 3, 4)),), (), kept=frozenset([0]))
    assert hide(puzzle, 5) == {2, 3, 4}


def test_a_limit_that_pins_a_hidden_number_down_hides_one_more() -> None:
    # One of ten who are known has a term that nobody else has: the others together leave room for no other number.
    puzzle = Puzzle((10, 9, 1), (), (((0,), (1, 2)), ((1,), (0,)), ((2,), (0,)), ((1, 2), (0,))))
    assert len(hide(puzzle, 5)) > 1


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    values, sums = table(np.array([[10, 11], [12, 13]]))
    assert hide(Puzzle(tuple(values), tuple(sums), ()), 10) == frozenset()


def test_the_level_of_the_own_organisation_hides_nothing() -> None:
    assert hide(Puzzle((0, 1, 2), ((2, (0, 1)),), ()), 1) == frozenset()


# --- whole releases -------------------------------------------------------------------------------------------------
TERMS: dict[str, list[Any]] = {
    "age_band": ["12_15", "16_17", "18_20", "minor_nos", "unknown", "not_asked"],
    "gender": ["f", "f", "m", "unknown"],
    "status": ["possible", "possible", "identified", "not_victim"],
    "citizenship_group": ["nl", "eu", "unknown"],
    "registered_national": [True, True, False],
    "relations": [["parent"], ["partner"], ["partner", "friend"], ["unknown"]],
    "forms": [["sexual"], ["labour", "criminal"], ["sexual", "criminal"], ["not_asked"]],
    "means": [["threat_images"], ["debt", "violence"], ["declined"]],
    "funnel_stage": [None, "case_opened", "referred", "referred", "arrived", "closed_goals_met"],
}


@lru_cache(maxsize=8)
def made_up(people: int, seed: int) -> tuple[dict[str, Any], ...]:
    chance = np.random.default_rng(seed)
    return tuple(
        {name: terms[int(chance.integers(len(terms)))] for name, terms in TERMS.items()} for _ in range(people)
    )


@lru_cache(maxsize=8)
def release(people: int, seed: int, level: str) -> tuple[Release, Release]:
    """Give a release with the same tables as they are before anything is hidden."""
    register = register_of(made_up(people, seed))
    return make_release(register, level, DAY), make_release(register, "internal", DAY)


@pytest.mark.parametrize(("level", "people", "seed"), [("partners", 60, 1), ("public", 60, 2), ("public", 250, 3)])
def test_a_release_shows_true_numbers_none_of_them_small_and_shares_of_shown_ones_only(
    level: str, people: int, seed: int
) -> None:
    shown, true = release(people, seed, level)
    seen = 0
    for code, table_ in shown.tables.items():
        for block, whole in zip(table_.blocks, true.tables[code].blocks, strict=True):
            for line, truth in zip(block.cells, whole.cells, strict=True):
                for cell, other in zip(line, truth, strict=True):
                    assert cell.value in (None, other.value)
                    assert cell.value is None or cell.value >= shown.least
                    assert cell.share is None or (cell.value is not None and cell.base is not None)
                    seen += cell.value is not None
    assert seen > 20
    assert shown.hidden > true.hidden == 0


def test_the_same_register_hides_the_same_cells_every_time() -> None:
    once, _ = release(60, 2, "public")
    hide.cache_clear()
    again = make_release(register_of(made_up(60, 2)), "public", DAY)
    assert once.tables == again.tables


def test_how_many_persons_a_table_is_about_is_shown_whenever_it_is_not_small() -> None:
    shown, true = release(60, 2, "public")
    for code, table_ in shown.tables.items():
        total = true.tables[code].total or 0
        assert table_.total == (total if total >= shown.least else None)


def numbers_of(people: int, seed: int) -> Numbers:
    register = register_of(made_up(people, seed))
    return find_links(count_tables(register), Counter(register).count)


def test_every_sum_and_limit_between_tables_holds() -> None:
    numbers = numbers_of(200, 7)
    assert len(numbers.sums) > 300
    for total, parts in numbers.sums:
        assert numbers.values[total] == sum(numbers.values[part] for part in parts)
    for smaller, larger in numbers.limits:
        assert sum(numbers.values[one] for one in smaller) <= sum(numbers.values[one] for one in larger)


def test_bands_of_age_and_the_classes_made_of_them_hang_together() -> None:
    numbers = numbers_of(50, 8)
    by_place = {place: whose for whose, place in numbers.places.items()}
    terms = [
        {frozenset(people.terms) for part in parts for people in by_place[part][1]}
        for total, parts in numbers.sums
        if [set(people.terms) for people in by_place[total][1]] == [{"00_08", "09_11", "12_15"}]
    ]
    assert {frozenset(["00_08"]), frozenset(["09_11"]), frozenset(["12_15"])} in terms


def test_by_linear_programming_no_hidden_cell_of_a_whole_release_can_be_worked_out() -> None:
    numbers = numbers_of(70, 9)
    puzzle = Puzzle(
        tuple(numbers.values),
        tuple(sorted(numbers.sums)),
        tuple(sorted(numbers.limits)),
        frozenset(numbers.unseen),
        frozenset(numbers.totals),
    )
    hidden = sorted(hide(puzzle, 5))
    chosen = [place for place in hidden if numbers.values[place] > 0][::40] + hidden[::150]
    assert len(chosen) > 10
    bounds = [(0, None) if place in set(hidden) else (value, value) for place, value in enumerate(puzzle.values)]
    equal = _matrix([({total: 1.0} | dict.fromkeys(parts, -1.0)) for total, parts in puzzle.sums], len(bounds))
    under = _matrix(
        [dict.fromkeys(smaller, 1.0) | dict.fromkeys(larger, -1.0) for smaller, larger in puzzle.limits],
        len(bounds),
    )
    under_and_equal = (under, np.zeros(under.shape[0]), equal, np.zeros(equal.shape[0]))
    for place in chosen:
        aim = np.zeros(len(bounds))
        aim[place] = 1
        low, high = (
            linprog(sign * aim, *under_and_equal, bounds)  # type: ignore[call-overload]
            for sign in (1, -1)
        )
        most = -high.fun if high.status == 0 else np.inf
        assert np.floor(most + 1e-6) - np.ceil(low.fun - 1e-6) >= 1, place


def _matrix(rows: list[dict[int, float]], width: int) -> csr_array:
    found = [(line, place, value) for line, row in enumerate(rows) for place, value in row.items()]
    lines, places, values = zip(*found, strict=True)
    return csr_array((values, (lines, places)), shape=(len(rows), width))


def test_every_release_level_of_the_words_is_followed() -> None:
    levels = words.vocabulary().lists["release_level"].codes
    assert {level: make_release(register_of(()), level, DAY).least for level in levels} == {
        "internal": 1,
        "partners": 5,
        "public": 10,
    }
