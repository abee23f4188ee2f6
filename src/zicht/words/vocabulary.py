"""The vocabulary as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from zicht.words.content import (
    DerivedExample,
    Indicator,
    Municipality,
    Process,
    StatedFigure,
    Table,
)
from zicht.words.types import CodeList, Entity, Label, NotTaken, OutsideNames, Sensitivity, Standard


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold everything the field's words say; see docs for the meaning of each part."""

    version: str
    missing_values: Mapping[str, Label]
    standards: Mapping[str, Standard]
    outside: OutsideNames
    lists: Mapping[str, CodeList]
    sensitivity: Mapping[str, Sensitivity]
    publication: Mapping[str, str]
    principles: tuple[str, ...]
    entities: Mapping[str, Entity]
    htcds_not_taken: tuple[NotTaken, ...]
    indicators: Mapping[str, Indicator]
    processes: Mapping[str, Process]
    barrier_sources: tuple[str, ...]
    barriers_reviewed: bool
    tables: Mapping[str, Table]
    table_rules: Mapping[str, str]
    seed_figures: Mapping[str, StatedFigure]
    derived_examples: Mapping[str, DerivedExample]
    context_figures: Mapping[str, StatedFigure]
    municipalities: Mapping[str, Municipality]
    search_words: Mapping[str, tuple[str, ...]]  # indicators that a word finds which may stand in no wording
