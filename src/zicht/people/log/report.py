"""What a check of the access log found, in sentences for the person who has to act on it."""

from dataclasses import dataclass, field
from enum import IntEnum

from zicht.people.log.chain import START, Broken, End


class State(IntEnum):
    """Name the outcome of a check; the number is the exit code of `zicht verify-log`."""

    FINE = 0
    BROKEN = 1
    UNCHECKED = 2


@dataclass(slots=True)
class Report:
    """Hold the findings; `last` is the place to write down on paper, `unsealed` counts the lines behind the last seal.

    `seals` counts those whose signature and line were both checked; those about pruned lines are in `seals_pruned`.
    """

    lines: int = 0
    first: int = 0
    last: End = START
    pruned_through: int = 0
    seals: int = 0
    seals_pruned: int = 0
    unsealed: int = 0
    key_ids: set[str] = field(default_factory=set)
    broken_at: Broken | None = None
    problems: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def state(self) -> State:
        """Tell the outcome: something wrong outweighs something that could not be checked."""
        if self.problems:
            return State.BROKEN
        return State.UNCHECKED if self.unchecked else State.FINE

    def sentences(self) -> list[str]:
        """Give the report as sentences, the outcome last."""
        figures = [
            f"Lines checked: {self.lines}" + (f", from {self.first} to {self.last.sequence}." if self.lines else "."),
            f"Pruned through line: {self.pruned_through or 'none'}.",
            f"Seals checked: {self.seals}, and {self.seals_pruned} about lines that were pruned since.",
            f"Lines behind the last seal: {self.unsealed}.",
            *(f"Key used: {key_id}" for key_id in sorted(self.key_ids)),
            f"Last line and its hash: {self.last}",
        ]
        notes = [f"Note: {note}" for note in self.notes]
        wrong = [f"WRONG: {problem}" for problem in self.problems]
        unchecked = [f"NOT CHECKED: {reason}" for reason in self.unchecked]
        return [*figures, *notes, *unchecked, *wrong, OUTCOMES[self.state]]


OUTCOMES = {
    State.FINE: "The access log is sound.",
    State.BROKEN: "The access log is NOT sound. Change nothing, keep a copy of the database and the folder of keys, "
    "and tell the privacy officer.",
    State.UNCHECKED: "The access log could not be checked completely.",
}
