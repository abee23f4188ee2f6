"""Sum cases and signals by step, for a meeting that sees which step leaks most and never a case.

Each count is a sum of parts that no page shows: the cases of a step that lie in one province and one unit of the
police, against which something stood or nothing did. Provinces and units overlap, so both are protected together, and
so are steps of which one holds every case of another, or several hold every case of another.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from zicht import words
from zicht.barriers.holding.nesting import (
    Cover,
    Signs,
    StepOf,
    covered_too_often,
    covers,
    nested,
    signs_of,
    that_hang_together,
)
from zicht.barriers.holding.protecting import Total, protect
from zicht.barriers.holding.reading import area_of, cases_to_count, done_by, facts_of
from zicht.barriers.holding.rules import STOOD, Done, Facts, Reading, reading_of, standings, steps_shown
from zicht.barriers.models import BarrierModel, Finding
from zicht.barriers.rules import EVERYWHERE, PROVINCES, REGIONS, days_of
from zicht.people.models import Organisation
from zicht.signals.models import Intake, Signal

ALL, OPEN, BLOCKED = "all", "nothing", "stood"
CONFIRMED, SUGGESTED = "confirmed", "suggested"
Atom = tuple[str, str, str, str, str]  # process, step, province, unit of the police, what stood
Decided = Mapping[tuple[object, str, str], tuple[str, str]]  # case, process and step -> state and standing


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold the counts before protection: by atom, and how many a person confirmed by process and step."""

    atoms: Counter[Atom]
    confirmed: Counter[tuple[str, str]]


def count_cases(organisation: Organisation, models: Sequence[BarrierModel], period: str) -> Counted:
    """Count the cases of a half-year by step; what a person rejected is left out."""
    cases = cases_to_count(organisation, *days_of(period))
    facts = facts_of(cases, for_sums=True)
    decided = _decided(organisation, period)
    counted = Counted(Counter(), Counter())
    for model in models:
        _count_process(counted, reading_of(model.steps), done_by(organisation, model.process), facts, decided)
    return counted


def _count_process(
    counted: Counted, reading: Reading, done: Sequence[Done], facts: Mapping[UUID, Facts], decided: Decided
) -> None:
    name = reading.process.name
    for case, fact in facts.items():
        steps = steps_shown(reading, fact)
        own = {step: decided[case, name, step] for step in reading.process.steps if (case, name, step) in decided}
        steps = {step for step in steps | own.keys() if own.get(step, (CONFIRMED, ""))[0] == CONFIRMED}
        if not steps:
            continue
        stood = standings(steps, fact, done)
        province, unit = area_of(fact.place)
        for step in steps:
            standing = own[step][1] if step in own else stood[step][0]
            counted.atoms[name, step, province, unit, BLOCKED if standing == STOOD else OPEN] += 1
            counted.confirmed[name, step] += step in own


def protect_cases(
    counted: Counted, models: Sequence[BarrierModel], least: int, tell: Callable[[float], None] = lambda share: None
) -> dict[str, int]:
    """Give the counts that may be shown, by key (process/step/area/what); `tell` hears the share that is done.

    A step that very many others cover is not shown at all: there is no end to protecting it along with them.
    """
    shown: dict[str, int] = {}
    signs = signs_of(reading_of(model.steps) for model in models)
    every = covers(signs)
    gone = covered_too_often(every)
    signs = {step: one for step, one in signs.items() if step not in gone}
    every = [(whole, parts) for whole, parts in every if not gone.intersection((whole, *parts))]
    groups = list(that_hang_together(signs, every))
    for done, steps in enumerate(groups):
        tell(done / len(groups))
        counts, totals, hidden = _build(
            counted, {step: signs[step] for step in steps}, [one for one in every if one[0] in steps], least
        )
        if max(counts.values()) >= least:
            protected = protect(counts, totals, least, hidden)
            shown |= {key: count for key, count in protected.items() if count is not None}
    return shown


def key_of(process: str, step: str, area: str, what: str) -> str:
    """Give the key under which a count is kept."""
    return f"{process}/{step}/{area}/{what}"


