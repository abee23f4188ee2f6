"""Choose which counts to hide: every small one, and as few others as it takes that no small one can be worked out.

The problem of cell suppression, after Fischetti and Salazar, "Solving the cell suppression problem on tabular data with
linear constraints", Management Science 47 (2001): a master program chooses what to hide; an attack on its choice
(attack.py) either finds every small count safe or gives a line that every safe choice keeps, and the master chooses
again. It ends with the fewest counts, and among these with the fewest persons; or, when time runs out, with a safe
choice and a bound.

A small count is safe when its range has everything from 0 to `least` - 1. After that each hidden count must have a
second whole value: where fractions have room and whole numbers do not, more is hidden. A count that tells of a whole
group (groups.py) must be able to be so much lower that the group does not tell any more.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from zicht.stats.disclosure.attack import EXACT, Flags, Floats, Knot, can_move, find_farthest, knots_of, solve_linear
from zicht.stats.disclosure.errors import ListedInOneOnly, ShownAlready
from zicht.stats.disclosure.groups import telling
from zicht.stats.disclosure.linking import Linked
from zicht.stats.disclosure.together import FAR, Together

MOST_EXACTLY = 300  # counts that hang together; in more, many are asked for at once, and the fewest is not proven
USUAL_SECONDS = 60.0
Tell = Callable[[float], None]  # told the share that is done


@dataclass(frozen=True)
class Hidden:
    """Hold what is not shown: places in the linked tables, and the fewest that could have been proven enough."""

    cells: frozenset[int]
    bound: int


def hide(
    linked: Linked,
    least: int,
    seconds: float = USUAL_SECONDS,
    tell: Tell = lambda share: None,
    sensitive: Collection[str] = (),
) -> Hidden:
    """Choose what to hide where the least count that is shown is `least` persons; 1 or less hides nothing.

    `seconds` is how long to look for fewer after a safe choice is there; `sensitive` are names of dimensions of which
    no group may tell. Raises ShownAlready when earlier releases show too much, or the tables (ListedInOneOnly).
    """
    small = _small(linked, least)
    groups = telling(linked, least, sensitive)
    needed = small | groups.keys() | linked.forced | linked.censored
    found: set[int] = set()
    bound = 0
    knots = [knot for knot in knots_of(linked) if needed.intersection(knot.cells.tolist())]
    end = time.monotonic() + seconds
    for done, knot in enumerate(knots):
        tell(done / len(knots))
        left = max(end - time.monotonic(), 0.0) / (len(knots) - done)
        chosen, fewest = _Choice(linked, knot, small, groups, least, time.monotonic() + left).best()
        found |= {int(knot.cells[cell]) for cell in np.flatnonzero(chosen)} - linked.unseen
        bound += fewest
    return Hidden(frozenset(found), bound)


def room_for(least: int) -> float:
    """Give how far upwards a reader is taken to look, in persons."""
    return float(max(50, 10 * least))


def _small(linked: Linked, least: int) -> frozenset[int]:
    """Give the counts that tell of single persons; zero too, for that nobody did is told of everybody."""
    few = np.flatnonzero(linked.values < least) if least > 1 else np.zeros(0, int)
    return frozenset(few.tolist()) - linked.unseen - linked.known


@dataclass
class _Choice:
    """What may be hidden in one knot, and the lines that every safe choice keeps."""

    linked: Linked
    knot: Knot
    small: frozenset[int]
    groups: Mapping[int, float]
    least: int
    end: float
    # Each has shape (n,), and a number: whoever is safe hides counts of which these add up to that number or more.
    lines: list[tuple[Floats, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        cells = self.knot.cells.tolist()
        self.needed = np.array([cell in self.small or cell in self.groups for cell in cells])
        self.unseen = np.array([cell in self.linked.unseen for cell in cells])
        self.shown = np.array([cell in self.linked.known for cell in cells])
        # Hidden whatever it tells, and like what is hidden beside small counts: of two values at least.
        self.forced = ~self.needed & np.array([cell in self.linked.forced | self.linked.censored for cell in cells])
        self.room = room_for(self.least)
        # Nobody has to look farther down either, and a solver reckons better with numbers of one size.
        self.depth = np.minimum(self.knot.truth, FAR * self.room)
        # One person more never outweighs one count less.
        self.price = np.where(self.unseen, 0.0, 1.0 + self.knot.truth / (self.knot.truth.sum() + 1.0))

    def best(self) -> tuple[Flags, int]:
        """Give a safe choice, and the fewest counts that any safe choice hides."""
        self._add_lonely()
        if (~self.unseen).sum() > MOST_EXACTLY:
            return self._of_many()
        chosen = self._first()
        fewest = int((self.needed | self.forced).sum())
        while time.monotonic() < self.end:
            cheapest, bound = self._cheapest()
            fewest = max(fewest, bound)
            if cheapest is None:
                break
            if self.price[cheapest].sum() > self.price[chosen].sum() - EXACT:
                return chosen, self._count(chosen)
            if not self._add_lines(cheapest) and self._is_whole_safe(cheapest):
                return cheapest, self._count(cheapest)
        return chosen, fewest

    def _of_many(self) -> tuple[Flags, int]:
        """Give a safe choice among thousands, and a bound from what is easily seen."""
        up, down = np.zeros(self.knot.size), np.zeros(self.knot.size)
        for cell, sign, need in self._ways():
            (up if sign > 0 else down)[cell] = max(need, 0.0)
        many = Together(self.knot, up, down, self.price, self.shown, self.unseen, self.room, self.forced, end=self.end)
        try:
            chosen = many.choose()
        except ShownAlready:
            raise self._beyond_help() from None
        _, bound = self._cheapest()
        return chosen, min(max(int((self.needed | self.forced).sum()), bound), self._count(chosen))

    def _add_lonely(self) -> None:
        """Add a line for each sum in which one count must be hidden and no other is: a second one must be too."""
        for row in range(self.knot.sums.shape[0]):
            cells = self.knot.sums.indices[self.knot.sums.indptr[row] : self.knot.sums.indptr[row + 1]]
            others = cells[~self.needed[cells]]
            if len(cells) - len(others) == 1 and not self.unseen[others].any() and not self.shown[others].all():
                line = np.zeros(self.knot.size)
                line[others] = 1.0
                self.lines.append((line, 1.0))

    def _count(self, hidden: Flags) -> int:
        return int((hidden & ~self.unseen).sum())

    # --- the master: what to hide so that all lines are kept -----------------------------------------------------
    def _cheapest(self) -> tuple[Flags | None, int]:
        """Give the cheapest choice that keeps all lines, None when time ran out, and the fewest of any choice."""
        parts = [np.array(one) for one in zip(*self.lines, strict=True)]
        lines = LinearConstraint(parts[0], parts[1], np.inf) if parts else ()
        solved = milp(
            self.price,
            constraints=lines,
            bounds=Bounds(np.where(self.needed | self.forced | self.unseen, 1.0, 0.0), np.where(self.shown, 0.0, 1.0)),
            integrality=np.ones(self.knot.size, int),
            options={"mip_rel_gap": 0.0, "time_limit": max(self.end - time.monotonic(), 0.1)},
        )
        # The part of a price that is for persons stays below one in all: the whole part counts what is hidden.
        bound = int(np.floor((solved.mip_dual_bound or 0.0) + EXACT))
        return (np.asarray(solved.x) > 0.5, bound) if solved.status == 0 else (None, bound)

    # --- the attack ----------------------------------------------------------------------------------------------
    def _ways(self) -> Iterator[tuple[int, int, float]]:
        """Give for each count that must be hidden how far it must be able to move, upwards and downwards."""
        for cell in np.flatnonzero(self.needed).tolist():
            place, truth = int(self.knot.cells[cell]), float(self.knot.truth[cell])
            lowest, most = self.linked.spans.get(place, (0, None))
            highest = self.least - 1 if most is None else min(most, self.least - 1)
            yield cell, 1, highest - truth if place in self.small else 0.0
            yield cell, -1, truth - lowest if place in self.small else self.groups[place]

    def _add_lines(self, hidden: Flags) -> bool:
        """Attack a choice; add a line for each small count that is not safe, and tell whether there was one."""
        up, down = np.where(hidden, self.room, 0.0), np.where(hidden, self.depth, 0.0)
        reached = np.zeros((2, self.knot.size))
        found = False
        for cell, sign, need in self._ways():
            if need <= EXACT or reached[(1 - sign) // 2, cell] >= need - EXACT:
                continue
            far = find_farthest(self.knot, up, down, cell, sign)
            if far.reach >= need - EXACT:
                # The same solution shows of others that they are safe.
                reached[0], reached[1] = np.maximum(reached[0], far.moves), np.maximum(reached[1], -far.moves)
                continue
            found = True
            left = need - far.fixed
            worth = self.room * far.up + self.depth * far.down
            self.lines.append((np.minimum(worth / left, 1.0), 1.0))
        return found

    def _is_whole_safe(self, hidden: Flags) -> bool:
        """Ask in whole numbers; where that says no, a safe choice hides something beside this one.

        Or it shows what has one value only and need not be hidden.
        """
        moves = [
            (cell, [(need, self.room)] if sign > 0 else [(-np.inf, -need)])
            for cell, sign, need in self._ways()
            if need > EXACT
        ]
        others = np.flatnonzero(hidden & ~self.needed & ~self.unseen).tolist()
        moves += [(cell, [(1.0, self.room), (-np.inf, -1.0)]) for cell in others]
        for cell, spans in moves:
            if not any(can_move(self.knot, hidden, cell, low, high, self.room) for low, high in spans):
                line = np.where(hidden | self.shown, 0.0, 1.0)
                if not self.needed[cell]:
                    line[cell] = -1.0
                self.lines.append((line, 1.0 if self.needed[cell] else 0.0))
                return False
        return True

    def _beyond_help(self) -> ShownAlready:
        return ShownAlready() if self.linked.known else ListedInOneOnly()

    # --- a safe choice to begin with -----------------------------------------------------------------------------
    def _first(self) -> Flags:
        """Hide for one small count after the other what its move needs; then more, until whole numbers agree."""
        hidden: Flags = self.needed | self.forced | self.unseen
        for cell, sign, need in self._ways():
            if need > EXACT:
                hidden = hidden | self._path(hidden, cell, sign * need)
        while self._add_lines(hidden) or not self._is_whole_safe(hidden):
            open_ = np.flatnonzero((self.lines[-1][0] > 0) & ~hidden & ~self.shown)
            if not len(open_):
                raise self._beyond_help()
            hidden[open_[np.argmin(self.price[open_])]] = True
        return self._without_needless(hidden)

    def _path(self, hidden: Flags, cell: int, move: float) -> Flags:
        """Find the cheapest counts that move along when one moves, in fractions; hidden ones cost nothing."""
        size = self.knot.size
        price = np.where(hidden, 0.0, self.price)
        up = np.where(self.shown, 0.0, self.room)
        down = np.where(self.shown, 0.0, self.depth)
        bounds = np.column_stack([np.zeros(2 * size), np.concatenate([up, down])])
        bounds[cell], bounds[size + cell] = (move, move) if move > 0 else (0, 0), (0, 0) if move > 0 else (-move, -move)
        sums, limits = (csr_array(hstack([rows, -rows])) for rows in (self.knot.sums, self.knot.limits))
        solved = solve_linear(np.concatenate([price, price]), sums, limits, self.knot.slack, bounds)
        if solved.x is None:
            raise self._beyond_help()
        moved = np.abs(solved.x[:size] - solved.x[size:]) > EXACT
        return np.asarray(moved & ~self.shown, bool)

    def _without_needless(self, hidden: Flags) -> Flags:
        """Show again what is hidden for nothing, the dearest first."""
        others = np.flatnonzero(hidden & ~self.needed & ~self.forced & ~self.unseen).tolist()
        for cell in sorted(others, key=lambda one: -self.price[one]):
            if time.monotonic() > self.end:
                break
            less = hidden.copy()
            less[cell] = False
            if not self._add_lines(less) and self._is_whole_safe(less):
                hidden = less
        return hidden
