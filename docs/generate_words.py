"""Write the reference pages of the vocabulary as MyST Markdown: python docs/generate_words.py FOLDER."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from zicht import words
from zicht.words import Code, Entity, Field, Indicator, Label, Process, StatedFigure, Step

PAGES = ("lists", "entities", "indicators", "barriers", "tables", "standards", "places")
# Said in the columns of their own, or kept for programs.
SHOWN_ELSEWHERE = frozenset({"std", "note", "use", "ext"})
READING_RULES = (
    "A term keeps its meaning for good. It is retired with what replaces it, never deleted and never used again.",
    "Every field of type code or multi accepts the missing values, unless it is strict.",
    "A precision of hour or day: the value is rounded down before it is stored.",
    "Kept by legal regime: the term of list `legal_regime` for the organisation that owns the record. Numbers of years "
    "are starting values for a privacy officer, no legal advice.",
    "Weights of indicators and the barrier model are a starting proposal until practitioners have reviewed them.",
)


def generate(folder: Path) -> list[Path]:
    """Write every page into a folder, which is made when it is not there, and give the files."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"index": index_page(), **{name: WRITERS[name]() for name in PAGES}}
    written = []
    for name, lines in pages.items():
        path = folder / f"{name}.md"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written.append(path)
    return written


def index_page() -> Iterator[str]:
    """Say what the vocabulary holds, and list its pages."""
    vocabulary = words.vocabulary()
    lists, entities = vocabulary.lists.values(), vocabulary.entities.values()
    yield from ("# The vocabulary", "")
    yield (
        f"Version {vocabulary.version}: {len(lists)} lists with {sum(len(item.codes) for item in lists)} codes, "
        f"{len(entities)} entities with {sum(len(entity.fields) for entity in entities)} fields, "
        f"{len(vocabulary.indicators)} indicators, {len(vocabulary.tables)} tables. "
        "Every record is checked against it before it is stored. These pages are made from the data files."
    )
    yield from heading(target("reading"), "How to read it")
    yield from (f"- {rule}" for rule in READING_RULES)
    yield from ("", "## Principles", "")
    yield from (f"- {plain(principle)}" for principle in vocabulary.principles)
    yield from ("", "```{toctree}", ":maxdepth: 1", "", *PAGES, "```")


def lists_page() -> Iterator[str]:
    """Show every code list."""
    yield from ("# Code lists", "")
    yield "A retired or import-only term is still read in old records and on import, and not offered for new ones."
    for code_list in words.vocabulary().lists.values():
        yield from heading(target("list", code_list.name), f"`{code_list.name}`")
        yield both(code_list.label)
        yield from paragraph(code_list.note)
        if code_list.source:
            yield from ("", f"Source: {', '.join(map(standard_link, code_list.source))}")
        yield from table(("Code", "English", "Dutch", "Also"), map(code_row, code_list.codes.values()))


def code_row(code: Code) -> tuple[str, ...]:
    """Show one term with everything the list says about it."""
    also = [f"{name}: {show(value)}" for name, value in code.attributes.items() if name not in SHOWN_ELSEWHERE]
    also += [code.text("std"), code.text("note")]
    if not code.is_active:
        also.append(f"retired, use: {code.text('use')}")
    if code.import_only:
        also.append("for import only")
    return f"`{code.code}`", plain(code.label.en), plain(code.label.nl), plain("; ".join(filter(None, also)))


def entities_page() -> Iterator[str]:
    """Show every entity with its fields."""
    vocabulary = words.vocabulary()
    yield from ("# Entities and fields", "")
    yield plain(vocabulary.outside.htcds_credit)
    yield from heading(target("sensitivity"), "Sensitivity and publication")
    rows = [(f"`{kind.name}`", plain(kind.label.en), plain(kind.rule)) for kind in vocabulary.sensitivity.values()]
    yield from table(("Sensitivity", "Meaning", "Rule"), rows)
    yield from table(
        ("Publication", "Rule"), [(f"`{name}`", plain(rule)) for name, rule in vocabulary.publication.items()]
    )
    for entity in vocabulary.entities.values():
        yield from entity_section(entity)
    yield from heading(target("htcds-not-taken"), "Fields of HTCDS that are left out")
    left_out = vocabulary.htcds_not_taken
    yield from table(("Fields", "Why"), [(plain(", ".join(line.names)), plain(line.why)) for line in left_out])


def entity_section(entity: Entity) -> Iterator[str]:
    """Show one entity: retention, fields, what is derived, what must hold."""
    yield from heading(target("entity", entity.name), f"`{entity.name}`")
    yield both(entity.label)
    yield from paragraph(f"Kept: {entity.retention}")
    yield from paragraph(f"Outside standard: {entity.std}")
    columns = ("Field", "Type", "Meaning", "Class", "Note")
    yield from table(columns, map(field_row, entity.fields.values()))
    if entity.derived:
        derived = [
            (f"`{item.name}`", plain(item.label.en), plain(item.label.nl), plain(item.rule))
            for item in entity.derived.values()
        ]
        yield from table(("Derived", "English", "Dutch", "Rule"), derived)
    if entity.constraints:
        yield from ("", "What must hold:", "", *(f"- {plain(constraint)}" for constraint in entity.constraints))


