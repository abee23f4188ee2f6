"""How full a shelter will be, and how often somebody finds no place: Erlang's loss formula, and a simulation.

Pure: numbers in, numbers out; no Django. People come at random and independently of each other (a Poisson process).
Without a waiting list whoever finds no place is refused, and Erlang's formula gives how often, whatever the spread of
the lengths of stay (insensitivity; Erlang 1917; Kleinrock, Queueing Systems I, 1975, section 3.6). With a waiting list
there is no such formula for stays of one length, so that case is simulated.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAYS_IN_A_YEAR = 365.0
SEED = 20260302  # of the simulation: the same question gets the same answer
YEARS = 400  # simulated
WARM_UP = 0.05  # share of the people who come first and are not counted: the shelter begins empty


class OccupancyError(ValueError):
    """Report a number of which nothing can be computed."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What Erlang's formula says of a shelter without a waiting list.

    `load` is the offered load (people who would be there at once if nobody were refused), `offered` the same as a share
    of the places, `refused` the share of people who find no place, `occupied` the share of places that is taken, and
    `shares` the share of the time in which 0, 1, … all places are taken.
    """

    places: int
    load: float
    refused: float
    shares: tuple[float, ...]

    @property
    def offered(self) -> float:
        """Give the offered load as a share of the places."""
        return self.load / self.places

    @property
    def occupied(self) -> float:
        """Give the share of the places that is taken, on average."""
        return self.load * (1 - self.refused) / self.places


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the simulation says of a shelter with a waiting list, in shares and days."""

    refused: float
    occupied: float
    waited: float  # share of those who came in that had to wait
    days: float  # waited on average by those who waited


def offered_load(a_year: float, days: float) -> float:
    """Give how many people would stay at once if nobody were refused (Little's law): arrivals a day times days.

    `a_year` is how many people a year ask for a place, `days` how long they stay on average.
    Raises OccupancyError for numbers below zero or that are none.
    """
    if not (np.isfinite(a_year) and np.isfinite(days) and a_year >= 0 and days >= 0):
        raise OccupancyError
    return a_year * days / DAYS_IN_A_YEAR


def loss(places: int, load: float) -> Loss:
    """Give how full a shelter is and how often somebody is refused, without a waiting list.

    B(0) = 1; B(n) = a B(n-1) / (n + a B(n-1)) with a the offered load, which never divides large by large numbers.
    The shares follow from p(n) proportional to a^n / n!, made from the last backwards so that they sum to one.
    Raises OccupancyError without any place.
    """
    if places < 1 or load < 0:
        raise OccupancyError
    blocked = 1.0
    for place in range(1, places + 1):
        blocked = load * blocked / (place + load * blocked)
    return Loss(places, load, blocked, _shares(places, load))


def _shares(places: int, load: float) -> tuple[float, ...]:
    if load == 0:
        return (1.0, *[0.0] * places)
    # In logarithms: with 200 places the factorials have no room in a float.
    numbers = np.arange(1, places + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(load) - np.log(numbers))])
    weights = np.exp(logs - logs.max())
    return tuple(float(share) for share in weights / weights.sum())


def simulate(
    places: int, a_year: float, days: Sequence[float], *, list_length: int, seed: int = SEED, years: int = YEARS
) -> Waiting:
    """Simulate a shelter with a waiting list of at most `list_length` people, who are served in the order they came.

    `days` are lengths of stay, from which each stay is drawn with equal chance: one number where everybody stays as
    long. Nobody leaves the list. The same seed gives the same answer.
    Raises OccupancyError without places, arrivals or lengths.
    """
    lengths = np.asarray(days, float)
    if places < 1 or a_year <= 0 or list_length < 0 or lengths.size == 0 or not (lengths > 0).all():
        raise OccupancyError
    chance = np.random.default_rng(seed)
    people = max(100, int(a_year * years))
    arrivals = np.cumsum(chance.exponential(DAYS_IN_A_YEAR / a_year, people))
    return _run(places, arrivals, chance.choice(lengths, people), list_length)


def _run(places: int, arrivals: NDArray[np.float64], stays: NDArray[np.float64], list_length: int) -> Waiting:
    """Go through the people in the order they came; in that order each takes the place that is free first."""
    free_from = [0.0] * places  # a heap: when each place becomes free
    begins: list[float] = []  # of those who wait, in order: the list is first come, first served
    first = int(len(arrivals) * WARM_UP)
    counted = refused = waited = 0
    used = waiting = 0.0
    for number, (came, stay) in enumerate(zip(arrivals.tolist(), stays.tolist(), strict=True)):
        begins = [begin for begin in begins if begin > came]
        is_counted = number >= first
        counted += is_counted
        if free_from[0] > came and len(begins) >= list_length:
            refused += is_counted
            continue
        begin = max(came, free_from[0])
        heapq.heapreplace(free_from, begin + stay)
        if begin > came:
            begins.append(begin)
            waited += is_counted
            waiting += (begin - came) * is_counted
        used += stay * is_counted
    span = float(arrivals[-1] - arrivals[first])
    came_in = counted - refused
    return Waiting(
        refused=refused / counted,
        occupied=min(1.0, used / (places * span)),
        waited=waited / came_in if came_in else 0.0,
        days=waiting / waited if waited else 0.0,
    )
