"""What a model must be to be put in use, and what follows from it: no database, no request."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zicht.words import Barrier, Label, Process, Step

# Of one process; more is no chain that a meeting can look at, and no sheet that hangs on a wall.
MOST_STEPS = 12
MOST_BARRIERS = 12  # of a step
MOST_SIGNALS = 20  # of a step


@dataclass(frozen=True, slots=True)
class Cell:
    """What one partner does in one step: its barriers there; one who only sees the step has none."""

    step: str
    sees: bool
    barriers: tuple[Barrier, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One partner over all steps, from left to right."""

    partner: str
    cells: tuple[Cell, ...]


def is_whole(process: Process) -> bool:
    """Tell whether a draft can be put in use."""
    return bool(process.steps) and not set(not_whole(process))


def not_whole(process: Process) -> Iterator[str]:
    """Give the codes of steps and barriers that somebody must go on with before a draft can be put in use."""
    for step in process.steps.values():
        if not step.partners:
            yield step.code
        yield from (code for code, one in step.barriers.items() if not _is_whole(step, one))


def partners_of(process: Process) -> tuple[str, ...]:
    """Give the partners of a process in the order in which they first come up."""
    return tuple(dict.fromkeys(partner for step in process.steps.values() for partner in step.partners))


def who_does_what(process: Process) -> Iterator[Row]:
    """Give the matrix: a row for each partner, a cell for each step."""
    for partner in partners_of(process):
        cells = (_cell(step, partner) for step in process.steps.values())
        yield Row(partner, tuple(cells))


def differences(before: Process, after: Process) -> Iterator[tuple[str, str, Label]]:
    """Give what changed between two versions: `added`, `removed` or `changed`, and code and name of the part."""
    old, new = dict(_parts(before)), dict(_parts(after))
    for code in dict.fromkeys([*old, *new]):
        if code not in old:
            yield "added", code, new[code].label
        elif code not in new:
            yield "removed", code, old[code].label
        elif old[code] != new[code]:
            yield "changed", code, new[code].label


def _parts(process: Process) -> Iterator[tuple[str, Step | Barrier]]:
    for step in process.steps.values():
        yield step.code, replace(step, barriers={})
        yield from step.barriers.items()


def _cell(step: Step, partner: str) -> Cell:
    own: Iterable[Barrier] = (one for one in step.barriers.values() if partner in one.partners)
    return Cell(step.code, partner in step.partners, tuple(own))


def _is_whole(step: Step, barrier: Barrier) -> bool:
    return bool(barrier.partners) and set(barrier.partners) <= set(step.partners) and bool(barrier.measure.nl)