# --- how counts hang together -----------------------------------------------------------------------------------------
def _build(
    counted: Counted, signs: Mapping[StepOf, Signs], every: Iterable[Cover], least: int
) -> tuple[dict[str, int], list[Total], set[str]]:
    """Give the counts of some steps, what adds up to what, and which of them no page shows."""
    counts: dict[str, int] = {}
    totals: list[Total] = []
    hidden: set[str] = set()
    for name, step in signs:
        totals += _add_country(counts, counted, name, step)
        hidden |= {key_of(name, step, EVERYWHERE, what) for what in (ALL, SUGGESTED)}
        # Where all of them together are too few to be shown, no area is shown either, and nothing hangs on it.
        if counts[key_of(name, step, EVERYWHERE, OPEN)] >= least:
            parts = {
                key_of(name, step, key, OPEN): counted.atoms[name, step, province, unit, OPEN]
                for (province, unit), key in _atoms().items()
            }
            hidden |= {key_of(name, step, key, OPEN) for key in set(_atoms().values()) - areas().keys()}
            totals += _add_areas(counts, parts, name, step)
    for whole, part in nested(signs):
        rests = list(_rests(counts, whole, part, are_alike=signs[whole] == signs[part]))
        counts |= {key: left for key, left, _total in rests if key}
        hidden |= {key for key, _left, _total in rests if key}
        totals += [total for _key, _left, total in rests]
    for covered, by in every:
        beyond, both = _beyond(counts, covered, by)
        counts |= beyond
        hidden |= beyond.keys()
        totals += both
    return counts, totals, hidden


def _add_country(counts: dict[str, int], counted: Counted, name: str, step: str) -> Iterator[Total]:
    """Add all cases of a step: against which something stood or nothing did, and which of them a person confirmed.

    Their total is not shown: where nothing ever stood, it would have to hide in how many cases that was. And where
    nothing did, readers can know that, for they see the actions: then these are all cases, and not free beside them.
    """
    whole, *stood = (key_of(name, step, EVERYWHERE, what) for what in (ALL, OPEN, BLOCKED))
    sure, left = (key_of(name, step, EVERYWHERE, what) for what in (CONFIRMED, SUGGESTED))
    numbers = [sum(counted.atoms[name, step, *place, what] for place in _atoms()) for what in (OPEN, BLOCKED)]
    counts |= {key: number for key, number in zip(stood, numbers, strict=True) if number or key == stood[0]}
    counts[whole], counts[sure] = sum(numbers), counted.confirmed[name, step]
    counts[left] = counts[whole] - counts[sure]
    yield from ((whole, tuple(key for key in stood if key in counts)), (whole, (sure, left)))


def _add_areas(counts: dict[str, int], parts: Mapping[str, int], name: str, step: str) -> Iterator[Total]:
    """Add the cases against which nothing stood, by province and by unit of the police: each a sum of parts."""
    counts |= parts
    for area, inside in areas().items():
        key, own = key_of(name, step, area, OPEN), tuple(key_of(name, step, atom, OPEN) for atom in inside)
        if own != (key,):
            counts[key] = sum(parts[one] for one in own)
            yield key, own


def _rests(
    counts: Mapping[str, int], whole: StepOf, part: StepOf, *, are_alike: bool
) -> Iterator[tuple[str, int, Total]]:
    """Give the cases that show a step and not another that it holds: whoever subtracts one from the other has them.

    Also apart for those against which nothing stood, and by area: who knows that no action ran there knows that these
    are all. Steps that look at the same have no rest, and count the same as long as nobody decided otherwise.
    """
    for area, what in _places():
        first, second = key_of(*whole, area, what), key_of(*part, area, what)
        left = counts.get(first, 0) - counts.get(second, 0)
        if first not in counts or second not in counts or left < 0:
            continue  # nothing follows from subtracting: what stood differs from step to step
        if are_alike and not left:
            yield "", 0, (first, (second,))
        else:
            rest = key_of("/".join(whole), "-".join(part), area, what)
            yield rest, left, (first, (second, rest))


def _beyond(counts: Mapping[str, int], whole: StepOf, parts: Sequence[StepOf]) -> tuple[dict[str, int], list[Total]]:
    """Give what steps that cover another count together, and what of it lies beyond: whoever adds up knows both."""
    found: dict[str, int] = {}
    totals: list[Total] = []
    name = "+".join("-".join(part) for part in parts)
    for area, what in _places():
        key, own = key_of(*whole, area, what), tuple(key_of(*part, area, what) for part in parts)
        if key not in counts or not counts.keys() >= set(own):
            continue
        together = sum(counts[one] for one in own)
        if together >= counts[key]:  # else nothing follows: a person decided otherwise
            both, rest = (key_of("/".join(whole), f"{kind} {name}", area, what) for kind in ("all", "beyond"))
            found |= {both: together, rest: together - counts[key]}
            totals += [(both, own), (both, (key, rest))]
    return found, totals


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, str], ...]:
    """Give the areas, and parts of them, in which steps are compared, and what stood there."""
    smaller = [area for area in dict.fromkeys([*_atoms().values(), *areas()]) if area != EVERYWHERE]
    return ((EVERYWHERE, ALL), (EVERYWHERE, BLOCKED), (EVERYWHERE, OPEN), *((area, OPEN) for area in smaller))


