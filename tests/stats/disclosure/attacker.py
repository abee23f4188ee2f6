"""Somebody who has tables as they came out, and thinks of everybody by all questions at once.

Nothing here is taken from the code that protects: every count of a table is a sum of the smallest groups that there can
be, one for each combination of answers, and whole numbers of these that fit everything shown are looked for.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Groups = np.ndarray[tuple[int], np.dtype[np.bool_]]
Span = tuple[int, int]
FARTHEST = 5_000  # persons in one of the smallest groups
TOTALS = ("total", "")


class Attacker:
    """Know the answers to each question, and which categories hold which of them."""

    def __init__(self, answers: Mapping[str, Sequence[str]], above: Mapping[str, Sequence[str]] | None = None) -> None:
        self.answers = answers
        self.above = above or {}  # of a category the answers in it
        self.smallest = list(product(*answers.values()))
        self.spans: dict[bytes, Span] = {}
        self.names: dict[bytes, tuple[str, ...]] = {}

    def read(self, text: str, room: int = 0) -> None:
        """Take in a table; a count that is shown is known up to `room` persons, and one that is hidden is not."""
        header, *rows = csv.reader(io.StringIO(text))
        for row in rows:
            place = self.groups(dict(zip(header, row[:-1], strict=False))).tobytes()
            low, high = (0, FARTHEST) if row[-1] == "x" else (max(int(row[-1]) - room, 0), int(row[-1]) + room)
            before = self.spans.get(place, (0, FARTHEST))
            self.spans[place] = (max(low, before[0]), min(high, before[1]))
            self.names[place] = tuple(row[:-1])

    def groups(self, place: Mapping[str, str]) -> Groups:
        """Tell which of the smallest groups are counted at a place."""
        inside = {name: self.above.get(answer, [answer]) for name, answer in place.items() if answer not in TOTALS}
        return np.array(
            [
                all(dict(zip(self.answers, one, strict=True))[name] in found for name, found in inside.items())
                for one in self.smallest
            ]
        )

    def ranges(self) -> dict[tuple[str, ...], Span]:
        """Give the least and the most that every count can be that is not known."""
        lines = np.array([np.frombuffer(place, bool) for place in self.spans], float)
        low, high = (np.array(ends, float) for ends in zip(*self.spans.values(), strict=True))
        open_ = [place for place, span in self.spans.items() if span[0] < span[1]]
        return {self.names[place]: self._range(np.frombuffer(place, bool), lines, low, high) for place in open_}

    def _range(self, wanted: Groups, lines: np.ndarray, low: np.ndarray, high: np.ndarray) -> Span:
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * wanted.astype(float),
                constraints=LinearConstraint(lines, low, high),
                integrality=np.ones(len(wanted), int),
                bounds=Bounds(0, FARTHEST),
            )
            assert found.x is not None, "what was shown must be possible"
            ends.append(round(float(found.x @ wanted)))
        return ends[0], ends[1]


class People:
    """Persons by all questions at once, drawn at random, and tables of them."""

    def __init__(self, seed: int, answers: Mapping[str, Sequence[str]], many: int, unevenly: float = 0.5) -> None:
        self.chance = np.random.default_rng(seed)
        self.answers = answers
        shape = [len(one) for one in answers.values()]
        shares = self.chance.dirichlet(np.full(int(np.prod(shape)), unevenly))
        self.counts = self.chance.multinomial(many, shares).reshape(shape)

    def count(self, place: Mapping[str, str], above: Mapping[str, Sequence[str]] | None = None) -> int:
        """Count who is at a place."""
        counts = self.counts
        for axis, (name, answers) in enumerate(self.answers.items()):
            inside = (above or {}).get(place.get(name, ""), [place.get(name, "total")])
            is_in = [answer in inside or place.get(name, "total") in TOTALS for answer in answers]
            counts = np.compress(is_in, counts, axis)
        return int(counts.sum())

    def table(
        self, names: Sequence[str], above: Mapping[str, Sequence[str]] | None = None, *, total: bool = True
    ) -> str:
        """Write a table by some questions; categories above the answers of one stand among these."""
        uppers = {
            name: [one for one, found in (above or {}).items() if found[0] in self.answers[name]] for name in names
        }
        listed = [[*uppers[name], *self.answers[name], *(["total"] if total else [])] for name in names]
        rows = [[*place, str(self.count(dict(zip(names, place, strict=True)), above))] for place in product(*listed)]
        return "\n".join(",".join(row) for row in [[*names, "count"], *rows]) + "\n"
