"""What the field knows, frozen: indicators, the barrier model, yearly tables, stated figures, municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass

from zicht.words.types import Attribute, Label


@dataclass(frozen=True, slots=True)
class Indicator:
    """Describe one sign of trafficking that somebody may notice."""

    code: str
    group: str
    group_label: Label
    dimension: str
    palermo_element: str
    strength: str
    applies_to: str
    forms: tuple[str, ...]
    observers: tuple[str, ...]
    suggests_means: tuple[str, ...]
    min_urgency: str
    label: Label
    source_standards: tuple[str, ...]
    seed_refs: tuple[str, ...]
    is_active: bool
    expert_reviewed: bool


@dataclass(frozen=True, slots=True)
class Barrier:
    """Describe one thing partners can do to block a step, and how they can tell that it works."""

    code: str
    label: Label
    kind: str
    partners: tuple[str, ...]
    measure: Label


@dataclass(frozen=True, slots=True)
class Step:
    """Describe one step of a criminal process as partners meet it."""

    code: str
    label: Label
    partners: tuple[str, ...]
    facilitators: tuple[Label, ...]
    opportunities: tuple[Label, ...]
    signals: tuple[str, ...]
    barriers: Mapping[str, Barrier]


@dataclass(frozen=True, slots=True)
class Process:
    """Describe one criminal process of the barrier model."""

    name: str
    label: Label
    note: str
    forms: tuple[str, ...]
    steps: Mapping[str, Step]


@dataclass(frozen=True, slots=True)
class Table:
    """Describe one standard yearly table."""

    code: str
    label: Label
    unit: str
    universe: str
    rows: tuple[str, ...]
    cols: tuple[str, ...]
    release: str
    multi: bool
    formulas: Mapping[str, str]
    stages: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """Hold a number that a source states; `value` may also be a text, several values, or None (not stated)."""

    name: str
    unit: str
    what: str
    value: Attribute
    low: int | float | None
    high: int | float | None
    is_exact: bool | None
    source: str


@dataclass(frozen=True, slots=True)
class DerivedExample:
    """Hold a small calculation that a program should reproduce; two parts around `..` are a low and a high end."""

    name: str
    formula: str
    value: tuple[int | float, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """Name a Dutch municipality by its CBS code, such as GM0014."""

    code: str
    name: str
    province: str
