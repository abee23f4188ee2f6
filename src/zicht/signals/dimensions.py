"""The dimension rule: which dimensions some signals fill, and what that suggests; a person decides, never this.

Rule of a dimension: International Labour Office and European Commission, "Operational indicators of trafficking in
human beings", Geneva 2009, which asked experts in a Delphi survey: a dimension is positive with two strong signals, or
one strong and one medium or weak, or three medium, or two medium and one weak. Which signal is strong, medium or weak
stands in the words (indicators.csv) and is to be reviewed by practitioners. Context fills nothing.

What the dimensions say together follows article 3 of the UN Trafficking Protocol (2000): means and purpose, and of
somebody under 18 the purpose alone. The act itself is for a person to establish. The same in JavaScript:
contact/static/contact/signs/dimensions.js; both must give tests/signals/vectors/dimensions.json.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

STRONG, MEDIUM, WEAK = "strong", "medium", "weak"
CONTEXT = "context"
# The fewest signals that make a dimension positive, as the survey gives them: (strong, medium, weak).
COMBINATIONS = ((2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 3, 0), (0, 2, 1))
PURPOSE = "purpose"
MEANS = frozenset({"means", "act_means"})
COUNTING = frozenset({"noted", "confirmed"})  # codes of list signal_state; what is absent or rejected counts nowhere

# What the dimensions suggest together.
NOTHING = "nothing"
PART = "part"
MEANS_AND_PURPOSE = "means_and_purpose"
PURPOSE_OF_MINOR = "purpose_of_minor"


class IndicatorLike(Protocol):
    """What the rule must know about an indicator."""

    @property
    def dimension(self) -> str:
        """Give a code of list dimension."""

    @property
    def strength(self) -> str:
        """Give a code of list strength."""

    @property
    def palermo_element(self) -> str:
        """Give act_means, means, purpose or none."""


@dataclass(frozen=True)
class Dimension:
    """A dimension with the signals that were noted in it, in the order of the catalogue."""

    code: str
    element: str
    signals: tuple[str, ...]
    is_positive: bool


@dataclass(frozen=True)
class Suggestion:
    """What the signals suggest: a kind, every dimension that has a signal, and the signals that the kind rests on."""

    kind: str
    dimensions: tuple[Dimension, ...]
    rests_on: tuple[str, ...]


def counting(signals: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give the indicators that count, of pairs of an indicator and a code of list signal_state."""
    return frozenset(indicator for indicator, state in signals if state in COUNTING)


def is_positive(strengths: Iterable[str]) -> bool:
    """Tell whether signals of these strengths (codes of list strength) make their dimension positive."""
    counts = Counter(strengths)
    strong, medium, weak = counts[STRONG], counts[MEDIUM], counts[WEAK]
    return any(strong >= s and medium >= m and weak >= w for s, m, w in COMBINATIONS)


def weigh(noted: Iterable[str], catalogue: Mapping[str, IndicatorLike]) -> tuple[Dimension, ...]:
    """Give each dimension in which a signal was noted, in the order of the catalogue.

    `noted` are codes of indicators, as `counting` gives them; the same code twice is one signal. Raises KeyError for a
    code that the catalogue does not have.
    """
    known = {code: catalogue[code] for code in noted}
    found: dict[str, list[str]] = {}
    for code in catalogue:
        if code in known:
            found.setdefault(known[code].dimension, []).append(code)
    return tuple(
        Dimension(
            dimension,
            known[codes[0]].palermo_element,
            tuple(codes),
            dimension != CONTEXT and is_positive(known[code].strength for code in codes),
        )
        for dimension, codes in found.items()
    )


def suggest(
    noted: Iterable[str], catalogue: Mapping[str, IndicatorLike], *, is_minor: bool | None = None
) -> Suggestion:
    """Give what signals suggest about a situation; `is_minor` is None when nobody knows. Raises as `weigh` does."""
    dimensions = weigh(noted, catalogue)
    positive = [one for one in dimensions if one.is_positive]
    purpose = any(one.element == PURPOSE for one in positive)
    if purpose and any(one.element in MEANS for one in positive):
        kind = MEANS_AND_PURPOSE
    elif purpose and is_minor:
        kind = PURPOSE_OF_MINOR
    else:
        kind = PART if positive else NOTHING
    return Suggestion(kind, dimensions, tuple(code for one in positive for code in one.signals))
