"""The cells of a release by their names: what a package keeps of them, and what a later report reads back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from zicht.figures.register.axes import Axis, Place
from zicht.figures.register.releases import Cell, Release, ShownBlock, ShownTable

Name: TypeAlias = tuple[str, str, str, str, str]  # table, rows, row, columns, column


@dataclass(frozen=True, slots=True)
class Named:
    """Hold one cell with the places it stands at; `part` says which of rows, row, columns and column they are."""

    table: ShownTable
    rows: Axis
    row: Place
    cols: Axis
    col: Place
    cell: Cell

    @property
    def name(self) -> Name:
        """Give what names the cell in every version of a report."""
        return (self.table.table.code, self.rows.name, self.row.code, self.cols.name, self.col.code)


def named_cells(release: Release) -> Iterator[Named]:
    """Give every cell of every table."""
    for table in release.tables.values():
        for block in table.blocks:
            yield from _of_block(table, block)


def _of_block(table: ShownTable, block: ShownBlock) -> Iterator[Named]:
    for row, line in zip(block.rows.places, block.cells, strict=True):
        for col, cell in zip(block.cols.places, line, strict=True):
            yield Named(table, block.rows, row, block.cols, col, cell)


def values_of(release: Release) -> dict[Name, int | None]:
    """Give the values of a release by name; None where one is hidden."""
    return {one.name: one.cell.value for one in named_cells(release)}


def read_values(kept: Mapping[str, Any]) -> dict[Name, int | None]:
    """Read the values back from what a package keeps (tables.json)."""
    return {
        (table["code"], cell["rows"], cell["row"], cell["cols"], cell["col"]): cell["value"]
        for table in kept["tables"]
        for cell in table["cells"]
    }
