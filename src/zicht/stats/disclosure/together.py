"""Find a safe choice in thousands of counts that hang together, by asking about many of them at once.

To ask about each small count alone takes two linear programs a count. One program can instead move as many counts as
it can, each up or down as far as it must be able to move; its solution, where it is in whole numbers, is a table that a
reader cannot tell from the true one, and so shows of all these counts at once that they are safe. What cannot move
among hidden counts gets partners: the same program may then move shown counts too, for a price. The fewer are asked for
at once, the fewer partners are found, and the longer it takes.

The directions are drawn, always the same ones for the same counts.
"""

import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack, vstack

from zicht.stats.disclosure.attack import EXACT, Flags, Floats, Knot, can_move
from zicht.stats.disclosure.errors import ShownAlready

Signs = NDArray[np.int64]
SEED = 1
REWARD = 5_000.0  # for one person of a move that is wanted: any path of shown counts is worth it
FAR = 20.0  # times the room upwards: how far downwards a solution goes
GOOD = 0.9  # a question that leaves more than this share open asked for too much at once
SMALLEST_SHARE = 0.1  # of the open moves, asked for at once among what is hidden
PARTNERS_SHARE = 0.03  # of the open moves, asked for at once where partners may be found
FEW, OTHER_DRAWS = 20, 6  # open moves, and how often others are drawn before one of so few gets partners
MOST_IN_VAIN = 50  # questions


