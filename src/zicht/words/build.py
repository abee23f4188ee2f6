"""Turn what the data files say into the vocabulary, and note every place that does not have the right shape."""

from collections.abc import Mapping

from zicht.words.build_content import (
    build_derived_examples,
    build_figures,
    build_indicators,
    build_municipalities,
    build_processes,
    build_search_words,
    build_tables,
)
from zicht.words.errors import Mistake
from zicht.words.node import Node, keyed
from zicht.words.types import (
    Code,
    CodeList,
    Derived,
    Entity,
    Field,
    Label,
    NotTaken,
    OutsideNames,
    Sensitivity,
    Standard,
    Topic,
)
from zicht.words.vocabulary import Vocabulary


def build(data: Mapping[str, object]) -> tuple[Vocabulary, list[Mistake]]:
    """Build the vocabulary from the content of the data files, by file name; what has no right shape is noted."""
    mistakes: list[Mistake] = []
    codes, entities, barriers, figures, outside = (
        Node(data.get(name), name, "", mistakes)
        for name in ("codes.yaml", "entities.yaml", "barriers.yaml", "figures.yaml", "outside_standards.yaml")
    )
    _compare_versions([codes, entities, barriers, figures, outside])
    built = Vocabulary(
        version=codes.text("version"),
        missing_values=keyed(codes, ((name, node.label()) for name, node in codes.child("missing_values").entries())),
        standards=keyed(codes, ((name, _standard(name, node)) for name, node in codes.child("standards").entries())),
        outside=_outside_names(outside.child("HTCDS"), outside.child("CTDC")),
        lists=keyed(codes, ((name, _code_list(name, node)) for name, node in codes.child("lists").entries())),
        sensitivity=keyed(
            entities, ((name, _sensitivity(name, node)) for name, node in entities.child("sensitivity").entries())
        ),
        publication=entities.child("publication").text_entries(),
        principles=entities.texts("principles"),
        entities=keyed(entities, ((name, _entity(name, node)) for name, node in entities.child("entities").entries())),
        htcds_not_taken=tuple(
            NotTaken(tuple(part.strip() for part in node.text("name").split(",")), node.text("why"))
            for node in entities.child("htcds_not_taken").children("fields", "name")
        ),
        indicators=build_indicators(data.get("indicators.csv"), mistakes),
        processes=build_processes(barriers),
        barrier_sources=barriers.texts("source"),
        barriers_reviewed=barriers.flag("expert_reviewed"),
        tables=build_tables(figures),
        table_rules=figures.child("rules").text_entries(),
        seed_figures=build_figures(figures, "seed_figures", source="seed"),
        derived_examples=build_derived_examples(figures),
        context_figures=build_figures(figures, "context_figures", source="source"),
        municipalities=build_municipalities(data.get("municipalities_2025.csv"), mistakes),
        search_words=build_search_words(data.get("search_words.csv"), mistakes),
    )
    return built, mistakes


def _compare_versions(files: list[Node]) -> None:
    version = files[0].text("version")
    for node in files[1:]:
        if node.text("version") != version:
            node.note(f"is version {node.text('version')}, while {files[0].file} is version {version}")


def _standard(name: str, node: Node) -> Standard:
    return Standard(
        name, node.text("name"), node.optional_text("licence"), node.optional_text("where"), node.optional_text("note")
    )


def _outside_names(htcds: Node, ctdc: Node) -> OutsideNames:
    lists = dict(htcds.child("lists").entries())
    definitions, values = htcds.child("definitions_file"), ctdc.child("values")
    return OutsideNames(
        htcds_credit=htcds.text("credit"),
        htcds_fields=frozenset(htcds.texts("fields")),
        htcds_list_fields={name: node.text("field") for name, node in lists.items()},
        htcds_values={name: frozenset(node.texts("values")) for name, node in lists.items()},
        htcds_definitions={name: frozenset(definitions.texts(name)) for name in definitions.names()},
        ctdc_credit=ctdc.text("credit"),
        ctdc_columns=frozenset(ctdc.texts("columns")),
        ctdc_values={name: frozenset(values.texts(name)) for name in values.names()},
    )


def _code_list(name: str, node: Node) -> CodeList:
    return CodeList(
        name=name,
        label=node.label(),
        codes=keyed(node, ((code.code, code) for code in map(_code, node.children("codes", "code")))),
        note=node.optional_text("note"),
        source=node.texts("source"),
        attributes=node.rest(),
    )


def _code(node: Node) -> Code:
    status = node.optional_text("status") or "active"
    if status not in ("active", "retired"):
        node.note("status must be active or retired")
    return Code(
        code=node.text("code"),
        label=node.label(),
        is_active=status == "active",
        import_only=node.flag("import_only"),
        attributes=node.rest(),
    )


def _sensitivity(name: str, node: Node) -> Sensitivity:
    return Sensitivity(name, node.label(), node.text("rule"))


def _entity(name: str, node: Node) -> Entity:
    entity = Entity(
        name=name,
        label=node.label(),
        retention=node.text("retention"),
        std=node.text("std"),
        fields=keyed(node, ((field.name, field) for field in map(_field, node.children("fields", "name")))),
        derived=keyed(node, ((item.name, item) for item in map(_derived, node.optional_children("derived", "name")))),
        topics=keyed(node, ((item.name, item) for item in map(_topic, node.optional_children("topics", "name")))),
        constraints=node.texts("constraints"),
    )
    node.refuse_unread()
    return entity


def _field(node: Node) -> Field:
    field = Field(
        name=node.text("name"),
        type=node.text("type"),
        list_name=node.optional_text("list"),
        ref=node.optional_text("ref"),
        many=node.flag("many"),
        strict=node.flag("strict"),
        values=node.texts("values"),
        value_labels=_value_labels(node.optional_child("value_labels")),
        precision=node.optional_text("precision"),
        required=node.flag("req"),
        label=node.label(),
        std=node.optional_text("std"),
        sensitivity=node.text("sens"),
        publication=node.text("pub"),
        note=node.optional_text("note"),
    )
    node.refuse_unread()
    return field


def _value_labels(node: Node) -> Mapping[str, Label]:
    return keyed(node, ((name, label.label()) for name, label in node.entries()))


def _topic(node: Node) -> Topic:
    topic = Topic(node.text("name"), node.label(), node.some_texts("fields"))
    node.refuse_unread()
    return topic


def _derived(node: Node) -> Derived:
    return Derived(node.text("name"), node.label(), node.text("rule"))
