"""What a correction may show beside the version before it: whoever has both subtracts one from the other.

A number may change by nothing or by at least the least count that is shown; any other change would tell of single
people, and the number is hidden. What was hidden stays hidden. The same holds for what is left of a sum: when all but
its hidden parts are known in both versions, so is by how much those changed together. Where a whole table changed by
too little to say so, everything that hangs together with it keeps its earlier numbers and waits for the next version.
Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from zicht.figures.protection import Puzzle, hide

Earlier: TypeAlias = Mapping[int, int | None]  # what the version before shows of a number; None where it is hidden


def must_wait(puzzle: Puzzle, earlier: Earlier, wholes: Iterable[int], least: int) -> bool:
    """Tell whether a whole changed, but by fewer than the least count that is shown."""
    return any(_is_telling(puzzle, earlier, place, least) for place in wholes)


def hide_correction(puzzle: Puzzle, earlier: Earlier, least: int) -> frozenset[int]:
    """Give the places of the numbers that a correction does not show."""
    told = {place for place, value in earlier.items() if value is None or _is_telling(puzzle, earlier, place, least)}
    forced = told | puzzle.forced
    while True:
        hidden = hide(replace(puzzle, forced=frozenset(forced)), least)
        more = _tell_together(puzzle, earlier, hidden, least)
        if not more:
            return hidden
        forced |= more


def _is_telling(puzzle: Puzzle, earlier: Earlier, place: int, least: int) -> bool:
    before = earlier.get(place)
    return before is not None and 0 < abs(puzzle.values[place] - before) < least


def _tell_together(puzzle: Puzzle, earlier: Earlier, hidden: frozenset[int], least: int) -> set[int]:
    """Find a number to hide in each sum whose hidden parts changed together by too little."""
    found: set[int] = set()
    for total, parts in puzzle.sums:
        shown = [part for part in parts if part not in hidden]
        if total in hidden or len(shown) == len(parts) or any(earlier.get(one) is None for one in (total, *shown)):
            continue
        changes = {one: puzzle.values[one] - (earlier[one] or 0) for one in (total, *shown)}
        left = changes[total] - sum(changes[one] for one in shown)
        if 0 < abs(left) < least:
            # With one more that changed among them, what they changed by together is another number.
            changed = [one for one in shown if changes[one]] or [total]
            found.add(min(changed, key=lambda one: (abs(changes[one]), puzzle.values[one], one)))
    return found
