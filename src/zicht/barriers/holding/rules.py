"""Which steps of a process a case shows, and what stood against them there and then: no database, no request.

A suggestion only: from the codes of a case and the signals that somebody confirmed. A named person decides.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zicht import words
from zicht.barriers.rules import STOOD_STATES, areas_around
from zicht.words import Process

STOOD, AGREED, NOTHING = "stood", "agreed", "nothing"  # of list barrier_standing
BEST_FIRST = (STOOD, AGREED, NOTHING)
NO_EFFECT = "not"  # of list barrier_effect


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case says: terms, confirmed signals, where it was, and from when to when."""

    forms: frozenset[str]
    means: frozenset[str]
    signals: frozenset[str]
    place: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Done:
    """What of an action must be known to say whether it stood: against which barrier, where, and when."""

    key: object
    step: str
    barrier: str
    area: str
    state: str
    effect: str
    start_on: dt.date | None
    ended_on: dt.date | None
    evaluated_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A step that a case shows: by which signals and means, what stood against it, and by whose action."""

    step: str
    signals: tuple[str, ...]
    means: tuple[str, ...]
    standing: str
    action: Done | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the codes of a case are read for one process: the steps that each signal and each means shows."""

    process: Process
    by_signal: Mapping[str, tuple[str, ...]]
    by_means: Mapping[str, tuple[str, ...]]


def reading_of(process: Process) -> Reading:
    """Give the steps that each signal shows, and those that each means shows by a signal that suggests it."""
    by_signal: dict[str, list[str]] = {}
    by_means: dict[str, list[str]] = {}
    for step in process.steps.values():
        for signal in step.signals:
            by_signal.setdefault(signal, []).append(step.code)
            for means in _means_of(signal):
                found = by_means.setdefault(means, [])
                if step.code not in found:
                    found.append(step.code)
    freeze = {name: tuple(steps) for name, steps in by_signal.items()}
    return Reading(process, freeze, {name: tuple(steps) for name, steps in by_means.items()})


def is_about(process: Process, facts: Facts) -> bool:
    """Tell whether a process is one of the forms of exploitation of a case."""
    return bool(facts.forms.intersection(process.forms))


def steps_shown(reading: Reading, facts: Facts) -> set[str]:
    """Give the codes of the steps that a case shows; none where the process is not what happened."""
    if not is_about(reading.process, facts):
        return set()
    found = {step for signal in facts.signals for step in reading.by_signal.get(signal, ())}
    return found | {step for means in facts.means for step in reading.by_means.get(means, ())}


def hold(reading: Reading, facts: Facts, done: Iterable[Done]) -> list[Shown]:
    """Hold a case against the steps of a process: each step that it shows, in order, with what stood there."""
    steps = steps_shown(reading, facts)
    stood = standings(steps, facts, done)
    return [_shown(reading, facts, code, stood[code]) for code in reading.process.steps if code in steps]


def standings(steps: Iterable[str], facts: Facts, done: Iterable[Done]) -> dict[str, tuple[str, Done | None]]:
    """Give for each step the best that stood there and then, with the action it was."""
    found: dict[str, tuple[str, Done | None]] = dict.fromkeys(steps, (NOTHING, None))
    around = areas_around(facts.place)
    for one in done:
        if one.step in found and one.area in around:
            standing = standing_of(one, facts.first, facts.last)
            if BEST_FIRST.index(standing) < BEST_FIRST.index(found[one.step][0]):
                found[one.step] = (standing, one)
    return found


def standing_of(done: Done, first: dt.date, last: dt.date) -> str:
    """Tell whether an action stood in a period.

    What runs or is done stands from its start on, what was dropped until then; what turned out not to work stands no
    longer from the day on which that was found.
    """
    was_carried_out = done.state in (*STOOD_STATES, "dropped") and done.start_on is not None
    if was_carried_out and done.start_on <= last:  # type: ignore[operator]
        is_over = done.state == "dropped" and (done.ended_on is None or done.ended_on < first)
        is_void = done.effect == NO_EFFECT and done.evaluated_on is not None and done.evaluated_on <= first
        return NOTHING if is_over or is_void else STOOD
    return AGREED if done.state == "agreed" else NOTHING


@lru_cache(maxsize=512)
def _means_of(signal: str) -> tuple[str, ...]:
    indicator = words.vocabulary().indicators.get(signal)
    return indicator.suggests_means if indicator else ()


def _shown(reading: Reading, facts: Facts, step: str, stood: tuple[str, Done | None]) -> Shown:
    signals = tuple(sorted(one for one in facts.signals if step in reading.by_signal.get(one, ())))
    means = tuple(sorted(one for one in facts.means if step in reading.by_means.get(one, ())))
    return Shown(step, signals, means, *stood)