@lru_cache(maxsize=1)
def _atoms() -> Mapping[tuple[str, str], str]:
    """Give a key for every pair of province and unit of the police that a case can lie in, also where one is unknown.

    A province that lies in one unit as a whole is its own part, and has its own key.
    """
    places = {area_of(code) for code in (*words.municipalities(), *PROVINCES)} | {("", "")}
    units = Counter(province for province, _unit in places)
    return {pair: pair[0] if pair[0] and units[pair[0]] == 1 else f"{pair[0]}+{pair[1]}" for pair in sorted(places)}


@lru_cache(maxsize=1)
def areas() -> Mapping[str, tuple[str, ...]]:
    """Give the areas that are shown with the keys of their parts: the country, its regions, provinces, police units."""
    atoms = _atoms()
    units = sorted({unit for _province, unit in atoms if unit})
    found = {EVERYWHERE: tuple(atoms.values())}
    for name, provinces in (*REGIONS.items(), *((one, (one,)) for one in PROVINCES)):
        found[name] = tuple(key for (province, _unit), key in atoms.items() if province in provinces)
    return found | {one: tuple(key for pair, key in atoms.items() if pair[1] == one) for one in units}


# --- decisions --------------------------------------------------------------------------------------------------------
def _decided(organisation: Organisation, period: str) -> dict[tuple[object, str, str], tuple[str, str]]:
    """Give what a person decided, under whichever version; the newest decision counts."""
    first, last = days_of(period)
    found = Finding.objects.filter(holding__case__org=organisation, holding__case__opened_on__range=(first, last))
    columns = ("holding__case_id", "holding__model__process", "step_code", "state", "standing")
    rows = found.order_by("holding__model__number").values_list(*columns)
    return {(case, process, step): (state, standing) for case, process, step, state, standing in rows}


# --- signals ----------------------------------------------------------------------------------------------------------
def count_signals(organisation: Organisation, period: str) -> Counter[str]:
    """Count the confirmed signals of what came in in a half-year, by indicator."""
    inside = Signal.objects.filter(intake__org=organisation, intake__received_on__range=days_of(period))
    counted = inside.filter(state="confirmed").exclude(intake__compartment="press").exclude(intake__outcome="duplicate")
    return Counter(counted.values_list("indicator", flat=True))


def count_reports(organisation: Organisation, period: str) -> Counter[tuple[str, str]]:
    """Count what came in in a half-year by province and unit of the police."""
    found = Intake.objects.filter(org=organisation, received_on__range=days_of(period))
    counted = found.exclude(compartment="press").exclude(outcome="duplicate")
    return Counter(area_of(place) for place in counted.values_list("place_code", flat=True))


def protect_reports(by_area: Mapping[tuple[str, str], int], least: int) -> dict[str, int]:
    """Give the reports by area that may be shown, under keys without process and step."""
    if sum(by_area.values()) < least:
        return {}
    counts = {key_of("", "", key, ALL): by_area.get(pair, 0) for pair, key in _atoms().items()}
    hidden = {key_of("", "", key, ALL) for key in set(_atoms().values()) - areas().keys()}
    totals: list[Total] = []
    for area, inside in areas().items():
        own = tuple(key_of("", "", atom, ALL) for atom in inside)
        # Units and the country stand on no page of this room, but other tables count reports by them.
        if inside != (area,) and area not in REGIONS:
            counts[key_of("", "", area, ALL)] = sum(counts[one] for one in own)
            totals.append((key_of("", "", area, ALL), own))
    protected = protect(counts, totals, least, hidden)
    return {key: count for key, count in protected.items() if count is not None}


def protect_signals(by_indicator: Mapping[str, int], models: Iterable[BarrierModel], least: int) -> dict[str, int]:
    """Give the confirmed signals by step that may be shown; a signal that shows several steps counts in each."""
    steps_of: dict[str, set[str]] = {}
    steps: list[str] = []
    for model in models:
        for step in model.steps.steps.values():
            key = key_of(model.process, step.code, EVERYWHERE, ALL)
            steps.append(key)
            for indicator in step.signals:
                steps_of.setdefault(indicator, set()).add(key)
    # Indicators that show the same steps are one part: nobody can tell them apart from these sums.
    counts: dict[str, int] = {}
    parts: dict[str, list[str]] = {key: [] for key in steps}
    for indicator, keys in steps_of.items():
        part = "+".join(sorted(keys))
        counts[f"part {part}"] = counts.get(f"part {part}", 0) + by_indicator.get(indicator, 0)
        for key in keys:
            if f"part {part}" not in parts[key]:
                parts[key].append(f"part {part}")
    hidden = set(counts)
    counts |= {key: sum(counts[part] for part in parts[key]) for key in steps}
    totals = [(key, tuple(parts[key])) for key in steps if parts[key]]
    protected = protect(counts, totals, least, hidden)
    return {key: count for key, count in protected.items() if count is not None}
