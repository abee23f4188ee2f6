"""Build indicators, the barrier model, tables, stated figures and municipalities from what the data files say."""

from collections.abc import Iterator, Mapping

from zicht.words.content import (
    Barrier,
    DerivedExample,
    Indicator,
    Municipality,
    Process,
    StatedFigure,
    Step,
    Table,
)
from zicht.words.errors import Mistake
from zicht.words.node import Node, freeze, keyed
from zicht.words.types import Label


def build_indicators(rows: object, mistakes: list[Mistake]) -> Mapping[str, Indicator]:
    """Build the catalogue of indicators from the rows of its CSV file."""
    file = Node({}, "indicators.csv", "", mistakes)
    return keyed(file, ((row.text("code"), _indicator(row)) for row in _rows(rows, file.file, "code", mistakes)))


def _indicator(row: Node) -> Indicator:
    return Indicator(
        code=row.text("code"),
        group=row.text("group"),
        group_label=row.label("group_en", "group_nl"),
        dimension=row.text("dimension"),
        palermo_element=row.text("palermo_element"),
        strength=row.text("strength"),
        applies_to=row.text("applies_to"),
        forms=_split(row.text("forms")),
        observers=_split(row.text("observers")),
        suggests_means=_split(row.optional_text("suggests_means")),
        min_urgency=row.optional_text("min_urgency"),
        label=row.label("text_en", "text_nl"),
        source_standards=_split(row.text("source_standards")),
        seed_refs=_split(row.optional_text("seed_refs")),
        is_active=_either(row, "status", "active", "retired"),
        expert_reviewed=_either(row, "expert_reviewed", "yes", "no"),
    )


def build_municipalities(rows: object, mistakes: list[Mistake]) -> Mapping[str, Municipality]:
    """Build the list of Dutch municipalities from the rows of its CSV file."""
    file = Node({}, "municipalities_2025.csv", "", mistakes)
    return keyed(
        file,
        (
            (row.text("gm_code"), Municipality(row.text("gm_code"), row.text("gemeente"), row.text("provincie")))
            for row in _rows(rows, file.file, "gm_code", mistakes)
        ),
    )


def build_search_words(rows: object, mistakes: list[Mistake]) -> Mapping[str, tuple[str, ...]]:
    """Build the words that people search with, each with the indicators it finds, from the rows of their CSV file."""
    file = Node({}, "search_words.csv", "", mistakes)
    return keyed(
        file,
        ((row.text("word"), _split(row.text("indicators"))) for row in _rows(rows, file.file, "word", mistakes)),
    )


def _rows(rows: object, file: str, key: str, mistakes: list[Mistake]) -> Iterator[Node]:
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=2):
        called = row.get(key) if isinstance(row, Mapping) else None
        yield Node(row, file, called if called and isinstance(called, str) else f"row {number}", mistakes)


def _split(column: str) -> tuple[str, ...]:
    return tuple(column.split(";")) if column else ()


def _either(row: Node, key: str, yes: str, no: str) -> bool:
    value = row.text(key)
    if value not in (yes, no):
        row.note(f"{key} must be {yes} or {no}")
    return value == yes


def build_processes(barriers: Node) -> Mapping[str, Process]:
    """Build the barrier model of each criminal process."""
    return keyed(barriers, ((name, _process(name, node)) for name, node in barriers.child("processes").entries()))


def _process(name: str, node: Node) -> Process:
    process = Process(
        name=name,
        label=node.label(),
        note=node.optional_text("note"),
        forms=node.some_texts("forms"),
        steps=keyed(node, ((step.code, step) for step in map(_step, node.children("steps", "code")))),
    )
    node.refuse_unread()
    return process


def _step(node: Node) -> Step:
    step = Step(
        code=node.text("code"),
        label=node.label(),
        partners=node.some_texts("partners"),
        facilitators=tuple(item.label() for item in node.children("facilitators", "en")),
        opportunities=tuple(item.label() for item in node.children("opportunities", "en")),
        signals=node.some_texts("signals"),
        barriers=keyed(node, ((barrier.code, barrier) for barrier in map(_barrier, node.children("barriers", "code")))),
    )
    node.refuse_unread()
    return step


def _barrier(node: Node) -> Barrier:
    measure = Label(node.text("measure"), node.text("measure_nl"))
    barrier = Barrier(node.text("code"), node.label(), node.text("kind"), node.some_texts("partners"), measure)
    node.refuse_unread()
    return barrier


def build_tables(figures: Node) -> Mapping[str, Table]:
    """Build the standard yearly tables."""
    return keyed(figures, ((table.code, table) for table in map(_table, figures.children("tables", "code"))))


def _table(node: Node) -> Table:
    table = Table(
        code=node.text("code"),
        label=node.label(),
        unit=node.text("unit"),
        universe=node.text("universe"),
        rows=node.some_texts("rows"),
        cols=node.some_texts("cols"),
        release=node.optional_text("release") or "public",
        multi=node.flag("multi"),
        formulas=node.optional_child("formulas").text_entries(),
        stages=node.texts("stages"),
        source=node.some_texts("source"),
    )
    node.refuse_unread()
    return table


def build_figures(figures: Node, key: str, source: str) -> Mapping[str, StatedFigure]:
    """Build the figures that a source states; `source` is the key under which each figure names its source."""
    return keyed(figures, ((node.text("id"), _figure(node, source)) for node in figures.children(key, "id")))


def _figure(node: Node, source: str) -> StatedFigure:
    return StatedFigure(
        name=node.text("id"),
        unit=node.text("unit"),
        what=node.text("what"),
        value=freeze(node.get("value")),
        low=node.number("low"),
        high=node.number("high"),
        is_exact=node.flag("exact") if node.get("exact") is not None else None,
        source=node.text(source),
    )


def build_derived_examples(figures: Node) -> Mapping[str, DerivedExample]:
    """Build the calculations that a program should reproduce."""
    return keyed(figures, ((node.text("id"), _example(node)) for node in figures.children("derived_examples", "id")))


def _example(node: Node) -> DerivedExample:
    value = node.get("value")
    values = value if isinstance(value, list) else [value]
    numbers = tuple(item for item in values if isinstance(item, int | float))
    if len(numbers) < len(values):
        node.note("value must be a number or a list of numbers")
    return DerivedExample(node.text("id"), node.text("formula"), numbers, node.optional_text("note"))
