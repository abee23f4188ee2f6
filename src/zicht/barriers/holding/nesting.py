"""Which steps hold which: whoever subtracts the one from the other has the cases between them. Without a database.

A step holds another when every form and every sign of the other is one of its own; also a step of another process, for
a process of one's own may look at what a worked one looks at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from zicht.barriers.holding.rules import Reading

StepOf: TypeAlias = tuple[str, str]  # process and step


@dataclass(frozen=True, slots=True)
class Signs:
    """What makes a case show a step: one of these forms, and one of these signals or means."""

    forms: frozenset[str]
    any_of: frozenset[str]

    def hold(self, other: "Signs") -> bool:
        """Tell whether every case that shows the other shows this."""
        return bool(other.any_of) and other.any_of <= self.any_of and other.forms <= self.forms


def signs_of(readings: Iterable[Reading]) -> dict[StepOf, Signs]:
    """Give the signs of every step of some processes."""
    return {
        (reading.process.name, step): Signs(frozenset(reading.process.forms), _any_of(reading, step))
        for reading in readings
        for step in reading.process.steps
    }


def nested(signs: Mapping[StepOf, Signs]) -> list[tuple[StepOf, StepOf]]:
    """Give pairs of steps of which the first shows in every case in which the second does; alike ones once."""
    order = list(signs)
    return [
        (whole, part)
        for whole in order
        for part in order
        if whole != part
        and signs[whole].hold(signs[part])
        and (signs[whole] != signs[part] or order.index(whole) < order.index(part))
    ]


def that_hang_together(signs: Mapping[StepOf, Signs]) -> Iterator[tuple[StepOf, ...]]:
    """Give groups of steps that must be protected together."""
    groups: list[set[StepOf]] = [{step} for step in signs]
    for pair in nested(signs):
        one, other = (next(group for group in groups if step in group) for step in pair)
        if one is not other:
            groups.remove(other)
            one |= other
    yield from (tuple(step for step in signs if step in group) for group in groups)


def _any_of(reading: Reading, step: str) -> frozenset[str]:
    every = [*reading.by_signal.items(), *reading.by_means.items()]
    return frozenset(sign for sign, steps in every if step in steps)
