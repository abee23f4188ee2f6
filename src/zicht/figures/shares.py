"""Work out which share one part has, over those of whom the part is known (rule `share` of the standard tables)."""

from dataclasses import dataclass

from zicht.figures.amounts import Amount, add_up, exactly
from zicht.figures.breakdowns import Breakdown

# The part whose share is said. Of forms it is the one stated most often.
SAID = {"sex": "female", "age": "child"}


@dataclass(frozen=True, slots=True)
class Share:
    """Hold a share of one year: percentages are whole, and two where masked counts leave room."""

    part: str
    year: int
    amount: Amount
    known: Amount
    low: int
    high: int
    is_largest: bool


def share_in(breakdown: Breakdown, year: int, code: str = "") -> Share | None:
    """Give the share of a part in a year; None when it is not stated, or anything between 0 and 100%.

    share = n(part) / n(known). Its low bound has the part at its least and the rest at its most; the high one is the
    other way round. Neither has more people known than were counted; that a masked part may have less room beside the
    others than its own bound is left alone, so that no masked count is told by subtraction.
    """
    amounts = {part.code: part.amounts[year] for part in breakdown.parts if year in part.amounts}
    code = code or SAID.get(breakdown.code) or _largest(amounts)
    if code not in amounts:
        return None
    known = _known(breakdown, year, list(amounts.values()))
    part = amounts.pop(code)
    if known.low == 0:  # of nobody the part is surely known
        return None
    rest = add_up(list(amounts.values())) or exactly(0)
    low = percentage_of(part.low, min(part.low + rest.high, known.high))
    most = min(part.high + rest.low, known.high)
    high = percentage_of(min(part.high, most), most)
    is_largest = all(amount.is_surely_less_than(part) for amount in amounts.values())
    return Share(code, year, part, known, low, high, is_largest)


def _known(breakdown: Breakdown, year: int, amounts: list[Amount]) -> Amount:
    """Add up the parts. By sex and by age each person counts once, so together they are no more than the total."""
    known = add_up(amounts) or exactly(0)
    total = breakdown.total.get(year)
    if breakdown.code not in SAID or total is None or year in breakdown.exceeding or known.high <= total.high:
        return known
    return Amount(known.low, total.high)


def percentage_of(part: int, whole: int) -> int:
    """Round to a whole percentage, a half upwards, without the errors of binary fractions."""
    return (200 * part + whole) // (2 * whole)


def _largest(amounts: dict[str, Amount]) -> str:
    return max(amounts, key=lambda code: (amounts[code].low, amounts[code].high), default="")
