"""Say how far readers of one source agree, beyond what chance would give. No database, no request.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46.
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import permutations

Label = Hashable


def cohens_kappa(one: Sequence[Label], other: Sequence[Label]) -> float | None:
    """Give kappa of two readers who labelled the same units, in order: (observed - expected) / (1 - expected).

    None when it is not defined: no unit, or both gave one and the same label to all. Raises ValueError when the
    readers labelled different numbers of units.
    """
    if len(one) != len(other):
        raise ValueError("both readers label the same units")
    if not one:
        return None
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    counts, others = Counter(one), Counter(other)
    expected = sum(counts[label] * others[label] for label in counts) / len(one) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorffs_alpha(units: Iterable[Sequence[Label | None]]) -> float | None:
    """Give alpha for nominal labels, of any number of readers: 1 - observed / expected disagreement.

    Each unit holds one label a reader; None where a reader gave none. None when it is not defined: nowhere two labels
    to compare, or one label everywhere.
    """
    pairable = [[label for label in unit if label is not None] for unit in units]
    pairable = [unit for unit in pairable if len(unit) > 1]
    totals = Counter(label for unit in pairable for label in unit)
    count = totals.total()
    if count < 2:
        return None
    observed = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in pairable) / count
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2)) / (count * (count - 1))
    return None if expected == 0 else 1 - observed / expected