def field_row(field: Field) -> tuple[str, ...]:
    """Show one field."""
    return (
        f"`{field.name}`",
        field_type(field),
        both(field.label),
        f"{field.sensitivity}, {field.publication}",
        plain("; ".join(filter(None, (field.std, field.note)))),
    )


def field_type(field: Field) -> str:
    """Show the type of a field with its list, reference and precision."""
    flags = {"required": field.required, "many": field.many, "strict": field.strict}
    parts = [", ".join((field.type, *(name for name, is_set in flags.items() if is_set)))]
    parts.append(f"to the {field.precision}" if field.precision else "")
    if field.ref:
        parts.append(f"[`{field.ref}`](#{target('entity', field.ref)})")
    if field.values:
        parts.append(", ".join(f"`{value}`" for value in field.values))
    elif field.list_name in ("iso639", "iso3166"):
        parts.append(f"[`{field.list_name}`](#{target(field.list_name)})")
    elif field.list_name:
        parts.append(f"[`{field.list_name}`](#{target('list', field.list_name)})")
    return " ".join(filter(None, parts))


def indicators_page() -> Iterator[str]:
    """Show the catalogue of indicators by group."""
    yield from ("# Indicators", "")
    yield (
        "Weights are a starting proposal until practitioners have reviewed them. Context never decides, no result is "
        "automatic, and origin, nationality or sex work are never a sign."
    )
    columns = ("Code", "Sign", "Dimension and weight", "For whom", "Seen by", "More")
    for group, members in groupby(words.vocabulary().indicators.values(), key=lambda indicator: indicator.group):
        found = list(members)
        yield from heading(target("indicators", group), f"{group}: {plain(found[0].group_label.en)}")
        yield plain(found[0].group_label.nl)
        yield from table(columns, map(indicator_row, found))


def indicator_row(indicator: Indicator) -> tuple[str, ...]:
    """Show one indicator."""
    more = [
        f"suggests: {', '.join(indicator.suggests_means)}" if indicator.suggests_means else "",
        f"at least {indicator.min_urgency}" if indicator.min_urgency else "",
        f"source: {', '.join(indicator.source_standards)}",
        "" if indicator.is_active else "retired",
        "reviewed" if indicator.expert_reviewed else "",
    ]
    return (
        f"`{indicator.code}`",
        both(indicator.label),
        plain(f"{indicator.dimension} ({indicator.palermo_element}), {indicator.strength}"),
        plain(f"age: {indicator.applies_to}; form: {', '.join(indicator.forms)}"),
        plain(", ".join(indicator.observers)),
        plain("; ".join(filter(None, more))),
    )


def barriers_page() -> Iterator[str]:
    """Show the barrier model of every process."""
    yield from ("# Barrier model", "")
    if not words.vocabulary().barriers_reviewed:
        yield "A starting proposal: practitioners have not reviewed it yet."
    yield "Checks bring help, never measures against those who are found."
    for process in words.vocabulary().processes.values():
        yield from process_section(process)


def process_section(process: Process) -> Iterator[str]:
    """Show one process and its steps."""
    yield from heading(target("process", process.name), f"{process.name}: {plain(process.label.en)}")
    yield plain(process.label.nl)
    yield from paragraph(process.note)
    yield from paragraph(f"Forms: {', '.join(process.forms)}.")
    for step in process.steps.values():
        yield from step_section(step)


def step_section(step: Step) -> Iterator[str]:
    """Show one step: who sees it, what enables it, what shows it and what blocks it."""
    yield from heading(target("step", step.code), f"{step.code}: {both(step.label)}", level=3)
    yield f"Partners: {plain(', '.join(step.partners))}"
    for title, labels in (("Facilitators", step.facilitators), ("Opportunities", step.opportunities)):
        yield from ("", f"{title}:", "", *(f"- {both(label)}" for label in labels))
    yield from ("", f"Signals: {', '.join(f'`{signal}`' for signal in step.signals)}")
    rows = [
        (
            f"`{barrier.code}`",
            barrier.kind,
            both(barrier.label),
            plain(", ".join(barrier.partners)),
            both(barrier.measure),
        )
        for barrier in step.barriers.values()
    ]
    yield from table(("Barrier", "Kind", "What", "Partners", "Measured by"), rows)


def tables_page() -> Iterator[str]:
    """Show the standard yearly tables, their rules, and the figures that others state."""
    vocabulary = words.vocabulary()
    yield from ("# Tables and figures", "", "Rules that hold for every table:", "")
    yield from (f"- {plain(name)}: {plain(rule)}" for name, rule in vocabulary.table_rules.items())
    for item in vocabulary.tables.values():
        yield from heading(target("table", item.code), f"{item.code}: {plain(item.label.en)}")
        yield plain(item.label.nl)
        yield from paragraph(f"Counts: {item.unit}. Of: {item.universe}. Released to: {item.release}.")
        yield from paragraph(f"Rows: {', '.join(item.rows)}. Columns: {', '.join(item.cols)}.")
        yield from paragraph(f"Stages: {', '.join(item.stages)}." if item.stages else "")
        yield from ("", f"Source: {', '.join(map(standard_link, item.source))}")
        if item.formulas:
            yield from ("", *(f"- {plain(name)} = {plain(formula)}" for name, formula in item.formulas.items()))
    yield from figures_section()


