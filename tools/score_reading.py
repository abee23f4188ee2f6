"""Score `zicht.reading` against hand-made lists: `make score-reading`. The README beside them says what is right."""

import csv
import math
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zicht.reading.figures import Figure
from zicht.reading.read import Reading, read_text

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
OVERLAP = 0.5  # intersection over union that makes two spans one
CLOSE = 1e-6  # relative
SAME_UNIT = {("share", "percent"): 100, ("percent", "share"): 0.01}  # by what the first has to be multiplied
ARTICLES = ("de ", "het ", "een ", "the ", "a ", "an ")


class Placed(Protocol):
    """Something with a place in the text."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""


@dataclass(frozen=True)
class Fact:
    """One row of facts.csv."""

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    approx: bool
    unit: str
    period: str
    claimant: str
    via: str
    score: str


@dataclass(frozen=True)
class Score:
    """How many of one kind were found: right, found in all, and to be found."""

    doc: str
    kind: str
    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Give the share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Give the share of what was to be found that was."""
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        return (
            f"{self.doc:<26} {self.kind:<12} {self.right:>5} {self.found:>6} {self.wanted:>7} "
            f"{self.precision:>10.3f} {self.recall:>7.3f}"
        )


def main() -> int:
    """Print the table, and each figure and name that is wrong or missing."""
    if not (SHARED / "data" / "seeds").is_dir():
        print("There is nothing to score against: the folder ../shared with the hand-made lists is not here.")
        return 0
    facts, names = read_facts(SHARED / "data/seeds/facts.csv"), read_names(SHARED / "data/seeds/entities.csv")
    print(f"{'document':<26} {'kind':<12} {'right':>5} {'found':>6} {'wanted':>7} {'precision':>10} {'recall':>7}")
    notes: list[str] = []
    scores: list[Score] = []
    for doc in sorted(facts):
        # Untouched: a translated line end would move every place behind it.
        reading = read_text((SHARED / "seeds" / doc).read_bytes().decode("utf-8"))
        scores += score(doc, reading, facts[doc], names[doc])
        notes += complain(doc, reading, facts[doc], names[doc])
    for one in [*scores, *sum_up(scores)]:
        print(one)
    print(*notes, sep="\n")
    return 0


def read_facts(file: Path) -> dict[str, list[Fact]]:
    """Give the facts by document."""
    facts = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            facts[row["doc"]].append(
                Fact(
                    int(row["start"]), int(row["end"]), row["text"], _number(row["low"]), _number(row["high"]),
                    row["approx"] == "1", row["unit"], row["period_edtf"], row["claimant"], row["via"], row["score"],
                )
            )  # fmt: skip
    return facts


def read_names(file: Path) -> dict[str, set[str]]:
    """Give the distinct forms of names by document; groups without a name are not scored."""
    forms: dict[str, set[str]] = defaultdict(set)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if "(unnamed)" not in row["type"]:
                forms[row["doc"]].update(row["forms"].split(";"))
    return forms


def score(doc: str, reading: Reading, facts: list[Fact], names: set[str]) -> list[Score]:
    """Give the scores of one document by kind."""
    pairs = match(reading.figures, facts)
    wanted = [fact for fact in facts if fact.score == "figure"]
    right = len(pairs)
    counted = right + len(wrong_figures(reading.figures, facts))
    exact = sum((figure.start, figure.end) == (fact.start, fact.end) for figure, fact in pairs)
    said = sum(bare(figure.attributed_to) == bare(fact.claimant) for figure, fact in pairs)
    via = sum(bare(figure.via) == bare(fact.via) for figure, fact in pairs)
    dated = [fact for fact in facts if fact.score == "date"]
    dates = sum(
        any(overlap(date, fact) >= OVERLAP and date.edtf == fact.period for date in reading.dates) for fact in dated
    )
    found = {name.text for name in reading.names}
    return [
        Score(doc, "figures", right, counted, len(wanted)),
        Score(doc, "exact spans", exact, right, right),
        Score(doc, "claimants", said, right, right),
        Score(doc, "via", via, right, right),
        Score(doc, "dates", dates, len([date for date in reading.dates if date.edtf]), len(dated)),
        Score(doc, "names", len(found & names), len(found), len(names)),
    ]


def sum_up(scores: list[Score]) -> list[Score]:
    """Give the sums by kind over all documents."""
    kinds = dict.fromkeys(one.kind for one in scores)
    of_kind = {kind: [one for one in scores if one.kind == kind] for kind in kinds}
    return [
        Score(
            "all", kind, sum(one.right for one in them), sum(one.found for one in them), sum(one.wanted for one in them)
        )
        for kind, them in of_kind.items()
    ]


def match(figures: Sequence[Figure], facts: list[Fact]) -> list[tuple[Figure, Fact]]:
    """Pair figures and facts one to one that are the same in place, values, approximation and unit."""
    pairs, free = [], [fact for fact in facts if fact.score == "figure"]
    for figure in figures:
        best = max(free, key=lambda fact: overlap(figure, fact), default=None)
        if best is not None and overlap(figure, best) >= OVERLAP and is_right(figure, best):
            pairs.append((figure, best))
            free.remove(best)
    return pairs


def wrong_figures(figures: Sequence[Figure], facts: list[Fact]) -> list[Figure]:
    """Give the figures that are right nowhere and do not lie over what may be found or not."""
    right = {figure.start for figure, _ in match(figures, facts)}
    optional = [fact for fact in facts if fact.score == "optional"]
    return [one for one in figures if one.start not in right and not any(overlap(one, fact) for fact in optional)]


def is_right(figure: Figure, fact: Fact) -> bool:
    """Answer whether values, approximation and unit are the same; percent and share are one unit."""
    units = (figure.unit, fact.unit)
    factor = SAME_UNIT.get(units, 1)
    is_unit = figure.unit == fact.unit or units in SAME_UNIT
    is_close = _is_close(figure.low, fact.low, factor) and _is_close(figure.high, fact.high, factor)
    return is_unit and is_close and figure.approx == fact.approx


def overlap(one: Placed, other: Placed) -> float:
    """Give the intersection over union of two places."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def bare(words: str) -> str:
    """Give the words for a claimant without article, capitals and the short name in brackets behind them."""
    lower = re.sub(r"\s*\([^()]*\)$", "", words.lower().strip())
    return next((lower.removeprefix(article) for article in ARTICLES if lower.startswith(article)), lower)


def complain(doc: str, reading: Reading, facts: list[Fact], names: set[str]) -> list[str]:
    """Give a line for everything that is wrong or missing."""
    pairs = match(reading.figures, facts)
    found, met = {name.text for name in reading.names}, {fact for _, fact in pairs}
    return [
        *(f"{doc}: wrong figure “{one.text}”" for one in wrong_figures(reading.figures, facts)),
        *(f"{doc}: missed figure “{one.text}”" for one in facts if one.score == "figure" and one not in met),
        *(
            f"{doc}: “{figure.text}” is said by “{fact.claimant}”, read “{figure.attributed_to}”"
            for figure, fact in pairs
            if bare(figure.attributed_to) != bare(fact.claimant)
        ),
        *(f"{doc}: no name “{name}”" for name in sorted(found - names)),
        *(f"{doc}: missed name “{name}”" for name in sorted(names - found)),
    ]


def _number(text: str) -> float | None:
    return float(text) if text else None


def _is_close(found: float | None, wanted: float | None, factor: float) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return math.isclose(found * factor, wanted, rel_tol=CLOSE)


if __name__ == "__main__":
    sys.exit(main())