@dataclass
class Together:
    """Counts of one knot, and how far each must be able to move, in persons.

    `up` and `down` have shape (n,), 0 where nothing is wanted; a count that is hidden beside these must have a second
    value. `price` is what hiding one costs; `shown` cannot be hidden any more; `unseen` stand in no table. `room` is
    how far upwards a reader looks, in persons.
    """

    knot: Knot
    up: Floats
    down: Floats
    price: Floats
    shown: Flags
    unseen: Flags
    room: float
    forced: Flags | None = None  # is hidden whatever it is
    step: float = PARTNERS_SHARE
    # On the monotonic clock: partners are looked for in ever larger steps as it comes near. Without an end the same
    # counts always give the same choice, on a busy machine too.
    end: float = np.inf
    hidden: Flags = field(init=False)
    reached_up: Floats = field(init=False)
    reached_down: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.draws = np.random.default_rng(SEED)
        self.begun = time.monotonic()
        # Nobody has to look farther than this, and a solver reckons better with numbers of one size.
        self.far = FAR * self.room
        # What the true numbers break is no limit that anybody knows.
        self.slack = np.clip(self.knot.slack, 0.0, self.far)
        self.needed = (self.up > EXACT) | (self.down > EXACT)
        self.hidden = self.needed | self.unseen | self._is_forced()
        self.reached_up, self.reached_down = np.zeros(self.knot.size), np.zeros(self.knot.size)

    def choose(self) -> Flags:
        """Give a safe choice. Raises ShownAlready when earlier releases show too much."""
        share, in_vain, again = 1.0, 0, 0
        while open_ := self._open():
            self._move(share, with_partners=False)
            left = self._open()
            in_vain = in_vain + 1 if left == open_ else 0
            if left <= GOOD * open_:
                continue
            if share > max(SMALLEST_SHARE, 3 / left):
                share /= 2
                continue
            # Of a few, all may have been drawn in directions that do not go together.
            again += 1
            if again % OTHER_DRAWS and left <= FEW:
                continue
            share = 1.0 if self._move(max(self._step(), 2 / left), with_partners=True) else SMALLEST_SHARE
            if in_vain > MOST_IN_VAIN:
                self._ask_one_by_one()
        return self.hidden

    def _is_forced(self) -> Flags:
        return np.zeros(self.knot.size, bool) if self.forced is None else self.forced

    # --- what is wanted ------------------------------------------------------------------------------------------
    def _open(self) -> int:
        up, down, either = self._wanted()
        return int(up.sum() + down.sum() + either.sum())

    def _wanted(self) -> tuple[Flags, Flags, Flags]:
        """Give what must still be shown to move upwards, downwards, and one way or the other."""
        up, down = self.reached_up < self.up - EXACT, self.reached_down < self.down - EXACT
        beside = self.hidden & ~self.needed & ~self.unseen
        return up, down, beside & (self.reached_up < 1 - EXACT) & (self.reached_down < 1 - EXACT)

    def _step(self) -> float:
        """Give how much to ask for at once where partners may be found: more and more when time runs out."""
        gone = (time.monotonic() - self.begun) / max(self.end - self.begun, EXACT)
        return min(self.step * max(1.0, (2 * gone) ** 4), 1.0)

    def _drawn(self, share: float) -> tuple[Signs, Floats]:
        """Draw a share of what is wanted: the direction of each, and how far it must move."""
        part = self.draws.random(self.knot.size) < share
        up, down, either = (wanted & part for wanted in self._wanted())
        heads = self.draws.random(self.knot.size) < 0.5
        signs = np.where(up & down | either, np.where(heads, 1, -1), np.where(up, 1, np.where(down, -1, 0)))
        # A count of nobody cannot be lower.
        signs = np.where(either & (self.knot.truth < 1), 1, signs)
        return signs, np.where(either, 1.0, np.where(signs > 0, self.up, self.down))

    # --- one question --------------------------------------------------------------------------------------------
    def _move(self, share: float, *, with_partners: bool) -> bool:
        """Move what can be moved of a share of what is wanted; tell whether partners were found."""
        signs, needs = self._drawn(share)
        moves = self._solve(signs, needs, ~self.shown if with_partners else self.hidden)
        partners = (np.abs(moves) > EXACT) & ~self.hidden
        self.hidden = self.hidden | partners
        whole = np.round(moves)
        if np.abs(moves - whole).max() < EXACT and self._is_possible(whole):
            self.reached_up = np.maximum(self.reached_up, whole)
            self.reached_down = np.maximum(self.reached_down, -whole)
        return bool(partners.any())

    def _is_possible(self, moves: Floats) -> bool:
        """Check a solution in whole numbers, whatever the solver says of it."""
        knot = self.knot
        holds = not (knot.sums @ moves).any() and bool((knot.limits @ moves <= self.slack + EXACT).all())
        return holds and bool((knot.truth + moves >= 0).all()) and not moves[~self.hidden].any()

    def _solve(self, signs: Signs, needs: Floats, may_move: Flags) -> Floats:
        """Move wanted counts their way as far as they need, and shown ones as little as that takes.

        Minimise price @ p - REWARD * sum(t) over moves x, wanted moves t and sizes p of the moves of shown counts, with
        sums @ x = 0, limits @ x <= slack, t <= sign * x, t <= need, -p <= x <= p.
        """
        columns, wanted = np.flatnonzero(may_move), np.flatnonzero(signs)
        place = np.zeros(self.knot.size, int)
        place[columns] = np.arange(len(columns))
        paid = np.flatnonzero(~self.hidden[columns])
        size, first_paid = len(columns) + len(wanted) + len(paid), len(columns) + len(wanted)
        own = np.arange(len(columns), first_paid)
        rows = [_pairs(own, place[wanted], 1.0, -signs[wanted].astype(float), size)]
        rows += [
            _pairs(paid, np.arange(first_paid, size), sign, np.full(len(paid), -1.0), size) for sign in (1.0, -1.0)
        ]
        limits, kept = _narrow(self.knot.limits, columns, size)
        sums, _ = _narrow(self.knot.sums, columns, size)
        rewards = REWARD * (1 + self.draws.random(len(wanted)))
        # The types know no sparse rows.
        solved = linprog(  # type: ignore[call-overload]
            np.concatenate([np.zeros(len(columns)), -rewards, self.price[columns[paid]]]),
            A_ub=csr_array(vstack([*rows, limits])),
            b_ub=np.concatenate([np.zeros(len(wanted) + 2 * len(paid)), self.slack[kept]]),
            A_eq=sums if sums.shape[0] else None,
            b_eq=np.zeros(sums.shape[0]) if sums.shape[0] else None,
            bounds=np.column_stack(
                [
                    np.concatenate(
                        [-np.minimum(self.knot.truth[columns], self.far), np.zeros(len(wanted) + len(paid))]
                    ),
                    np.concatenate([np.full(len(columns), self.room), needs[wanted], np.full(len(paid), np.inf)]),
                ]
            ),
            method="highs-ds",
        )
        moves = np.zeros(self.knot.size)
        if solved.x is not None:  # nobody moving is always a solution, whatever a solver says of large numbers
            moves[columns] = solved.x[: len(columns)]
        return moves

    # --- where many at once lead nowhere -------------------------------------------------------------------------
    def _ask_one_by_one(self) -> None:
        """Ask for each count alone, in whole numbers; hide everything that may be hidden where that does not do."""
        for hidden in (self.hidden, ~self.shown | self.unseen):
            self.hidden = hidden
            if all(
                self._can_move_alone(cell) for cell in np.flatnonzero(np.logical_or.reduce(self._wanted())).tolist()
            ):
                return
        raise ShownAlready

    def _can_move_alone(self, cell: int) -> bool:
        up, down, either = (bool(wanted[cell]) for wanted in self._wanted())
        spans = {1: (max(self.up[cell], 1.0), self.room), -1: (-np.inf, -max(self.down[cell], 1.0))}
        found = {sign: can_move(self.knot, self.hidden, cell, *spans[sign], self.room) for sign in (1, -1)}
        if (up and not found[1]) or (down and not found[-1]) or (either and not any(found.values())):
            return False
        self.reached_up[cell] = max(self.reached_up[cell], spans[1][0] if found[1] else 0.0)
        self.reached_down[cell] = max(self.reached_down[cell], -spans[-1][1] if found[-1] else 0.0)
        return True


def _pairs(ones: NDArray[np.int64], others: NDArray[np.int64], value: float, values: Floats, size: int) -> coo_array:
    """Give a row for each pair of columns: a value in the one, another in the other."""
    lines = np.arange(len(ones))
    data = np.concatenate([np.full(len(ones), value), values])
    return coo_array((data, (np.concatenate([lines, lines]), np.concatenate([ones, others]))), shape=(len(ones), size))


def _narrow(rows: csr_array, columns: NDArray[np.int64], size: int) -> tuple[csr_array, NDArray[np.int64]]:
    """Keep some columns, and the rows that have any of them; more columns follow until there are `size`."""
    own = csr_array(rows[:, columns])
    kept = np.flatnonzero(np.diff(own.indptr))
    own = csr_array(own[kept])
    return csr_array(hstack([own, csr_array((own.shape[0], size - len(columns)))])), kept