def figures_section() -> Iterator[str]:
    """Show the figures that others state, and what follows from them."""
    vocabulary = words.vocabulary()
    columns = ("Figure", "Value", "Unit", "What", "Source")
    yield from heading(target("seed-figures"), "Figures stated in the first sources")
    yield from table(columns, map(figure_row, vocabulary.seed_figures.values()))
    yield from heading(target("derived-examples"), "What follows from them")
    examples = [
        (f"`{item.name}`", f"`{item.formula}`", plain(" to ".join(map(str, item.value))), plain(item.note))
        for item in vocabulary.derived_examples.values()
    ]
    yield from table(("Example", "Calculation", "Value", "Note"), examples)
    yield from heading(target("context-figures"), "Figures stated elsewhere")
    yield from table(columns, map(figure_row, vocabulary.context_figures.values()))


def figure_row(figure: StatedFigure) -> tuple[str, ...]:
    """Show one stated figure; `about` where its source says so."""
    value = "not stated" if figure.value is None else show(figure.value)
    if figure.low is not None and figure.high is not None:
        value = f"{figure.low} to {figure.high}" + ("" if figure.value is None else f", central {value}")
    about = "about " if figure.is_exact is False and value != "not stated" else ""
    return f"`{figure.name}`", plain(about + value), figure.unit, plain(figure.what), plain(figure.source)


def standards_page() -> Iterator[str]:
    """Show missing values and the outside standards."""
    vocabulary = words.vocabulary()
    yield from ("# Missing values and standards",)
    yield from heading(target("missing-values"), "Missing values")
    yield "Every field of type code or multi accepts these unless it is strict. They are never folded together."
    missing = [(f"`{name}`", plain(label.en), plain(label.nl)) for name, label in vocabulary.missing_values.items()]
    yield from table(("Code", "English", "Dutch"), missing)
    for standard in vocabulary.standards.values():
        yield from heading(target("standard", standard.name), standard.name)
        yield plain(standard.title)
        for part in (standard.licence, standard.where, standard.note):
            yield from paragraph(part)
    yield from heading(target("credits"), "Credits")
    yield plain(vocabulary.outside.htcds_credit)
    yield from paragraph(vocabulary.outside.ctdc_credit)
    yield from (
        "",
        "Names of countries and languages: Unicode CLDR. Municipalities: Statistics Netherlands, CC BY 4.0.",
    )


def places_page() -> Iterator[str]:
    """Show countries, languages and municipalities."""
    yield from ("# Places and languages",)
    yield from heading(target("iso3166"), "Countries (`iso3166`)")
    yield "Records hold the code of three letters. XKX (Kosovo) is not in ISO 3166-1."
    countries = [(f"`{c.alpha_3}`", f"`{c.alpha_2}`", c.label.en, c.label.nl) for c in words.countries().values()]
    yield from table(("Code", "Two letters", "English", "Dutch"), countries)
    yield from heading(target("iso639"), "Languages (`iso639`)")
    languages = [(f"`{code}`", plain(label.en), plain(label.nl)) for code, label in words.languages_iso639().items()]
    yield from table(("Code", "English", "Dutch"), languages)
    yield from heading(target("municipalities"), "Dutch municipalities, 2025")
    municipalities = [(f"`{m.code}`", plain(m.name), plain(m.province)) for m in words.municipalities().values()]
    yield from table(("CBS code", "Municipality", "Province"), municipalities)


WRITERS = {
    "lists": lists_page,
    "entities": entities_page,
    "indicators": indicators_page,
    "barriers": barriers_page,
    "tables": tables_page,
    "standards": standards_page,
    "places": places_page,
}


def heading(called: str, title: str, level: int = 2) -> Iterator[str]:
    """Give a heading that other pages can link to."""
    yield from ("", f"({called})=", f"{'#' * level} {title}", "")


def target(*parts: str) -> str:
    """Give the name under which other pages link to a heading."""
    return "-".join(("words", *parts)).lower().replace("_", "-")


def both(label: Label) -> str:
    """Give a wording in English and Dutch, for a cell of a table or a line."""
    return f"{plain(label.en)} · {plain(label.nl)}"


def paragraph(text: str) -> Iterator[str]:
    """Give a paragraph; nothing for an empty text."""
    if text:
        yield from ("", plain(text))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give a table."""
    yield from ("", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}")
    yield from (f"| {' | '.join(row)} |" for row in rows)


def standard_link(name: str) -> str:
    """Link to an outside standard."""
    return f"[{name}](#{target('standard', name)})"


def show(value: object) -> str:
    """Write an attribute of a term as a person would."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(show, value))
    return "open" if value is None else str(value)


def plain(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python docs/generate_words.py FOLDER")
    for page in generate(Path(sys.argv[1])):
        print(page)
