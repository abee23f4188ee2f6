"""Attack tables as they are published: work out what every hidden count can be, for a reader who has them all.

Linear bounds answer first; where these leave room, whole numbers decide (attack.py). The tables need no true counts:
what a reader can work out depends on what is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from zicht.stats.disclosure.attack import EXACT, Flags, Floats, Knot, find_farthest, knots_of
from zicht.stats.disclosure.levels import Above
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.published import Published
from zicht.stats.disclosure.suppress import room_for
from zicht.stats.results import Json

MOST_NODES = 5_000  # of one question; what is not decided by then is taken for told


@dataclass(frozen=True)
class Worked:
    """Hold what a reader works out of one hidden count: where it stands, and its least and most, in persons.

    `high` is None where a reader finds no end within reach.
    """

    name: str
    line: int
    column: str
    low: int
    high: int | None

    def is_told(self) -> bool:
        """Tell whether one value is left."""
        return self.low == self.high

    def is_narrow(self, least: int) -> bool:
        """Tell whether a count that may be small has fewer values left than a small one must have."""
        return self.low < least and self.high is not None and self.high - self.low < least - 1

    def to_json(self) -> dict[str, Json]:
        """Give all of it."""
        return dict(self.__dict__)


def audit(
    tables: Sequence[Published], least: int, earlier: Sequence[Published] = (), above: Above | None = None
) -> list[Worked]:
    """Work out every count that is hidden in tables. Raises TableRefused."""
    linked = link(tables, earlier, above=above, is_crossed=True)
    ranges: dict[int, tuple[int, int | None]] = {}
    for knot in knots_of(linked):
        hidden = np.array([cell in linked.censored | linked.unseen for cell in knot.cells.tolist()])
        wanted = [at for at in np.flatnonzero(hidden).tolist() if int(knot.cells[at]) in linked.censored]
        ranges |= {int(knot.cells[at]): _range(knot, hidden, at, room_for(least)) for at in wanted}
    return [
        Worked(table.name, table.line(entry), table.rows[0][entry.column], *ranges[cell])
        for number, table in enumerate(tables)
        for entry in table.entries
        if (cell := linked.cells[number, entry.row, entry.column]) in ranges
    ]


def _range(knot: Knot, hidden: Flags, cell: int, room: float) -> tuple[int, int | None]:
    up, down = np.where(hidden, room, 0.0), np.where(hidden, knot.truth, 0.0)
    ends: list[int] = []
    for sign in (-1, 1):
        reach = np.floor(find_farthest(knot, up, down, cell, sign).reach + EXACT)
        ends.append(_whole(knot, up, down, cell, sign) if reach >= 1 else 0)
    truth = int(knot.truth[cell])
    return truth - ends[0], None if ends[1] >= room else truth + ends[1]


def _whole(knot: Knot, up: Floats, down: Floats, cell: int, sign: int) -> int:
    """Find how far a count moves in whole numbers."""
    aim = np.zeros(knot.size)
    aim[cell] = -sign
    solved = milp(
        aim,
        constraints=list(_lines(knot)),
        bounds=Bounds(-down, up),
        integrality=np.ones(knot.size, int),
        options={"node_limit": MOST_NODES},
    )
    return 0 if solved.x is None else round(abs(float(solved.x[cell])))


def _lines(knot: Knot) -> Iterator[LinearConstraint]:
    if knot.sums.shape[0]:
        yield LinearConstraint(knot.sums, 0, 0)
    if knot.limits.shape[0]:
        yield LinearConstraint(knot.limits, -np.inf, knot.slack)
