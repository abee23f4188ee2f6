"""Which steps hold which, and which cover which: whoever subtracts has the cases between them. Without a database.

A step holds another when every form and every sign of the other is one of its own; also a step of another process, for
a process of one's own may look at what a worked one looks at. Steps cover another when every case that shows it shows
one of them: what they count together beyond it are cases in which several of them show, or something else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

from zicht.barriers.holding.rules import Reading

StepOf: TypeAlias = tuple[str, str]  # process and step
Cover: TypeAlias = tuple[StepOf, tuple[StepOf, ...]]  # a step, and those that cover it
MOST_IN_A_COVER = 3  # of more, what they count beyond the step is never small in practice, and they are many
MOST_COVERS = 4  # of one step; the steps that Zicht brings have one at most, and with many protecting does not end


@dataclass(frozen=True)
class Signs:
    """What makes a case show a step: one of these forms, and one of these signals or means."""

    forms: frozenset[str]
    any_of: frozenset[str]

    def hold(self, other: "Signs") -> bool:
        """Tell whether every case that shows the other shows this."""
        return bool(other.pairs) and other.pairs <= self.pairs

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Give the pairs of a form and a sign: a case shows the step when it has one of them."""
        return frozenset((form, sign) for form in self.forms for sign in self.any_of)


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


def covers(signs: Mapping[StepOf, Signs]) -> list[Cover]:
    """Give the steps that others cover, each with the fewest that do; what one step holds is no cover."""
    found: list[Cover] = []
    for whole, own in signs.items():
        near = [step for step, one in signs.items() if step != whole and one.pairs & own.pairs and not one.hold(own)]
        for size in range(2, MOST_IN_A_COVER + 1):
            for parts in combinations(near, size):
                if own.pairs <= frozenset().union(*(signs[part].pairs for part in parts)) and not any(
                    other == whole and set(fewer) < set(parts) for other, fewer in found
                ):
                    found.append((whole, parts))
    return found


def covered_too_often(found: Sequence[Cover]) -> set[StepOf]:
    """Give the steps that so many others cover that they are better not shown: of what is hidden nothing follows."""
    left, gone = list(found), set[StepOf]()
    while left:
        step, times = Counter(whole for whole, _parts in left).most_common(1)[0]
        if times <= MOST_COVERS:
            break
        gone.add(step)
        left = [(whole, parts) for whole, parts in left if not gone.intersection((whole, *parts))]
    return gone


def that_hang_together(signs: Mapping[StepOf, Signs], found: Iterable[Cover]) -> Iterator[tuple[StepOf, ...]]:
    """Give groups of steps that must be protected together; `found` are their covers."""
    groups: list[set[StepOf]] = [{step} for step in signs]
    for steps in (*nested(signs), *((whole, *parts) for whole, parts in found)):
        touched = [group for group in groups if group.intersection(steps)]
        groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    yield from (tuple(step for step in signs if step in group) for group in groups)


def _any_of(reading: Reading, step: str) -> frozenset[str]:
    every = [*reading.by_signal.items(), *reading.by_means.items()]
    return frozenset(sign for sign, steps in every if step in steps)
