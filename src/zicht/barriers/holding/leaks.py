"""What the page of sums shows: by process and step how many cases came through, with what is hidden drawn as hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from zicht.barriers.holding.sums import ALL, BLOCKED, CONFIRMED, OPEN, key_of
from zicht.barriers.models import BarrierModel, Sum
from zicht.barriers.rules import EVERYWHERE, REGIONS, days_of, half_year_of, region_of
from zicht.people.code_fields import language
from zicht.people.models import Account


@dataclass(frozen=True)
class Leak:
    """One step: counts that may be shown, None where they are hidden; the bar is in percent of the longest.

    `around` is how often nothing stood in the region around a province.
    """

    step: str
    name: str
    nothing: int | None
    around: int | None
    stood: int | None
    confirmed: int | None
    signals: int | None
    before: int | None
    bar: int


@dataclass(frozen=True)
class LeakTable:
    """The steps of one process; `most` is the step through which most cases came, as far as it can be told.

    `has_around` says whether any region is shown: sums that were made before regions were counted hold none, and what
    was never counted must not look like a count that is hidden.
    """

    process: str
    name: str
    leaks: list[Leak]
    most: Leak | None
    has_around: bool


def periods_of(reader: Account) -> list[str]:
    """Give the half-years of which sums were made, the newest first."""
    return sorted(set(Sum.objects.visible_to(reader).values_list("period", flat=True)), reverse=True)


def periods_to_make(reader: Account, first: str, today: str) -> list[str]:
    """Give the half-years that are over and have no sums yet, the oldest first."""
    made, found, period = set(periods_of(reader)), [], first
    while period < today:
        if period not in made:
            found.append(period)
        end = days_of(period)[1]
        period = f"{end.year + 1}-1" if end.month == 12 else half_year_of(end.replace(month=12))
    return found


def tables_of(reader: Account, period: str, area: str) -> list[LeakTable]:
    """Show the sums of a half-year for an area, beside those of the half-year before."""
    sums = {(one.kind, one.period): one for one in Sum.objects.visible_to(reader)}
    now = _counts(sums, "cases", period)
    before, signals = _counts(sums, "cases", _before(period)), _counts(sums, "signals", period)
    models = BarrierModel.objects.visible_to(reader).filter(state="published").order_by("process")
    return [_table(model, area, now, before, signals) for model in models]


def _table(
    model: BarrierModel, area: str, now: Mapping[str, int], before: Mapping[str, int], signals: Mapping[str, int]
) -> LeakTable:
    process = model.steps
    longest = max([now.get(key_of(process.name, code, area, OPEN), 0) for code in process.steps] + [1])
    leaks = []
    for code, step in process.steps.items():
        key = partial(key_of, process.name, code)
        nothing = now.get(key(area, OPEN))
        leaks.append(
            Leak(
                step=code,
                name=step.label.in_language(language()),
                nothing=nothing,
                around=now.get(key(region_of(area), OPEN)),
                stood=now.get(key(area, BLOCKED)),
                confirmed=now.get(key(area, CONFIRMED)),
                signals=signals.get(key(EVERYWHERE, ALL)),
                before=before.get(key(area, OPEN)),
                bar=round(100 * (nothing or 0) / longest),
            )
        )
    told = [leak for leak in leaks if leak.nothing is not None]
    most = max(told, key=lambda leak: leak.nothing or 0) if told else None
    has_around = any(key.split("/")[2] in REGIONS for key in now)
    return LeakTable(process.name, process.label.in_language(language()), leaks, most, has_around)


def _counts(sums: Mapping[tuple[str, str], Sum], kind: str, period: str) -> Mapping[str, int]:
    found = sums.get((kind, period))
    return found.counts if found else {}


def _before(period: str) -> str:
    year, half = int(period[:4]), period[5:]
    return f"{year}-1" if half == "2" else f"{year - 1}-2"
