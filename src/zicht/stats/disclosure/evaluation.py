"""Compare made-up records with the true ones: what is kept, what is not, and what was made up.

This is for the office alone: it tells of true records, which no noise protects. Counts of true records in it are
rounded to the resolution, so that a copy that strays tells of nobody alone; all else counts combinations, not persons.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zicht.stats.disclosure.records import Records
from zicht.stats.disclosure.synthetic import Wanted, count_combinations
from zicht.stats.results import Json

Combination = frozenset[str]


@dataclass(frozen=True)
class OfLength:
    """Compare combinations of one length.

    `common` occur in as many true records as the resolution or more, and `kept` of these in made-up ones too;
    `made_up` of the `found` in made-up records occur in no true record; `error` is the mean distance between the counts
    of the common ones, as a share of the true count; `rare_kept` of the `rare` ones occur in made-up records.
    """

    length: int
    common: int
    kept: int
    found: int
    made_up: int
    error: float
    rare: int
    rare_kept: int

    def to_json(self) -> dict[str, Json]:
        """Give it under the same names."""
        return {**self.__dict__, "error": round(self.error, 3)}


@dataclass(frozen=True)
class Evaluation:
    """Hold a comparison: for each length, for each answer, and of the records that are the only ones of their kind."""

    wanted: Wanted
    true: int  # records, rounded to the resolution
    made: int
    lengths: tuple[OfLength, ...]
    answers: tuple[tuple[str, str, int, int], ...]  # column, answer, true records (rounded), made-up ones
    alone: int  # true records that no other equals
    alone_made: int  # and how many of these occur among the made-up ones

    def to_json(self) -> dict[str, Json]:
        """Give all of it."""
        return {
            "for": "the office alone: it compares with true records",
            "epsilon": self.wanted.epsilon,
            "delta": self.wanted.delta,
            "resolution": self.wanted.resolution,
            "records": self.true,
            "made_up_records": self.made,
            "combinations": [one.to_json() for one in self.lengths],
            "answers": [list(one) for one in self.answers],
            "alone": self.alone,
            "alone_among_made_up": self.alone_made,
        }


def evaluate(records: Records, made: Sequence[tuple[str, ...]], wanted: Wanted) -> Evaluation:
    """Compare made-up records with the true ones they were made from."""
    others = Records(records.name, records.columns, tuple(made))
    true, false = (count_combinations(one, wanted.length) for one in (records, others))
    kinds, made_kinds = Counter(records.rows), set(made)
    alone = [row for row, count in kinds.items() if count == 1]
    return Evaluation(
        wanted=wanted,
        true=_rounded(len(records.rows), wanted.resolution),
        made=len(made),
        lengths=tuple(_of_length(length, true, false, wanted.resolution) for length in range(1, wanted.length + 1)),
        answers=_answers(records, others, wanted.resolution),
        alone=len(alone),
        alone_made=sum(row in made_kinds for row in alone),
    )


def _of_length(
    length: int, true: Mapping[Combination, int], made: Mapping[Combination, int], resolution: int
) -> OfLength:
    own = {key: count for key, count in true.items() if len(key) == length}
    found = [key for key in made if len(key) == length]
    common = [key for key, count in own.items() if count >= resolution]
    rare = [key for key, count in own.items() if count < resolution]
    errors = [abs(made.get(key, 0) - own[key]) / own[key] for key in common]
    return OfLength(
        length=length,
        common=len(common),
        kept=sum(key in made for key in common),
        found=len(found),
        made_up=sum(key not in own for key in found),
        error=sum(errors) / len(errors) if errors else 0.0,
        rare=len(rare),
        rare_kept=sum(key in made for key in rare),
    )


def _answers(records: Records, others: Records, resolution: int) -> tuple[tuple[str, str, int, int], ...]:
    """Give each answer that is common, or occurs in made-up records, beside how often."""
    found = []
    for at, column in enumerate(records.columns):
        true, made = (Counter(row[at] for row in one.rows) for one in (records, others))
        for answer in sorted(true.keys() | made.keys()):
            if true[answer] >= resolution or made[answer]:
                found.append((column, answer, _rounded(true[answer], resolution), made[answer]))
    return tuple(found)


def _rounded(count: int, base: int) -> int:
    return base * round(count / base)
