"""Draw what one would rather see than read: the places of a shelter, and how full it will be. Pure, without HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

SIZE, GAP = 22, 4  # px, of a place
IN_A_ROW = 10  # places; what a card leaves on a screen of 360 px
MOST_DRAWN = 60  # places; more of them are a number and no picture
TAKEN, HELD, FREE = "taken", "held", "free"
# One place: a square of 21 px with round corners, half a pixel from the edge so that its line is sharp.
ROUND = "h13a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4h-13a4 4 0 0 1-4-4v-13a4 4 0 0 1 4-4z"
WIDTH, HEIGHT = 280, 120  # px, of bars


@dataclass(frozen=True, slots=True)
class Squares:
    """The places of one kind as one line to draw."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The places of a shelter as squares: taken, then held, then free."""

    squares: tuple[Squares, ...]
    width: str
    height: str


def draw_places(capacity: int, taken: int, held: int) -> Bar:
    """Give a square for each place; nothing is drawn of a shelter with more places than a reader counts."""
    numbers = {TAKEN: taken, HELD: held, FREE: max(0, capacity - taken - held)}
    total = sum(numbers.values())
    if total > MOST_DRAWN:
        return Bar((), "0", "0")
    step, rows = SIZE + GAP, -(-total // IN_A_ROW)
    drawn, first = [], 0
    for kind, number in numbers.items():
        corners = ((place % IN_A_ROW * step, place // IN_A_ROW * step) for place in range(first, first + number))
        drawn += [Squares(kind, "".join(f"M{x + 4}.5 {y}.5{ROUND}" for x, y in corners))] if number else []
        first += number
    return Bar(tuple(drawn), f"{min(total, IN_A_ROW) * step - GAP}", f"{rows * step - GAP}")


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a figure: the share of the time in which so many places are taken."""

    x: float
    y: float
    width: float
    height: float
    label: str
    middle: float


def draw_shares(shares: Sequence[float]) -> tuple[Column, ...]:
    """Give a bar for each number of taken places, from none to all; the highest is as high as the figure."""
    step, top = WIDTH / len(shares), max(shares) or 1
    every = max(1, len(shares) // 10)
    return tuple(
        Column(
            x=round(place * step + 1, 1),
            y=round(HEIGHT - HEIGHT * share / top, 1),
            width=round(step - 2, 1),
            height=round(HEIGHT * share / top, 1),
            label=str(place) if place % every == 0 else "",
            middle=round((place + 0.5) * step, 1),
        )
        for place, share in enumerate(shares)
    )
