"""Set a process as a poster: one sheet of A3 on its side, for the wall of a meeting room.

Typst sets it, as it sets other papers of Zicht: what is written comes to its template as data and never as markup. The
template takes the largest letters with which everything stands on one sheet.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from zicht.people.locked_files import File

TEMPLATE = Path(__file__).parent / "data" / "poster.typ"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class PosterBarrier:
    """A barrier on the poster: its code, what it is, and its kind."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PosterStep:
    """A column of the poster."""

    code: str
    name: str
    gaps: tuple[str, ...]
    signals: tuple[str, ...]
    barriers: tuple[PosterBarrier, ...]


@dataclass(frozen=True, slots=True)
class PosterRow:
    """A partner, and for each step whether it sees it and which barriers it holds there."""

    partner: str
    cells: tuple[tuple[bool, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on the sheet, in one language."""

    language: str
    title: str
    line: str
    steps: tuple[PosterStep, ...]
    rows: tuple[PosterRow, ...]
    headings: dict[str, str]
    foot: str


def as_pdf(poster: Poster, name: str) -> File:
    """Give a poster as a file."""
    told = json.dumps(asdict(poster), ensure_ascii=False)
    content = typst.compile(TEMPLATE, root=TEMPLATE.parent, sys_inputs={"poster": told})
    return File(content, f"{name}.pdf", PDF)
