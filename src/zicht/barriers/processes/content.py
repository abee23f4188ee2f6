"""The steps of a process as they are kept in a version: the form of barriers.yaml, as plain lists and texts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import count, product
from string import ascii_lowercase
from typing import Any, TypeAlias

from zicht.words import Barrier, Label, Process, Step

Kept: TypeAlias = dict[str, Any]


def write(process: Process) -> Kept:
    """Give a process as it is kept."""
    return {
        **_write_label(process.label),
        "note": process.note,
        "forms": list(process.forms),
        "steps": [_write_step(step) for step in process.steps.values()],
    }


def read(code: str, kept: Mapping[str, Any]) -> Process:
    """Read a process back; `code` is its name, which stands beside it."""
    steps = [_read_step(step) for step in kept["steps"]]
    return Process(
        name=code,
        label=_read_label(kept),
        note=kept["note"],
        forms=tuple(kept["forms"]),
        steps={step.code: step for step in steps},
    )


def with_step(process: Process, step: Step) -> Process:
    """Put a step in a process: in its place when there is one of this code, else last."""
    return replace(process, steps={**process.steps, step.code: step})


def without_step(process: Process, code: str) -> Process:
    """Leave a step out."""
    return replace(process, steps={name: step for name, step in process.steps.items() if name != code})


def with_step_earlier(process: Process, code: str) -> Process:
    """Move a step one place to the left."""
    names = list(process.steps)
    place = names.index(code)
    if place:
        names[place - 1], names[place] = names[place], names[place - 1]
    return replace(process, steps={name: process.steps[name] for name in names})


def next_code(taken: Collection[str], begin: str) -> str:
    """Give the first code of a row (A1, A2, ... or A1a, ..., A1z, A1aa, ...) that is not taken."""
    row = map("".join, _endings()) if begin[-1:].isdigit() else map(str, count(1))
    return next(code for ending in row if (code := f"{begin}{ending}") not in taken)


def codes_of(process: Process) -> set[str]:
    """Give the codes of the steps and barriers of a process."""
    return {*process.steps, *barriers_of(process)}


def barriers_of(process: Process) -> dict[str, tuple[Step, Barrier]]:
    """Give each barrier of a process with its step, by its code."""
    return {code: (step, barrier) for step in process.steps.values() for code, barrier in step.barriers.items()}


# --- parts --------------------------------------------------------------------------------------------------------
def _endings() -> Iterator[tuple[str, ...]]:
    for length in count(1):
        yield from product(ascii_lowercase, repeat=length)


def _write_label(label: Label) -> Kept:
    return {"en": label.en, "nl": label.nl}


def _read_label(kept: Mapping[str, Any]) -> Label:
    return Label(kept["en"], kept["nl"])


def _write_step(step: Step) -> Kept:
    return {
        "code": step.code,
        **_write_label(step.label),
        "partners": list(step.partners),
        "facilitators": [_write_label(one) for one in step.facilitators],
        "opportunities": [_write_label(one) for one in step.opportunities],
        "signals": list(step.signals),
        "barriers": [_write_barrier(one) for one in step.barriers.values()],
    }


def _write_barrier(barrier: Barrier) -> Kept:
    partners = list(barrier.partners)
    return {"code": barrier.code, **_write_label(barrier.label), "kind": barrier.kind, "partners": partners,
            "measure": barrier.measure.en, "measure_nl": barrier.measure.nl}  # fmt: skip


def _read_step(kept: Mapping[str, Any]) -> Step:
    barriers = [_read_barrier(one) for one in kept["barriers"]]
    return Step(
        code=kept["code"],
        label=_read_label(kept),
        partners=tuple(kept["partners"]),
        facilitators=tuple(_read_label(one) for one in kept["facilitators"]),
        opportunities=tuple(_read_label(one) for one in kept["opportunities"]),
        signals=tuple(kept["signals"]),
        barriers={one.code: one for one in barriers},
    )


def _read_barrier(kept: Mapping[str, Any]) -> Barrier:
    # Versions of before it was told in both languages stay as they were.
    measure = Label(kept["measure"], kept.get("measure_nl", kept["measure"]))
    return Barrier(kept["code"], _read_label(kept), kept["kind"], tuple(kept["partners"]), measure)
