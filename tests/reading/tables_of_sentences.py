"""Read the tables of invented sentences: a sentence, then one cell for each figure it holds: `span=value unit/per`."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "sentences"


@dataclass(frozen=True)
class Expected:
    """One figure as a table writes it; a unit of `-` is not looked at, `/` is none."""

    span: str
    low: float | None
    high: float | None
    approx: bool
    unit: str
    per: str


@dataclass(frozen=True)
class Case:
    """One sentence with its figures."""

    name: str
    language: str
    text: str
    figures: tuple[Expected, ...]


def read_cases() -> list[Case]:
    """Give the cases of all tables, named by file and line."""
    cases = []
    for file in sorted(FOLDER.glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            text, *cells = line.split("\t")
            figures = tuple(map(_read_cell, cells))
            cases.append(Case(f"{file.stem}-{number:03}", file.stem[:2], text, figures))
    return cases


def _read_cell(cell: str) -> Expected:
    span, told = cell.rsplit("=", 1)
    value, unit = told.split(" ", 1)
    unit, _, per = unit.partition("/")
    approx, value = value.startswith("~"), value.removeprefix("~")
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    return Expected(span, float(low) if low else None, float(high) if high else None, approx, unit, per)
