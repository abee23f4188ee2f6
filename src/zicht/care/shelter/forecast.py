"""Say in words how full a shelter would be, with and without a waiting list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format

from zicht.care import occupancy
from zicht.care.shelter.drawing import Column, draw_shares

MOST_SIMULATED = 20_000  # people: more of them say nothing more, and a page must answer
EXAMPLE: Mapping[str, float] = {"places": 7, "a_year": 50, "days": 42, "list_length": 3}


@dataclass(frozen=True)
class Forecast:
    """Shares as they are written, and the bars of the figure."""

    places: int
    list_length: int
    offered: str
    refused: str
    occupied: str
    waiting_refused: str
    waiting_occupied: str
    waited: str
    days: str
    bars: tuple[Column, ...]


def forecast(asked: Mapping[str, float]) -> Forecast:
    """Compute what is asked: places, people a year, days that a stay takes, and people on the list."""
    places, a_year, length = int(asked["places"]), float(asked["a_year"]), int(asked["list_length"])
    loss = occupancy.loss(places, occupancy.offered_load(a_year, asked["days"]))
    years = max(1, int(MOST_SIMULATED / a_year))
    waiting = occupancy.simulate(places, a_year, [asked["days"]], list_length=length, years=years)
    return Forecast(
        places=places,
        list_length=length,
        offered=percent(loss.offered),
        refused=percent(loss.refused),
        occupied=percent(loss.occupied),
        waiting_refused=percent(waiting.refused),
        waiting_occupied=percent(waiting.occupied),
        waited=percent(waiting.waited),
        days=number_format(round(waiting.days), 0),
        bars=draw_shares(loss.shares),
    )


def percent(share: float) -> str:
    """Write a share between 0 and 1 as a percentage with one digit, in the language of the page."""
    return f"{number_format(round(100 * share, 1), 1)}%"
