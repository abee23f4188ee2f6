"""Write what is known on paper: a PDF with tags, so that a screen reader can read it too.

Typst sets it. What is written comes to its template as data and never as markup, so that nothing in a text can change
the page or read a file. It brings fonts for Latin, Greek, Cyrillic and Arabic writing; others come from the system, and
what no font has is a box (which is why the stricter PDF/UA, which forbids that, is not asked for).
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from zicht.people.locked_files import File

TEMPLATE = Path(__file__).parent / "data" / "paper.typ"
PDF = "application/pdf"


@dataclass(frozen=True)
class Entry:
    """A record with its facts: label and wording."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """The entries under one heading."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Paper:
    """What stands on the pages; `remarks` come last, under a heading of their own."""

    title: str
    lead: str
    language: str
    parts: tuple[Part, ...]
    remarks_title: str = ""
    remarks: tuple[str, ...] = ()


def as_pdf(paper: Paper, name: str) -> File:
    """Give a paper as a file."""
    told = json.dumps(asdict(paper), ensure_ascii=False)
    content = typst.compile(TEMPLATE, root=TEMPLATE.parent, sys_inputs={"paper": told})
    return File(content, f"{name}.pdf", PDF)
