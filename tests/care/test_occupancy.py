"""How full a shelter will be: against Erlang's formula worked out slowly, and against itself where there is none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.care.occupancy import OccupancyError, loss, offered_load, simulate


def slow_shares(places: int, load: float) -> list[float]:
    """Give how often 0, 1, … all places are taken: a^n/n! over the sum of all of them, as the formula is written."""
    weights = [load**n / math.factorial(n) for n in range(places + 1)]
    return [weight / sum(weights) for weight in weights]


@pytest.mark.parametrize(("days", "offered", "refused", "occupied"), [(42, 0.82, 0.169, 0.68), (28, 0.55, 0.055, 0.52)])
def test_seven_places_and_fifty_people_a_year(days: int, offered: float, refused: float, occupied: float) -> None:
    found = loss(7, offered_load(50, days))
    assert (round(found.offered, 2), round(found.refused, 3), round(found.occupied, 2)) == (offered, refused, occupied)


@given(st.integers(1, 40), st.floats(0.01, 60))
def test_the_fast_formula_gives_what_the_written_one_gives(places: int, load: float) -> None:
    found, slow = loss(places, load), slow_shares(places, load)
    assert found.refused == pytest.approx(slow[-1], rel=1e-9)
    assert found.shares == pytest.approx(slow, rel=1e-6, abs=1e-12)
    assert found.occupied == pytest.approx(sum(n * share for n, share in enumerate(slow)) / places, rel=1e-6)


def test_two_hundred_places_still_have_room_in_a_number() -> None:
    found = loss(200, 190)
    assert sum(found.shares) == pytest.approx(1)
    assert 0 < found.refused < 0.1


def test_without_a_list_the_simulation_comes_near_the_formula_whatever_the_spread_of_the_stays() -> None:
    exact = loss(7, offered_load(50, 42))
    for days in ([42.0], [14.0, 70.0]):
        found = simulate(7, 50, days, list_length=0, years=400)
        # 20,000 people: three standard errors of a share of 17 % are 0.8 %.
        assert found.refused == pytest.approx(exact.refused, abs=0.012)
        assert found.occupied == pytest.approx(exact.occupied, abs=0.012)
        assert (found.waited, found.days) == (0, 0)


def test_a_waiting_list_refuses_fewer_and_fills_more_places_and_the_same_seed_says_the_same() -> None:
    found = [simulate(7, 50, [42.0], list_length=length, years=200) for length in (0, 2, 8)]
    refused = [one.refused for one in found]
    assert refused == sorted(refused, reverse=True)
    assert found[0].occupied < found[1].occupied < found[2].occupied
    assert found[2].days > 0
    assert simulate(7, 50, [42.0], list_length=2, years=200) == found[1]


@pytest.mark.parametrize(("places", "a_year", "days"), [(0, 50, 42), (7, 50, -1), (7, -1, 42), (7, math.nan, 42)])
def test_nothing_is_computed_of_numbers_that_are_none(places: int, a_year: float, days: float) -> None:
    with pytest.raises(OccupancyError):
        loss(places, offered_load(a_year, days))
