"""What a model must be to be put in use, and what follows from it: no database, no request."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zicht.words import Barrier, Process, Step

MOST_STEPS = 12  # of one process; more of them are no chain that a meeting can look at


@dataclass(frozen=True, slots=True)
class Cell:
    """What one partner does in one step: its barriers there; one who only sees the step has none."""

    step: str
    sees: bool
    barriers: tuple[Barrier, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether the partner has nothing to do with the step."""
        return not self.sees


@dataclass(frozen=True, slots=True)
class Row:
    """One partner over all steps, from left to right."""

    partner: str
    cells: tuple[Cell, ...]


def is_whole(process: Process) -> bool:
    """Tell whether a draft can be put in use."""
    steps = process.steps.values()
    return bool(steps) and all(
        step.partners and all(_is_whole(step, one) for one in step.barriers.values()) for step in steps
    )


def partners_of(process: Process) -> tuple[str, ...]:
    """Give the partners of a process in the order in which they first come up."""
    return tuple(dict.fromkeys(partner for step in process.steps.values() for partner in step.partners))


def who_does_what(process: Process) -> Iterator[Row]:
    """Give the matrix: a row for each partner, a cell for each step."""
    for partner in partners_of(process):
        cells = (_cell(step, partner) for step in process.steps.values())
        yield Row(partner, tuple(cells))


def steps_by_signal(process: Process) -> Mapping[str, tuple[str, ...]]:
    """Give for each indicator the steps that it shows."""
    found: dict[str, list[str]] = {}
    for step in process.steps.values():
        for signal in step.signals:
            found.setdefault(signal, []).append(step.code)
    return {signal: tuple(steps) for signal, steps in found.items()}


def differences(before: Process, after: Process) -> Iterator[tuple[str, str]]:
    """Give what changed between two versions: `added`, `removed` or `changed`, and the code of a step or barrier."""
    old, new = dict(_parts(before)), dict(_parts(after))
    for code in dict.fromkeys([*old, *new]):
        if code not in old:
            yield "added", code
        elif code not in new:
            yield "removed", code
        elif old[code] != new[code]:
            yield "changed", code


def _parts(process: Process) -> Iterator[tuple[str, object]]:
    for step in process.steps.values():
        yield step.code, (step.label, step.partners, step.facilitators, step.opportunities, step.signals)
        yield from step.barriers.items()


def _cell(step: Step, partner: str) -> Cell:
    own: Iterable[Barrier] = (one for one in step.barriers.values() if partner in one.partners)
    return Cell(step.code, partner in step.partners, tuple(own))


def _is_whole(step: Step, barrier: Barrier) -> bool:
    return bool(barrier.partners) and set(barrier.partners) <= set(step.partners) and bool(barrier.measure.nl)
