"""Remember what a cell became: in a hundred thousand rows the same few terms and days come back all the time."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from zicht.cases.exchange.report import Loss
from zicht.cases.exchange.shapes import Bundle, CellProblem, Mapped

P = ParamSpec("P")
MOST_REMEMBERED = 50_000  # cells of one file; a day or a term of ours has far fewer values


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold what some cells became: values by field, losses and problems."""

    values: tuple[tuple[str, object], ...]
    losses: tuple[Loss, ...]
    problems: tuple[CellProblem, ...]

    def add_to(self, mapped: Mapped) -> tuple[tuple[str, object], ...]:
        """Count losses and problems for a row, and give the values."""
        if self.losses:
            mapped.losses += self.losses
        if self.problems:
            mapped.problems += self.problems
        return self.values


class Pieces:
    """Work out each cell once."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Piece] = {}

    def get(
        self,
        key: Hashable,
        work: Callable[Concatenate[Mapped, P], Iterable[tuple[str, object]]],
        *args: P.args,
        **options: P.kwargs,
    ) -> Piece:
        """Give the piece for a key, worked out by `work` the first time; never for what is about one person only."""
        piece = self._known.get(key)
        if piece is None:
            aside = Mapped(Bundle())
            piece = Piece(tuple(work(aside, *args, **options)), tuple(aside.losses), tuple(aside.problems))
            if len(self._known) < MOST_REMEMBERED:
                self._known[key] = piece
        return piece
