"""A draft as headings, paragraphs, lists and tables, and how it is written in Markdown; no words of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Table:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> list[list[tuple[str, str]]]:
        """Give each row as pairs of label and cell, for a screen on which a row is a block."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


Block: TypeAlias = "str | Points | Table"


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A draft for one organisation."""

    title: str
    warning: str
    sections: tuple[Section, ...] = field(default=())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Make a table."""
    return Table(tuple(head), tuple(tuple(row) for row in rows))


def points(items: Iterable[str]) -> Points:
    """Make a list."""
    return Points(tuple(items))


def markdown(document: Document) -> str:
    """Write a draft as Markdown that any reader of tables shows (GitHub, pandoc)."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {_plain(document.title)}"
    yield from ("", f"> {_plain(document.warning)}")
    for number, section in enumerate(document.sections, start=1):
        yield from ("", f"## {number}. {_plain(section.title)}")
        for block in section.blocks:
            yield ""
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield _row(block.head)
        yield _row("---" for _cell in block.head)
        yield from (_row(_plain(cell) for cell in row) for row in block.rows)
    elif isinstance(block, Points):
        yield from (f"- {_plain(item)}" for item in block.items)
    else:
        yield _plain(block)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Keep a text from being read as a table, a tag or a line of its own."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
