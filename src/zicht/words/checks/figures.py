"""Tables and figures: rows and columns that exist, units that are known, calculations that come out."""

import ast
import operator
from collections import Counter
from collections.abc import Callable, Iterator

from zicht.words.errors import Mistake
from zicht.words.vocabulary import Vocabulary

FILE = "figures.yaml"
# Units of figures that count no persons, reports or stays.
OTHER_UNITS = frozenset(
    [
        "share",
        "years",
        "months",
        "USD",
        "tonne",
        "company",
        "vessel",
        "date",
        "month",
        "place",
        "days",
        "band",
        "per_100k",
        "threshold",
    ]
)
# Rows and columns that are neither a list nor a field.
TABLE_WORDS = frozenset(
    [
        "year",
        "month",
        "stage",
        "district",
        "province",
        "stratum",
        "observed",
        "estimate",
        "low",
        "high",
        "per_100k",
        "known",
        "field",
        "list_combination",
        "indicator_group",
        "process",
        "step",
    ]
)
OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def check_tables(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check the unit, release level, rows and columns of every table."""
    known = _known_words(vocabulary)
    units, levels = _codes(vocabulary, "counting_unit"), _codes(vocabulary, "release_level")
    for table in vocabulary.tables.values():
        place = f"tables.{table.code}"
        if table.unit not in units:
            yield Mistake(FILE, place, f"unit {table.unit} is not a counting unit")
        if table.release not in levels:
            yield Mistake(FILE, place, f"release {table.release} is not a release level")
        for word in table.rows + table.cols:
            name, _, attribute = word.partition(".")
            if name not in known or (attribute and not _has_attribute(vocabulary, name, attribute)):
                yield Mistake(FILE, place, f"row or column {word} is not known")


def _known_words(vocabulary: Vocabulary) -> set[str]:
    names = {name for entity in vocabulary.entities.values() for name in (*entity.fields, *entity.derived)}
    return names | set(vocabulary.lists) | set(vocabulary.missing_values) | TABLE_WORDS


def _has_attribute(vocabulary: Vocabulary, list_name: str, attribute: str) -> bool:
    code_list = vocabulary.lists.get(list_name)
    return code_list is not None and any(attribute in code.attributes for code in code_list.codes.values())


def _codes(vocabulary: Vocabulary, list_name: str) -> frozenset[str]:
    code_list = vocabulary.lists.get(list_name)
    return frozenset(code_list.codes) if code_list else frozenset()


def check_stated_figures(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that figures have units, and that each name occurs once in the file."""
    units = _codes(vocabulary, "counting_unit") | OTHER_UNITS
    for key, figures in (("seed_figures", vocabulary.seed_figures), ("context_figures", vocabulary.context_figures)):
        for figure in figures.values():
            if figure.unit not in units:
                yield Mistake(FILE, f"{key}.{figure.name}", f"unit {figure.unit} is not known")
    names = Counter([*vocabulary.seed_figures, *vocabulary.derived_examples, *vocabulary.context_figures])
    for name, count in names.items():
        if count > 1:
            yield Mistake(FILE, name, "is the id of more than one figure")


def check_examples(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that each calculation gives the value stated beside it."""
    for example in vocabulary.derived_examples.values():
        place = f"derived_examples.{example.name}"
        try:
            found = [calculate(part) for part in example.formula.split("..")]
        except (ValueError, ZeroDivisionError, SyntaxError) as error:
            yield Mistake(FILE, place, f"'{example.formula}' cannot be calculated: {error}")
            continue
        if len(found) != len(example.value) or not all(map(_is_close, found, example.value)):
            yield Mistake(FILE, place, f"'{example.formula}' gives {found}, not {list(example.value)}")


def _is_close(found: float, stated: float) -> bool:
    # Persons are stated as whole numbers, shares in thousandths.
    return abs(found - stated) <= (0.5 if stated > 1 else 0.0006)


def calculate(formula: str) -> float:
    """Work out a sum of numbers with + - * / and brackets; raise ValueError for anything else."""
    return _work_out(ast.parse(formula.strip(), mode="eval").body)


def _work_out(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](_work_out(node.left), _work_out(node.right))
    raise ValueError("only numbers and + - * / are allowed")
